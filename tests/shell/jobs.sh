#!/bin/sh
# The briefings of a run are the same bytes at any --jobs; --resume leaves out
# what has not changed; one failing item spoils no other. Under ThreadSanitizer
# too (preset tsan).
set -eu
jianbao=$JIANBAO
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$jianbao" new -q month
cat >month/m.xml <<'X'
<manifest xmlns="urn:jianbao:manifest" layout="layouts/monthly.xml"
          params="office.xml" period="2025-12">
  <pages path="pages"/>
  <item name="甲" output="1.pdf"/>
  <item name="乙" output="2.pdf"><set name="name" value="乙县简报"/></item>
  <item name="丙" output="3.pdf" layout="layouts/tables.xml"/>
  <item name="丁" output="4.pdf" layout="layouts/proof.xml"/>
  <item name="戊" output="5.pdf"><pages path="nofile.txt"/></item>
</manifest>
X
for jobs in 1 4; do
  code=0
  "$jianbao" run month/m.xml -q --jobs $jobs 2>said || code=$?
  [ $code = 1 ] || { cat said; exit 1; }
  sha256sum month/[1-4].pdf >sums.$jobs
  [ ! -e month/5.pdf ]
  rm month/[1-4].pdf
done
cmp sums.1 sums.4
"$jianbao" run month/m.xml --resume >first 2>said || true
"$jianbao" run month/m.xml --resume >second 2>said || true
[ "$(grep -c unchanged second)" = 4 ] || { cat second; exit 1; }
echo >>month/office.xml
"$jianbao" run month/m.xml --resume >third 2>said || true
[ "$(grep -c unchanged third)" = 0 ] || { cat third; exit 1; }
for jobs in 1 4; do
  "$jianbao" extract month/pages month/pages month/pages --format ndjson \
    --jobs $jobs -q >lines.$jobs
done
cmp lines.1 lines.4
echo "the same bytes at 1 and 4 jobs"

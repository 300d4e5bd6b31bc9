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
# A long page first, short ones and broken ones behind it: they are read
# meanwhile, and lines and messages come out in their order all the same.
mkdir mixed
cat month/pages/*.txt >once
for i in 1 2 3 4 5 6 7 8 9; do cat once; done >mixed/0.txt
for i in 1 2 3 4 5 6 7 8 9; do
  printf '本报讯(记者 丁一)全区新建驿站%d座。\n' "$i" >"mixed/$i.txt"
  head -c 600 /dev/zero >"mixed/$i-broken.txt"
done
for jobs in 1 2 7; do
  code=0
  tar cf - mixed/*.txt | "$jianbao" extract month/pages mixed - mixed \
    --format ndjson --jobs $jobs >lines.$jobs 2>said.$jobs || code=$?
  [ $code = 1 ] || { echo "--jobs $jobs: exit $code"; exit 1; }
done
for jobs in 2 7; do
  cmp lines.1 lines.$jobs
  cmp said.1 said.$jobs
done
[ "$(grep -c 'binary file' said.7)" = 27 ] || { cat said.7; exit 1; }
[ "$(wc -l <lines.7)" -ge 31 ] || { wc -l lines.7; exit 1; }
code=0
"$jianbao" extract mixed --format ndjson --jobs 4 -q >/dev/full 2>said || code=$?
[ $code = 3 ] || { echo "full disk: exit $code"; cat said; exit 1; }
echo "the same bytes at any number of jobs"

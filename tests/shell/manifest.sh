#!/bin/sh
# What a manifest may say of an item; --resume renews only what a change
# touches; progress on a terminal, silence in pipes; the report.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8
cd "$work"
"$JIANBAO" new -q month
cd month

die() {
  echo "manifest.sh: $*"
  tail -n 20 said out 2>/dev/null || :
  exit 1
}

run() { # ARGS...: exit code in $code
  code=0
  "$JIANBAO" run "$@" >out 2>said || code=$?
}

cat >m.xml <<'X'
<manifest xmlns="urn:jianbao:manifest" layout="layouts/monthly.xml"
          params="office.xml" period="2025-12">
  <item name="one" output="1.pdf" dossier="1.xml" html="1.html" map="1.json"
        report="1.report.json"><pages path="a"/></item>
  <item name="two" output="2.pdf" booklet="A3"><pages path="b"/></item>
  <item name="three" output="3.pdf" print="yes" copies="1-2"
        corrections="c.xml"><pages path="b"/></item>
  <item name="four" output="4.pdf" archive="yes">
    <pages path="b"/><previous path="earlier.xml"/></item>
</manifest>
X
cp -r pages a && cp -r pages b && cp corrections.xml c.xml
"$JIANBAO" extract pages --period 2025-11 -o earlier.xml 2>said
run m.xml --resume --report report.json
[ $code = 0 ] || die "exit $code"
[ "$(grep -c '^[a-z]* *done' out)" = 4 ] || die "not four done"

# the same as by the command
build() { # ARGS...
  "$JIANBAO" build layouts/monthly.xml -p office.xml --period 2025-12 -q "$@"
}
build a -o one.pdf --dossier one.xml --html one.html --map one.json \
  --report one.report.json
for ending in pdf xml html json report.json; do
  cmp "1.$ending" "one.$ending" || die "1.$ending is another"
done
build b --booklet A3 -o two.pdf && cmp two.pdf 2.pdf
build b --print --copies 1-2 -c c.xml -o three.pdf && cmp three.pdf 3.pdf
build b --archive --previous earlier.xml -o four.pdf && cmp four.pdf 4.pdf
rm one.* two.pdf three.pdf four.pdf

# what is renewed after a change
renewed() { # WANTED...: names of the items that are set anew
  run m.xml --resume
  [ $code = 0 ] || die "resume: exit $code"
  [ "$(awk '/ done /{ printf " %s", $1 }' out)" = "${*:+ $*}" ] ||
    die "renewed '$(awk '/ done /{ printf " %s", $1 }' out)', not '$*'"
}
renewed
echo >>a/README.md
find a -name '*.txt' | head -n 1 | while read -r page; do echo >>"$page"; done
renewed one
rm 1.html && renewed one
echo x >>2.pdf && renewed two
echo >>c.xml && renewed three
echo >>earlier.xml && renewed four
echo >>office.xml && renewed one two three four
sed -i 's/booklet="A3"/booklet="A4"/' m.xml && renewed two
SOURCE_DATE_EPOCH=1 run m.xml --resume
[ "$(grep -c ' done ' out)" = 4 ] || die "another date and nothing renewed"

# what a manifest must not say
refused() { # PATTERN SED-COMMAND
  sed "$2" m.xml >bad.xml
  run bad.xml
  [ $code = 1 ] || die "$2: exit $code"
  grep -q "$1" said || die "$2: no '$1'"
}
refused 'bad.xml:5:[0-9]*: error: .A5' 's/booklet="A3"/booklet="A5"/;s/booklet="A4"/booklet="A5"/'
refused "'perhaps' .*archive.*yes no" 's/archive="yes"/archive="perhaps"/'
refused "2025.*YYYY-MM" 's/period="2025-12"/period="2025"/'
refused "two items write.*1.html" 's/booklet=/html="1.html" booklet=/'
refused "unknown attribute 'dump'" 's/booklet=/dump="tree" booklet=/'
refused "unknown attribute 'html' of 'manifest'" 's/ params=/ html="x" params=/'

# one that fails: the others and their files are as before
run m.xml
sum=$(cat [2-4].pdf | sha256sum)
sed 's/<pages path="a"/<pages path="nowhere"/' m.xml >bad.xml
rm -f [2-4].pdf
run bad.xml --jobs 2 --report report.json --messages json
[ $code = 1 ] || [ $code = 3 ] || die "failing item: exit $code"
[ "$(cat [2-4].pdf | sha256sum)" = "$sum" ] || die "a failing item spoils others"
python3 - "$code" <<'X' || die "report"
import json, sys
items = json.load(open('report.json'))
assert [i['name'] for i in items] == ['one', 'two', 'three', 'four'], items
assert items[0]['exit'] == int(sys.argv[1]) and not items[0]['pages'], items
assert all(i['exit'] == 0 and i['pages'] > 0 for i in items[1:]), items
for line in open('said'):
    assert {'level', 'id', 'text'} <= set(json.loads(line)), line
X

# on a terminal: progress; in pipes: none, and nothing at all with -q
grep -q 'pages/s' said && die "progress in a pipe"
run m.xml -q
[ ! -s out ] && [ ! -s said ] || die "-q talks"
if command -v script >/dev/null; then
  script -qec "\"$JIANBAO\" run m.xml 2>&1 >/dev/null" seen </dev/null >/dev/null
  grep -aq '1/4 items  [0-9]* pages/s  [0-9]* s left' seen || die "no progress"
  LANG=zh_CN.UTF-8 script -qec "\"$JIANBAO\" run m.xml 2>&1 >/dev/null" seen \
    </dev/null >/dev/null
  grep -aq '3/4 份  每秒 [0-9]* 页  还需 [0-9]* 秒' seen || die "没有进度"
  script -qec "\"$JIANBAO\" run m.xml -q" seen </dev/null >/dev/null
  grep -aq 'pages/s' seen && die "progress with -q"
else
  echo "no script(1): progress on a terminal is not tried"
fi
echo "manifests hold"

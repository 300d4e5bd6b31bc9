#!/bin/bash
# Every command tells every kind of error as JSON when asked to, one object a
# line with all its members, and ends with the code of its kind; --quiet,
# --strict, --keep-going, --date, --encoding and SOURCE_DATE_EPOCH hold in each
# command that has a use for them.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8
cd "$work" || exit 2
failed=0

bad() {
  echo "messages.sh: $*"
  failed=1
}

"$JIANBAO" new -q m && cd m || exit 2
page=$(ls pages/*.txt)
"$JIANBAO" extract pages -q -o d.xml
"$JIANBAO" ledger add d.xml -q --ledger l.db >/dev/null
sed 's/<section/<secton/;s/<.section/<\/secton/' layouts/monthly.xml >layouts/bad.xml
printf '<manifest xmlns="urn:jianbao:manifest" layout="layouts/monthly.xml"><item output="r.pdf"><pages path="pages"/></item></manifest>' >m.xml
sed 's/item output/itm output/' m.xml >bad.xml
echo '<dossier' >broken.xml
mkdir full 2>/dev/null

cat >judge.py <<'X'
import json, sys
for line in sys.stdin:
    m = json.loads(line)
    assert list(m) == ['file', 'line', 'column', 'id', 'level', 'text', 'fix'], m
    assert m['level'] in ('note', 'warning', 'error', 'usage', 'failed'), m
    assert m['id'] and m['text'], m
    if sys.argv[1] == 'zh_CN':
        assert any('\u4e00' <= c for c in m['text']), m
X
lang=C
tells() { # CODE ARG...: it ends with the code, and what it says is kept
  local wanted=$1 code
  shift
  timeout 20 env LANG=$lang.UTF-8 "$JIANBAO" "$@" --messages json 2>said >out
  code=$?
  [ $code = "$wanted" ] || bad "$* ends with $code, not $wanted: $(cat said)"
  [ "$wanted" = 0 ] || grep -qE '"level":"(error|usage|failed)"' said ||
    bad "$* says nothing"
  cat said >>"said.$lang"
  [ $lang = C ] && lang=zh_CN || lang=C
}

commands=$("$JIANBAO" --help | sed -n 's/^  jianbao \([a-z]*\).*/\1/p')
for command in $commands; do
  tells 2 "$command" --nonsense
  tells 2 "$command" --set
  [ "$command" = fonts ] || tells 2 "$command"
done
tells 2 nonsense
tells 2 --nonsense

build="build layouts/monthly.xml pages"
# shellcheck disable=SC2086
{
  # the system's errors
  tells 3 $build -o nowhere/x.pdf
  tells 3 extract pages -o nowhere/x.xml
  tells 3 extract pages --format ndjson -o nowhere/x.json
  tells 3 review pages -o nowhere/x.html
  tells 3 fonts -o nowhere/x.pdf
  tells 3 fonts -o nowhere/x.txt
  tells 3 ledger add d.xml --ledger nowhere/l.db
  tells 3 ledger export --ledger l.db -o nowhere/x
  tells 3 diff d.xml d.xml -o nowhere/x
  tells 3 new nowhere/x
  tells 3 run m.xml --report nowhere/r.json
  tells 3 $build -o /dev/full
  tells 3 extract pages -o /dev/full

  # errors in the input
  tells 1 build layouts/bad.xml pages -o x.pdf
  tells 1 check layouts/bad.xml
  tells 1 run bad.xml
  for command in extract review; do
    tells 1 $command gone.txt -o x
    tells 1 $command broken.xml -o x
    tells 1 $command pages --encoding klingon -o x
    tells 1 $command pages -c broken.xml -o x
  done
  tells 1 build layouts/monthly.xml gone.txt -o x
  tells 1 build gone.xml pages -o x
  tells 1 $build -p broken.xml -o x
  tells 1 $build -c broken.xml -o x
  tells 1 $build --previous broken.xml -o x
  tells 1 check layouts/monthly.xml gone.txt
  tells 1 explain f-1 gone.txt
  tells 1 explain f-none pages
  tells 1 explain f-1 broken.xml
  tells 1 diff broken.xml d.xml
  tells 1 run gone.xml
  tells 1 run broken.xml
  tells 1 ledger add broken.xml --ledger l.db
  tells 3 fonts --fonts nowhere
}
grep -q '"fix":"section"' <("$JIANBAO" check layouts/bad.xml --messages json 2>&1) ||
  bad "a misspelt element without its fix"
grep -q '"line":[1-9][0-9]*,"column":[1-9]' <(
  "$JIANBAO" check layouts/bad.xml --messages json 2>&1) || bad "no place"
grep -q '"fix":"tree"' <("$JIANBAO" $build --dump=tre --messages json 2>&1) ||
  bad "a misspelt word without its fix"

# days and months that there are not; encodings and days where pages are read
for command in "$build -o x" "extract pages" "check layouts/monthly.xml pages" \
  "review pages -o x" "ledger add pages --ledger l.db" "explain $page:1" \
  "run m.xml"; do
  # shellcheck disable=SC2086
  for day in 2025-13-01 2025-02-29 2025-1-1 2025-00-10 2025-04-31; do
    tells 2 $command --date $day
  done
  # shellcheck disable=SC2086
  {
    tells 2 $command --period 2025-13
    tells 0 $command --date 2024-02-29 --period 2025-12 --encoding UTF-8
    tells 1 $command --encoding klingon
    SOURCE_DATE_EPOCH=soon tells 2 $command
    SOURCE_DATE_EPOCH=86400 tells 0 $command
  }
done
sed '/2025/d' "$page" >无日期.txt
printf '<manifest xmlns="urn:jianbao:manifest" layout="layouts/monthly.xml"><item output="r.pdf" dossier="r.xml"><pages path="无日期.txt"/></item></manifest>' >undated.xml
"$JIANBAO" run undated.xml -q --date 2025-11-30 2>/dev/null
grep -q 'date="2025-11-30"' r.xml || bad "run --date is not taken"
iconv -t GB18030 "$page" >gb.txt
"$JIANBAO" extract gb.txt --encoding GB18030 -q -o x.xml 2>said &&
  grep -q 驿站 x.xml || bad "a page in GB18030: $(cat said)"

# warnings: told, not with -q; with --strict the code is 1
{ cat "$page" && printf '\377\n'; } >坏字.txt
for command in "extract 坏字.txt -o x" "build layouts/monthly.xml 坏字.txt -o x" \
  "review 坏字.txt -o x" "check layouts/monthly.xml 坏字.txt" \
  "explain 坏字.txt:3"; do
  # shellcheck disable=SC2086
  {
    "$JIANBAO" $command --encoding UTF-8 2>said >out ||
      bad "$command: a warning ends with $?"
    grep -q warning: said || bad "$command: no warning of a byte that is none"
    "$JIANBAO" $command --encoding UTF-8 -q 2>said >out
    [ ! -s said ] || bad "$command -q talks: $(cat said)"
    "$JIANBAO" $command --encoding UTF-8 --strict 2>said >out &&
      bad "$command --strict ends with 0"
  }
done

# --keep-going: the rest is written, the code stays 1
for command in "extract gone.txt pages -o k" \
  "build layouts/monthly.xml gone.txt pages -o k" "review gone.txt pages -o k"; do
  rm -f k
  # shellcheck disable=SC2086
  "$JIANBAO" $command 2>/dev/null
  code=$?
  [ $code = 1 ] && [ ! -e k ] || bad "$command: exit $code, or written"
  # shellcheck disable=SC2086
  "$JIANBAO" $command --keep-going 2>/dev/null
  code=$?
  [ $code = 1 ] && [ -s k ] || bad "$command --keep-going: exit $code"
done

# out of memory
for kb in $(seq 50000 2000 80000); do
  (ulimit -v "$kb" && "$JIANBAO" extract pages -o k --messages json) 2>said
  ! grep -q 'out of memory' said || cat said >>said.C
done

for lang in C zh_CN; do
  python3 judge.py $lang <said.$lang 2>why || bad "$lang: $(tail -n 1 why)"
done
[ $failed = 0 ] && echo "messages are as asked for"
exit $failed

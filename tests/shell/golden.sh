#!/bin/sh
# The golden runner: each kind of difference makes a case fail.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case=$work/stage/case
export JIANBAO=echo
unset UPDATE

die() {
  echo "golden.sh: $*" >&2
  exit 1
}

run() {
  "$here/../golden/run" "$case" >"$work/diff" 2>&1
}

mkdir -p "$case"
echo "\$JIANBAO \$(cat in); echo oh >&2; echo f >file; exit \$(cat code)" \
  >"$work/stage/cmd"
echo one >"$case/in"
echo 3 >"$case/code"
touch "$case/want.file"
run && die "passes without wants"
UPDATE=1 run || die "UPDATE=1 fails"
run || die "fails after UPDATE=1: $(cat "$work/diff")"
for want in stdout diag exit file; do
  cp "$case/want.$want" "$work/kept"
  echo other >"$case/want.$want"
  run && die "a wrong want.$want passes"
  grep -q '^-other' "$work/diff" || die "no difference shown for $want"
  rm "$case/want.$want"
  [ $want = file ] || { run && die "a missing want.$want passes"; }
  cp "$work/kept" "$case/want.$want"
done
[ ! -e "$case/file" ] || die "wrote into the case"
echo 'echo $LANG${LC_ALL-}; LANG=zh_CN.UTF-8 sh -c "echo \$LANG"' >"$case/cmd"
rm "$case"/want.*
LC_ALL=zh_CN.UTF-8 UPDATE=1 run 2>/dev/null
[ "$(cat "$case/want.stdout")" = "C.UTF-8
zh_CN.UTF-8" ] || die "the locale is not fixed: $(cat "$case/want.stdout")"
[ ! -e "$case/want.exit" ] || die "UPDATE=1 writes the usual exit code"

#!/bin/sh
# The same page in other clothes gives the same articles: printed lines joined
# by blanks, one a line, cut at 20 characters. Pages are laid out by
# tests/score/damage.py from the sample pages' own articles.
set -u
root=$(cd -- "$(dirname -- "$0")/../.." && pwd) || exit 2
: "${JIANBAO:=$root/build/release/src/cli/jianbao}"
command -v python3 >/dev/null || {
  echo "python3 is missing: not tested"
  exit 0
}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' INT TERM HUP
export LANG=C.UTF-8

articles() { # PAGE: titles, people and text, without places and blanks; where a
  # sentence ends with its line, two paragraphs may stand for one
  "$JIANBAO" extract "$1" --dump=articles 2>/dev/null |
    sed -n '/^flag/d; s/^  para [^:]*:/para:/; s/ //g; 2,$p' |
    sed -e ':more' -e '$!N' -e 's/^\(para:.*\)\npara:/\1/' -e 't more' -e 'P;D'
}

n=0
for page in "$root"/samples/2025-1*/*.txt; do
  n=$((n + 1))
  "$JIANBAO" extract "$page" -o "$work/$n.xml" 2>/dev/null || exit 1
done
failed=0
for kind in whole wrap lines short; do
  python3 "$root/tests/score/damage.py" --kinds $kind --pages 8 \
    -o "$work/$kind" "$work"/*.xml || exit 1
  for i in 1 2 3 4 5 6 7 8; do
    articles "$work/$kind/$kind-$i.txt" >"$work/$kind-$i"
    [ -s "$work/$kind-$i" ] || failed=1
    diff -u "$work/whole-$i" "$work/$kind-$i" || failed=1
  done
done
exit $failed

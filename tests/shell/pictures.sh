#!/bin/bash
# The layouts of the tutorial compile with the samples, and its pictures can be
# drawn anew; so can the guide's, where there is a browser.
set -eu
top=$(cd -- "$(dirname -- "$0")/../.." && pwd)
command -v pdftoppm >/dev/null || {
  echo "pictures.sh: skipped, no pdftoppm here"
  exit 0
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LC_ALL LC_MESSAGES
export LANG=C.UTF-8
"$top/docs/pictures.sh" "$work"
for picture in "$top"/docs/pictures/*.png; do
  name=${picture##*/}
  [ "$(head -c 8 "$work/$name" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] || {
    echo "pictures.sh: no picture $name"
    exit 1
  }
  grep -q "(pictures/$name)" "$top/docs/layout.md" || {
    echo "pictures.sh: layout.md does not show $name"
    exit 1
  }
  [ "$(wc -c <"$picture")" -lt 20000 ] || {
    echo "pictures.sh: $name is large"
    exit 1
  }
done
mkdir "$work/guide"
for picture in "$top"/docs/guide-*.png; do
  grep -q "(${picture##*/})" "$top/docs/guide.md" || {
    echo "pictures.sh: guide.md does not show ${picture##*/}"
    exit 1
  }
done
if command -v chromium >/dev/null; then
  "$top/docs/guide-pictures.sh" "$work/guide"
  [ "$(ls "$work/guide")" = "$(cd "$top/docs" && ls guide-*.png)" ] || {
    echo "pictures.sh: the guide has other pictures than it shows"
    exit 1
  }
fi
echo "pictures.sh: all passed"

#!/bin/sh
# `cmake --install` puts everything in its place; the manual pages are sound,
# and an installed jianbao makes a folder that compiles.
set -u
top=$(cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8
tree=$(cd -- "$(dirname -- "$JIANBAO")/../.." && pwd)
cmake --install "$tree" --prefix "$work/usr" >"$work/log" || {
  cat "$work/log"
  exit 1
}
failed=0
for file in bin/jianbao share/man/man1/jianbao.1 share/man/man5/jianbao-layout.5 \
  share/man/man5/jianbao-dossier.5 share/doc/jianbao/guide.md \
  share/doc/jianbao/examples/jianbao.timer \
  share/doc/jianbao/examples/jianbao.service share/doc/jianbao/copyright \
  share/bash-completion/completions/jianbao \
  share/zsh/vendor-completions/_jianbao share/jianbao/layouts/monthly.xml \
  share/jianbao/layouts/jianbao.rng share/jianbao/fonts/fetch; do
  [ -s "$work/usr/$file" ] || { echo "lacks $file" && failed=1; }
done
grep -q '^\.It Ic barcode$' "$work/usr/share/man/man5/jianbao-layout.5" || {
  echo "jianbao-layout.5 knows no barcode"
  failed=1
}
if command -v mandoc >/dev/null; then
  mandoc -Tlint -Wwarning "$work"/usr/share/man/man?/* || failed=1
else
  echo "mandoc is missing: the manual pages are not looked at"
fi
cd "$work" && PATH=$work/usr/bin:$PATH && "$work/usr/bin/jianbao" new 简报 &&
  make -s -C 简报 >made 2>&1 && [ -s 简报/简报.pdf ] || {
  cat made
  failed=1
}
# what make looks at: parts of layouts, pages in folders below, odd names, and
# that one is gone
fresh() { # WANTED WHAT
  make -s -q -C 简报
  [ $? = "$1" ] || { echo "make after $2: not $1" && failed=1; }
}
again() {
  find 简报 -exec touch -d '-1 minute' {} + && touch 简报/简报.pdf
}
again && fresh 0 "nothing"
again && touch -d '+1 minute' 简报/layouts/parts/topics.xml && fresh 1 "a part"
mkdir 简报/pages/乙报 && cp 简报/pages/*.txt "简报/pages/乙报/2025-12-10 乙报.txt"
again && fresh 0 "nothing, with a blank in a name"
again && touch -d '+1 minute' 简报/pages/乙报/*.txt && fresh 1 "a page below"
again && sleep 0.1 && rm 简报/pages/乙报/*.txt && fresh 1 "a page gone"
exit $failed

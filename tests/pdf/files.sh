#!/bin/sh
# The files of unit_pdf seen by other programs: structure (qpdf), fonts
# (pdffonts), copied text (pdftotext), drawing (mutool), PDF/A (Preflight).
# Tools that are not there are named and passed over.
set -u
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

have() {
  command -v "$1" >/dev/null || { echo "skipped: no $1"; return 1; }
}
fail() {
  echo "failed: $*"
  failed=1
}

"$UNIT_PDF" "$dir" >"$dir/log" || { cat "$dir/log"; exit 1; }

if have qpdf; then
  for f in "$dir"/*.pdf; do
    qpdf --check "$f" >"$dir/log" 2>&1 || { fail "qpdf $f"; cat "$dir/log"; }
  done
fi

if have pdffonts; then
  for f in "$dir"/*.pdf; do
    # embedded, subset, with ToUnicode
    pdffonts "$f" 2>&1 | tail -n +3 | grep -v ' yes yes yes ' &&
      fail "pdffonts $f"
    pdfinfo "$f" 2>&1 | grep -q '^Title: *简报 𠮷 & <样张>$' ||
      fail "title of $f"
  done
  pdfinfo -struct-text "$dir/tables.pdf" 2>&1 |
    sed 's/Object [0-9]* 0/Object/' >"$dir/struct"
  diff "$here/tables.struct" "$dir/struct" || fail "structure of tables.pdf"
fi

# Text without the ends of lines and pages: as it went in.
flat() { tr -d '\n\f' <"$1"; }
if have pdftotext; then
  for name in letter hard archive; do
    source=$dir/$name.txt
    [ -f "$source" ] || source=$dir/hard.txt
    pdftotext "$dir/$name.pdf" "$dir/out.txt" 2>"$dir/log"
    [ -s "$dir/log" ] && fail "pdftotext $name says $(cat "$dir/log")"
    [ "$(flat "$source")" = "$(flat "$dir/out.txt")" ] || {
      fail "text of $name.pdf"
      diff "$source" "$dir/out.txt"
    }
  done
fi

if have mutool; then
  for f in "$dir"/*.pdf; do
    mutool draw -q -F txt -o "$dir/out.txt" "$f" 2>&1 |
      grep -v 'ICC support' && fail "mutool $f"
  done
  # Gaps beside Latin are part of glyphs: no reader sees a space there.
  mutool draw -q -F txt -o "$dir/out.txt" "$dir/letter.pdf" 2>/dev/null
  [ "$(flat "$dir/letter.txt")" = "$(flat "$dir/out.txt")" ] ||
    fail "text of letter.pdf by mutool"
fi

jars=/usr/share/java
if have javac && [ -f $jars/preflight.jar ]; then
  for j in preflight pdfbox2 fontbox2 xmpbox commons-logging commons-io \
    jaxb-api javax.activation; do
    path=${path:-}$jars/$j.jar:
  done
  java -cp "$path" "$here/Preflight.java" "$dir"/archive*.pdf \
    >"$dir/log" 2>&1 || { fail Preflight; cat "$dir/log"; }
else
  echo "skipped: no PDFBox Preflight"
fi

[ $failed = 0 ] && echo "all files pass"
exit $failed

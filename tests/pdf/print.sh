#!/bin/sh
# What the press and the copying room get: boxes, crop marks, watermark, seen
# by other programs. Tools that are not there are named and passed over.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
fail() {
  echo "failed: $*"
  failed=1
}
for tool in qpdf pdfinfo pdftotext; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done

cat >"$dir/d.xml" <<'E1'
<dossier xmlns="urn:jianbao:dossier" version="1" period="2025-12" state="draft"/>
E1
layout() { # NAME ATTRIBUTES CONTENT
  cat >"$dir/$1.xml" <<E1
<briefing xmlns="urn:jianbao:layout" profile="gb9704" version="1" title="试排">
  <page-master $2/>
  $3
</briefing>
E1
}
build() { # LAYOUT OUTPUT [OPTION...]
  from=$dir/$1.xml to=$dir/$2.pdf
  shift 2
  "$JIANBAO" build "$from" "$dir/d.xml" -o "$to" "$@" 2>"$dir/said" ||
    { fail "build $from $*"; cat "$dir/said"; }
  qpdf --check "$to" >"$dir/log" 2>&1 || { fail "qpdf $to"; cat "$dir/log"; }
}
operators() { qpdf --qdf --object-streams=disable "$dir/$1.pdf" - | tr -d '\0'; }
box() { pdfinfo -box "$dir/$1.pdf" | sed -n "s/^$2: *//p" | tr -s ' '; }

# ---- boxes, marks, watermark -------------------------------------------------
layout press 'bleed="3mm" crop-marks="yes" watermark="内部资料" duplex="yes"' \
  '<para>正文一段。</para>'
build press plain
build press print --print
[ "$(pdftotext "$dir/plain.pdf" - | grep -c 内部)" = 0 ] ||
  fail "the watermark copies with the text"
operators print | grep -aq '^\.894 g' || fail "the watermark is no grey"
operators print | grep -aq '^/Artifact BMC q 1 1 1 1 K' ||
  fail "crop marks are not on every plate"
operators plain | grep -aq TrimBox && fail "boxes of the press on a screen"
[ "$(box print TrimBox)" = "0.00 0.00 595.28 841.89" ] || fail TrimBox
[ "$(box print BleedBox)" = "-8.50 -8.50 603.78 850.39" ] || fail BleedBox
[ "$(box print MediaBox)" = "-28.35 -28.35 623.62 870.24" ] || fail MediaBox
pdfinfo "$dir/plain.pdf" | grep -q '^Pages: *2$' || fail "no back of the leaf"
operators plain | grep -aq '/Duplex /DuplexFlipLongEdge' || fail Duplex

# ---- numbered copies --------------------------------------------------------
layout copies '' '<para><copy/>号</para><break/><para>二</para><break/>
  <para>三</para>'
build copies copies --copies 98-102
[ "$(pdftotext "$dir/copies.pdf" - | grep 号 | tr -d ' \n\f')" = \
  000098号000099号000100号000101号000102号 ] ||
  fail "numbers: $(pdftotext "$dir/copies.pdf" -)"
pdfinfo "$dir/copies.pdf" | grep -q '^Pages: *20$' || fail "pages of copies"
build copies one --copies 98
[ $(($(wc -c <"$dir/copies.pdf") - $(wc -c <"$dir/one.pdf"))) -lt 2500 ] ||
  fail "copies do not share their pages"

# ---- booklet ----------------------------------------------------------------
layout booklet '' '<para>甲</para><break/><para>乙</para><break/><para>丙</para>
  <break/><para>丁</para><break/><para>戊</para>'
build booklet booklet --booklet A3,0.25
grep -q '5 pages and 3 blank ones on 2 sheets of A3' "$dir/said" ||
  fail "the booklet's note: $(cat "$dir/said")"
[ "$(pdftotext -raw "$dir/booklet.pdf" - | sed 's/— [0-9] —//' |
  tr '\f' / | tr -d ' \n')" = 甲/乙/丙/丁戊/ ] ||
  fail "order of the booklet: $(pdftotext -raw "$dir/booklet.pdf" -)"
[ "$(box booklet MediaBox)" = "0.00 0.00 1190.55 841.89" ] || fail "sheet"
# a quarter of a millimetre toward the fold on the inner sheet
operators booklet | grep -aq '^q 1 0 0 1 594.567 0 cm' || fail "creep"
build booklet small --booklet A4 --archive
operators small | grep -aq '^q .707' || fail "pages are not made smaller"
# Tags and ways lead to the sheets.
layout ways "" "<para><copy/></para><toc title=\"目录\"/><break/><section title=\"第一节\"><para>甲乙
  </para></section><break/><section title=\"第二节\"><para>丙丁</para></section>"
build ways ways --booklet A3
pdfinfo -struct-text "$dir/ways.pdf" 2>/dev/null | tr -d ' \n' |
  grep -q 'H2.*甲乙.*H2.*丙丁\|H1.*甲乙.*H1.*丙丁' ||
  fail "tags of a booklet: $(pdfinfo -struct-text "$dir/ways.pdf")"
operators ways | grep -a -A1 '/Rect \[' | grep -aq '^ *6[0-9][0-9]' ||
  fail "links of a booklet do not stand on the right half"
operators ways | grep -aq '/Stm ' || fail "tags do not name their forms"
operators ways | grep -aq '/StructParents 0$' || fail "forms have no key"
operators ways | grep -aq '/Outlines' || fail "a booklet has no bookmarks"
build ways series --copies 1-2
[ "$(operators series | grep -ac '/S /Document')" = 2 ] ||
  fail "a copy has no structure of its own"
[ "$(operators series | grep -ac '/Subtype /Link')" -ge 4 ] ||
  fail "a copy has no links"
build copies both --booklet A3 --copies 1-3
pdfinfo "$dir/both.pdf" | grep -q '^Pages: *6$' || fail "sides of booklets"

[ $failed = 0 ] && echo "all files pass"
exit $failed

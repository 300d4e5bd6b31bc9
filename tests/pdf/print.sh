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
  "$JIANBAO" build "$from" "$dir/d.xml" -o "$to" "$@" 2>"$dir/log" ||
    { fail "build $from $*"; cat "$dir/log"; }
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

[ $failed = 0 ] && echo "all files pass"
exit $failed

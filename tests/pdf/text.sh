#!/bin/sh
# The text of stock layouts and of the lines' golden cases copies as it was set.
# pdf.js is asked too where $PDFJS is the path of its pdf.mjs (npm pdfjs-dist).
for tool in python3 pdftotext; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
here=$(dirname "$0")
top=$here/../..
failed=0
copy() { python3 "$here/text.py" "$JIANBAO" "$@" || failed=1; }
for layout in monthly meeting; do
  copy "$top/layouts/$layout.xml" "$top/samples/2025-12" --set period=2025-12
done
for rule in copy copy-faces copy-wide gaps justify kinsoku numbers order \
  paragraphs style widths; do
  copy "$top/tests/golden/lines/$rule/layout.xml"
done
exit $failed

#!/bin/sh
# The sample briefing's text copies as it was set.
for tool in python3 pdftotext; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
here=$(dirname "$0")
exec python3 "$here/text.py" "$JIANBAO" "$here/../../layouts/monthly.xml" \
  "$here/../../samples/2025-12" --set period=2025-12

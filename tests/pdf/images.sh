#!/bin/sh
# Pictures of every kind go in and come out unchanged; broken ones are refused.
for tool in python3 pdfimages; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
exec python3 "$(dirname "$0")/images.py" "$UNIT_PDF"

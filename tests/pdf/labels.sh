#!/bin/sh
# Page labels: what a viewer calls a page is the number that is printed on it,
# in a numbered copy's second round too.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for tool in qpdf pdftotext python3; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
cat >"$dir/d.xml" <<'E1'
<dossier xmlns="urn:jianbao:dossier" version="1" period="2025-12" state="draft"/>
E1
cat >"$dir/l.xml" <<'E1'
<briefing xmlns="urn:jianbao:layout" profile="gb9704" version="1" title="试排">
  <para>第<copy/>份。</para><break/><para>第二面。</para><break/>
  <para>第三面。</para>
</briefing>
E1
failed=0
for copies in 1 2; do
  "$JIANBAO" build "$dir/l.xml" "$dir/d.xml" -o "$dir/a.pdf" \
    --copies "1-$copies" >/dev/null || exit 1
  qpdf --json --json-key=pagelabels "$dir/a.pdf" >"$dir/json"
  pdftotext -layout "$dir/a.pdf" "$dir/text"
  python3 - "$dir/json" "$dir/text" $copies <<'E1' || failed=1
import json, re, sys
ranges = json.load(open(sys.argv[1]))['pagelabels']
texts = open(sys.argv[2]).read().split('\f')[:-1]
assert len(texts) >= 3 * int(sys.argv[3]), texts
for i, text in enumerate(texts):
    if not text.strip():  # the blank page behind an odd number
        continue
    r = [r for r in ranges if r['index'] <= i][-1]
    label = r['label']['/St'] + i - r['index']
    printed = re.findall(r'—\s*(\d+)\s*—', text)
    if printed != [str(label)]:
        sys.exit('page %d is labelled %s, printed %s' % (i, label, printed))
E1
done
exit $failed

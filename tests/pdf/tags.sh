#!/bin/sh
# Tags of a finished file: links in the structure tree, spans of cells; every
# link's key leads back to its element, figures to their sources and back.
set -u
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for tool in qpdf pdfinfo python3; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
cat >"$dir/d.xml" <<'E1'
<dossier xmlns="urn:jianbao:dossier" version="1" period="2025-12" state="draft"/>
E1
cat >"$dir/l.xml" <<'E1'
<briefing xmlns="urn:jianbao:layout" profile="gb9704" version="1" title="试排">
  <toc title="目录"/>
  <section title="甲"><para>正文<note>脚注。</note>，见<a
    href="https://example.org/">网站</a>。</para></section>
  <table lines="grid">
    <row kind="head"><cell rowspan="2">地区</cell><cell colspan="2">会员</cell></row>
    <row kind="head"><cell>本期</cell><cell>上期</cell></row>
    <row><cell>河湾</cell><cell>3</cell><cell>2</cell></row>
    <row><cell colspan="3">合计五</cell></row>
  </table>
</briefing>
E1
failed=0
for how in '' --archive; do
  # shellcheck disable=SC2086
  "$JIANBAO" build "$dir/l.xml" "$dir/d.xml" -o "$dir/a.pdf" $how || exit 1
  pdfinfo -struct-text "$dir/a.pdf" 2>&1 | sed 's/Object [0-9]* 0/Object/' \
    >"$dir/struct"
  diff "$here/tags.struct" "$dir/struct" || failed=1
  qpdf --json "$dir/a.pdf" >"$dir/json"
  python3 - "$dir/json" <<'E1' || failed=1
import json, sys
objects = json.load(open(sys.argv[1]))
objects = objects['qpdf'][1] if 'qpdf' in objects else objects['objects']
def get(ref):
    o = objects.get('obj:' + ref, objects.get(ref)) if isinstance(ref, str) else ref
    return o.get('value', o) if isinstance(o, dict) else o
dicts = [(k.replace('obj:', ''), get(k.replace('obj:', ''))) for k in objects]
keys = {}
for _, o in dicts:
    if isinstance(o, dict) and '/Nums' in o and '/Limits' in o:
        n = o['/Nums']
        keys.update(zip(n[::2], n[1::2]))
links = [(k, o) for k, o in dicts
         if isinstance(o, dict) and o.get('/Subtype') == '/Link']
assert len(links) == 3, len(links)
for k, o in links:
    element = get(keys[o['/StructParent']])
    assert element['/S'] == '/Link' and element['/K']['/Obj'] == k, element
E1
done
# A figure leads to its source, and the source back to the figure.
cat >"$dir/w.xml" <<'E1'
<briefing xmlns="urn:jianbao:layout" profile="gb9704" version="1" title="试排">
  <para>入会率<value select="figures('入会率')"/>。</para>
  <break/>
  <sources/>
</briefing>
E1
"$JIANBAO" build "$dir/w.xml" "$here/../golden/pages/chart-pie/d.xml" \
  -o "$dir/w.pdf" || exit 1
qpdf --json "$dir/w.pdf" >"$dir/json"
python3 - "$dir/json" <<'E1' || failed=1
import json, sys
whole = json.load(open(sys.argv[1]))
pages = [p['object'] for p in whole['pages']]
objects = whole['qpdf'][1] if 'qpdf' in whole else whole['objects']
ways = set()
for i, page in enumerate(pages):
    value = lambda ref: (lambda o: o.get('value', o))(
        objects.get('obj:' + ref, objects.get(ref)))
    for ref in value(page).get('/Annots', []):
        ways.add((i + 1, pages.index(value(ref)['/Dest'][0]) + 1))
assert ways == {(1, 2), (2, 1)}, ways
E1
[ $failed = 0 ] && echo "all tags hold"
exit $failed

#!/bin/sh
# Files as they are built without --archive: the structure of PDF/A-2u. The
# check itself must find fault with colours of the press and with PDF/A-1b.
for tool in python3 qpdf; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
here=$(cd -- "$(dirname -- "$0")" && pwd)
top=$here/../..
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
cp "$top/tests/golden/pages/chart-pie/d.xml" "$dir/d.xml"
cp "$top/tests/golden/pages/image/a.png" "$dir/a.png"
cat >"$dir/l.xml" <<'X'
<briefing xmlns="urn:jianbao:layout" version="1" title="甲 &amp; &lt;乙&gt;">
  <page-master watermark="内部资料" duplex="yes"/>
  <toc title="目录"/>
  <section title="数字"><para>入会率<value select="figures('入会率')"/>，共A12项——见<a
    href="https://example.org/">网站</a><note>脚注。</note>。</para></section>
  <chart kind="pie" select="figures('入会率')" category="@subject" value="@value"/>
  <image src="a.png" alt="图"/>
  <barcode text="https://example.org/"/>
  <sources/>
</briefing>
X
build() { # OUTPUT LAYOUT PAGES [OPTION...]
  to=$1
  shift
  "$JIANBAO" build "$@" -q -o "$dir/$to" || { echo "failed: build $to"; failed=1; }
}
build l.pdf "$dir/l.xml" "$dir/d.xml"
for layout in monthly meeting tables proof; do
  build $layout.pdf "$top/layouts/$layout.xml" "$top/samples/2025-12" \
    --set period=2025-12
done
build booklet.pdf "$dir/l.xml" "$dir/d.xml" --booklet A3
python3 "$here/level_2u.py" "$dir/l.pdf" "$dir"/[mtp]*.pdf || failed=1
for how in --print --archive; do
  build other.pdf "$dir/l.xml" "$dir/d.xml" $how
  python3 "$here/level_2u.py" "$dir/other.pdf" >"$dir/log" &&
    { echo "failed: $how passes for level 2u"; failed=1; }
done
exit $failed

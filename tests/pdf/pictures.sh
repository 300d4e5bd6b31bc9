#!/bin/sh
# Pictures of each kind and patterned charts, from a layout to the file: on the
# screen, for the press (no RGB drawn), and for the archive (no transparency).
# Tools that are not there are named and passed over.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
here=$(cd -- "$(dirname -- "$0")" && pwd)
failed=0
fail() {
  echo "failed: $*"
  failed=1
}
for tool in qpdf pdfimages python3; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
cd "$dir" || exit 2
python3 - <<'X'
import struct, zlib
def png(name, kind, bits, row, height, extra=b''):
    def chunk(what, body):
        return struct.pack('>I', len(body)) + what + body + struct.pack('>I', zlib.crc32(what + body))
    width = len(row) * 8 // bits // {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    open(name, 'wb').write(b'\x89PNG\r\n\x1a\n'
        + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, bits, kind, 0, 0, 0))
        + extra + chunk(b'IDAT', zlib.compress((b'\0' + row) * height)) + chunk(b'IEND', b''))
    return chunk
png('grey.png', 0, 8, bytes(range(0, 240, 10)), 10)
png('colour.png', 2, 8, bytes(range(0, 240, 5)), 10)
png('clear.png', 6, 8, bytes([200, 30, 30, 128] * 12), 10)
png('deep.png', 2, 16, bytes(range(0, 240, 5)), 10)
png('one.png', 0, 1, b'\xaa\xf0', 10)
X
tail -c +2 "$here/../fuzz/image/jpeg" >photo.jpg
figures=
for n in 1 2 3 4 5; do
  figures="$figures<figure id='f-$n' block='b' quote='甲$n' printed='$n' value='$n' unit='家' indicator='甲$n' measure='level' period='2025-12' state='auto'/>"
done
cat >d.xml <<X
<dossier xmlns="urn:jianbao:dossier" version="1" period="2025-12" state="draft"><page id="p1" file="a.txt" publication="甲报" date="2025-12-01"><article id="a" kind="news" topic="" use="yes" continues=""><title id="t">题</title><para id="b" lines="1">甲1甲2甲3甲4甲5</para>$figures</article></page></dossier>
X
cat >l.xml <<'X'
<briefing xmlns="urn:jianbao:layout" version="1" title="试排">
  <image src="grey.png" alt="灰"/><image src="colour.png" alt="彩" width="5cm"/>
  <image src="clear.png" alt="透" align="center"/><image src="deep.png" alt="深"/>
  <image src="one.png" alt="黑白"/>
  <chart kind="pie" select="//figure" category="@indicator" value="@value"/>
  <chart kind="column" select="//figure" category="@indicator" value="@value">
    <series name="本期" value="@value"/>
    <series name="上期" value="@value" earlier="yes"/>
  </chart>
  <chart kind="stacked" select="//figure" category="@indicator" value="@value">
    <series name="一" value="@value"/><series name="二" value="@value"/>
    <series name="三" value="@value"/><series name="四" value="@value"/>
  </chart>
</briefing>
X
sed 's|<image.*/>||;s|<chart kind="pie"|<image src="photo.jpg" alt="照片"/>&|' l.xml >jpeg.xml

build() { # LAYOUT OUTPUT [OPTION...]
  layout=$1 to=$2
  shift 2
  "$JIANBAO" build "$layout" d.xml -o "$to" "$@" 2>said ||
    { fail "build $to"; cat said; }
  qpdf --check "$to" >log 2>&1 || { fail "qpdf $to"; cat log; }
}
colours() { # FILE: colour space of each picture
  pdfimages -list "$1" | awk 'NR > 2 { printf "%s:%s ", $3, $6 }'
}
marks() { qpdf --qdf --object-streams=disable "$1" - | tr -d '\0'; }

build l.xml screen.pdf
[ "$(colours screen.pdf)" = "image:gray image:rgb image:rgb image:rgb image:gray " ] ||
  fail "on the screen: $(colours screen.pdf)"
marks screen.pdf | grep -aq '/PatternType 1' || fail "no patterns in the charts"
build l.xml press.pdf --print
marks press.pdf | grep -aq ' rg$' && fail "RGB colours for the press"
colours screen.pdf | grep -q smask && fail "transparency on the screen"
build l.xml archive.pdf --archive
colours archive.pdf | grep -q smask && fail "transparency in the archive"
if [ -s photo.jpg ]; then
  "$JIANBAO" build jpeg.xml d.xml -o jpeg.pdf 2>said || fail "jpeg: $(cat said)"
  pdfimages -list jpeg.pdf | grep -q jpeg || fail "a JPEG is not kept as it is"
fi

[ $failed = 0 ] && echo "all pictures hold"
exit $failed

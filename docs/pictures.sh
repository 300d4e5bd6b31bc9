#!/bin/bash
# Draws the pictures of layout.md anew: each of its layouts, compiled with the
# samples, one page each, small and grey. pictures.sh [FOLDER], default here.
set -eu
docs=$(cd -- "$(dirname -- "$0")" && pwd)
top=${docs%/*}
out=${1:-$docs/pictures}
jianbao=${JIANBAO:-$top/build/release/src/cli/jianbao}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

layout() { # N: the nth whole layout of the tutorial
  awk -v n="$1" '/^```xml$/ { inside = 1; text = ""; next }
    /^```$/ { if (inside && text ~ /^<briefing/ && ++k == n) printf "%s", text; inside = 0; next }
    inside { text = text $0 "\n" }' "$docs/layout.md"
}

picture() { # N FROM LAYOUT ARG...: the first page that has FROM
  local n=$1 from=$2 page
  shift 2
  "$jianbao" build "$1" "$top/samples/2025-12" -o "$work/$n.pdf" -q "${@:2}"
  if pdftotext "$work/$n.pdf" - | grep -q 无数据; then
    echo "pictures.sh: layout $n selects nothing" >&2
    exit 1
  fi
  page=$(pdftotext -layout "$work/$n.pdf" - | sed 's/[ 　]//g' |
    awk -v from="$from" 'BEGIN { RS = "\f" } index($0, from) { print NR; exit }')
  pdftoppm -gray -r 40 -f "${page:?no page with $from}" -l "$page" -singlefile \
    "$work/$n.pdf" "$work/$n"
  small "$work/$n.pgm" "$out/step-$n.png"
}

small() { # PGM PNG: in eight greys, which is enough for a page and packs well
  python3 - "$@" <<'PY'
import re, struct, sys, zlib
data = open(sys.argv[1], 'rb').read()
head = re.match(rb'P5\s+(\d+)\s+(\d+)\s+255\s', data)
w, h = int(head[1]), int(head[2])
grey = data[head.end():]
level = [min(7, (v + 18) // 36) * 15 // 7 for v in range(256)]
rows = b''
for y in range(h):
    row = [level[v] for v in grey[y * w:(y + 1) * w]] + [15] * (w % 2)
    rows += b'\0' + bytes(a << 4 | b for a, b in zip(row[::2], row[1::2]))
def chunk(kind, body):
    return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
open(sys.argv[2], 'wb').write(b'\x89PNG\r\n\x1a\n'
    + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 4, 0, 0, 0, 0))
    + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b''))
PY
}

"$jianbao" extract "$top/samples/2025-11" -o "$work/last.xml" -q
k=0
for from in 本月情况 目录 主要数字 各市入会率 与前期相比 附：数字来源; do
  k=$((k + 1))
  layout $k >"$work/$k.xml"
  case $k in 5) set -- --previous "$work/last.xml" ;; *) set -- ;; esac
  picture $k "$from" "$work/$k.xml" "$@"
done
picture 7 本月要点 "$top/layouts/monthly.xml" --params "$top/samples/office.xml"

#!/bin/sh
# Any bytes at all as a page: no crash, no hang; a dossier, or a message.
# bench/hostile has the same at 50 MB.
set -u
root=$(cd -- "$(dirname -- "$0")/../.." && pwd) || exit 2
: "${JIANBAO:=$root/build/release/src/cli/jianbao}"
command -v python3 >/dev/null || {
  echo "python3 is missing: not tested"
  exit 0
}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' INT TERM HUP
export LANG=C.UTF-8

python3 - "$work" <<'P' || exit 1
import random, sys
dice = random.Random(3)
sentence = '今年前三季度,全县新建驿站12个,服务骑手3400人次。'
pages = {
    'random': dice.randbytes(1 << 20),
    'random-text': bytes(dice.choice(b'\n\n #()0123abc\xe5\xb7\xa5') for _ in range(1 << 20)),
    'torn-utf8': (sentence * 99).encode()[:-2],
    'torn-gb18030': (sentence * 99).encode('gb18030')[:-1],
    'torn-utf16': ('\ufeff' + sentence * 99).encode('utf-16-le')[:-1],
    'half-characters': b'\n\n'.join(sentence.encode()[:n] for n in range(1, 60)),
    'blank-lines': b'\n' * 1000000,
    'one-line': (sentence * (10 * (1 << 20) // len(sentence.encode()))).encode(),
    'punctuation': '。，、；：？！“”‘’（）《》…—·'.encode() * 20000,
    'brackets': '（'.encode() * 100000 + '“'.encode() * 100000,
    'nul': (sentence.encode() + b'\0\0\x07\x1b') * 500,
    'english': b'The union opened twelve rest stations on 3 March.\n\n' * 2000,
    'russian': 'Профсоюз открыл двенадцать станций отдыха.\n\n'.encode() * 2000,
    'arabic': 'افتتحت النقابة اثنتي عشرة محطة للراحة.\n\n'.encode() * 2000,
    'japanese': '労働組合は休憩所を十二か所開いた。\n\n'.encode() * 2000,
    'emoji': '👷🏽‍♀️🚲📦\n\n'.encode() * 2000,
    'combining': ('e' + '\u0301' * 2000 + '\n\n').encode() * 20,
    'empty': b'',
}
for name, data in pages.items():
    open(f'{sys.argv[1]}/{name}.txt', 'wb').write(data)
P

failed=0
for page in "$work"/*.txt; do
  name=$(basename "$page" .txt)
  timeout 60 "$JIANBAO" extract "$page" --dump=articles >"$work/out" 2>"$work/diag"
  code=$?
  if [ $code -gt 1 ] || { [ ! -s "$work/out" ] && [ ! -s "$work/diag" ]; }; then
    echo "$name: exit $code"
    head -3 "$work/diag"
    failed=1
  fi
done
exit $failed

#!/bin/bash
# Draws the pictures of guide.md anew by doing what it says: the new folder, its
# masthead, the review page, the corrected and signed issue, the booklet, the monthly run. Needs poppler-utils
# and chromium. guide-pictures.sh [FOLDER], default here.
set -eu
docs=$(cd -- "$(dirname -- "$0")" && pwd)
top=${docs%/*}
out=$(cd -- "${1:-$docs}" && pwd)
jianbao=${JIANBAO:-$top/build/release/src/cli/jianbao}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=zh_CN.UTF-8 PATH="$(dirname "$jianbao"):$PATH"
cd "$work"

page() { # PDF NAME DPI [CROP...]: its first page
  pdftoppm -f 1 -l 1 -r "$3" -png -singlefile "${@:4}" "$1" "$out/$2"
}

shot() { # HTML NAME WIDTH,HEIGHT
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
    --force-device-scale-factor=1 --window-size="$3" \
    --screenshot="$out/$2.png" "file://$1" >/dev/null 2>&1
}

jianbao new -q 工会简报
cd 工会简报
make -s
page 简报.pdf guide-first 45

sed -i 's|"name">[^<]*|"name">河湾工运|
  s|"issuer">[^<]*|"issuer">河湾区总工会办公室编|' office.xml
jianbao build -q layouts/monthly.xml pages -o 简报.pdf -p office.xml \
  --set period=2025-12 --set number=12 --set total=48 --set date=2025-12-31
page 简报.pdf guide-masthead 65 -x 0 -y 0 -W 540 -H 215

jianbao review -q pages -o 校核.html
shot "$PWD/校核.html" guide-review 1000,460

# a mended word and every figure confirmed, as the review page exports it
block=$(jianbao extract -q pages |
  sed -nE 's/.*<figure .* block="([^"]*)" .*printed="12座".*/\1/p')
corrections() { # FIGURES
  echo '<corrections xmlns="urn:jianbao:corrections" author="田小禾" date="2025-12-31">'
  echo "  <para id=\"$block\"><replace was=\"驿站12座\" by=\"驿站22座\"/></para>"
  echo "$1</corrections>"
}
corrections '' >corrections.xml
corrections "$(jianbao extract -q pages -c corrections.xml --period 2025-12 |
  sed -nE 's/.*<figure (id="[^"]*").* printed="([^"]*)".*/  <figure \1 was="\2" action="confirm"\/>/p')
" >corrections.xml.new
mv corrections.xml.new corrections.xml
jianbao build -q layouts/monthly.xml pages -o 定稿.pdf -p office.xml \
  -c corrections.xml --final --set period=2025-12 --set number=12 \
  --set total=48 --set date=2025-12-31 --set signer=周明
page 定稿.pdf guide-final 45
page 定稿.pdf guide-corrected 65 -f 2 -l 2 -x 0 -y 70 -W 540 -H 148

jianbao build -q layouts/meeting.xml pages -o 会议材料.pdf --booklet A3
page 会议材料.pdf guide-booklet 30

# the month's run: four counties, then again after a change in one
{
  echo '<manifest xmlns="urn:jianbao:manifest" layout="layouts/monthly.xml"'
  echo '          params="office.xml" period="2025-12">'
  for county in 河湾县 柳林县 石桥县 青坪县; do
    mkdir -p "各县/$county"
    sed "s/河湾区/$county/g" pages/*示例页.txt >"各县/$county/2025-12-09_县报.txt"
    echo "  <item name=\"$county\" output=\"$county.pdf\">"
    echo "    <pages path=\"各县/$county\"/><set name=\"name\" value=\"$county工运\"/></item>"
  done
  echo '</manifest>'
} >批次.xml
{
  command='jianbao run 批次.xml --jobs 2 --resume --report 结果.json'
  echo '$ crontab -l'
  echo '0 6 1 * *  cd /srv/简报 &amp;&amp; '"$command --messages json"
  echo "\$ $command"
  $command 2>said
  echo >>各县/柳林县/2025-12-09_县报.txt
  echo '$ echo >>各县/柳林县/2025-12-09_县报.txt   # 一页有了变化'
  echo "\$ $command"
  $command 2>said
  echo '$ cat 结果.json'
  cat 结果.json
} >shown
for county in 河湾县 柳林县 石桥县 青坪县; do
  pdftoppm -f 1 -l 1 -r 30 -png -singlefile "$county.pdf" "$county"
done
cat >run.html <<X
<meta charset="utf-8"><style>body{margin:0;background:#eee;width:900px}
pre{margin:0;padding:10px;background:#222;color:#eee;font:13px/1.5 "Noto Sans Mono CJK SC",monospace}
img{margin:12px 0 0 14px;border:1px solid #999;width:200px}</style>
<pre>$(cat shown)</pre>
<img src="河湾县.png"><img src="柳林县.png"><img src="石桥县.png"><img src="青坪县.png">
X
shot "$PWD/run.html" guide-run 900,750

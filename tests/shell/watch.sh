#!/bin/sh
# `watch` builds at once and again after a change of a page or of a layout's
# part, one line each time; a broken layout costs it nothing but a message; SIGTERM ends it.
set -u
work=$(mktemp -d) || exit 2
trap 'kill "$pid" 2>/dev/null; wait; rm -rf "$work"' EXIT
export LANG=C.UTF-8
cd "$work" || exit 2
mkdir pages
mkdir -p look/parts
cat >look/layout.xml <<'X'
<briefing xmlns="urn:jianbao:layout" xmlns:xi="http://www.w3.org/2001/XInclude">
  <xi:include href="parts/body.xml"/>
</briefing>
X
echo '<briefing xmlns="urn:jianbao:layout"><para>{(//figure)[last()]/@printed}</para></briefing>' >look/parts/body.xml
echo '本报讯 全县建成驿站12座。' >pages/2025-12-03_甲报.txt
"$JIANBAO" watch look/layout.xml pages -o out.pdf >lines 2>errors &
pid=$!

lines() { # N: wait for so many lines
  for _ in $(seq 100); do
    [ "$(wc -l <lines)" -ge "$1" ] && return
    sleep 0.1
  done
  echo "no line $1" && cat lines errors && exit 1
}

lines 1
sum=$(cksum <out.pdf)
echo '本报讯 全县建成驿站15座。' >pages/2025-12-03_甲报.txt
lines 2
[ "$sum" != "$(cksum <out.pdf)" ] || { echo "nothing was set anew" && exit 1; }
sum=$(cksum <out.pdf)
mkdir pages/乙报
lines 3 # a folder that is new is watched, too
echo '本报讯 全县建成驿站18座。' >pages/乙报/2025-12-01_乙报.txt
for _ in $(seq 100); do
  [ "$sum" = "$(cksum <out.pdf)" ] || break
  sleep 0.1
done
[ "$sum" != "$(cksum <out.pdf)" ] || { echo "a page in a folder below is not seen" && exit 1; }
sum=$(cksum <out.pdf)
echo '<briefing' >new.xml
mv new.xml look/parts/body.xml
for _ in $(seq 100); do
  grep -q '[1-9] errors' lines && break
  sleep 0.1
done
grep -q '[1-9] errors' lines || { echo "no word of the error" && exit 1; }
[ "$sum" = "$(cksum <out.pdf)" ] || { echo "the old output is gone" && exit 1; }
kill "$pid"
wait "$pid"
code=$?
[ "$code" = 143 ] || { echo "exit $code, not 143" && exit 1; }
grep -vE '^out\.pdf: [0-9]+ pages, [0-9]+ warnings, [0-9]+ errors, [0-9]+ ms$' \
  lines && { echo "other lines" && exit 1; }

# the output beside the layout is no change
cp look/layout.xml here.xml && mkdir parts
echo '<briefing xmlns="urn:jianbao:layout"><para>甲</para></briefing>' >parts/body.xml
"$JIANBAO" watch here.xml pages -o here.pdf >lines 2>errors &
pid=$!
lines 1
sleep 0.5
[ "$(wc -l <lines)" = 1 ] || { echo "its own output starts it again" && exit 1; }
exit 0

#!/bin/sh
# A run that is killed, finds the disk full or read-only, or its input gone,
# leaves the old output; what it exits with tells which.
set -u
top=$(cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d) || exit 2
disk=$work/disk
trap 'umount "$disk" 2>/dev/null; rm -rf "$work"' EXIT
export LANG=C.UTF-8
cd "$work" || exit 2
cp "$top"/tests/fault/case/* . && mkdir out disk
failed=0

bad() {
  echo "$@"
  failed=1
}

build() { # OUTPUT
  "$JIANBAO" build layout.xml page.txt -o "$1" 2>said
}

build good.pdf || bad "the good run failed"

# kill -9 at any moment
for ms in $(seq 1 3 90); do
  echo old >out/k.pdf
  "$JIANBAO" build layout.xml page.txt -o out/k.pdf 2>/dev/null &
  pid=$!
  sleep "0.0$(printf %02d "$ms")"
  kill -9 "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  [ "$(cat out/k.pdf)" = old ] 2>/dev/null || cmp -s out/k.pdf good.pdf ||
    bad "killed after $ms ms: half a file"
done
[ "$(ls -A out | wc -l)" -le 2 ] || bad "killed runs leave $(ls -A out)"

# vanished input
echo old >out/v.pdf
"$JIANBAO" build layout.xml page.txt gone.txt -o out/v.pdf 2>said
code=$?
[ $code = 1 ] || [ $code = 3 ] || bad "vanished page: exit $code"
[ "$(cat out/v.pdf)" = old ] || bad "vanished page: the old output is gone"

# a reader that goes: what comes after is not read for nobody
mkdir many && for n in $(seq 10 99); do cp page.txt "many/$n.txt"; done
{ for n in $(seq 30); do echo many; done && echo gone.txt; } |
  { "$JIANBAO" extract --list - --format ndjson; echo $? >code; } 2>said |
  head -n 1 >/dev/null
[ "$(cat code)" = 3 ] || bad "closed pipe: exit $(cat code)"
grep -q 'Broken pipe' said || bad "no word of the closed pipe"
grep -q gone.txt said && bad "reads on for nobody"

# a folder, a file and a page that another user may not touch
other="setpriv --reuid=65534 --regid=65534 --clear-groups"
chmod 755 "$work"
if [ "$(id -u)" = 0 ] && $other test -x "$JIANBAO" 2>/dev/null; then
  mkdir theirs && echo old >theirs/o.pdf && echo old >out/o.pdf
  chmod 777 out
  for file in theirs/o.pdf theirs/new.pdf out/o.pdf; do
    $other "$JIANBAO" build layout.xml page.txt -o $file 2>said
    code=$?
    [ $code = 3 ] || bad "$file of another user: exit $code"
    grep -q 'Permission denied' said || bad "$file: no word of the permission"
  done
  [ "$(cat theirs/o.pdf out/o.pdf)" = "$(printf 'old\nold')" ] ||
    bad "another user's file is gone"
  [ "$(ls -A theirs)" = o.pdf ] || bad "leaves $(ls -A theirs)"
  cp page.txt secret.txt && chmod 600 secret.txt
  $other "$JIANBAO" build layout.xml secret.txt -o out/s.pdf 2>said
  code=$?
  [ $code = 3 ] && [ ! -e out/s.pdf ] || bad "an unreadable page: exit $code"
else
  echo "not root, or the program out of others' reach: no other user is tried"
fi

# a full disk, then a read-only one
if mount -t tmpfs -o size=16k none "$disk" 2>/dev/null; then
  echo old >"$disk/d.pdf"
  build "$disk/d.pdf"
  code=$?
  [ $code = 3 ] || bad "full disk: exit $code"
  [ "$(cat "$disk/d.pdf")" = old ] || bad "full disk: the old output is gone"
  [ "$(ls -A "$disk")" = d.pdf ] || bad "full disk: leaves $(ls -A "$disk")"
  head -c 100000 /dev/zero >"$disk/fill" 2>/dev/null
  "$JIANBAO" new "$disk/folder" 2>said
  code=$?
  [ $code = 3 ] && [ ! -e "$disk/folder" ] || bad "new on a full disk: exit $code"
  rm "$disk/fill"
  mount -o remount,ro "$disk"
  build "$disk/d.pdf"
  code=$?
  [ $code = 3 ] || bad "read-only disk: exit $code"
  [ "$(cat "$disk/d.pdf")" = old ] || bad "read-only disk: the old output is gone"
  umount "$disk"
else
  echo "no right to mount: the full and the read-only disk are not tried"
fi
exit $failed

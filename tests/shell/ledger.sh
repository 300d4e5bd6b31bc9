#!/bin/bash
# The ledger under bad luck: another version, locked, cut short, no SQLite, a
# read-only disk, two runs at once, killed in the middle; nothing is lost and
# nothing is half there.
set -eu
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
unset LC_ALL LC_MESSAGES
export LANG=C.UTF-8
jianbao=${JIANBAO:?}
cd "$work"

die() {
  echo "ledger.sh: $*" >&2
  exit 1
}

month() { # PERIOD FIGURES: a dossier
  local i
  echo "<dossier xmlns='urn:jianbao:dossier' version='1' period='$1' state='draft'>"
  echo "<page id='p1' file='p.txt' date='$1-20'><article id='p1a1' kind='news' use='yes'>"
  echo "<para id='t1' lines='1'>驿站318座</para>"
  for i in $(seq "$2"); do
    echo "<figure id='f-$i' block='t1' quote='驿站318座' printed='${i}座' value='$i'" \
      "unit='座' indicator='驿站之$i' region='甘肃省' measure='level'" \
      "period='../$1' state='auto'/>"
  done
  echo "</article></page></dossier>"
}

expect() { # CODE WORDS COMMAND...: the exit code and words of the message
  local code=$1 words=$2 got=0
  shift 2
  "$@" >out 2>err || got=$?
  [ $got = "$code" ] || die "exit $got, not $code: $* $(cat err)"
  grep -qF -- "$words" err || { [ -z "$words" ] && [ ! -s err ]; } ||
    die "no '$words': $* $(cat err)"
}

month 2025-11 3 >a.xml
month 2025-12 4 >b.xml
add() { "$jianbao" ledger add --ledger "$@"; }
issues() { "$jianbao" ledger list --ledger "${1:-l.db}"; }

# The plain way.
[ "$(add l.db a.xml)" = "2025-11: issue 1 (running 1), 3 figures, 0 confirmed" ] ||
  die "add"
[ "$(add l.db b.xml --set number=12 --set running=130)" = \
  "2025-12: issue 12 (running 130), 4 figures, 0 confirmed" ] || die "numbers"
[ "$(issues | cut -f 1-3 | tr '\n\t' '; ')" = "2025-11 1 1;2025-12 12 130;" ] ||
  die "list"
"$jianbao" ledger export --ledger l.db | grep -q '驿站之4' || die "export"
"$jianbao" ledger show --ledger l.db 驿站之3 | grep -q '与上月持平' || die "show"
expect 0 "" "$jianbao" ledger remove --ledger l.db 2025-11
expect 1 "no issue of '2025-11'" "$jianbao" ledger remove --ledger l.db 2025-11
add l.db a.xml >/dev/null
cp l.db good.db
sum=$(issues)

# No ledger, another version, cut short.
expect 1 "no such file" "$jianbao" ledger list --ledger none.db
echo "not a database, but long enough to be taken for one, or nearly" >text.db
expect 1 "no ledger of jianbao" add text.db a.xml
grep -q 'nearly' text.db || die "a foreign file was changed"
python3 - <<'PY'
import sqlite3
sqlite3.connect("other.db").executescript("CREATE TABLE t(x)")
c = sqlite3.connect("newer.db")
c.executescript("PRAGMA application_id=%d; PRAGMA user_version=7; CREATE TABLE t(x)" % 0x4A42414F)
PY
expect 1 "no ledger of jianbao" add other.db a.xml
expect 1 "version 7" add newer.db a.xml
head -c 20480 good.db >cut.db
expect 1 "broken" "$jianbao" ledger list --ledger cut.db
expect 1 "broken" add cut.db a.xml
[ "$(stat -c %s cut.db)" = 20480 ] || die "a broken ledger was changed"
expect 1 "no ledger of jianbao" "$jianbao" ledger list --ledger .
expect 2 "no valid value" add l.db a.xml --period 2025-00
[ "$(issues)" = "$sum" ] || die "the ledger changed"

# A briefing that needs a bad ledger is not set; the one of before stays.
echo "<briefing xmlns='urn:jianbao:layout'><para>驿站<value select='//figure'/></para></briefing>" >layout.xml
echo before >out.pdf
for bad in text.db other.db newer.db cut.db .; do
  expect 1 "withheld" "$jianbao" build layout.xml a.xml --ledger $bad -o out.pdf
  [ "$(cat out.pdf)" = before ] || die "$bad: the briefing of before is gone"
done

# A read-only folder is read, and not written.
mkdir ro && cp good.db ro/l.db && chmod 555 ro && chmod 444 ro/l.db
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  chmod 755 "$work"
  chmod 644 a.xml
  as="setpriv --reuid=65534 --regid=65534 --clear-groups"
else
  as=
fi
[ "$($as "$jianbao" ledger list --ledger ro/l.db)" = "$sum" ] || die "read-only: list"
expect 3 "cannot be written" $as "$jianbao" ledger add --ledger ro/l.db a.xml

# Locked by another: it waits, then says so.
python3 - <<'PY' &
import sqlite3, time
c = sqlite3.connect("l.db", isolation_level=None)
c.execute("BEGIN IMMEDIATE")
open("held", "w").close()
time.sleep(14)
PY
holder=$!
while [ ! -e held ]; do sleep 0.05; done
expect 3 "another run is writing" add l.db b.xml
[ "$(issues)" = "$sum" ] || die "a locked ledger changed"
wait $holder

# Two runs at once share it, also when neither finds it there.
for i in 01 02 03 04 05 06; do
  month "2024-$i" 50 >"m$i.xml"
  add two.db "m$i.xml" >/dev/null 2>"two$i" &
done
wait
cat two0?
[ "$(issues two.db | wc -l)" = 6 ] || die "two runs at once: $(issues two.db)"

# Killed in the middle: the issue before, whole.
month 2025-10 20000 >big.xml
for wait in 0.02 0.05 0.08 0.12 0.16 0.2 0.25 0.3; do
  cp good.db kill.db
  rm -f kill.db-wal kill.db-shm
  "$jianbao" ledger add --ledger kill.db big.xml >/dev/null 2>&1 &
  victim=$!
  sleep $wait
  kill -9 $victim 2>/dev/null || true
  wait $victim 2>/dev/null || true
  left=$(issues kill.db | grep -v 2025-10) || true
  [ "$left" = "$sum" ] || die "killed after $wait: $(issues kill.db)"
  n=$(issues kill.db | sed -n 's/^2025-10\t//p' | cut -f 4)
  [ -z "$n" ] || [ "$n" = 20000 ] || die "killed after $wait: $n figures"
done
# A full disk: whatever room is left, the issue before, whole, and a word of why.
mkdir disk
if mount -t tmpfs -o size=400k none disk 2>/dev/null; then
  trap 'umount "$work/disk"; chmod -R u+w "$work"; rm -rf "$work"' EXIT
  for room in 0 8 40 120 250; do
    rm -f disk/* && cp good.db disk/l.db
    head -c "$(($(df --output=avail -k disk | tail -n 1) - room))k" /dev/zero \
      >disk/fill
    expect 3 "disk is full; nothing was changed" add disk/l.db big.xml
    LANG=zh_CN.UTF-8 expect 3 "磁盘已满，什么也没有改动" add disk/l.db big.xml
    [ "$(issues disk/l.db)" = "$sum" ] || die "full disk, $room KiB: changed"
  done
  rm disk/fill && mount -o remount,size=64m disk
  add disk/l.db big.xml >/dev/null || die "room again, and it is not written"
  [ "$(issues disk/l.db | grep -vc '^2025-10')" = "$(echo "$sum" | wc -l)" ] ||
    die "room again: $(issues disk/l.db)"
else
  echo "no right to mount: the full disk is not tried"
fi
echo "ledger.sh: all passed"

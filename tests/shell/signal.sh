#!/bin/sh
# A run that is stopped by a signal leaves the old output and no other file.
set -eu
jianbao=$(cd -- "$(dirname -- "$0")/../.." && pwd)/build/release/src/cli/jianbao
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >slow.c <<'C'
#include <unistd.h>
int fsync(int fd);
int fsync(int fd) { (void)fd; kill(getpid(), SIGNAL); return 0; }
C
sed -i '1i #define _POSIX_C_SOURCE 200809L\n#include <signal.h>' slow.c
printf '%s\n' '<dossier xmlns="urn:jianbao:dossier" version="1" period="" state="draft"/>' >d.xml
for signal in INT:130 TERM:143; do
  cc -shared -fPIC -DSIGNAL="SIG${signal%:*}" -o slow.so slow.c
  echo old >out.xml
  code=0
  LD_PRELOAD=./slow.so "$jianbao" extract d.xml -o out.xml || code=$?
  [ "$code" = "${signal#*:}" ] || { echo "exit $code"; exit 1; }
  [ "$(cat out.xml)" = old ] || { echo "old output is gone"; exit 1; }
  [ "$(ls -A | wc -l)" = 4 ] || { ls -A; exit 1; }
done
echo "stopped runs leave the old output"

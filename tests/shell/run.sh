#!/bin/sh
# ./run and its set-up, with stand-ins for apt, dpkg, cmake and ninja.
set -eu
top=$(cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8 HOME="$work/home" PATH="$work/bin:$PATH"
unset LC_ALL LC_MESSAGES XDG_DATA_HOME
calls=$work/calls

die() {
  echo "run.sh: $*" >&2
  sed 's/^/  said: /' "$work/said" >&2
  exit 1
}

stand_in() { # NAME: a command that notes its call, then does what stdin says
  { printf '#!/bin/sh\necho "%s $*" >>"%s"\n' "$1" "$calls" && cat; } \
    >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}

mkdir -p "$work/bin" "$work/p/fonts" "$HOME"
cp -R "$top/run" "$top/.ci" "$work/p/"
cp "$top/fonts/fetch" "$work/p/fonts/"
echo 'install fonts-none usr/nowhere/None.ttf' >"$work/p/fonts/faces.txt"
echo '{}' >"$work/p/CMakePresets.json"
: >"$calls"
echo "echo \${USER_ID:-0}" | stand_in id
stand_in dpkg-query <<EOF
cat "$work/installed" 2>/dev/null
EOF
stand_in apt-get <<EOF
case " \$* " in
*' install '*) for p; do echo "installed \$p"; done >>"$work/installed" ;;
*) exit 100 ;;
esac
EOF
stand_in cmake <<EOF
mkdir -p "$work/p/build/release" && : >"$work/p/build/release/build.ninja"
EOF
stand_in ninja <<EOF
mkdir -p "\$2/src/cli" && : >"\$2/.ninja_log"
printf '#!/bin/sh\necho "args: \$*"; cat; exit 7\n' >"\$2/src/cli/jianbao"
chmod +x "\$2/src/cli/jianbao"
EOF

run() { # ARGS...: with stdout, stderr and exit code kept
  code=0
  echo input | "$work/p/run" "$@" >"$work/out" 2>"$work/said" || code=$?
}

USER_ID=1000 run x
[ $code = 3 ] || die "without root: exit $code, not 3"
grep -q 'install.* cmake .*zlib1g-dev' "$work/said" || die "packages not named"
grep -q 'download fonts-none' "$calls" || die "without root: no fonts fetched"
[ ! -s "$work/out" ] || die "ran all the same"

run extract - 'a b'
[ $code = 7 ] || die "exit $code, not jianbao's 7"
[ "$(cat "$work/out")" = "args: extract - a b
input" ] || die "arguments or input lost: $(cat "$work/out")"
grep -q 'install.*cmake.*fonts-none' "$calls" || die "packages not installed"

: >"$calls"
run y
[ $code = 7 ] || die "second call: exit $code"
grep -qv '^ninja\|^id' "$calls" && die "second call sets up: $(cat "$calls")"
[ ! -s "$work/said" ] || die "second call talks"

echo '# more' >>"$work/p/.ci/packages.txt"
run y
grep -q '^dpkg-query' "$calls" || die "a new package list goes unseen"

mv "$work/bin/ninja" "$work/bin/ninja.good"
echo 'echo broken code; exit 1' | stand_in ninja
run y
[ $code = 3 ] || die "failed build: exit $code, not 3"
grep -q 'broken code' "$work/said" || die "failed build: log not shown"
mv "$work/bin/ninja.good" "$work/bin/ninja"

rm "$work/installed" "$work"/p/build/setup/packages-*
echo 'echo E: no route; exit 100' | stand_in apt-get
run y
[ $code = 3 ] || die "failed install: exit $code, not 3"
grep -q 'E: no route' "$work/said" || die "failed install: log not shown"

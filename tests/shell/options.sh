#!/bin/bash
# The manual page and the completions know the options that the program has.
set -eu
top=$(cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LC_ALL LC_MESSAGES
export LANG=C.UTF-8
jianbao=${JIANBAO:?}

die() {
  echo "options.sh: $*" >&2
  exit 1
}

"$jianbao" --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' |
  grep -oE -- '--[a-z-]+' | sort >"$work/program"
grep -E '^\.It Fl' "$top/docs/jianbao.1" | sed 's/\\-/-/g' |
  grep -oE 'Fl -[a-z-]+' | sed 's/Fl /-/' | sort >"$work/manual"
diff -u --label program --label manual "$work/program" "$work/manual" ||
  die "the manual page's options differ"

for command in $("$jianbao" --help | sed -n 's/^  jianbao \([a-z]*\).*/\1/p'); do
  grep -q "^\.It Cm $command" "$top/docs/jianbao.1" ||
    die "the manual page has no command '$command'"
done

# shellcheck source=../../docs/completion/jianbao.bash
. "$top/docs/completion/jianbao.bash"
complete_words() { # WORD...: what completing the last one offers
  COMP_WORDS=(jianbao "$@")
  COMP_CWORD=$#
  _jianbao "$jianbao" "${!#}" "${COMP_WORDS[$#-1]}" 2>/dev/null
  printf '%s\n' "${COMPREPLY[@]}"
}
[ "$(complete_words extr)" = extract ] || die "bash: no command completed"
[ "$(complete_words build --outp)" = --output ] || die "bash: no option"
[ "$(complete_words build --dump tr)" = tree ] || die "bash: no stage"
[ "$(complete_words --)" = "$(cat "$work/program")" ] ||
  complete_words -- | sort | diff "$work/program" - || die "bash: options differ"
"$jianbao" extract --help | grep -q -- --fonts ||
  [ -z "$(complete_words extract --font)" ] || die "bash: not extract's option"

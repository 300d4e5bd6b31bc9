# bash completion for jianbao: the program's own help says what there is.
_jianbao() {
  local cur=$2 prev=$3 word command='' commands
  commands=$(LC_ALL=C "$1" --help 2>/dev/null |
    sed -n 's/^  jianbao \([a-z]*\).*/\1/p')
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ -z $command && $'\n'$commands$'\n' == *$'\n'$word$'\n'* ]] && command=$word
  done
  COMPREPLY=()
  case $prev in
  --dump)
    mapfile -t COMPREPLY < <(
      compgen -W 'articles figures tree boxes pages' -- "$cur")
    return
    ;;
  --format)
    mapfile -t COMPREPLY < <(compgen -W 'xml json csv ndjson text' -- "$cur")
    return
    ;;
  --messages)
    mapfile -t COMPREPLY < <(compgen -W 'text json' -- "$cur")
    return
    ;;
  --booklet)
    mapfile -t COMPREPLY < <(compgen -W 'A3 A4' -- "$cur")
    return
    ;;
  --fonts)
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -d -- "$cur")
    return
    ;;
  --set | -s | --copies | --period | --date | --encoding) return ;;
  esac
  if [[ $cur == -* ]]; then
    # shellcheck disable=SC2086
    mapfile -t COMPREPLY < <(compgen -W "$(
      LC_ALL=C "$1" $command --help 2>/dev/null |
        grep -oE -- '^ +(-[a-z], )?--[a-z-]+' | grep -oE -- '-+[a-z][a-z-]*'
    )" -- "$cur")
  elif [[ $prev == ledger ]]; then
    mapfile -t COMPREPLY < <(
      compgen -W 'add list show near export remove' -- "$cur")
  elif [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur")
  else
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  fi
}
complete -F _jianbao jianbao

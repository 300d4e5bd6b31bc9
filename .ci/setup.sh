# shellcheck shell=sh disable=SC2154,SC3013
# Set-up steps shared by run and check (sourced; $top is the project's folder).
# What is missing comes in once; a stamp lets later calls pass in milliseconds.
state=$top/build/setup
log=$state/log

say() { # CHINESE ENGLISH: one line for the person, in the locale's language
  case ${LC_ALL:-${LC_MESSAGES:-${LANG-}}} in
  zh*) printf '%s\n' "$1" >&2 ;;
  *) printf '%s\n' "$2" >&2 ;;
  esac
}

progress() { # CHINESE ENGLISH: shown on a terminal only
  if [ -t 2 ]; then say "$@"; fi
}

fail() { # CHINESE ENGLISH: with the end of the log, exit 3
  [ -s "$log" ] && tail -n 40 "$log" | sed 's/^/  | /' >&2
  say "$1（全部输出见 $log）" "$2 (all output in $log)"
  exit 3
}

begin() { # one set-up at a time: who holds fd 9, a build left behind too
  exec 9>"$state/lock"
  flock 9
  : >"$log"
}

listed() { # SECTION...: the packages of these sections of packages.txt
  for section; do
    sed -n "/^\[$section\]/,/^\[/{/^[a-z0-9]/p}" "$top/.ci/packages.txt"
  done
}

absent() { # PACKAGE...: those that are not installed
  # shellcheck disable=SC2016
  dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^installed //p' | sort -u >"$state/installed"
  printf '%s\n' "$@" | sort -u | comm -23 - "$state/installed"
}

install() { # PACKAGE...: with the lists that are there, else with new ones
  set -- -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
  export DEBIAN_FRONTEND=noninteractive
  apt-get "$@" || { apt-get -q update && apt-get "$@"; }
}

# Sees to it that the packages of these sections are installed; without root
# names those that are not, with the command that installs them, and exits 3.
packages() { # SECTION...
  command -v dpkg-query >/dev/null || return 0
  stamp=$state/packages-$(echo "$*" | tr ' ' -)
  seen="$(cksum <"$top/.ci/packages.txt") $(stat -c %Y.%i /var/lib/dpkg/status)"
  [ -e "$stamp" ] && read -r was <"$stamp" && [ "$was" = "$seen" ] && return
  # shellcheck disable=SC2046
  lacking=$(absent $(listed "$@"))
  if [ "$(id -u)" = 0 ]; then
    lacking="$lacking $("$top/fonts/fetch" --missing |
      sed -n 's/^install \([^ ]*\).*/\1/p' | sort -u)"
  fi
  # shellcheck disable=SC2086
  set -- $lacking
  [ $# = 0 ] || {
    if [ "$(id -u)" != 0 ]; then
      say "缺少软件包，请管理员执行：" "packages are missing; ask root to run:"
      echo "  apt-get update && apt-get install -y --no-install-recommends $*" >&2
      exit 3
    fi
    progress "正在安装 $# 个软件包…" "installing $# packages ..."
    install "$@" </dev/null >>"$log" 2>&1 9>&- ||
      fail "软件包安装失败：$*" "could not install: $*"
  }
  echo "$(cksum <"$top/.ci/packages.txt") $(stat -c %Y.%i /var/lib/dpkg/status)" \
    >"$stamp"
}

fonts() { # fetches missing faces; after a failure again in an hour at most
  "$top/fonts/fetch" --missing >/dev/null && return
  "$top/fonts/fetch" --due || return 0
  progress "正在下载字体（约 50 MB）…" "downloading fonts (50 MB or so) ..."
  "$top/fonts/fetch" </dev/null >>"$log" 2>&1 9>&- ||
    say "字体不全，先用后备字体；一小时后再试（见 $log）。" \
      "faces are missing, their fallbacks serve; trying again in an hour ($log)"
}

configure() { # PRESET: anew when the presets or the project's place changed
  tree=$top/build/$1
  mark=$state/tree-$1
  at=
  if [ -e "$tree/build.ninja" ] && [ -e "$mark" ] && read -r at <"$mark" &&
    [ "$at" = "$top" ] && [ ! "$top/CMakePresets.json" -nt "$mark" ]; then
    return
  fi
  [ "$at" = "$top" ] || rm -rf "$tree" # came along with a copied folder
  (cd "$top" && cmake --preset "$1") </dev/null >>"$log" 2>&1 ||
    fail "配置 $1 失败。" "could not configure $1"
  echo "$top" >"$mark"
}

build() { # PRESET [TARGET...]
  configure "$1"
  tree=$top/build/$1
  shift
  [ -e "$tree/.ninja_log" ] || progress "正在编译…" "building ..."
  ninja -C "$tree" "$@" </dev/null >"$state/ninja" 2>&1 || {
    sed -n '/^FAILED/,$p' "$state/ninja" >"$log"
    [ -s "$log" ] || cat "$state/ninja" >"$log"
    fail "编译失败。" "the build failed"
  }
}

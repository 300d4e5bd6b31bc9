#!/bin/bash
# A year of real pages in one ledger, where they lie beside the project: what
# rose is said in words, and what only looks the same is told apart.
set -eu
top=$(cd -- "$(dirname -- "$0")/../.." && pwd)
pages=$top/../shared/pages
[ -d "$pages" ] || pages=$(git -C "$top" rev-parse --git-common-dir 2>/dev/null || :)/../../shared/pages
if [ ! -d "$pages" ]; then
  echo "history.sh: skipped, no ../shared/pages here"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LC_ALL LC_MESSAGES
export LANG=zh_CN.UTF-8
jianbao=${JIANBAO:?}
dates=(2025-12-30 2025-01-20 2016-06-15 2024-12-27 2023-04-12) # in name order
i=0
for page in "$pages"/*.txt; do
  "$jianbao" ledger add --ledger "$work/l.db" --date "${dates[$i]}" "$page" -q
  i=$((i + 1))
done >"$work/added"
[ "$("$jianbao" ledger list --ledger "$work/l.db" | wc -l)" = 5 ]

has() { # INDICATOR FIGURE REGEX: the series that has FIGURE says REGEX
  "$jianbao" ledger show --ledger "$work/l.db" "$1" >"$work/out"
  grep -A 6 -F -- "$2" "$work/out" | grep -qE -- "$3" || {
    echo "history.sh: no '$3' beside $2:"
    cat "$work/out"
    exit 1
  }
}
has 入会率 96% "91%.*时期不同.*补上时期后可比.*提高5个百分点"
has 工会组织 4.27万 "看似相同而不可比：4.37万.*指标不同：“工会组织”与“汇聚工会组织”"
has 会员 299.71万 "看似相同而不可比：288.61.*指标不同：“累计采集会员信息”与“汇聚会员”"
echo "history.sh: all passed"

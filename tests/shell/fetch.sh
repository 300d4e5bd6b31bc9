#!/bin/sh
# fonts/fetch with a package of our own in place of Debian's.
set -eu
top=$(cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8 XDG_DATA_HOME="$work/data" PATH="$work/bin:$PATH"
unset LC_ALL LC_MESSAGES
place=$XDG_DATA_HOME/jianbao/fonts
fetch=$work/fonts/fetch

die() {
  echo "fetch.sh: $*" >&2
  exit 1
}

mkdir -p "$work/bin" "$work/fonts" "$work/pkg/usr/f" "$work/pkg/DEBIAN"
cp "$top/fonts/fetch" "$work/fonts/"
cat >"$work/fonts/faces.txt" <<'EOF'
# a comment
install tface usr/f/none/A.ttf
take    tface usr/f/B.otf
licence tface usr/f/OFL
EOF
cat >"$work/bin/apt-get" <<EOF
#!/bin/sh
echo "\$*" >>"$work/calls"
case \$* in
*"download tface"*) cp "$work/tface_1.deb" . ;;
esac
EOF
chmod +x "$work/bin/apt-get"

package() { # MAGIC: a package whose faces begin with these bytes
  mkdir -p "$work/pkg/usr/f/none"
  for face in none/A.ttf B.otf; do
    { printf '%b' "$1" && head -c 200000 /dev/zero; } >"$work/pkg/usr/f/$face"
  done
  echo licence >"$work/pkg/usr/f/OFL"
  printf 'Package: tface\nVersion: 1\nArchitecture: all\nMaintainer: t <t@t>\nDescription: t\n' \
    >"$work/pkg/DEBIAN/control"
  dpkg-deb -Zgzip -b "$work/pkg" "$work/tface_1.deb" >/dev/null
}

[ "$("$fetch" --missing || true)" = "install tface A.ttf
take tface B.otf" ] || die "--missing does not name both faces"

package 'nofont'
"$fetch" 2>"$work/said" && die "took what is no font"
grep -q 'no faces from tface' "$work/said" || die "said nothing of it"
[ ! -e "$place/A.ttf" ] || die "left what is no font"
"$fetch" --due && die "would try again at once"

package 'OTTO'
"$fetch" 2>"$work/said" || die "did not fetch: $(cat "$work/said")"
for face in A.ttf B.otf; do
  cmp "$place/$face" "$work/pkg/usr/f/B.otf" || die "$face is not whole"
done
[ "$(cat "$place/licences/tface/OFL")" = licence ] || die "no licence"
"$fetch" --due || die "the failure is not forgotten"
[ -z "$(find "$place" -name '.fetch*')" ] || die "left its work folder"

rm "$work/calls"
"$fetch" 2>"$work/said" || die "second call fails"
[ ! -e "$work/calls" ] && [ ! -s "$work/said" ] || die "second call fetches"

rm "$place/B.otf"
"$fetch" 2>/dev/null &
"$fetch" 2>/dev/null || die "one of two at once fails"
wait $! || die "the other of two at once fails"
[ "$(grep -c download "$work/calls")" = 1 ] || die "two at once fetch twice"
[ -s "$place/B.otf" ] || die "two at once fetch nothing"

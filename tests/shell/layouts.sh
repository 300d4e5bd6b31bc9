#!/bin/sh
# Layouts that would take for ever, or all memory, or what is not theirs: each
# ends soon with its own message, and the old output stays. And a stock layout
# over ten thousand figures, which is no such thing, is set.
set -u
top=$(cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8
cd "$work" || exit 2
cp "$top/tests/golden/tree/tables/d.xml" d.xml
failed=0

open='<briefing xmlns="urn:jianbao:layout" xmlns:xi="http://www.w3.org/2001/XInclude">'
close='</briefing>'

# NAME MESSAGE: l.xml is refused with it
refused() {
  echo old >o.pdf
  timeout 40 "$JIANBAO" build l.xml d.xml -o o.pdf >said 2>&1
  code=$?
  [ $code = 1 ] || { echo "$1: exit $code" && failed=1; }
  grep -aq "$2" said || { echo "$1: no word of '$2'" && failed=1; }
  [ "$(cat o.pdf)" = old ] || { echo "$1: the old output is gone" && failed=1; }
  [ "$(wc -c <said)" -lt 200000 ] || { echo "$1: says too much" && failed=1; }
}

# NAME: l.xml is set
taken() {
  timeout 40 "$JIANBAO" build l.xml "${2-d.xml}" -o o.pdf >said 2>&1 || {
    echo "$1: exit $?" && grep -a error said | head -n 3
    failed=1
  }
}

layout() { # CONTENT
  printf '%s%s%s\n' "$open" "$1" "$close" >l.xml
}

many() { # COUNT TEXT
  yes "$2" | head -n "$1"
}

# ten megabytes
{ echo "$open" && many 200000 '<para>甲<pra>乙</pra>，十兆字节的版式</para>' &&
  echo "$close"; } >l.xml
refused 'ten megabytes' "unknown element 'pra'"
{ echo "$open<para>" && head -c 10000000 /dev/zero | tr '\0' a &&
  echo "</para>$close"; } >l.xml
refused 'a paragraph of ten megabytes' 'more than 4 MiB'

# includes
layout '<para>件</para>' && mv l.xml part.xml
{ echo "$open" && many 10000 '<xi:include href="part.xml"/>' &&
  echo "$close"; } >l.xml
refused 'ten thousand includes' 'more than 1000 includes'
for k in $(seq 18); do
  layout "<xi:include href='c$((k + 1)).xml'/>" && mv l.xml "c$k.xml"
done
layout '<xi:include href="c1.xml"/>'
refused 'a chain of includes' 'more than 16 files deep'
mkdir sub && ln -s /etc/passwd sub/link.xml
for there in ../d.xml /etc/passwd sub/link.xml sub/../../x.xml \
  file:///etc/passwd http://localhost/x.xml; do
  layout "<xi:include href='$there'/>"
  refused "include of $there" "outside the layout's folder"
  layout "<image src='$there' alt=''/>"
  refused "image $there" "outside the layout's folder"
done

# entities
printf '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>%s&b;%s' \
  "$open" "$close" >l.xml
refused 'entities' 'DOCTYPE is not allowed'

# expressions without end
layout "<para>{count(//@*[//@*[count(//@*[//@*[//@*]]) &gt; 1] and count(//@*[count(//@*) &gt; 2]) &gt; 3])}</para>"
refused 'nested paths' 'steps; stopped'
layout "<for-each select='//@*'><for-each select='//@*'><for-each select='//@*'><if test='count(//@*[//@*[//@*]]) &gt; 1'><para/></if></for-each></for-each></for-each>"
refused 'loops in loops' 'steps; stopped'

# rows, recursion
layout "<table><for-each select='//@*'><for-each select='//@*'><for-each select='//@*'><row><cell>格</cell></row></for-each></for-each></for-each></table>"
refused 'a million rows' 'grows beyond 1000000 rows'
{ echo "$open" && for k in $(seq 1000); do
  echo "<style name='s$k' based-on='s$((k % 1000 + 1))'/>"
done && echo "$close"; } >l.xml
refused 'a ring of styles' 'is based on itself'
{ echo "$open<let name='a0' select=\"'字字字字'\"/>" && for k in $(seq 60); do
  echo "<let name='a$k' select='concat(\$a$((k - 1)), \$a$((k - 1)))'/>"
done && echo "<para>{\$a60}</para>$close"; } >l.xml
refused 'doubling lets' 'longer than 1 MiB'
layout "<let name='a' select='\$b'/><let name='b' select='\$a'/><para>{\$a}</para>"
refused 'a ring of lets' 'has no value here'
{ echo "$open" && many 50000 '<section title="s">' &&
  many 50000 '</section>' && echo "$close"; } >l.xml
refused 'sections in sections' 'nested deeper than 64'

# numbers without measure
layout "<table><row><cell colspan='999999' rowspan='999999'>甲</cell><cell>乙</cell></row></table>"
refused 'wide cells' '64 columns at most'
{ echo "$open<table select='//figure'>" && many 3000 "<column select='.'/>" &&
  echo "</table>$close"; } >l.xml
refused 'many columns' '64 columns at most'
layout "<page-master grid-lines='2000000000'/>"
refused 'many lines' 'is no value of'

# a year's figures, ten thousand: expressions stay linear
awk '/<figure /{ f[n++] = $0; next } /<\/article>/{ for (k = 0; k < 10000; k++) {
    s = f[k % n]; gsub(/id="f-[0-9]"/, "id=\"f-" k "\"", s)
    gsub(/fact="k-[0-9]"/, "fact=\"k-" k "\"", s)
    gsub(/indicator="/, "&" k, s); print s } }
  { print }' d.xml >year.xml
cp "$top"/layouts/tables.xml l.xml && cp -r "$top/layouts/parts" .
taken 'tables over ten thousand figures' year.xml
layout "<for-each select='//figure'><if test='count(figures(@indicator, @region)) = 0'><para>{@id}</para></if></for-each><para>完</para>"
taken 'figures() of every figure' year.xml
exit $failed

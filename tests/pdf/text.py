#!/usr/bin/env python3
"""text.py JIANBAO ARGUMENT…: what is copied out of the built PDF is what was
set, in pdftotext, mutool and pdf.js, those that there are: every character in
order, and within a piece of text no space but its own, for gaps between
characters are none. And what was set is what went in: every paragraph and cell
of the tree stands in it whole. pdf.js is looked for in $PDFJS, the path of its
pdf.mjs."""
import os, re, shutil, subprocess, sys, tempfile, unicodedata

PDFJS = """
import { readFileSync } from 'node:fs';
const [script, file] = process.argv.slice(-2);
const { getDocument } = await import(script);
const data = new Uint8Array(readFileSync(file));
const pages = await getDocument({ data, verbosity: 0 }).promise;
for (let i = 1; i <= pages.numPages; i++) {
  const page = await pages.getPage(i);
  const { items } = await page.getTextContent({ disableNormalization: true });
  console.log(items.map((x) => x.str + (x.hasEOL ? '\\n' : '')).join(''));
}
"""


def run(*args, **more):
    return subprocess.run(args, capture_output=True, text=True, check=False,
                          **more).stdout


def pdftotext(pdf):
    return run('pdftotext', '-raw', pdf, '-')


def mutool(pdf):
    return run('mutool', 'draw', '-q', '-F', 'txt', pdf)


def pdfjs(pdf):
    return run('node', '--input-type=module', '-', os.environ['PDFJS'], pdf,
               input=PDFJS)


def readers():
    for name, there in (('pdftotext', shutil.which('pdftotext')),
                        ('mutool', shutil.which('mutool')),
                        ('pdfjs', os.environ.get('PDFJS'))):
        if there:
            yield name, globals()[name]
        else:
            print('skipped: no ' + name)


def split(text):
    """Its characters without white space, and whether some stands before."""
    chars, before = [], []
    space = False
    for c in text:
        if c.isspace() or c == '\ufeff':
            space = True
        else:
            chars.append(c)
            before.append(space)
            space = False
    return ''.join(chars), before


def compare(name, marks, text):
    want, inside = '', []
    for mark in marks:
        chars, before = split(mark)
        want += chars
        # where the mark begins the copy may have a space, or a line's end
        inside += [None] + before[1:] if chars else []
    got, spaces = split(text)
    if want != got:
        at = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b),
                  min(len(want), len(got)))
        return '%s: copied text differs at %d: set “%s”, copied “%s”' % (
            name, at, want[max(at - 10, 0):at + 20],
            got[max(at - 10, 0):at + 20])
    wrong = [i for i, w in enumerate(inside)
             if w is not None and w != spaces[i]]
    for at in wrong[:20]:
        print('%s: %s “%s|%s”' % (
            name, 'space' if spaces[at] else 'no space',
            want[max(at - 8, 0):at], want[at:at + 8]))
    return wrong and '%s: %d false spaces' % (name, len(wrong))


def width(text, size):
    """Of a piece of text, roughly."""
    return size * sum(1 if unicodedata.east_asian_width(c) in 'WFA' else 0.5
                      for c in text)


def pieces_of(dump):
    """Texts that stand in one piece: marks of one element on one base line,
    each beginning about where the one before ends. (Table cells stand apart
    though nothing may part them in the dump.)"""
    pieces, last = [], None
    for m in re.finditer(r'^(\S+) text (\S+) (\S+) (\S+) "[^"]*" (.*)$|^page',
                         dump, re.M):
        if not m.group(1):
            last = None
            continue
        tag, text = m.group(1, 5)
        x, y, size = (float(v) for v in m.group(2, 3, 4))
        if (last and last[0] == tag and tag not in ('td', 'th')
                and last[1] == y and abs(x - last[2]) < 0.4 * size):
            pieces[-1] += text
        else:
            pieces.append(text)
        last = tag, y, x + width(text, size)
    return pieces


# What the dump of the tree adds to a text: figures, raised text, fields.
FIELDS = re.compile(r'\[(?:br\]|fill|page|pages|running|note |copy )[^\]]*\]?')


def bare(text):
    return re.sub(r'[\s<>^_\[\]/|\ufeff]', '', text)


def paragraphs_of(tree):
    """The texts of paragraphs, notes and cells, in pieces between fields."""
    for m in re.finditer(r'^ *(?:para|note|body|total|head) ?(.*)$', tree,
                         re.M):
        text = re.sub(r'^(?:#\S+ )?(?:h\d )?\[\S+ [\d.]+ \w+\] ', '',
                      m.group(1))
        if m.group(0).lstrip().startswith('note'):
            text = text.partition(' ')[2]
        for cell in re.split(r' \| | / ', text):
            pieces = [bare(p) for p in FIELDS.split(cell)]
            if any(pieces):
                yield pieces


def lost(tree, dump):
    """Paragraphs of the tree, those of them that were not set whole."""
    set_ = bare(''.join(re.findall(
        r'^(?!artifact)\S+ text \S+ \S+ \S+ "[^"]*" (.*)$', dump, re.M)))
    all_ = list(paragraphs_of(tree))
    return all_, [p for p in all_ if not all(x in set_ for x in p)]


def main():
    jianbao, *inputs = sys.argv[1:]
    dump = run(jianbao, 'build', *inputs, '--dump=pages')
    marks = pieces_of(dump)
    if not marks:
        sys.exit('nothing was set')
    paragraphs, missing = lost(run(jianbao, 'build', *inputs, '--dump=tree'),
                               dump)
    failures = ['not set as it went in: “%s”' % ''.join(p)
                for p in missing[:9]]
    with tempfile.NamedTemporaryFile(suffix='.pdf') as pdf:
        run(jianbao, 'build', *inputs, '-o', pdf.name)
        for name, reader in readers():
            failures.append(compare(name, marks, reader(pdf.name)))
    failures = [f for f in failures if f]
    if failures:
        sys.exit('\n'.join(failures))
    print('%d characters of %d pieces copy as they were set, %d paragraphs'
          % (sum(map(len, marks)), len(marks), len(paragraphs)))


main()

#!/usr/bin/env python3
"""text.py JIANBAO LAYOUT PAGE…: what is copied out of the PDF is what was set:
every character in order. (Spaces: unit_pdf's pages in files.sh.)"""
import re, subprocess, sys, tempfile


def run(*args):
    return subprocess.run(args, capture_output=True, text=True,
                          check=False).stdout


def main():
    jianbao, *inputs = sys.argv[1:]
    dump = run(jianbao, 'build', *inputs, '--dump=pages')
    marks = [m.group(1) for m in
             re.finditer(r'^\S+ text .*? "[^"]*" (.*)$', dump, re.M)]
    with tempfile.NamedTemporaryFile(suffix='.pdf') as pdf:
        run(jianbao, 'build', *inputs, '-o', pdf.name)
        raw = run('pdftotext', '-raw', pdf.name, '-')
    flat = lambda s: re.sub(r'\s', '', s)
    want, got = flat(''.join(marks)), flat(raw)
    if not want:
        sys.exit('nothing was set')
    if want != got:
        at = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b),
                  min(len(want), len(got)))
        sys.exit('copied text differs at %d: set “%s”, copied “%s”'
                 % (at, want[at - 10:at + 20], got[at - 10:at + 20]))
    print('%d characters of %d marks copy as they were set'
          % (len(want), len(marks)))


main()

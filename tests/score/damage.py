#!/usr/bin/env python3
"""Damage pages as OCR does, knowing the truth.

usage: damage.py [--seed N] [--pages N] [--kinds cut,wrap,…] -o FOLDER DOSSIER.xml ...

Takes the whole articles of dossiers (no gap, no doubt about their text), lays a few of them out as a page and damages it. Writes NAME.txt and the
annotation NAME.json that score.py reads. Equal seeds give equal pages. Kinds:
  whole   nothing
  cut     columns end in mid-sentence; the strips of neighbouring articles alternate
  apart   strips alternate, but end with whole paragraphs
  wrap    printed lines of one column width, joined by a blank
  lines   printed lines of one column width, one a line, no blank between
  short   lines cut at 20 characters, one a line
  plain   no # marks at all
  level   # marks of random level
  late    a section's heading stands behind the section's first paragraph
  twice   some paragraph is printed twice
  picture a caption between two paragraphs
  full    full-width punctuation
  ends    punctuation lost at the ends of printed lines
"""
import argparse, json, os, random, re, unicodedata
import xml.etree.ElementTree as ET

FULL = str.maketrans({',': '，', ';': '；', ':': '：', '(': '（', ')': '）', '!': '！', '?': '？'})
OPENING = re.compile('本报|新华社')


def tag(e):
    return e.tag.split('}')[-1]


def inner(e):
    text = e.text or ''
    for c in e:
        text += ('\0' if tag(c) == 'gap' else inner(c)) + (c.tail or '')
    return text


def articles(path):
    for art in ET.parse(path).getroot().iter():
        if tag(art) != 'article' or art.get('kind') not in ('news', 'feature', 'special') or art.get('use') == 'no':
            continue
        a = {'kicker': '', 'title': '', 'subtitle': '', 'people': [], 'body': [], 'date': None}
        for e in art:
            t = tag(e)
            if t in ('kicker', 'title', 'subtitle'):
                a[t] = inner(e)
            elif t == 'byline':
                a['people'].append((e.get('role'), inner(e)))
            elif t == 'dateline':
                a['date'] = e.get('date')
            elif t == 'heading':
                a['body'].append(('head', inner(e)))
            elif t == 'para':
                a['body'].append(('para', inner(e)))
        paras = [p for k, p in a['body'] if k == 'para']
        whole = all('\0' not in p and len(p) > 20 and p.rstrip('”"』」）)')[-1:] in '。！？!?…' for p in paras)
        if a['title'] and len(paras) >= 2 and whole and not any('提示' in h or '接' in h[:3] for _, h in a['body']):
            yield a


def columns(s):
    return sum(2 if ord(c) > 0x2000 or c in ',;:()!?"' else 1 for c in s)


def printed_lines(text, width):
    out, line = [], '　　'
    for c in text:
        if columns(line + c) > width and c not in ',.;:)。，、；：）”!?%':
            out.append(line)
            line = ''
        line += c
    return out + [line]


class Layout:
    def __init__(self, rng, kinds):
        self.rng, self.kinds, self.blocks = rng, kinds, []
        self.width = rng.choice([26, 30, 34, 40])

    def put(self, text, blanks=1, mark=0):
        self.blocks.append((text, blanks, mark))

    def head(self, text, level):
        if 'plain' in self.kinds:
            level = 0
        elif 'level' in self.kinds:
            level = self.rng.choice([0, 1, 2, 3])
        self.put(text, mark=level)

    def para(self, text):
        if 'full' in self.kinds:
            text = text.translate(FULL)
        if not {'wrap', 'lines', 'short'} & self.kinds:
            self.put(text)
            return
        lines = printed_lines(text, 40 if 'short' in self.kinds else self.width)
        if 'ends' in self.kinds:
            lines = [re.sub('[,，、]$', '', l) if self.rng.random() < 0.5 else l for l in lines[:-1]] + lines[-1:]
        self.put((' ' if 'wrap' in self.kinds else '\n').join(l.strip('　') for l in lines))

    def text(self):
        out = '\n'
        for text, blanks, mark in self.blocks:
            out += '\n' * blanks + '#' * mark + (' ' if mark else '') + text + '\n'
        return out


def cut_place(rng, text):
    """Somewhere inside a sentence, not beside a mark or inside a number."""
    for _ in range(40):
        i = rng.randrange(12, max(13, len(text) - 8))
        if i < len(text) and not re.match(r'[\d.]{2}|.[,，、。;；:：”"）)%]', text[i - 1:i + 1]):
            return i
    return None


def strips(rng, kinds, a, gold):
    """The article's body as strips of blocks."""
    out, strip = [], []
    for i, (kind, text) in enumerate(a['body']):
        cut = cut_place(rng, text) if 'cut' in kinds and kind == 'para' and len(text) > 40 and rng.random() < 0.5 else None
        if cut:
            gold['broken_paragraphs'].append([text[max(0, cut - 8):cut], text[cut:cut + 8]])
            out.append(strip + [(kind, text[:cut])])
            strip = [(kind, text[cut:])]
        elif 'apart' in kinds and strip and kind == 'para' and i + 1 < len(a['body']) and rng.random() < 0.5:
            out.append(strip + [(kind, text)])
            strip = []
        else:
            strip.append((kind, text))
    return out + ([strip] if strip else [])


def lay(name, rng, kinds, chosen, folder):
    page, queue = Layout(rng, kinds), []
    gold = {'source': name + '.txt', 'publication': {'date': None}, 'articles': [], 'not_figures': []}
    for n, a in enumerate(chosen):
        g = {'id': f'a{n + 1}', 'kind': 'news', 'title': a['title'], 'byline': [p for _, p in a['people']], 'figures': [],
             'body_order': [], 'broken_paragraphs': [], 'duplicates': []}
        for k in ('kicker', 'subtitle'):
            if a[k]:
                g[k] = a[k]
        g['body_order'] = [t[:20] for k, t in a['body'] if k == 'para']
        gold['articles'].append(g)
        queue.append((a, g, strips(rng, kinds, a, g)))
    alternate = bool({'cut', 'apart'} & kinds)
    order = []
    for i in range(0, len(queue), 2 if alternate else 1):
        group = queue[i:i + (2 if alternate else 1)]
        for s in range(max(len(q[2]) for q in group)):
            order += [(q[0], q[1], q[2][s], s == 0) for q in group if s < len(q[2])]
    for a, g, strip, first in order:
        if first:
            if a['kicker']:
                page.head(a['kicker'], 0)
            page.head(a['title'], 1)
            if a['subtitle']:
                page.head(a['subtitle'], 2)
            opening = next(t for k, t in a['body'] if k == 'para')
            if a['people'] and not OPENING.match(opening):
                page.put('本报记者 ' + ' '.join(p for _, p in a['people']))
        late = None
        for kind, text in strip:
            if kind == 'head' and 'late' in kinds:
                late = text
                continue
            if kind == 'head':
                page.head(text, 3)
            else:
                page.para(text)
                if late:
                    page.head(late, 3)
                late = None
                if 'twice' in kinds and len(text) > 60 and rng.random() < 0.3:
                    g['duplicates'].append(text[:40].translate(FULL) if 'full' in kinds else text[:40])
                    page.para(text)
        if late:
            page.head(late, 3)
        if 'picture' in kinds and rng.random() < 0.4:
            page.put('图为职工在活动现场交流。本报通讯员 苏一帆 摄', blanks=4)
            gold['articles'].append({'id': f'c{len(gold["articles"])}', 'kind': 'caption', 'title': '', 'byline': ['苏一帆'], 'figures': [],
                                     'body_order': ['图为职工在活动现场交流']})
            page.put('', blanks=3)
    if 'picture' in kinds:  # equal captions cannot be told apart
        seen = [g for g in gold['articles'] if g['kind'] == 'caption']
        for g in seen[1:]:
            gold['articles'].remove(g)
    open(os.path.join(folder, name + '.txt'), 'w', encoding='utf-8').write(page.text())
    json.dump(gold, open(os.path.join(folder, name + '.json'), 'w', encoding='utf-8'), ensure_ascii=False, indent=1)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('dossier', nargs='+')
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--pages', type=int, default=10)
    ap.add_argument('--kinds', default='cut')
    ap.add_argument('-o', dest='folder', required=True)
    a = ap.parse_args()
    known = [x for d in a.dossier for x in articles(d)]
    os.makedirs(a.folder, exist_ok=True)
    for n in range(a.pages):
        rng = random.Random(f'{a.seed} {n}')
        chosen = rng.sample(known, min(len(known), rng.randrange(3, 6)))
        lay(f'{a.kinds.replace(",", "-")}-{n + 1}', rng, set(a.kinds.split(',')), chosen, a.folder)


if __name__ == '__main__':
    main()

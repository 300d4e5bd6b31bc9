"""What ISO 19005-2 asks of level U, checked on finished files: level_2u.py
FILE... Fonts embedded and every shown code mapped to Unicode, colours under the
output intent, no transparency, nothing active, XMP that agrees with Info, and
the structure of tagged files. No validator of Debian knows this level."""
import json
import re
import subprocess
import sys

FORBIDDEN = {'/JavaScript', '/Launch', '/Sound', '/Movie', '/ResetForm',
             '/ImportData', '/Hide', '/SetOCGState', '/Rendition', '/Trans',
             '/GoTo3DView'}
TOKEN = re.compile(rb'\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|[\[\]]|/[^\s/\[\]()<>]*'
                   rb'|[^\s\[\]()<>/]+', re.S)
ESCAPE = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f'}


def tool(*args):
    return subprocess.run(args, capture_output=True, timeout=120).stdout


def unescape(s):
    def one(m):
        e = m.group(1)
        if e[:1].isdigit():
            return bytes([int(e, 8) & 255])
        return b'' if e in (b'\n', b'\r\n') else ESCAPE.get(e, e)
    return re.sub(rb'\\([0-7]{1,3}|\r\n|.)', one, s, flags=re.S)


def text_of(token):
    if token[:1] == b'(':
        return unescape(token[1:-1])
    return bytes.fromhex(token[1:-1].decode() + '0' * (len(token[1:-1]) % 2))


def mapped(cmap):
    codes = {}
    for kind, body in re.findall(rb'begin(bfchar|bfrange)(.*?)endbf', cmap, re.S):
        hexes = [h.decode() for h in re.findall(rb'<([0-9A-Fa-f]+)>', body)]
        step = 2 if kind == b'bfchar' else 3
        for i in range(0, len(hexes), step):
            low = int(hexes[i], 16)
            for k in range(low, int(hexes[i + step - 2], 16) + 1):
                codes[k] = hexes[i + step - 1]
    return codes


class File:
    def __init__(self, name):
        self.name, self.faults = name, []
        whole = json.loads(tool('qpdf', '--json', name))
        objects = whole['qpdf'][1] if 'qpdf' in whole else whole['objects']
        self.objects = {k.replace('obj:', ''): v for k, v in objects.items()}
        self.pages = [p['object'] for p in whole['pages']]

    def get(self, ref):
        if isinstance(ref, str) and ref.endswith(' R'):
            ref = self.objects[ref]
        if isinstance(ref, dict):
            ref = ref.get('value', ref)
            ref = ref['stream']['dict'] if 'stream' in ref else ref
        return ref

    def dicts(self):
        for k in self.objects:
            o = self.get(k if k == 'trailer' else k)
            o = self.get(self.objects[k])
            if isinstance(o, dict):
                yield k, o

    def data(self, ref):
        return tool('qpdf', '--show-object=' + ref.split()[0],
                    '--filtered-stream-data', self.name)

    def fault(self, what):
        self.faults.append(what)


def check_catalogue(f):
    trailer = f.get(f.objects['trailer'])
    root = f.get(trailer['/Root'])
    if '/ID' not in trailer or '/Encrypt' in trailer:
        f.fault('no ID, or encrypted')
    head = open(f.name, 'rb').read(20)
    if not re.match(rb'%PDF-1\.[0-7]\n%[\x80-\xff]{4}', head):
        f.fault('header')
    intents = f.get(root.get('/OutputIntents', []))
    if not any(f.get(i)['/S'] == '/GTS_PDFA1' and
               f.get(f.get(i)['/DestOutputProfile'])['/N'] == 3
               for i in intents):
        f.fault('no output intent')
    for key in ('/AA', '/OCProperties', '/Requirements', '/Perms'):
        if key in root:
            f.fault('catalogue has ' + key)
    if root.get('/Lang') in (None, ''):
        f.fault('no language')
    tagged = f.get(root.get('/MarkInfo', {})).get('/Marked')
    if not tagged or '/StructTreeRoot' not in root:
        f.fault('not tagged')
    xmp = f.data(root['/Metadata']).decode()
    for want in ('<pdfaid:part>2<', '<pdfaid:conformance>U<'):
        if want not in xmp:
            f.fault('XMP lacks ' + want)
    title = f.get(trailer['/Info']).get('/Title', '')
    title = title[2:] if title.startswith('u:') else title
    escaped = title.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    if escaped not in xmp.replace('&quot;', '"').replace('&apos;', "'"):
        f.fault('XMP and Info differ in the title')


def check_objects(f):
    for k, o in f.dicts():
        if o.get('/S') in FORBIDDEN and o.get('/Type') in (None, '/Action'):
            if '/P' not in o:
                f.fault('%s: action %s' % (k, o['/S']))
        if o.get('/SMask', '/None') != '/None' or '/Group' in o:
            f.fault(k + ': transparency')
        if o.get('/ca', 1) != 1 or o.get('/CA', 1) != 1 or \
                o.get('/BM', '/Normal') not in ('/Normal', '/Compatible'):
            f.fault(k + ': transparency')
        if o.get('/Filter') in ('/LZWDecode', '/Crypt') or '/AA' in o:
            f.fault(k + ': filter or additional action')
        if o.get('/Subtype') == '/Image' and (
                o.get('/Interpolate') or o.get('/ColorSpace') == '/DeviceCMYK'):
            f.fault(k + ': image')
        if o.get('/Subtype') in ('/Link', '/Text', '/Widget'):
            if not o.get('/F', 0) & 4 or o.get('/F', 0) & 0x23:
                f.fault(k + ': annotation is not printed')


def fonts_of(f, resources):
    fonts = {}
    for name, ref in f.get(f.get(resources).get('/Font', {})).items():
        font = f.get(ref)
        if font['/Subtype'] == '/Type3':
            continue
        down = f.get(f.get(font['/DescendantFonts'])[0])
        desc = f.get(down['/FontDescriptor'])
        if not any('/FontFile' + n in desc for n in ('', '2', '3')):
            f.fault(name + ' is not embedded')
        if down['/Subtype'] == '/CIDFontType2' and '/CIDToGIDMap' not in down:
            f.fault(name + ' has no CIDToGIDMap')
        if '/ToUnicode' not in font:
            f.fault(name + ' has no ToUnicode')
            continue
        if ref not in CMAPS:
            CMAPS[ref] = mapped(f.data(font['/ToUnicode']))
        fonts[name.encode()] = (name, CMAPS[ref])
    return fonts


CMAPS = {}


def check_content(f, page):
    o = f.get(page)
    resources = o.get('/Resources') or f.get(o['/Parent'])['/Resources']
    fonts, font, said = fonts_of(f, resources), None, set()
    refs = o['/Contents']
    refs = refs if isinstance(refs, list) else [refs]
    stack = []
    for token in TOKEN.findall(b'\n'.join(f.data(r) for r in refs)):
        if token in (b'k', b'K'):
            f.fault(page + ': CMYK')
            return
        if token == b'Tf':
            font = fonts.get(stack[-2])
        if token in (b'Tj', b'TJ') and font:
            for s in stack:
                if s[:1] in (b'(', b'<'):
                    t = text_of(s)
                    said |= {(font[0], t[i] << 8 | t[i + 1])
                             for i in range(0, len(t) - 1, 2)}
        stack = [] if re.match(rb"[A-Za-z'\"*]+$", token) else stack + [token]
    maps = {v[0]: v[1] for v in fonts.values()}
    for name, code in said:
        to = maps[name].get(code, '')
        if not to or to in ('0000', 'FFFE', 'FEFF', 'FFFD'):
            f.fault('%s: code %d of %s has no Unicode' % (page, code, name))
    return len(said)


def main():
    failed = False
    for name in sys.argv[1:]:
        CMAPS.clear()
        f = File(name)
        check_catalogue(f)
        check_objects(f)
        shown = sum(check_content(f, p) or 0 for p in f.pages)
        for what in f.faults[:10]:
            print('failed: %s: %s' % (name, what))
        failed |= bool(f.faults) or not shown
        print('%s: %d pages, %d codes, %d faults' %
              (name, len(f.pages), shown, len(f.faults)))
    sys.exit(failed)


main()

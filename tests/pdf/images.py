#!/usr/bin/env python3
"""Pictures of every kind of PNG, and damaged ones, through unit_pdf: what
pdfimages takes out again must be the pixels that went in."""
import os, random, struct, subprocess, sys, tempfile, zlib

W, H = 13, 11
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4),
         (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return (struct.pack('>I', len(data)) + kind + data +
            struct.pack('>I', zlib.crc32(kind + data)))


def pack(samples, depth):
    if depth == 16:
        return b''.join(struct.pack('>H', v) for v in samples)
    bits = ''.join(format(v, '0%db' % depth) for v in samples)
    bits += '0' * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def rows(pixels, depth, interlaced):
    out = b''
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        for y in range(y0, H, dy):
            line = [v for x in range(x0, W, dx) for v in pixels[y][x]]
            if line:
                out += b'\0' + pack(line, depth)
    return out


def png(kind, depth, interlaced, trns, rng):
    """The file, and its pixels as eight-bit (colours, alpha or None)."""
    top = (1 << depth) - 1
    pixels = [[tuple(rng.randint(0, top) for _ in range(CHANNELS[kind]))
               for _ in range(W)] for _ in range(H)]
    palette = [tuple(rng.randint(0, 255) for _ in range(3))
               for _ in range(top + 1)] if kind == 3 else None
    data = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack(
        '>IIBBBBB', W, H, depth, kind, 0, 0, interlaced))
    if palette:
        data += chunk(b'PLTE', bytes(v for c in palette for v in c))
    alphas = None
    if trns and kind == 3:
        alphas = [rng.randint(0, 255) for _ in palette]
        data += chunk(b'tRNS', bytes(alphas))
    elif trns:
        data += chunk(b'tRNS', b''.join(struct.pack('>H', v)
                                        for v in pixels[0][0]))
    data += chunk(b'IDAT', zlib.compress(rows(pixels, depth, interlaced)))
    data += chunk(b'IEND', b'')

    def eight(v):
        if depth == 16:  # rounded, as libpng scales
            return (v * 255 + 32895) >> 16
        return v * 255 // top

    colours, alpha = [], []
    for line in pixels:
        for p in line:
            if kind == 3:
                colours.append(palette[p[0]])
                alpha.append(alphas[p[0]] if alphas else 255)
            elif kind in (4, 6):
                colours.append(tuple(map(eight, p[:-1])))
                alpha.append(eight(p[-1]))
            else:
                colours.append(tuple(map(eight, p)))
                alpha.append(0 if trns and p == pixels[0][0] else 255)
    return data, colours, alpha if kind in (4, 6) or trns else None


def read_pnm(path):
    data = open(path, 'rb').read()
    head, size, top, body = data.split(b'\n', 3)
    n = 3 if head == b'P6' else 1
    return [tuple(body[i:i + n]) for i in range(0, len(body), n)]


def as_rgb(c):
    return tuple(c) * 3 if len(c) == 1 else tuple(c)


def jpeg():
    """Eight by eight pixels of middle grey."""
    seg = lambda m, d: b'\xff' + bytes([m]) + struct.pack('>H', len(d) + 2) + d
    huff = lambda c: seg(0xC4, bytes([c, 1]) + b'\0' * 15 + b'\0')
    return (b'\xff\xd8' + seg(0xDB, b'\0' + b'\1' * 64) +
            seg(0xC0, b'\x08\0\x08\0\x08\x01\x01\x11\0') + huff(0) +
            huff(0x10) + seg(0xDA, b'\x01\x01\0\0\x3f\0') + b'\x3f\xff\xd9')


def bad_files(good):
    head = good[:16]
    huge = struct.pack('>II', 50000, 50000) + good[24:29]
    bomb = struct.pack('>II', 30000, 30000) + good[24:29]
    crc = lambda d: struct.pack('>I', zlib.crc32(b'IHDR' + d))
    j = jpeg()
    return {
        'truncated.png': good[:len(good) // 2],
        'no-end.png': good[:-12],
        'bad-crc.png': good[:40] + bytes([good[40] ^ 255]) + good[41:],
        'huge.png': head + huge + crc(huge) + good[33:],
        'bomb.png': head + bomb + crc(bomb) + good[33:],
        'empty.png': b'',
        'text.png': '不是图'.encode(),
        'cut.jpg': j[:-2],
        'arithmetic.jpg': j.replace(b'\xff\xc0', b'\xff\xc9'),
        'no-frame.jpg': b'\xff\xd8\xff\xd9',
        'long-segment.jpg': j[:2] + b'\xff\xdb\xff\xff' + j[6:],
        'twelve-bit.jpg': j.replace(b'\xff\xc0\0\x0b\x08',
                                    b'\xff\xc0\0\x0b\x0c'),
        'huge.jpg': j.replace(b'\x08\0\x08\0\x08\x01',
                              b'\x08\xff\xff\xff\xff\x01'),
    }


def run(unit, folder, names, *options):
    out = subprocess.run([unit, folder, *options,
                          *[os.path.join(folder, n) for n in names]],
                         capture_output=True, text=True, timeout=60)
    if out.returncode:
        sys.exit('unit_pdf failed:\n' + out.stdout + out.stderr)
    return dict(l.split() for l in out.stdout.splitlines()
                if l.endswith(('written', 'refused')))


def main():
    unit, failed, n = sys.argv[1], 0, 0
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        wanted = {}
        depths = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8),
                  4: (8, 16), 6: (8, 16)}
        for kind, all_depths in depths.items():
            for depth in all_depths:
                for interlaced in (0, 1):
                    for trns in (0, 1) if kind in (0, 2, 3) else (0,):
                        name = 'k%d-%d-%d-%d.png' % (kind, depth, interlaced,
                                                     trns)
                        data, *want = png(kind, depth, interlaced, trns, rng)
                        open(os.path.join(folder, name), 'wb').write(data)
                        wanted[name] = want
        said = run(unit, folder, wanted)
        for name, (colours, alpha) in wanted.items():
            n += 1
            if said.get(name) != 'written':
                print('failed:', name, said.get(name))
                failed += 1
                continue
            root = os.path.join(folder, name)
            subprocess.run(['pdfimages', root + '.pdf', root], check=True)
            got = read_pnm(next(p for p in (root + '-000.ppm', root +
                                            '-000.pgm', root + '-000.pbm')
                                if os.path.exists(p)))
            if alpha:  # transparent pixels lie on white
                colours = [tuple((v * a + 255 * (255 - a) + 127) // 255
                                 for v in c) for c, a in zip(colours, alpha)]
            good = [as_rgb(c) for c in got] == [as_rgb(c) for c in colours]
            if not good or os.path.exists(root + '-001.pgm'):
                print('failed: pixels of', name)
                failed += 1
        bad = bad_files(png(2, 8, 0, 0, rng)[0])
        bad['mislabelled.png'] = jpeg()
        for name, data in bad.items():
            open(os.path.join(folder, name), 'wb').write(data)
        said = run(unit, folder, bad)
        for name in bad:
            n += 1
            want = 'written' if name == 'mislabelled.png' else 'refused'
            if said.get(name) != want:
                print('failed:', name, said.get(name))
                failed += 1
            if os.path.exists(os.path.join(folder, name + '.pdf')) != (
                    want == 'written'):
                print('failed: file of', name)
                failed += 1
        flat = [n for n in wanted if wanted[n][1]]
        run(unit, folder, flat, '--archive')
        for name in flat:
            data = open(os.path.join(folder, name + '.pdf'), 'rb').read()
            if b'SMask' in data:
                print('failed: transparency in the archive file of', name)
                failed += 1
    print('%d pictures, %d failed' % (n, failed))
    sys.exit(failed > 0)


main()

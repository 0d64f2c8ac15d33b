#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Deterministic corpus of webcam-like luma frames with small ECC 200 Data Matrix labels.

usage: corpus.py OUTDIR [--seed N] [--per N] [--only CLASS[,CLASS…]]
                 [--set frames|extra|seq|scale] [--hash]

Needs the Debian packages python3-numpy, python3-opencv and zint.

Writes OUTDIR/NNNN.pgm (8 bits of luma) and OUTDIR/truth.tsv, one line a frame:
    file class width height modules module_px kind payload[|payload…] corners[|corners…]
    corners: x,y of the code's outer corners in pixels, clockwise in the upright code from its top
             left (TL;TR;BR;BL, the solid bars are TL-BL-BR)
    modules: of a side; ROWSxCOLUMNS of a rectangle
    kind: pos = must be read; neg = nothing to read ('-');
          fumble = unreadable in practice: reading it is no error, a wrong text is
The same seed gives the same frames on the same Debian release: each frame has its own random
stream, made of (seed, class, index), so --only, --per and new classes do not change a frame.
--set seq: bursts of 15 frames, --per of them; --set scale: scenes in 1080p and 720p.
--hash prints the SHA-256 of frames and truth.
"""
import argparse
import hashlib
import os
import sys

from scenes import scene
from scenes.classes import CLASSES, CLASSIC, EXTRA


def modules(frame):
    if not frame.texts:
        return 0
    rows, columns = frame.shapes[0]
    return columns if rows == columns else f'{rows}x{columns}'


def truth(frame, name):
    p = frame.p
    corners = [';'.join(f'{x:.1f},{y:.1f}' for x, y in c) for c in frame.corners]
    return '\t'.join(map(str, (name, frame.cls, p['w'], p['h'], modules(frame), f"{p['m']:.2f}",
                               frame.kind, '|'.join(frame.texts) or '-',
                               '|'.join(corners) or '-'))) + '\n'


def write(frames, out, sha=None):
    """The frames and truth.tsv into a folder; returns how many."""
    os.makedirs(out, exist_ok=True)
    n = 0
    with open(os.path.join(out, 'truth.tsv'), 'w', encoding='ascii') as tsv:
        for n, frame in enumerate(frames, 1):
            name = f'{n - 1:04d}.pgm'
            pixels, line = frame.luma.tobytes(), truth(frame, name)
            with open(os.path.join(out, name), 'wb') as fh:
                fh.write(b'P5\n%d %d\n255\n' % (frame.p['w'], frame.p['h']) + pixels)
            tsv.write(line)
            if sha:
                sha.update(line.encode() + pixels)
    return n


def make(kind, seed, per, only=()):
    """kind: frames (the classes that figures are compared with), extra, seq or scale."""
    if kind == 'seq':
        return scene.sequences(seed, per)
    if kind == 'scale':
        return scene.scaled(seed, per)
    classes = CLASSIC if kind == 'frames' else EXTRA
    return scene.frames(seed, per, [c for c in CLASSES if c in (only or classes)])


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('out')
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--per', type=int, default=16)
    ap.add_argument('--only', default='')
    ap.add_argument('--set', default='frames', choices=['frames', 'extra', 'seq', 'scale'])
    ap.add_argument('--hash', action='store_true')
    a = ap.parse_args()
    only = [c for c in a.only.split(',') if c]
    if set(only) - set(CLASSES):
        sys.exit(f'unknown: {set(only) - set(CLASSES)}; there are {" ".join(CLASSES)}')
    sha = hashlib.sha256()
    n = write(make(a.set, a.seed, a.per, only), a.out, sha)
    print(f'{n} frames', sha.hexdigest() if a.hash else '')


if __name__ == '__main__':
    main()

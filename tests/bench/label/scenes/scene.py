# SPDX-License-Identifier: Apache-2.0
"""One picture: what is in it, seen by the camera, with the truth about its codes."""
import math

import cv2
import numpy as np

from . import backgrounds, camera, colours, negatives, symbols
from .classes import CLASSES, PER, spec
from .optics import view
from .rng import Rng
from .sticker import T, label

cv2.setNumThreads(1)


class Frame:
    def __init__(self, cls, p, r):
        self.cls, self.p = cls, p
        self.texts, self.corners, self.shapes = [], [], []  # corners: (4, 2) in pixels
        self.places = []
        self.luma = self.render(r)

    @property
    def kind(self):
        if self.cls == 'neg_fumble':
            return 'fumble'
        return 'pos' if self.texts else 'neg'

    def place(self, r, radius):
        """A spot that is not on top of another thing."""
        w, h = self.p['w'], self.p['h']
        for _ in range(60):
            e = min(radius, h * .42)
            c = (r.u(e, w - e), r.u(e, h - e))
            if all(math.dist(c, q) > radius + s for q, s in self.places):
                break
        self.places.append((c, radius))
        return c

    def render(self, r):
        p = self.p
        w, h = p['w'], p['h']
        paint = getattr(negatives, p['scene']) if 'scene' in p else getattr(backgrounds, p['bg'])
        img = paint(r, h, w)
        ext = p['m'] * (max(p['shape']) if 'shape' in p else p['n'])
        spots = [self.place(r, ext * 1.0) for _ in range(p['codes'])]
        if p['codes'] == 1 and not p['others']:  # people aim: near the middle
            spots = [(w * r.u(.3, .7), h * r.u(.3, .7))]
            self.places[:] = [(spots[0], ext)]
        behind = img.copy() if p.get('colour') else img
        if p['hand']:
            hc = spots[0] if spots else (w * r.u(.3, .7), h * r.u(.3, .7))
            backgrounds.hand(r, img, *hc, ext)
        if p.get('colour'):
            img = colours.scene(r, p, behind, img)
        self.decoys(r, img)
        for j, at in enumerate(spots):
            self.code(r, img, j, at)
        camera.light(r, p, img, spots[0] if spots else (w / 2, h / 2), ext)
        if 'shear' in p:
            shutter = camera.Shutter(r, p)
            img = shutter.picture(img)
            self.corners = [shutter.points(c) for c in self.corners]
        return camera.sensor(r, p, camera.lens(p, img))

    def decoys(self, r, img):
        """Other symbologies."""
        p = self.p
        kinds = {'qr': symbols.QR, 'aztec': symbols.AZTEC, 'code128': symbols.CODE128}
        count = r.i(1, 3) if 'decoys' in p else p['others']
        for _ in range(count):
            m = (symbols.symbol(kinds[p['decoys']], r.text(r.i(4, 16))) if 'decoys' in p
                 else symbols.other(r))
            q = dict(p, qz=3, m=r.u(2, 4.5), rot=r.u(0, 360), tilt=r.u(0, 25), scratches=0)
            tex, c = label(r, q, m, r.text(31))
            at = self.place(r, q['m'] * max(m.shape) * .6)
            q['mm'] *= m.shape[1] / 22
            view(q, .85 * p['w'], m.shape[1], c, at).paste(img, tex)

    def code(self, r, img, j, at):
        p = self.p
        if 'shape' in p:
            text, code = symbols.datamatrix_filled(r, *p['shape'])
            p['n'] = code.shape[1]
        else:
            text = symbols.payload(r)
            code = symbols.datamatrix(text, p['n'])
            p['n'] = code.shape[0] if j == 0 else p['n']
        q = dict(p) if j == 0 else dict(p, rot=r.u(0, 360), tilt=r.u(0, 25))
        if 'shape' in p:
            q['mm'] *= code.shape[1] / 22
        tex, c = label(r, q, code, text)
        if p.get('colour'):
            tex = colours.sticker(tex, p, colours.palette(r))
        seen = view(q, .85 * p['w'], code.shape[1], c, at)
        seen.paste(img, tex)
        a, b = code.shape[1] * T / 2, code.shape[0] * T / 2
        self.corners.append(seen.project([(c[0] - a, c[1] - b), (c[0] + a, c[1] - b),
                                          (c[0] + a, c[1] + b), (c[0] - a, c[1] + b)]))
        self.texts.append(text)
        self.shapes.append(code.shape)


def frames(seed, per, classes):
    for ci, cls in enumerate(CLASSES):
        if cls not in classes:
            continue
        for i in range(per * PER.get(cls, 1)):
            r = Rng(seed, ci, i)
            yield Frame(cls, spec(cls, r, i), r)


def sequences(seed, count, length=15):
    """Hand-held bursts (30 a second): the same label moves a little, focus hunts, motion comes and
    goes."""
    for s in range(count):
        r = Rng(seed, 1000, s)
        base = spec('seq', r)
        ph, amp, base['others'] = r.u(0, 6.28), r.u(.1, .45), 0
        for i in range(length):
            q = Rng(seed, 1001, s, i)
            p = dict(base)
            p['focus'] = max(.03, base['focus'] + amp * math.sin(ph + i / 4))
            p['motion'] = q.pick([0, 0, q.u(.1, .6), q.u(.3, 1.6)])
            p['mangle'], p['tilt'] = q.u(0, 180), base['tilt'] + q.u(-4, 4)
            p['rot'], p['m'] = base['rot'] + q.u(-5, 5), base['m'] * q.u(.94, 1.06)
            yield Frame(f'seq{s:03d}', p, Rng(seed, 1002, s))  # same scene, same payload


def scaled(seed, per):
    """The same scenes in 1080p and, averaged, in 720p: with and without a code."""
    for ci, cls in enumerate(('fhd', 'handheld', 'neg_desk', 'neg_pcb', 'neg_codes')):
        for i in range(per):
            r = Rng(seed, 2000 + ci, i)
            p = spec(cls, r)
            p.update(w=1920, h=1080, m=p['m'] * (1 if cls == 'fhd' else 1.5))
            frame = Frame(cls, p, r)
            yield frame
            frame.luma = cv2.resize(frame.luma, (1280, 720), interpolation=cv2.INTER_AREA)
            frame.corners = [c / 1.5 for c in frame.corners]
            frame.p = dict(p, w=1280, h=720, m=p['m'] / 1.5)
            yield frame

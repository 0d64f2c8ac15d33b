# SPDX-License-Identifier: Apache-2.0
"""The label itself as a flat texture, before any camera saw it."""
import math

import cv2
import numpy as np

T = 8  # texture pixels a module


def label(r, p, code, text):
    """Texture (luma) of a sticker and the code's centre in it, in texture pixels."""
    if p.get('dots'):
        return etched(r, p, code)
    n_h, n_w = code.shape
    q, below = p['qz'], p['text_below']
    th = 3.2
    tw = 15 * th * 0.62
    if below:
        width, height = max(n_w, tw) + 2 * q + 1, n_h + 2 * q + 2 * th * 1.5
    else:
        width, height = n_w + 3 * q + tw, n_h + 2 * q
    mar = 5 if p['can'] else 0
    wp, hp = int((width + 2 * mar) * T), int((height + 2 * mar) * T)
    tex = np.full((hp, wp), p['can_level'], np.float32)
    m0 = int(mar * T)
    tex[m0:hp - m0, m0:wp - m0] = p['white']
    if p.get('frame'):  # dark border close to the code
        cv2.rectangle(tex, (m0, m0), (wp - m0 - 1, hp - m0 - 1), p['black'], T // 2)
    x0, y0 = m0 + int(q * T), m0 + int(q * T)
    print_code(p, tex, code, x0, y0)
    print_lines(r, p, tex, code, text, (x0, y0), th)
    for _ in range(p.get('scratches', 0)):
        a, length = r.u(0, 2 * math.pi), r.u(.3, .75) * n_w * T
        px, py = x0 + r.u(0, n_w) * T, y0 + r.u(0, n_h) * T
        cv2.line(tex, (int(px), int(py)),
                 (int(px + length * math.cos(a)), int(py + length * math.sin(a))),
                 r.pick([p['white'], p['black'], (p['white'] + p['black']) / 2]),
                 int(T * r.u(.5, 1.1)), cv2.LINE_AA)
    if p.get('print'):
        tex, x0, y0 = neighbours(r, p, tex[y0:y0 + n_h * T, x0:x0 + n_w * T])
    if p.get('invert'):
        tex[m0:hp - m0, m0:wp - m0] = p['white'] + p['black'] - tex[m0:hp - m0, m0:wp - m0]
    return tex, (x0 + n_w * T / 2, y0 + n_h * T / 2)


def print_code(p, tex, code, x0, y0):
    c = np.kron(code, np.ones((T, T), np.float32))
    if p.get('gain'):  # print gain or loss of the dark modules
        k = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
        c = cv2.dilate(c, k) if p['gain'] > 0 else cv2.erode(c, k)
    reg = tex[y0:y0 + c.shape[0], x0:x0 + c.shape[1]]
    reg[:] = reg * (1 - c) + p['black'] * c


def print_lines(r, p, tex, code, text, at, th):
    """The lines of text below the code or on its right."""
    n_h, n_w = code.shape
    x0, y0 = at
    below = p['text_below']
    lines = [text[:15], text[16:31] if r.chance(.5) else 'FCC ID: ' + r.text(6)]
    if not below:
        lines += [r.pick(['Photon 2', 'Argon', 'Boron', 'P2', 'B-SoM']), 'MODEL ' + r.text(5)]
    for j, s in enumerate(lines):
        x = x0 if below else x0 + int((n_w + p['qz']) * T)
        y = (y0 + int(n_h * T) + int((j + 1) * th * 1.35 * T) if below
             else y0 + int((j + 1) * n_h * T / 4.3))
        cv2.putText(tex, s, (x, y), 0, th * T / 30, p['black'], r.i(2, 3), cv2.LINE_AA)


def neighbours(r, p, code):
    """The same code with print right at its quiet zone, on all four sides."""
    h, w = code.shape
    mar, near = 9 * T, int(p['qz'] * T)
    tex = np.full((h + 2 * mar, w + 2 * mar), p['white'], np.float32)
    tex[mar:mar + h, mar:mar + w] = code
    for side in range(4):
        band = np.full((mar - near, w + 2 * (mar - near)), p['white'], np.float32)
        advert(r, p, band)
        tex = np.ascontiguousarray(np.rot90(tex))
        hh, ww = tex.shape
        x = (ww - band.shape[1]) // 2
        tex[0:mar - near, max(0, x):max(0, x) + min(band.shape[1], ww)] = band[::-1, :ww]
    return tex, mar, mar


def advert(r, p, band):
    """Text, a logo, bars or a line that reach down to row 0 of the band."""
    h, w = band.shape
    x = 0
    while x < w - T:
        kind, size = r.i(0, 4), r.i(2 * T, 7 * T)
        ink = p['black'] + r.u(0, .3) * (p['white'] - p['black'])
        if kind == 0:
            flipped = np.ascontiguousarray(band[::-1])
            cv2.putText(flipped, r.text(r.i(2, 6)), (x, h - 1), 0, size / 60, ink, r.i(2, 5),
                        cv2.LINE_AA)
            band[:] = flipped[::-1]
        elif kind == 1:
            cv2.circle(band, (x + size // 2, size // 2), size // 2 - 1, ink, r.pick([-1, T // 2]),
                       cv2.LINE_AA)
        elif kind == 2:
            for k in range(0, size, r.i(T // 2, 2 * T)):
                cv2.line(band, (x + k, 0), (x + k, h // 2), ink, r.i(2, T))
        elif kind == 3:
            cv2.rectangle(band, (x, 0), (x + size, r.i(T // 2, size)), ink, r.pick([-1, 3]))
        x += size + r.i(T // 2, 3 * T)


def etched(r, p, code):
    """Dots on bare metal, smaller than the module and not quite where they should be."""
    n_h, n_w = code.shape
    mar = int(r.u(3, 8) * T)
    h, w = n_h * T + 2 * mar, n_w * T + 2 * mar
    tex = np.full((h, w), p['white'], np.float32)
    grain = cv2.GaussianBlur(r.noise(h, w), (0, 0), sigmaX=r.u(4, 20), sigmaY=.8)
    tex += grain / grain.std() * p['grain']
    depth = np.zeros((h, w), np.float32)
    for y, x in np.argwhere(code):
        at = [mar + (v + .5 + r.u(-1, 1) * p['jitter']) * T * 16 for v in (x, y)]
        at = [int(a + mar * 15) for a in at]
        cv2.circle(depth, tuple(at), int(p['dots'] * T * 8), r.u(.8, 1), -1, cv2.LINE_AA, 4)
    depth = cv2.GaussianBlur(depth, (0, 0), T / 10)
    tex += depth * (p['black'] - p['white'])
    if p.get('invert'):
        tex = p['white'] + p['black'] - tex
    return tex, (mar + n_w * T / 2, mar + n_h * T / 2)

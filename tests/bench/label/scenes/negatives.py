# SPDX-License-Identifier: Apache-2.0
"""Pictures that look like a symbol and have none. Luma as float32, 0 … 255."""
import cv2
import numpy as np

from . import backgrounds
from .rng import ALNUM


def turned(r, img, patch, size):
    """Puts a flat patch into the picture, anyhow; size: pixels of its longer side."""
    h, w = img.shape
    ph, pw = patch.shape
    m = cv2.getRotationMatrix2D((pw / 2, ph / 2), r.u(0, 360), size / max(ph, pw))
    m[:, 2] += [r.u(.35, .65) * w - pw / 2, r.u(.35, .65) * h - ph / 2]
    alpha = cv2.warpAffine(np.ones_like(patch), m, (w, h), flags=cv2.INTER_AREA)
    img *= 1 - alpha
    img += cv2.warpAffine(patch, m, (w, h), flags=cv2.INTER_AREA) * alpha
    return img


def crossword(r, h, w):
    """Black squares on a grid with lines, numbers and letters."""
    n, p = r.i(9, 21), 24
    dark = r.g.random((n, n)) < r.u(.15, .45)
    dark |= dark[::-1, ::-1]
    patch = np.full((n * p + 2 * p, n * p + 2 * p), r.u(200, 245), np.float32)
    for y in range(n):
        for x in range(n):
            a, b = (p + x * p, p + y * p), (p + x * p + p, p + y * p + p)
            if dark[y, x]:
                cv2.rectangle(patch, a, b, 25, -1)
                continue
            cv2.rectangle(patch, a, b, 60, 1)
            if r.chance(.4):
                cv2.putText(patch, r.text(1), (a[0] + 5, b[1] - 5), 0, .6, 40, 1, cv2.LINE_AA)
    return turned(r, backgrounds.desk(r, h, w), patch, r.u(120, h * .9))


def keyboard(r, h, w):
    img = backgrounds.desk(r, h, w)
    p = r.i(24, 60)
    patch = np.full((5 * p + 9, 22 * p + 9), r.u(40, 110), np.float32)
    for x in (4, 11 * p + 4):
        backgrounds.keys(r, patch, x, 4, p)
    return turned(r, img, patch, r.u(.6, 1.6) * h)


def stripes(r, h, w):
    """A grille, a fabric or a halftone: periodic in one direction or in two."""
    img = backgrounds.desk(r, h, w)
    yy, xx = np.mgrid[0:480, 0:480].astype(np.float32)
    p, q, a = r.u(6, 24), r.u(6, 24), r.u(60, 110)
    wave = np.sin(2 * np.pi * xx / p)
    if r.chance(.6):
        wave = wave * np.sin(2 * np.pi * yy / q) if r.chance(.5) else np.maximum(
            wave, np.sin(2 * np.pi * yy / q))
    if r.chance(.5):
        wave = np.sign(wave)
    return turned(r, img, np.clip(128 + a * wave, 0, 255).astype(np.float32), r.u(150, h * 1.2))


def page(r, h, w):
    """A printed page with paragraphs, a table and a heading."""
    img = np.full((h, w), r.u(185, 240), np.float32) + backgrounds.lowfreq(r, h, w, 200, 5)
    step = r.i(8, 30)
    y = step
    while y < h:
        if r.chance(.12):
            y += step
        if r.chance(.05):
            for x in range(20, w - 20, 4 * step):
                cv2.rectangle(img, (x, y), (x + 4 * step, y + 2 * step), 60, 1)
                cv2.putText(img, r.text(4), (x + 4, y + step), 0, step / 40, 40, 1, cv2.LINE_AA)
            y += 3 * step
            continue
        cv2.putText(img, r.text(int(w / step * 1.4), ALNUM + '      '), (12, y), 0, step / 36,
                    r.u(15, 70), 1 + (step > 20), cv2.LINE_AA)
        y += step
    m = cv2.getRotationMatrix2D((w / 2, h / 2), r.u(-25, 25), 1.2)
    return cv2.warpAffine(img, m, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)

# SPDX-License-Identifier: Apache-2.0
"""What is behind the label: a circuit board, a desk, a hand. Luma as float32, 0 … 255."""
import math

import cv2
import numpy as np

from .rng import ALNUM


def lowfreq(r, h, w, cell, amp):
    s = r.noise(h // cell + 3, w // cell + 3)
    return cv2.resize(s, (w, h), interpolation=cv2.INTER_CUBIC) * amp


def pcb(r, h, w):
    img = np.full((h, w), r.u(22, 60), np.float32) + lowfreq(r, h, w, 160, 6)
    base = float(img.mean())
    for _ in range(r.i(25, 60)):
        trace(r, img, base)
    for _ in range(r.i(4, 14)):
        x, y, k = r.i(0, w), r.i(0, h), r.i(0, 3)
        s = r.u(0.6, 2.0)
        [passive, chip, header, silkscreen][k](r, img, x, y, s)
    return img


def trace(r, img, base):
    h, w = img.shape
    x, y = r.i(0, w), r.i(0, h)
    pts = [(x, y)]
    for _ in range(r.i(1, 4)):
        a, length = r.pick([0, 45, 90, 135, 180, 225, 270, 315]), r.u(20, w / 4)
        x = int(x + length * math.cos(math.radians(a)))
        y = int(y + length * math.sin(math.radians(a)))
        pts.append((x, y))
    cv2.polylines(img, [np.array(pts)], False, base + r.u(10, 35), r.i(1, 4), cv2.LINE_AA)


def passive(r, img, x, y, s):
    a, b = int(26 * s), int(13 * s)
    cv2.rectangle(img, (x, y), (x + a, y + b), r.u(60, 120), -1)
    for e in (x, x + int(a * .8)):
        cv2.rectangle(img, (e, y), (e + int(a * .2), y + b), r.u(160, 235), -1)


def chip(r, img, x, y, s):
    n, p = r.i(4, 14), max(4, int(9 * s))
    hh = int(p * r.u(4, 12))
    for j in range(n):
        for yy in (y - p, y + hh):
            cv2.rectangle(img, (x + j * p, yy), (x + j * p + p // 2, yy + p), r.u(150, 220), -1)
    cv2.rectangle(img, (x - p // 2, y), (x + n * p, y + hh), r.u(15, 40), -1)
    cv2.putText(img, r.text(8), (x, y + hh // 2), 0, 0.04 * p, r.u(90, 160), 1, cv2.LINE_AA)


def header(r, img, x, y, s):
    p = max(6, int(16 * s))
    for j in range(r.i(3, 14)):
        for q in range(r.i(1, 2)):
            at = (x + j * p, y + q * p)
            cv2.circle(img, at, p // 3, r.u(170, 230), -1, cv2.LINE_AA)
            cv2.circle(img, at, max(1, p // 7), 20, -1, cv2.LINE_AA)


def silkscreen(r, img, x, y, s):
    cv2.putText(img, r.text(r.i(2, 7)), (x, y), 0, r.u(.3, 1.1), r.u(180, 240), r.i(1, 2),
                cv2.LINE_AA)


def desk(r, h, w):
    img = np.full((h, w), r.u(60, 190), np.float32) + lowfreq(r, h, w, 120, 8)
    grain = cv2.resize(r.noise(h, 3), (w, h), interpolation=cv2.INTER_LINEAR)
    img += grain * r.u(0, 5)
    for _ in range(r.i(1, 4)):
        x, y, k = r.i(-50, w - 60), r.i(-50, h - 60), r.i(0, 2)
        [sheet, keyboard, cable][k](r, img, x, y)
    return img


def sheet(r, img, x, y):
    ww, hh = r.i(150, 500), r.i(120, 400)
    cv2.rectangle(img, (x, y), (x + ww, y + hh), r.u(190, 240), -1)
    step = r.i(9, 26)
    for yy in range(y + step, y + hh - 4, step):
        cv2.putText(img, r.text(max(3, int(ww / step * 1.3)), ALNUM + '     '), (x + 8, yy), 0,
                    step / 36, r.u(20, 90), 1, cv2.LINE_AA)


def keyboard(r, img, x, y):
    keys(r, img, x, y, r.i(24, 60))


def keys(r, img, x, y, p):
    cv2.rectangle(img, (x, y), (x + 11 * p, y + 5 * p), r.u(50, 120), -1)
    for j in range(5):
        for i in range(11):
            q = (x + i * p + (j % 3) * p // 4, y + j * p)
            cv2.rectangle(img, (q[0] + 3, q[1] + 3), (q[0] + p - 3, q[1] + p - 3), r.u(15, 40), -1)
            cv2.putText(img, r.text(1), (q[0] + p // 3, q[1] + 2 * p // 3), 0, p / 60,
                        r.u(170, 230), 1, cv2.LINE_AA)


def cable(r, img, x, y):
    w = img.shape[1]
    t = np.linspace(0, 1, 40)
    xs, ys = x + t * w / 2, y + np.sin(t * r.u(2, 9)) * r.u(20, 90)
    cv2.polylines(img, [np.stack([xs, ys], 1).astype(np.int32)], False, r.u(10, 240), r.i(3, 12),
                  cv2.LINE_AA)


def hand(r, img, cx, cy, size):
    """A finger tip and thumb that reach towards the label from two sides."""
    h, w = img.shape
    level = r.u(110, 185)
    for s in (-1, 1):
        a = r.u(0.2, 1.2) * s
        m = np.zeros((h, w), np.uint8)
        d = size * r.u(0.75, 1.1)
        tip = (cx + s * d, cy + d * r.u(.2, .7))
        end = (tip[0] + s * math.cos(a) * w, tip[1] + abs(math.sin(a)) * w + h / 6)
        width = int(max(24, size * r.u(.6, 1.0)))
        cv2.line(m, tuple(map(int, tip)), tuple(map(int, end)), 255, width, cv2.LINE_AA)
        k = m.astype(np.float32) / 255
        img *= 1 - k
        img += k * (level + 8 * s)

# SPDX-License-Identifier: Apache-2.0
"""Colour for scenes that are painted in luma: the same brightness, another hue."""
import numpy as np

from .camera import LUMA

# R, G, B of paper, ink and what is behind, each about as bright as its luma says.
BOARDS = [(.5, 1.35, .6), (.5, .9, 2.6), (2.2, .6, .7), (.8, 1.0, 1.2), (1.0, 1.0, 1.0)]
DESKS = [(1.35, .95, .6), (1.2, 1.0, .8), (1.0, 1.0, 1.0), (.9, 1.0, 1.2)]
PAPERS = [(1, 1, 1), (1, 1, 1), (1.08, 1.02, .7), (.96, 1.01, 1.06), (1.12, .96, .9)]
INKS = [(1, 1, 1), (1, 1, 1), (.5, .8, 3.0), (1.8, .75, .6)]
SKIN = (1.3, .92, .7)


def hue(rgb):
    v = np.array(rgb, np.float32)
    return v / float(v @ LUMA)


def scene(r, p, behind, with_hand):
    """The background in colour; the hand is where the two planes differ."""
    tint = hue(r.pick(BOARDS if p['bg'] == 'pcb' else DESKS))
    img = with_hand[..., None] * tint
    skin = np.abs(behind - with_hand) > .5
    img[skin] = with_hand[skin][:, None] * hue(SKIN)
    return img


def palette(r):
    return hue(r.pick(PAPERS)), hue(r.pick(INKS))


def sticker(tex, p, colours):
    """Ink where it is dark, paper where it is light."""
    paper, ink = colours
    k = np.clip((tex - p['black']) / (p['white'] - p['black']), 0, 1)[..., None]
    return (tex[..., None] * (k * paper + (1 - k) * ink)).astype(np.float32)

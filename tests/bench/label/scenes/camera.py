# SPDX-License-Identifier: Apache-2.0
"""What lens, sensor and the camera's own processing do to a scene."""
import math

import cv2
import numpy as np

from .optics import disc, streak

LUMA = np.array([.299, .587, .114], np.float32)  # of R, G, B; ITU-R BT.601


def shade(img, factor):
    img *= factor if img.ndim == 2 else factor[..., None]


def light(r, p, img, at, ext):
    """Lamps, shadows and reflections. at: of the first code; ext: its size in pixels."""
    h, w = img.shape[:2]
    cx, cy = at
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    if p.get('grad'):
        a = r.u(0, 2 * math.pi)
        d = ((xx - cx) * math.cos(a) + (yy - cy) * math.sin(a)) / (1.2 * ext)
        shade(img, 1 - p['grad'] * (.5 + .5 * np.tanh(d)))
    if p.get('shadow'):
        a = r.u(0, 2 * math.pi)
        d = (xx - cx) * math.cos(a) + (yy - cy) * math.sin(a) + r.u(-.3, .3) * ext
        shade(img, 1 - r.u(.35, .65) / (1 + np.exp(np.clip(-d / r.u(.5, 4), -60, 60))))
    if p.get('glare'):
        a, rad = r.u(0, 2 * math.pi), r.u(.25, .5) * ext
        gx, gy = cx + .45 * ext * math.cos(a), cy + .45 * ext * math.sin(a)
        img += p['glare'] * 230 * np.exp(-((xx - gx) ** 2 + ((yy - gy) * r.u(.8, 2.5)) ** 2)
                                         / (2 * (rad * .6) ** 2))
    if p['vignette']:
        shade(img, 1 - p['vignette'] * ((xx - w / 2) ** 2 + (yy - h / 2) ** 2)
              / (w * w / 4 + h * h / 4))
    if p.get('bands'):  # lamps on 50 Hz mains: 100 dark bands a second of read-out
        shade(img, 1 - p['bands'] * (.5 + .5 * np.sin(2 * np.pi * yy / p['band_rows']
                                                      + r.u(0, 2 * math.pi))))
    if p.get('gain_light'):
        img *= p['gain_light']
        if p.get('bloom'):
            img += p['bloom'] * cv2.GaussianBlur(np.maximum(img - 255, 0), (0, 0), p['m'])


def lens(p, img):
    if p['focus'] * p['m'] > .3:
        img = cv2.filter2D(img, -1, disc(p['focus'] * p['m']), borderType=cv2.BORDER_REPLICATE)
    if p['motion'] * p['m'] > .3:
        img = cv2.filter2D(img, -1, streak(p['motion'] * p['m'], math.radians(p['mangle'])),
                           borderType=cv2.BORDER_REPLICATE)
    if p.get('aberration'):
        h, w = img.shape[:2]
        planes = list(cv2.split(img))
        for k, s in ((0, 1), (2, -1)):
            z = 1 + s * p['aberration'] / (w / 2)
            m = np.array([[z, 0, (1 - z) * w / 2], [0, z, (1 - z) * h / 2]])
            planes[k] = cv2.warpAffine(planes[k], m, (w, h), borderMode=cv2.BORDER_REPLICATE)
        img = cv2.merge(planes)
    return img


def sensor(r, p, img):
    """Noise, and the picture as the camera hands it out: luma of 8 bits."""
    if p.get('colour'):
        return colour_sensor(r, p, img)
    img = np.clip(img, 0, 255)
    img += r.noise(*img.shape) * (p['noise'] * (.5 + .5 * np.sqrt(img / 128)))
    if p['sharpen']:
        img += p['sharpen'] * (img - cv2.GaussianBlur(img, (0, 0), 1.2))
    out = np.clip(np.rint(img), 0, 255).astype(np.uint8)
    if p['jpeg']:
        out = cv2.imdecode(compress(out, p['jpeg']), 0)
    return out


def compress(out, quality):
    return cv2.imencode('.jpg', out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]


def colour_sensor(r, p, img):
    """Red, green, blue; white balance that is not quite right; YUV 4:2:0."""
    balance = [1 + p['cast'] * r.u(-1, 1) for _ in range(3)]
    img = np.clip(img, 0, 255)
    img += r.noise(*img.shape) * (p['noise'] * (.5 + .5 * np.sqrt(img / 128)))
    img = np.clip(np.rint(img), 0, 255).astype(np.uint8)
    if p.get('bayer'):
        img = mosaic(p, img)
    img = np.clip(np.rint(img * np.array(balance, np.float32)), 0, 255)
    if p['sharpen']:
        img += p['sharpen'] * (img - cv2.GaussianBlur(img, (0, 0), 1.2))
        img = np.clip(np.rint(img), 0, 255)
    rgb = img.astype(np.uint8)
    if p['jpeg']:  # the encoder's own 4:2:0
        ycc = cv2.imdecode(compress(rgb[..., ::-1], p['jpeg']), 1)
        return cv2.cvtColor(ycc, cv2.COLOR_BGR2GRAY)
    h, w = rgb.shape[:2]
    return np.ascontiguousarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2YUV_I420)[:h])


def mosaic(p, rgb):
    """One colour for each pixel, and a simple guess at the other two."""
    raw = rgb[..., 1].copy()
    raw[0::2, 0::2] = rgb[0::2, 0::2, 0]
    raw[1::2, 1::2] = rgb[1::2, 1::2, 2]
    rgb = cv2.cvtColor(raw, cv2.COLOR_BayerRG2BGR)[..., ::-1]
    if p['denoise'] == 1:
        rgb = cv2.medianBlur(np.ascontiguousarray(rgb), 3)
    elif p['denoise'] == 2:
        rgb = cv2.GaussianBlur(rgb, (0, 0), .7)
    return rgb.astype(np.float32)


class Shutter:
    """A picture read out row by row while the camera moves."""

    def __init__(self, r, p):
        self.shear, self.stretch = p['shear'], p['stretch']
        self.wobble = p['wobble'] * p['m']
        self.rows, self.phase = p['wobble_rows'], r.u(0, 2 * math.pi)
        self.middle = p['h'] / 2

    def shift(self, y):
        """Pixels that row y of the picture is off the scene, x and y."""
        d = y - self.middle
        return (self.shear * d + self.wobble * np.sin(2 * np.pi * y / self.rows + self.phase),
                self.stretch * d)

    def picture(self, img):
        h, w = img.shape[:2]
        yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
        dx, dy = self.shift(yy + .5)
        return cv2.remap(img, (xx - dx).astype(np.float32), (yy - dy).astype(np.float32),
                         cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    def points(self, points):
        """Scene → picture."""
        x, y = np.asarray(points).T
        # y = seen - stretch (seen - middle)
        seen = (y - self.stretch * self.middle) / (1 - self.stretch)
        return np.column_stack([x + self.shift(seen)[0], seen])

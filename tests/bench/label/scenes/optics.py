# SPDX-License-Identifier: Apache-2.0
"""From a texture to where it is in the picture: tilted planes, cylinders, blur."""
import math

import cv2
import numpy as np

from .sticker import T

SUPERSAMPLING = 4


class View:
    """A pinhole camera and a label in front of it, tilted about a random axis."""

    def __init__(self, p, f, n, centre, at):
        self.size = p['mm'] / (n * T)  # mm a texture pixel
        self.z = f * p['mm'] / n / p['m']  # distance in mm
        self.centre = centre
        a, t, ax = (math.radians(p[k]) for k in ('rot', 'tilt', 'axis'))
        rx = np.array([[1, 0, 0], [0, math.cos(t), -math.sin(t)], [0, math.sin(t), math.cos(t)]])
        self.R = turn(ax) @ rx @ turn(a - ax)
        self.K = np.array([[f, 0, at[0]], [0, f, at[1]], [0, 0, 1.0]])

    def homography(self):
        """Texture pixel → picture."""
        R, s, c = self.R, self.size, self.centre
        far = np.array([0, 0, self.z])
        P = np.column_stack([R[:, 0] * s, R[:, 1] * s, R @ np.array([-c[0] * s, -c[1] * s, 0]) + far])
        return self.K @ P

    def project(self, points):
        """Texture points (n, 2) → picture."""
        k = self.homography() @ np.column_stack([points, np.ones(len(points))]).T
        return (k[:2] / k[2]).T

    def paste(self, img, tex):
        """Area-sampled: a supersampled region is warped, then averaged."""
        h, w = img.shape[:2]
        th, tw = tex.shape[:2]
        box = bounds(self.project([(0, 0), (tw, 0), (tw, th), (0, th)]), w, h)
        if not box:
            return
        x0, y0, x1, y1 = box
        ss = SUPERSAMPLING
        S = np.array([[ss, 0, -ss * x0 + (ss - 1) / 2], [0, ss, -ss * y0 + (ss - 1) / 2],
                      [0, 0, 1.0]])
        M = S @ self.homography()
        d = ((x1 - x0) * ss, (y1 - y0) * ss)
        big = cv2.warpPerspective(tex, M, d, flags=cv2.INTER_LINEAR,
                                  borderMode=cv2.BORDER_REPLICATE)
        al = cv2.warpPerspective(np.ones((th, tw), np.float32), M, d, flags=cv2.INTER_LINEAR)
        blend(img, big, al, box)


class CylinderView(View):
    """The same, the label bent around a cylinder away from the camera."""

    def __init__(self, p, f, n, centre, at):
        super().__init__(p, f, n, centre, at)
        self.radius = p['mm'] / math.radians(p['arc'])  # mm
        self.turn = turn(math.radians(p['around']))[:2, :2]  # of the cylinder's axis on the label

    def project(self, points):
        u, v = self.turn @ (np.asarray(points, float) - self.centre).T * self.size
        rho = self.radius
        bent = np.stack([rho * np.sin(u / rho), v])
        xy = self.turn.T @ bent
        P = self.R @ np.vstack([xy, rho * (1 - np.cos(u / rho))]) + np.array([[0], [0], [self.z]])
        k = self.K @ P
        return (k[:2] / k[2]).T

    def paste(self, img, tex):
        h, w = img.shape[:2]
        th, tw = tex.shape[:2]
        edge = [(x * tw / 8, y * th / 8) for x in range(9) for y in range(9)]
        box = bounds(self.project(self.clip(np.array(edge))), w, h)
        if not box:
            return
        x0, y0, x1, y1 = box
        ss = SUPERSAMPLING - 1
        ys, xs = np.mgrid[0:(y1 - y0) * ss, 0:(x1 - x0) * ss].astype(np.float32)
        where, facing = self.trace((xs + .5) / ss + x0, (ys + .5) / ss + y0)
        big = cv2.remap(tex, where[0], where[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        al = cv2.remap(np.ones((th, tw), np.float32), where[0], where[1], cv2.INTER_LINEAR)
        shade = (.55 + .45 * facing).astype(np.float32)
        blend(img, big * (shade if big.ndim == 2 else shade[..., None]), al, box)

    def clip(self, points):
        """Nothing further around than 80 degrees is seen."""
        uv = self.turn @ (points - self.centre).T * self.size
        limit = math.radians(80) * self.radius
        uv[0] = np.clip(uv[0], -limit, limit)
        return (self.turn.T @ uv / self.size).T + self.centre

    def trace(self, xs, ys):
        """Picture → texture, and how squarely the surface faces the camera there."""
        f, rho = self.K[0, 0], self.radius
        ray = np.stack([(xs - self.K[0, 2]) / f, (ys - self.K[1, 2]) / f, np.ones_like(xs)])
        full = np.eye(3)
        full[:2, :2] = self.turn
        M = (full @ self.R.T).astype(np.float32)
        d = np.tensordot(M, ray, 1)
        o = M @ np.array([0, 0, -self.z], np.float32)
        oz = o[2] - rho
        a = d[0] ** 2 + d[2] ** 2
        b = o[0] * d[0] + oz * d[2]
        q = b * b - a * (o[0] ** 2 + oz ** 2 - rho ** 2)
        s = (-b - np.sqrt(np.maximum(q, 0))) / a
        x, y, z = (o[i] + s * d[i] for i in range(3))
        uv = np.stack([rho * np.arctan2(x, rho - z), y])
        t = np.tensordot(self.turn.T.astype(np.float32), uv, 1) / self.size
        where = [np.where(q > 0, t[i] + self.centre[i] - .5, -1e4).astype(np.float32)
                 for i in (0, 1)]
        return where, np.clip(1 - z / rho, 0, 1)


def view(p, f, n, centre, at):
    return (CylinderView if p.get('arc') else View)(p, f, n, centre, at)


def turn(v):
    return np.array([[math.cos(v), -math.sin(v), 0], [math.sin(v), math.cos(v), 0], [0, 0, 1]])


def bounds(points, w, h):
    """The part of the picture around these points, None when there is none."""
    xs, ys = np.asarray(points).T
    x0, y0 = max(0, int(xs.min()) - 2), max(0, int(ys.min()) - 2)
    x1, y1 = min(w, int(xs.max()) + 3), min(h, int(ys.max()) + 3)
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def blend(img, big, al, box):
    x0, y0, x1, y1 = box
    o = (x1 - x0, y1 - y0)
    al = cv2.resize(al, o, interpolation=cv2.INTER_AREA)
    if img.ndim == 3:
        al = al[..., None]
    img[y0:y1, x0:x1] = (img[y0:y1, x0:x1] * (1 - al)
                         + cv2.resize(big, o, interpolation=cv2.INTER_AREA) * al)


def disc(rad):
    """Kernel of a lens out of focus."""
    k = int(math.ceil(rad)) + 1
    y, x = np.mgrid[-k:k + 1, -k:k + 1]
    d = np.clip(rad + .5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return d / d.sum()


def streak(length, ang):
    """Kernel of a movement."""
    k = int(length / 2) + 2
    m = np.zeros((2 * k + 1, 2 * k + 1), np.float32)
    for t in np.linspace(-length / 2, length / 2, 65):
        x, y = k + t * math.cos(ang), k + t * math.sin(ang)
        i, j = int(x), int(y)
        fx, fy = x - i, y - j
        m[j, i] += (1 - fx) * (1 - fy)
        m[j, i + 1] += fx * (1 - fy)
        m[j + 1, i] += (1 - fx) * fy
        m[j + 1, i + 1] += fx * fy
    return m / m.sum()

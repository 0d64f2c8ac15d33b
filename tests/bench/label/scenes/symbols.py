# SPDX-License-Identifier: Apache-2.0
"""Barcodes as matrices of modules, drawn by zint, and what is written in them."""
import functools
import subprocess

import numpy as np

from .rng import ALNUM

QR, AZTEC, CODE128, DATAMATRIX, EAN, PDF417 = 58, 92, 20, 71, 13, 55
# Data Matrix by zint's --vers; ISO/IEC 16022:2006, table 7.
SQUARES = {10: 1, 12: 2, 14: 3, 16: 4, 18: 5, 20: 6, 22: 7, 24: 8, 26: 9, 32: 10}
RECTANGLES = {(8, 18): 25, (8, 32): 26, (12, 26): 27, (12, 36): 28, (16, 36): 29, (16, 48): 30}


@functools.lru_cache(maxsize=4096)
def zint(kind, data, *options):
    """Modules (1 = dark) of a barcode, from zint's --dump; None when the data does not fit."""
    run = subprocess.run(['zint', '--direct', '--dump', '-b', str(kind), '-d', data, *options],
                         capture_output=True, text=True)
    if run.returncode:
        return None
    rows = [[int(b) for c in line.replace(' ', '') for b in f'{int(c, 16):04b}']
            for line in run.stdout.split('\n') if line.strip()]
    return np.array(rows, np.uint8)


def datamatrix(data, want):
    """The square symbol of `want` modules or the next that holds the data."""
    for n in range(want, 27, 2):
        m = zint(DATAMATRIX, data, f'--vers={(n - 8) // 2}')
        if m is not None:
            return m[:n, :n]
    raise RuntimeError('payload does not fit')


def datamatrix_filled(r, rows, columns):
    """A symbol of just this size and a random text that fills it, more or less."""
    version = RECTANGLES.get((rows, columns)) or SQUARES[rows]
    length = max(3, int(rows * columns * r.u(.06, .17)))
    text = r.text(length)
    while length:
        m = zint(DATAMATRIX, text[:length], f'--vers={version}')
        if m is not None:
            return text[:length], m[:rows, :columns]
        length -= 1
    raise RuntimeError('nothing fits')


def payload(r):
    """As on the label of a device: serial number and mobile secret."""
    return f'P0{r.i(10, 59)}' + r.text(11) + ' ' + r.text(15)


def other(r):
    """Any other symbology: its modules, bars made as high as they are in print."""
    kind = r.pick([QR, AZTEC, CODE128, PDF417, EAN])
    text = {EAN: r.text(12, '0123456789'), PDF417: r.text(20), CODE128: r.text(10)}.get(
        kind, r.text(r.i(10, 40)))
    return symbol(kind, text)


def symbol(kind, text):
    m = zint(kind, text)
    if kind in (CODE128, EAN):
        m = np.repeat(m[:1], max(12, m.shape[1] // 3), 0)
    return m[:, :np.flatnonzero(m.any(0))[-1] + 1]


__all__ = ['ALNUM', 'QR', 'AZTEC', 'CODE128', 'SQUARES', 'RECTANGLES', 'datamatrix',
           'datamatrix_filled', 'payload', 'other', 'symbol']

# SPDX-License-Identifier: Apache-2.0
"""Random numbers that depend on a key only: (seed, class, index)."""
import numpy as np

ALNUM = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'


class Rng:
    def __init__(self, *key):
        self.g = np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))

    def u(self, a=0.0, b=1.0):
        return a + (b - a) * float(self.g.random())

    def i(self, a, b):
        """a … b, both included."""
        return a + int(self.g.random() * (b - a + 1))

    def chance(self, p):
        return self.u() < p

    def pick(self, seq):
        return seq[self.i(0, len(seq) - 1)]

    def text(self, n, chars=ALNUM):
        return ''.join(self.pick(chars) for _ in range(n))

    def noise(self, *shape):
        return self.g.standard_normal(shape, dtype=np.float32)

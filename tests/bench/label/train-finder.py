#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Fits the weights of lib/label/matrix/fl-matrix-windows.c and fl-matrix-rank.c.

Usage: train-finder.py windows FEATURES.tsv…     of matrix-recall -f60, for fl-matrix-windows.c; then
       train-finder.py weave FEATURES.tsv…       of matrix-recall -f20, for fl-matrix-rank.c
(needs numpy)

Windows are scored by a weighted sum. A small network (one hidden layer) gives each
candidate of a picture a score: the log of its odds to be read, trained both by itself and against
the other candidates of the same picture, because what is first is tried first. Same input, same
weights.
"""
import sys

import numpy as np

HIDDEN = 8
ROUNDS = 2600


WEAVE = slice(4, 23)    # fields of a line: the window's score, then the weave
WINDOW = slice(23, 35)


def load(paths, fields):
    x, y, picture = [], [], []
    for path in paths:
        with open(path, encoding="ascii") as lines:
            for line in lines:
                file, kind, truth, is_read, *_ = row = line.rstrip("\n").split("\t")
                if "fumble" in kind:
                    continue
                x.append([float(f) for f in row[fields]])
                y.append(truth == "pos" and int(is_read))
                picture.append(path + file)
    return np.array(x), np.array(y), np.unique(picture, return_inverse=True)[1]


def slopes(score, y, picture):
    """Gradient of the loss by each score."""
    alone = np.where(y, 2.0, 1.0) * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - y) / len(y)
    n = picture.max() + 1
    top = np.full(n, -np.inf)
    np.maximum.at(top, picture, score)
    e = np.exp(score - top[picture])
    every = np.bincount(picture, weights=e)
    right = np.bincount(picture, weights=e * y)
    against = np.where(right[picture] > 0, e / every[picture] - e * y / np.maximum(right[picture], 1e-12), 0)
    return alone + against / n


def descend(weights, gradient, rounds):
    """Adam (Kingma and Ba, 2015) with a falling rate."""
    first, second = [0] * len(weights), [0] * len(weights)
    for t in range(1, rounds + 1):
        for i, g in enumerate(gradient(weights)):
            g = g + 2e-4 * weights[i]
            first[i] = .9 * first[i] + .1 * g
            second[i] = .999 * second[i] + .001 * g * g
            rate = .01 * (1 - .95 * t / rounds)
            weights[i] = weights[i] - rate * first[i] / (1 - .9 ** t) / (np.sqrt(second[i] / (1 - .999 ** t)) + 1e-8)
    return weights


def standardise(x):
    mean, spread = x.mean(0), x.std(0) + 1e-6
    return mean, spread, np.hstack([(x - mean) / spread, np.ones((len(x), 1))])


def train_sum(x, y, picture):
    mean, spread, z = standardise(x)
    w, = descend([np.zeros(z.shape[1])], lambda w: [z.T @ slopes(z @ w[0], y, picture)], 2000)
    w[:-1] /= spread
    w[-1] -= mean @ w[:-1]
    return w


def train(x, y, picture, seed=0):
    mean, spread, z = standardise(x)
    random = np.random.default_rng(seed)

    def gradient(weights):
        hidden = np.maximum(z @ weights[0], 0)
        d = slopes(hidden @ weights[1][:-1] + weights[1][-1], y, picture)
        return [z.T @ (np.outer(d, weights[1][:-1]) * (hidden > 0)), np.append(hidden.T @ d, d.sum())]

    weights = descend([random.normal(0, .4, (z.shape[1], HIDDEN)), random.normal(0, .4, HIDDEN + 1)], gradient, ROUNDS)
    # Features go in as they are measured: mean and spread become part of the first layer.
    layer = weights[0][:-1] / spread[:, None]
    bias = weights[0][-1] - mean @ layer
    return np.vstack([layer, bias]).T, weights[1]


def score(model, x):
    layer, out = model
    return np.maximum(x @ layer[:, :-1].T + layer[:, -1], 0) @ out[:-1] + out[-1]


def row(values):
    return ", ".join(f"{v:#.4g}f" for v in values)


def main():
    if sys.argv[1] == "windows":
        print(row(train_sum(*load(sys.argv[2:], WINDOW))))
        return
    hidden, output = train(*load(sys.argv[2:], WEAVE))
    print("static const float hidden[][N_INPUTS + 1] = {", *["  { " + row(h) + " }," for h in hidden], "};", sep="\n")
    print("static const float output[] = {", row(output), "};")


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Fits the weights of lib/label/matrix/fl-matrix-rank.c to candidates that matrix-recall -f wrote.

Usage: train-finder.py FEATURES.tsv… > weights.inc     (needs numpy)

A small network (one hidden layer) gives each candidate of a picture a score: the log of its odds to
be a symbol, trained both by itself and against the other candidates of the same picture, because
what is first is tried first. Same input, same weights.
"""
import sys

import numpy as np

HIDDEN = 8
ROUNDS = 6000


def load(paths):
    x, y, picture = [], [], []
    for path in paths:
        with open(path, encoding="ascii") as lines:
            for line in lines:
                file, kind, truth, symbol, *features = line.rstrip("\n").split("\t")
                if "fumble" in kind:
                    continue
                x.append([float(f) for f in features])
                y.append(truth == "pos" and int(symbol) >= 0)
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


def train(x, y, picture, seed=0):
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    random = np.random.default_rng(seed)
    weights = [random.normal(0, .4, (z.shape[1], HIDDEN)), random.normal(0, .4, HIDDEN + 1)]
    first, second = [0, 0], [0, 0]
    for t in range(1, ROUNDS + 1):
        hidden = np.maximum(z @ weights[0], 0)
        d = slopes(hidden @ weights[1][:-1] + weights[1][-1], y, picture)
        gradients = [z.T @ (np.outer(d, weights[1][:-1]) * (hidden > 0)), np.append(hidden.T @ d, d.sum())]
        for i in range(2):
            g = gradients[i] + 2e-4 * weights[i]
            first[i] = .9 * first[i] + .1 * g
            second[i] = .999 * second[i] + .001 * g * g
            rate = .01 * (1 - .95 * t / ROUNDS)
            weights[i] = weights[i] - rate * first[i] / (1 - .9 ** t) / (np.sqrt(second[i] / (1 - .999 ** t)) + 1e-8)
    # Features go in as they are measured: mean and spread become part of the first layer.
    layer = weights[0][:-1] / spread[:, None]
    bias = weights[0][-1] - mean @ layer
    return np.vstack([layer, bias]).T, weights[1]


def score(model, x):
    layer, out = model
    return np.maximum(x @ layer[:, :-1].T + layer[:, -1], 0) @ out[:-1] + out[-1]


def main():
    x, y, picture = load(sys.argv[1:])
    model = train(x, y, picture)
    rows = ["  { " + ", ".join(f"{v:#.4g}f" for v in row) + " }," for row in model[0]]
    print("static const float hidden[][N_INPUTS + 1] = {", *rows, "};", sep="\n")
    print("static const float output[] = {", ", ".join(f"{v:#.4g}f" for v in model[1]), "};")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Sums, percentiles and comparisons of answers, as lines of text."""
import math
import statistics

from engines import OURS, ZXING

# Native ZXing-C++ 3.1.1 needed 6.4 ms (positives) and 10.4 ms (negatives), 95th percentile, where
# zxing-wasm 3.1.4 from RGBA needed 16.8 and 20.9; ours is to need 6.5 and 10 there.
TARGETS = {'pos': 6.5 / 16.8, 'neg': 10 / 20.9}
NATIVE = {'pos': 6.4 / 16.8, 'neg': 10.4 / 20.9}


class Row:
    """One picture: its truth and the answers by reader."""

    def __init__(self, truth, answers):
        self.truth, self.answers = truth, answers

    def is_read(self, name):
        return self.answers[name].is_read(strict=name == OURS)


def positives(rows):
    return [row for row in rows if row.truth.kind == 'pos']


def count(rows, name):
    return sum(row.is_read(name) for row in rows)


def percentile(values, part):
    """The nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else math.nan


def mcnemar(one, other):
    """Two-sided exact p of pairs read by only one of two."""
    n, k = one + other, min(one, other)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2 ** n) if n else 1.0


def by_class(rows, names):
    """A line for each class, then the sums."""
    yield f'{"class":<14}{"frames":>7}' + ''.join(f'{n:>9}' for n in names) + '   wrong  misplaced'
    classes = {}
    for row in rows:
        classes.setdefault(row.truth.cls, []).append(row)
    for cls, of in classes.items():
        if of[0].truth.kind == 'pos':
            yield class_line(cls, of, names)
    yield class_line('total', positives(rows), names)
    others = [row for row in rows if row.truth.kind != 'pos']
    if others:
        yield f'{"negatives":<14}{len(others):>7}' + ''.join(
            f'{"-":>9}' for _ in names) + f'   {wrongs(others, names)}'


def wrongs(rows, names):
    return '/'.join(str(sum(len(row.answers[n].wrong) for row in rows)) for n in names)


def class_line(cls, rows, names):
    reads = [count(rows, name) for name in names]
    line = f'{cls:<14}{len(rows):>7}' + ''.join(f'{n:>9}' for n in reads)
    line += f'   {wrongs(rows, names):<7}{sum(row.answers[OURS].off > 1 for row in rows)}'
    if ZXING in names and reads[0] < reads[names.index(ZXING)]:
        line += '  <'
    return line


def pairs(rows, names, title):
    rows = positives(rows)
    for other in names[1:]:
        ours = sum(row.is_read(OURS) and not row.is_read(other) for row in rows)
        theirs = sum(row.is_read(other) and not row.is_read(OURS) for row in rows)
        lead = 100 * (ours - theirs) / max(1, len(rows))
        yield (f'{title}: only ours {ours}, only {other} {theirs}, lead {lead:+.1f} points, '
               f'McNemar p {mcnemar(ours, theirs):.2g}')


def times(values):
    return (f'{statistics.median(values):7.2f} {percentile(values, .95):7.2f} '
            f'{max(values):7.2f}')


def cpu(rows, names):
    """Processor time, and what of it is held against ZXing."""
    yield 'processor time of a frame, ms         median     p95     max'
    for kind, of in (('pos', positives(rows)),
                     ('neg', [row for row in rows if row.truth.kind != 'pos'])):
        if not of:
            continue
        word = 'positives' if kind == 'pos' else 'negatives'
        for name in names:
            yield f'  {word}  {name:<24}{times([row.answers[name].ms for row in of])}'
        if ZXING in names:
            plain = [row.answers[ZXING].plain_ms for row in of]
            yield f'  {word}  {"ZXing, luma, no copy":<24}{times(plain)}'
            ours = percentile([row.answers[OURS].ms for row in of], .95)
            theirs = percentile([row.answers[ZXING].ms for row in of], .95)
            yield (f'  {word}  p95 ours : ZXing = {ours / theirs:.3f} (target '
                   f'{TARGETS[kind]:.3f}); about {ours / theirs / NATIVE[kind]:.2f} of native; '
                   f'{ours / percentile(plain, .95):.2f} of luma without copy')


def ratios(rows):
    """(what, is, target, must be at most) that a benchmark fails on."""
    for kind, of in (('pos', positives(rows)),
                     ('neg', [row for row in rows if row.truth.kind != 'pos'])):
        if of and ZXING in of[0].answers:
            ours = percentile([row.answers[OURS].ms for row in of], .95)
            theirs = percentile([row.answers[ZXING].ms for row in of], .95)
            yield f'p95 of {kind} to ZXing', ours / theirs, TARGETS[kind]


def bursts(rows, names, length):
    """When a burst is read for the first time; rows are bursts of this length in order."""
    whole = [rows[i:i + length] for i in range(0, len(rows), length)]
    for name in names:
        firsts = [next((k for k, row in enumerate(burst, 1) if row.is_read(name)), math.inf)
                  for burst in whole]
        known = sum(math.isfinite(f) for f in firsts)
        frames = sum(row.is_read(name) for row in rows)
        yield (f'bursts  {name:<10} read at least once {known} of {len(whole)}, first frame median '
               f'{percentile(firsts, .5)}, 90 % {percentile(firsts, .9)}; frames {frames} of '
               f'{len(rows)}, wrong texts {wrongs(rows, [name])}')


def failures(rows, names):
    """What we could not read, a line each; first what another could."""
    def others(row):
        return [n for n in names[1:] if row.is_read(n)]
    for row in sorted((row for row in positives(rows) if not row.is_read(OURS)),
                      key=lambda row: (not others(row), row.truth.cls)):
        t = row.truth
        a = row.answers[OURS]
        yield (f'  {t.cls:<10} {t.origin} {t.file} modules {t.modules} of {t.module_px} px, '
               f'{a.ms:.1f} ms'
               + (f', corners {a.off:.1f} modules off' if a.off > 1 else '')
               + (f', read by {" ".join(others(row))}' if others(row) else ''))
    for row in rows:
        for name in names:
            for text in row.answers[name].wrong:
                yield (f'  WRONG by {name}: {row.truth.cls} {row.truth.origin} {row.truth.file} '
                       f'modules {row.truth.modules} says {text!r}')

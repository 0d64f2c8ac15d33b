#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""usage: test-corpus.py BENCH-LABEL

One frame of each class of the benchmark's corpus: nothing is read wrongly, and most of it is read,
however slow this machine or build is.
"""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import engines  # noqa: E402

SEED = 71
FLOOR = {'frames': .9, 'extra': .8}  # of the frames with a symbol


def main():
    missing = engines.corpus_missing()
    if missing:
        print(f'skipped: {missing}')
        return 77
    import corpus
    reader = engines.Engines(sys.argv[1], [engines.OURS], 0, 0)
    failed = False
    for kind, floor in FLOOR.items():
        with tempfile.TemporaryDirectory(prefix='label-') as folder:
            corpus.write(corpus.make(kind, SEED, 1), folder)
            truths = engines.read_truth(folder)
            answers = reader.read(engines.OURS, folder, truths)
        of = [(t, a) for t, a in zip(truths, answers) if t.kind == 'pos']
        missed = [f'{t.cls} {t.file}' for t, a in of if not a.is_read(strict=True)]
        wrong = [f'{t.cls} {t.file}' for t, a in zip(truths, answers) if a.wrong]
        print(f'{kind}: {len(of) - len(missed)} of {len(of)} read; not: {", ".join(missed)}')
        if wrong or len(of) - len(missed) < floor * len(of):
            print(f'FAILED: floor {floor:.0%}, wrong: {", ".join(wrong) or "none"}')
            failed = True
    return int(failed)


if __name__ == '__main__':
    sys.exit(main())

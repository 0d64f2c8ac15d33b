# SPDX-License-Identifier: Apache-2.0
"""Figures of the run, for the table that tests/lab/figures prints."""
import json
import os

from . import process, work


@process.once
def factor():
    """How much slower this emulated processor is than the one that emulates it."""
    native = float(os.environ.get('LAB_NATIVE_S') or 0)
    return round(work.measure() / native, 1) if native else None


def figure(name, road, slower=None, **seconds):
    """Keeps what was measured: figure('bluetooth-to-online', 'bluetooth', connect=0.4, …). slower is
    the processor's factor where it was not this machine's."""
    line = json.dumps({'name': name, 'road': road, 'factor': slower or factor(),
                       'seconds': seconds})
    with open(f'{process.LOGS}/figures.jsonl', 'a', encoding='utf-8') as out:
        out.write(line + '\n')

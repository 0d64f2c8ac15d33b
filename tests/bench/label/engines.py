# SPDX-License-Identifier: Apache-2.0
"""The readers that are compared, each on a folder of pictures, and whether they were right."""
import math
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
OURS, ZXING, DMTX = 'ours', 'ZXing', 'libdmtx'


class Truth:
    """One line of truth.tsv."""

    def __init__(self, line, origin=''):
        (self.file, self.cls, width, height, self.modules, module_px, self.kind, texts,
         corners) = line.rstrip('\n').split('\t')
        self.width, self.height = int(width), int(height)
        self.module_px = float(module_px)
        self.texts = [] if texts == '-' else [t.encode() for t in texts.split('|')]
        self.corners = [] if corners == '-' else [parse_corners(c) for c in corners.split('|')]
        self.origin = origin  # how to make it again


class Answer:
    """What one reader said to one picture."""

    def __init__(self, truth, ms, symbols, plain_ms=None):
        self.ms, self.plain_ms = ms, plain_ms
        self.wrong = [text for text, _ in symbols if text not in truth.texts]
        self.right = {text for text, _ in symbols if text in truth.texts}
        # Modules from where the corners are; of the worst one.
        self.off = max([distance(truth, text, corners) for text, corners in symbols
                        if text in truth.texts and corners], default=0.0)

    def is_read(self, strict):
        return bool(self.right) and not self.wrong and not (strict and self.off > 1)


def parse_corners(text):
    return [tuple(map(float, point.split(','))) for point in text.split(';')]


def distance(truth, text, corners):
    real = truth.corners[truth.texts.index(text)]
    return max(math.dist(a, b) for a, b in zip(real, corners)) / truth.module_px


def read_truth(folder, origin=''):
    with open(os.path.join(folder, 'truth.tsv'), encoding='ascii') as tsv:
        return [Truth(line, origin) for line in tsv]


def parse(output, truths, times):
    """Answers from lines of: file, times, then text and corners for each symbol."""
    answers = []
    for truth, line in zip(truths, output.splitlines(), strict=True):
        fields = line.split('\t')
        if fields[0] != truth.file:
            raise RuntimeError(f'{fields[0]} where {truth.file} was wanted')
        rest = fields[1 + times:]
        symbols = [(bytes.fromhex(t), None if c == '-' else parse_corners(c))
                   for t, c in zip(rest[::2], rest[1::2], strict=True)]
        ms = [float(f) for f in fields[1:1 + times]]
        answers.append(Answer(truth, ms[0], symbols, *ms[1:]))
    return answers


def output_of(command):
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f'{command[0]} failed: {run.stderr.strip()[-2000:]}')
    return run.stdout


class Engines:
    """program: bench-label; names: which readers are wanted."""

    def __init__(self, program, names, budget, dmtx_ms):
        self.program, self.names = program, names
        self.budget, self.dmtx_ms = budget, dmtx_ms

    def read(self, name, folder, truths, symbols=1, burst=0):
        most = ['--max', str(symbols)]
        if name == OURS:
            command = [self.program, '--budget', str(self.budget), '--burst', str(burst), *most]
        elif name == DMTX:
            command = [self.program, '--dmtx', str(self.dmtx_ms), *most]
        else:
            command = ['node', os.path.join(HERE, 'zxing.mjs'), *most]
        return parse(output_of([*command, folder]), truths, 2 if name == ZXING else 1)

    def memory(self, folder):
        """Bytes."""
        return int(output_of([self.program, '--memory', '--budget', '0', folder]))


def zxing_missing():
    """What to do to get the reference, None when it is there."""
    if not shutil.which('node'):
        return 'install nodejs'
    places = [os.environ.get('ZXING_WASM_DIR', HERE), HERE]
    if not any(os.path.isdir(os.path.join(p, 'node_modules', 'zxing-wasm')) for p in places):
        return f'run "npm install" in {HERE}'
    return None


def corpus_missing():
    """What the corpus needs, None when it is there."""
    missing = [] if shutil.which('zint') else ['zint']
    for module, package in (('numpy', 'python3-numpy'), ('cv2', 'python3-opencv')):
        try:
            __import__(module)
        except ImportError:
            missing.append(package)
    return f'install {" ".join(missing)}' if missing else None

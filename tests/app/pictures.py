# SPDX-License-Identifier: Apache-2.0
"""Pictures of codes, for tests: the modules were drawn by dmtxwrite's library."""
import ctl

# Rows of modules as hexadecimal numbers, dark is 1; the solid bars are on the left and at the bottom.
CODES = {
    ctl.LABEL: 'aaaaa d82c3 8c7ba e0489 809fa e1f85 f26b8 a24f9 d6cbc e165b b07c2 ed9e1 db718 e8d61 '
               'e7b10 90fc7 ef918 f77b5 c4d1a fffff',
    ctl.SERIAL: 'aaaa dc23 8570 e0cb a612 db53 9052 d439 c6bc bafb 8fce b9cd b552 c0c5 b652 ffff',
    'P011AB12CD4F2A1': 'aaaa da0b 8896 b193 81fc e58b c6e2 86e1 b2a4 ddc9 aa38 c0f1 87de fe05 ec12 '
                       'ffff',
    'https://example.com/': '2aaaa 32e07 255e2 204f7 3571c 3715f 3a45e 36f1b 3d42e 31463 2297c 2ef21 '
                            '377d8 25229 3e1de 3d317 31b16 3ffff',
}


def draw(*texts, module=6, margin=30):
    """A PGM picture of codes side by side."""
    rows = [[int(row, 16) for row in CODES[text].split()] for text in texts]
    height = max(len(code) for code in rows) * module + 2 * margin
    lines = [bytearray() for _ in range(height)]
    for code in rows:
        side = len(code)
        for y, line in enumerate(lines):
            row = (y - margin) // module
            line += b'\xe0' * margin
            for column in range(side):
                dark = 0 <= row < side and code[row] >> (side - 1 - column) & 1
                line += (b'\x20' if dark else b'\xe0') * module
            line += b'\xe0' * margin
    return b'P5 %d %d 255\n' % (len(lines[0]), height) + b''.join(lines)

# SPDX-License-Identifier: Apache-2.0
"""What a secret may look like where it must not be."""
import base64
import urllib.parse


def base64_cores(data):
    """What must show wherever the bytes stand inside something longer that was encoded."""
    for before in range(3):
        text = base64.b64encode(b'\0' * before + data + b'\0' * ((3 - (before + len(data)) % 3) % 3))
        start = (before * 4 + 2) // 3
        core = text[start:(before + len(data)) * 4 // 3]
        yield core
        yield core.replace(b'+', b'-').replace(b'/', b'_')


def disguises(secret):
    data = secret.encode()
    hexed = data.hex()
    spaced = ' '.join(f'{byte:02x}' for byte in data)
    yield from (data, data[::-1], hexed.encode(), hexed.upper().encode(), spaced.encode(),
                spaced.upper().encode(), spaced.replace(' ', ':').encode(),
                ', '.join(f'0x{byte:02x}' for byte in data).encode(),
                urllib.parse.quote(secret, safe='').encode(),
                urllib.parse.quote_plus(secret).encode(),
                ''.join(f'%{byte:02X}' for byte in data).encode(),
                ''.join(f'%{byte:02x}' for byte in data).encode(),
                data.decode().encode('utf-16-le'))
    yield from base64_cores(data)

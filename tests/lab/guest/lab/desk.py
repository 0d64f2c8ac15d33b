# SPDX-License-Identifier: Apache-2.0
"""A small simulated world for tests of the way to a device: a board, and networks of its own."""
import os

from . import programs, tap

FOLDER = '/tmp/desk'
NAME = 'Board'
CODE = 'AB12CD'
LABEL = f'P046AD342{CODE} HARB0URLIGHT123'
NETWORK = 'Harbour'
PASSWORD = 'lighthouse7'
SCENARIO = f"""[World]
seed=7
advert-loss=0
[Device {NAME}]
platform=p2
firmware=6.2.0
serial=P046AD342{CODE}
secret=HARB0URLIGHT123
scan-time=1s
associate-time=1s
address-time=1s
cloud-time=1s
boot-time=1s
[Network {NETWORK}]
password={PASSWORD}
"""
# In the order in which they are told; others are too short to be sure of them.
STAGES = ('finding', 'connecting', 'securing', 'reading', 'choosing', 'joining', 'reaching')


def write(name, text):
    os.makedirs(FOLDER, exist_ok=True)
    path = f'{FOLDER}/{name}'
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


def start(shell, *options):
    """The board behind a shell of firstlight-sim, in its place."""
    device = programs.sim(shell, NAME, scenario=write('desk.scenario', SCENARIO), options=options)
    device.wait(NAME, places=lambda places: places.get(shell))
    return device


def address(device):
    """Where it is to be found at present; None: nowhere."""
    return next(iter(device.state(NAME)['places'].values()))


def setup_words(password=PASSWORD):
    """What firstlightctl is to do."""
    return ('setup', CODE, '--label-file', write('label', LABEL), '--network', NETWORK,
            '--password-file', write('password', password), '--timeout', '240')


def set_up():
    """Sets the board up to the end, or fails."""
    run = programs.ctl(*setup_words(), limit=300)
    tap.equal(run.status, 0, run)
    tap.equal(run.result['stage'], 'online', 'stage')
    return run


def watch_temporary_files():
    """From now on programs get a folder of their own for temporary files."""
    folder = f'{FOLDER}/temporary'
    os.makedirs(folder, exist_ok=True)
    os.environ['TMPDIR'] = os.environ['XDG_RUNTIME_DIR'] = folder


def temporary_files():
    return sorted(os.listdir(os.environ['TMPDIR']))

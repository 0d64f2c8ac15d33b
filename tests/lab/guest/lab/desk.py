# SPDX-License-Identifier: Apache-2.0
"""A small simulated world for tests of the way to a device: a board, and networks of its own."""
import glob
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
associate-time=2s
address-time=2s
cloud-time=2s
boot-time=1s
[Network {NETWORK}]
password={PASSWORD}
"""
# In the order in which they are told.
STAGES = ('finding', 'connecting', 'securing', 'reading', 'choosing', 'joining', 'addressing',
          'reaching')


def write(name, text):
    os.makedirs(FOLDER, exist_ok=True)
    path = f'{FOLDER}/{name}'
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


def start(shell, *options):
    """The board behind a shell of firstlight-sim."""
    return programs.sim(shell, NAME, scenario=write('desk.scenario', SCENARIO), options=options)


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


def temporary_files():
    """What is in the folders for temporary files and not of these tests."""
    return sorted(path for folder in ('/tmp', '/var/tmp', '/run/user/0', '/dev/shm')
                  for path in glob.glob(f'{folder}/*')
                  if any(word in path for word in ('firstlight', 'first-light', 'fl-')))

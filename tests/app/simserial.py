# SPDX-License-Identifier: Apache-2.0
"""A simulated device on a real pseudo-terminal, by the program firstlight-sim; and the world of a
school for it, whose networks want logins."""
import json
import os
import queue
import shutil
import subprocess
import threading
import time

LIMIT_S = 60
QUICK = 'join-time=500ms\nassociate-time=300ms\naddress-time=300ms\ncloud-time=300ms\n'
EDUROAM = ('ssid=eduroam\nsecurity=enterprise\neap=peap;tls\nserver-certificate=campus/server.pem\n'
           'client-ca=campus/clients-ca.pem\n')
WORLD = '''
[World]
title=A school, seen through a terminal
seed=51

[Device Library]
platform=photon
firmware=2.3.1
serial=PHHTAB6205B0511
usb=yes
scan-time={scan}
{quick}{device}
[Device Gatehouse]
platform=p2
firmware=6.2.0
serial=P046AD3425B0515
usb=yes
{quick}
[Network Eduroam]
{eduroam}accounts={accounts}
rssi=-52

[Network Workshop]
ssid=Harbour Workshop
password=drill-and-file
rssi=-60

[Network Hidden]
ssid=Boathouse
password=barnacle99
hidden=yes
rssi=-66
'''


def escape(text):
    """As README.md of the scenarios says."""
    return ''.join(char if char.isalnum() or char in '@.-' else
                   ''.join(f'\\x{byte:02x}' for byte in char.encode()) for char in text)


def write_world(folder, campus, accounts, device='', scan=''):
    """A scenario in FOLDER, with the certificates of the school beside it. Returns its path."""
    shutil.copytree(campus, os.path.join(folder, 'campus'), dirs_exist_ok=True)
    path = os.path.join(folder, 'school.scenario')
    listed = ';'.join(f'{escape(name)}:{escape(password)}' for name, password in accounts)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(WORLD.format(quick=QUICK, device=device + '\n' if device else '', eduroam=EDUROAM,
                                accounts=listed, scan=scan or '300ms'))
    return path


def get_port(state):
    return state['places']['serial']


class Device:
    """firstlight-sim with one device, and what it says of it."""

    def __init__(self, program, scenario, name='Library', link=None, env=None):
        self.states, self.output = [], []
        self._lines = queue.Queue()
        self._process = subprocess.Popen(
            [program, '--scenario', scenario, '--json', *(['--link', link] if link else []),
             'serial', name],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        self._readers = [threading.Thread(target=self._read, args=(stream, keep), daemon=True)
                         for stream, keep in ((self._process.stdout, True),
                                              (self._process.stderr, False))]
        for reader in self._readers:
            reader.start()
        self.port = link or self.wait('a port', get_port)['places']['serial']

    def _read(self, stream, is_state):
        for line in stream:
            self.output.append(line)
            if is_state:
                self._lines.put(line)
        self._lines.put(None)

    def _take(self, limit_s):
        line = self._lines.get(timeout=limit_s)
        if line is not None:
            self.states.append(json.loads(line))
        return line is not None

    @property
    def now(self):
        """The newest state."""
        while not self._lines.empty():
            self._take(0)
        return self.states[-1]

    def wait(self, what, condition, since=0):
        """Until one of the states after the first SINCE of them fulfils the condition."""
        end = time.monotonic() + LIMIT_S
        looked = since
        while True:
            for state in self.states[looked:]:
                if condition(state):
                    return state
            looked = max(looked, len(self.states))
            try:
                more = self._take(max(0, end - time.monotonic()))
            except queue.Empty:
                more = False
            if not more:
                raise AssertionError(f'no {what}: {self.told()}')

    def wait_online(self):
        return self.wait('device that is online', lambda state: state['state'] == 'online')

    def wait_blue_again(self):
        """It had left listening mode with the network, and is back there."""
        self.wait('joining', lambda state: state['state'] == 'joining')
        since = next(i for i, state in enumerate(self.states) if state['state'] == 'joining')
        return self.wait('blue light', lambda state: state['state'] == 'listening', since)

    def told(self):
        return b''.join(self.output).decode(errors='replace')

    def kill(self):
        """As when the cable is pulled for good."""
        self._process.kill()

    def close(self):
        """Returns its exit status."""
        if self._process.poll() is None:
            self._process.terminate()
        status = self._process.wait(LIMIT_S)
        for reader in self._readers:
            reader.join(LIMIT_S)
        self._process.stdout.close()
        self._process.stderr.close()
        return status

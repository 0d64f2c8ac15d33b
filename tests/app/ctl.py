# SPDX-License-Identifier: Apache-2.0
"""Runs the real firstlightctl against simulated devices; shared by the tests of this folder.

The program's path is in FIRSTLIGHTCTL. Every test has a home of its own, so that nothing of the
person's is read or written.
"""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['FIRSTLIGHTCTL']
SERIAL = 'P046AB245AB12CD'
CODE = 'AB12CD'
SECRET = 'Q7XK2MRW9TZ4HVB'
LABEL = f'{SERIAL} {SECRET}'
PASSWORD = 'correct horse+battery'
LIMIT_S = 120

SCENARIO = '''
[World]
title=Test
seed=7
{world}

[Network home]
ssid=Home
security=wpa2
password={password}
channel=6
rssi=-50

[Network guests]
ssid=Guests
security=open
channel=11
rssi=-60

{more}
[Device one]
platform={platform}
serial={serial}
secret={secret}
{device}
'''


BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
'''
QUICK = ('handshake-time=100ms\nscan-time=300ms\njoin-time=500ms\nassociate-time=300ms\n'
         'address-time=300ms\ncloud-time=500ms\n')


class Run:
    """One run of the program that has ended."""

    def __init__(self, args, process):
        self.args = args
        self.status = process.returncode
        self.out = process.stdout.decode()
        self.err = process.stderr.decode()

    def __str__(self):
        return f'{self.args} → {self.status}\n--- out\n{self.out}--- err\n{self.err}'

    @property
    def events(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def result(self):
        return self.events[-1]

    def named(self, name, device=None):
        return [event for event in self.events
                if event['event'] == name and device in (None, event.get('device'))]

    @property
    def stages(self):
        return [event['stage'] for event in self.named('stage')]


class Case(unittest.TestCase):
    """A test with a folder and a home of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='first-light-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.home = os.path.join(self.folder, 'home')
        os.mkdir(self.home, 0o700)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'wb') as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def scenario(self, device='', more='', world='', platform='p2', serial=SERIAL):
        return self.write('scenario.ini', SCENARIO.format(
            device=device, more=more, world=world, platform=platform, serial=serial,
            password=PASSWORD, secret=SECRET))

    def environment(self, **more):
        keep = {name: value for name, value in os.environ.items()
                if not name.startswith(('XDG_', 'G_MESSAGES', 'LC_', 'LANG'))}
        return keep | {
            'HOME': self.home, 'XDG_RUNTIME_DIR': self.home, 'LC_ALL': 'C.UTF-8',
            'XDG_DATA_HOME': os.path.join(self.home, 'data'),
            'XDG_CONFIG_HOME': os.path.join(self.home, 'config'),
            'XDG_CACHE_HOME': os.path.join(self.home, 'cache'),
        } | more

    def run_plain(self, *args, stdin=b'', env=None, before=()):
        process = subprocess.run([*before, PROGRAM, *args], input=stdin, capture_output=True,
                                 timeout=LIMIT_S, env=env or self.environment(), check=False)
        run = Run(args, process)
        self.assertNotIn('runtime error', run.err, run)
        self.assertNotIn('Sanitizer', run.err, run)
        self.assertIsNone(re.search(r'-(CRITICAL|WARNING) \*\*', run.err), run)
        return run

    def simulate(self, scenario, *args, stdin=b'', env=None):
        return self.run_plain(f'--simulate={scenario}', '--virtual-time', *args, stdin=stdin,
                              env=env)

    def json(self, scenario, *args, stdin=b'', env=None):
        run = self.simulate(scenario, '--json', *args, stdin=stdin, env=env)
        self.check_json(run)
        return run

    def check_json(self, run):
        """Every line is an event; times do not run backwards; the last one is the only result."""
        last_ms = 0
        self.assertTrue(run.out.endswith('\n'), run)
        for event in run.events:
            self.assertIn(event['event'], (
                'found', 'lost', 'label', 'camera', 'info', 'network', 'stage', 'light', 'note',
                'certificate', 'key', 'profile', 'error', 'result'), run)
            self.assertGreaterEqual(event['at_ms'], last_ms, run)
            last_ms = event['at_ms']
        self.assertEqual(len(run.named('result')), 1, run)
        self.assertEqual(run.result['event'], 'result', run)
        self.assertEqual(run.result['ok'], run.status == 0, run)
        self.assertEqual(run.result['error'] is None, run.result['ok'], run)
        self.assertEqual(run.result['exit_status'], run.status, run)
        if 'devices' in run.result:
            self.check_devices(run)
        elif any('file' in event for event in run.named('error')):  # one for each file
            self.assertEqual(run.result['error'], run.named('error')[0]['error'], run)
        else:
            self.assertEqual(len(run.named('error')), 0 if run.result['ok'] else 1, run)

    def check_devices(self, run):
        """Each event tells its device, each failed device its error, and the first failed one, in
        the order of the arguments, is the command's."""
        devices = run.result['devices']
        names = [device['device'] for device in devices]
        failed = [device for device in devices if not device['ok']]
        self.assertEqual(len(names), len(set(names)), run)
        for event in run.events[:-1]:
            if 'device' in event:
                self.assertIn(event['device'], names, run)
            else:  # about the call: its password, its file
                self.assertEqual(event['event'], 'note', run)
        self.assertEqual(sorted((event['device'], event['error'], event['stage'])
                                for event in run.named('error')),
                         sorted((device['device'], device['error'], device['stage'])
                                for device in failed), run)
        self.assertEqual(run.result['ok'], not failed, run)
        if failed:
            for key in ('error', 'stage', 'exit_status'):
                self.assertEqual(run.result[key], failed[0][key], run)

    def label_file(self, text=LABEL):
        return self.write('label.txt', text)

    def password_file(self, text=PASSWORD):
        return self.write('password.txt', text)

    def setup_args(self, *more, network='Home', label=LABEL, password=PASSWORD):
        return ['setup', CODE, '--label-file', self.label_file(label), '--network', network,
                *(['--password-file', self.password_file(password)] if password else []), *more]

    def assert_failure(self, run, identifier, stage=None):
        number = int(re.fullmatch(r'E(\d\d)[a-c]?', identifier).group(1))
        self.assertEqual(run.status, 10 + number, run)
        self.assertEqual(run.result['error'], identifier, run)
        self.assertEqual(run.named('error')[0]['error'], identifier, run)
        self.assertTrue(run.named('error')[0]['title'], run)
        if stage:
            self.assertEqual(run.result['stage'], stage, run)


class BluezCase(Case):
    """A test with a system bus and a mock BlueZ of its own."""

    def start_bus(self):
        path = os.path.join(self.folder, 'bus')
        config = self.write('bus.conf', BUS.format(path=path))
        daemon = subprocess.Popen(
            ['dbus-daemon', '--config-file', config, '--nofork', '--print-address=1'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, daemon)
        daemon.stdout.readline()
        return f'unix:path={path}'

    def start_mock(self, *options, device=QUICK, more=''):
        address = self.start_bus()
        mock = subprocess.Popen(
            [os.environ['MOCK_BLUEZ'], '--scenario', self.scenario(device=device, more=more),
             *options],
            stdout=subprocess.PIPE, env=self.environment(DBUS_SYSTEM_BUS_ADDRESS=address))
        self.addCleanup(self.end, mock)
        self.assertEqual(mock.stdout.readline(), b'ready\n')
        return address

    @staticmethod
    def end(process):
        process.terminate()
        process.stdout.close()
        process.wait(LIMIT_S)


if __name__ == '__main__':
    raise SystemExit('not a test')

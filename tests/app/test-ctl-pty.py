#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl over a real pseudo-terminal, whose device is a simulated Photon in a process of its
own: whole set-ups, and what keeps them from starting.

Time is real here. A bare port tells nothing of what follows the saving, so that most set-ups end
with it (--no-wait); what became of the device, firstlight-sim says.
"""
import concurrent.futures
import fcntl
import itertools
import json
import os
import re
import signal
import subprocess
import termios
import unittest

import ctl
import simserial
from disguises import disguises

SOURCE = os.environ['FL_SOURCE_ROOT']
CAMPUS = os.path.join(SOURCE, 'data', 'scenarios', 'campus')
CERTIFICATES = os.path.join(SOURCE, 'tests', 'data', 'certificates')
SIMULATOR = os.environ['FIRSTLIGHT_SIM']
ANN, TIDE = 'ann@harbour-school.example', 'tide-table'
KEEPER = 'keeper@harbour-school.example'
NAME_64 = ' "Zoë\'s" lamp\\ & Ωmega@school.example, kept by nobody we know '
PASSWORD_64 = '  "quoted" \'so\' \\n $HOME ÄÖÜ€ 你好 %s | ; : #!?*~ _ end  '
ACCOUNTS = [(ANN, TIDE), (NAME_64, PASSWORD_64), ('short', ' '), (KEEPER, 'spaces at the end  ')]
# Nothing of this computer's Bluetooth.
NO_BUS = {'DBUS_SYSTEM_BUS_ADDRESS': 'unix:path=/nonexistent/bus'}


def key_lines(path):
    with open(path, encoding='ascii') as file:
        return {line for line in file.read().splitlines() if line and not line.startswith('-')}


class PtyCase(ctl.Case):
    def setUp(self):
        super().setUp()
        self.scenario_path = simserial.write_world(self.folder, CAMPUS, ACCOUNTS)
        self.devices, self.runs, self.numbers = [], [], itertools.count()
        self.addCleanup(self.close)

    def close(self):
        """Nobody wrote a secret, nothing broke."""
        for device in self.devices:
            self.assertIn(device.close(), (0, -signal.SIGKILL), device.told())
            self.assertNotIn('runtime error', device.told())
            self.assertNotIn('Sanitizer', device.told())
        for text in [run.out + run.err for run in self.runs] + [it.told() for it in self.devices]:
            self.assert_no_secret(text)

    def assert_no_secret(self, text):
        data = text.encode()
        secrets = {TIDE, PASSWORD_64, PASSWORD_64.strip(), 'drill-and-file', 'barnacle99'}
        for path in ('keeper-key.pem', 'keeper-key-encrypted.pem', 'expired-key.pem', 'device-key.pem'):
            secrets |= key_lines(self.campus(path))
        for secret in secrets:
            for form in disguises(secret):
                self.assertNotIn(form, data)
        self.assertIsNone(re.search(r'harbour(?!-school)', text), text)  # the passphrase

    def campus(self, name):
        return os.path.join(CAMPUS, name)

    def certificate(self, name):
        return os.path.join(CERTIFICATES, name)

    def device(self, name='Library', more='', scan='', **options):
        path = self.scenario_path
        if more or scan:
            path = simserial.write_world(self.folder, CAMPUS, ACCOUNTS, more, scan)
        device = simserial.Device(SIMULATOR, path, name, env=self.environment(
            G_MESSAGES_DEBUG='all'), **options)
        self.devices.append(device)
        return device

    def arguments(self, device, *more, network='eduroam', password=None, key_password=None,
                  wait=False):
        args = ['--verbose', '--json', '--serial', device.port, 'setup', device.port, *more]
        number = next(self.numbers)
        if network is not None:
            args += ['--network', network]
        if password is not None:
            args += ['--password-file', self.write(f'password-{number}', password)]
        if key_password is not None:
            args += ['--key-password-file', self.write(f'key-password-{number}', key_password)]
        return args + ([] if wait else ['--no-wait'])

    def set_up(self, device, *more, **options):
        run = self.run_plain(*self.arguments(device, *more, **options),
                             env=self.environment(**NO_BUS))
        self.runs.append(run)
        self.check_json(run)
        return run

    def assert_stored(self, run, device, **expected):
        """The program is content, and the device too; it has exactly one network."""
        self.assertEqual((run.status, run.result['proof']), (0, ['stored']), run)
        self.assert_known(device.wait_online(), **expected)

    def assert_known(self, state, **expected):
        self.assertEqual(len(state['known']), 1, state)
        self.assertEqual({key: state['known'][0].get(key) for key in expected}, expected)

    def assert_untouched(self, run, device, identifier, stage=None):
        """Nothing was typed; what would be typed next is not known to be a question's answer."""
        self.assert_failure(run, identifier, stage)
        self.assertNotIn('sending', run.stages)
        state = device.now
        self.assertEqual((state['state'], state['known']), ('listening', []))


class Logins(PtyCase):
    def test_peap_without_certificate_of_the_network(self):
        device = self.device()
        run = self.set_up(device, '--identity', ANN, password=TIDE)
        self.assert_stored(run, device, name='eduroam', security='enterprise', eap='peap',
                           identity=ANN, ca=False, client_certificate=False, private_key=False)
        self.assertIn(('ca', 'E47'), [(note['id'], note.get('problem'))
                                      for note in run.named('note')])

    def test_peap_with_certificate_of_the_network(self):
        device = self.device()
        run = self.set_up(device, '--identity', ANN, '--ca', self.campus('ca.pem'),
                          '--anonymous-identity', 'anonymous@harbour-school.example', '--strict',
                          password=TIDE)
        self.assert_stored(run, device, eap='peap', identity=ANN, ca=True,
                           outer_identity='anonymous@harbour-school.example')

    def test_tls_with_pem_files(self):
        device = self.device()
        run = self.set_up(device, '--client-cert', self.campus('keeper.pem'), '--private-key',
                          self.campus('keeper-key.pem'), '--ca', self.campus('ca.pem'))
        self.assert_stored(run, device, eap='tls', ca=True, client_certificate=True,
                           private_key=True)

    def test_tls_with_one_file(self):
        device = self.device()
        run = self.set_up(device, '--client-cert', self.campus('keeper.p12'),
                          key_password='harbour')
        self.assert_stored(run, device, eap='tls', client_certificate=True, private_key=True)

    def test_profiles(self):
        for name in ('harbour-school.eap-config', 'harbour-school.mobileconfig'):
            with self.subTest(name):
                device = self.device()
                run = self.set_up(device, '--import', self.campus(name), '--identity', ANN,
                                  network=None, password=TIDE)
                self.assert_stored(run, device, name='eduroam', eap='peap', identity=ANN, ca=True)
        for name in ('harbour-school-tls.eap-config', 'harbour-school-tls.mobileconfig'):
            with self.subTest(name):
                device = self.device()
                run = self.set_up(device, '--import', self.campus(name), network=None,
                                  key_password='harbour')
                self.assert_stored(run, device, name='eduroam', eap='tls', ca=True,
                                   client_certificate=True)

    def test_every_byte_arrives(self):
        """The simulated server compares them."""
        self.assertEqual({len(NAME_64.encode()), len(PASSWORD_64.encode())}, {64})
        for name, password in ACCOUNTS[1:]:
            with self.subTest(name):
                device = self.device()
                run = self.set_up(device, '--identity', name, password=password)
                self.assert_stored(run, device, identity=name)

    def test_too_long_for_the_device(self):
        device = self.device()
        for name, password in ((NAME_64 + 'x', TIDE), (ANN, PASSWORD_64 + 'x')):
            with self.subTest(name):
                run = self.set_up(device, '--identity', name, password=password)
                self.assertEqual((run.status, run.result['error']), (2, 'usage'), run)
                self.assertNotIn('sending', run.stages)
        self.assertEqual(device.now['known'], [])


class Personal(PtyCase):
    def test_password(self):
        device = self.device()
        run = self.set_up(device, network='Harbour Workshop', password='drill-and-file')
        self.assert_stored(run, device, name='Harbour Workshop', security='wpa2')

    def test_hidden(self):
        device = self.device()
        run = self.set_up(device, '--hidden', '--security', 'wpa2', network='Boathouse',
                          password='barnacle99')
        self.assert_stored(run, device, name='Boathouse', security='wpa2')


class Refused(PtyCase):
    """Before anything is typed at the device."""

    def test_files(self):
        keeper, key = self.campus('keeper.pem'), self.campus('keeper-key.pem')
        ttls = self.write('ttls.conf', 'network={\n ssid="eduroam"\n key_mgmt=WPA-EAP\n eap=TTLS\n'
                                       ' identity="ann"\n phase2="auth=PAP"\n}\n')
        device = self.device()
        for identifier, args, password in (
                ('E48', ['--client-cert', self.campus('expired.pem'), '--private-key',
                         self.campus('expired-key.pem')], None),
                ('E49', ['--client-cert', keeper, '--private-key', self.campus('device-key.pem')], None),
                ('E50', ['--client-cert', self.campus('keeper.p12')], 'Harbour'),
                ('E50', ['--client-cert', keeper, '--private-key',
                         self.campus('keeper-key-encrypted.pem')], 'Harbour'),
                ('E51', ['--import', ttls], None)):
            with self.subTest(identifier, args=args):
                run = self.set_up(device, *args, key_password=password)
                self.assert_untouched(run, device, identifier)
        with self.subTest('the same files, as they should be'):
            run = self.set_up(device, '--client-cert', keeper, '--private-key', key)
            self.assert_stored(run, device, eap='tls')

    def test_key_that_is_too_long(self):
        device = self.device()
        run = self.set_up(device, '--client-cert', self.certificate('client-4096-long.pem'),
                          '--private-key', self.certificate('client-4096-key.pem'))
        self.assertEqual((run.status, run.result['error']), (2, 'usage'), run)
        self.assertNotIn('sending', run.stages)
        self.assertEqual(device.now['known'], [])
        sentence = [note['text'] for note in run.named('note') if note.get('verdict') == 'broken']
        self.assertIn('2048', ' '.join(sentence), run)

    def test_device_without_logins(self):
        device = self.device('Gatehouse')
        run = self.set_up(device, '--identity', ANN, password=TIDE)
        self.assert_untouched(run, device, 'E33', 'choosing')
        again = self.set_up(device, network='Harbour Workshop', password='drill-and-file')
        self.assert_stored(again, device, name='Harbour Workshop')


class Trouble(PtyCase):
    def side_by_side(self, journey, devices):
        with concurrent.futures.ThreadPoolExecutor(len(devices)) as pool:
            futures = {name: pool.submit(journey, name, device)
                       for name, device in devices.items()}
            for name, future in futures.items():
                with self.subTest(name):
                    future.result()

    def start(self, device, *more, **options):
        return subprocess.Popen([ctl.PROGRAM, *self.arguments(device, *more, **options)],
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=self.environment(**NO_BUS))

    def run_until(self, process, stage, do):
        """Does something when the program says that it is at that stage."""
        lines = []
        for line in process.stdout:
            lines.append(line)
            if json.loads(line).get('stage') == stage and do is not None:
                do()
                do = None
        err = process.stderr.read()
        process.wait(ctl.LIMIT_S)
        process.stdout.close()
        process.stderr.close()
        run = ctl.Run('started', subprocess.CompletedProcess('', process.returncode,
                                                             b''.join(lines), err))
        self.runs.append(run)
        self.assertIsNone(do, run)
        self.check_json(run)
        return run

    def test_interrupted_and_again(self):
        """The device is in the middle of its questions; the next program leads it out of them."""
        device = self.device(scan='2s')
        process = self.start(device, '--identity', ANN, password=TIDE)
        run = self.run_until(process, 'sending', lambda: process.send_signal(signal.SIGINT))
        self.assertEqual((run.status, run.result['error'], run.result['stage']),
                         (130, 'E56', 'sending'), run)
        self.assertEqual(device.now['known'], [])
        run = self.set_up(device, '--identity', ANN, password=TIDE)
        self.assert_stored(run, device, eap='peap', identity=ANN)

    def test_killed_and_again(self):
        device = self.device(scan='2s')
        process = self.start(device, '--identity', ANN, password=TIDE)
        for line in process.stdout:
            if json.loads(line).get('stage') == 'sending':
                process.kill()
        process.wait(ctl.LIMIT_S)
        process.stdout.close()
        process.stderr.close()
        run = self.set_up(device, '--identity', ANN, password=TIDE)
        self.assert_stored(run, device, eap='peap', identity=ANN)

    def test_stuck_at_every_question(self):
        def journey(prompt, device):
            run = self.set_up(device, '--identity', ANN, password=TIDE)
            self.assert_stored(run, device, eap='peap', identity=ANN)

        self.side_by_side(journey, {
            prompt: self.device(more=f'faults=serial-stuck={prompt}')
            for prompt in ('ssid', 'security', 'eap-type', 'username', 'password',
                           'outer-identity', 'root-ca')})

    def test_unplugged_for_a_moment(self):
        """Its port comes back under the same name, and nobody has to do anything."""
        device = self.device(more='faults=serial-close-at=username x1; usb-replug-after=1s',
                             link=os.path.join(self.folder, 'photon'))
        run = self.set_up(device, '--identity', ANN, '--ca', self.campus('ca.pem'), password=TIDE)
        self.assert_stored(run, device, eap='peap', identity=ANN, ca=True)

    def test_what_takes_its_time(self):
        """Side by side, since each waits for as long as people do."""
        self.side_by_side(lambda name, device: getattr(self, name)(device), {
            name: self.device() for name in dir(self) if name.startswith('slow_')})

    def slow_right_password(self, device):
        run = self.set_up(device, '--identity', ANN, password=TIDE, wait=True)
        self.assert_failure(run, 'E44', 'joining')
        self.assertEqual(run.result['proof'], ['stored'])
        self.assert_known(device.wait_online(), identity=ANN)

    def slow_wrong_password(self, device):
        """A bare port cannot tell; its light can."""
        run = self.set_up(device, '--identity', ANN, password='tide-tables', wait=True)
        self.assert_failure(run, 'E44', 'joining')
        state = device.wait_blue_again()
        self.assertEqual(state['light'], 'blinking blue')
        run = self.set_up(device, '--identity', ANN, password=TIDE)
        self.assert_stored(run, device, identity=ANN)

    def slow_wrong_certificate_of_the_network(self, device):
        run = self.set_up(device, '--identity', ANN, '--ca', self.campus('other-ca.pem'),
                          password=TIDE, wait=True)
        self.assert_failure(run, 'E44', 'joining')
        self.assert_known(device.wait_blue_again(), ca=True)

    def slow_port_of_another_program(self, device):
        port = os.open(device.port, os.O_RDWR | os.O_NOCTTY)
        try:
            fcntl.flock(port, fcntl.LOCK_EX)
            fcntl.ioctl(port, termios.TIOCEXCL)
            run = self.set_up(device, '--identity', ANN, password=TIDE)
            self.assert_failure(run, 'E10')
            self.assertNotIn('sending', run.stages)
        finally:
            fcntl.ioctl(port, termios.TIOCNXCL)
            os.close(port)
        run = self.set_up(device, '--identity', ANN, password=TIDE)
        self.assert_stored(run, device, identity=ANN)

    def slow_unplugged_for_good(self, device):
        process = self.start(device, '--identity', ANN, password=TIDE)
        run = self.run_until(process, 'sending', device.kill)
        self.assertEqual(run.result['error'], 'E24', run)


if __name__ == '__main__':
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whole set-ups with every debug switch on; then everything that was written is searched for the
mobile secret and the password, plain and in the usual disguises."""
import base64
import os
import unittest

import ctl
import pictures
from disguises import disguises

DEBUG = {
    'G_MESSAGES_DEBUG': 'all', 'G_DBUS_DEBUG': 'message,payload,call,signal,incoming,return',
    'G_DEBUG': 'fatal-warnings', 'LIBUSB_DEBUG': '4', 'MALLOC_TRACE': 'trace',
    'GST_DEBUG': '*:4', 'GST_DEBUG_NO_COLOR': '1',
}
JOURNEYS = {
    'online': {},
    'wrong password': {'password': 'wr0ng-h0rse-battery'},
    'wrong secret': {'label': f'{ctl.SERIAL} Z9YX8WV7UT6SR5Q'},
    'no address': {'device': 'faults=no-address'},
    'no cloud': {'device': 'faults=no-cloud'},
    'silent at the join': {'device': 'faults=silent-at=join'},
    'link goes at the join': {'device': 'faults=disconnect-after-join'},
    'garbage in the handshake': {'device': 'faults=garbage-at=handshake-1'},
    'garbage at the join': {'device': 'faults=garbage-at=join'},
    'join refused': {'device': 'faults=answer=500:-250'},
    'label of another device': {'label': f'P046AB245ZZ99ZZ {ctl.SECRET}'},
    'short secret': {'label': f'{ctl.SERIAL} Q7XK2MRW9TZ4HV'},
    'password too long': {'password': 'tOo-lOng-' * 8},
    'by cable': {'device': 'usb=yes'},
    'by cable, unplugged': {'device': 'usb=yes\nfaults=usb-unplug-at=5s'},
    'by cable, garbage': {'device': 'usb=yes\nfaults=usb-garbage=30'},
    'time is up': {'global': ['--timeout', '6']},
    'only saved': {'more': ['--save-only', '--security', 'wpa2']},
    'warned': {'label_argument': True},
}


TOP = os.environ['FL_SOURCE_ROOT']
CAMPUS = os.path.join(TOP, 'data', 'scenarios', 'campus')
CERTIFICATES = os.path.join(TOP, 'tests', 'data', 'certificates')
PROFILES = os.path.join(TOP, 'tests', 'data', 'profiles')
PASSPHRASE = 'Hafenschlüssel'  # of client-utf8.p12 and client-key-pbes2-utf8.pem
READING_ROOM = 'PHHTAB6205B0514'  # by requests
LIBRARY = 'PHHTAB6205B0511'  # by its console
ANN = ['--identity', 'ann@harbour-school.example']
TTLS = """network={
 ssid="eduroam"
 key_mgmt=WPA-EAP
 eap=%s
 identity="ann@harbour-school.example"
 password="tide-table"
 phase2="auth=%s"
 private_key_passwd="Hafenschlüssel"
}
"""


class Secrets(ctl.Case):

    def run_journey(self, json, device='', password=ctl.PASSWORD, label=ctl.LABEL, more=(),
                    label_argument=False, **rest):
        args = [f'--simulate={self.scenario(device=device)}', '--virtual-time', '--verbose',
                *(['--json'] if json else []), *rest.get('global', ()),
                *self.setup_args(*more, password=password, label=label)]
        if label_argument:
            place = args.index('--label-file')
            args[place:place + 2] = ['--label', label]
        run = self.run_plain(*args, env=self.environment(**DEBUG))
        if '"connecting"' in run.out:
            self.assertIn('fl-setup-DEBUG', run.err, 'no debug output, so nothing is proven')
        return run

    def written_files(self):
        mine = {'scenario.ini', 'label.txt', 'password.txt', 'label.pgm', 'half.pgm',
                'key-password.txt', 'wrong.txt', 'bad.txt', 'long.txt', 'peap.conf', 'ttls.conf',
                'half.conf'}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                if folder != self.folder or name not in mine:
                    with open(os.path.join(folder, name), 'rb') as f:
                        yield os.path.join(folder, name), f.read()

    def test_nothing_written_holds_a_secret(self):
        for name, journey in JOURNEYS.items():
            for json in (True, False):
                with self.subTest(name, json=json):
                    run = self.run_journey(json, **journey)
                    self.assert_unwritten(run, name, {
                        ctl.SECRET, ctl.PASSWORD, journey.get('password', ctl.PASSWORD),
                        journey.get('label', ctl.LABEL).split()[1]})

    def assert_unwritten(self, run, name, secrets):
        written = [('standard output', run.out.encode()),
                   ('standard error', run.err.encode()), *self.written_files()]
        for place, text in written:
            for secret in secrets:
                for form in disguises(secret):
                    self.assertNotIn(form, text, f'{place}: {name}')

    def test_labels_in_pictures(self):
        """A photo of the label: read alone, broken off, on the way to a set-up; and held before a
        camera, with GStreamer telling all."""
        whole = pictures.draw(ctl.LABEL)
        photo, half = self.write('label.pgm', whole), self.write('half.pgm', whole[:len(whole) // 2])
        setup = [f'--simulate={self.scenario()}', '--virtual-time', 'setup', ctl.CODE, '--label-file',
                 photo, '--network', 'Home', '--password-file', self.password_file(ctl.PASSWORD)]
        commands = {
            'read': (['label', photo], ctl.SERIAL),
            'half': (['label', half], ''),
            'several': (['label', photo, half, photo], ctl.SERIAL),
            'set-up': (setup, 'nline'),
        }
        world = f'--simulate={self.scenario()}'
        commands |= {
            'stand-in camera': (['label', f'--camera={photo}', '--for', '60'], ctl.SERIAL),
            'simulated camera': ([world, 'label', '--camera', '--for', '60'], ctl.SERIAL),
            'camera goes on': ([world, 'label', '--camera', '--all', '--for', '5'], ctl.SERIAL),
        }
        for name, (args, expected) in commands.items():
            for json in (True, False):
                with self.subTest(name, json=json):
                    run = self.run_plain('--verbose', *(['--json'] if json else []), *args,
                                         env=self.environment(**DEBUG))
                    self.assertIn(expected, run.out, run)
                    if 'camera' in name:
                        self.assertIn('gst', run.err.lower(), 'GStreamer said nothing')
                    self.assert_unwritten(run, name, {ctl.SECRET, ctl.PASSWORD})

    def campus(self, name):
        return os.path.join(CAMPUS, name)

    def key_lines(self):
        """Of both keys: what base 64 makes of them, which a disguise may hold."""
        for path in (self.campus('keeper-key.pem'), os.path.join(CERTIFICATES, 'client-key.pem')):
            with open(path, encoding='ascii') as f:
                yield from f.read().splitlines()[1:-1:4]

    def logins(self):
        """How each ends, too."""
        word = ['--key-password-file', self.write('key-password.txt', PASSPHRASE)]
        right = ['--password-file', self.password_file('tide-table')]
        wrong = ['--password-file', self.write('wrong.txt', 'tIde "täble" 7')]
        client = ['--client-cert', os.path.join(CERTIFICATES, 'client-utf8.p12')]
        pair = ['--client-cert', self.campus('keeper.pem')]
        key = ['--private-key', self.campus('keeper-key.pem')]
        locked = ['--private-key', os.path.join(CERTIFICATES, 'client-key-pbes2-utf8.pem')]
        bad = ['--key-password-file', self.write('bad.txt', PASSPHRASE + '?')]
        return {
            'peap': ([*ANN, *right], None),
            'peap, wrong password': ([*ANN, *wrong], ('E35', 'E52')),
            'peap, password too long': (
                [*ANN, '--password-file', self.write('long.txt', 'tide-table' * 7)], ('usage',)),
            'peap by a profile': (['--import', self.write('peap.conf', TTLS % (
                'PEAP', 'MSCHAPV2'))], None),
            'another method by a profile': (['--import', self.write('ttls.conf', TTLS % (
                'TTLS', 'PAP'))], ('E51',)),
            'half a profile': (['--import', self.write('half.conf', (TTLS % (
                'PEAP', 'MSCHAPV2'))[:-30])], ('E51', 'usage')),
            'tls': ([*pair, *key], None),
            'tls by a file with a password': ([*client, *word], ('E35', 'E52')),
            'the key of another': ([*pair, *locked, *word], ('E49',)),
            'wrong password of a file': ([*client, *bad], ('E50',)),
            'wrong password of a key': ([*pair, *locked, *bad], ('E50',)),
        }

    def test_logins(self):
        """By requests and by the console, from every kind of file."""
        for name, (args, expected) in self.logins().items():
            for device in (READING_ROOM, LIBRARY):
                for json in (True, False):
                    with self.subTest(name, device=device, json=json):
                        run = self.run_login(device, json, args)
                        if json:
                            self.assertIn(run.result['error'], expected or (None,), run)
                        self.assert_unwritten(run, name, {
                            'tide-table', 'tIde "täble" 7', PASSPHRASE, PASSPHRASE + '?',
                            *self.key_lines()})

    def run_login(self, device, json, args):
        return self.run_plain('--simulate=campus', '--virtual-time', '--verbose',
                              *(['--json'] if json else []), 'setup', device, '--network',
                              'eduroam', *args, env=self.environment(**DEBUG))

    def test_looking_at_certificates(self):
        word = ['--key-password-file', self.write('key-password.txt', PASSPHRASE)]
        files = [os.path.join(CERTIFICATES, 'client-utf8.p12'), self.campus('keeper-key.pem'),
                 os.path.join(CERTIFICATES, 'client-key-pbes2-utf8.pem'),
                 os.path.join(PROFILES, 'account.eap-config'), self.write('ttls.conf', TTLS % (
                     'PEAP', 'MSCHAPV2'))]
        for file in files:
            for json in (True, False):
                run = self.run_plain('--verbose', *(['--json'] if json else []), 'certificate',
                                     'check', file, *word, env=self.environment(**DEBUG))
                self.assertTrue(run.out, run)
                self.assert_unwritten(run, file, {'tide-table', PASSPHRASE, *self.key_lines()})

    def test_the_text_is_shown_when_asked_for(self):
        """So that the test above could fail."""
        photo = self.write('label.pgm', pictures.draw(ctl.LABEL))
        self.assertIn(ctl.SECRET, self.run_plain('label', '--show-secret', photo).out)

    def test_the_search_finds_what_it_should(self):
        forms = list(disguises(ctl.SECRET))
        for text in (base64.b64encode(b'x' + ctl.SECRET.encode() + b'yz'),
                     base64.urlsafe_b64encode(b'xy' + ctl.SECRET.encode()),
                     b'"' + ctl.SECRET.encode().hex().encode() + b'"'):
            self.assertTrue(any(form in text for form in forms), text)

    def test_world_is_the_only_place(self):
        run = self.simulate(self.scenario(), 'world')
        self.assertIn(ctl.SECRET, run.out)
        self.assertIn(ctl.PASSWORD, run.out)


if __name__ == '__main__':
    unittest.main()

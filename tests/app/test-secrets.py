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
        mine = {'scenario.ini', 'label.txt', 'password.txt', 'label.pgm', 'half.pgm'}
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

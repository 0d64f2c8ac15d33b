#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl setup, when all goes well."""
import os
import pty
import subprocess
import unittest

import ctl

STAGES = ['finding', 'connecting', 'securing', 'reading', 'choosing', 'sending', 'joining',
          'addressing', 'reaching', 'online']


class Setup(ctl.Case):

    def test_events_of_a_whole_set_up(self):
        run = self.json(self.scenario(), *self.setup_args())
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.stages, STAGES, run)
        self.assertEqual(run.result['stage'], 'online')
        self.assertEqual(run.result['proof'], ['stored', 'joined', 'address', 'cloud'])
        self.assertEqual(list(run.result['timings_ms']), STAGES)
        self.assertGreater(run.result['timings_ms']['joining'], 0)
        label, = run.named('label')
        self.assertEqual((label['serial'], label['setup_code'], label['has_secret']),
                         (ctl.SERIAL, ctl.CODE, True))
        found, = run.named('found')
        self.assertEqual(found['setup_code'], ctl.CODE)
        self.assertEqual(found['roads'][0]['road'], 'bluetooth')
        names = {event['name']: event for event in run.named('network')}
        self.assertEqual(set(names), {'Home', 'Guests'})
        self.assertEqual(names['Home']['security'], 'wpa2')
        self.assertEqual(bytes.fromhex(names['Home']['ssid_hex']), b'Home')
        lights = run.named('light')
        self.assertEqual(lights[0]['light'], 'listening')
        self.assertEqual((lights[-1]['light'], lights[-1]['pattern']),
                         ('cloud-connected', 'breathe'))

    def test_words_for_people_in_a_pipe(self):
        run = self.simulate(self.scenario(), *self.setup_args())
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.err, '', run)
        self.assertNotIn('\r', run.out)
        self.assertNotIn('\033', run.out)
        self.assertNotIn('{', run.out)
        for words in ('Joining “Home”…', 'Getting an address…', 'online in “Home”.', '▮▯'):
            self.assertIn(words, run.out)

    def test_live_line_on_a_terminal(self):
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [ctl.PROGRAM, f'--simulate={self.scenario()}', '--virtual-time', *self.setup_args()],
            stdin=subprocess.DEVNULL, stdout=follower, stderr=subprocess.PIPE,
            env=self.environment())
        os.close(follower)
        shown = b''
        try:
            while chunk := os.read(leader, 4096):
                shown += chunk
        except OSError:  # the other end is closed
            pass
        _, err = process.communicate(timeout=ctl.LIMIT_S)
        os.close(leader)
        self.assertEqual((process.returncode, err), (0, b''), shown)
        text = shown.decode()
        self.assertIn('… Joining “Home”', text)
        self.assertIn('\r\033[K', text)
        self.assertIn('✔ Joining “Home”', text)
        self.assertIn('online in “Home”.', text)

    def test_label_names_the_device(self):
        run = self.json(self.scenario(), 'setup', '--label-file', self.label_file(),
                        '--network', 'Home', '--password-file', self.password_file())
        self.assertEqual(run.status, 0, run)

    def test_label_typed_as_code_and_secret(self):
        run = self.json(self.scenario(), *self.setup_args(label=f'{ctl.CODE.lower()} {ctl.SECRET}'))
        self.assertEqual(run.status, 0, run)
        self.assertIsNone(run.named('label')[0]['serial'])

    def test_label_text_as_argument_warns(self):
        run = self.json(self.scenario(), 'setup', '--label', ctl.LABEL, '--network', 'Home',
                        '--password-file', self.password_file())
        self.assertEqual(run.status, 0, run)
        self.assertIn('--label-file', run.err)

    def test_password_from_standard_input(self):
        run = self.json(self.scenario(), 'setup', '--label-file', self.label_file(), '--network',
                        'Home', '--password-file', '-', stdin=ctl.PASSWORD.encode() + b'\n')
        self.assertEqual(run.status, 0, run)

    def test_label_from_standard_input(self):
        run = self.json(self.scenario(), 'setup', '--label-file', '-', '--network', 'Home',
                        '--password-file', self.password_file(), stdin=ctl.LABEL.encode())
        self.assertEqual(run.status, 0, run)

    def test_open_network(self):
        run = self.json(self.scenario(), *self.setup_args(network='Guests', password=None))
        self.assertEqual(run.status, 0, run)

    def test_global_options_after_the_command(self):
        run = self.run_plain(*self.setup_args('--json', f'--simulate={self.scenario()}',
                                              '--virtual-time'))
        self.check_json(run)
        self.assertEqual(run.status, 0, run)

    def test_no_wait_ends_when_joined(self):
        run = self.json(self.scenario(), *self.setup_args('--no-wait'))
        self.assertEqual(run.status, 0, run)
        self.assertIn('stored', run.result['proof'])
        self.assertNotIn('cloud', run.result['proof'])
        self.assertNotIn('online', run.stages)

    def test_save_only_stores_without_joining(self):
        run = self.json(self.scenario(device='firmware=6.2.0'),
                        *self.setup_args('--save-only', '--security', 'wpa2', network='Elsewhere'))
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.result['proof'], ['stored'])
        self.assertIn('saved', [note['id'] for note in run.named('note')])
        self.assertNotIn('joining', run.stages)

    def test_hidden_network(self):
        hidden = ('[Network attic]\nssid=Attic\nsecurity=wpa2\npassword=under the roof\n'
                  'channel=1\nrssi=-55\nhidden=yes\n')
        run = self.json(self.scenario(device='firmware=6.2.0', more=hidden),
                        *self.setup_args('--hidden', network='Attic', password='under the roof'))
        self.assertEqual(run.status, 0, run)

    def test_exact_bytes_of_name_and_password(self):
        name, password = ' Café "☕"\\ ', ' spaces at both ends '
        ssid = ''.join(f'\\x{byte:02x}' for byte in name.encode())
        more = (f'[Network odd]\nssid={ssid}\nsecurity=wpa2\n'
                f'password=\\s{password.strip()}\\s\nchannel=3\nrssi=-55\n')
        run = self.json(self.scenario(more=more),
                        *self.setup_args(network=name, password=password + '\n'))
        self.assertEqual(run.status, 0, run)
        self.assertEqual([note['id'] for note in run.named('note')][:2],
                         ['password-starts-with-space', 'password-ends-with-space'])

    def test_every_platform(self):
        for platform, serial in (('argon', 'ARNKAB245AB12CD'), ('photon2', 'P051AB245AB12CD'),
                                 ('m-som', 'P054AB245AB12CD')):
            with self.subTest(platform):
                run = self.json(self.scenario(platform=platform, serial=serial),
                                *self.setup_args(label=f'{serial} {ctl.SECRET}'))
                self.assertEqual(run.status, 0, run)

    def test_the_same_seed_gives_the_same_times(self):
        first, second = (self.json(self.scenario(), '--seed', '3', *self.setup_args())
                         for _ in range(2))
        self.assertEqual(first.result['timings_ms'], second.result['timings_ms'])


if __name__ == '__main__':
    unittest.main()

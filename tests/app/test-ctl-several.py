#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl with several devices in one call: each goes its way, and none waits for another
longer than it must."""
import json
import os
import pty
import re
import signal
import subprocess
import unittest

import ctl

CODES = [ctl.CODE, 'EF34GH', 'XY98ZW', 'MM11NN', 'PP11QQ']
SECRETS = [ctl.SECRET, 'B' * 15, 'C' * 15, 'D' * 15, 'E' * 15]
LABELS = [f'P046AB245{code} {secret}' for code, secret in zip(CODES, SECRETS)]


class Several(ctl.Case):

    def room(self, **lines):
        """Five devices; lines by name: 'two', 'three'…"""
        more = ''.join(f'[Device {name}]\nserial=P046AB245{code}\nsecret={secret}\n'
                       f'{lines.get(name, "")}\n'
                       for name, code, secret in zip(('two', 'three', 'four', 'five'), CODES[1:],
                                                     SECRETS[1:]))
        return self.scenario(more=more, device=lines.get('one', ''))

    def labels(self, *labels):
        return ['--label-file', self.label_file('\n'.join(labels or LABELS) + '\n')]

    def setup_words(self, *codes, labels=()):
        return ['setup', *codes, *self.labels(*labels), '--network', 'Home', '--password-file',
                self.password_file()]

    def ends(self, run):
        return {device['device']: device['error'] for device in run.result['devices']}


class Commands(Several):

    def test_each_command_tells_of_each_device(self):
        for words, event in ((['info'], 'info'), (['networks'], 'network'), (['known'], 'network'),
                             (['light'], 'light'), (['identify'], 'note'), (['reset'], 'note')):
            with self.subTest(words):
                run = self.json(self.room(one='known=home', two='known=home'), *words, *CODES[:2],
                                *self.labels())
                self.assertEqual(run.status, 0, run)
                for code in CODES[:2]:
                    self.assertTrue(run.named(event, code), run)

    def test_lights_are_followed_until_the_time_limit(self):
        run = self.json(self.room(), '--timeout', '30', 'light', *CODES[:2], '--follow',
                        *self.labels())
        self.assertEqual(run.status, 0, run)
        self.assertGreaterEqual(run.result['at_ms'], 30000)

    def test_listen(self):
        run = self.json(self.room(), 'listen', *CODES[:2], 'off', *self.labels())
        self.assertEqual(run.status, 0, run)
        self.assertEqual([note['id'] for note in run.named('note')], ['not-listening'] * 2)

    def test_lines_begin_with_the_device_as_it_was_named(self):
        names = ['ab12cd', 'P046AB245EF34GH']
        run = self.simulate(self.room(), 'info', *names, *self.labels())
        self.assertEqual(run.status, 0, run)
        for line in run.out.splitlines():
            self.assertIn(line.split(': ')[0], names, run)
        self.assertIn('P046AB245EF34GH: Serial number: P046AB245EF34GH\n', run.out)

    def test_one_of_them_by_its_address(self):
        path = self.room()
        found = {event['setup_code']: event for event in self.json(path, 'find').named('found')}
        address = found['EF34GH']['roads'][0]['address']
        run = self.json(path, 'info', ctl.CODE, address, *self.labels())
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.named('info', address)[0]['serial'], 'P046AB245EF34GH')

    def test_two_names_of_one_device(self):
        path = self.room()
        found = {event['setup_code']: event for event in self.json(path, 'find').named('found')}
        address = found[ctl.CODE]['roads'][0]['address']
        run = self.json(path, 'info', ctl.CODE, address, *self.labels())
        self.assertEqual(run.status, 2, run)
        self.assertIn('the same device', run.named('error')[0]['detail'])
        self.assertEqual(len(run.named('info')), 1, run)

    def test_labels_alone_name_their_devices(self):
        run = self.json(self.room(), 'info', *self.labels(*LABELS[:3]))
        self.assertEqual(run.status, 0, run)
        self.assertEqual(list(self.ends(run)), CODES[:3])

    def test_one_device_takes_its_label_out_of_many(self):
        run = self.json(self.room(), 'info', 'XY98ZW', *self.labels())
        self.assertEqual(run.status, 0, run)
        self.assertNotIn('devices', run.result)
        self.assertNotIn('device', run.named('info')[0])
        self.assertEqual(run.named('label')[0]['setup_code'], 'XY98ZW')


class Setup(Several):

    def test_all_of_them(self):
        run = self.json(self.room(), *self.setup_words(*CODES))
        self.assertEqual(run.status, 0, run)
        for device in run.result['devices']:
            self.assertEqual(device['proof'], ['stored', 'joined', 'address', 'cloud'])
            self.assertIn('joining', device['timings_ms'])
            self.assertEqual(device['stage'], 'online')

    def test_one_that_misbehaves_stops_no_other(self):
        for fault, error in (('wrong-secret', 'E22'), ('connect-fails=99', 'E21'),
                             ('silent-at=join', 'E39'), ('drop-link-at=0', None)):
            with self.subTest(fault):
                run = self.json(self.room(three=f'faults={fault}'), *self.setup_words(*CODES))
                ends = self.ends(run)
                bad = ends.pop('XY98ZW')
                self.assertEqual(set(ends.values()), {None}, run)
                self.assertTrue(bad)
                self.assertEqual(bad, error or bad)

    def test_the_first_failed_one_gives_the_exit_status(self):
        path = self.room(two='faults=no-address', four='faults=wrong-secret')
        run = self.json(path, *self.setup_words('MM11NN', ctl.CODE, 'EF34GH'))
        self.assertEqual((run.status, run.result['error']), (32, 'E22'), run)
        run = self.json(path, *self.setup_words('EF34GH', 'MM11NN', ctl.CODE))
        self.assertEqual((run.status, run.result['error']), (50, 'E40'), run)
        plain = self.simulate(path, *self.setup_words('EF34GH', 'MM11NN', ctl.CODE))
        self.assertEqual(plain.status, 50, plain)
        self.assertIn('EF34GH: The Network Gave No Address (E40)\n', plain.err)
        self.assertIn('EF34GH: The device is in the new network and keeps it.\n', plain.err)
        self.assertIn('MM11NN: The Code Does Not Match This Device (E22)\n', plain.err)
        self.assertIn(f'{ctl.CODE}: The device is online in “Home”.\n', plain.out)

    def test_one_without_a_label(self):
        run = self.json(self.room(), *self.setup_words(*CODES[:3], labels=LABELS[:2]))
        self.assertEqual(self.ends(run), {ctl.CODE: None, 'EF34GH': None, 'XY98ZW': 'usage'})

    def test_one_that_is_not_there(self):
        run = self.json(self.room(), *self.setup_words(ctl.CODE, 'ZZ99ZZ'))
        self.assertEqual(self.ends(run), {ctl.CODE: None, 'ZZ99ZZ': 'E19'})

    def test_no_more_sessions_than_an_adapter_holds_well(self):
        run = self.json(self.room(), *self.setup_words(*CODES))
        open_now, most = set(), 0
        for event in run.named('stage'):
            if event['stage'] == 'securing':
                open_now.add(event['device'])
            elif event['stage'] == 'online':
                open_now.discard(event['device'])
            most = max(most, len(open_now))
        self.assertEqual(most, 3, run)

    def test_time_limit(self):
        run = self.json(self.room(two='faults=no-cloud', three='faults=silent-at=handshake-1'),
                        '--timeout', '18', *self.setup_words(*CODES[:3]))
        self.assertEqual(self.ends(run), {ctl.CODE: None, 'EF34GH': 'E44', 'XY98ZW': 'E23'}, run)

    def test_secrets_stay_secret(self):
        run = self.simulate(self.room(), '--verbose', *self.setup_words(*CODES),
                            env=self.environment(G_MESSAGES_DEBUG='all'))
        self.assertEqual(run.status, 0, run)
        for secret in (*SECRETS, ctl.PASSWORD):
            self.assertNotIn(secret, run.out + run.err)


class Signals(Several):

    def test_interrupt_ends_all_and_each_keeps_what_it_has(self):
        """In real time: one is on its way, one has the network and waits for its service."""
        path = self.room(one='faults=scan-slow=60s', two='faults=no-cloud')
        process = subprocess.Popen(
            [ctl.PROGRAM, f'--simulate={path}', '--json', *self.setup_words(*CODES[:2])],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment())
        lines = b''
        for line in process.stdout:
            lines += line
            event = json.loads(line)
            if event.get('stage') == 'reaching' and event['event'] == 'stage':
                process.send_signal(signal.SIGINT)
                break
        rest, err = process.communicate(timeout=ctl.LIMIT_S)
        process.stdout = lines + rest
        process.stderr = err
        run = ctl.Run([], process)
        self.check_json(run)
        self.assertEqual(run.status, 130, run)
        self.assertEqual(self.ends(run), {ctl.CODE: 'E56', 'EF34GH': 'E56'})
        first, second = run.result['devices']
        self.assertEqual((first['stage'], first['proof']), ('choosing', []), run)
        self.assertEqual(second['stage'], 'reaching', run)
        self.assertIn('stored', second['proof'])
        self.assertIn(f'{ctl.CODE}: Cancelled. The device keeps what it has.\n', run.err)
        self.assertIn('EF34GH: Cancelled. The device has the network and keeps it.\n', run.err)


    def test_interrupt_while_an_answer_is_awaited(self):
        more = f'[Device two]\nserial=P046AB245{CODES[1]}\nusb=yes\napp-request=slow\n'
        path = self.scenario(device='usb=yes\napp-request=slow', more=more)
        process = subprocess.Popen(
            [ctl.PROGRAM, f'--simulate={path}', '--json', 'request', ctl.CODE, CODES[1]],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment())
        lines, n_open = b'', 0
        while n_open < 2:
            lines += process.stdout.readline()
            n_open += b'"choosing"' in lines.splitlines()[-1]
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=25)  # the answer would take 30 s
        process.stdout = lines + rest
        process.stderr = err
        run = ctl.Run([], process)
        self.check_json(run)
        self.assertEqual(run.status, 130, run)


class Terminal(Several):

    def show(self, *args):
        """What a terminal of 24 lines would show at the end."""
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [ctl.PROGRAM, f'--simulate={self.room()}', '--virtual-time', *args],
            stdin=subprocess.DEVNULL, stdout=follower, stderr=subprocess.PIPE,
            env=self.environment())
        os.close(follower)
        shown = b''
        try:
            while chunk := os.read(leader, 4096):
                shown += chunk
        except OSError:  # the other end is closed
            pass
        os.close(leader)
        _, err = process.communicate(timeout=ctl.LIMIT_S)
        self.assertEqual(process.returncode, 0, err)
        lines, row = [''], 0
        for part in re.split(r'(\r\n|\n|\r|\x1b\[K|\x1b\[A)', shown.decode()):
            if part in ('\r\n', '\n'):
                row += 1
                lines += [''] if row == len(lines) else []
            elif part == '\x1b[A':
                self.assertGreater(row, 0, 'above the first line')
                row -= 1
            elif part == '\x1b[K':
                lines[row] = ''
            elif part not in ('', '\r'):
                lines[row] += part
        return shown.decode(), lines

    def test_one_line_for_each_device(self):
        shown, lines = self.show(*self.setup_words(*CODES[:3]))
        for code in CODES[:3]:
            self.assertIn(f'{code}: … Connecting', shown)
            self.assertIn(f'{code}: The device is online in “Home”.', lines)
        self.assertEqual([line for line in lines if '…' in line], [])  # nothing half done stays
        self.assertLess(len(lines), 12, lines)


if __name__ == '__main__':
    unittest.main()

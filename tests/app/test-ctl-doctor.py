#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl doctor: on computers made of a few files and a mock BlueZ."""
import os
import stat
import unittest

import ctl

RULE = '''SUBSYSTEM=="usb", ATTR{idVendor}=="2b04", TAG+="uaccess"
SUBSYSTEM=="tty", ATTRS{idVendor}=="2b04", ENV{ID_MM_DEVICE_IGNORE}="1"
'''
VERDICTS = {'good', 'doubtful', 'broken', 'unknown'}


class Doctor(ctl.BluezCase):

    def put(self, path, text=''):
        full = os.path.join(self.folder, 'root', path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'w', encoding='utf-8') as f:
            f.write(text)
        return full

    def computer(self, rule=RULE, product='c020'):
        """One with an adapter and a P2 on a cable."""
        self.put('sys/class/bluetooth/hci0/address', '\n')
        for name, text in (('idVendor', '2b04'), ('idProduct', product), ('product', 'P2'),
                           ('busnum', '1'), ('devnum', '7')):
            self.put(f'sys/bus/usb/devices/1-2/{name}', f'{text}\n')
        self.put('dev/bus/usb/001/007')
        if rule:
            self.put('etc/udev/rules.d/70-first-light.rules', rule)
        return os.path.join(self.folder, 'root')

    def doctor(self, root, *more, address=None, json=True, path=None):
        env = self.environment(DBUS_SYSTEM_BUS_ADDRESS=address or self.start_mock())
        if path:
            env['PATH'] = path
        run = self.run_plain(*(['--json'] if json else []), 'doctor', '--root', root, *more, env=env)
        if json:
            self.check_json(run)
            for note in run.named('note'):
                self.assertTrue(note['text'], run)
        return run

    def verdicts(self, run):
        return {note['id']: note['verdict'] for note in run.named('note') if 'verdict' in note}

    def test_a_computer_where_nothing_is_broken(self):
        run = self.doctor(self.computer())
        self.assertEqual(run.status, 0, run)
        verdicts = self.verdicts(run)
        self.assertLessEqual(set(verdicts.values()), VERDICTS - {'broken'})
        self.assertEqual(verdicts['usb-rule'], 'good')
        self.assertEqual(verdicts['bluetooth-adapter'], 'good')

    def test_words_for_people(self):
        run = self.doctor(self.computer(), json=False)
        self.assertEqual(run.status, 0, run)
        self.assertIn('✔ USB Rule: good\n', run.out)
        self.assertNotIn('✘', run.out)
        bad = self.doctor(os.path.join(self.folder, 'empty'), json=False)
        self.assertIn('✘ USB: broken\n', bad.out)

    def test_the_first_broken_finding_gives_the_exit_status(self):
        run = self.doctor(os.path.join(self.folder, 'empty'))
        self.assert_failure(run, 'E12')
        self.assertEqual(self.verdicts(run)['usb'], 'broken')
        self.doCleanups()
        self.setUp()
        run = self.doctor(self.computer(), address=self.start_mock('--off'))
        self.assert_failure(run, 'E02')

    def test_a_device_in_update_mode(self):
        run = self.doctor(self.computer(product='d020'))
        self.assert_failure(run, 'E27')

    def test_a_camera_is_no_condition(self):
        """It is told which there are; none, or one that is closed to us, keeps nobody from the rest."""
        root, address = self.computer(), self.start_mock()
        run = self.doctor(root, address=address)
        self.assertEqual(run.status, 0, run)
        none = [note for note in run.named('note') if note['id'] == 'camera']
        self.assertEqual([(note['verdict'], note['problem']) for note in none], [('unknown', 'E13')])
        self.put('sys/class/video4linux/video0/name', 'Webcam C270\n')
        self.put('sys/class/video4linux/video0/index', '0\n')
        run = self.doctor(root, address=address)
        self.assertEqual(run.status, 0, run)
        here = [note for note in run.named('note') if note['id'] == 'camera'][0]
        self.assertEqual((here['title'], here['problem']),
                         ('Webcam C270 (/dev/video0)', 'E14'))
        self.put('dev/video0')
        run = self.doctor(root, address=address, json=False)
        self.assertIn('✔ Webcam C270 (/dev/video0): good\n', run.out)

    def test_no_bus_at_all(self):
        """What cannot be looked at is not called broken."""
        run = self.doctor(self.computer(), address=f'unix:path={self.folder}/no-bus')
        self.assertEqual(run.status, 0, run)
        self.assertEqual(self.verdicts(run)['bluetooth-service'], 'unknown')

    def test_hostile_names_cannot_move_the_cursor(self):
        root = self.computer()
        self.put('sys/bus/usb/devices/1-2/product', '\x1b[2J\x07evil\n')
        run = self.doctor(root, json=False)
        self.assertNotIn('\x1b', run.out)
        self.assertNotIn('\x07', run.out)

    def pkexec(self, status):
        """A folder with a pkexec that ends like this."""
        folder = os.path.join(self.folder, 'bin')
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, 'pkexec')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(f'#!/bin/sh\nexit {status}\n')
        os.chmod(path, stat.S_IRWXU)
        return folder

    def test_add_rule(self):
        root = self.computer()
        run = self.doctor(root, '--add-rule', path=self.pkexec(0))
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.named('note')[0]['id'], 'rule-added')
        self.assertIn('usb-rule', self.verdicts(run))

    def test_add_rule_is_refused_or_dismissed(self):
        root, address = self.computer(), self.start_mock()
        for status, expected in ((127, 22), (1, 22), (126, 130)):
            with self.subTest(status):
                run = self.doctor(root, '--add-rule', address=address, path=self.pkexec(status))
                self.assertEqual(run.status, expected, run)
                self.assertIn('sudo', run.err)
                self.assertEqual(self.verdicts(run), {})

    def test_add_rule_without_pkexec(self):
        run = self.doctor(self.computer(), '--add-rule', path='/nonexistent')
        self.assert_failure(run, 'E12')


if __name__ == '__main__':
    unittest.main()

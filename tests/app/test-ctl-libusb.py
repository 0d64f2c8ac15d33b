#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl without --simulate: through the real libusb to simulated devices behind a mock of
USB, in real time. There is no Bluetooth here."""
import os
import subprocess
import unittest

import ctl

QUICK = ('scan-time=300ms\njoin-time=500ms\nassociate-time=300ms\naddress-time=300ms\n'
         'cloud-time=500ms\n')
CABLE = QUICK + 'usb=yes\nlocation=1-2\nbluetooth=no\n'
HUB = '''
[Device d{number}]
platform=p2
serial=P046AB245AB1{number}CD
secret=Q7XK2MRW9TZ4HVB
usb=yes
location=1-4.{number}
bluetooth=no
'''


class Usb(ctl.Case):

    def run_usb(self, *args, device=CABLE, more='', **env):
        """On a computer with the device on a cable, and MORE of them. ENV is the program's own."""
        scenario = self.scenario(device=device, more=more)
        settings = [f'{name}={value}' for name, value in env.items()]
        run = self.run_plain('--json', *args,
                             before=[os.environ['MOCK_USB'], scenario, 'env', *settings],
                             env=self.no_bluetooth())
        self.check_json(run)
        return run

    def no_bluetooth(self):
        return self.environment(LD_PRELOAD=os.environ['USB_PRELOAD'],
                                DBUS_SYSTEM_BUS_ADDRESS=f'unix:path={self.folder}/none')

    def test_find(self):
        run = self.run_usb('find', '--for', '1')
        self.assertEqual(run.status, 0, run)
        found = run.named('found')[0]
        self.assertEqual(found['roads'][0]['road'], 'usb', run)
        self.assertEqual(found['roads'][0]['address'], '1-2', run)

    def test_nothing_on_the_cable(self):
        self.assert_failure(self.run_usb('find', '--for', '1', device='bluetooth=no\n'), 'E04')

    def test_info(self):
        run = self.run_usb('info', ctl.CODE)
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.named('info')[0]['serial'], ctl.SERIAL, run)

    def test_whole_set_up(self):
        run = self.run_usb(*self.setup_args())
        self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)
        self.assertEqual(run.result['proof'], ['stored', 'joined', 'address', 'cloud'])

    def test_wrong_password(self):
        run = self.run_usb(*self.setup_args(password='not the password'))
        self.assertIn(run.result['error'], ('E34', 'E35'), run)

    def test_nothing_secret_in_any_log(self):
        run = self.run_usb('--verbose', *self.setup_args(), G_MESSAGES_DEBUG='all',
                           LIBUSB_DEBUG='4')
        self.assertEqual(run.status, 0, run)
        self.assertIn('libusb_submit_transfer', run.err)
        for secret in (ctl.SECRET, ctl.PASSWORD):
            self.assertNotIn(secret, run.out + run.err)
            self.assertNotIn(secret.encode().hex(), (run.out + run.err).lower())

    def test_access_refused(self):
        run = self.run_usb(*self.setup_args(), device=CABLE + 'faults=usb-refused\n')
        self.assert_failure(run, 'E08')

    def test_unplugged_and_plugged_in_again(self):
        run = self.run_usb(*self.setup_args(), device=CABLE +
                           'faults=usb-unplug-at=400ms; usb-replug-after=500ms\n')
        self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)
        lost = [n for n in run.named('note') if n['id'] in ('retry', 'searching-again')]
        self.assertEqual(len(lost), 1, run)

    def test_unplugged_for_good(self):
        run = self.run_usb(*self.setup_args(), device=CABLE + 'faults=usb-unplug-at=400ms\n')
        self.assert_failure(run, 'E24')

    def test_eight_on_a_hub(self):
        run = self.run_usb('find', '--for', '2', device='bluetooth=no\n', more=''.join(
            HUB.format(number=number) for number in range(1, 9)))
        self.assertEqual(run.status, 0, run)
        addresses = {road['address'] for event in run.named('found') for road in event['roads']}
        self.assertEqual(addresses, {f'1-4.{number}' for number in range(1, 9)}, run)

    def test_stopped_by_a_signal(self):
        process = subprocess.Popen(
            [os.environ['MOCK_USB'], self.scenario(device=CABLE), ctl.PROGRAM, '--json', 'find',
             '--for', '60'], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.no_bluetooth())
        self.assertIn(b'found', process.stdout.readline())
        process.terminate()
        out, err = process.communicate(timeout=ctl.LIMIT_S)
        self.assertIn(b'"result"', out)
        self.assertNotIn(b'Sanitizer', err)


if __name__ == '__main__':
    unittest.main()

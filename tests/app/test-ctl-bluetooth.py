#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl without --simulate: through D-Bus to a mock BlueZ that serves the simulated device,
in real time."""
import unittest

import ctl


class Bluetooth(ctl.BluezCase):

    def run_on(self, address, *args, **more):
        run = self.run_plain('--json', *args, env=self.environment(
            DBUS_SYSTEM_BUS_ADDRESS=address, **more))
        self.check_json(run)
        return run

    def test_whole_set_up(self):
        address = self.start_mock()
        run = self.run_on(address, *self.setup_args())
        self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)
        self.assertEqual(run.result['proof'], ['stored', 'joined', 'address', 'cloud'])

    def test_two_devices_at_once(self):
        """BlueZ connects one after the other; the rest goes on side by side."""
        second = (f'[Device two]\nserial=P046AB245CD98EF\nsecret={"B" * 15}\n' + ctl.QUICK)
        address = self.start_mock(more=second)
        labels = self.label_file(f'{ctl.LABEL}\nP046AB245CD98EF {"B" * 15}\n')
        run = self.run_on(address, 'setup', ctl.CODE, 'CD98EF', '--label-file', labels, '--network',
                          'Home', '--password-file', self.password_file())
        self.assertEqual(run.status, 0, run)
        for device in run.result['devices']:
            self.assertEqual(device['proof'], ['stored', 'joined', 'address', 'cloud'])

    def test_nothing_secret_on_the_bus_log(self):
        address = self.start_mock()
        run = self.run_on(address, '--verbose', *self.setup_args(), G_MESSAGES_DEBUG='all')
        self.assertEqual(run.status, 0, run)
        for secret in (ctl.SECRET, ctl.PASSWORD):
            self.assertNotIn(secret, run.out + run.err)
            self.assertNotIn(secret.encode().hex(), (run.out + run.err).lower())

    def test_wrong_code(self):
        address = self.start_mock()
        run = self.run_on(address, *self.setup_args(label=f'{ctl.SERIAL} AAAAAAAAAAAAAAA'))
        self.assert_failure(run, 'E22', 'securing')

    def test_states_of_the_adapter(self):
        for options, identifier in ((['--no-adapter'], 'E01'), (['--off'], 'E02'),
                                    (['--blocked'], 'E03')):
            with self.subTest(identifier):
                address = self.start_mock(*options)
                self.assert_failure(self.run_on(address, 'find', '--for', '3'), identifier)
                self.assert_failure(self.run_on(address, *self.setup_args()), identifier,
                                    'finding')
                self.doCleanups()
                self.setUp()

    def test_busy_at_first(self):
        """As when bluetoothd has just started: it is tried again."""
        run = self.run_on(self.start_mock('--busy', '3'), *self.setup_args())
        self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)

    def test_no_service(self):
        self.assert_failure(self.run_on(self.start_bus(), 'find', '--for', '1'), 'E04')


if __name__ == '__main__':
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl without --simulate: through D-Bus to a mock BlueZ that serves the simulated device,
in real time."""
import os
import subprocess
import unittest

import ctl

BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
'''
QUICK = ('handshake-time=100ms\nscan-time=300ms\njoin-time=500ms\nassociate-time=300ms\n'
         'address-time=300ms\ncloud-time=500ms\n')


class Bluetooth(ctl.Case):

    def start_bus(self):
        path = os.path.join(self.folder, 'bus')
        config = self.write('bus.conf', BUS.format(path=path))
        daemon = subprocess.Popen(
            ['dbus-daemon', '--config-file', config, '--nofork', '--print-address=1'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, daemon)
        daemon.stdout.readline()
        return f'unix:path={path}'

    def start_mock(self, *options, device=QUICK):
        address = self.start_bus()
        mock = subprocess.Popen(
            [os.environ['MOCK_BLUEZ'], '--scenario', self.scenario(device=device), *options],
            stdout=subprocess.PIPE, env=self.environment(DBUS_SYSTEM_BUS_ADDRESS=address))
        self.addCleanup(self.end, mock)
        self.assertEqual(mock.stdout.readline(), b'ready\n')
        return address

    @staticmethod
    def end(process):
        process.terminate()
        process.stdout.close()
        process.wait(ctl.LIMIT_S)

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

    def test_no_service(self):
        self.assert_failure(self.run_on(self.start_bus(), 'find', '--for', '1'), 'E04')


if __name__ == '__main__':
    unittest.main()

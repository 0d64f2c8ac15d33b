#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlight-sim bluetooth where it cannot work, and says why. Where it can is for the hardware
lab."""
import os
import subprocess
import unittest

import ctl

PROGRAM = os.environ['FIRSTLIGHT_SIM']


class Bluetooth(ctl.BluezCase):

    def refused(self, bus, *words):
        run = subprocess.run([PROGRAM, 'bluetooth', *words, 'P2'], stdin=subprocess.DEVNULL,
                             capture_output=True, text=True, timeout=ctl.LIMIT_S,
                             env=self.environment(DBUS_SYSTEM_BUS_ADDRESS=bus))
        self.assertEqual(run.returncode, 1, run)
        return run.stderr

    def test_no_bus(self):
        self.assertIn('There is no system bus', self.refused('unix:path=/nonexistent'))

    def test_no_service(self):
        self.assertIn('BlueZ (bluetoothd) does not run', self.refused(self.start_bus()))

    def test_other_adapter(self):
        self.assertIn('“hci7”', self.refused(self.start_mock(), '--adapter', 'hci7'))

    def test_off(self):
        self.assertIn('is off', self.refused(self.start_mock('--off')))

    def test_no_peripheral(self):
        """The mock has no manager of adverts."""
        self.assertIn('cannot be a peripheral', self.refused(self.start_mock()))

    def test_no_bluetooth(self):
        run = subprocess.run([PROGRAM, '--scenario', 'campus', 'bluetooth', 'Library'],
                             stdin=subprocess.DEVNULL, capture_output=True, text=True,
                             timeout=ctl.LIMIT_S, env=self.environment())
        self.assertEqual(run.returncode, 2, run)
        self.assertIn('has no Bluetooth', run.stderr)


if __name__ == '__main__':
    unittest.main()

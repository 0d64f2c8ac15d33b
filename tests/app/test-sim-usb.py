# SPDX-License-Identifier: Apache-2.0
"""What firstlight-sim says where devices on USB cannot be; what they do there is for the lab."""
import os
import subprocess
import unittest

import ctl

PROGRAM = os.environ['FIRSTLIGHT_SIM']
VHCI = '/sys/devices/platform/vhci_hcd.0'
CONTROLLERS = '/sys/class/udc'


class Usb(ctl.Case):

    def run_sim(self, *words):
        run = subprocess.run([PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True,
                             text=True, timeout=ctl.LIMIT_S, env=self.environment())
        self.assertEqual(run.stdout, '', run)
        return run

    def test_no_module(self):
        if os.path.exists(VHCI):
            self.skipTest('this kernel has loaded it')
        run = self.run_sim('usb', '--scenario', 'campus', 'Library')
        self.assertEqual(run.returncode, 1, run)
        self.assertIn('modprobe vhci-hcd', run.stderr)

    def test_no_controller(self):
        if os.path.isdir(CONTROLLERS) and os.listdir(CONTROLLERS):
            self.skipTest('this computer has one')
        run = self.run_sim('gadget', '--scenario', 'campus', 'Library')
        self.assertEqual(run.returncode, 1, run)
        self.assertIn('modprobe dummy_hcd', run.stderr)

    def test_a_controller_that_is_not_there(self):
        run = self.run_sim('gadget', '--udc', 'no.such', '--scenario', 'campus', 'Library')
        self.assertEqual(run.returncode, 1, run)
        self.assertIn('no.such', run.stderr)

    def test_one_controller_is_for_one_device(self):
        run = self.run_sim('gadget', '--udc', 'x', '--scenario', 'campus', 'Library', 'Attic')
        self.assertEqual(run.returncode, 2, run)

    def test_no_cable(self):
        for road in ('usb', 'gadget'):
            with self.subTest(road):
                run = self.run_sim(road, '--scenario', 'classroom', 'Desk')
                self.assertEqual(run.returncode, 2, run)


if __name__ == '__main__':
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Serial ports: --serial PORT, find --road serial, and one row for a device with both cables."""
import os
import pty
import unittest

import ctl

NOBODY = 'usb=no\nbluetooth=no\n'
PHOTON = ('firmware=2.3.1\ndevice-id=e00fce68f2a1c0ffee012345\nusb=yes\nlocation=1-2\n'
          'bluetooth=no\n')


class Port(ctl.Case):
    def setUp(self):
        super().setUp()
        self.master, slave = pty.openpty()
        self.path = os.ttyname(slave)
        os.close(slave)
        self.addCleanup(os.close, self.master)

    def roads(self, run):
        return [road for event in run.events if event['event'] == 'found'
                for road in event['roads']]

    def test_named_port_is_found(self):
        run = self.json(self.scenario(NOBODY), '--serial', self.path, 'find', '--for', '1')
        self.assertEqual(run.status, 0, run)
        self.assertEqual([(road['road'], road['address']) for road in self.roads(run)],
                         [('serial', self.path)], run)

    def test_named_link_is_found(self):
        link = os.path.join(self.folder, 'photon')
        os.symlink(self.path, link)
        run = self.json(self.scenario(NOBODY), '--serial', link, 'find', '--road', 'serial',
                        '--for', '1')
        self.assertEqual([road['address'] for road in self.roads(run)], [self.path], run)

    def test_option_stands_after_the_command_too(self):
        run = self.json(self.scenario(NOBODY), 'find', '--for', '1', '--serial', self.path)
        self.assertEqual(len(self.roads(run)), 1, run)

    def test_port_that_is_not_there(self):
        run = self.json(self.scenario(NOBODY), '--serial', '/nowhere/ttyACM0', 'find', '--for', '1')
        self.assertEqual(self.roads(run), [], run)

    def test_file_is_no_port(self):
        path = self.write('file', 'text')
        run = self.json(self.scenario(NOBODY), '--serial', path, 'find', '--for', '1')
        self.assertEqual(self.roads(run), [], run)

    def test_one_row_with_usb_and_serial(self):
        run = self.json(self.scenario(PHOTON, platform='photon', serial='PHHMAB245AB12CD'),
                        'find', '--for', '5')
        found = [event for event in run.events if event['event'] == 'found']
        self.assertEqual(len(found), 1, run)
        self.assertEqual({road['road'] for event in run.events if 'roads' in event
                          for road in event['roads']}, {'usb', 'serial'}, run)


if __name__ == '__main__':
    unittest.main()

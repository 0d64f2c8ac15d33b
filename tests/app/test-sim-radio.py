# SPDX-License-Identifier: Apache-2.0
"""firstlight-sim radio: a controller of the device's own on a virtual radio."""
import json
import os
import socket
import subprocess
import unittest

import ctl

PROGRAM = os.environ['FIRSTLIGHT_SIM']
RESET = bytes((1, 3, 12, 0))  # HCI_Reset as a host sends it


class Radio(ctl.Case):

    def start(self, *words):
        server = subprocess.Popen([PROGRAM, 'radio', '--json', *words], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(server.communicate)
        self.addCleanup(server.terminate)
        return server

    def listen(self):
        path = os.path.join(self.folder, 'radio')
        radio = socket.socket(socket.AF_UNIX)
        self.addCleanup(radio.close)
        radio.bind(path)
        radio.listen()
        radio.settimeout(60)
        return radio, path

    def accept(self, radio):
        """Another controller on the radio, which its host begins to set up."""
        device, _ = radio.accept()
        self.addCleanup(device.close)
        device.settimeout(60)
        self.assertEqual(device.recv(100), RESET)
        return device

    def test_several_devices(self):
        radio, path = self.listen()
        server = self.start('--socket', path, 'P2', 'Photon 2')
        self.accept(radio)
        self.accept(radio)
        places = [json.loads(server.stdout.readline())['places']['radio'] for _ in range(2)]
        self.assertEqual([place[:8] for place in places], ['C0:4E:30'] * 2)
        self.assertEqual(len(set(places)), 2)

    def test_power(self):
        radio, path = self.listen()
        server = self.start('--socket', path, 'P2')
        device = self.accept(radio)
        self.assertTrue(json.loads(server.stdout.readline())['places']['radio'])
        server.stdin.write('P2 power-off\n')
        server.stdin.flush()
        self.assertEqual(device.recv(100), b'')
        while json.loads(server.stdout.readline())['places']['radio']:
            pass
        server.stdin.write('P2 power-on\n')
        server.stdin.flush()
        self.accept(radio)

    def test_radio_goes(self):
        radio, path = self.listen()
        server = self.start('--socket', path, 'P2')
        self.accept(radio).close()
        out, err = server.communicate(timeout=60)
        self.assertEqual((server.returncode, err.count('\n')), (1, 1), out + err)

    def test_no_radio(self):
        path = os.path.join(self.folder, 'none')
        out, err = self.start('--socket', path, 'P2').communicate(timeout=60)
        self.assertIn(path, err)
        self.assertEqual(out, '')

    def test_no_bluetooth(self):
        server = self.start('--scenario', 'campus', 'Library')
        out, err = server.communicate(timeout=60)
        self.assertEqual(server.returncode, 2, out + err)


if __name__ == '__main__':
    unittest.main()

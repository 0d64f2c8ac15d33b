# SPDX-License-Identifier: Apache-2.0
"""Logins over a real pseudo-terminal: firstlightctl on one end, firstlight-sim on the other."""
import json
import os
import subprocess
import unittest

import ctl

PROGRAM = os.environ['FIRSTLIGHT_SIM']
CAMPUS = os.path.join(os.environ['FL_SOURCE_ROOT'], 'data', 'scenarios', 'campus')
NOBODY = 'usb=no\nbluetooth=no\n'
REALM = '@harbour-school.example'


class Login(ctl.Case):

    def set_up(self, device, *words):
        """Sets the device up; returns the run, and what the device said of itself at last."""
        link = os.path.join(self.folder, 'port')
        server = subprocess.Popen([PROGRAM, 'serial', '--json', '--scenario', 'campus', '--link',
                                   link, device], stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        try:
            self.assertEqual(json.loads(server.stdout.readline())['state'], 'listening')
            run = self.run_plain('--simulate=' + self.scenario(NOBODY), '--json', '--serial', link,
                                 'setup', '--no-wait', *words)
        finally:
            server.terminate()
            lines = server.stdout.read().splitlines()
            self.assertEqual(server.wait(), 0)
        self.assertTrue(lines, run)
        return run, json.loads(lines[-1])

    def file(self, name):
        return os.path.join(CAMPUS, name)

    def secret(self, text):
        path = os.path.join(self.folder, 'password')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def test_peap(self):
        run, state = self.set_up('Library', '--network', 'eduroam', '--eap', 'peap', '--identity',
                                 'ann' + REALM, '--password-file', self.secret('tide-table'),
                                 '--ca', self.file('ca.pem'))
        self.assertEqual(run.status, 0, run)
        self.assertEqual([known['name'] for known in state['known']], ['eduroam'], run)
        self.assertEqual((state['known'][0]['identity'], state['known'][0]['ca']),
                         ('ann' + REALM, True))
        self.assertNotIn('tide-table', run.out + run.err)

    def test_tls(self):
        run, state = self.set_up('Laboratory', '--network', 'eduroam', '--eap', 'tls', '--ca',
                                 self.file('ca.pem'), '--client-cert', self.file('keeper.pem'),
                                 '--private-key', self.file('keeper-key.pem'))
        self.assertEqual(run.status, 0, run)
        self.assertEqual((state['known'][0]['eap'], state['known'][0]['private_key']),
                         ('tls', True), run)


if __name__ == '__main__':
    unittest.main()

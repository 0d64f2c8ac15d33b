# SPDX-License-Identifier: Apache-2.0
"""What firstlight-sim takes on its command line, and on its standard input."""
import json
import os
import subprocess
import unittest

import ctl

PROGRAM = os.environ['FIRSTLIGHT_SIM']


class Orders(ctl.Case):

    def start(self, *words):
        path = self.scenario('usb=yes\nboot-time=300ms\n', platform='photon2')
        process = subprocess.Popen([PROGRAM, '--json', '--scenario', './' + os.path.basename(path), *words],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, bufsize=1, cwd=self.folder)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stdin.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        return process

    def wait(self, process, condition):
        for line in process.stdout:
            state = json.loads(line)
            if condition(state):
                return state
        raise AssertionError(process.stderr.read())

    def refused(self, *words):
        run = subprocess.run([PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True,
                             text=True, timeout=ctl.LIMIT_S)
        self.assertEqual((run.returncode, run.stdout), (2, ''), run)
        return run.stderr

    def test_power(self):
        process = self.start('serial', 'one')
        first = self.wait(process, lambda state: state['state'] == 'listening')
        self.assertTrue(os.path.exists(first['places']['serial']))
        process.stdin.write('one power-off\n')
        state = self.wait(process, lambda state: state['state'] == 'off')
        self.assertEqual((state['light'], state['places']['serial']), ('off', None))
        process.stdin.write('one power-on\n')
        self.wait(process, lambda state: state['places']['serial'] is not None)

    def test_cable(self):
        process = self.start('serial', 'one')
        process.stdin.write('one unplug\n')
        state = self.wait(process, lambda state: state['places']['serial'] is None)
        self.assertEqual(state['state'], 'listening')
        process.stdin.write(ctl.CODE + ' plug\n')
        self.wait(process, lambda state: state['places']['serial'] is not None)

    def test_not_understood(self):
        process = self.start('serial', 'one')
        for line in ('one explode', 'two unplug', 'unplug', 'one'):
            process.stdin.write(line + '\n')
            self.assertIn(f'“{line}”', process.stderr.readline())
        process.stdin.write('\n  one   power-off  \n')
        self.wait(process, lambda state: state['state'] == 'off')

    def test_end_of_orders(self):
        """Nobody gives orders any more; the device stays."""
        process = self.start('serial', 'one')
        self.wait(process, lambda state: True)
        process.stdin.close()
        self.assertRaises(subprocess.TimeoutExpired, process.wait, 1)
        process.terminate()
        self.assertEqual(process.wait(ctl.LIMIT_S), 0)

    def test_usage(self):
        self.assertIn('serial DEVICE', self.refused())
        self.assertIn('“tunnel”', self.refused('tunnel', 'one'))
        self.assertIn('“”', self.refused('serial+', 'one'))
        self.assertIn('“nobody”', self.refused('serial', 'nobody'))
        self.assertIn('--link', self.refused('--link', '/nowhere/x', 'serial', 'one', 'two'))


if __name__ == '__main__':
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl --ask: secrets typed on a terminal are used and not shown."""
import json
import os
import pty
import signal
import subprocess
import termios
import unittest

import ctl


class Prompt(ctl.Case):

    def ask(self, *answers, words=(), device=''):
        """Types each answer when its prompt is there. Returns status, terminal and output."""
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [ctl.PROGRAM, f'--simulate={self.scenario(device=device)}', '--virtual-time', '--json', 'setup',
             *words, '--network', 'Home', '--ask'],
            stdin=follower, stdout=subprocess.PIPE, stderr=follower, env=self.environment())
        os.close(follower)
        shown = b''
        try:
            for answer in answers:
                seen = len(shown)
                while b': ' not in shown[seen:]:
                    shown += os.read(leader, 4096)
                os.write(leader, answer)
            while chunk := os.read(leader, 4096):
                shown += chunk
        except OSError:  # the other end is closed
            pass
        out, _ = process.communicate(timeout=ctl.LIMIT_S)
        os.close(leader)
        return process.returncode, shown.decode(), out.decode()

    def test_label_and_password(self):
        status, shown, out = self.ask(ctl.LABEL.encode() + b'\n', ctl.PASSWORD.encode() + b'\n')
        self.assertEqual(status, 0, shown + out)
        self.assertNotIn(ctl.SECRET, shown + out)
        self.assertNotIn(ctl.PASSWORD, shown + out)

    def test_mistakes_can_be_mended(self):
        typed = ctl.PASSWORD.encode() + 'é'.encode() + b'\x7f\n'
        status, shown, out = self.ask(b'rubbish\x15' + ctl.LABEL.encode() + b'\r', typed)
        self.assertEqual(status, 0, shown + out)

    def test_signals_give_the_echo_back(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
            with self.subTest(number):
                leader, follower = pty.openpty()
                self.addCleanup(os.close, leader)
                self.addCleanup(os.close, follower)
                before = termios.tcgetattr(follower)
                process = subprocess.Popen(
                    [ctl.PROGRAM, f'--simulate={self.scenario()}', '--json', 'info', '--ask'],
                    stdin=follower, stdout=subprocess.PIPE, stderr=follower,
                    env=self.environment())
                shown = b''
                while b': ' not in shown:
                    shown += os.read(leader, 4096)
                self.assertFalse(termios.tcgetattr(follower)[3] & termios.ECHO)
                process.send_signal(number)
                out, _ = process.communicate(timeout=ctl.LIMIT_S)
                self.assertEqual(process.returncode, 130, out)
                self.assertEqual(json.loads(out.splitlines()[-1])['error'], 'E56')
                self.assertEqual(termios.tcgetattr(follower), before)

    def test_several_devices_are_asked_for_by_name(self):
        status, shown, out = self.ask(b'\x03', words=['AB12CD', 'EF34GH'])
        self.assertEqual(status, 130, shown + out)
        self.assertIn('AB12CD', shown)

    def test_nothing_on_a_cable(self):
        status, shown, out = self.ask(b'\n', ctl.PASSWORD.encode() + b'\n', device='usb=yes')
        self.assertEqual(status, 0, shown + out)

    def test_ctrl_c(self):
        status, shown, out = self.ask(b'P046\x03')
        self.assertEqual(status, 130, shown + out)


if __name__ == '__main__':
    unittest.main()

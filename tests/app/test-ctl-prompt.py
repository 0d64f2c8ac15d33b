#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl --ask: secrets typed on a terminal are used and not shown."""
import os
import pty
import subprocess
import unittest

import ctl


class Prompt(ctl.Case):

    def ask(self, *answers):
        """Types each answer when its prompt is there. Returns status, terminal and output."""
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [ctl.PROGRAM, f'--simulate={self.scenario()}', '--virtual-time', '--json', 'setup',
             '--network', 'Home', '--ask'],
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

    def test_ctrl_c(self):
        status, shown, out = self.ask(b'P046\x03')
        self.assertEqual(status, 130, shown + out)


if __name__ == '__main__':
    unittest.main()

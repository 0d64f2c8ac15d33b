#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl is interrupted: it ends cleanly, at once, and says what the device keeps.

Virtual time would be over before a signal arrives, so these tests run in real time; they wait for
events, never for time.
"""
import json
import os
import signal
import subprocess
import unittest

import ctl


class Signals(ctl.Case):

    def start(self, *args, device=''):
        return subprocess.Popen([ctl.PROGRAM, f'--simulate={self.scenario(device=device)}', *args],
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=self.environment())

    def interrupt_in(self, stage, number=signal.SIGINT, device=''):
        events, sent = [], False
        with self.start('--json', *self.setup_args(), device=device) as process:
            for line in process.stdout:
                events.append(json.loads(line))
                if not sent and events[-1].get('stage') == stage:
                    process.send_signal(number)
                    sent = True
            err = process.stderr.read().decode()
            status = process.wait(timeout=ctl.LIMIT_S)
        self.assertTrue(sent, events)
        self.assertEqual((status, events[-1]['event']), (130, 'result'), (events, err))
        self.assertEqual([event['event'] for event in events].count('result'), 1)
        self.assertEqual(events[-1]['error'], 'E56')
        self.assertEqual(events[-1]['stage'], stage)
        self.assertNotIn('Sanitizer', err)
        return events, err

    def test_interrupt_at_each_stage(self):
        for stage, fault in (('finding', 'advert-delay=60s'), ('connecting', 'connect-slow=60s'),
                             ('securing', 'silent-at=handshake-1'),
                             ('reading', 'silent-at=request:30'), ('choosing', 'scan-slow=60s')):
            with self.subTest(stage):
                events, err = self.interrupt_in(stage, device=f'faults={fault}')
                self.assertEqual(events[-1]['proof'], [])
                self.assertNotIn('stored', err)

    def test_interrupt_while_joining(self):
        events, err = self.interrupt_in('joining', device='faults=join-slow=60s')
        self.assertEqual(events[-1]['proof'], [])
        self.assertIn('may have the network already', err)

    def test_interrupt_after_the_network_was_stored(self):
        events, err = self.interrupt_in('reaching', device='faults=no-cloud')
        self.assertIn('stored', events[-1]['proof'])
        self.assertIn('keeps it', err)

    def test_terminate(self):
        self.interrupt_in('choosing', signal.SIGTERM, device='faults=scan-slow=60s')

    def test_reader_that_goes_away(self):
        with self.start(*self.setup_args()) as process:
            self.assertTrue(process.stdout.readline())
            process.stdout.close()  # the next line meets a closed pipe
            self.assertEqual(process.wait(timeout=ctl.LIMIT_S), 130)

    def test_interrupted_find(self):
        process = self.start('find', '--for', '600', '--json')
        self.assertEqual(json.loads(process.stdout.readline())['event'], 'found')
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=ctl.LIMIT_S)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(json.loads(out.splitlines()[-1])['error'], 'E56')


class Secrecy(ctl.Case):

    def test_secrets_from_files_are_not_in_the_list_of_processes(self):
        process = subprocess.Popen(
            [ctl.PROGRAM, f'--simulate={self.scenario()}', '--json', *self.setup_args()],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=self.environment())
        try:
            for line in process.stdout:
                if json.loads(line).get('stage') == 'joining':
                    break
            seen = b''
            for name in ('cmdline', 'environ'):
                with open(f'/proc/{process.pid}/{name}', 'rb') as f:
                    seen += f.read()
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=ctl.LIMIT_S)
        self.assertIn(os.fsencode(ctl.CODE), seen)
        self.assertNotIn(ctl.SECRET.encode(), seen)
        self.assertNotIn(ctl.PASSWORD.encode(), seen)


if __name__ == '__main__':
    unittest.main()

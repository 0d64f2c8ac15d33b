#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The parts of the lab's Python package that need no virtual machine."""
import os
import subprocess
import sys
import tempfile
import unittest

GUEST = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'guest')
GROUP = '''
import time
import lab

@lab.test('good')
def good():
    lab.cleanup(lab.note, 'first in, last out')
    lab.cleanup(lab.note, 'undone')

@lab.test('wrong')
def wrong():
    lab.equal(1, 2, 'one')

@lab.test('cannot')
def cannot():
    raise lab.Skip('no such part')

@lab.test('hangs', limit=1)
def hangs():
    time.sleep(60)

@lab.test('undoes-badly')
def undoes_badly():
    lab.cleanup(lab.note, 'the others are undone')
    lab.cleanup(lab.check, False, 'undone')

lab.main()
'''
BROKEN = '''
import lab

@lab.setup
def start():
    lab.until(lambda: False, limit=0, what='the radio')

@lab.test('never')
def never():
    lab.note('it ran')

lab.main()
'''


def run(group, *args, made='/nowhere', **more):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'group.py')
        with open(path, 'w', encoding='utf-8') as out:
            out.write(group)
        env = os.environ | {'PYTHONPATH': GUEST} | ({'LAB_MADE': made} if made else {}) | more
        return subprocess.run([sys.executable, '-B', path, *args], env=env, capture_output=True,
                              text=True, timeout=60, check=False)


class TapTest(unittest.TestCase):
    def test_all_run_and_each_tells_its_verdict(self):
        done = run(GROUP)
        verdicts = [line for line in done.stdout.split('\n') if line and line[0] != '#']
        self.assertEqual(verdicts, [
            '1..5', 'ok 1 good', 'not ok 2 wrong', 'ok 3 cannot # SKIP no such part',
            'not ok 4 hangs', 'not ok 5 undoes-badly'])
        self.assertEqual(done.returncode, 1)
        self.assertIn('# lab.tap.Failure: one is 1 instead of 2', done.stdout)
        self.assertIn('the time is over', done.stdout)

    def test_what_was_done_is_undone_backwards(self):
        done = run(GROUP, 'good')
        self.assertLess(done.stdout.index('undone'), done.stdout.index('last out'))
        self.assertIn('# the others are undone', run(GROUP, 'badly').stdout)
        self.assertEqual(done.returncode, 0)

    def test_goes_on_where_another_machine_fell(self):
        done = run(GROUP, LAB_NEXT='3')
        self.assertNotIn('1..5', done.stdout)
        self.assertNotIn('ok 2', done.stdout)
        self.assertIn('\nok 3 cannot # SKIP', '\n' + done.stdout)
        self.assertIn('not ok 5 undoes-badly', done.stdout)
        self.assertEqual(run(GROUP, LAB_NEXT='6').returncode, 0)

    def test_pattern_chooses(self):
        done = run(GROUP, 'wro')
        self.assertIn('1..1\n', done.stdout)
        self.assertIn('not ok 1 wrong', done.stdout)
        self.assertNotEqual(run(GROUP, 'nothing').returncode, 0)

    def test_list_names_the_tests_anywhere(self):
        done = run(GROUP, '--list', made=None)
        self.assertEqual(done.stdout.split(), ['good', 'wrong', 'cannot', 'hangs', 'undoes-badly'])

    def test_refuses_to_run_on_a_real_machine(self):
        self.assertNotEqual(run(GROUP, made=None).returncode, 0)
        self.assertNotIn('ok 1', run(GROUP, made=None).stdout)

    def test_failed_setup_runs_nothing(self):
        done = run(BROKEN)
        self.assertNotIn('1..', done.stdout)
        self.assertIn('the radio did not come', done.stdout)
        self.assertNotIn('it ran', done.stdout)
        self.assertEqual(done.returncode, 3)

    def test_every_group_lists_its_tests(self):
        for name in sorted(os.listdir(GUEST)):
            if name.endswith('.py'):
                done = subprocess.run(['/usr/bin/python3', '-B', os.path.join(GUEST, name), '--list'],
                                      capture_output=True, text=True, timeout=60, check=False)
                self.assertEqual(done.returncode, 0, f'{name}: {done.stderr}')
                self.assertTrue(done.stdout.strip(), name)

    def test_every_group_is_in_the_suite(self):
        with open(os.path.join(GUEST, '..', 'meson.build'), encoding='utf-8') as file:
            build = file.read()
        for name in sorted(os.listdir(GUEST)):
            if name.endswith('.py'):
                self.assertIn(f"'{name[:-3]}'", build, 'tests/lab/meson.build')


class FiguresTest(unittest.TestCase):
    def figures(self, *lines):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, 'usb'))
            with open(os.path.join(folder, 'usb', 'figures.jsonl'), 'w', encoding='utf-8') as out:
                out.write('\n'.join(lines))
            done = subprocess.run([sys.executable, '-B', os.path.join(GUEST, '..', 'figures'), folder],
                                  capture_output=True, text=True, timeout=60, check=True)
            return [line.split() for line in done.stdout.splitlines()]

    def test_steps_stand_in_the_order_of_a_journey(self):
        self.assertEqual(self.figures(
            '{"name":"a","road":"usb","factor":12.34,"seconds":{"blink":1,"online":9.5,"row":0.25}}',
            '{"name":"b","road":"serial","factor":null,"seconds":{"connect":2}}'), [
                ['group', 'figure', 'road', 'slower', 'row', 'connect', 'online', 'blink'],
                ['usb', 'a', 'usb', '12.3x', '0.25', '-', '9.50', '1.00'],
                ['usb', 'b', 'serial', '?', '-', '2.00', '-', '-']])

    def test_no_figures_no_table(self):
        self.assertEqual(self.figures(), [])


if __name__ == '__main__':
    unittest.main()

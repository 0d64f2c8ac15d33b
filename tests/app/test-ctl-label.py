#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl label: pictures of labels."""
import json
import os
import signal
import subprocess
import unittest

import ctl
import pictures

KIT = 'P011AB12CD4F2A1'
LINK = 'https://example.com/'


class Label(ctl.Case):

    def picture(self, name, *texts, **how):
        return self.write(name, pictures.draw(*texts, **how))

    def label(self, *args):
        run = self.run_plain('--json', 'label', *args)
        self.check_json(run)
        return run

    def test_a_whole_label(self):
        path = self.picture('label.pgm', ctl.LABEL)
        run = self.label(path)
        self.assertEqual(run.status, 0, run)
        self.assertEqual([event['event'] for event in run.events], ['label', 'result'], run)
        event = run.events[0]
        self.assertEqual(event['file'], path)
        self.assertEqual(event['kind'], 'serial-secret')
        self.assertEqual((event['serial'], event['setup_code'], event['number']),
                         (ctl.SERIAL, ctl.CODE, ctl.SERIAL))
        self.assertIsNone(event['device_id'])
        self.assertTrue(event['has_secret'] and event['usable'], run)
        self.assertEqual(event['modules'], [20, 20])
        for corner, expected in zip(event['corners'], ((30, 30), (150, 30), (150, 150), (30, 150))):
            for value, wanted in zip(corner, expected):
                self.assertLess(abs(value - wanted), 4, run)
        self.assertTrue(0 < event['confidence'] <= 1, run)
        self.assertGreater(event['ms'], 0)

    def test_the_secret_is_shown_only_when_asked_for(self):
        path = self.picture('label.pgm', ctl.LABEL)
        for args in (['label', path], ['--json', 'label', path], ['--verbose', 'label', path]):
            run = self.run_plain(*args)
            self.assertEqual(run.status, 0, run)
            self.assertNotIn(ctl.SECRET, run.out + run.err, run)
            self.assertNotIn('"text"', run.out)
        self.assertEqual(self.label(path, '--show-secret').events[0]['text'], ctl.LABEL)
        self.assertIn(ctl.LABEL, self.run_plain('label', '--show-secret', path).out)

    def test_words_for_people(self):
        path = self.picture('label.pgm', ctl.LABEL)
        run = self.run_plain('label', path)
        self.assertEqual(run.out, f'{path}: Label of a device: {ctl.SERIAL}\n')
        run = self.run_plain('label', self.picture('serial.pgm', ctl.SERIAL))
        self.assertIn('USB cable', run.out)
        run = self.run_plain('label', self.picture('link.pgm', LINK))
        self.assertIn('web address', run.out)
        self.assertIn('(E17)', run.err)
        self.assertNotIn(LINK, run.out + run.err)

    def test_a_serial_number_is_a_label(self):
        run = self.label(self.picture('serial.pgm', ctl.SERIAL))
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.events[0]['kind'], 'serial')
        self.assertTrue(run.events[0]['usable'] and not run.events[0]['has_secret'], run)

    def test_other_codes(self):
        for text, kind, number in ((KIT, 'kit', KIT), (LINK, 'foreign', None)):
            run = self.label(self.picture('other.pgm', text))
            self.assert_failure(run, 'E17')
            event = run.named('label')[0]
            self.assertEqual((event['kind'], event['number']), (kind, number), run)
            self.assertFalse(event['usable'] or event['has_secret'], run)
            self.assertNotIn(LINK, run.out + run.err)

    def test_another_code_beside_the_label(self):
        run = self.label(self.picture('both.pgm', LINK, ctl.LABEL))
        self.assertEqual(run.status, 0, run)
        self.assertEqual({event['kind'] for event in run.named('label')},
                         {'foreign', 'serial-secret'}, run)

    def test_nothing_to_read(self):
        run = self.label(self.write('blank.pgm', b'P5 200 200 255\n' + bytes(40000)))
        self.assert_failure(run, 'E16')
        self.assertEqual(run.named('label'), [], run)

    def test_files_that_are_no_pictures(self):
        for path in (self.write('empty', ''), self.write('text.png', 'no picture'), '/nonexistent',
                     self.folder, self.write('broken.png', b'\x89PNG\r\n\x1a\nbroken'),
                     self.write('huge.pgm', 'P5 60000 60000 255\n0')):
            run = self.label(path)
            self.assertEqual((run.status, run.result['error']), (2, 'usage'), run)
            self.assertEqual(run.named('error')[0]['file'], path, run)

    def test_one_bad_file_stops_no_other(self):
        first, last = self.picture('1.pgm', ctl.LABEL), self.picture('4.pgm', ctl.SERIAL)
        blank = self.write('2.pgm', b'P5 200 200 255\n' + bytes(40000))
        link = self.picture('3.pgm', LINK)
        run = self.label(first, blank, '/nonexistent', link, last)
        self.assertEqual(run.status, 26, run)
        self.assertEqual([event['file'] for event in run.named('label')], [first, link, last], run)
        self.assertEqual([(event['file'], event['error']) for event in run.named('error')],
                         [(blank, 'E16'), ('/nonexistent', 'usage'), (link, 'E17')], run)
        plain = self.run_plain('label', first, blank, '/nonexistent', link, last)
        self.assertEqual(plain.status, 26, plain)
        self.assertIn(f'{blank}: ', plain.err)
        self.assertIn('firstlightctl: /nonexistent: ', plain.err)

    def test_a_picture_is_needed(self):
        run = self.run_plain('label')
        self.assertEqual(run.status, 2, run)
        self.assertIn('IMAGE', run.err)

    def test_a_name_with_control_characters(self):
        path = self.picture('a\x1b[31m\nb.pgm', ctl.LABEL)
        run = self.run_plain('label', path)
        self.assertEqual(run.status, 0, run)
        self.assertNotIn('\x1b', run.out)
        self.assertEqual(len(run.out.splitlines()), 1, run)

    def test_a_pipe_that_nobody_writes_can_be_interrupted(self):
        path = os.path.join(self.folder, 'pipe')
        os.mkfifo(path)
        for number in (signal.SIGINT, signal.SIGTERM):
            first = self.picture('label.pgm', ctl.LABEL)
            process = subprocess.Popen([ctl.PROGRAM, '--json', 'label', first, path],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       env=self.environment())
            self.assertEqual(json.loads(process.stdout.readline())['event'], 'label')
            process.send_signal(number)
            out, err = process.communicate(timeout=ctl.LIMIT_S)
            self.assertEqual(process.returncode, 130, err)
            self.assertEqual(json.loads(out.splitlines()[-1])['error'], 'E56')

    def test_nobody_reads(self):
        path = self.picture('label.pgm', ctl.LABEL)
        process = subprocess.Popen([ctl.PROGRAM, '--json', 'label', *[path] * 200],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=self.environment())
        self.assertEqual(json.loads(process.stdout.readline())['event'], 'label')
        process.stdout.close()
        self.assertNotIn(process.wait(ctl.LIMIT_S), (0, 26))
        process.stderr.close()


class LabelFile(ctl.Case):
    """Other commands take the label from a photo."""

    def test_a_picture_as_label_file(self):
        path = self.write('label.pgm', pictures.draw(ctl.LABEL))
        run = self.json(self.scenario(), 'info', '--label-file', path)
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.named('label')[0]['serial'], ctl.SERIAL)
        self.assertEqual(run.named('info')[0]['serial'], ctl.SERIAL)

    def test_a_picture_without_a_label(self):
        path = self.write('link.pgm', pictures.draw(LINK))
        run = self.json(self.scenario(), 'info', ctl.CODE, '--label-file', path)
        self.assert_failure(run, 'E17')
        blank = self.write('blank.pgm', b'P5 200 200 255\n' + bytes(40000))
        run = self.json(self.scenario(), 'info', ctl.CODE, '--label-file', blank)
        self.assert_failure(run, 'E16')

    def test_a_pipe_is_a_text(self):
        path = os.path.join(self.folder, 'pipe')
        os.mkfifo(path)
        writer = subprocess.Popen(['sh', '-c', f'echo "{ctl.LABEL}" > "{path}"'])
        run = self.json(self.scenario(), 'info', '--label-file', path)
        writer.wait(ctl.LIMIT_S)
        self.assertEqual(run.status, 0, run)


if __name__ == '__main__':
    unittest.main()

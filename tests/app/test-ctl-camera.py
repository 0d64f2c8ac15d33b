#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl label --camera: labels before a camera, which is a stand-in."""
import os
import signal
import subprocess
import unittest

import ctl
import pictures

LINK = 'https://example.com/'


class Camera(ctl.Case):

    def picture(self, name, *texts):
        return self.write(name, pictures.draw(*texts))

    def folder_of(self, *frames):
        """Pictures that are played one after another; None is an empty desk."""
        folder = os.path.join(self.folder, 'frames')
        os.makedirs(folder)
        for number, text in enumerate(frames):
            data = pictures.draw(text) if text else b'P5 180 180 255\n' + b'\x60' * (180 * 180)
            self.write(f'frames/{number:03}.pgm', data)
        return folder

    def camera(self, source, *args):
        run = self.run_plain('--json', 'label', f'--camera={source}', *args)
        self.check_json(run)
        return run

    def test_the_first_label_ends_it(self):
        run = self.camera(self.picture('label.pgm', ctl.LABEL))
        self.assertEqual(run.status, 0, run)
        event, = run.named('label')
        self.assertEqual((event['serial'], event['kind'], event['file']),
                         (ctl.SERIAL, 'serial-secret', None), run)
        self.assertTrue(event['usable'] and event['has_secret'], run)
        self.assertNotIn(ctl.SECRET, run.out + run.err)

    def test_the_secret_only_when_asked_for(self):
        run = self.camera(self.picture('label.pgm', ctl.LABEL), '--show-secret')
        self.assertEqual(run.named('label')[0]['text'], ctl.LABEL, run)

    def test_words_for_people(self):
        run = self.run_plain('label', '--camera', self.picture('label.pgm', ctl.LABEL))
        self.assertEqual(run.out, f'Label of a device: {ctl.SERIAL}\n', run)

    def test_all_tells_each_once(self):
        run = self.camera(self.folder_of(ctl.LABEL), '--all', '--for', '2')
        self.assertEqual(run.status, 0, run)
        self.assertEqual(len(run.named('label')), 1, run)
        self.assertEqual(run.named('note'), [], run)

    def test_another_code_first(self):
        """It is told, and the camera goes on."""
        frames = [LINK] * 15 + [ctl.LABEL] * 15
        run = self.camera(self.folder_of(*frames), '--for', '30')
        self.assertEqual(run.status, 0, run)
        self.assertEqual([event['kind'] for event in run.named('label')][-1], 'serial-secret', run)

    def test_a_label_that_comes_again(self):
        """Away for two seconds: a note, not a second label."""
        frames = [ctl.LABEL] * 10 + [None] * 60
        run = self.camera(self.folder_of(*frames), '--all', '--for', '6')
        self.assertEqual(len(run.named('label')), 1, run)
        self.assertIn('label-again', [event['id'] for event in run.named('note')], run)

    def test_only_another_code(self):
        run = self.camera(self.picture('link.pgm', LINK), '--for', '2')
        self.assert_failure(run, 'E17')
        self.assertEqual([event['kind'] for event in run.named('label')], ['foreign'], run)
        self.assertNotIn(LINK, run.out + run.err)

    def test_nothing_to_read(self):
        run = self.camera('videotestsrc', '--for', '1')
        self.assert_failure(run, 'E16')

    def test_interrupted(self):
        process = subprocess.Popen(
            [ctl.PROGRAM, '--json', 'label', '--all',
             f'--camera={self.picture("label.pgm", ctl.LABEL)}'],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment())
        self.assertIn(b'"label"', process.stdout.readline())
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=ctl.LIMIT_S)
        self.assertEqual(process.returncode, 130, (out, err))
        self.assertIn(b'"result"', out)

    def test_simulated_labels(self):
        run = self.run_plain('--simulate', '--json', 'label', '--camera')
        self.check_json(run)
        self.assertEqual(run.status, 0, run)
        self.assertEqual(len(run.named('label')), 1, run)
        run = self.run_plain('--simulate', '--json', 'label', '--list-cameras')
        self.assertEqual([event['event'] for event in run.events], ['camera', 'result'], run)

    def test_faults_of_the_camera(self):
        for fault, error in (('camera-none', 'E13'), ('camera-vanishes=100ms', 'E13'),
                             ('camera-refused', 'E14'), ('camera-busy', 'E15')):
            run = self.run_plain(f'--simulate={self.scenario(world=f"faults={fault}")}', '--json',
                                 'label', '--camera', '--for', '20')
            self.check_json(run)
            self.assert_failure(run, error)

    def test_wrong_words(self):
        label = self.picture('label.pgm', ctl.LABEL)
        for args in (['--camera=videotestsrc', label], ['--list-cameras', label], ['--all', label],
                     ['--for', '3', label], ['--camera=videotestsrc', '--for', '-1']):
            run = self.run_plain('label', *args)
            self.assertEqual(run.status, 2, run)
        run = self.run_plain('--simulate', 'label', '--camera=another')
        self.assertEqual(run.status, 2, run)
        self.assertIn('--list-cameras', run.err)


if __name__ == '__main__':
    unittest.main(verbosity=2)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl report: what support gets to read, and what it does not."""
import json
import os
import unittest

import ctl

CABLE = 'usb=yes\nbluetooth=no\n'
SECOND = f'[Device two]\nserial=P046AB245CD98EF\n{CABLE}location=1-9\n'


class Report(ctl.Case):

    def report(self, *args, device=CABLE + 'known=home', more='', json_face=True):
        path = self.scenario(device=device, more=more)
        return self.json(path, 'report', *args) if json_face else \
            self.simulate(path, 'report', *args)

    def test_result_of_json(self):
        run = self.report(ctl.CODE)
        self.assertEqual(run.status, 0, run)
        report = run.result['report']
        self.assertEqual(report['device']['serial'], ctl.SERIAL)
        self.assertEqual([network['name'] for network in report['known']], ['Home'])
        self.assertEqual([link['id'] for link in report['check']],
                         ['device', 'radio', 'join', 'address', 'name-look-up', 'service'])
        self.assertTrue(report['modules'])
        self.assertTrue(report['journal'])

    def test_text_on_standard_output(self):
        run = self.report(ctl.CODE, json_face=False)
        self.assertEqual(run.status, 0, run)
        summary, data = run.out.split('\n{\n')
        self.assertIn(ctl.SERIAL, summary)
        self.assertEqual(json.loads('{' + data)['device']['serial'], ctl.SERIAL)

    def test_text_in_a_file(self):
        path = os.path.join(self.folder, 'report.txt')
        run = self.report(ctl.CODE, '--out', path)
        self.assertEqual(run.status, 0, run)
        self.assertIn('report-written', [note['id'] for note in run.named('note')])
        with open(path, encoding='utf-8') as f:
            text = f.read()
        self.assertIn(ctl.SERIAL, text)
        plain = self.report(ctl.CODE, '--out', path, json_face=False)
        self.assertNotIn(ctl.SERIAL, plain.out)
        self.assertIn(path, plain.out)

    def test_a_file_that_cannot_be_written(self):
        run = self.report(ctl.CODE, '--out', '/nonexistent/report.txt')
        self.assertEqual(run.status, 2, run)
        self.assertIn('/nonexistent/report.txt', run.named('error')[0]['detail'])

    def test_names_of_networks_can_be_hidden(self):
        for json_face in (True, False):
            run = self.report(ctl.CODE, '--hide-names', json_face=json_face)
            self.assertEqual(run.status, 0, run)
            for name in ('Home', 'Guests'):
                self.assertNotIn(name, run.out + run.err)
            self.assertIn('Network A', run.out)

    def test_a_device_over_bluetooth(self):
        run = self.report(ctl.CODE, '--label-file', self.label_file(), device='known=home')
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.result['report']['device']['serial'], ctl.SERIAL)
        self.assertNotIn(ctl.SECRET, run.out + run.err)

    def test_nothing_secret_with_every_debug_switch(self):
        run = self.json(self.scenario(device='known=home'), '--verbose', 'report', ctl.CODE,
                        '--label-file', self.label_file(),
                        env=self.environment(G_MESSAGES_DEBUG='all'))
        self.assertEqual(run.status, 0, run)
        for secret in (ctl.SECRET, ctl.PASSWORD):
            self.assertNotIn(secret, run.out + run.err)
            self.assertNotIn(secret.encode().hex(), (run.out + run.err).lower())

    def test_a_device_that_does_not_answer_has_a_report(self):
        run = self.report(ctl.CODE, '--label-file', self.label_file(),
                          device='faults=silent-at=handshake-1')
        self.assert_failure(run, 'E23')
        self.assertEqual(run.result['report']['check'][0]['verdict'], 'broken')

    def test_a_device_that_is_not_there(self):
        run = self.report('ZZ99ZZ')
        self.assert_failure(run, 'E19')
        self.assertNotIn('report', run.result)

    def test_several_devices(self):
        path = os.path.join(self.folder, 'report.txt')
        run = self.report(ctl.CODE, 'CD98EF', '--out', path, more=SECOND)
        self.assertEqual(run.status, 0, run)
        serials = [device['report']['device']['serial'] for device in run.result['devices']]
        self.assertEqual(serials, [ctl.SERIAL, 'P046AB245CD98EF'])
        with open(path, encoding='utf-8') as f:
            text = f.read()
        self.assertLess(text.index(ctl.SERIAL), text.index('P046AB245CD98EF'))

    def test_one_of_several_fails(self):
        run = self.report(ctl.CODE, 'CD98EF', more=SECOND + 'faults=usb-refused\n')
        self.assert_failure(run, 'E08')
        first, second = run.result['devices']
        self.assertEqual((first['ok'], second['error']), (True, 'E08'))
        self.assertEqual(first['report']['device']['serial'], ctl.SERIAL)

    def test_this_computer(self):
        run = self.run_plain('--json', 'report', env=self.environment(
            DBUS_SYSTEM_BUS_ADDRESS=f'unix:path={self.folder}/no-bus'))
        self.check_json(run)
        self.assertEqual(run.status, 0, run)
        ids = [finding['id'] for finding in run.result['report']['computer']]
        self.assertIn('usb-rule', ids)
        self.assertIsNone(run.result['report']['device']['serial'])

    def test_time_limit(self):
        run = self.json(self.scenario(device='faults=silent-at=request:30'), '--timeout', '3',
                        'report', ctl.CODE, '--label-file', self.label_file())
        self.assertEqual(run.result['ok'], False, run)
        self.assertLess(run.result['at_ms'], 11000, run)


if __name__ == '__main__':
    unittest.main()

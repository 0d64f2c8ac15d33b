#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl: what is refused before anything happens, and the texts that describe it."""
import os
import re
import unittest

import ctl
import pictures

COMMANDS = ['find', 'info', 'networks', 'setup', 'known', 'light', 'identify', 'listen', 'reset',
            'request', 'label', 'certificate', 'doctor', 'report', 'world']
TOP = os.environ['FL_SOURCE_ROOT']


class Usage(ctl.Case):

    def refuse(self, *args, words=None, stdin=b''):
        """Exit status 2 in both faces; with --json one error and one result, nothing else."""
        plain = self.run_plain(*args, stdin=stdin)
        self.assertEqual(plain.status, 2, plain)
        self.assertEqual(plain.out, '', plain)
        self.assertTrue(plain.err.startswith('firstlightctl: '), plain)
        run = self.run_plain('--json', *args, stdin=stdin)
        self.check_json(run)
        self.assertEqual([event['event'] for event in run.events], ['error', 'result'], run)
        self.assertEqual((run.status, run.result['error']), (2, 'usage'), run)
        if words:
            self.assertIn(words, plain.err)
        return run

    def test_commands_and_options_that_do_not_exist(self):
        for args in ([], ['dance'], ['--dance'], ['find', '--dance'], ['info', '--identity', 'me'],
                     ['find', 'something'], ['info', 'one', 'ONE'], ['find', '--road', 'sea'],
                     ['find', '--for', '0'], ['find', '--for', 'ever'], ['--timeout', '0', 'find'],
                     ['--timeout', '-1', 'find'], ['--seed', 'x', 'find'], ['listen', 'AB12CD'],
                     ['listen', 'AB12CD', 'loud'], ['known', '--clear', '--remove', 'x'],
                     ['reset', 'AB12CD', '--mode', 'hard'], ['doctor', 'AB12CD'], ['request', '--type', '-1'],
                     ['request', '--type', '65536'], ['request', '--type', 'x'],
                     ['request', '--payload-file', '/nonexistent'], ['certificate'],
                     ['certificate', 'check'], ['certificate', 'look', '/nonexistent'],
                     ['certificate', 'check', '-', '-'],
                     ['certificate', 'check', '--device', 'p2', '/nonexistent']):
            with self.subTest(args):
                self.refuse(*args)

    def test_usage_error_before_json_was_read(self):
        run = self.run_plain('--dance', 'find', '--json')
        self.check_json(run)
        self.assertEqual(run.status, 2, run)

    def test_a_device_named_twice(self):
        serial = ctl.LABEL.split()[0]
        labels = self.label_file(f'{ctl.LABEL}\nP046AB245ZZ99ZZ {ctl.SECRET}\n')
        for words in (['AB12CD', 'EF34GH', 'AB12CD'], ['AB12CD', 'ab12cd'], [ctl.CODE, serial]):
            with self.subTest(words):
                self.refuse('--simulate', 'info', *words, '--label-file', labels, words='twice')

    def test_more_devices_than_one_call_takes(self):
        self.refuse('--simulate', 'info', *(f'D{i:05}' for i in range(101)), words='too many')
        labels = self.label_file(''.join(f'P046AB245{i:06} {ctl.SECRET}\n' for i in range(101)))
        self.refuse('--simulate', 'info', '--label-file', labels, words='too many')

    def test_a_broken_line_among_labels(self):
        labels = self.label_file(f'{ctl.LABEL}\nhttps://example.com/\n{ctl.LABEL}\n')
        run = self.run_plain('--simulate', '--json', 'info', '--label-file', labels)
        self.check_json(run)
        self.assert_failure(run, 'E17')
        self.assertNotIn(ctl.SECRET, run.out + run.err)

    def test_world_is_only_for_simulations(self):
        self.refuse('world', words='--simulate')

    def test_setup_needs_a_network(self):
        self.refuse('--simulate', 'setup', ctl.CODE, words='--network')

    def test_names_of_networks_have_1_to_32_bytes(self):
        for name in ('', 'x' * 33, 'ü' * 17):
            self.refuse('--simulate', 'setup', ctl.CODE, '--network', name, words='32')

    def test_options_that_make_no_sense(self):
        for more, words in ((['--bssid', '02:11'], '--bssid'),
                            (['--security', 'good'], '--security'),
                            (['--security', 'enterprise'], '--security'),
                            (['--save-only', '--no-wait'], '--no-wait'),
                            (['--label', 'x', '--label-file', 'y'], '--label-file'),
                            (['--password-file', '/nonexistent'], '/nonexistent'),
                            (['--ask'], 'terminal')):
            with self.subTest(more):
                self.refuse('--simulate', 'setup', ctl.CODE, '--network', 'Home', *more,
                            words=words)

    def test_logins_that_make_no_sense(self):
        folder = os.path.join(TOP, 'data', 'scenarios', 'campus')
        ca, pem, key, odd = (os.path.join(folder, name) for name in (
            'ca.pem', 'keeper.pem', 'keeper-key.pem', 'harbour-school.eap-config'))
        name = ['--identity', 'me@school.example']
        for more, words in ((['--eap', 'ttls'], '--eap'),
                            (['--eap', 'peap'], '--identity'),
                            (['--ca', ca], '--identity'),
                            (['--identity', ''], '--identity'),
                            (['--server-name', 'radius.school.example'], '--identity'),
                            ([*name, '--client-cert', pem, '--eap', 'peap'], '--eap tls'),
                            (['--client-cert', pem], '--private-key'),
                            (['--private-key', key], '--client-cert'),
                            ([*name, '--eap', 'tls'], '--client-cert'),
                            ([*name, '--ca', '/nonexistent'], '/nonexistent'),
                            ([*name, '--ca', key], 'keeper-key.pem: '),
                            ([*name, '--ca', odd], 'neither a certificate nor a key'),
                            (['--client-cert', pem, '--private-key', pem], 'keeper.pem: '),
                            (['--client-cert', self.write('long.pem', 'x' * 2000000),
                              '--private-key', key], 'too long'),
                            (['--client-cert', self.write('empty.pem', ''),
                              '--private-key', key], 'empty.pem: '),
                            ([*name, '--hidden'], '--hidden'),
                            ([*name, '--security', 'wpa2'], '--security'),
                            (['--client-cert', pem, '--private-key', key, '--password-file',
                              self.password_file()], '--password-file'),
                            (['--import', '/nonexistent'], '/nonexistent'),
                            ([*name, '--key-password-file', '/nonexistent'], '/nonexistent'),
                            (['--client-cert', '-', '--private-key', '-'], 'only once'),
                            (name, 'password')):
            with self.subTest(more):
                run = self.run_plain('--simulate', 'setup', ctl.CODE, '--network', 'Campus', *more)
                self.assertEqual(run.status, 2, run)
                self.assertIn(words, run.err)

    def test_payloads_have_a_limit(self):
        path = self.write('payload', bytes(65536))
        self.refuse('--simulate', 'request', ctl.CODE, '--payload-file', path, words='too long')

    def test_standard_input_is_read_once(self):
        self.refuse('--simulate', 'setup', '--network', 'Home', '--label-file', '-',
                    '--password-file', '-', words='only once', stdin=ctl.LABEL.encode())

    def test_passwords_are_checked_before_anything_is_sent(self):
        for password, security in (('short', 'wpa2'), ('x' * 64, 'wpa2'), ('password', 'open'),
                                   ('1234', 'wep')):
            with self.subTest(password):
                self.refuse('--simulate', *self.setup_args('--security', security,
                                                           password=password))
        self.refuse('--simulate', *self.setup_args(password='x' * 70), words='too long')
        run = self.json(self.scenario(), *self.setup_args(password='short'))
        self.assertEqual((run.status, run.result['stage']), (2, 'choosing'), run)
        self.assertNotIn('sending', run.stages)

    def test_password_for_an_open_network(self):
        run = self.json(self.scenario(), *self.setup_args(network='Guests'))
        self.assertEqual(run.status, 2, run)
        self.assertNotIn('sending', run.stages)

    def test_no_password_for_a_secured_network(self):
        run = self.json(self.scenario(), *self.setup_args(password=None))
        self.assertEqual(run.status, 2, run)

    def test_missing_label(self):
        run = self.json(self.scenario(), 'setup', ctl.CODE, '--network', 'Home')
        self.assertEqual(run.status, 2, run)
        self.assertIn('--label-file', run.named('error')[0]['detail'])

    def test_broken_scenario_tells_file_and_line(self):
        path = self.write('broken.ini', '[World]\nseed=1\n[Device x]\nplatform=toaster\n')
        run = self.refuse(f'--simulate={path}', 'find', words='broken.ini:4')
        self.assertIn('broken.ini:4', run.named('error')[0]['detail'])
        self.refuse('--simulate=/nonexistent/scenario', 'find')

    def test_broken_profile_tells_file_and_line(self):
        path = self.write('broken.product', '[Product]\nid=x\nname=X\nnonsense=1\n')
        self.refuse('--simulate', '--product', path, 'find', words='broken.product:')

    def test_version(self):
        run = self.run_plain('--version')
        self.assertEqual(run.status, 0, run)
        self.assertRegex(run.out, r'^firstlightctl \d+\.\d+\.\d+\n$')

    def test_help_in_both_faces(self):
        run = self.run_plain('--help')
        self.assertEqual(run.status, 0, run)
        for command in COMMANDS:
            self.assertIn(f'  {command} ', run.out)
            help_run = self.run_plain(command, '--help')
            self.assertEqual(help_run.status, 0, help_run)
            self.assertIn(f'{command} ', help_run.out)
            json_run = self.run_plain('--json', command, '--help')
            self.check_json(json_run)
            self.assertEqual(json_run.status, 0, json_run)


class Descriptions(ctl.Case):
    """The manual page and the completion know every option, and no other."""

    def options(self, *command):
        return set(re.findall(r'--[a-z][a-z-]+', self.run_plain(*command, '--help').out)) - {
            '--help'}

    def read(self, *path):
        with open(os.path.join(TOP, *path), encoding='utf-8') as f:
            return f.read()

    def all_options(self):
        return set.union(*(self.options(command) for command in COMMANDS))

    def test_manual(self):
        text = self.read('data', 'man', 'firstlightctl.1').replace('\\-', '-')
        self.assertEqual(set(re.findall(r'--[a-z][a-z-]+', text)) - {'--help'}, self.all_options())

    def test_manual_has_every_key_of_every_event(self):
        text = self.read('data', 'man', 'firstlightctl.1').replace('\\-', '-')
        words = set(re.findall(r'[a-z_]+', text))
        target = [ctl.CODE, '--label-file', self.label_file()]
        picture = self.write('label.pgm', pictures.draw(ctl.LABEL))
        for args in (self.setup_args(), self.setup_args(password='wrong horse'),
                     ['info', *target], ['known', *target], ['find'], ['doctor'],
                     ['request', *target], ['label', '--show-secret', picture, '/nonexistent'],
                     ['info', ctl.CODE, 'ZZ99ZZ', *target[1:]],
                     ['certificate', 'check', *(os.path.join(TOP, 'data', 'scenarios', 'campus', name)
                                                for name in ('harbour-school.eap-config', 'keeper.pem',
                                                             'keeper-key.pem'))]):
            for event in self.json(self.scenario(device='known=home\napp-request=echo'),
                                   *args).events:
                keys = set(event).union(*(one for name in ('roads', 'devices', 'networks')
                                          for one in event.get(name, ())))
                self.assertLessEqual(keys, words, event)

    def test_completion(self):
        text = self.read('data', 'completions', 'firstlightctl')
        self.assertEqual(set(re.findall(r'--[a-z][a-z-]+', text)) - {'--help'}, self.all_options())


if __name__ == '__main__':
    unittest.main()

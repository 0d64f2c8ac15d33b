#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl setup, when something goes wrong: identifier, exit status, stage, what is kept."""
import unittest

import ctl


class Errors(ctl.Case):

    def fail(self, identifier, stage, device='', more='', world='', args=None):
        run = self.json(self.scenario(device=device, more=more, world=world),
                        *(args or self.setup_args()))
        self.assert_failure(run, identifier, stage)
        return run

    def test_faults_of_devices_and_networks(self):
        for identifier, stage, device in (
                ('E21', 'connecting', 'faults=connect-fails=99'),
                ('E22', 'securing', 'faults=wrong-secret'),
                ('E23', 'securing', 'faults=silent-at=handshake-1'),
                ('E23', 'securing', 'faults=silent-at=confirmation'),
                ('E23', 'reading', 'faults=silent-at=request:30'),
                ('E25', 'connecting', 'faults=missing=rx'),
                ('E28', 'joining', 'faults=answer=500:-1801'),
                ('E30', 'joining', 'faults=answer=500:-110'),
                ('E35', 'joining', 'faults=answer=500:-250'),
                ('E39', 'joining', 'faults=answer=500:-160'),
                ('E40', 'addressing', 'faults=no-address'),
                ('E42', 'reaching', 'faults=no-cloud'),
                ('E44', 'reaching', 'application=manual')):
            with self.subTest(device):
                self.fail(identifier, stage, device)

    def test_what_nobody_expected(self):
        run = self.json(self.scenario(device='faults=answer=500:-260'), *self.setup_args())
        self.assertEqual((run.status, run.result['error']), (1, 'E57'), run)
        self.assertIn('500', run.named('error')[0]['detail'])

    def test_link_that_never_holds(self):
        run = self.json(self.scenario(device='faults=drop-link-after=2s'), *self.setup_args())
        self.assertIn(run.result['error'], ('E20', 'E24'), run)

    def test_device_that_vanishes_after_the_join_is_not_called_failed(self):
        run = self.json(self.scenario(device='faults=disconnect-after-join; vanish-at=8s'),
                        *self.setup_args())
        self.assert_failure(run, 'E44')
        self.assertIn('stored', run.result['proof'])

    def test_wrong_code(self):
        run = self.fail('E22', 'securing',
                        args=self.setup_args(label=f'{ctl.SERIAL} AAAAAAAAAAAAAAA'))
        self.assertEqual(run.result['proof'], [])
        self.assertNotIn('sending', run.stages)

    def test_wrong_password(self):
        run = self.json(self.scenario(), *self.setup_args(password='wrong horse'))
        self.assertIn(run.result['error'], ('E34', 'E35'), run)
        self.assert_failure(run, run.result['error'], 'joining')
        self.assertEqual(run.result['proof'], [])

    def test_label_of_another_device(self):
        self.fail('E18', 'finding', args=self.setup_args(label=f'P046AB245ZZ99ZZ {ctl.SECRET}'))

    def test_label_that_is_none(self):
        self.fail('E17', None, args=self.setup_args(label='https://example.com/'))

    def test_unknown_device(self):
        self.fail('E19', 'finding', args=['info', 'ZZ99ZZ', '--label-file',
                                          self.label_file(f'P046AB245ZZ99ZZ {ctl.SECRET}')])

    def test_network_that_the_device_does_not_see(self):
        self.fail('E32c', 'choosing', args=self.setup_args(network='Elsewhere'))

    def test_scan_empty(self):
        self.fail('E31', 'choosing', 'faults=scan-empty=9')

    def test_hidden_network_with_old_firmware(self):
        self.fail('E29', None, 'firmware=5.3.1', args=self.setup_args('--hidden', network='Attic'))

    def test_words_for_people(self):
        run = self.simulate(self.scenario(device='faults=no-address'), *self.setup_args())
        self.assertEqual(run.status, 50, run)
        self.assertIn('The Network Gave No Address (E40)', run.err)
        self.assertIn('Restarting the router may help.', run.err)
        self.assertNotIn('E40', run.out)

    def test_what_the_device_keeps_is_said(self):
        before = self.simulate(self.scenario(), *self.setup_args(password='wrong horse'))
        self.assertIn('The device keeps what it has.', before.err)
        after = self.simulate(self.scenario(device='faults=no-cloud'), *self.setup_args())
        self.assertIn('in the new network and keeps it', after.err)

    def test_the_command_is_bounded_by_its_time_limit(self):
        for seconds, identifier, device in ((1, 'E19', 'faults=advert-delay=5s'),
                                            (4, 'E23', 'faults=silent-at=handshake-1'),
                                            (30, 'E44', 'faults=no-cloud')):
            with self.subTest(device):
                run = self.json(self.scenario(device=device), '--timeout', str(seconds),
                                *self.setup_args())
                self.assert_failure(run, identifier)
                self.assertLessEqual(run.result['at_ms'], seconds * 1000 + 7000, run)


if __name__ == '__main__':
    unittest.main()

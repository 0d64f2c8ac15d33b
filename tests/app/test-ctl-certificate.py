#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl certificate check: what is in files for logins, and whether it can work.

What counts here is true on any day: files that end are looked at by their findings only.
"""
import os
import unittest

import ctl

TOP = os.environ['FL_SOURCE_ROOT']
CAMPUS = os.path.join(TOP, 'data', 'scenarios', 'campus')
DATA = os.path.join(TOP, 'tests', 'data', 'certificates')


class Certificate(ctl.Case):

    def campus(self, *names):
        return [os.path.join(CAMPUS, name) for name in names]

    def data(self, *names):
        return [os.path.join(DATA, name) for name in names]

    def key_password(self, text='harbour'):
        return ['--key-password-file', self.write('key-password.txt', text)]

    def look(self, *args):
        run = self.run_plain('--json', 'certificate', 'check', *args)
        self.check_json(run)
        return run

    def findings(self, run):
        return {note['id']: note for note in run.named('note')}

    def assert_finding(self, run, name, verdict, words='', problem=None):
        note = self.findings(run)[name]
        self.assertEqual((note['verdict'], note['problem']), (verdict, problem), note)
        self.assertIn(words, note['text'])

    def test_a_pair_and_the_network(self):
        run = self.look(*self.campus('keeper.pem', 'keeper-key.pem', 'ca.pem', 'clients-ca.pem'))
        self.assertEqual(run.status, 0, run)
        self.assertNotIn('broken', [note['verdict'] for note in run.named('note')])
        for name in ('key-match', 'certificate-date', 'ca', 'key-size', 'ca-size'):
            self.assert_finding(run, name, 'good')

    def test_what_is_in_the_files(self):
        run = self.look(*self.campus('keeper.pem', 'keeper-key.pem'))
        certificate, key = run.named('certificate')[0], run.named('key')[0]
        self.assertEqual(certificate['file'], self.campus('keeper.pem')[0])
        self.assertEqual(certificate['identity'], 'keeper@harbour-school.example')
        self.assertIn('Harbour School Devices', certificate['issuer'])
        self.assertEqual((certificate['not_after'][:4], certificate['key_bits']), ('2044', 2048))
        self.assertEqual((certificate['self_signed'], certificate['is_ca']), (False, False))
        self.assertEqual((key['key_type'], key['key_bits']), ('RSA', 2048))
        with open(self.campus('keeper-key.pem')[0], encoding='ascii') as f:
            for line in f.read().splitlines()[1:-1]:
                self.assertNotIn(line, run.out + run.err)

    def test_words_for_people(self):
        run = self.run_plain('certificate', 'check',
                             *self.campus('keeper.pem', 'keeper-key.pem', 'ca.pem'))
        self.assertEqual(run.status, 0, run)
        self.assertIn('valid from 1 January 2024 until 1 January 2044\n', run.out)
        self.assertIn('✔ Key and Certificate: They belong together.\n', run.out)
        self.assertIn('! Origin of the Device\'s Certificate (doubtful): ', run.out)
        self.assertIn('\nChecked for a Photon:\n✔ Kind of Login: ', run.out)
        self.assertIn('User Name: The device logs in as “keeper@harbour-school.example”.', run.out)
        self.assertTrue(run.out.endswith(' with “!” may go wrong later.\n'), run.out)
        good = self.run_plain('certificate', 'check', '--device', 'p1', *self.campus(
            'keeper.pem', 'keeper-key.pem', 'ca.pem', 'clients-ca.pem'))
        self.assertIn('\nChecked for a P1:\n', good.out)
        self.assertTrue(good.out.endswith('\nNothing speaks against sending this.\n'), good.out)
        bad = self.run_plain('certificate', 'check',
                             *self.campus('keeper.pem', 'device-key.pem'))
        self.assertIn('✘ Key and Certificate (broken): ', bad.out)

    def test_the_order_of_files_does_not_matter(self):
        files = self.campus('keeper.pem', 'keeper-key.pem', 'ca.pem')
        first = self.look(*files)
        for order in (files[::-1], files[1:] + files[:1]):
            other = self.look(*order)
            self.assertEqual([(note['id'], note['text']) for note in first.named('note')],
                             [(note['id'], note['text']) for note in other.named('note')])

    def test_passwords_of_files(self):
        for name in ('keeper.p12', 'keeper-key-encrypted.pem'):
            for more in ([], self.key_password('wrong')):
                run = self.look(*self.campus(name), *more)
                self.assert_failure(run, 'E50')
                self.assertEqual(run.named('error')[0]['file'], self.campus(name)[0])
        run = self.look(*self.campus('keeper.p12'), *self.key_password())
        self.assertEqual(run.status, 0, run)
        self.assert_finding(run, 'key-match', 'good')

    def test_a_key_that_is_too_long(self):
        run = self.look(*self.data('client-4096.pem', 'client-4096-key.pem'))
        self.assertNotEqual(run.status, 0, run)
        self.assert_finding(run, 'key-size', 'broken', 'The key has 4096 bits and needs', 'usage')

    def test_a_key_of_another_kind(self):
        run = self.look(*self.data('client-ec.pem', 'client-ec-key.pem'))
        self.assertNotEqual(run.status, 0, run)
        self.assert_finding(run, 'key-type', 'broken', 'RSA only', 'usage')

    def test_a_key_of_another_certificate(self):
        run = self.look(*self.campus('keeper.pem', 'device-key.pem'))
        self.assert_failure(run, 'E49')

    def test_a_certificate_that_ended(self):
        run = self.look(*self.campus('expired.pem', 'expired-key.pem'))
        self.assert_failure(run, 'E48')

    def test_the_network_alone(self):
        """No name and no password are asked for."""
        run = self.look(*self.campus('ca.pem'))
        self.assertEqual(run.status, 0, run)
        self.assertLessEqual({'ca', 'ca-date', 'ca-kind', 'ca-size'}, set(self.findings(run)))
        self.assertLessEqual(set(self.findings(run)) & {'identity', 'password'}, set())

    def test_names(self):
        run = self.look(*self.campus('harbour-school.eap-config'), '--identity',
                        'ann@harbour-school.example')
        self.assertEqual(run.status, 0, run)
        self.assert_finding(run, 'realm', 'good', '@harbour-school.example')
        run = self.look(*self.campus('ca.pem'), '--identity', 'x' * 65, '--device', 'p1')
        self.assertEqual(run.status, 2, run)
        self.assert_finding(run, 'identity', 'broken', '64', 'usage')

    def test_profiles(self):
        run = self.look(*self.campus('harbour-school.mobileconfig'))
        self.assertEqual(run.status, 0, run)
        profile = run.named('profile')[0]
        self.assertEqual((profile['format'], profile['networks'][0]['name'],
                          profile['networks'][0]['eap']), ('mobileconfig', 'eduroam', 'peap'))
        self.assertTrue(run.named('certificate'))
        run = self.look(*self.campus('harbour-school-tls.eap-config'), *self.key_password())
        self.assertEqual(run.status, 0, run)
        self.assert_finding(run, 'key-match', 'good')
        ttls = self.write('ttls.conf', 'network={\n ssid="x"\n key_mgmt=WPA-EAP\n eap=TTLS\n'
                                       ' identity="a"\n phase2="auth=PAP"\n}\n')
        run = self.look(ttls)
        self.assert_failure(run, 'E51')
        self.assertIn('EAP-TTLS', run.err)

    def test_what_of_a_profile_is_not_used(self):
        """And is not dropped without a word; nor is a profile that ended."""
        two = self.write('two.conf', 'network={\n ssid="x"\n key_mgmt=WPA-EAP\n eap=PEAP\n}\n'
                                     'network={\n ssid="y"\n key_mgmt=WPA-EAP\n eap=SIM\n}\n')
        notes = self.findings(self.look(two))
        self.assertIn('SIM', notes['profile-left-out']['text'])
        with open(self.campus('harbour-school.eap-config')[0], encoding='utf-8') as f:
            text = f.read()
        place = text.index('<ProviderInfo>')
        old = self.write('old.eap-config', text[:place] + '<ValidUntil>2020-02-03T04:05:06Z'
                         '</ValidUntil>' + text[place:])
        run = self.look(old)
        self.assertIn('3 February 2020', self.findings(run)['profile-ended']['text'])
        self.assertEqual(run.named('profile')[0]['expires'], '2020-02-03T04:05:06Z')

    def test_a_file_that_cannot_be_read_stops_no_other(self):
        run = self.look('/nonexistent', self.write('text.txt', 'hello'), *self.campus('ca.pem'))
        self.assertEqual(run.status, 2, run)
        self.assertEqual([error['file'] for error in run.named('error')],
                         ['/nonexistent', os.path.join(self.folder, 'text.txt')])
        self.assertEqual(len(run.named('certificate')), 1)

    def test_ten_megabytes(self):
        self.assertEqual(self.look(self.write('large', bytes(10_000_000))).status, 2)

    def test_names_cannot_move_the_cursor(self):
        run = self.run_plain('certificate', 'check', *self.data('name-control.pem', 'name-long.pem'))
        self.assertNotIn('\x1b', run.out)

    def test_standard_input(self):
        with open(self.campus('ca.pem')[0], 'rb') as f:
            run = self.run_plain('--json', 'certificate', 'check', '-', stdin=f.read())
        self.assertEqual((run.status, run.named('certificate')[0]['file']), (0, '-'), run)


if __name__ == '__main__':
    unittest.main()

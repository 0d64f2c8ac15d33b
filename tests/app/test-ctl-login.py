#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl setup: networks with logins, from options, files and profiles."""
import os
import unittest

import ctl

CAMPUS = os.path.join(os.environ['FL_SOURCE_ROOT'], 'data', 'scenarios', 'campus')
DATA = os.path.join(os.environ['FL_SOURCE_ROOT'], 'tests', 'data', 'certificates')
READING_ROOM = 'PHHTAB6205B0514'  # takes networks by requests, …
LIBRARY = 'PHHTAB6205B0511'  # … this one by its console
ANN = ['--identity', 'ann@harbour-school.example']
PEAP = 'harbour-school.eap-config'
TTLS = '''network={
 ssid="eduroam"
 key_mgmt=WPA-EAP
 eap=TTLS
 identity="ann"
 password="tide-table"
 phase2="auth=PAP"
}
'''


class Login(ctl.Case):

    def path(self, name):
        return os.path.join(CAMPUS, name)

    def key_password(self, text='harbour'):
        return ['--key-password-file', self.write('key-password.txt', text)]

    def login(self, *more, network='eduroam', password='tide-table', device=READING_ROOM,
              json=True):
        """Sets a device of the school up, one that takes logins."""
        args = ['setup', device, *more]
        if network:
            args += ['--network', network]
        if password:
            args += ['--password-file', self.password_file(password)]
        return self.json('campus', *args) if json else self.simulate('campus', *args)

    def assert_online(self, run):
        self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)

    def assert_refused(self, run, identifier):
        """Before any device was looked for."""
        if identifier:
            self.assert_failure(run, identifier)
        else:
            self.assertEqual((run.status, run.result['error']), (2, 'usage'), run)
        self.assertEqual(run.stages, [], run)

    def findings(self, run):
        return {note['id']: (note['verdict'], note['problem']) for note in run.named('note')
                if 'verdict' in note}

    def test_a_device_without_logins(self):
        """Refused before anything is sent."""
        campus = '[Network campus]\nssid=Campus\nsecurity=enterprise\npassword=x\nrssi=-50\n'
        for more, password in ((['--ca', self.path('ca.pem'), *ANN], ctl.PASSWORD),
                               (['--client-cert', self.path('keeper.pem'), '--private-key',
                                 self.path('keeper-key.pem')], None),
                               (['--import', self.path(PEAP), *ANN], ctl.PASSWORD)):
            with self.subTest(more):
                run = self.json(self.scenario(more=campus),
                                *self.setup_args(*more, network='Campus', password=password))
                self.assert_failure(run, 'E33', 'choosing')
                self.assertNotIn('sending', run.stages)

    def test_name_and_password(self):
        run = self.login(*ANN, '--ca', self.path('ca.pem'))
        self.assert_online(run)
        self.assertEqual({verdict for verdict, _ in self.findings(run).values()}, {'good'})

    def test_no_certificate_of_the_network_is_told(self):
        """The person may know what that means; nobody is kept from it."""
        run = self.login(*ANN)
        self.assert_online(run)
        self.assertEqual(self.findings(run)['ca'], ('doubtful', 'E47'))
        plain = self.login(*ANN, json=False)
        self.assertIn('✔ User Name: ', plain.out)
        self.assertIn('! Certificate of the Network (doubtful): Without this file the device cannot '
                      'tell the real network from a copy.\n', plain.out)

    def test_strict_means_doubts_too(self):
        self.assert_refused(self.login(*ANN, '--strict'), 'E47')
        self.assert_refused(self.login('--identity', 'ann', '--strict', '--import',
                                       self.path(PEAP)), 'E46')
        self.assert_online(self.login(*ANN, '--strict', '--ca', self.path('ca.pem')))

    def test_wrong_name(self):
        run = self.login('--identity', 'bob@harbour-school.example')
        self.assertIn(run.result['error'], ('E35', 'E52'), run)
        self.assertEqual(run.result['stage'], 'joining')

    def test_certificate_and_key(self):
        run = self.login('--client-cert', self.path('keeper.pem'), '--private-key',
                         self.path('keeper-key.pem'), '--ca', self.path('ca.pem'), '--verbose',
                         password=None)
        self.assert_online(run)
        with open(self.path('keeper-key.pem'), encoding='ascii') as f:
            for line in f.read().splitlines()[1:-1]:
                self.assertNotIn(line, run.out + run.err)

    def test_one_file_with_certificate_and_key(self):
        self.assert_online(self.login('--client-cert', self.path('keeper.p12'),
                                      *self.key_password(), password=None))

    def test_key_with_a_password(self):
        files = ['--client-cert', self.path('keeper.pem'), '--private-key',
                 self.path('keeper-key-encrypted.pem')]
        self.assert_online(self.login(*files, *self.key_password(), password=None))
        for password in (self.key_password('wrong'), []):
            self.assert_refused(self.login(*files, *password, password=None), 'E50')
        run = self.login(*files, *self.key_password(), '--verbose', password=None)
        self.assertNotIn('harbour\n', run.out + run.err)

    def test_key_of_another_certificate(self):
        run = self.login('--client-cert', self.path('keeper.pem'), '--private-key',
                         self.path('device-key.pem'), password=None)
        self.assert_refused(run, 'E49')
        self.assertEqual(self.findings(run)['key-match'], ('broken', 'E49'))

    def test_certificate_that_ended(self):
        run = self.login('--client-cert', self.path('expired.pem'), '--private-key',
                         self.path('expired-key.pem'), password=None)
        self.assert_refused(run, 'E48')

    def test_swapped_files(self):
        self.assert_refused(self.login(*ANN, '--ca', self.path('keeper-key.pem')), None)
        self.assert_refused(self.login(*ANN, '--ca', self.path('keeper.pem')), None)
        self.assert_refused(self.login('--client-cert', self.path('keeper-key.pem'),
                                       '--private-key', self.path('keeper.pem'), password=None),
                            None)

    def test_the_wrong_ca(self):
        """The device sees that the server is another one's."""
        run = self.login(*ANN, '--ca', self.path('other-ca.pem'))
        self.assertIn(run.result['error'], ('E35', 'E52'), run)

    def test_profile_with_name_and_password(self):
        for name in (PEAP, 'harbour-school.mobileconfig'):
            with self.subTest(name):
                run = self.login(*ANN, '--import', self.path(name), network=None)
                self.assert_online(run)
                self.assertIn('profile-network', [note['id'] for note in run.named('note')])
                self.assertEqual(self.findings(run)['ca'], ('good', None))

    def test_profile_with_a_certificate(self):
        for name in ('harbour-school-tls.eap-config', 'harbour-school-tls.mobileconfig'):
            with self.subTest(name):
                args = ['--import', self.path(name)]
                self.assert_online(self.login(*args, *self.key_password(), network=None,
                                              password=None))
        run = self.login('--import', self.path('harbour-school-tls.eap-config'),
                         *self.key_password('wrong'), network=None, password=None)
        self.assert_refused(run, 'E50')

    def test_profile_that_names_files_beside_it(self):
        for name in ('ca.pem', 'keeper.pem', 'keeper-key.pem'):
            with open(self.path(name), encoding='ascii') as f:
                self.write(name, f.read())
        profile = self.write('wpa_supplicant.conf', '''network={
 ssid="eduroam"
 key_mgmt=WPA-EAP
 eap=TLS
 identity="keeper@harbour-school.example"
 ca_cert="ca.pem"
 client_cert="keeper.pem"
 private_key="keeper-key.pem"
}
''')
        run = self.login('--import', profile, network=None, password=None)
        self.assert_online(run)
        self.assertEqual(self.findings(run)['ca'], ('good', None))
        os.remove(os.path.join(self.folder, 'ca.pem'))
        run = self.login('--import', profile, network=None, password=None)
        self.assert_refused(run, None)
        self.assertIn('ca.pem', run.err)

    def test_options_go_before_the_profile(self):
        profile = self.write('profile.conf', TTLS.replace('TTLS', 'PEAP').replace(
            'PAP"', 'MSCHAPV2"').replace('"ann"', '"bob@harbour-school.example"'))
        self.assert_online(self.login('--import', profile, *ANN))
        self.assertNotEqual(self.login('--import', profile).status, 0)
        run = self.login('--import', self.path(PEAP), *ANN, '--ca', self.path('other-ca.pem'))
        self.assertIn(run.result['error'], ('E35', 'E52'), run)
        run = self.login('--import', self.path(PEAP), *ANN, network='Harbour Office')
        self.assertIn('another network', run.named('note')[0]['text'])

    def test_ending_that_the_profile_knows(self):
        """Guests log in with the endings of their own schools: a doubt, no more."""
        for name in ('ann', 'ann@other.example'):
            run = self.login('--identity', name, '--import', self.path(PEAP))
            self.assertEqual(self.findings(run)['realm'], ('doubtful', 'E46'))
            self.assertIn('joining', run.stages)

    def test_what_of_a_profile_is_not_used(self):
        profile = self.write('two.conf', TTLS.replace('TTLS', 'PEAP').replace('PAP', 'MSCHAPV2') +
                             TTLS.replace('TTLS', 'SIM'))
        run = self.login('--import', profile, *ANN, network=None)
        self.assert_online(run)
        texts = {note['id']: note['text'] for note in run.named('note')}
        self.assertIn('SIM', texts['profile-left-out'])

    def test_profile_for_another_method(self):
        run = self.login('--import', self.write('ttls.conf', TTLS), network=None, password=None)
        self.assert_refused(run, 'E51')
        self.assertIn('EAP-TTLS', run.err)

    def test_profile_that_cannot_be_read(self):
        with open(self.path(PEAP), encoding='ascii') as f:
            text = f.read()
        for broken in (text[:len(text) // 2], '<?xml version="1.0"?><a/>', 'network={\n', 'hello',
                       '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'):
            with self.subTest(broken[:40]):
                self.assert_refused(self.login(*ANN, '--import', self.write('broken', broken)),
                                    'E51')

    def test_profile_of_a_network_without_logins(self):
        profile = self.write('home.conf', 'network={\n ssid="Harbour Workshop"\n'
                                          ' psk="drill-and-file"\n}\n')
        run = self.login('--import', profile, network=None, password=None)
        self.assert_online(run)
        self.assertEqual(self.findings(run), {})
        self.assert_refused(self.login('--import', profile, *ANN, network=None), 'E51')

    def test_profile_of_several_networks(self):
        profile = self.write('many.conf', ''.join(
            f'network={{\n ssid="{name}"\n psk="drill-and-file"\n}}\n'
            for name in ('Harbour Workshop', 'Other')))
        run = self.login('--import', profile, network=None, password=None)
        self.assert_refused(run, None)
        self.assertIn('--network', run.err)
        self.assert_online(self.login('--import', profile, network='Harbour Workshop',
                                      password=None))

    def test_options_of_logins_without_one(self):
        """Nothing that is given is dropped without a word."""
        for more in (['--strict'], self.key_password()):
            run = self.login(*more, network='Harbour Workshop', password='drill-and-file')
            self.assert_refused(run, None)
            self.assertIn(more[0], run.err)

    def test_a_login_is_missing_or_too_much(self):
        run = self.login()
        self.assertEqual((run.status, run.result['stage']), (2, 'choosing'), run)
        run = self.login(*ANN, network='Harbour Workshop', password='drill-and-file')
        self.assertEqual((run.status, run.result['stage']), (2, 'choosing'), run)

    def test_more_than_the_device_takes(self):
        """Known as soon as the device is: nothing is sent."""
        roots = b''
        for name in ('root', 'other-root', 'impostor-root', 'root-no-constraints'):
            with open(os.path.join(DATA, f'{name}.pem'), 'rb') as f:
                roots += f.read()
        for device in (READING_ROOM, LIBRARY):
            for name, args in (('identity', ['--identity', 'x' * 65]),
                               ('ca-size', [*ANN, '--ca', self.write('roots.pem', roots)])):
                with self.subTest(name, device=device):
                    run = self.login(*args, device=device)
                    self.assertEqual((run.status, run.result['stage']), (2, 'choosing'), run)
                    self.assertNotIn('sending', run.stages)
                    self.assertEqual(self.findings(run)[name], ('broken', 'usage'))

    def test_what_only_the_device_knows_is_added(self):
        run = self.login(*ANN)
        notes = [note['id'] for note in run.named('note')]
        self.assertLess(notes.index('ca'), notes.index('method'))
        self.assertEqual(notes.count('ca'), 1)
        self.assertEqual(self.findings(run)['server-name'], ('good', None))

    def test_by_the_console(self):
        for more, password in (([*ANN], 'tide-table'),
                               ([*ANN, '--ca', self.path('ca.pem')], 'tide-table'),
                               (['--client-cert', self.path('keeper.p12'), '--ca',
                                 self.path('ca.pem'), *self.key_password()], None)):
            with self.subTest(more):
                self.assert_online(self.login(*more, password=password, device=LIBRARY))

    def test_several_devices_hear_it_once(self):
        run = self.json('campus', 'setup', READING_ROOM, 'P046AD3425B0515', '--label',
                        'P046AD3425B0515 GATEH0USEGATE15', '--network', 'eduroam', *ANN,
                        '--password-file', self.password_file('tide-table'))
        self.assertEqual([device['error'] for device in run.result['devices']], [None, 'E33'], run)
        self.assertEqual(len([note for note in run.named('note') if note['id'] == 'ca']), 1)


if __name__ == '__main__':
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl --product: the four security methods, from the profiles that ship."""
import configparser
import os
import unittest

import ctl

PRODUCTS = os.path.join(os.environ['FL_SOURCE_ROOT'], 'data', 'products')


def read_profile(name):
    profile = configparser.ConfigParser(interpolation=None)
    profile.read(os.path.join(PRODUCTS, name + '.product'), encoding='utf-8')
    return profile


def device_lines(profile):
    """What a device's own firmware is set to when it is of this product."""
    bluetooth = profile['Bluetooth']
    lines = ['mode=provisioning',
             *(f'{key}={bluetooth[key]}' for key in ('service', 'rx', 'tx', 'version'))]
    if bluetooth['name-rule'] == 'fixed':
        lines.append(f'fixed-name={bluetooth["name"]}')
    if profile['Secret']['source'] == 'constant':
        lines.append(f'secret={profile["Secret"]["value"]}')
    return '\n'.join(lines)


class Products(ctl.Case):

    def run_profile(self, name, *words, device=None):
        lines = device_lines(read_profile(name)) if device is None else device
        path = self.scenario(device=lines)
        if 'secret=' in lines:  # instead of the one that is in every scenario
            with open(path, encoding='utf-8') as f:
                text = f.read().replace(f'secret={ctl.SECRET}\n', '')
            path = self.write('constant.ini', text)
        return self.json(path, '--product', os.path.join(PRODUCTS, name + '.product'), 'setup',
                         *words, '--network', 'Home', '--password-file', self.password_file())

    def assert_online(self, run):
        self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)

    def test_factory(self):
        self.assert_online(self.run_profile('particle-factory', '--label-file', self.label_file(),
                                            device=''))

    def test_provisioning_mode(self):
        run = self.run_profile('particle-provisioning', '--label-file', self.label_file())
        self.assert_online(run)
        self.assertNotIn('listening', [light['light'] for light in run.named('light')])

    def test_constant_secret_needs_the_code_only(self):
        run = self.run_profile('particle-fixed-secret', ctl.CODE)
        self.assert_online(run)
        self.assertNotIn(read_profile('particle-fixed-secret')['Secret']['value'],
                         run.out + run.err)

    def test_constant_name_needs_nothing(self):
        self.assert_online(self.run_profile('particle-fixed-id'))

    def ask(self, device):
        product = self.write('asks.product', '[Product]\nid=asks\nname=Asks\n'
                                             '[Request]\npayload={"do": "register"}\n')
        return self.json(self.scenario(device=device), '--product', product, 'setup',
                         '--label-file', self.label_file(), '--network', 'Home',
                         '--password-file', self.password_file())

    def test_what_the_application_answers_is_in_the_result(self):
        run = self.ask('app-request=json')
        self.assert_online(run)
        self.assertEqual(run.result['reply'], '{"ok":true,"bytes":18}')
        self.assertIn('request-answered', [note['id'] for note in run.named('note')])

    def test_an_application_without_answer_fails_nothing(self):
        run = self.ask('app-request=none')
        self.assert_online(run)
        self.assertNotIn('reply', run.result)
        self.assertIn('request-refused', [note['id'] for note in run.named('note')])

    def test_a_request_that_is_no_json_is_refused(self):
        product = self.write('bad.product', '[Product]\nid=bad\nname=Bad\n'
                                            '[Request]\npayload={do}\n')
        run = self.simulate(self.scenario(), '--product', product, 'find')
        self.assertEqual(run.status, 2, run)
        self.assertIn('bad.product:5: the request is no JSON', run.err)

    def test_built_in_profiles_have_names(self):
        run = self.simulate(self.scenario(), '--product', 'particle-factory', 'find')
        self.assertEqual(run.status, 0, run)

    def test_devices_of_another_product_are_not_seen(self):
        run = self.run_profile('particle-provisioning', '--label-file', self.label_file(),
                               device='')
        self.assert_failure(run, 'E19', 'finding')


if __name__ == '__main__':
    unittest.main()

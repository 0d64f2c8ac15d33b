#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl: the commands beside setup."""
import unittest

import ctl

SECOND = f'''
[Device two]
platform=argon
serial=ARNKAB245EF34GH
secret={'B' * 15}
rssi=-70
'''
KNOWN = 'known=home; guests'


class Find(ctl.Case):

    def test_devices_in_both_faces(self):
        path = self.scenario(more=SECOND)
        run = self.json(path, 'find')
        self.assertEqual(run.status, 0, run)
        self.assertEqual({event['setup_code'] for event in run.named('found')},
                         {ctl.CODE, 'EF34GH'})
        for event in run.named('found'):
            self.assertEqual(event['roads'][0]['road'], 'bluetooth')
            self.assertLess(event['signal_dbm'], 0)
            self.assertEqual(event['family'], 'particle')
        plain = self.simulate(path, 'find')
        self.assertIn(ctl.CODE, plain.out)
        self.assertIn('EF34GH', plain.out)
        self.assertEqual(len(plain.out.splitlines()), 2, plain)

    def test_a_device_that_goes_is_lost(self):
        run = self.json(self.scenario(device='faults=vanish-at=3s'), 'find', '--for', '90')
        self.assertEqual(run.status, 0, run)
        lost, = run.named('lost')
        self.assertEqual(lost['setup_code'], ctl.CODE)
        self.assertGreater(lost['at_ms'], 30000)

    def test_nothing_found(self):
        run = self.json(self.scenario(device='mode=running'), 'find')
        self.assert_failure(run, 'E19')

    def test_only_one_kind_of_road(self):
        path = self.scenario()
        self.assertEqual(self.json(path, 'find', '--road', 'bluetooth').status, 0)
        self.assert_failure(self.json(path, 'find', '--road', 'usb'), 'E19')

    def test_adapter_that_is_off(self):
        run = self.json(self.scenario(world='faults=adapter-off-at=0'), 'find')
        self.assert_failure(run, 'E02')


class Target(ctl.Case):

    def info(self, *args, more=''):
        return self.json(self.scenario(more=more), 'info', *args, '--label-file',
                         self.label_file())

    def test_all_names_of_a_device(self):
        path = self.scenario()
        found, = self.json(path, 'find').named('found')
        for name in (ctl.CODE, ctl.CODE.lower(), ctl.SERIAL, found['roads'][0]['address']):
            with self.subTest(name):
                self.assertEqual(self.info(name).status, 0)

    def test_the_label_is_enough(self):
        self.assertEqual(self.info(more=SECOND).status, 0)

    def test_several_devices_and_none_named(self):
        run = self.json(self.scenario(more=SECOND), 'info')
        self.assertEqual(run.status, 2, run)
        self.assertIn(ctl.CODE, run.named('error')[0]['detail'])

    def test_the_only_device_is_taken_and_named(self):
        run = self.json(self.scenario(), 'info')
        self.assertIn('only-device', [note['id'] for note in run.named('note')])
        self.assertEqual(run.status, 2, run)  # it still wants its label
        self.assertIn('--label-file', run.named('error')[0]['detail'])


class Commands(ctl.Case):

    def command(self, command, *more, device='', words=(), json=True):
        args = [command, ctl.CODE, *words, '--label-file', self.label_file(), *more]
        path = self.scenario(device=device)
        return self.json(path, *args) if json else self.simulate(path, *args)

    def test_info(self):
        run = self.command('info', device='firmware=6.2.0')
        self.assertEqual(run.status, 0, run)
        info, = run.named('info')
        self.assertEqual((info['serial'], info['firmware'], info['mode'], info['platform_id']),
                         (ctl.SERIAL, '6.2.0', 'listening', 32))
        self.assertRegex(info['device_id'], '^[0-9a-f]{24}$')
        self.assertIsNone(info['network'])
        plain = self.command('info', device='firmware=6.2.0', json=False)
        self.assertIn(f'Serial number: {ctl.SERIAL}\n', plain.out)
        self.assertNotIn('…', plain.out)  # how it got there belongs to setup
        self.assertIn('Firmware: 6.2.0\n', plain.out)

    def test_info_of_a_protected_device_on_a_cable(self):
        run = self.command('info', device='usb=yes\nbluetooth=no\nprotected=yes')
        self.assertEqual(run.status, 0, run)
        info, = run.named('info')
        self.assertTrue(info['protected'])
        self.assertRegex(info['device_id'], '^[0-9a-f]{24}$')
        run = self.command('networks', device='usb=yes\nbluetooth=no\nprotected=yes')
        self.assertEqual((run.status, run.result['error']), (38, 'E28'), run)

    def test_networks_strongest_first(self):
        run = self.command('networks', json=False)
        self.assertEqual(run.status, 0, run)
        lines = [line.split()[0] for line in run.out.splitlines() if 'GHz' in line]
        self.assertEqual(lines, ['Home', 'Guests'])
        json_run = self.command('networks')
        self.assertEqual({event['name'] for event in json_run.named('network')},
                         {'Home', 'Guests'})

    def test_no_networks(self):
        self.assert_failure(self.command('networks', device='faults=scan-empty=9'), 'E31')

    def test_names_cannot_move_the_cursor(self):
        evil = b'\x1b[2J\x9b31m\x07'
        escaped = ''.join(f'\\x{byte:02x}' for byte in evil)
        more = f'[Network evil]\nssid={escaped}\nsecurity=open\nchannel=1\nrssi=-50\n'
        run = self.simulate(self.scenario(more=more), 'networks', ctl.CODE, '--label-file',
                            self.label_file())
        self.assertEqual(run.status, 0, run)
        self.assertNotIn('\x1b', run.out)
        self.assertNotIn('\x07', run.out)
        self.assertIn('[2J', run.out)
        json_run = self.json(self.scenario(more=more), 'networks', ctl.CODE, '--label-file',
                             self.label_file())
        self.assertIn(evil.hex(), [event['ssid_hex'] for event in json_run.named('network')])

    def test_known_networks_in_order(self):
        run = self.command('known', device=KNOWN)
        self.assertEqual(run.status, 0, run)
        self.assertEqual([(event['position'], event['name']) for event in run.named('network')],
                         [(1, 'Home'), (2, 'Guests')])
        self.assertTrue(all(event['stored'] for event in run.named('network')))

    def test_remove_one_of_the_known(self):
        run = self.command('known', '--remove', 'Home', device=KNOWN)
        self.assertEqual(run.status, 0, run)
        self.assertEqual([event['name'] for event in run.named('network')], ['Guests'])

    def test_remove_what_is_not_stored(self):
        run = self.command('known', '--remove', 'Elsewhere', device=KNOWN)
        self.assertEqual(run.status, 2, run)

    def test_clear_the_known(self):
        run = self.command('known', '--clear', device=KNOWN)
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.named('network'), [])
        self.assertEqual([note['id'] for note in run.named('note')], ['none-stored'])

    def test_light(self):
        run = self.command('light')
        self.assertEqual(run.status, 0, run)
        light = run.named('light')[-1]
        self.assertEqual((light['light'], light['pattern'], light['colour'], light['reported']),
                         ('listening', 'blink', '#0000ff', True))
        self.assertIn('▮', self.command('light', json=False).out)

    def test_light_follows_until_the_time_limit(self):
        run = self.json(self.scenario(), '--timeout', '60', 'light', ctl.CODE, '--label-file',
                        self.label_file(), '--follow')
        self.assertEqual(run.status, 0, run)
        self.assertGreaterEqual(run.result['at_ms'], 60000)

    def test_identify_on_and_off(self):
        for more, note in (([], 'identify-on'), (['--stop'], 'identify-off')):
            run = self.command('identify', *more)
            self.assertEqual(run.status, 0, run)
            self.assertEqual([event['id'] for event in run.named('note')], [note])

    def test_listen_off(self):
        run = self.command('listen', words=['off'])
        self.assertEqual(run.status, 0, run)
        self.assertEqual([event['id'] for event in run.named('note')], ['not-listening'])

    def test_listen_on(self):
        run = self.command('listen', words=['on'])
        self.assertEqual(run.status, 0, run)
        self.assertEqual([event['id'] for event in run.named('note')], ['listening'])

    def test_reset(self):
        run = self.command('reset')
        self.assertEqual(run.status, 0, run)
        self.assertEqual([event['id'] for event in run.named('note')], ['reset'])


class World(ctl.Case):

    def test_everything_that_a_set_up_needs(self):
        path = self.scenario()
        run = self.json(path, 'world')
        self.assertEqual(run.status, 0, run)
        label, = run.named('label')
        networks = {event['name']: event for event in run.named('network')}
        self.assertEqual(label['text'], ctl.LABEL)
        self.assertEqual(networks['Home']['password'], ctl.PASSWORD)
        self.assertIsNone(networks['Guests']['password'])
        plain = self.simulate(path, 'world')
        self.assertEqual(plain.status, 0, plain)
        self.assertIn(ctl.LABEL, plain.out)
        self.assertIn(ctl.PASSWORD, plain.out)

    def test_the_suggestion_of_the_default_world_ends_well(self):
        world = self.run_plain('--simulate', '--json', 'world')
        self.check_json(world)
        label, = (event for event in world.named('label') if event['suggested'])
        network, = (event for event in world.named('network') if event['suggested'])
        run = self.run_plain('--simulate', '--virtual-time', '--json', 'setup',
                             label['setup_code'], '--label-file', self.label_file(label['text']),
                             '--network', network['name'], '--password-file',
                             self.password_file(network['password']))
        self.assertEqual(run.status, 0, run)


if __name__ == '__main__':
    unittest.main()

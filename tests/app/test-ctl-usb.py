#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl over a cable: one device, one with two roads, and a hub full of them."""
import unittest

import ctl

CABLE = 'usb=yes\nbluetooth=no'
CODES = [f'AB000{i}' for i in range(1, 9)]  # as real ones: hexadecimal, and in the device ID, too
FAULTS = {
    'usb-refused': 'E08', 'usb-claimed': 'E09', 'usb-silent=20': None, 'usb-unplug=12': None,
    'usb-stall=15': None, 'usb-short=20': None, 'usb-long=20': None, 'usb-garbage=20': None,
    'usb-wrong-id=99': None, 'usb-not-found=99': None, 'usb-busy=999': None,
    'usb-no-memory=999': None, 'usb-unplug-at=3s': None, 'silent-at=request': None,
    'silent-at=join': 'E39', 'answer=500:-250': 'E35', 'no-address': 'E40',
}


class Cable(ctl.Case):

    def run_on(self, *args, device='', **more):
        return self.json(self.scenario(device=f'{CABLE}\n{device}', **more), *args)

    def test_commands_need_no_label(self):
        for words, event in ((['info'], 'info'), (['networks'], 'network'), (['known'], 'network'),
                             (['light'], 'light'), (['identify'], 'note'), (['reset'], 'note'),
                             (['listen', 'on'], 'note'), (['listen', 'off'], 'note')):
            with self.subTest(words):
                run = self.run_on(words[0], ctl.CODE, *words[1:], device='known=home')
                self.assertEqual(run.status, 0, run)
                self.assertTrue(run.named(event), run)

    def test_setup(self):
        run = self.run_on('setup', ctl.CODE, '--network', 'Home', '--password-file',
                          self.password_file())
        self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)
        self.assertEqual(run.result['proof'], ['stored', 'joined', 'address', 'cloud'])

    def test_the_only_device_is_taken(self):
        run = self.run_on('info')
        self.assertEqual(run.status, 0, run)
        self.assertEqual(run.named('info')[0]['serial'], ctl.SERIAL)

    def test_every_name_of_it(self):
        found, = self.run_on('find').named('found')
        self.assertEqual({road['road'] for road in found['roads']}, {'usb', 'serial'})
        for name in (ctl.CODE, ctl.SERIAL, found['device_id'], found['roads'][0]['address']):
            with self.subTest(name):
                run = self.run_on('info', name)
                self.assertEqual(run.status, 0, run)

    def test_request(self):
        run = self.run_on('request', ctl.CODE, '--payload-file', self.write('payload', 'x' * 9000),
                          device='app-request=echo')
        self.assertEqual((run.status, run.result['reply']), (0, 'x' * 9000), run)

    def test_a_running_device(self):
        run = self.run_on('info', ctl.CODE, device='mode=running\nknown=home')
        self.assertEqual((run.status, run.named('info')[0]['mode']), (0, 'running'), run)

    def test_a_cable_that_is_pulled_is_no_missing_label(self):
        """The device is heard over Bluetooth, too, but nobody gave its secret."""
        for moment in ('2ms', '1500ms', '4s'):
            with self.subTest(moment):
                run = self.json(self.scenario(device=f'usb=yes\nfaults=usb-unplug-at={moment}'),
                                'setup', ctl.CODE, '--network', 'Home', '--password-file',
                                self.password_file())
                self.assert_failure(run, 'E24')

    def test_which_command_mends_it(self):
        for device, words in (('faults=usb-refused', 'doctor --add-rule'), ('mode=dfu', 'reset')):
            with self.subTest(device):
                path = self.scenario(device=f'{CABLE}\n{device}')
                found = self.simulate(path, 'find')
                self.assertRegex(found.out, r'\(This Computer May|\(The Device Is in Update')
                self.assertIn(words, self.simulate(path, 'info', ctl.CODE).err)

    def test_faults_end_in_time_with_a_reason(self):
        for fault, identifier in FAULTS.items():
            with self.subTest(fault):
                run = self.run_on('setup', ctl.CODE, '--network', 'Home', '--password-file',
                                  self.password_file(), device=f'faults={fault}')
                self.assertNotEqual(run.result['error'], 'usage', run)
                self.assertLess(run.result['at_ms'], 240000, run)
                if identifier:
                    self.assert_failure(run, identifier)


class UpdateMode(ctl.Case):

    def test_it_is_said(self):
        run = self.json(self.scenario(device=f'{CABLE}\nmode=dfu'), 'info', ctl.CODE)
        self.assert_failure(run, 'E27')

    def test_reset_leads_out_of_it(self):
        path = self.scenario(device=f'{CABLE}\nmode=dfu')
        found = self.json(path, 'find').named('found')[0]
        run = self.json(path, 'reset', found['device_id'])
        self.assertEqual(run.status, 0, run)
        self.assertEqual([note['id'] for note in run.named('note')][-1:], ['left-update-mode'])

    def test_other_modes_do_not(self):
        path = self.scenario(device=f'{CABLE}\nmode=dfu')
        found = self.json(path, 'find').named('found')[0]
        run = self.json(path, 'reset', found['device_id'], '--mode', 'safe')
        self.assert_failure(run, 'E27')

    def test_it_has_a_report(self):
        path = self.scenario(device=f'{CABLE}\nmode=dfu')
        found = self.json(path, 'find').named('found')[0]
        run = self.json(path, 'report', found['device_id'])
        self.assert_failure(run, 'E27')
        self.assertEqual(run.result['report']['check'][0]['verdict'], 'broken')


class LaterPhoton(ctl.Case):

    def test_which_way_serves_it(self):
        path = self.scenario(platform='photon', serial='PHHMAB345AB12CD',
                             device='usb=yes\nfirmware=3.3.1')
        for words in (['known'], ['known', '--clear']):
            with self.subTest(words):
                self.assert_failure(self.json(path, *words), 'E29a')

    def test_by_its_console(self):
        """Its control requests take no network and list none; its serial port takes one."""
        path = self.scenario(platform='photon', serial='PHHMAB345AB12CD',
                             device='usb=yes\nfirmware=3.3.1')
        run = self.json(path, 'networks')
        self.assertEqual((run.status, run.named('network')), (0, []), run)
        run = self.json(path, 'setup', '--network', 'Home', '--password-file',
                        self.password_file())
        self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)
        self.assertIn('fall-back', [note['id'] for note in run.named('note')], run)


class TwoRoads(ctl.Case):

    def test_one_row_with_both_roads(self):
        run = self.json(self.scenario(device='usb=yes'), 'find')
        self.assertEqual(run.status, 0, run)
        self.assertEqual({event['setup_code'] for event in run.named('found')}, {ctl.CODE})
        self.assertEqual({road['road'] for road in run.named('found')[-1]['roads']},
                         {'usb', 'serial', 'bluetooth'})
        self.assertEqual(run.named('lost'), [])
        plain = self.simulate(self.scenario(device='usb=yes'), 'find')
        last = plain.out.splitlines()[-1]
        self.assertIn('USB cable', last)
        self.assertIn('Bluetooth', last)

    def test_find_by_road(self):
        more = f'[Device two]\nserial=P046AB245EF34AB\n{CABLE}\n' \
               '[Device three]\nserial=P046AB245CD98EF\n'
        path = self.scenario(device='usb=yes', more=more)
        for road, codes in (('usb', {ctl.CODE, 'EF34AB'}), ('bluetooth', {ctl.CODE, 'CD98EF'}),
                            ('serial', {ctl.CODE, 'EF34AB'}), ('access-point', None)):
            with self.subTest(road):
                run = self.json(path, 'find', '--road', road)
                if codes is None:
                    self.assert_failure(run, 'E19')
                    continue
                self.assertEqual({event['setup_code'] for event in run.named('found')}, codes)
                for event in run.named('found'):
                    self.assertIn(road, [one['road'] for one in event['roads']])

    def test_a_cable_that_cannot_be_used(self):
        """With the label the device is set up over Bluetooth; without it the cable is the cause."""
        for fault, identifier in (('usb-refused', 'E08'), ('usb-claimed', 'E09')):
            with self.subTest(fault):
                path = self.scenario(device=f'usb=yes\nfaults={fault}')
                run = self.json(path, *self.setup_args())
                self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)
                run = self.json(path, *[word for word in self.setup_args()
                                        if 'label' not in word])
                self.assert_failure(run, identifier)

    def test_a_road_that_is_fine_is_not_blamed_for_another(self):
        path = self.scenario(world='faults=adapter-off-at=0')
        self.assert_failure(self.json(path, 'find', '--road', 'usb'), 'E19')
        self.assert_failure(self.json(path, 'find', '--road', 'bluetooth'), 'E02')

    def test_a_device_that_tells_its_serial_number_only(self):
        """Its set-up code is in no descriptor: it is told of once it has said who it is."""
        run = self.json(self.scenario(device=CABLE, serial='P046AB245XYZXYZ'), 'find')
        found, = run.named('found')
        self.assertEqual((found['setup_code'], found['serial']), ('XYZXYZ', 'P046AB245XYZXYZ'))

    def test_a_device_that_does_not_say_who_it_is(self):
        run = self.json(self.scenario(device=f'{CABLE}\nfaults=silent-at=request'), 'find')
        self.assertEqual(run.status, 0, run)
        self.assertLess(run.named('found')[0]['at_ms'], 1000)

    def test_a_cable_that_is_pulled_is_lost_to_its_road(self):
        run = self.json(self.scenario(device='usb=yes\nfaults=usb-unplug-at=2s'), 'find', '--road',
                        'usb', '--for', '60')
        self.assertEqual(run.status, 0, run)
        self.assertEqual([event['setup_code'] for event in run.named('lost')], [ctl.CODE])

    def test_two_names_of_one_device(self):
        path = self.scenario(device='usb=yes')
        addresses = [road['address'] for road in
                     self.json(path, 'find').named('found')[-1]['roads']]
        run = self.json(path, 'info', *addresses)
        self.assertEqual(run.status, 2, run)


class Hub(ctl.Case):

    def hub(self, devices=(), only=CODES):
        devices = dict(devices)
        more = ''.join(f'[Device {code}]\nserial=P046AB245{code}\nlocation=1-4.{i + 1}\n'
                       f'bluetooth=no\n{"" if "usb=" in devices.get(code, "") else "usb=yes"}\n'
                       f'{devices.get(code, "")}\n' for i, code in enumerate(CODES) if code in only)
        return self.scenario(device='faults=advert-delay=60min', more=more)

    def setup_words(self, *codes):
        return ['setup', *codes, '--network', 'Home', '--password-file', self.password_file()]

    def ends(self, run):
        return {device['device']: device['error'] for device in run.result['devices']}

    def test_eight_devices_take_little_longer_than_the_slowest_alone(self):
        slow = {code: f'join-time={2 + i % 3}s\nscan-time={1 + i % 2}s'
                for i, code in enumerate(CODES)}
        all_of_them = self.json(self.hub(slow), *self.setup_words(*CODES))
        self.assertEqual(all_of_them.status, 0, all_of_them)
        alone = [self.json(self.hub(slow, [code]), *self.setup_words(code)).result['at_ms']
                 for code in CODES]
        self.assertLessEqual(all_of_them.result['at_ms'], 1.3 * max(alone))

    def test_one_that_misbehaves_stops_no_other(self):
        for fault, identifier in FAULTS.items():
            with self.subTest(fault):
                run = self.json(self.hub({CODES[2]: f'faults={fault}'}), *self.setup_words(*CODES))
                ends = self.ends(run)
                bad = ends.pop(CODES[2])
                self.assertEqual(set(ends.values()), {None}, run)
                if identifier:
                    self.assertEqual(bad, identifier)

    def test_each_command_on_all_of_them(self):
        for words, event in ((['info'], 'info'), (['networks'], 'network'), (['known'], 'note'),
                             (['light'], 'light'), (['identify'], 'note'), (['reset'], 'note')):
            with self.subTest(words):
                run = self.json(self.hub(), *words, *CODES)
                self.assertEqual(run.status, 0, run)
                for code in CODES:
                    self.assertTrue(run.named(event, code), run)

    def test_two_with_the_same_serial_text(self):
        """Hostile or miswritten: their device IDs tell them apart."""
        more = ''.join(f'[Device {name}]\nserial=P046AB245TW1NS0\ndevice-id=0a10aced2021949{i:09}\n'
                       f'{CABLE}\nlocation=1-{i}\n' for i, name in ((1, 'a'), (2, 'b')))
        path = self.scenario(device='faults=advert-delay=60min', more=more)
        ids = [f'0a10aced2021949{i:09}' for i in (1, 2)]
        run = self.json(path, 'info', *ids)
        self.assertEqual(run.status, 0, run)
        for device_id in ids:
            self.assertEqual(run.named('info', device_id)[0]['device_id'], device_id)

    def test_a_name_that_two_devices_have(self):
        """Nothing is done to either of them; their places tell them apart."""
        more = ''.join(f'[Device {name}]\nserial=P046AB245TW1NS0\ndevice-id=0a10aced2021949{i:09}\n'
                       f'{CABLE}\nknown=home\nlocation=1-{i}\n' for i, name in ((1, 'a'), (2, 'b')))
        path = self.scenario(device='faults=advert-delay=60min', more=more)
        for words in (['info', 'TW1NS0'], ['report', 'P046AB245TW1NS0'], ['info', 'TW1NS0', '1-2'],
                      ['known', 'TW1NS0', '--clear'], self.setup_words('TW1NS0'),
                      ['info', '--label-file', self.label_file(f'P046AB245TW1NS0 {ctl.SECRET}')]):
            with self.subTest(words):
                run = self.json(path, *words)
                self.assertEqual(run.status, 2, run)
                self.assertIn('1-1, 1-2', run.named('error')[0]['detail'] or run.err, run)
                self.assertNotIn('sending', run.stages)
        self.assertIn('1-1, 1-2', self.simulate(path, 'info').err)
        self.assertEqual(self.json(path, 'info', '1-2').status, 0)

    def test_plugged_in_late(self):
        run = self.json(self.hub({CODES[5]: 'usb=later 8s'}, CODES[4:6]), 'info', *CODES[4:6])
        self.assertEqual(self.ends(run), {CODES[4]: None, CODES[5]: None})


class Scenarios(ctl.Case):
    """Those that ship."""

    def codes(self, name):
        run = self.json(name, 'find')
        self.assertEqual(run.status, 0, run)
        return list(dict.fromkeys(event['setup_code'] for event in run.named('found')))

    def test_hub(self):
        codes = self.codes('hub')
        self.assertEqual(len(codes), 8)
        run = self.json('hub', 'info', *codes)
        ends = [device['error'] for device in run.result['devices']]
        self.assertGreaterEqual(ends.count(None), 7, run)

    def test_service_desk(self):
        codes = self.codes('service-desk')
        run = self.json('service-desk', 'report', *codes)
        self.assertEqual(len(run.result['devices']), len(codes))
        self.assertTrue(any(device['ok'] for device in run.result['devices']))
        for device in run.result['devices']:
            self.assertIn('report', device)
            self.assertNotEqual(device['error'], 'E57', device)

    def test_two_roads(self):
        run = self.json('two-roads', 'find')
        both = [event for event in run.named('found') if len(event['roads']) == 2]
        self.assertEqual(len(both), 1, run)

    def test_usb(self):
        run = self.json('usb', 'info')
        self.assertEqual(run.status, 0, run)


if __name__ == '__main__':
    unittest.main()

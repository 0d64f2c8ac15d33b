# SPDX-License-Identifier: Apache-2.0
"""Particle's own USB library and command line on simulated devices, beside firstlightctl: both
have to get the same answers."""
import contextlib
import functools
import os
import time

import lab
from lab.vendor import Refusal, Vendor

SCENARIO = os.path.join(os.path.dirname(__file__), '../scenarios/vendor.scenario')
KINDS = {  # devices of the scenario: the vendor's name of the platform
    'p2': 'p2',
    'photon2': 'p2',
    'm-som': 'msom',
    'argon': 'argon',
    'p2-58': 'p2',
    'p2-53': 'p2',
    'photon': 'photon',
    'photon-23': 'photon',
}
MODES = {'listening': 'LISTENING', 'running': 'NORMAL'}
# of firstlightctl: the vendor's names; an Argon's radio has its own numbers from 5 on
SECURITIES = {'open': 'NONE', 'wep': 'WEP', 'wpa': 'WPA_PSK', 'wpa2': 'WPA2_PSK',
              'wpa-wpa2': 'WPA_WPA2_PSK', 'wpa3': 'WPA3_PSK', 'wpa2-wpa3': 'WPA2_WPA3_PSK'}
HOME = {'ssid': 'Harbour Lane 12', 'security': 'WPA2_PSK', 'password': 'lighthouse7'}
GUEST = {'ssid': 'Harbour Guest'}
# What a join ends with, by firmware: wrong password, no such network
JOIN_RESULTS = {'p2': (-250, -170), 'p2-53': (-170, -170), 'argon': (-170, -170)}
MESSAGES = {-120: 'Not supported', -170: 'Not found', -210: 'Invalid state',
            -250: 'Internal error', -270: 'Invalid argument'}

vendor = None


@lab.setup
def start():
    global vendor  # one process: it takes long to start
    lab.udev()
    lab.modprobe('vhci-hcd', 'cdc-acm')
    with contextlib.suppress(lab.Skip):
        vendor = Vendor()
        lab.cleanup(vendor.stop)


def plug(*devices, wifi=None):
    """Plugs simulated devices in; the vendor's library has to be there."""
    if vendor is None:
        Vendor()  # says why not
    lab.cleanup(lab.until, lambda: not vendor.list(), 120, 'the computer to miss the devices')
    sim = lab.sim('usb', *devices, scenario=SCENARIO, wifi=wifi)
    lab.until(lambda: len(vendor.list()) == len(devices), what='the computer to see the devices')
    return sim


@functools.cache
def labels():
    """Who the devices are, by name, as firstlightctl reads the scenario."""
    world = lab.ctl(f'--simulate={SCENARIO}', 'world').named('label')
    return {event['name']: event for event in world}


def code(name):
    return labels()[name]['setup_code']


def ours(*words, **options):
    """A command of firstlightctl that works."""
    done = lab.ctl(*words, **options)
    lab.equal(done.status, 0, done)
    return done


def info(name):
    """What firstlightctl tells of a device."""
    return ours('info', code(name)).named('info')[0]


def open_device(name):
    """Opens a device in the vendor's library."""
    return vendor.open(labels()[name]['device_id'])


def join(name, network, *options, password=None):
    """What firstlightctl's way of joining comes to."""
    words = ['setup', code(name), '--network', network, *options]
    return lab.ctl(*words, *(['--password-file', '-'] if password else []), input=password)


def command(*words):
    """A command of particle-cli that works."""
    lines, problem = vendor.run(*words)
    lab.equal(problem, None, ' '.join(words))
    return lines


def known_to_vendor():
    """Stored networks as the vendor's library tells them."""
    networks = vendor.call('listWifiNetworks').get('networks', [])
    return [(n['ssid'], n.get('security', 'NONE').replace('NO_SECURITY', 'NONE')) for n in networks]


def known_to_us(name):
    return [(e['name'], SECURITIES[e['security']])
            for e in ours('known', code(name)).named('network')]


@lab.test('versions-are-as-agreed')
def versions():
    plug('p2')
    lab.equal((vendor.about['cli'], vendor.about['library']), ('3.43.1', '4.1.0'))


@lab.test('both-find-the-same-devices')
def same_devices():
    plug(*KINDS)
    lines, problem = vendor.run('usb', 'list', '--ids-only')
    lab.equal(problem, None)
    lab.equal(sorted(d['platform'] for d in vendor.list()), [6, 6, 12, 32, 32, 32, 32, 35])
    ctl = lab.ctl_start('find', '--for', '120')
    told = set()
    while told != set(lines):
        told.add(ctl.wait('found', device_id=lambda v: v not in told)['device_id'])
        lab.check(told - {None} <= set(lines), f'{told} and {lines}')
        told.discard(None)
    ctl.interrupt()


def check_identity(name, mine):
    who = vendor.open(mine['device_id'])
    lab.equal((who.id, who.firmware), (labels()[name]['device_id'], mine['firmware']))
    lab.equal((who.firmware, who.type, who.dfu), (labels()[name]['firmware'], KINDS[name], False))
    lab.equal(who.platform, mine['platform_id'])
    lab.equal(vendor.call('getDeviceId'), mine['device_id'])
    lab.equal(vendor.call('getSerialNumber'), mine['serial'])
    lab.equal(vendor.call('getDeviceMode'), MODES[mine['mode']])
    lab.equal(vendor.call('isClaimed'), mine['claimed'])
    lab.equal(vendor.call('getCloudConnectionStatus'), mine['cloud'].upper())
    modules = vendor.call('getFirmwareModuleInfo')
    lab.check(all(not m['validityErrors'] for m in modules), modules)
    if who.firmware[0] == '6':
        lab.equal(vendor.call('getProtectionState')['protected'], mine['protected'])
    else:
        lab.equal(vendor.refuse('getProtectionState').result, -120)
        lab.equal(mine['protected'], False)


def check_interfaces(mine):
    listed = vendor.call('getNetworkInterfaceList')
    wifi = next(i for i in listed if i['type'] == 'WIFI')
    told = vendor.call('getNetworkInterface', {'index': wifi['index']})
    lab.equal((told['name'], told['type'], told['mtu']), (wifi['name'], 'WIFI', 1500))
    lab.equal(told['hwAddress'], mine['mac'])
    lab.equal([a.split('/')[0] for a in told['ipv4Config']['addresses']], mine['addresses'])
    lab.equal(vendor.refuse('getNetworkInterface', {'index': 77}).message, 'Not found')


def check_networks(name):
    theirs, hidden = {}, 0
    for n in vendor.call('scanWifiNetworks'):
        if n.get('ssid'):
            theirs[n['ssid']] = (n.get('security', 'NONE'), n['channel'])
        else:
            hidden += 1
    mine = {n['name']: (SECURITIES.get(n['security'], 'UNKNOWN'), n['channel'])
            for n in ours('networks', code(name)).named('network')}
    lab.equal((len(theirs) >= 5, hidden), (True, 0 if name == 'photon' else 1), theirs)
    lab.equal({k: v[1] for k, v in mine.items()}, {k: v[1] for k, v in theirs.items()})
    for ssid, (security, _channel) in theirs.items():
        lab.check(is_same_security(name, security, mine[ssid][0]),
                  f'{ssid}: {security} to them, {mine[ssid][0]} to us')


def is_same_security(name, theirs, mine):
    if name == 'photon':  # the old requests have names of their own
        return theirs == mine or f'{theirs}_PSK' == mine
    # What an Argon's radio says from 5 on the vendor takes for what it is not.
    return theirs == mine or (name == 'argon' and mine == 'UNKNOWN')


def same_to_both(name):
    def check():
        plug(name)
        mine = info(name)
        check_identity(name, mine)
        if KINDS[name] != 'photon':
            check_interfaces(mine)
        if name != 'photon-23':
            check_networks(name)
    return check


for kind in KINDS:
    lab.test(f'{kind}-is-the-same-to-both')(same_to_both(kind))


@lab.test('listening-is-turned-on-and-off')
def listening():
    sim = plug('p2', 'photon')
    for name in ('p2', 'photon'):
        open_device(name)
        vendor.call('leaveListeningMode')
        sim.wait(name, state=lambda s: s != 'listening')
        lab.equal(info(name)['mode'], 'running')
        vendor.call('enterListeningMode')
        sim.wait(name, state='listening')
        lab.equal(info(name)['mode'], 'listening')
        ours('listen', code(name), 'off')
        lab.equal(vendor.call('getDeviceMode'), 'NORMAL')
        ours('listen', code(name), 'on')
        lab.equal(vendor.call('getDeviceMode'), 'LISTENING')
        vendor.close()


def join_refused(name):
    def check():
        plug(name)
        ours('networks', code(name))  # before 5.8 a device joins only with its radio on
        open_device(name)
        wrong, absent = JOIN_RESULTS[name]
        refusal = vendor.refuse('joinNewWifiNetwork', HOME | {'password': 'wrong horse'})
        lab.equal((refusal.kind, refusal.result, refusal.message),
                  ('RequestError', wrong, MESSAGES[wrong]))
        refusal = vendor.refuse('joinNewWifiNetwork', HOME | {'ssid': 'Nowhere'})
        lab.equal((refusal.result, refusal.message), (absent, MESSAGES[absent]))
        lab.equal(known_to_vendor(), [])
        mine = join(name, HOME['ssid'], password='wrong horse')
        lab.equal((mine.status, mine.result['error']), (45, 'E35'), mine)
        lab.equal(known_to_vendor(), [])
    return check


for kind in JOIN_RESULTS:
    lab.test(f'{kind}-refuses-a-wrong-password')(join_refused(kind))


@lab.test('key-of-wrong-length-is-an-invalid-argument')
def short_key():
    plug('p2')
    open_device('p2')
    refusal = vendor.refuse('joinNewWifiNetwork', HOME | {'password': 'short'})
    lab.equal((refusal.result, refusal.message), (-270, 'Invalid argument'))


def journey(name):
    def check():
        sim = plug(name)
        ours('networks', code(name))
        open_device(name)
        vendor.call('joinNewWifiNetwork', HOME, {'timeout': 60000})
        lab.equal(known_to_vendor(), [('Harbour Lane 12', 'WPA2_PSK')])
        lab.equal(known_to_us(name), known_to_vendor())
        vendor.call('leaveListeningMode')
        sim.wait(name, state='online')
        vendor.call('connectToCloud', {'timeout': 60000})
        lab.equal(vendor.call('getCloudConnectionStatus'), 'CONNECTED')
        mine, current = info(name), vendor.call('getCurrentWifiNetwork')
        lab.equal((mine['mode'], mine['cloud'], mine['network']),
                  ('running', 'connected', 'Harbour Lane 12'))
        lab.equal((current['ssid'], current['channel']), (mine['network'], mine['channel']))
        lab.check(len(current['bssid'].split(':')) == 6, current)
        lab.equal(current['rssi'], mine['signal_dbm'])
    return check


for kind in JOIN_RESULTS:
    lab.test(f'{kind}-is-set-up-by-the-vendor-and-read-by-us')(journey(kind))


@lab.test('set-up-by-us-is-read-by-the-vendor')
def set_up_by_us():
    plug('p2')
    done = join('p2', 'Harbour Guest')
    lab.equal((done.status, done.result['stage']), (0, 'online'), done)
    open_device('p2')
    lab.equal(vendor.call('getCurrentWifiNetwork')['ssid'], 'Harbour Guest')
    lab.equal(vendor.call('getCloudConnectionStatus'), 'CONNECTED')
    lab.equal(vendor.call('getDeviceMode'), 'NORMAL')
    lab.equal(known_to_vendor(), [('Harbour Guest', 'NONE')])


@lab.test('stored-networks-are-the-same')
def stored():
    plug('p2')
    open_device('p2')
    vendor.call('setWifiCredentials', HOME)
    vendor.call('setWifiCredentials', {'ssid': 'Solveig WPA3', 'security': 'WPA3_PSK',
                                       'password': 'northern lights'})
    join('p2', 'Quiet Cove', '--save-only', '--hidden', '--security', 'wpa2',
         password='whisper123')
    lab.equal(known_to_us('p2'), known_to_vendor())
    lab.equal(len(known_to_vendor()), 3)
    vendor.call('removeWifiNetwork', {'ssid': 'Solveig WPA3'})
    lab.equal(known_to_us('p2'), known_to_vendor())
    ours('known', code('p2'), '--remove', 'Quiet Cove')
    lab.equal(known_to_vendor(), [('Harbour Lane 12', 'WPA2_PSK')])
    vendor.call('removeWifiNetwork', {'ssid': 'Nowhere'})  # the firmware does not mind
    vendor.call('clearWifiNetworks')
    lab.equal(known_to_us('p2'), [])
    vendor.call('setWifiCredentials', HOME)
    ours('known', code('p2'), '--clear')
    lab.equal(known_to_vendor(), [])


@lab.test('photon-stores-the-same')
def photon_stores():
    plug('photon')
    open_device('photon')
    vendor.call('setWifiCredentials', {'ssid': 'Harbour Lane 12', 'security': 'WPA2',
                                       'cipher': 'AES', 'password': 'lighthouse7'})
    theirs = [n['ssid'] for n in vendor.call('getWifiCredentials')]
    lab.equal(theirs, ['Harbour Lane 12'])
    lab.equal(known_to_us('photon'), [('Harbour Lane 12', 'WPA2_PSK')])
    ours('known', code('photon'), '--clear')
    lab.equal(vendor.call('getWifiCredentials'), [])
    lab.equal(vendor.call('getWifiAntenna'), 'INTERNAL')


@lab.test('what-firmware-has-not-is-not-supported')
def not_supported():
    plug('argon', 'p2-53', 'photon', 'photon-23')
    for name, call in (('argon', 'setWifiCredentials'), ('p2-53', 'setWifiCredentials'),
                       ('photon', 'getNetworkInterfaceList'), ('photon-23', 'scanWifiNetworks')):
        open_device(name)
        refusal = vendor.refuse(call, HOME)
        lab.equal((refusal.kind, refusal.result, refusal.message),
                  ('RequestError', -120, 'Not supported'), name)
        lab.equal(vendor.call('sendControlRequest', 1999, 'x')['result'], -120, name)
        vendor.close()


@lab.test('protected-device-is-protected-to-both')
def protected():
    plug('locked')
    device = labels()['locked']['device_id']
    lab.equal(command('usb', 'list', '--ids-only'), [device])
    vendor.open(device)
    lab.equal(vendor.call('getProtectionState'), {'protected': True})
    lab.equal(vendor.call('getDeviceId'), device)
    for call in ('getSerialNumber', 'getDeviceMode', 'scanWifiNetworks', 'listWifiNetworks'):
        lab.equal(vendor.refuse(call).kind, 'DeviceProtectionError', call)
    mine = lab.ctl('networks', device)
    lab.equal(mine.result['ok'], False)
    told = lab.ctl('info', device).named('info')
    lab.check(not told or told[0]['protected'], told)


@lab.test('four-requests-at-once-are-answered')
def four():
    plug('p2')
    who = open_device('p2')
    asked = [vendor.ask(call='getDeviceId') for _ in range(4)]
    lab.equal({vendor.get(n) for n in asked}, {who.id})
    calls = ['scanWifiNetworks', 'getSerialNumber', 'getDeviceMode', 'listWifiNetworks',
             'getCloudConnectionStatus', 'getDeviceId']
    asked = [vendor.ask(call=name) for name in calls]  # two more than the device has places for
    values = [vendor.get(n) for n in asked]
    lab.equal((values[1], values[5]), ('P046AD3426A0601', who.id))


@lab.test('both-have-it-open')
def both_open():
    plug('p2')
    who = open_device('p2')
    mine = lab.ctl('info', code('p2'))
    lab.equal((mine.status, mine.named('info')[0]['device_id']), (0, who.id), mine)
    lab.equal(vendor.call('getSerialNumber'), mine.named('info')[0]['serial'])
    # Whoever opens it takes what is under way for remains of an earlier session; both do so.
    scanning = vendor.ask(call='scanWifiNetworks')
    ours('info', code('p2'))
    try:
        vendor.get(scanning)
    except Refusal as refusal:
        lab.equal(refusal.message, 'Request was cancelled')
    lab.equal(vendor.call('getDeviceId'), who.id)


@lab.test('reset-by-one-is-seen-by-the-other')
def reset():
    sim = plug('p2')
    who = open_device('p2')
    vendor.call('reset')
    lab.until(lambda: not vendor.list(), what='the vendor to miss the device')
    vendor.close()
    lab.until(lambda: vendor.list(), what='the vendor to see it again')
    sim.wait('p2', state='listening')
    lab.equal(info('p2')['device_id'], who.id)
    lab.equal(vendor.open(who.id).id, who.id)
    before = len(sim.named('state'))
    ours('reset', code('p2'))
    lab.until(lambda: any(not state['places'].get('usb') for state in sim.named('state')[before:]),
              what='the device to go')
    sim.wait('p2', state='listening', places=lambda places: places.get('usb'))
    lab.until(lambda: vendor.list(), what='the vendor to see it again')
    vendor.close()
    lab.equal(vendor.open(who.id).firmware, '6.2.0')
    lab.equal(vendor.call('getDeviceMode'), 'LISTENING')


@lab.test('unplugged-in-the-middle-is-an-error-at-once')
def unplugged():
    sim = plug('slow')
    device = labels()['slow']['device_id']
    vendor.open(device)
    scanning = vendor.ask(call='scanWifiNetworks')
    # Answered by the device's USB part itself, so the scan is under way.
    lab.equal(vendor.call('_getFirmwareVersion'), '6.2.0')
    sim.say('slow', 'unplug')
    try:
        vendor.get(scanning)
        raise lab.Failure('the scan ended well')
    except Refusal as refusal:
        lab.equal(refusal.kind, 'UsbError')
    lab.equal(vendor.list(), [])
    vendor.close()
    sim.say('slow', 'plug')
    lab.until(lambda: vendor.list(), what='the device to come back')
    lab.equal(vendor.open(device).id, device)
    lab.equal(vendor.call('getSerialNumber'), 'P046AD3426A0609')


@lab.test('command-line-sets-up')
def command_line():
    sim = plug('p2')
    good, bad = f'{vendor.home}/good.json', f'{vendor.home}/bad.json'
    for path, password in ((good, 'lighthouse7'), (bad, 'wrong horse')):
        with open(path, 'w', encoding='utf-8') as out:
            out.write('{"network":"Harbour Lane 12","security":"WPA2_PSK","password":"%s"}'
                      % password)
    mine = info('p2')
    lab.equal(command('usb', 'list', '--ids-only'), [mine['device_id']])
    lab.equal(command('wifi', 'list')[-1], 'No Wi-Fi networks found.')
    lab.check('added successfully' in command('wifi', 'add', '--file', good)[0], 'wifi add')
    lab.check('- Harbour Lane 12 (WPA2_PSK)' in command('wifi', 'list'), 'wifi list')
    _lines, problem = vendor.run('wifi', 'join', '--file', bad)  # three attempts
    lab.check(problem.startswith('Unable to join Wi-Fi network') and 'Internal error' in problem,
              problem)
    _lines, problem = vendor.run('wifi', 'join', '--ssid', 'Nowhere')
    lab.check('Not found' in problem, problem)
    lines = command('wifi', 'join', '--file', good)
    lab.check(any('configured successfully' in line for line in lines), lines)
    sim.wait('p2', state='online')
    lab.check('- Harbour Lane 12 (WPA2_PSK) - current network' in command('wifi', 'list'), 'current')
    current = command('wifi', 'current')
    lab.check({'- SSID: Harbour Lane 12', 'Channel: 6'} <= set(current), current)
    lab.equal(command('usb', 'cloud-status', mine['device_id']), ['connected'])
    mine = info('p2')
    lines = command('usb', 'network-interfaces')
    lab.check(f'ether {mine["mac"]}' in lines, lines)
    lab.check(any(line.startswith(f'inet {mine["addresses"][0]} ') for line in lines), lines)


@lab.test('command-line-forgets')
def command_line_forgets():
    sim = plug('p2')
    join('p2', HOME['ssid'], '--save-only', password=HOME['password'])
    join('p2', 'Harbour Guest', '--save-only')
    lab.equal(len(known_to_us('p2')), 2)
    command('wifi', 'remove', '--ssid', 'Harbour Lane 12')
    lab.equal(known_to_us('p2'), [('Harbour Guest', 'NONE')])
    command('wifi', 'clear')
    lab.equal(known_to_us('p2'), [])
    command('usb', 'reset')  # what it is connected to, it keeps until then
    sim.wait('p2', state='starting')
    sim.wait('p2', state='listening')
    lab.until(lambda: vendor.list(), what='the device to come back')
    _lines, problem = vendor.run('wifi', 'current')
    lab.check(problem and 'No Wi-Fi network connected' in problem, problem)


@lab.test('command-line-turns-listening-on-and-off')
def command_line_listens():
    sim = plug('p2')
    lab.equal(command('usb', 'stop-listening'), ['Done.'])
    sim.wait('p2', state=lambda s: s != 'listening')
    lab.equal(info('p2')['mode'], 'running')
    lab.equal(command('usb', 'start-listening'), ['Done.'])
    sim.wait('p2', state='listening')
    lab.equal(info('p2')['mode'], 'listening')
    lab.equal(command('usb', 'reset'), ['Done.'])
    sim.wait('p2', state=lambda s: s != 'listening')
    sim.wait('p2', state='listening')


@lab.test('both-see-it-come-on-line-over-real-wifi', limit=600)
def real_wifi():
    air = lab.air('psk')
    point, began = air['psk'], time.monotonic()
    sim = plug('p2', wifi=air.radios[:1])
    who = open_device('p2')
    seen = {n['ssid']: n for n in vendor.call('scanWifiNetworks') if n['ssid']}
    lab.equal(seen[point.ssid]['security'], 'WPA2_PSK', seen)
    network = {'ssid': point.ssid, 'security': 'WPA2_PSK', 'password': 'wrong horse'}
    lab.equal(vendor.refuse('joinNewWifiNetwork', network, {'timeout': 120000}).kind,
              'RequestError')
    lab.equal(known_to_vendor(), [])
    vendor.call('joinNewWifiNetwork', network | {'password': point.password}, {'timeout': 120000})
    vendor.call('leaveListeningMode')
    visit = air.cloud.wait(who.id, began, network=point.ssid)
    lab.equal(sim.wait('p2', state='online')['network'], point.ssid)
    lab.equal(vendor.call('getCloudConnectionStatus'), 'CONNECTED')
    current, mine = vendor.call('getCurrentWifiNetwork'), info('p2')
    lab.equal((current['ssid'], current['channel']), (point.ssid, seen[point.ssid]['channel']))
    lab.equal(current['bssid'], seen[point.ssid]['bssid'])
    lab.equal((mine['network'], mine['addresses']), (point.ssid, [visit['address']]))


lab.main()

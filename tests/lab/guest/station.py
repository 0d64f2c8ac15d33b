# SPDX-License-Identifier: Apache-2.0
"""The device's radio is wpa_supplicant: set up over serial, joined over the air, as far as the
cloud. How an attempt ended the device itself says: net:err of its console."""
import json
import os
import re
import select
import termios
import time
import tty

import lab
from lab import radius

SCENARIO = '/run/lab/station.scenario'
PORT = '/run/lab/port'
LABEL = 'P046AD3425B0515 GATEH0USEGATE15'  # of the P2
IDS = {'photon': '2d0031000000000000000001', 'p2': '0a10aced2021000000000001'}
# particle-iot/device-os, hal/src/photon/wiced/WWD/include/wwd_constants.h, as far as the simulated
# device tells the ways apart
NOT_FOUND, REFUSED, NO_ANSWER, LOGIN_REFUSED, NOT_UNDERSTOOD = 1024, 1007, 1025, 1006, 1044
SERVER_DOUBTFUL = REFUSED
INTERNAL = -250  # particle-iot/device-os, services/inc/system_error.h


@lab.setup
def start():
    air = lab.air()
    with open(SCENARIO, 'w', encoding='utf-8') as out:
        for index, (name, firmware) in enumerate((('photon', '2.3.1'), ('p2', '6.2.0'))):
            out.write(f'[Device {name}]\nplatform={name}\nfirmware={firmware}\nusb=yes\n'
                      f'device-id={IDS[name]}\nlocation=1-{index + 1}\n')
            if name == 'p2':
                out.write('serial={}\nsecret={}\n'.format(*LABEL.split()))
        # of an air that a device with a radio of its own does not breathe
        out.write('[Network Nowhere]\npassword=correct horse\n')
    lab.note(f'radios: {air.radios}')


def device(name='photon'):
    """The device, which listens, with nothing stored."""
    sim = lab.sim('serial', name, scenario=SCENARIO, wifi=lab.air().radios[:1],
                  options=('--link', PORT), env={'G_MESSAGES_DEBUG': 'fl-sim-wpa fl-sim-service'})
    sim.wait(name, state='listening')
    return sim


def store(sim, network, password=None, *options):
    """Types a network in and leaves it at that; returns the time before."""
    began = time.monotonic()
    name = sim.named('state')[0]['device']
    if password is not None:
        with open('/run/lab/password', 'w', encoding='utf-8') as out:
            out.write(password)
        options = (*options, '--password-file', '/run/lab/password')
    run = lab.ctl_start('setup', '--serial', PORT, '--network', network, *options)
    lab.until(lambda: network in [known['name'] for known in sim.state(name)['known']],
              what=f'{network} stored by {run.lines[-3:]}')
    run.wait('stage', stage='joining')
    run.interrupt()
    run.join()
    return began


def login(password=radius.PASSWORD, ca='ca'):
    """Options of a login by name and password; ca: which certificate, or None."""
    more = ('--ca', getattr(lab.air().radius, ca)) if ca else ()
    return ('Lab-EAP', password, '--identity', radius.IDENTITY, *more)


def certificate(client='client'):
    server = lab.air().radius
    return ('Lab-EAP', None, '--eap', 'tls', '--ca', server.ca,
            '--client-cert', getattr(server, client),
            '--private-key', getattr(server, f'{client}_key'))


def goes_online(sim, kind, *network):
    """Stores a network, and waits until the cloud has seen the device in it."""
    name = sim.named('state')[0]['device']
    point = lab.air()[kind]
    began = store(sim, *(network or (point.ssid, point.password)))
    visit = lab.air().cloud.wait(IDS[name], began, network=point.ssid)
    state = sim.wait(name, state='online')
    lab.equal(state['network'], point.ssid, 'the network')
    lab.equal(visit['address'].rpartition('.')[0], point.subnet, 'the network of the address')
    lab.note(f'on line in {point.ssid} after {visit["at"] - began:.1f} s')
    return began


def read_error():
    """What the device says of its latest attempt; it listens."""
    port = os.open(PORT, os.O_RDWR | os.O_NOCTTY)
    try:
        tty.setraw(port, termios.TCSANOW)
        os.write(port, b'd')
        said = b''
        end = time.monotonic() + 30
        while not (match := re.search(rb'\{.*"net:err":.*\}\}?\r\n', said)):
            lab.check(time.monotonic() < end, f'diagnostics are told, not {said}')
            if select.select([port], [], [], 1)[0]:
                said += os.read(port, 4096)
        return json.loads(match.group(0))['net:err']
    finally:
        os.close(port)


def fails(sim, error, *network):
    """Stores a network in vain."""
    name = sim.named('state')[0]['device']
    began = store(sim, *network)
    if name == 'p2':  # tries for ever
        lab.until(lambda: 'Outcome' in sim.stderr, what='an end of the attempt')
        sim.say(name, 'button')
    else:
        lab.until(lambda: any(state['state'] == 'joining' for state in sim.named('state')))
    sim.wait(name, state='listening')
    lab.note(f'given up after {time.monotonic() - began:.1f} s')
    lab.equal(read_error(), error, 'what the device says')
    lab.equal(lab.air().cloud.find(IDS[name], began), None, 'the visit to the cloud')


@lab.test('photon-psk-to-online')
def psk():
    goes_online(device(), 'psk')


@lab.test('photon-psk-wrong-password')
def psk_wrong():
    fails(device(), REFUSED, 'Lab-PSK', 'incorrect horse')


@lab.test('photon-does-not-understand-open')
def open_not_understood():
    # its console asks for a cipher, and from then on the entry is one of an unknown security, which
    # the device gives up at once
    sim = device()
    began = store(sim, 'Lab-Open')
    lab.until(lambda: read_error() == NOT_UNDERSTOOD, what='that error of the device')
    lab.equal(sim.state('photon')['state'], 'listening', 'state')
    lab.equal(lab.air().cloud.find(IDS['photon'], began), None, 'the visit to the cloud')


@lab.test('p2-open-to-online')
def open_network():
    goes_online(device('p2'), 'open')


@lab.test('photon-hidden-to-online')
def hidden():
    goes_online(device(), 'hidden', 'Lab-Hidden', lab.air()['hidden'].password, '--hidden',
                '--security', 'wpa2')


@lab.test('photon-network-not-there')
def nowhere():
    fails(device(), NOT_FOUND, 'Nowhere', 'correct horse', '--security', 'wpa2')


@lab.test('photon-does-not-know-wpa3')
def too_new():
    fails(device(), REFUSED, 'Lab-SAE', lab.air()['sae'].password, '--security', 'wpa2')


@lab.test('photon-peap-to-online')
def peap():
    goes_online(device(), 'enterprise', *login())


@lab.test('photon-peap-without-certificate-to-online')
def peap_no_ca():
    goes_online(device(), 'enterprise', *login(ca=None))


@lab.test('photon-peap-wrong-password')
def peap_wrong():
    fails(device(), LOGIN_REFUSED, *login('wrong-password'))


@lab.test('photon-peap-wrong-authority')
def peap_wrong_ca():
    fails(device(), SERVER_DOUBTFUL, *login(ca='other_ca'))


@lab.test('photon-tls-to-online')
def tls():
    goes_online(device(), 'enterprise', *certificate())


@lab.test('photon-tls-of-a-stranger')
def tls_stranger():
    fails(device(), LOGIN_REFUSED, *certificate('other_client'))


@lab.test('radius-rejects')
def radius_rejects():
    server = lab.air().radius
    lab.cleanup(server.accept)
    server.reject()
    fails(device(), LOGIN_REFUSED, *login())


@lab.test('radius-silent')
def radius_silent():
    server = lab.air().radius
    lab.cleanup(server.accept)
    server.stop()
    fails(device(), NO_ANSWER, *login())


@lab.test('p2-sae-to-online')
def sae():
    goes_online(device('p2'), 'sae', 'Lab-SAE', lab.air()['sae'].password, '--security', 'wpa3')


@lab.test('p2-sae-wrong-password')
def sae_wrong():
    fails(device('p2'), INTERNAL, 'Lab-SAE', 'not the password', '--security', 'wpa3')


def by_bluetooth():
    """The P2 on the virtual radio, and the options to reach it."""
    lab.bluetooth()
    sim = lab.sim('radio', 'p2', scenario=SCENARIO, wifi=lab.air().radios[:1])
    with open('/run/lab/label', 'w', encoding='utf-8') as out:
        out.write(LABEL + '\n')
    return sim, ('--label-file', '/run/lab/label')


@lab.test('p2-by-bluetooth-sees-the-air')
def sees_air():
    _, label = by_bluetooth()
    told = lab.ctl('networks', *label)
    lab.equal(told.status, 0, told)
    found = {row['name']: row for row in told.named('network')}
    lab.check({'Lab-PSK', 'Lab-Open', 'Lab-NoDHCP', 'Lab-NoCloud'} <= set(found), told)
    lab.check(not {'Lab-SAE', 'Lab-EAP', 'Lab-Hidden', 'Nowhere'} & set(found), told)
    for kind in ('psk', 'open'):
        point = lab.air()[kind]
        row = found[point.ssid]
        lab.equal(row['channel'], point.channel, point.ssid)
        lab.check(abs(row['signal_dbm'] - point.signal) <= 2, row)
    lab.equal(found['Lab-Open']['security'], 'open')
    lab.equal(found['Lab-PSK']['security'], 'wpa2')


@lab.test('p2-by-bluetooth-wrong-and-right-password')
def joins_by_bluetooth():
    sim, label = by_bluetooth()
    for password, status in (('incorrect horse', None), ('correct horse', 0)):
        with open('/run/lab/password', 'w', encoding='utf-8') as out:
            out.write(password)
        began = time.monotonic()
        told = lab.ctl('setup', *label, '--network', 'Lab-PSK', '--password-file',
                       '/run/lab/password', limit=250)
        lab.note(f'{told.result.get("error")} after {time.monotonic() - began:.1f} s')
        lab.check(told.status == 0 if status == 0 else told.result['error'] == 'E35', told)
    sim.wait('p2', state='online')
    lab.air().cloud.wait(IDS['p2'], began, network='Lab-PSK')


@lab.test('no-address-and-then-one')
def no_address():
    air = lab.air()
    sim = device()
    lab.cleanup(lambda: air['psk'].has_dhcp and air['psk'].start_dhcp())
    air['psk'].stop_dhcp()
    began = store(sim, 'Lab-PSK', air['psk'].password)
    sim.wait('photon', light='blinking green fast')
    lab.equal(air.cloud.find(IDS['photon'], began), None, 'the visit to the cloud')
    air['psk'].start_dhcp()
    air.cloud.wait(IDS['photon'], began)
    sim.wait('photon', state='online')


@lab.test('no-cloud')
def no_cloud():
    air = lab.air()
    sim = device()
    began = store(sim, 'Lab-NoCloud', air['no-cloud'].password)
    sim.wait('photon', light='blinking cyan', network='Lab-NoCloud')
    sim.wait('photon', light='breathing green')
    sim.wait('photon', light='blinking cyan')
    lab.equal(air.cloud.find(IDS['photon'], began), None, 'the visit to the cloud')


@lab.test('cloud-goes-and-comes')
def cloud_goes():
    air = lab.air()
    sim = device()
    goes_online(sim, 'psk')
    air.cloud.stop()
    sim.wait('photon', light='breathing green')
    began = time.monotonic()
    air.cloud.start()
    air.cloud.wait(IDS['photon'], began)
    sim.wait('photon', state='online')


@lab.test('access-point-restarted')
def point_restarted():
    air = lab.air()
    sim = device()
    goes_online(sim, 'psk')
    air['psk'].stop()
    sim.wait('photon', light='blinking green')
    began = time.monotonic()
    air['psk'].start()
    air.cloud.wait(IDS['photon'], began, limit=180)
    sim.wait('photon', state='online')


@lab.test('powered-off-and-on')
def power():
    air = lab.air()
    sim = device()
    goes_online(sim, 'psk')
    sim.say('photon', 'power-off')
    lab.until(lambda: not air.supplicant.address(air.radios[0]), what='an interface at rest')
    began = time.monotonic()
    sim.say('photon', 'power-on')
    air.cloud.wait(IDS['photon'], began)
    sim.wait('photon', state='online')


@lab.test('powered-off-while-it-joins')
def power_joining():
    air = lab.air()
    sim = device()
    store(sim, 'Lab-PSK', air['psk'].password)
    sim.say('photon', 'power-off')
    began = time.monotonic()
    lab.until(lambda: 'COMPLETED' not in air.supplicant.request(air.radios[0], 'STATUS'),
              what='a radio at rest')
    sim.say('photon', 'power-on')
    air.cloud.wait(IDS['photon'], began)


@lab.test('stored-networks-one-after-another')
def one_after_another():
    air = lab.air()
    sim = device()
    goes_online(sim, 'hidden', 'Lab-Hidden', air['hidden'].password, '--hidden', '--security',
                'wpa2')
    sim.say('photon', 'button')
    sim.wait('photon', state='listening')
    goes_online(sim, 'psk')
    lab.cleanup(air['psk'].start)
    air['psk'].stop()
    began = time.monotonic()
    air.cloud.wait(IDS['photon'], began, network='Lab-Hidden', limit=180)
    sim.wait('photon', state='online', network='Lab-Hidden')


lab.main()

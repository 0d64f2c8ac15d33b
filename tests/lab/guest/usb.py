# SPDX-License-Identifier: Apache-2.0
"""Over the kernel's USB stack: libusb, udev and the device's own descriptors."""
import os

import lab
from lab import cable
from lab.cable import CODE, P2, PASSWORD
from lab.process import run


def second(number, lines=''):
    """Another P2: its set-up code ends with the number."""
    return P2.replace('AB12CD', f'AB120{number}') + lines


def set_up(*args, network='Harbour', password=PASSWORD):
    return lab.ctl('setup', *args, '--network', network, '--password-file',
                   cable.password_file(password))


def online(result):
    lab.equal((result.status, result.result.get('stage')), (0, 'online'), str(result))


@lab.setup
def start():
    cable.sit_down()
    cable.ports()


@lab.test('kernel-enumerates')
def enumerates():
    sim = cable.plug(('p2', P2))
    place = cable.port(sim, 'p2')
    properties = run('udevadm', 'info', '--query=property', cable.node(place))
    for line in ('ID_VENDOR=Particle', 'ID_VENDOR_ID=2b04', 'ID_MODEL_ID=c020',
                 'ID_MM_DEVICE_IGNORE=1'):
        lab.check(line in properties, f'{line} in {properties}')
    lab.check('uaccess' in properties, properties)
    console = run('udevadm', 'info', '--query=property', cable.wait_tty(place))
    lab.check('ID_MM_PORT_IGNORE=1' in console, console)
    sim.stop()
    cable.wait_gone(place)
    lab.equal(cable.tty(place), None, 'serial port of a device that is gone')


@lab.test('usb-found')
def found():
    sim = cable.plug(('p2', P2))
    finding = lab.ctl_start('find', '--for', '60')
    first = finding.wait('found', roads=lambda roads: {r['road'] for r in roads} == {'usb', 'serial'})
    lab.equal(first['setup_code'], CODE)
    lab.equal([r['address'] for r in first['roads'] if r['road'] == 'usb'], [cable.port(sim, 'p2')])


@lab.test('usb-found-while-looking')
def found_later():
    """udev tells of what is plugged in; what was pulled out is not there any more."""
    sim = cable.plug(('p2', P2), ('other', second(1)))
    place = cable.port(sim, 'p2')
    sim.say('p2', 'unplug')
    cable.wait_gone(place)
    finding = lab.ctl_start('find', '--for', '60')
    finding.wait('found', setup_code='AB1201')
    lab.equal(finding.named('found', setup_code=CODE), [])
    sim.say('p2', 'plug')
    finding.wait('found', setup_code=CODE,
                 roads=lambda roads: {r['road'] for r in roads} == {'usb', 'serial'})


@lab.test('usb-info')
def info():
    cable.plug(('p2', P2 + 'known=Harbour\nmode=running\n'))
    done = lab.ctl('info', CODE)
    lab.equal(done.status, 0, str(done))
    told = done.named('info')[0]
    lab.equal((told['serial'], told['firmware'], told['platform_id']),
              ('P046AB245AB12CD', '6.2.0', 32))


@lab.test('usb-networks')
def networks():
    cable.plug(('p2', P2))
    done = lab.ctl('networks', CODE)
    lab.equal(done.status, 0, str(done))
    lab.equal({network['name'] for network in done.named('network')}, {'Harbour', 'Pier'})


@lab.test('usb-to-online')
def to_online():
    sim = cable.plug(('p2', P2))
    done = set_up(CODE)
    online(done)
    lab.equal(done.result['proof'], ['stored', 'joined', 'address', 'cloud'])
    lab.equal(sim.wait('p2', state='online')['network'], 'Harbour')
    lab.figure('usb-to-online', 'usb', **{name: ms / 1000 for name, ms in
                                          done.result['timings_ms'].items()})


@lab.test('usb-wrong-password-then-right')
def wrong_password():
    cable.plug(('p2', P2))
    wrong = set_up(CODE, password='not this one')
    lab.equal(wrong.result.get('error'), 'E35', str(wrong))  # Gen 4 does not say what was wrong
    online(set_up(CODE))


@lab.test('usb-known-and-clear')
def known():
    sim = cable.plug(('p2', P2 + 'known=Harbour;Pier\nmode=running\n'))
    done = lab.ctl('known', CODE)
    lab.equal([network['name'] for network in done.named('network')], ['Harbour', 'Pier'])
    lab.equal(lab.ctl('known', CODE, '--remove', 'Pier').status, 0)
    sim.wait('p2', known=lambda nets: [n['name'] for n in nets] == ['Harbour'])
    lab.equal(lab.ctl('known', CODE, '--clear').status, 0)
    sim.wait('p2', known=[])


@lab.test('usb-unit-gets-another-network')
def another_network():
    """What support does with a unit that comes back: the old network goes, a new one comes."""
    sim = cable.plug(('p2', P2 + 'known=Pier\nmode=running\n'))
    online(set_up(CODE))
    lab.equal(lab.ctl('known', CODE, '--remove', 'Pier').status, 0)
    lab.equal([n['name'] for n in sim.wait('p2', network='Harbour')['known']], ['Harbour'])


@lab.test('usb-update-mode-and-back')
def update_mode():
    sim = cable.plug(('p2', P2 + 'known=Harbour\nmode=running\n'))
    place = cable.port(sim, 'p2')
    finding = lab.ctl_start('find', '--for', '100')
    device = finding.wait('found', device_id=lambda value: value)['device_id']
    lab.equal(lab.ctl('reset', CODE, '--mode', 'dfu').status, 0)
    finding.wait('found', device_id=device, roads=lambda roads: any(r['problem'] == 'E27'
                                                                   for r in roads))
    lab.equal(cable.wait_port(sim, 'p2'), place, 'port')
    lab.check('ID_MODEL_ID=d020' in run('udevadm', 'info', '--query=property', cable.node(place)),
              'the bootloader is another product')
    lab.equal(cable.tty(place), None, 'serial port of the bootloader')
    back = lab.ctl('reset', device)
    lab.equal(back.status, 0, str(back))
    sim.wait('p2', state='online')
    lab.equal(cable.wait_port(sim, 'p2'), place, 'port')
    lab.equal(lab.ctl('info', CODE).status, 0)


@lab.test('usb-three-at-once')
def three():
    names = ['one', 'two', 'three']
    codes = [f'AB120{number}' for number in (1, 2, 3)]
    sim = cable.plug(*((name, second(number + 1)) for number, name in enumerate(names)))
    lab.equal(len({cable.port(sim, name) for name in names}), 3, 'ports')
    done = set_up(*codes)
    lab.equal(done.status, 0, str(done))
    for name in names:
        sim.wait(name, state='online', network='Harbour')


@lab.test('usb-ordinary-user')
def ordinary_user():
    """Nobody's root: the rule lets who sits at the computer."""
    sim = cable.plug(('p2', P2))
    lab.equal(os.stat(cable.node(cable.port(sim, 'p2'))).st_uid, 0)
    cable.as_user()
    lab.check(lab.ctl('info', CODE).status == 0, 'info by an ordinary user')
    online(set_up(CODE))


@lab.test('usb-nothing-stays-claimed')
def nothing_claimed():
    sim = cable.plug(('p2', P2))
    place = cable.port(sim, 'p2')
    running = lab.ctl_start('setup', CODE, '--network', 'Harbour', '--password-file',
                            cable.password_file())
    running.wait('stage', stage='joining')
    running.kill()
    lab.until(lambda: 'usbfs' not in cable.drivers(place), what='interfaces that are free')
    online(set_up(CODE))


lab.main()

# SPDX-License-Identifier: Apache-2.0
"""Cables that are pulled, devices that restart, and computers that do not let anybody."""
import fcntl
import os
import struct

import lab
from lab import cable
from lab.cable import CODE, P2
from lab.process import run
from lab.programs import SIM

CLAIM_INTERFACE = 0x8004550f  # USBDEVFS_CLAIMINTERFACE
SLOW = P2.replace('time=300ms', 'time=2s').replace('time=500ms', 'time=3s')


def words(*args):
    return ['setup', CODE, '--network', 'Harbour', '--password-file', cable.password_file(), *args]


def online(sim):
    done = lab.ctl(*words())
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))
    sim.wait('p2', state='online')


@lab.setup
def start():
    cable.sit_down()
    cable.ports()


def pull_at(stage, error):
    """The cable is out at this stage and stays so: that is said, and a second try works."""
    sim = cable.plug(('p2', SLOW))
    place = cable.port(sim, 'p2')
    running = lab.ctl_start(*words())
    running.wait('stage', stage=stage)
    sim.say('p2', 'unplug')
    done = running.finish()
    lab.equal(done.result.get('error'), error, str(done))
    cable.wait_gone(place)
    sim.say('p2', 'plug')
    lab.equal(cable.wait_port(sim, 'p2'), place, 'port')
    online(sim)


# A device that has the network goes on without the cable, and may well be on line: E44.
for pulled, told in (('reading', 'E24'), ('choosing', 'E24'), ('joining', 'E24'),
                     ('reaching', 'E44')):
    lab.test(f'usb-pulled-while-{pulled}')(lambda stage=pulled, error=told: pull_at(stage, error))


@lab.test('usb-pulled-and-plugged-in-again')
def pulled_a_moment():
    """The set-up goes on by itself, on the same port."""
    sim = cable.plug(('p2', SLOW))
    place = cable.port(sim, 'p2')
    running = lab.ctl_start(*words())
    running.wait('stage', stage='joining')
    sim.say('p2', 'unplug')
    cable.wait_gone(place)
    sim.say('p2', 'plug')
    done = running.finish()
    lab.check(done.named('note', id='searching-again'), str(done))
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))


@lab.test('usb-pulled-while-finding')
def pulled_finding():
    """Plugged in again before the search is over: it is found."""
    sim = cable.plug(('p2', P2))
    sim.say('p2', 'unplug')
    sim.wait('p2', places={'usb': None})
    running = lab.ctl_start(*words())
    running.wait('stage', stage='finding')
    sim.say('p2', 'plug')
    done = running.finish()
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))


@lab.test('usb-power-lost-while-joining')
def power_lost():
    sim = cable.plug(('p2', SLOW))
    running = lab.ctl_start(*words())
    running.wait('stage', stage='joining')
    sim.say('p2', 'power-off')
    done = running.finish()
    lab.equal(done.result.get('error'), 'E24', str(done))
    sim.say('p2', 'power-on')
    cable.wait_port(sim, 'p2')
    online(sim)


@lab.test('usb-reset-while-joining')
def reset_joining():
    """It has forgotten what it was told; it is told again."""
    sim = cable.plug(('p2', SLOW))
    running = lab.ctl_start(*words())
    running.wait('stage', stage='joining')
    sim.say('p2', 'reset')
    done = running.finish()
    lab.check(done.named('note', id='sending-again'), str(done))
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))


@lab.test('usb-reset-while-reaching')
def reset_reaching():
    """It has the network by then, and gets on line by itself; that is seen."""
    sim = cable.plug(('p2', SLOW))
    running = lab.ctl_start(*words())
    running.wait('stage', stage='reaching')
    sim.say('p2', 'reset')
    done = running.finish()
    lab.check(done.named('note', id='searching-again'), str(done))
    lab.check(not done.named('note', id='sending-again'), str(done))
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))


@lab.test('usb-port-reset-by-the-computer')
def port_reset():
    sim = cable.plug(('p2', P2))
    path = cable.node(cable.port(sim, 'p2'))
    device = os.open(path, os.O_RDWR)
    fcntl.ioctl(device, 0x5514)  # USBDEVFS_RESET
    os.close(device)
    cable.wait_port(sim, 'p2')
    online(sim)


@lab.test('usb-claimed-by-another-program')
def claimed():
    """Control requests need no interface, so that a program which has claimed it does not matter."""
    sim = cable.plug(('p2', P2))
    device = os.open(cable.node(cable.port(sim, 'p2')), os.O_RDWR)
    lab.cleanup(os.close, device)
    fcntl.ioctl(device, CLAIM_INTERFACE, struct.pack('I', 0))
    online(sim)


@lab.test('usb-without-rule')
def without_rule():
    """E08 says it; as soon as the rule is there, everything works without plugging in again."""
    cable.without_rule()
    sim = cable.plug(('p2', P2))
    cable.as_user()
    done = lab.ctl('info', CODE)
    lab.equal(done.result.get('error'), 'E08', str(done))
    cable.add_rule()
    run('udevadm', 'trigger', '--action=add', '--settle', '--subsystem-match=usb',
        '--subsystem-match=tty')
    online(sim)


@lab.test('usb-without-module')
def without_module():
    """What firstlight-sim says when the kernel has no ports, and to whom it does not belong."""
    command = [SIM, 'usb', '--scenario', 'campus', 'Library']
    ordinary = cable.said(*command, user=cable.USER)
    lab.check('Only root' in ordinary, ordinary)
    run('rmmod', 'vhci_hcd')
    lab.cleanup(lab.modprobe, 'vhci-hcd')
    said = cable.said(*command)
    lab.check('modprobe vhci-hcd' in said, said)


@lab.test('usb-more-devices-than-ports-of-a-controller')
def many():
    """The next controller has more ports; the kernel calls them as firstlight-sim does."""
    with open('/sys/devices/platform/vhci_hcd.0/status', encoding='ascii') as status:
        count = sum(line.startswith('hs') for line in status)
    devices = [(f'unit{n}', P2.replace('AB12CD', f'AB1{n:03}')) for n in range(count + 1)]
    sim = cable.plug(*devices)
    first, last = cable.port(sim, 'unit0'), cable.port(sim, f'unit{count}')
    lab.check(first.split('-')[0] != last.split('-')[0], f'{first} and {last} are on two buses')
    lab.equal(lab.ctl('info', f'AB1{count:03}').status, 0)


lab.main()

# SPDX-License-Identifier: Apache-2.0
"""A device that is heard over Bluetooth and is on a cable: one road takes over from the other."""
import lab
from lab import cable
from lab.cable import CODE, P2

LABEL = 'P046AB245AB12CD Q7XK2MRW9TZ4HVB'
BOTH = P2.replace('bluetooth=no\n', '').replace('time=300ms', 'time=3s')


def plug():
    cable.ports()
    sim = lab.sim('radio+usb', 'p2', scenario=cable.scenario(('p2', BOTH)))
    cable.wait_port(sim, 'p2')
    return sim


def start_set_up():
    return lab.ctl_start('setup', CODE, '--network', 'Harbour', '--password-file',
                         cable.password_file(), '--label-file', cable.write('label', LABEL))


def by(running):
    """The roads that it has found so far."""
    return {road['road'] for event in running.named('found') for road in event['roads']}


@lab.setup
def start():
    cable.sit_down()
    cable.ports()
    lab.bluetooth()


@lab.test('two-roads-one-row')
def one_row():
    plug()
    finding = lab.ctl_start('find', '--for', '90')
    finding.wait('found', roads=lambda roads: {r['road'] for r in roads}
                 == {'usb', 'serial', 'bluetooth'})
    finding.interrupt()
    finding.finish()
    lab.equal({event['setup_code'] for event in finding.named('found')}, {CODE})


@lab.test('fall-over-bluetooth-to-usb')
def to_usb():
    """The device goes out of range while it is told about the network; somebody plugs it in."""
    sim = plug()
    sim.say('p2', 'unplug')
    sim.wait('p2', places=lambda places: places['usb'] is None)
    running = start_set_up()
    running.wait('stage', stage='choosing', limit=120)
    lab.equal(by(running), {'bluetooth'}, 'roads')
    sim.say('p2', 'plug')
    sim.say('p2', 'away')
    done = running.finish(240)
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))
    lab.check({event['id'] for event in done.named('note')} & {'fall-back', 'searching-again'},
              str(done))
    sim.wait('p2', state='online', network='Harbour')


@lab.test('fall-over-usb-to-bluetooth')
def to_bluetooth():
    """The cable is pulled; with the label, Bluetooth will do."""
    sim = plug()
    running = start_set_up()
    running.wait('stage', stage='joining', limit=120)
    sim.say('p2', 'unplug')
    done = running.finish(240)
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))
    sim.wait('p2', state='online', network='Harbour')


lab.main()

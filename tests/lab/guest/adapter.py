# SPDX-License-Identifier: Apache-2.0
"""Two adapters on one radio, and BlueZ on both: firstlight-sim turns one into a device, the other
sets it up."""
import os
import subprocess

import lab
from lab import bluez, desk
from lab.programs import SIM


@lab.setup
def start():
    # Where both ends are BlueZ they open several channels, and what is sent over one overtakes what
    # was sent over another (EATT, BlueZ src/main.conf); a device has one.
    os.makedirs('/etc/bluetooth', exist_ok=True)
    with open('/etc/bluetooth/main.conf', 'w', encoding='ascii') as config:
        config.write('[GATT]\nChannels = 1\n')
    lab.bluetooth(adapters=2)


def start_device():
    """The board on hci1, on the air."""
    return desk.start('bluetooth', '--adapter', 'hci1')


def fail_to_start(*options):
    """Runs firstlight-sim, which ends by itself; returns what it said."""
    ended = subprocess.run([SIM, '--scenario', desk.write('desk.scenario', desk.SCENARIO),
                            'bluetooth', *options, desk.NAME], stdin=subprocess.DEVNULL,
                           capture_output=True, text=True, timeout=120, check=False)
    lab.equal(ended.returncode, 1, ended.stderr)
    return ended.stderr


@lab.test('adapter-to-online')
def to_online():
    device = start_device()
    address = bluez.adapter(1)['Address']
    lab.equal(device.state(desk.NAME)['places']['bluetooth'], address, 'place')
    run = desk.set_up()
    lab.equal(run.result['proof'], ['stored', 'joined', 'address', 'cloud'], 'proof')
    device.wait(desk.NAME, state='online', network=desk.NETWORK)
    lab.figure('adapter-to-online', 'bluetooth',
               **{stage: ms / 1000 for stage, ms in run.result['timings_ms'].items()})
    bluez.wait_clean(address=address)


@lab.test('no-adverts-while-connected')
def adverts_rest():
    start_device()
    lab.equal(bluez.adverts(1), 1, 'adverts before')
    running = lab.ctl_start(*desk.setup_words())
    running.wait('stage', stage='securing')
    lab.until(lambda: bluez.adverts(1) == 0, what='the adverts to rest')
    running.interrupt()
    lab.equal(running.finish().status, 130, 'exit status')
    lab.until(lambda: bluez.adverts(1) == 1, what='the adverts to come back')


@lab.test('power-cut-ends-the-link')
def power_cut():
    device = start_device()
    running = lab.ctl_start(*desk.setup_words())
    running.wait('stage', stage='choosing')
    device.say(desk.NAME, 'power-off')
    lab.until(lambda: not any(d.get('Connected') for d in bluez.devices(0).values()),
              what='the link to end')
    device.wait(desk.NAME, state='off', places={'bluetooth': None})
    lab.equal(bluez.adverts(1), 0, 'adverts')
    running.interrupt()
    running.finish()
    device.say(desk.NAME, 'power-on')
    device.wait(desk.NAME, places=lambda places: places.get('bluetooth'))
    desk.set_up()


@lab.test('device-outlives-bluetoothd')
def outlives_bluetoothd():
    radio = lab.bluetooth(adapters=2)
    device = start_device()
    radio.kill_daemon()
    device.wait(desk.NAME, places={'bluetooth': None})
    radio.start_daemon()
    radio.wait_adapter(1)
    device.wait(desk.NAME, places=lambda places: places.get('bluetooth'))
    desk.set_up()


@lab.test('device-outlives-its-adapter-off')
def outlives_power():
    device = start_device()
    bluez.set_power(1, False)
    lab.cleanup(bluez.set_power, 1, True)
    device.wait(desk.NAME, places={'bluetooth': None})
    bluez.set_power(1, True)
    device.wait(desk.NAME, places=lambda places: places.get('bluetooth'))
    desk.set_up()


@lab.test('interrupted-leaves-nothing')
def leaves_nothing():
    device = start_device()
    running = lab.ctl_start(*desk.setup_words())
    running.wait('stage', stage='securing')
    device.interrupt()
    lab.equal(device.join(), 0, 'exit status')
    lab.until(lambda: bluez.adverts(1) == 0, what='the end of the adverts')
    lab.until(lambda: not any(d.get('Connected') for d in bluez.devices(1).values()),
              what='the end of the link')
    running.interrupt()
    running.finish()


@lab.test('says-why-it-cannot')
def says_why():
    radio = lab.bluetooth(adapters=2)
    lab.check('hci9' in fail_to_start('--adapter', 'hci9'), 'no such adapter')
    bluez.set_power(1, False)
    lab.cleanup(bluez.set_power, 1, True)
    lab.check('is off' in fail_to_start('--adapter', 'hci1'), 'it is off')
    bluez.set_power(1, True)
    bluez.set_blocked(True)
    lab.cleanup(bluez.set_blocked, False)
    lab.until(lambda: not bluez.adapter(1).get('Powered'), what='the switch to work')
    lab.check('rfkill' in fail_to_start('--adapter', 'hci1'), 'it is blocked')
    bluez.set_blocked(False)
    lab.until(lambda: bluez.adapter(1), what='the adapter')
    bluez.set_power(0, True)
    bluez.set_power(1, True)
    radio.kill_daemon()
    lab.cleanup(radio.start_daemon)
    lab.check('bluetoothd' in fail_to_start('--adapter', 'hci1'), 'there is no bluetoothd')


lab.main()

# SPDX-License-Identifier: Apache-2.0
"""The installed window over Bluetooth, through the accessibility tree: real bluetoothd, a device
with a host of its own on the virtual radio. More journeys, over a real Wi-Fi, are in window-air."""
import lab

CODE, SECRET = 'AB12CD', 'ABCDEFGHJKLMNPQ'
SERIAL = 'P046AB245' + CODE
PASSWORD = 'correct horse'
WORLD = f'''
[World]
title=A living room
seed=11

[Network home]
ssid=Home 2
password={PASSWORD}
rssi=-48

[Device lamp]
platform=p2
firmware=6.2.0
serial={SERIAL}
secret={SECRET}
scan-time=500ms
join-time=1s
associate-time=500ms
address-time=500ms
cloud-time=1s
'''
SCENARIO = '/run/room.scenario'


@lab.setup
def start():
    with open(SCENARIO, 'w', encoding='utf-8') as file:
        file.write(WORLD)
    lab.bluetooth()
    lab.display()
    lab.camera().unplug()


def serve():
    return lab.sim('radio', 'lamp', scenario=SCENARIO)


def to_networks(name):
    wizard = lab.wizard(name)
    wizard.choose_device(CODE)
    wizard.type_secret(SECRET)
    wizard.to_networks('Home 2')
    return wizard


def online(wizard, devices, network):
    """The window says so, and so does the device."""
    wizard.to_online()
    state = devices.wait('lamp', state='online')
    lab.equal(state['network'], network)
    lab.equal([known['name'] for known in state['known']], [network])


@lab.test('window-bluetooth-to-online')
def to_online():
    devices = serve()
    wizard = to_networks('to-online')
    wizard.join('Home 2', PASSWORD)
    online(wizard, devices, 'Home 2')


@lab.test('window-label-by-camera-then-bluetooth')
def label_by_camera():
    devices = serve()
    camera = lab.camera(lab.DESK)
    wizard = lab.wizard('label')
    wizard.choose_device(CODE)
    wizard.window.wait_for('Hold the small square code in the frame')
    wizard.window.picture('desk')
    camera.show(f'{SERIAL} {SECRET}')
    wizard.window.wait_for(f'Label read. Serial ending {CODE}|Choose a Wi-Fi Network')
    wizard.to_networks('Home 2')
    wizard.join('Home 2', PASSWORD)
    online(wizard, devices, 'Home 2')


lab.main()

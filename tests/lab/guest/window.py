# SPDX-License-Identifier: Apache-2.0
"""The installed window over Bluetooth, through the accessibility tree: real bluetoothd, a device
with a host of its own on the virtual radio."""
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

[Network guests]
ssid=Guests
security=open
rssi=-63

[Network new]
ssid=Attic
security=wpa3
password=ladder and lamp
rssi=-52

[Network quiet]
ssid=Boathouse
hidden=yes
password=barnacle99
rssi=-55

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


@lab.test('window-wrong-password-then-right')
def wrong_password():
    """It is explained; what was typed is still there and takes what was missing."""
    devices = serve()
    wizard = to_networks('wrong-password')
    wizard.join('Home 2', PASSWORD[:-3])
    wizard.window.wait_for('Could Not Join .*Home 2', 'alert')
    wizard.window.wait_for('^The password may be wrong', 'label')
    wizard.window.picture('explained')
    lab.equal(devices.state('lamp')['known'], [])
    wizard.type_more(PASSWORD[-3:])
    online(wizard, devices, 'Home 2')


@lab.test('window-hidden-network')
def hidden_network():
    devices = serve()
    wizard = to_networks('hidden')
    wizard.join_other('Boathouse', 'barnacle99')
    online(wizard, devices, 'Boathouse')


@lab.test('window-wpa3-network')
def wpa3_network():
    devices = serve()
    wizard = to_networks('wpa3')
    wizard.join_other('Attic', 'ladder and lamp', 'WPA3')
    online(wizard, devices, 'Attic')


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

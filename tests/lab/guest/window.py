# SPDX-License-Identifier: Apache-2.0
"""The installed window over real parts: bluetoothd and a virtual radio, cameras, cables."""
import os

import lab

CODE, SECRET = 'AB12CD', 'ABCDEFGHJKLMNPQ'
SERIAL = 'P046AB245' + CODE
LABEL = f'{SERIAL} {SECRET}'
PASSWORD = 'correct horse'
QUICK = ('handshake-time=200ms\nscan-time=500ms\njoin-time=1s\nassociate-time=500ms\naddress-time=500ms\n'
         'cloud-time=1s\n')
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
{QUICK}'''


@lab.setup
def start():
    with open('/run/world.scenario', 'w', encoding='utf-8') as file:
        file.write(WORLD)
    lab.display()
    lab.camera().unplug()


def open_window(name, *args):
    window = lab.window('--simulate=/run/world.scenario', *args, name=name)
    window.wait_for('Set Up a Device', 'heading')
    return window


def to_networks(window):
    """The device is chosen, its code typed."""
    window.choose(CODE)
    window.picture('label')
    window.wait_for('Enter the Code|Scan the Label', 'heading')
    if window.find('Scan the Label', 'heading'):
        window.press('^Enter Code$')
    window.type(SECRET)
    window.key('Return')
    window.wait_for('Choose a Wi-Fi Network', 'heading')
    window.wait_for('^Home 2, ')
    window.picture('networks')


def join(window, network, password):
    window.choose(f'^{network}, ')
    window.wait_for(f'Password for .*{network}', 'heading')
    window.type(password)
    window.picture('password')
    window.key('Return')


def to_online(window, network):
    window.wait_for(f'Joining .*{network}|Your Device Is Online')
    window.picture('connecting')
    window.wait_for('Your Device Is Online', 'heading')
    window.wait_for(r'^\d+\.\d+\.\d+\.\d+$')  # the address is the proof
    window.picture('online')


@lab.test('bluetooth-to-online')
def bluetooth_to_online():
    window = open_window('to-online')
    window.picture('find')
    to_networks(window)
    join(window, 'Home 2', PASSWORD)
    to_online(window, 'Home 2')


@lab.test('wrong-password-then-right')
def wrong_password():
    """It is explained; what was typed is still there and takes what was missing."""
    window = open_window('wrong-password')
    to_networks(window)
    join(window, 'Home 2', PASSWORD[:-3])
    window.wait_for('Could Not Join .*Home 2')
    window.picture('explained')
    window.key('End')
    window.type(PASSWORD[-3:])
    window.key('Return')
    to_online(window, 'Home 2')


@lab.test('label-by-camera-then-bluetooth')
def label_by_camera():
    camera = lab.camera(lab.DESK)
    window = open_window('camera')
    window.choose(CODE)
    window.wait_for('Hold the small square code in the frame')
    window.picture('desk')
    camera.show(LABEL)
    window.wait_for(f'Label read. Serial ending {CODE}')
    window.wait_for('^Home 2, ')
    join(window, 'Home 2', PASSWORD)
    to_online(window, 'Home 2')


@lab.test('hidden-network')
def hidden_network():
    window = open_window('hidden')
    to_networks(window)
    window.press('^Other Network')
    window.wait_for('Network name')
    window.picture('other')
    window.tab_to('^Network name')
    window.type('Boathouse')
    window.tab_to('^Password$')
    window.type('barnacle99')
    window.picture('filled')
    window.key('Return')
    to_online(window, 'Boathouse')


@lab.test('wpa3-network')
def wpa3_network():
    window = open_window('wpa3')
    to_networks(window)
    join(window, 'Attic', 'ladder and lamp')
    to_online(window, 'Attic')


lab.main()

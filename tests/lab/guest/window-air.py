# SPDX-License-Identifier: Apache-2.0
"""The installed window, a device on a virtual radio or on a cable, and a Wi-Fi that is real for both:
access points, RADIUS, DHCP and a cloud. The address on the last page is one of the network's."""
import time

import lab
from lab import cable, radius

CODE, SECRET = 'AB12CD', 'ABCDEFGHJKLMNPQ'
LAMP_ID, LIBRARY_ID = '0a10aced202194944aab12cd', '2d0031000000000000000001'
SCENARIO = '/run/lab/window-air.scenario'
WORLD = f'''
[Device lamp]
platform=p2
firmware=6.2.0
serial=P046AB245{CODE}
secret={SECRET}
device-id={LAMP_ID}

[Device library]
platform=photon
firmware=2.3.1
serial=PHHTAB6205B0511
device-id={LIBRARY_ID}
usb=yes

[Network Nowhere]
password=correct horse
'''


@lab.setup
def start():
    lab.air('psk', 'sae', 'hidden', 'enterprise')
    with open(SCENARIO, 'w', encoding='utf-8') as file:
        file.write(WORLD)
    lab.bluetooth()
    cable.sit_down()
    cable.ports()
    lab.display()


def serve(shell, device):
    return lab.sim(shell, device, scenario=SCENARIO, wifi=lab.air().radios[:1])


def to_networks(name):
    wizard = lab.wizard(name)
    wizard.choose_device(CODE)
    wizard.type_secret(SECRET)
    wizard.to_networks('Lab-PSK')
    return wizard


def online(wizard, kind, device_id, began, tells_address=True):
    """The window, the access point's network and the cloud agree."""
    wizard.to_online()
    point = lab.air()[kind]
    visit = lab.air().cloud.wait(device_id, began, network=point.ssid)
    lab.equal(visit['address'].rpartition('.')[0], point.subnet, 'network of the address')
    if tells_address:
        lab.equal(wizard.read_address(), visit['address'], 'address on the page')


@lab.test('window-real-network-wrong-password-then-right', limit=400)
def real_network():
    """It is explained; what was typed is still there and takes what was missing."""
    began = time.monotonic()
    devices = serve('radio', 'lamp')
    password = lab.air()['psk'].password
    wizard = to_networks('real')
    wizard.join('Lab-PSK', password[:-3])
    wizard.window.wait_for('Could Not Join .*Lab-PSK|Joining Took Too Long', 'alert', limit_s=240)
    wizard.window.picture('explained')
    lab.equal(devices.state('lamp')['known'], [])
    wizard.type_more(password[-3:])
    online(wizard, 'psk', LAMP_ID, began)


@lab.test('window-real-hidden-network')
def real_hidden():
    began = time.monotonic()
    serve('radio', 'lamp')
    wizard = to_networks('real-hidden')
    wizard.join_other('Lab-Hidden', lab.air()['hidden'].password)
    online(wizard, 'hidden', LAMP_ID, began)


@lab.test('window-real-wpa3-network')
def real_wpa3():
    began = time.monotonic()
    serve('radio', 'lamp')
    wizard = to_networks('real-wpa3')
    wizard.join_other('Lab-SAE', lab.air()['sae'].password, 'WPA3')
    online(wizard, 'sae', LAMP_ID, began)


@lab.test('window-real-login-by-serial', limit=400)
def real_login():
    """A Photon on a cable, PEAP, and a RADIUS server that checks the password."""
    began = time.monotonic()
    devices = serve('usb', 'library')
    cable.wait_tty(cable.wait_port(devices, 'library'))
    wizard = lab.wizard('login')
    wizard.choose_device('5B0511')
    wizard.to_networks()  # it lists none over a cable
    wizard.log_in_to_other('Lab-EAP', radius.IDENTITY, radius.PASSWORD)
    online(wizard, 'enterprise', LIBRARY_ID, began, tells_address=False)
    lab.equal(devices.state('library')['known'][0]['eap'], 'peap')


lab.main()

# SPDX-License-Identifier: Apache-2.0
"""The machine itself: what every other group relies on."""
import os
import socket

import lab
import lab.figures
from lab.bluetooth import RADIO
from lab.process import run


@lab.setup
def start():
    lab.bluetooth()


@lab.test('udev-names-devices')
def udev_names():
    properties = run('udevadm', 'info', '--query=property', '/dev/vhci')
    lab.check('DEVNAME=/dev/vhci' in properties, properties)


@lab.test('system-bus-answers')
def bus_answers():
    names = run('dbus-send', '--system', '--print-reply', '--dest=org.freedesktop.DBus', '/',
                'org.freedesktop.DBus.ListNames')
    lab.check('org.bluez' in names, names)


@lab.test('installed-programs-run')
def programs_run():
    for name in ('firstlightctl', 'firstlight-sim'):
        lab.check(name.split('-')[0][:5] in run(f'/usr/local/bin/{name}', '--version').lower(), name)
    lab.check(os.path.exists('/usr/local/share/first-light'), 'data is installed')


@lab.test('doctor-sees-the-machine')
def doctor_sees():
    lab.modprobe('vhci-hcd')
    found = lab.ctl('doctor')
    verdicts = {event['id']: event['verdict'] for event in found.named('note')}
    lab.equal(found.status, 0, found)
    for part in ('bluetooth-adapter', 'bluetooth-service', 'bluetooth-power', 'usb', 'usb-rule'):
        lab.equal(verdicts[part], 'good', part)


@lab.test('doctor-misses-the-adapter')
def doctor_misses():
    radio = lab.bluetooth()
    radio.remove_adapter()
    lab.cleanup(radio.add_adapter)
    lab.until(lambda: not radio.has_adapter(), what='bluetoothd to lose the adapter')
    found = lab.ctl('doctor')
    lab.check(found.named('note', id='bluetooth-adapter', verdict='broken'), found)
    lab.check(found.status != 0, found)


@lab.test('adapter-comes-and-goes')
def comes_and_goes():
    radio = lab.bluetooth()
    radio.remove_adapter()
    lab.until(lambda: not radio.has_adapter(), what='bluetoothd to lose the adapter')
    radio.add_adapter()
    lab.check(radio.daemon.is_running(), 'bluetoothd still runs')


@lab.test('radio-outlives-a-device-that-was-killed')
def radio_outlives():
    """It has something to tell to it before it sees its end."""
    reset = b'\x01\x03\x0c\x00'
    with socket.socket(socket.AF_UNIX) as killed, socket.socket(socket.AF_UNIX) as other:
        killed.connect(RADIO)
        killed.shutdown(socket.SHUT_RD)
        killed.sendall(reset)
        other.settimeout(60)
        other.connect(RADIO)
        other.sendall(reset)
        lab.check(other.recv(256), 'the radio answers the other one')
    lab.check(lab.bluetooth().radio.is_running(), 'the radio still runs')


@lab.test('bluetoothd-comes-back')
def comes_back():
    radio = lab.bluetooth()
    old = radio.daemon.pid
    radio.kill_daemon()
    radio.start_daemon()
    radio.wait_adapter()
    lab.check(radio.daemon.pid != old, 'another bluetoothd')


@lab.test('processor-has-its-factor')
def factor():
    slower = lab.figures.factor()
    lab.note(f'this processor is {slower} times slower')
    lab.check(1 < slower < 1000, slower)


lab.main()

# SPDX-License-Identifier: Apache-2.0
"""A virtual radio with adapters, and bluetoothd."""
import glob
import os
import socket

from . import machine, process, tap

RADIO = '/tmp/bt-server-le'  # a device of its own host stack connects here
BLUETOOTHD = '/usr/libexec/bluetooth/bluetoothd'


class Bluetooth:
    """The radio, its adapters hci0 …, and BlueZ's daemon."""

    def __init__(self, adapters):
        machine.udev()
        machine.bus()
        # btvirt needs them; made on demand they stall it until hci0's reset times out
        machine.modprobe('hci_vhci', 'algif_skcipher', 'algif_hash', 'ecb', 'cmac', 'aes-generic')
        for cipher in (('skcipher', 'ecb(aes)'), ('hash', 'cmac(aes)')):
            with socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET) as end:
                end.bind(cipher)
        for path in glob.glob('/tmp/bt-server-*'):
            os.unlink(path)
        self.adapters = adapters
        self.radio = process.start('btvirt', f'{os.environ["LAB_MADE"]}/btvirt', '-L', '-s',
                                   f'-l{adapters}', stays=True)
        process.until(lambda: os.path.exists(RADIO), what='the virtual radio')
        self.daemon = None
        self.start_daemon()
        for number in range(adapters):
            self.wait_first(number)

    def wait_first(self, number):
        """While the machine is slow, an adapter's first reset may be lost, and the kernel gives it
        up: then it is plugged in anew, once."""
        try:
            process.until(lambda: self.has_adapter(number), limit=40, what=f'hci{number}')
        except tap.Failure:
            tap.note(f'hci{number} did not start; once more')
            self.remove_adapter(number)
            self.add_adapter(number)

    def start_daemon(self):
        """Starts bluetoothd, which is not running."""
        path = BLUETOOTHD if os.path.exists(BLUETOOTHD) else '/usr/lib/bluetooth/bluetoothd'
        self.daemon = process.start('bluetoothd', path, '-n', '-d', stays=True)
        process.until(self.is_answering, what='bluetoothd on the bus')

    def is_answering(self):
        if not self.daemon.is_running():
            raise tap.Failure(f'bluetoothd ended with {self.daemon.status} ({self.daemon.log})')
        return self.get_objects() is not None

    def get_objects(self):
        """The paths of BlueZ's objects as text; None while it is not there."""
        answer = process.run('dbus-send', '--system', '--print-reply', '--reply-timeout=20000',
                             '--dest=org.bluez', '/', 'org.freedesktop.DBus.ObjectManager.'
                             'GetManagedObjects', check=False)
        return answer or None

    def has_adapter(self, number=0):
        return f'object path "/org/bluez/hci{number}"' in (self.get_objects() or '')

    def wait_adapter(self, number=0):
        process.until(lambda: self.has_adapter(number), what=f'hci{number} on the bus')

    def kill_daemon(self):
        """As if bluetoothd had crashed."""
        self.daemon.kill()

    def restart(self):
        """Ends bluetoothd and starts it again."""
        self.daemon.stop()
        self.start_daemon()
        for number in range(self.adapters):
            self.wait_adapter(number)

    def remove_adapter(self, number=0):
        """Unplugs an adapter; devices on the radio stay."""
        self.radio.say(f'unplug {number}')
        process.until(lambda: not os.path.exists(f'/sys/class/bluetooth/hci{number}'),
                      what=f'end of hci{number}')

    def add_adapter(self, number=0):
        """Plugs it in again."""
        self.radio.say(f'plug {number}')
        self.wait_adapter(number)


@process.once
def bluetooth(adapters=1):
    """Starts all of it, with udev and the system bus. Once; later calls return the same."""
    return Bluetooth(adapters)

# SPDX-License-Identifier: Apache-2.0
"""What BlueZ knows and holds, asked over the system bus."""
import functools
import glob

from . import process

ADAPTER = 'org.bluez.Adapter1'
ADVERTISING = 'org.bluez.LEAdvertisingManager1'
DEVICE = 'org.bluez.Device1'
CALL_LIMIT_MS = 60000


@functools.cache
def _libraries():
    """Only the machine has them, and only when they are needed: loading takes its time."""
    import gi
    gi.require_version('Gio', '2.0')
    from gi.repository import Gio, GLib
    return Gio, GLib


def _call(name, path, interface, method, parameters):
    Gio, _ = _libraries()
    bus = Gio.bus_get_sync(Gio.BusType.SYSTEM, None)
    return bus.call_sync(name, path, interface, method, parameters, None,
                         Gio.DBusCallFlags.NO_AUTO_START, CALL_LIMIT_MS, None).unpack()


def call(path, interface, method, signature='()', *values):
    """Calls a method of BlueZ; returns its values."""
    _, GLib = _libraries()
    return _call('org.bluez', path, interface, method, GLib.Variant(signature, values))


def clients():
    """How many programs are on the bus."""
    names = _call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'ListNames', None)[0]
    return len([name for name in names if name.startswith(':')])


def objects():
    """All of them: path, interface, property, value; empty while bluetoothd is not there."""
    _, GLib = _libraries()
    try:
        return call('/', 'org.freedesktop.DBus.ObjectManager', 'GetManagedObjects')[0]
    except GLib.Error:
        return {}


def adapter(number=0):
    """The properties of an adapter; empty where it is not there."""
    return objects().get(f'/org/bluez/hci{number}', {}).get(ADAPTER, {})


def devices(number=0):
    """What an adapter knows: address → properties of org.bluez.Device1."""
    return {interfaces[DEVICE]['Address']: interfaces[DEVICE]
            for path, interfaces in objects().items()
            if path.startswith(f'/org/bluez/hci{number}/') and DEVICE in interfaces}


def adverts(number):
    """How many advertisements are registered at an adapter."""
    return objects().get(f'/org/bluez/hci{number}', {}).get(ADVERTISING, {}).get('ActiveInstances')


def set_power(number, powered):
    """Turns an adapter on or off, and waits until it is. While BlueZ does something of the kind by
    itself it is busy."""
    _, GLib = _libraries()

    def try_to():
        try:
            if adapter(number).get('Powered') is not powered:
                call(f'/org/bluez/hci{number}', 'org.freedesktop.DBus.Properties', 'Set', '(ssv)',
                     ADAPTER, 'Powered', GLib.Variant('b', powered))
        except GLib.Error as error:
            if 'org.bluez.Error.Busy' not in error.message:
                raise
        return adapter(number).get('Powered') is powered

    process.until(try_to, what=f'hci{number} to follow')


def set_blocked(blocked):
    """The kill switch of all adapters."""
    for folder in glob.glob('/sys/class/rfkill/rfkill*'):
        with open(f'{folder}/type', encoding='ascii') as kind:
            if kind.read().strip() != 'bluetooth':
                continue
        with open(f'{folder}/soft', 'w', encoding='ascii') as switch:
            switch.write('1' if blocked else '0')


def leftovers(number=0):
    """What a program that used an adapter as a central should not leave behind, as text."""
    found = ['discovery'] if adapter(number).get('Discovering') else []
    for address, device in devices(number).items():
        found += [f'{address} {word}' for word in ('Connected', 'Paired', 'Trusted', 'Bonded')
                  if device.get(word)]
    return found


def wait_clean(number=0, address=None):
    """Waits until nothing is left, and the device is not in the cache either. What was heard and
    never connected is gone half a minute later (BlueZ src/main.c, DEFAULT_TEMPORARY_TIMEOUT)."""
    process.until(lambda: not leftovers(number), limit=30,
                  what=f'the end of what is left, {leftovers(number)},')
    process.until(lambda: address not in devices(number), what=f'the end of {address} in the cache')

# SPDX-License-Identifier: Apache-2.0
"""Devices on USB cables: scenarios for them, and the person who sits at the computer."""
import functools
import glob
import os
import pathlib
import subprocess

from . import machine, process, programs, tap

USER = 1000
SEATS = '/run/systemd/seats'
RULE = '/usr/local/lib/udev/rules.d/70-first-light.rules'
CAMPUS = '/usr/local/share/first-light/scenarios/campus'
PASSWORD = 'tide-and-light'
FILES = '/run/lab/files'

# Quick, since the computer is slow enough.
QUICK = '''boot-time=1s
scan-time=300ms
join-time=500ms
associate-time=300ms
address-time=300ms
cloud-time=300ms
'''
NETWORKS = f'''[Network Harbour]
password={PASSWORD}
channel=6
rssi=-48

[Network Pier]
security=open
channel=11
rssi=-60
'''
P2 = ('platform=p2\nfirmware=6.2.0\nserial=P046AB245AB12CD\nsecret=Q7XK2MRW9TZ4HVB\n'
      'usb=yes\nbluetooth=no\n' + QUICK)
CODE = 'AB12CD'


def write(name, text):
    """A file that everybody can read; returns its path."""
    os.makedirs(FILES, mode=0o755, exist_ok=True)
    path = f'{FILES}/{name}'
    pathlib.Path(path).write_text(text, encoding='utf-8')
    return path


def password_file(text=PASSWORD):
    return write('password', text)


def scenario(*devices, networks=NETWORKS):
    """A scenario file; a device is (name, lines)."""
    groups = ''.join(f'[Device {name}]\n{lines}\n' for name, lines in devices)
    return write('usb.scenario', f'[World]\nseed=3\n\n{groups}\n{networks}')


@functools.cache
def ports():
    """The kernel's ports for devices in user space, and udev to name what is on them."""
    machine.udev()
    machine.modprobe('vhci-hcd', 'cdc-acm')


def plug(*devices, networks=NETWORKS, shell='usb', options=()):
    """Starts the devices, each (name, lines); returns the simulator when each has its port."""
    ports()
    sim = programs.sim(shell, *(name for name, _ in devices), options=options,
                       scenario=scenario(*devices, networks=networks))
    for name, lines in devices:
        if 'usb=later' not in lines:
            wait_port(sim, name)
    process.run('udevadm', 'settle')
    return sim


def plug_campus(*devices):
    """The same with boards of the scenario "campus"."""
    ports()
    sim = programs.sim('usb', *devices, scenario='campus')
    for device in devices:
        wait_tty(wait_port(sim, device))
    process.run('udevadm', 'settle')
    return sim


def port(sim, device, road='usb'):
    """Where the kernel has it, such as "1-1"; None: nowhere."""
    return (sim.state(device) or {}).get('places', {}).get(road)


def wait_port(sim, device, road='usb'):
    """Waits until the kernel knows the device and its interfaces."""
    def configured():
        place = port(sim, device, road)
        return place and os.path.isdir(f'/sys/bus/usb/devices/{place}:1.0') and place
    return process.until(configured, what=f'{device} on a port')


def wait_gone(place):
    process.until(lambda: not os.path.exists(f'/sys/bus/usb/devices/{place}'),
                  what=f'end of {place}')


def product(place):
    """The product number of the device there, in hexadecimal; None: it has just gone."""
    try:
        return pathlib.Path(f'/sys/bus/usb/devices/{place}/idProduct').read_text(encoding='ascii').strip()
    except OSError:
        return None


def drivers(place):
    """The drivers that have an interface of the device there; "usbfs": a program has it."""
    links = glob.glob(f'/sys/bus/usb/devices/{place}/{place}:*/driver')
    return {os.path.basename(os.path.realpath(link)) for link in links}


def tty(place):
    """The serial port of the device there; None: it has none."""
    found = glob.glob(f'/sys/bus/usb/devices/{place}:1.*/tty/*')
    return f'/dev/{os.path.basename(found[0])}' if found else None


def wait_tty(place):
    return process.until(lambda: tty(place), what=f'serial port of {place}')


def node(place):
    """Its device node for libusb."""
    numbers = [int(pathlib.Path(f'/sys/bus/usb/devices/{place}/{name}').read_text())
               for name in ('busnum', 'devnum')]
    return '/dev/bus/usb/{:03}/{:03}'.format(*numbers)


def sit_down():
    """An ordinary user sits at the computer, as logind tells udev."""
    os.makedirs(SEATS, exist_ok=True)
    pathlib.Path(f'{SEATS}/seat0').write_text(f'IS_SEAT0=1\nACTIVE=1\nACTIVE_UID={USER}\n',
                                              encoding='utf-8')


@functools.cache
def _rule():
    return pathlib.Path(RULE).read_bytes()


def add_rule():
    """Our udev rule, as a package installs it."""
    pathlib.Path(RULE).write_bytes(_rule())
    process.run('udevadm', 'control', '--reload')


def without_rule():
    """Until add_rule(), or the end of the test, nobody has installed it."""
    _rule()
    os.unlink(RULE)
    process.run('udevadm', 'control', '--reload')
    tap.cleanup(add_rule)


def said(*argv, user=None):
    """What a short program that fails says on standard error."""
    as_whom = ['setpriv', '--reuid', str(user), '--regid', str(user), '--clear-groups']
    done = subprocess.run([*(as_whom if user else []), *argv], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=process.LIMIT_S, check=False)
    if done.returncode == 0:
        raise tap.Failure(f'{argv} did not fail')
    return done.stderr


def as_user():
    """Until the end of the test firstlightctl runs as that user, who is in no group."""
    home = '/run/lab/person'
    os.makedirs(home, exist_ok=True)
    os.chown(home, USER, USER)
    plain = programs.CTL
    wrapper = f'{FILES}/as-user'
    write('as-user', f'#!/bin/sh\nexport HOME={home}\n'
          f'exec setpriv --reuid {USER} --regid {USER} --clear-groups {plain} "$@"\n')
    os.chmod(wrapper, 0o755)
    programs.CTL = wrapper

    def restore():
        programs.CTL = plain
    tap.cleanup(restore)

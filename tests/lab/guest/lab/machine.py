# SPDX-License-Identifier: Apache-2.0
"""The machine: the installed programs in their places, modules, udev, the system bus."""
import os
import shutil

from . import process


@process.once
def install():
    """Puts the installed programs over /usr/local and what else was installed into its place."""
    root = os.environ['LAB_INSTALLED']
    os.makedirs('/run/lab/up')
    os.makedirs('/run/lab/work')
    process.run('mount', '-t', 'overlay', '-o', f'lowerdir={root}/usr/local:/usr/local,'
                'upperdir=/run/lab/up,workdir=/run/lab/work', 'installed', '/usr/local')
    for name in os.listdir(root):
        if name != 'usr':
            shutil.copytree(f'{root}/{name}', f'/{name}', dirs_exist_ok=True)
    for name in os.listdir(f'{root}/usr'):
        if name != 'local':
            shutil.copytree(f'{root}/usr/{name}', f'/usr/{name}', dirs_exist_ok=True)


def modprobe(*modules):
    """Loads kernel modules; NAME=VALUE after one are its parameters."""
    if any('=' in word for word in modules):
        process.run('modprobe', *modules)
    else:
        process.run('modprobe', '-a', *modules)


@process.once
def udev():
    """Starts udevd; returns its process."""
    install()
    daemon = process.start('udevd', '/lib/systemd/systemd-udevd', stays=True)
    process.until(lambda: os.path.exists('/run/udev/control'), what='udevd')
    process.run('udevadm', 'trigger', '--action=add')
    process.run('udevadm', 'settle')
    return daemon


@process.once
def bus():
    """Starts the system bus; returns its process."""
    install()
    os.makedirs('/run/dbus', exist_ok=True)
    daemon = process.start('dbus', 'dbus-daemon', '--system', '--nofork', '--nopidfile',
                           '--nosyslog', stays=True)
    process.until(lambda: os.path.exists('/run/dbus/system_bus_socket'), what='the system bus')
    return daemon

# SPDX-License-Identifier: Apache-2.0
"""What the groups of the lab use inside their virtual machine; see tests/lab/README.md.

    import lab

    @lab.setup
    def start():
        lab.bluetooth()

    @lab.test('adapter-is-found')
    def adapter():
        lab.check(lab.ctl('doctor').status == 0, 'doctor finds no fault')

    lab.main()
"""
from .air import air
from .bluetooth import bluetooth
from .camera import BLACK, DESK, camera, webcam
from .display import display, shot, window
from .figures import figure
from .machine import bus, modprobe, udev
from .process import Process, logs, start, until
from .programs import ctl, ctl_start, sim
from .tap import Failure, Skip, check, cleanup, equal, main, note, setup, test
from .wizard import wizard

__all__ = ['BLACK', 'DESK', 'Failure', 'Process', 'Skip', 'air', 'bluetooth', 'bus', 'camera', 'check',
           'cleanup', 'ctl', 'ctl_start', 'display', 'equal', 'figure', 'logs', 'main', 'modprobe', 'note',
           'setup', 'shot', 'sim', 'start', 'test', 'udev', 'until', 'webcam', 'window',
           'wizard']

# SPDX-License-Identifier: Apache-2.0
"""A display with a desktop's session, and the installed window on it, driven by the accessibility tree."""
import importlib
import os
import shutil
import sys

from . import machine, process, tap

WIDTH, HEIGHT = 800, 760  # each pixel is drawn by an emulated processor
PROGRAM = '/usr/local/bin/first-light'
SHOTS = '/run/display'
LIMIT_S = 120
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<servicedir>{services}</servicedir><policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""
SETTINGS = '[Settings]\ngtk-enable-animations=false\ngtk-cursor-blink=false\n'


def _write_bus():
    """A session bus that starts nothing but the accessibility bus: portals cost an emulated processor half a
    minute. Returns its configuration."""
    services = SHOTS + '/services'
    os.makedirs(services)
    shutil.copy('/usr/share/dbus-1/services/org.a11y.Bus.service', services)
    with open(SHOTS + '/bus.conf', 'w', encoding='utf-8') as file:
        file.write(BUS.format(folder=SHOTS, services=services))
    return SHOTS + '/bus.conf'


@process.once
def display():
    """Starts an X server and the bus of a session; the environment tells where they are."""
    machine.install()
    os.makedirs(SHOTS)
    os.makedirs('/tmp/.X11-unix', mode=0o1777, exist_ok=True)
    for path in ('/tmp/.X7-lock', '/tmp/.X11-unix/X7'):  # of the machine below
        if os.path.lexists(path):
            os.unlink(path)
    config = os.path.join(os.environ['HOME'], '.config', 'gtk-4.0')
    os.makedirs(config, exist_ok=True)
    with open(config + '/settings.ini', 'w', encoding='utf-8') as file:
        file.write(SETTINGS)
    os.environ.update(DISPLAY=':7', GDK_BACKEND='x11', GSK_RENDERER='cairo', LIBGL_ALWAYS_SOFTWARE='1',
                      GSETTINGS_BACKEND='memory', XDG_RUNTIME_DIR=SHOTS, FL_E2E_LIMIT=str(LIMIT_S),
                      GTK_USE_PORTAL='0', ADW_DISABLE_PORTAL='1')
    # Without auto-repeat: a busy computer is late to let go of a key.
    server = process.start('xvfb', 'Xvfb', ':7', '-screen', '0', f'{WIDTH}x{HEIGHT}x24', '-nolisten', 'tcp',
                           '-noreset', '-r', '-fbdir', SHOTS, stays=True)
    bus = process.start('session-bus', 'dbus-daemon', '--nofork', '--print-address=1',
                        '--config-file=' + _write_bus(), stays=True)
    os.environ['DBUS_SESSION_BUS_ADDRESS'] = bus.wait_line('^unix:.*').group()
    process.until(lambda: os.path.exists('/tmp/.X11-unix/X7'), what='the X server')
    return server


def shot(name):
    """What the display shows, into the logs, as it is: tests/lab/run makes a PNG of it."""
    shutil.copy(SHOTS + '/Xvfb_screen0', f'{process.LOGS}/{name}.xwd')


@process.once
def _module():
    """The driver of windows that the end-to-end tests have, too."""
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', '..', '..', 'app'))
    return importlib.import_module('window')


def window(*args, name='window', env=None):
    """Starts the installed window, which is closed when the test is over."""
    display()

    class Window(_module().Window):
        """With its pictures in the logs, and failures told as the lab's."""

        shots = 0
        pause_s = 1  # a look costs half of it

        def wait(self, what, condition, limit_s=None):
            try:
                return super().wait(what, condition, limit_s)
            except _module().Gone as gone:
                shot(f'{name}-failed')
                raise tap.Failure(str(gone)) from None

        def picture(self, title):
            self.shots += 1
            shot(f'{name}-{self.shots}-{title}')

    opened = Window([PROGRAM, *args], env=env, log=process.log_path(name))
    tap.cleanup(opened.close)
    return opened

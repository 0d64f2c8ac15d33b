# SPDX-License-Identifier: Apache-2.0
"""Cameras: nodes of v4l2loopback, each fed by a process of its own, and one of the kernel's own."""
import functools
import glob
import os
import sys

from . import machine, process, tap

WIDTH, HEIGHT = 640, 480  # as label-picture draws
NAMES = ('Desk camera', 'Second camera', 'Third camera')
DESK = ''  # nothing before the camera
BLACK = object()  # its cap is on
VIVID = '/sys/bus/platform/drivers/vivid'


def _draw(text, count):
    """The planes of brightness that label-picture draws."""
    folder = f'/run/pictures/drawn-{len(os.listdir("/run/pictures"))}'
    os.makedirs(folder)
    tool = os.path.join(os.path.dirname(os.environ['LAB_INSTALLED']), 'tests', 'label-picture')
    process.run('/bin/sh', '-c', f'echo "$0" | {tool} {folder} {count}', text)
    for path in sorted(glob.glob(folder + '/*.pgm')):
        with open(path, 'rb') as file:
            yield file.read()[-WIDTH * HEIGHT:]


def _colour(luma):
    """YUYV without colour."""
    frame = bytearray(b'\0\x80' * len(luma))
    frame[::2] = luma
    return frame


@functools.cache
def frames(what, count=3):
    """A file of what a camera sees: the text of a label, DESK or BLACK."""
    os.makedirs('/run/pictures', exist_ok=True)
    planes = [b'\x10' * (WIDTH * HEIGHT)] if what is BLACK else _draw(what, count)
    path = f'/run/pictures/{len(os.listdir("/run/pictures"))}.yuyv'
    with open(path, 'wb') as file:
        file.writelines(map(_colour, planes))
    return path


def _tell_udev(node, action):
    """As when it is plugged in or pulled out."""
    name = os.path.basename(node)
    with open(f'/sys/class/video4linux/{name}/uevent', 'w', encoding='ascii') as file:
        file.write(action)
    process.run('udevadm', 'settle')


class Camera:
    """A camera that shows what it is told to. It is a capture device only while it is fed."""

    def __init__(self, node, name):
        self.node = node
        self.name = name
        self._feeder = None

    def show(self, what):
        """From now on; plugs it in where it is not."""
        path = frames(what)
        if self._feeder is None:
            self._feeder = process.start('camera', sys.executable, '-B', f'{__file__[:-9]}feed.py',
                                         self.node, str(WIDTH), str(HEIGHT), path)
            self._feeder.wait_line('showing')
            _tell_udev(self.node, 'add')
        else:
            self._feeder.say(path)
            self._feeder.wait_line('showing')

    def forget(self):
        """udev keeps what it saw before the camera was fed."""
        with open(f'/sys/class/video4linux/{os.path.basename(self.node)}/dev', encoding='ascii') as file:
            path = f'/run/udev/data/c{file.read().strip()}'
        with open(path, 'r+', encoding='utf-8') as file:
            text = file.read()
            tap.check(':capture:' in text, f'udev saw a camera: {text}')
            file.seek(0)
            file.truncate()
            file.write(text.replace(':capture:', ':video_output:'))

    def stop(self):
        """No more pictures, and nobody is told: its program crashed."""
        if self._feeder is not None:
            self._feeder.stop()
            self._feeder = None

    def unplug(self):
        self.stop()
        _tell_udev(self.node, 'remove')


@functools.cache
def _nodes():
    machine.udev()
    machine.modprobe('videodev')
    labels = ','.join(name.replace(' ', '-') for name in NAMES)
    process.run('insmod', f'{os.environ["LAB_MADE"]}/v4l2loopback.ko', f'devices={len(NAMES)}',
                f'exclusive_caps={",".join("1" * len(NAMES))}', f'card_label={labels}')
    process.run('udevadm', 'settle')
    return [Camera(f'/dev/video{number}', name.replace(' ', '-'))
            for number, name in enumerate(NAMES)]


def camera(shows=DESK, number=0):
    """Plugs in a camera until the test is over: camera('P046AB245AB12CD ABCDEFGHJKLMNPQ'). There
    are several of them."""
    found = _nodes()[number]
    tap.cleanup(found.unplug)
    found.show(shows)
    return found


class Webcam:
    """A camera that the kernel treats as a webcam in everything: one program may have its pictures,
    and it can be pulled out in their midst. It shows bars."""

    def __init__(self):
        machine.udev()
        before = set(glob.glob('/dev/video*'))
        machine.modprobe('vivid', 'n_devs=1', 'node_types=0x1', 'num_inputs=1', 'input_types=0')
        self._before = before
        self.node = self._find()
        self._holder = None

    def _find(self):
        def new():
            return sorted(set(glob.glob('/dev/video*')) - self._before)
        node = process.until(new, what='a node of vivid')[0]
        process.run('udevadm', 'settle')
        return node

    def hold(self):
        """Another program takes its pictures."""
        self._holder = os.open(self.node, os.O_RDWR)
        tap.check(os.read(self._holder, 1 << 20), 'a picture for the other program')

    def release(self):
        if self._holder is not None:
            os.close(self._holder)
            self._holder = None

    def unplug(self):
        if os.path.exists(self.node):
            with open(VIVID + '/unbind', 'w', encoding='ascii') as file:
                file.write('vivid.0')

    def plug(self):
        with open(VIVID + '/bind', 'w', encoding='ascii') as file:
            file.write('vivid.0')
        self.node = self._find()

    def remove(self):
        self.release()
        self.unplug()
        process.run('modprobe', '-r', 'vivid')


def webcam():
    """Plugs in a Webcam until the test is over."""
    found = Webcam()
    tap.cleanup(found.remove)
    return found

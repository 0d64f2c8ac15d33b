# SPDX-License-Identifier: Apache-2.0
"""A device made of a USB device controller: FunctionFS, at the other end of dummy_hcd's cable."""
import glob
import os

import lab
from lab import cable
from lab.cable import CODE, P2
from lab.process import run
from lab.programs import SIM

GADGETS = '/sys/kernel/config/usb_gadget'


def plug(lines=P2, options=()):
    """Starts it, and waits until the other end has it."""
    sim = lab.sim('gadget', 'p2', scenario=cable.scenario(('p2', lines)), options=options)
    wait_there()
    return sim


def find(product='c020'):
    """Its place on the other end; None: not there."""
    places = os.listdir('/sys/bus/usb/devices')
    return next((place for place in places if cable.product(place) == product), None)


def wait_there(product='c020'):
    place = lab.until(lambda: find(product), what=f'product {product}')
    run('udevadm', 'settle')
    return place


def nothing_left():
    lab.equal(os.listdir(GADGETS), [], 'gadgets')
    with open('/proc/mounts', encoding='utf-8') as mounts:
        lab.check('functionfs' not in mounts.read(), 'nothing is mounted')
    lab.equal(glob.glob('/tmp/firstlight-sim-*'), [], 'folders')


@lab.setup
def start():
    cable.sit_down()
    lab.udev()
    lab.modprobe('dummy_hcd', 'num=2', 'is_super_speed=0')
    lab.modprobe('libcomposite', 'usb_f_fs')
    if not os.path.isdir(GADGETS):
        run('mount', '-t', 'configfs', 'configfs', '/sys/kernel/config')


@lab.test('gadget-to-online')
def to_online():
    sim = plug()
    lab.equal(sim.state('p2')['places'], {'gadget': 'dummy_udc.0'})
    done = lab.ctl('setup', CODE, '--network', 'Harbour', '--password-file', cable.password_file())
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))
    sim.wait('p2', state='online')
    sim.stop()
    lab.until(lambda: not find(), what='the end of the device')
    nothing_left()


@lab.test('gadget-says-who-it-is')
def says():
    plug()
    device = f'/sys/bus/usb/devices/{find()}'
    for name, expected in (('manufacturer', 'Particle'), ('serial', '0a10aced202194944aab12cd')):
        with open(f'{device}/{name}', encoding='ascii') as file:
            lab.equal(file.read().strip(), expected, name)
    done = lab.ctl('find', '--for', '5', '--road', 'usb')
    lab.equal(done.named('found')[0]['setup_code'], CODE)


@lab.test('gadget-unplugged-and-plugged')
def replugged():
    sim = plug()
    for _ in range(2):
        sim.say('p2', 'unplug')
        lab.until(lambda: not find(), what='the end of the device')
        lab.equal(sim.wait('p2', places={'gadget': None})['places'], {'gadget': None})
        nothing_left()
        sim.say('p2', 'plug')
        wait_there()
    lab.equal(lab.ctl('info', CODE).status, 0)


@lab.test('gadget-update-mode-and-back')
def update_mode():
    sim = plug(P2 + 'known=Harbour\nmode=running\n')
    lab.equal(lab.ctl('reset', CODE, '--mode', 'dfu').status, 0)
    wait_there('d020')
    back = lab.ctl('reset', '0a10aced202194944aab12cd')
    lab.equal(back.status, 0, str(back))
    wait_there('c020')
    sim.wait('p2', state='online')


@lab.test('gadget-refuses-and-goes-on')
def refuses():
    """A request by fault refused, and one that is never answered: the next ones are."""
    plug(P2 + 'faults=usb-stall=4\n')
    lab.ctl('info', CODE)
    done = lab.ctl('info', CODE)
    lab.equal(done.status, 0, str(done))


@lab.test('gadget-silent-request')
def silent():
    plug(P2 + 'faults=usb-silent=4\n')
    lab.ctl('info', CODE)
    done = lab.ctl('info', CODE)
    lab.equal(done.status, 0, str(done))


@lab.test('gadget-on-a-chosen-controller')
def chosen():
    sim = plug(options=('--udc', 'dummy_udc.1'))
    lab.equal(sim.state('p2')['places'], {'gadget': 'dummy_udc.1'})


@lab.test('gadget-errors-leave-nothing')
def errors():
    plug(options=('--udc', 'dummy_udc.0'))
    before = os.listdir(GADGETS)
    path = cable.scenario(('p2', P2))
    for words, expected in ((['--udc', 'dummy_udc.0'], 'busy'), (['--udc', 'no.such'], 'no.such')):
        said = cable.said(SIM, 'gadget', '--scenario', path, *words, 'p2')
        lab.check(expected in said.lower(), said)
        lab.equal(os.listdir(GADGETS), before, 'gadgets')
    lab.equal(lab.ctl('info', CODE).status, 0)


lab.main()

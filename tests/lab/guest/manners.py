# SPDX-License-Identifier: Apache-2.0
"""What the programs leave behind when they end, are interrupted, or are killed: nothing, and a
bluetoothd that still runs.

bluetoothd 5.66 frees twice what belongs to a program that dies with a socket of notifications
(AcquireNotify), where it hears of the death before it hears of the socket. First Light takes its
notifications as signals (StartNotify) and writes over a socket (AcquireWrite), whose end does no
harm; killed-while-bluetoothd-sleeps makes it hear of both at once."""
import os
import signal

import lab
from lab import bluez, desk, process


@lab.setup
def start():
    desk.watch_temporary_files()
    lab.bluetooth()


def check_daemon(pid):
    daemon = lab.bluetooth().daemon
    if not daemon.is_running():
        lab.bluetooth().restart()  # for the tests after this one
        raise lab.Failure(f'bluetoothd ended with {daemon.status}')
    lab.equal(daemon.pid, pid, 'process of bluetoothd')


def check_clean(address):
    """Nothing is connected, paired or searched for; the device is not in the cache."""
    bluez.wait_clean(0, address)
    lab.equal(desk.temporary_files(), [], 'temporary files')


def run_until(stage):
    running = lab.ctl_start(*desk.setup_words())
    running.wait('stage', stage=stage)
    return running


def run_again(address, pid):
    """What a killed program left is in nobody's way."""
    again = run_until('securing')
    again.interrupt()
    lab.equal(again.finish().status, 130, 'exit status')
    check_daemon(pid)
    check_clean(address)


@lab.test('finished-leaves-nothing')
def finished():
    address = desk.address(desk.start('radio'))
    pid = lab.bluetooth().daemon.pid
    desk.set_up()
    check_daemon(pid)
    check_clean(address)


def add_ended(stage, word):
    @lab.test(f'{word}-while-{stage}-leaves-nothing')
    def ended():
        address = desk.address(desk.start('radio'))
        pid = lab.bluetooth().daemon.pid
        running = run_until(stage)
        if word == 'interrupted':
            running.interrupt()
        else:
            running.signal(signal.SIGTERM)
        lab.check(running.join() != 0, 'the exit status tells it')
        check_daemon(pid)
        check_clean(address)


def add_killed(stage):
    @lab.test(f'killed-while-{stage}-harms-nobody')
    def killed():
        """BlueZ ends the discovery, but keeps the link, so that the device is not heard. The next
        run finds a link that nobody uses, and ends it."""
        address = desk.address(desk.start('radio'))
        pid = lab.bluetooth().daemon.pid
        run_until(stage).kill()
        lab.until(lambda: not bluez.adapter(0).get('Discovering'), what='discovery to end')
        check_daemon(pid)
        left = [text for text in bluez.leftovers() if not text.endswith('Connected')]
        lab.equal(left, [], 'what is left')
        lab.equal(desk.temporary_files(), [], 'temporary files')
        if stage != 'reaching':  # then the device is set up
            run_again(address, pid)


for name in ('finding', 'connecting', 'securing', 'joining'):
    add_ended(name, 'interrupted')
add_ended('choosing', 'terminated')
for name in desk.STAGES:
    add_killed(name)


@lab.test('killed-while-bluetoothd-sleeps')
def killed_while_it_sleeps():
    address = desk.address(desk.start('radio'))
    daemon = lab.bluetooth().daemon
    running = run_until('choosing')
    clients = bluez.clients()
    os.kill(daemon.pid, signal.SIGSTOP)
    lab.cleanup(os.kill, daemon.pid, signal.SIGCONT)
    running.kill()
    lab.until(lambda: bluez.clients() < clients, what='the bus to tell of its end')
    os.kill(daemon.pid, signal.SIGCONT)
    lab.until(lambda: not daemon.is_running() or bluez.objects(), what='bluetoothd to answer')
    check_daemon(daemon.pid)
    run_again(address, daemon.pid)


@lab.test('killed-then-set-up-to-the-end')
def killed_then_set_up():
    device = desk.start('radio')
    address = desk.address(device)
    run_until('joining').kill()
    device.wait(desk.NAME, network=desk.NETWORK)
    desk.set_up()
    check_clean(address)


@lab.test('bluetoothd-never-fell')
def never_fell():
    kernel = process.run('dmesg')
    lab.check(not any('bluetoothd' in line and 'segfault' in line for line in kernel.split('\n')),
              kernel[-2000:])


lab.main()

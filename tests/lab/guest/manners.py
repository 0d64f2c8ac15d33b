# SPDX-License-Identifier: Apache-2.0
"""What the programs leave behind when they end, are interrupted, or are killed: nothing, and a
bluetoothd that still runs.

bluetoothd 5.66 frees twice what belongs to a program that is killed with a socket of notifications
(AcquireNotify). First Light takes its notifications as signals (StartNotify) and writes over a
socket (AcquireWrite), whose end does no harm; the tests called killed-while-… say so."""
import lab
from lab import bluez, desk, process


@lab.setup
def start():
    lab.bluetooth(adapters=2)


def start_device():
    device = desk.start('bluetooth', '--adapter', 'hci1')
    device.wait(desk.NAME, places=lambda places: places.get('bluetooth'))
    return device


def check_daemon(pid):
    daemon = lab.bluetooth(adapters=2).daemon
    if not daemon.is_running():  # for the tests after this one
        lab.bluetooth(adapters=2).restart()
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


@lab.test('finished-leaves-nothing')
def finished():
    start_device()
    address = bluez.adapter(1)['Address']
    pid = lab.bluetooth(adapters=2).daemon.pid
    desk.set_up()
    check_daemon(pid)
    check_clean(address)


def add_interrupted(stage, word):
    @lab.test(f'{word}-while-{stage}-leaves-nothing')
    def interrupted():
        start_device()
        address = bluez.adapter(1)['Address']
        pid = lab.bluetooth(adapters=2).daemon.pid
        running = run_until(stage)
        if word == 'interrupted':
            running.interrupt()
        else:
            running.stop()
        lab.check(running.join() != 0, 'the exit status tells it')
        check_daemon(pid)
        check_clean(address)


def add_killed(stage):
    @lab.test(f'killed-while-{stage}-harms-nobody')
    def killed():
        """The link stays up, as BlueZ has it; the next run finds it unused, and takes it."""
        start_device()
        address = bluez.adapter(1)['Address']
        pid = lab.bluetooth(adapters=2).daemon.pid
        run_until(stage).kill()
        lab.until(lambda: not bluez.adapter(0).get('Discovering'), what='discovery to end')
        check_daemon(pid)
        lab.equal([left for left in bluez.leftovers() if not left.endswith('Connected')], [],
                  'what is left')
        again = run_until('securing')
        again.interrupt()
        lab.equal(again.finish().status, 130, 'exit status')
        check_daemon(pid)
        check_clean(address)


for name in ('finding', 'connecting', 'securing', 'joining'):
    add_interrupted(name, 'interrupted')
add_interrupted('choosing', 'terminated')
for name in desk.STAGES:
    add_killed(name)


@lab.test('killed-then-set-up-to-the-end')
def killed_then_set_up():
    device = start_device()
    address = bluez.adapter(1)['Address']
    run_until('joining').kill()
    device.wait(desk.NAME, network=desk.NETWORK)
    desk.set_up()
    check_clean(address)


@lab.test('bluetoothd-was-never-harmed')
def never_harmed():
    said = [line for line in lab.bluetooth(adapters=2).daemon.lines if 'segfault' in line.lower()]
    lab.equal(said, [], 'what bluetoothd said')
    kernel = process.run('dmesg')
    lab.check('bluetoothd' not in kernel or 'segfault' not in kernel, kernel[-2000:])


lab.main()

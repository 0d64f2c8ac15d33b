# SPDX-License-Identifier: Apache-2.0
"""Bluetooth that fails before and while a device is set up: how each fault is told, within which
time, and that the next set-up works without anything being started anew."""
import os
import time

import lab
from lab import bluez, desk

EXIT_LIMIT_S = 180  # in the machine; the programs' own limits are shorter


@lab.setup
def start():
    desk.watch_temporary_files()
    lab.bluetooth()


def mend():
    """Everything of the computer is as it should be, however the test ended."""
    radio = lab.bluetooth()
    bluez.set_blocked(False)
    if not radio.daemon.is_running():
        radio.start_daemon()
    if not radio.has_adapter():
        radio.add_adapter()
    bluez.set_power(0, True)


def sit_down():
    """The board is on the air; the computer is mended at the end."""
    lab.cleanup(mend)
    return desk.start('radio')


def check_error(run, *errors):
    """The run ended with one of the errors, in words, and with the exit status that belongs to
    it."""
    found = run.result.get('error')
    lab.check(found in errors, f'{found} is one of {errors}: {run}')
    lab.equal(run.status, 10 + int(found.strip('Eabc')), 'exit status')
    told = [event for event in run.named('error') if event['error'] == found]
    lab.check(told and told[-1]['title'], f'it is told in words: {run}')
    lab.note(f'{found}: {told[-1]["title"]} ({told[-1].get("detail")})')


def check_next():
    """The device that is out there now can be set up by the next call."""
    running = lab.ctl_start(*desk.setup_words())
    running.wait('stage', stage='reading')
    running.interrupt()
    lab.equal(running.finish().status, 130, 'exit status of the next call')
    bluez.wait_clean()


def try_before(*errors):
    check_error(lab.ctl(*desk.setup_words()), *errors)


def fail_while(stage, fault):
    """Starts a set-up, does something to it in a stage, and returns how it ended."""
    running = lab.ctl_start(*desk.setup_words())
    running.wait('stage', stage=stage)
    fault()
    began = time.monotonic()
    run = running.finish(limit=EXIT_LIMIT_S)
    lab.note(f'{stage}: ended with {run.status} after {time.monotonic() - began:.1f} s')
    return run


def has_fallen(stage):
    """bluetoothd 5.66 may fall by itself when a link or its adapter goes in the middle of Connect;
    the last that it says then comes from att_connect_cb (BlueZ src/device.c)."""
    if stage != 'connecting' or lab.bluetooth().daemon.is_running():
        return False
    lab.note('bluetoothd fell')
    return True


# --- Before.


@lab.test('off-before')
def off_before():
    sit_down()
    bluez.set_power(0, False)
    try_before('E02')
    mend()
    check_next()


@lab.test('blocked-before')
def blocked_before():
    sit_down()
    bluez.set_blocked(True)
    lab.until(lambda: not bluez.adapter(0).get('Powered'), what='the switch to work')
    try_before('E03')
    mend()
    check_next()


@lab.test('no-adapter-before')
def no_adapter_before():
    radio = lab.bluetooth()
    sit_down()
    radio.remove_adapter()
    lab.until(lambda: not radio.has_adapter(), what='bluetoothd to lose the adapter')
    try_before('E01')
    mend()
    check_next()


@lab.test('no-bluetoothd-before')
def no_daemon_before():
    sit_down()
    lab.bluetooth().kill_daemon()
    try_before('E04')
    mend()
    check_next()


@lab.test('device-off-before')
def device_off_before():
    device = sit_down()
    device.say(desk.NAME, 'power-off')
    device.wait(desk.NAME, state='off')
    try_before('E19')
    device.say(desk.NAME, 'power-on')
    device.wait(desk.NAME, state='listening')
    check_next()


# --- The computer's side, while it runs.


def add_off(stage):
    # Not while connecting: bluetoothd 5.66 fell when it was turned off in the middle of Connect, the
    # last that it said came from att_connect_cb (BlueZ src/device.c).
    @lab.test(f'off-while-{stage}')
    def off():
        sit_down()
        check_error(fail_while(stage, lambda: bluez.set_power(0, False)), 'E02')
        mend()
        check_next()


def add_unplugged(stage):
    @lab.test(f'adapter-unplugged-while-{stage}')
    def unplugged():
        sit_down()
        run = fail_while(stage, lab.bluetooth().remove_adapter)
        check_error(run, 'E01', *(['E04'] if has_fallen(stage) else []))
        mend()
        check_next()


def add_crash(stage):
    @lab.test(f'bluetoothd-restarts-while-{stage}')
    def crash():
        """It goes on by itself when bluetoothd is back in time, or says what is wrong."""
        sit_down()

        def fault():
            lab.bluetooth().kill_daemon()
            mend()

        run = fail_while(stage, fault)
        if run.status != 0:
            check_error(run, 'E04', 'E24')
            check_next()


for name in ('securing', 'joining'):
    add_off(name)
for name in ('connecting', 'choosing', 'joining'):
    add_unplugged(name)
for name in desk.STAGES:
    add_crash(name)


@lab.test('bluetoothd-stays-away-while-choosing')
def stays_away():
    sit_down()
    check_error(fail_while('choosing', lab.bluetooth().kill_daemon), 'E04')
    mend()
    check_next()


@lab.test('half-stored-device-is-found-again')
def half_stored():
    """bluetoothd was killed while it stored a device that was new (BlueZ src/device.c,
    store_device_info_cb): the file is empty, and bluetoothd does not hear that device any more."""
    device = sit_down()
    check_next()  # from then on its services are stored, too
    folder = f'/var/lib/bluetooth/{bluez.adapter(0)["Address"]}/{desk.address(device)}'
    lab.bluetooth().kill_daemon()
    os.makedirs(folder, exist_ok=True)
    with open(f'{folder}/info', 'wb'):
        pass
    mend()
    check_next()


# --- The device's side.


def add_power_cut(stage):
    @lab.test(f'device-off-while-{stage}')
    def power_cut():
        device = sit_down()
        run = fail_while(stage, lambda: device.say(desk.NAME, 'power-off'))
        if has_fallen(stage):
            check_error(run, 'E04')
        else:
            check_error(run, 'E20', 'E21', 'E24', 'E44')
            bluez.wait_clean()


for name in desk.STAGES[1:]:
    add_power_cut(name)


@lab.test('device-off-and-on-then-set-up')
def off_and_on():
    device = sit_down()
    fail_while('securing', lambda: device.say(desk.NAME, 'power-off'))
    device.say(desk.NAME, 'power-on')
    device.wait(desk.NAME, state='listening')
    desk.set_up()


@lab.test('away-and-back-while-choosing')
def away_and_back():
    device = sit_down()

    def fault():
        device.say(desk.NAME, 'away')
        lab.until(lambda: not any(d.get('Connected') for d in bluez.devices().values()),
                  what='the link to be lost')
        device.say(desk.NAME, 'back')

    lab.equal(fail_while('choosing', fault).status, 0, 'exit status')
    device.wait(desk.NAME, state='online')


@lab.test('away-for-good-while-choosing')
def away_for_good():
    device = sit_down()
    check_error(fail_while('choosing', lambda: device.say(desk.NAME, 'away')), 'E20', 'E24')
    device.say(desk.NAME, 'back')
    desk.set_up()


lab.main()

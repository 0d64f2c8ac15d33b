# SPDX-License-Identifier: Apache-2.0
"""Bluetooth that fails before and while a device is set up: how each fault is told, and that the
next set-up works without anything being started anew."""
import time

import lab
from lab import bluez, desk

EXIT_LIMIT_S = 150  # in the machine; the programs' own limits are shorter


@lab.setup
def start():
    lab.bluetooth(adapters=2)


def start_device():
    device = desk.start('bluetooth', '--adapter', 'hci1')
    device.wait(desk.NAME, places=lambda places: places.get('bluetooth'))
    return device


def expect(run, *errors):
    """The run ended with one of the errors, and its exit status fits."""
    found = run.result.get('error')
    lab.check(found in errors, f'{found} is one of {errors}: {run}')
    lab.equal(run.status, 10 + int(found.strip('Eabc')), 'exit status')
    told = run.named('error', error=found)
    lab.check(told and told[-1]['title'], 'it is told in words')
    lab.note(f'{found}: {told[-1]["title"]} ({told[-1].get("detail")})')


def run_words(*more):
    return (*desk.setup_words(), *more)


def fail_while(stage, fault, *errors):
    """Starts a set-up, does something to it in a stage, and checks how it ends."""
    running = lab.ctl_start(*run_words())
    running.wait('stage', stage=stage)
    fault()
    began = time.monotonic()
    run = running.finish(limit=EXIT_LIMIT_S)
    lab.note(f'{stage}: ended after {time.monotonic() - began:.1f} s')
    expect(run, *errors)
    return run


# --- Before.


@lab.test('off-before')
def off_before():
    start_device()
    bluez.set_power(0, False)
    lab.cleanup(bluez.set_power, 0, True)
    bluez.set_power(1, True)
    expect(lab.ctl(*run_words('--timeout', '30')), 'E2')
    bluez.set_power(0, True)
    desk.set_up()


lab.main()

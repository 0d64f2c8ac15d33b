# SPDX-License-Identifier: Apache-2.0
"""How long each step of setting a device up takes over the real stack, and what the simulation's
own roads predict: the same scenario in the same machine, so that only the roads differ."""
import json

import lab
from lab import journey
from lab.figures import factor

SHELLS = {'bluetooth': 'radio', 'usb': 'usb'}
FINDING = 3    # so many times slower than predicted is a finding
NOTICED_S = 2  # and a failure when it is that much: on a real processor a tenth of it, or less
REASONS = {
    ('bluetooth', 'row'): 'bluetoothd begins to scan, and tells by D-Bus; the simulation hears at '
                          'once',
    ('bluetooth', 'connect'): 'with all services, read by bluetoothd one by one; the simulation '
                              'counts one delay for all',
    ('usb', 'row'): 'udev, libusb and the first requests; the simulation has the device at hand',
    ('usb', 'session'): 'there is none: the measure is a turn of the main loop',
}
LIMIT_S = 600

measured = {}  # (road, 'real', 'predicted' or 'native'): seconds by step


@lab.setup
def start():
    lab.bluetooth()
    lab.modprobe('vhci-hcd', 'cdc-acm')
    with open('/lab/native.json', encoding='utf-8') as native:
        for road, seconds in json.load(native).items():
            measured[road, 'native'] = seconds
            lab.figure('setup-native', road, slower=1, **seconds)


def keep(road, kind, runs):
    measured[road, kind] = journey.middle(runs)
    lab.figure(f'setup-{kind}', road, **measured[road, kind])


def set_up(road, simulated):
    done = lab.ctl(*journey.words(road, simulated), input=journey.PASSWORD + '\n', limit=240)
    lab.equal((done.status, done.result['stage']), (0, 'online'), done)
    return journey.steps(done.result, done.stderr)


def measure_real(road):
    def run():
        runs, device = [], journey.DEVICES[road][0]
        for _ in range(journey.RUNS):
            sim = lab.sim(SHELLS[road], device, scenario=journey.SCENARIO)
            runs.append(set_up(road, False))
            sim.wait(device, state='online')
            sim.stop()
        keep(road, 'real', runs)
    return run


def measure_predicted(road):
    def run():
        keep(road, 'predicted', [set_up(road, True) for _ in range(journey.RUNS)])
    return run


for one in SHELLS:
    lab.test(f'{one}-real', limit=LIMIT_S)(measure_real(one))
    lab.test(f'{one}-predicted', limit=LIMIT_S)(measure_predicted(one))


def compare_step(road, step):
    """The ratio of what was measured and what was predicted, and the seconds between them. A
    connection is predicted together with its services."""
    real, predicted = (measured[road, kind] for kind in ('real', 'predicted'))
    if step == 'services' and step not in predicted:
        return None, 0
    value = real[step] + (real.get('services', 0) if step == 'connect' else 0)
    return value / max(predicted.get(step, 0), 0.001), value - predicted.get(step, 0)


@lab.test('real-is-as-predicted')
def compare():
    """The table."""
    if any((road, kind) not in measured for road in SHELLS for kind in ('real', 'predicted')):
        raise lab.Skip('the others were not measured')
    failures = []
    lab.note(f'this machine\'s processor is {factor()} times slower than the real one')
    lab.note(f'{"road":<10} {"step":<9} {"real":>7} {"predicted":>10} {"native":>7} {"ratio":>6}')
    for road in SHELLS:
        ratios = {}
        for step in journey.STEPS:
            values = [measured[road, kind].get(step) for kind in ('real', 'predicted', 'native')]
            if values[0] is None:
                continue
            ratio, more_s = compare_step(road, step)
            if ratio is not None:
                ratios[step] = round(ratio, 2)
            verdict = ''
            if ratio is not None and ratio > FINDING:
                verdict = f'  finding, {more_s:.2f} s: {REASONS.get((road, step), "unknown why")}'
                failures += [f'{road}, {step}: {more_s:.2f} s'] if more_s > NOTICED_S else []
            real, predicted, native = ('-' if v is None else f'{v:.3f}' for v in values)
            told = '-' if ratio is None else f'{ratio:.1f}'
            lab.note(f'{road:<10} {step:<9} {real:>7} {predicted:>10} {native:>7} {told:>6}'
                     f'{verdict}')
        lab.figure('real-to-predicted', road, **ratios)
    lab.equal(failures, [], 'slower than predicted')


lab.main()

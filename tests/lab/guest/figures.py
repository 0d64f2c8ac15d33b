# SPDX-License-Identifier: Apache-2.0
"""How long each step of setting a device up takes over the real stack, and over the simulation's
own roads: the same scenario in the same machine, so that only the roads differ."""
import os
import re
import statistics

import lab

SCENARIO = os.path.join(os.path.dirname(__file__), '../scenarios/figures.scenario')
NETWORK, PASSWORD = 'Harbour Lane 12', 'lighthouse7'
DEVICES = {'bluetooth': ('wireless', '7A0701'), 'usb': ('cabled', '7A0702')}
SHELLS = {'bluetooth': 'radio', 'usb': 'usb'}
RUNS = 3
STAGES = ('discovery', 'connect', 'services', 'session', 'reading', 'networks', 'send', 'joined',
          'online')
# of firstlightctl: ours; what follows "joined" is all on the way to be on line
NAMES = {'finding': 'discovery', 'connecting': 'connect', 'securing': 'session',
         'reading': 'reading', 'choosing': 'networks', 'sending': 'send', 'joining': 'joined',
         'addressing': 'online', 'reaching': 'online', 'online': 'online'}
FINDING = 3     # so many times slower than predicted is worth an explanation
NOTICED_S = 0.5  # shorter ones are not
STEP = re.compile(r'(\d+):(\d+):(\d+\.\d+): .*: step (\d+), try')
STEP_CONNECT, STEP_RESOLVE = 3, 4  # lib/link/fl-bluez-connect.c

measured = {}  # (road, 'real' or 'simulated'): stage: seconds


@lab.setup
def start():
    lab.bluetooth()
    lab.modprobe('vhci-hcd', 'cdc-acm')


def to_services_s(stderr):
    """The seconds from the beginning of the connection to its services; None: not told."""
    times = {}
    for hours, minutes, seconds, step in STEP.findall(stderr):
        times[int(step)] = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    if STEP_RESOLVE not in times or max(times) == STEP_RESOLVE:
        return None
    return times[max(times)] - times[STEP_RESOLVE]


def stages_of(done):
    """Seconds by stage, of one run."""
    lab.equal((done.status, done.result['stage']), (0, 'online'), done)
    seconds = {}
    for name, spent_ms in done.result['timings_ms'].items():
        seconds[NAMES[name]] = seconds.get(NAMES[name], 0) + spent_ms / 1000
    services = to_services_s(done.stderr)
    if services is not None:
        seconds['services'] = min(services, seconds['connect'])
        seconds['connect'] -= seconds['services']
    return seconds


def set_up(road, *options):
    words = ['--verbose', *options, 'setup', DEVICES[road][1], '--label',
             'P046AD3427A0701 F1GURESF1GURES1', '--network', NETWORK, '--password-file', '-']
    return stages_of(lab.ctl(*words, input=PASSWORD + '\n', limit=240))


def keep(road, kind, runs):
    """The middle of several runs, stage by stage."""
    names = [name for name in STAGES if any(name in run for run in runs)]
    middle = {name: round(statistics.median(run.get(name, 0) for run in runs), 3)
              for name in names}
    measured[road, kind] = middle
    lab.figure(f'setup-{kind}', road, **middle)
    lab.note(f'{road}, {kind}: {middle}')


def measure_real(road):
    def run():
        runs = []
        for _ in range(RUNS):
            sim = lab.sim(SHELLS[road], DEVICES[road][0], scenario=SCENARIO)
            runs.append(set_up(road))
            sim.wait(DEVICES[road][0], state='online')
            sim.stop()
        keep(road, 'real', runs)
    return run


def measure_simulated(road):
    def run():
        keep(road, 'simulated', [set_up(road, f'--simulate={SCENARIO}') for _ in range(RUNS)])
    return run


for one in DEVICES:
    lab.test(f'{one}-real', limit=900)(measure_real(one))
    lab.test(f'{one}-simulated', limit=900)(measure_simulated(one))


@lab.test('real-is-as-predicted')
def compare():
    """The table, and what of it is a finding."""
    findings = []
    lab.note(f'{"road":<10} {"stage":<10} {"real":>8} {"predicted":>10} {"ratio":>6}')
    for road in DEVICES:
        real, simulated = (measured.get((road, kind), {}) for kind in ('real', 'simulated'))
        for name in STAGES:
            if name not in real:
                continue
            predicted = simulated.get(name, 0)
            ratio = real[name] / predicted if predicted > 0 else float('inf')
            is_finding = ratio > FINDING and real[name] - predicted > NOTICED_S
            findings += [f'{road} {name}: {real[name]} s, predicted {predicted} s'] if is_finding else []
            lab.note(f'{road:<10} {name:<10} {real[name]:>8.3f} {predicted:>10.3f} '
                     f'{ratio:>6.1f}{" finding" if is_finding else ""}')
    lab.equal(findings, [])


lab.main()

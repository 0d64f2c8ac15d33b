# SPDX-License-Identifier: Apache-2.0
"""One journey of firstlightctl, stage by stage: what the group "figures" measures.

    python3 -m lab.journey FIRSTLIGHTCTL     the same on the simulation's own roads, outside of any
                                             virtual machine: JSON, seconds by road and stage
"""
import concurrent.futures
import json
import os
import re
import statistics
import subprocess
import sys

SCENARIO = os.path.join(os.path.dirname(__file__), '../../scenarios/figures.scenario')
DEVICES = {'bluetooth': ('wireless', '7A0701'), 'usb': ('cabled', '7A0702')}
LABEL = 'P046AD3427A0701 F1GURESF1GURES1'  # of the first; a cable needs none
NETWORK, PASSWORD = 'Harbour Lane 12', 'lighthouse7'
RUNS = 3
STEPS = ('row', 'connect', 'services', 'session', 'reading', 'networks', 'send', 'joined', 'online')
# of firstlightctl: ours; what follows "joined" is all on the way to be on line
NAMES = {'finding': 'row', 'connecting': 'connect', 'securing': 'session', 'reading': 'reading',
         'choosing': 'networks', 'sending': 'send', 'joining': 'joined', 'addressing': 'online',
         'reaching': 'online', 'online': 'online'}
BLUEZ_STEP = re.compile(r'(\d+):(\d+):(\d+\.\d+): .*: step (\d+), try')
RESOLVE = 4  # lib/link/fl-bluez-connect.c: connected, services are not known yet


def words(road, simulated):
    """Of a command line for the journey; the password is asked for on standard input."""
    return ['--verbose', *([f'--simulate={SCENARIO}'] if simulated else []), 'setup',
            DEVICES[road][1], *(['--label', LABEL] if road == 'bluetooth' else []),
            '--network', NETWORK, '--password-file', '-']


def services_s(log):
    """The seconds from the connection to the end of its making, of a log of fl-bluez-connect; None
    when it tells nothing, as on other roads."""
    times = {int(step): int(hours) * 3600 + int(minutes) * 60 + float(seconds)
             for hours, minutes, seconds, step in BLUEZ_STEP.findall(log)}
    last = max(times, default=0)
    return times[last] - times[RESOLVE] if RESOLVE in times and last > RESOLVE else None


def steps(result, log):
    """Seconds by step, of the result of a journey that went well."""
    seconds = {}
    for name, spent_ms in result['timings_ms'].items():
        seconds[NAMES[name]] = seconds.get(NAMES[name], 0) + spent_ms / 1000
    services = services_s(log)
    if services is not None:
        seconds['services'] = min(services, seconds['connect'])
        seconds['connect'] -= seconds['services']
    return seconds


def middle(runs):
    """Of several journeys, step by step."""
    names = [name for name in STEPS if any(name in run for run in runs)]
    return {name: round(statistics.median(run.get(name, 0) for run in runs), 3) for name in names}


def simulate(program, road):
    """One journey on the simulation's own road."""
    done = subprocess.run([program, '--json', *words(road, True)], input=PASSWORD + '\n', text=True,
                          capture_output=True, timeout=120, check=True)
    return steps(json.loads(done.stdout.splitlines()[-1]), done.stderr)


if __name__ == '__main__':
    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = {road: [pool.submit(simulate, sys.argv[1], road) for _ in range(RUNS)]
                   for road in DEVICES}
    print(json.dumps({road: middle([run.result() for run in runs])
                      for road, runs in running.items()}))

# SPDX-License-Identifier: Apache-2.0
"""Many devices at once: eight over one adapter, three on cables, and all of them together."""
import functools
import os

import lab

SCENARIO = os.path.join(os.path.dirname(__file__), '../scenarios/eight.scenario')
BOARDS = [f'board-{n}' for n in range(1, 9)]
CABLES = [f'cable-{n}' for n in range(1, 4)]
NETWORK, PASSWORD = 'Harbour Lane 12', 'lighthouse7'
LIMIT_S = 900


@lab.setup
def start():
    lab.bluetooth()
    lab.modprobe('vhci-hcd', 'cdc-acm')


@functools.cache
def labels():
    """What is printed on the boards, by name; none on a Photon."""
    world = lab.ctl(f'--simulate={SCENARIO}', 'world').named('label')
    return {event['name']: event for event in world}


def code(device):
    return labels()[device]['setup_code']


def set_up(*devices, limit=LIMIT_S):
    """One call of firstlightctl for all of them."""
    path = '/run/lab/labels'
    with open(path, 'w', encoding='utf-8') as out:
        out.writelines(f'{event["text"]}\n' for event in labels().values() if ' ' in event['text'])
    return lab.ctl('setup', *map(code, devices), '--label-file', path, '--network', NETWORK,
                   '--password-file', '-', input=PASSWORD + '\n', limit=limit)


def check_online(done, sims):
    """The program says that all are on line, and so do the devices."""
    lab.equal((done.status, done.result['ok'], done.result['stage']), (0, True, 'online'), done)
    for each in done.result.get('devices', [done.result]):
        lab.check(each['ok'] and 'cloud' in each['proof'], each)
        lab.note(f'{each.get("device", "")} {each["timings_ms"]}')
    for sim, devices in sims:
        for device in devices:
            state = sim.wait(device, state='online')
            lab.equal((state['network'], [known['name'] for known in state['known']]),
                      (NETWORK, [NETWORK]), device)


def nothing_is_left(devices):
    """No link is left, and nothing is paired; BlueZ's daemon is still there."""
    lab.check(lab.bluetooth().daemon.is_running(), 'bluetoothd runs')
    lab.until(lambda: 'variant boolean true' not in connected(), what='all links to end')
    lab.equal(len(devices), len(set(devices)))


def connected():
    """BlueZ's devices with their property Connected, as text."""
    lines = (lab.bluetooth().get_objects() or '').splitlines()
    marks = [i for i, line in enumerate(lines) if '"Connected"' in line or '"Paired"' in line]
    return '\n'.join(' '.join(lines[i + 1].split()) for i in marks)


@lab.test('eight-over-one-adapter-in-parallel', limit=LIMIT_S)
def in_parallel():
    sim = lab.sim('radio', *BOARDS, scenario=SCENARIO)
    check_online(set_up(*BOARDS), [(sim, BOARDS)])
    nothing_is_left(BOARDS)


@lab.test('eight-over-one-adapter-one-after-another', limit=LIMIT_S)
def one_after_another():
    sim = lab.sim('radio', *BOARDS, scenario=SCENARIO)
    for board in BOARDS:
        check_online(set_up(board, limit=240), [(sim, [board])])
    nothing_is_left(BOARDS)


@lab.test('three-over-usb-at-once', limit=LIMIT_S)
def three_cables():
    sim = lab.sim('usb', *CABLES, scenario=SCENARIO)
    check_online(set_up(*CABLES), [(sim, CABLES)])


@lab.test('eight-over-bluetooth-and-three-over-usb-together', limit=LIMIT_S)
def eleven():
    radio = lab.sim('radio', *BOARDS, scenario=SCENARIO)
    usb = lab.sim('usb', *CABLES, scenario=SCENARIO)
    check_online(set_up(*BOARDS, *CABLES), [(radio, BOARDS), (usb, CABLES)])
    nothing_is_left(BOARDS)


lab.main()

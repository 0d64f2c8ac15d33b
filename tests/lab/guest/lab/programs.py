# SPDX-License-Identifier: Apache-2.0
"""The installed programs, driven as scripts drive them."""
import json
import os
import subprocess

from . import machine, process, tap
from .cloud import PLACE

CTL = '/usr/local/bin/firstlightctl'
SIM = '/usr/local/bin/firstlight-sim'


def _fits(event, fields):
    return all(key in event and (value(event[key]) if callable(value) else event[key] == value)
               for key, value in fields.items())


class Run:
    """One run of firstlightctl that has ended."""

    def __init__(self, args, status, out, stderr):
        self.args = args
        self.status = status
        self.out = out
        self.stderr = stderr
        self.events = [json.loads(line) for line in out.splitlines() if line.startswith('{')]

    @property
    def result(self):
        """The last event."""
        return self.events[-1] if self.events else {}

    def named(self, event, **fields):
        """All events of that name with these fields; a field's value may be a function."""
        return [e for e in self.events if e['event'] == event and _fits(e, fields)]

    def __str__(self):
        return f'{self.args} ended with {self.status}\n{self.out}{self.stderr}'


def _ended(args, status, out, stderr):
    run = Run(args, status, out, stderr)
    path = process.log_path(f'ctl-{next((a for a in args if a[:1] != "-"), "options")}')
    with open(path, 'w', encoding='utf-8') as log:
        log.write(str(run))
    return run


def ctl(*args, input=None, limit=120, json=True):
    """Runs firstlightctl to its end; input is what it reads. Failures are for the caller."""
    machine.install()
    argv = [CTL, *(['--json'] if json else []), *map(str, args)]
    try:
        done = subprocess.run(argv, input=input or '', capture_output=True, text=True,
                              timeout=limit, errors='replace', check=False)
    except subprocess.TimeoutExpired as over:
        out, err = ((text or b'').decode(errors='replace') for text in (over.stdout, over.stderr))
        _ended(argv[1:], 'the time limit', out, err)
        raise tap.Failure(f'{argv} did not end in {limit} s\n{out}{err}') from None
    return _ended(argv[1:], done.returncode, done.stdout, done.stderr)


class JsonProcess(process.Process):
    """A program that tells what happens as JSON lines."""

    def __init__(self, name, argv, env=None):
        self.events = []
        self._seen = 0
        super().__init__(name, argv, env, log_stderr=False)

    def take(self, line):
        super().take(line)
        if line.startswith('{'):
            self.events.append(json.loads(line))

    @property
    def stderr(self):
        with open(self.log + '.err', encoding='utf-8', errors='replace') as err:
            return err.read()

    def named(self, event, **fields):
        return [e for e in self.events if e['event'] == event and _fits(e, fields)]

    def wait(self, event, limit=process.LIMIT_S, **fields):
        """Waits for the next event of that name with these fields, after the last one that was
        waited for, and returns it."""
        def find():
            while self._seen < len(self.events):
                self._seen += 1
                found = self.events[self._seen - 1]
                if found['event'] == event and _fits(found, fields):
                    return found
            return None

        found = self.look(find, limit)
        if found is None:
            why = f'ended with {self.status}' if self._is_silent else f'{limit} s are over'
            raise tap.Failure(f'{self.name}: no {event} with {fields}: {why}\n'
                              + '\n'.join(self.lines[-8:]) + '\n' + self.stderr[-2000:])
        return found


class CtlProcess(JsonProcess):
    """firstlightctl while it runs."""

    def __init__(self, args):
        self.args = args
        super().__init__(f'ctl-{args[0]}', [CTL, '--json', *args])

    def finish(self, limit=120):
        """Waits for its end; returns what ctl() returns."""
        status = self.join(limit)
        return Run(self.args, status, '\n'.join(self.lines) + '\n', self.stderr)


def ctl_start(*args):
    """Starts firstlightctl; it is stopped at the end of the test where it still runs."""
    machine.install()
    running = CtlProcess([str(arg) for arg in args])
    tap.cleanup(running.stop)
    return running


class Sim(JsonProcess):
    """Simulated devices behind a shell of firstlight-sim."""

    def say(self, device, verb):
        """'p2', 'power-off'"""
        super().say(f'{device} {verb}')

    def wait(self, device, limit=process.LIMIT_S, **fields):
        """Waits for the next state of the device with these fields, the present one included."""
        def find():
            present = self.state(device)
            return present if present and _fits(present, fields) else None

        found = self.look(find, limit)
        if found is None:
            raise tap.Failure(f'{device} is {self.state(device)}, not {fields}, '
                              + ('and firstlight-sim ended' if self._is_silent else 'after its time')
                              + f'\n{self.stderr[-2000:]}')
        return found

    def state(self, device):
        """Its last state; None before the first."""
        states = self.named('state', device=device)
        return states[-1] if states else None


def sim(shell, *devices, scenario=None, wifi=None, cloud=None, options=(), env=None):
    """Starts firstlight-sim SHELL DEVICE…, and waits until it tells a state of each device. wifi
    is a list of interfaces of lab.air() which brings the cloud along; options
    are the shell's."""
    machine.install()
    argv = [*(('nsenter', '--net=/run/netns/device') if wifi else ()), SIM, '--json', *(['--scenario', scenario] if scenario else []),
            *(['--wifi', wifi if isinstance(wifi, str) else ','.join(wifi)] if wifi else []),
            *(['--cloud', cloud or PLACE] if wifi or cloud else []), shell, *options, *devices]
    running = Sim(f'sim-{shell}', argv, env)
    tap.cleanup(running.stop)
    for device in devices:
        running.wait(device)
    return running


def home():
    """Forgets what the programs stored for this user."""
    for name in ('.config', '.cache', '.local'):
        process.run('rm', '-rf', os.path.join(os.environ['HOME'], name))

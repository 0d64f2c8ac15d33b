# SPDX-License-Identifier: Apache-2.0
"""Programs that run beside the tests, and waiting for what they do."""
import functools
import os
import re
import signal
import subprocess
import threading
import time

from . import tap

LOGS = '/lab'
LIMIT_S = 90  # of everything that is waited for


def once(make):
    """A decorator: make() runs at the first call; any later one returns the same thing, whatever it
    asks for."""
    made = []

    @functools.wraps(make)
    def get(*args, **more):
        if not made:
            made.append(make(*args, **more))
        return made[0]
    return get


def until(condition, limit=LIMIT_S, what='the condition'):
    """Waits until condition() is true, and returns its value. It is asked the less often the longer
    it takes: a question may be a process."""
    began = time.monotonic()
    while not (value := condition()):
        waited_s = time.monotonic() - began
        if waited_s > limit:
            raise tap.Failure(f'{what} did not come in {limit} s')
        time.sleep(min(max(0.05, waited_s / 5), 0.5))
    return value


def log_path(name):
    """A file for the output of a program called name that is not taken yet."""
    path = f'{LOGS}/{name}.log'
    number = 2
    while os.path.exists(path):
        path = f'{LOGS}/{name}-{number}.log'
        number += 1
    return path


def logs(prefix):
    """The logs of programs whose names begin so."""
    return sorted(f'{LOGS}/{name}' for name in os.listdir(LOGS)
                  if name.startswith(prefix) and name.endswith('.log'))


class Process:
    """A program whose lines are read, kept, and written to a log with the seconds since the start
    of the machine."""

    def __init__(self, name, argv, env=None, log_stderr=True):
        self.name = name
        self.log = log_path(name)
        self.lines = []
        self._seen_lines = 0
        self._told = threading.Condition()
        self._is_silent = False  # it has said its last
        with open(self.log + ('.err' if not log_stderr else ''), 'wb') as err:
            self._process = subprocess.Popen(
                argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if log_stderr else err,
                env=os.environ | {str(k): str(v) for k, v in (env or {}).items()},
                start_new_session=True, text=True, errors='replace', bufsize=1)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        try:
            with open(self.log, 'w', encoding='utf-8', buffering=1) as log:
                for line in self._process.stdout:
                    log.write(f'{time.monotonic():9.3f} {line}')
                    with self._told:
                        self.take(line.rstrip('\r\n'))
                        self._told.notify_all()
        finally:
            with self._told:
                self._is_silent = True
                self._told.notify_all()

    def take(self, line):
        """A line came."""
        self.lines.append(line)

    def look(self, find, limit):
        """Returns what find() returns, now or after one of the next lines; None when the limit is over
        or the program has said its last."""
        found = None

        def is_over():
            nonlocal found
            found = find()
            return found is not None or self._is_silent

        with self._told:
            self._told.wait_for(is_over, limit)
        return found

    @property
    def pid(self):
        return self._process.pid

    @property
    def status(self):
        """None while it runs; negative when a signal ended it."""
        return self._process.poll()

    def is_running(self):
        return self.status is None

    def say(self, line):
        """Writes a line to its standard input."""
        self._process.stdin.write(line + '\n')
        self._process.stdin.flush()

    def wait_line(self, pattern, limit=LIMIT_S):
        """Waits for a line that the pattern is found in, from the next unread one on, and returns
        the match."""
        def find():
            while self._seen_lines < len(self.lines):
                self._seen_lines += 1
                if match := re.search(pattern, self.lines[self._seen_lines - 1]):
                    return match
            return None

        match = self.look(find, limit)
        if match is None:
            why = f'ended ({self.log})' if self._is_silent else f'{limit} s are over'
            raise tap.Failure(f'{self.name} did not say {pattern!r}: {why}; it said {self.lines[-5:]}')
        return match

    def signal(self, number):
        if self.is_running():
            self._process.send_signal(number)

    def interrupt(self):
        self.signal(signal.SIGINT)

    def kill(self):
        """Ends it at once, without a chance to tidy up."""
        self.signal(signal.SIGKILL)
        self.join()

    def join(self, limit=LIMIT_S):
        """Waits until it has ended and its output is read; returns its status."""
        self._reader.join(limit)
        try:
            self._process.wait(limit if self._is_silent else 0)
        except subprocess.TimeoutExpired:
            raise tap.Failure(f'{self.name} did not end in {limit} s') from None
        return self.status

    def stop(self, limit=20):
        """Asks it to end, and ends it where it does not."""
        self.signal(signal.SIGTERM)
        try:
            self._process.wait(limit)
        except subprocess.TimeoutExpired:
            self.kill()
        self.join()


def start(name, *argv, env=None, stays=False):
    """Starts a program that is stopped at the end of the test, or of the run where none runs; one
    that stays ends with the machine."""
    process = Process(name, argv, env)
    if not stays:
        tap.cleanup(process.stop)
    return process


def run(*argv, limit=LIMIT_S, check=True, env=None):
    """Runs a short program to its end; returns what it printed."""
    done = subprocess.run(argv, capture_output=True, text=True, errors='replace', timeout=limit,
                          stdin=subprocess.DEVNULL, check=False,
                          env=os.environ | (env or {}))
    if check and done.returncode != 0:
        raise tap.Failure(f'{" ".join(map(str, argv))} ended with {done.returncode}: '
                          f'{done.stderr or done.stdout}')
    return done.stdout

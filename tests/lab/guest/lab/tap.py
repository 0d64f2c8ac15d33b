# SPDX-License-Identifier: Apache-2.0
"""Named tests, run in the order of the file, told as TAP."""
import os
import signal
import sys
import time
import traceback

LIMIT_S = 300  # of one test: a limit of a hang, not of slowness
UNPREPARED = 3  # exit status: what the tests need did not start, and none ran


class Failure(AssertionError):
    """A test found something wrong."""


class Skip(Exception):
    """A test cannot run here; the reason is its text."""


class TimeOver(Failure):
    """A test took longer than its limit."""


_tests = []  # (name, function, limit_s)
_setups = []
_scopes = [[]]  # what is to be undone: the whole run's, and the running test's


def test(name, limit=LIMIT_S):
    """A decorator: the function is the test called name, and may take limit seconds."""
    def add(function):
        if any(name == other for other, _, _ in _tests):
            raise ValueError(f'two tests are called {name}')
        _tests.append((name, function, limit))
        return function
    return add


def setup(function):
    """A decorator: the function runs before the first test; without it none can run."""
    _setups.append(function)
    return function


def cleanup(function, *args):
    """Calls function when the running test is over, or at the end of the run where none runs. The
    last one is called first."""
    _scopes[-1].append((function, args))


def check(condition, what):
    """Fails the test unless condition holds; what is told in any case of failure."""
    if not condition:
        raise Failure(f'not so: {what}')


def equal(found, expected, what=''):
    """Fails the test unless both are equal."""
    if found != expected:
        raise Failure(f'{what or "value"} is {found!r} instead of {expected!r}')


def note(text):
    """A remark in the output."""
    for line in str(text).rstrip('\n').split('\n'):
        print(f'# {line}')
    sys.stdout.flush()


def _undo():
    """Ends the newest scope; the first thing that goes wrong is raised when all is undone."""
    first = None
    scope = _scopes[-1]
    while scope:
        function, args = scope.pop()
        try:
            function(*args)
        except Exception as error:  # the others must be undone, too
            first = first or error
    if first:
        raise first


def _on_alarm(_number, _frame):
    raise TimeOver('the time is over')


def _run(function, limit):
    """Runs one test and undoes what it did; raises what went wrong."""
    _scopes.append([])
    try:
        signal.alarm(limit)
        try:
            function()
        finally:
            signal.alarm(0)
    finally:
        try:
            _undo()
        finally:
            _scopes.pop()


def _tell(number, name, function, limit):
    began = time.monotonic()
    try:
        _run(function, limit)
        good, more = True, ''
    except Skip as reason:
        good, more = True, f' # SKIP {reason}'
    except Exception:
        note(traceback.format_exc())
        good, more = False, ''
    note(f'{name}: {time.monotonic() - began:.1f} s')
    print(f'{"ok" if good else "not ok"} {number} {name}{more}', flush=True)
    return good


def _prepare():
    try:
        for function in _setups:
            function()
    except Exception:
        note(traceback.format_exc())
        return False
    return True


def main(argv=None):
    """usage: NAME.py [--list | PATTERN]     runs the tests, or those whose name contains PATTERN

    LAB_NEXT, unless empty, is the number of the first one: another machine told those before it."""
    argv = sys.argv[1:] if argv is None else argv
    if argv == ['--list']:
        print('\n'.join(name for name, _, _ in _tests))
        sys.exit(0)
    chosen = [entry for entry in _tests if not argv or argv[0] in entry[0]]
    if not chosen:
        sys.exit(f'no test has {argv[0] if argv else "a name"}')
    if 'LAB_MADE' not in os.environ:
        sys.exit('this runs in a virtual machine of the lab only: tests/lab/run')

    signal.signal(signal.SIGALRM, _on_alarm)
    status = UNPREPARED
    following = os.environ.get('LAB_NEXT')
    if _prepare():
        if not following:
            print(f'1..{len(chosen)}', flush=True)
        numbered = list(enumerate(chosen, 1))[int(following or 1) - 1:]
        status = 0 if all([_tell(number, *entry) for number, entry in numbered]) else 1
    try:
        _undo()
    except Exception:
        note(traceback.format_exc())
        status = status or 1
    sys.exit(status)

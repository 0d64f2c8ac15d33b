# SPDX-License-Identifier: Apache-2.0
"""Network namespaces: the air's and the devices'."""
import ctypes
import os
import threading

from . import process

CLONE_NEWNET = 0x40000000  # linux/sched.h


class Namespace:
    """A network of its own, made here."""

    def __init__(self, name):
        self.name = name
        process.run('ip', 'netns', 'add', name)
        # `ip netns exec` would hide /sys, where USB/IP and gadgets are
        self.enter = ('nsenter', f'--net=/run/netns/{name}')

    def run(self, *argv, **more):
        return process.run(*self.enter, *argv, **more)

    def ip(self, *commands, check=True):
        """Runs several commands of ip in one process."""
        path = f'/run/lab/ip-{self.name}-{threading.get_ident()}'
        with open(path, 'w', encoding='utf-8') as out:
            out.write('\n'.join(commands) + '\n')
        process.run('ip', '-n', self.name, '-batch', path, check=check)

    def call(self, function, *args):
        """Calls a function in a thread that is in this namespace. Sockets that it makes stay
        there."""
        answer = []

        def inside():
            try:
                with open(f'/run/netns/{self.name}', 'rb') as file:
                    if ctypes.CDLL(None, use_errno=True).setns(file.fileno(), CLONE_NEWNET) != 0:
                        raise OSError(ctypes.get_errno(), f'setns to {self.name}')
                answer.append((function(*args), None))
            except Exception as error:
                answer.append((None, error))

        thread = threading.Thread(target=inside)
        thread.start()
        thread.join()
        value, error = answer[0]
        if error:
            raise error
        return value


def phys():
    """The numbers of the radios outside of namespaces."""
    return sorted(int(name[3:]) for name in os.listdir('/sys/class/ieee80211'))

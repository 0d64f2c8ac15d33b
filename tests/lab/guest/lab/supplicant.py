# SPDX-License-Identifier: Apache-2.0
"""wpa_supplicant for the devices' radios, and addresses where they are connected."""
import functools
import os
import re
import socket
import threading

from . import process

SOCKET = '/run/lab/supplicant'
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'udhcpc-script')


class Supplicant:
    """One daemon, on the system bus, for all interfaces; its control interface tells when a
    radio is connected, so that it gets an address."""

    def __init__(self, namespace, interfaces):
        self._namespace = namespace
        self._clients = {}
        argv = [*namespace.enter, 'wpa_supplicant', '-u', '-g', SOCKET]
        for interface in interfaces:
            argv += ['-D', 'nl80211', '-i', interface, '-C', '/run/lab/wpa', '-N']
        self.daemon = process.start('wpa_supplicant', *argv[:-1], stays=True)
        process.until(lambda: os.path.exists(SOCKET), what='wpa_supplicant')
        self._requests = self._connect('requests')
        self._requests.settimeout(process.LIMIT_S)
        self._lock = threading.Lock()
        for interface in interfaces:
            process.until(functools.partial(self._is_ready, interface), what=interface)
        listener = self._connect('events')
        listener.send(b'ATTACH')
        threading.Thread(target=self._listen, args=(listener,), daemon=True).start()

    @staticmethod
    def _connect(name):
        end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        end.bind(f'{SOCKET}-{name}')
        end.connect(SOCKET)
        return end

    def _is_ready(self, interface):
        return 'wpa_state=' in self.request(interface, 'STATUS')

    def request(self, interface, command):
        """The answer to a command of the control interface."""
        with self._lock:
            self._requests.send(f'IFNAME={interface} {command}'.encode())
            return self._requests.recv(65536).decode(errors='replace').rstrip('\n')

    def _listen(self, listener):
        while True:
            text = listener.recv(65536).decode(errors='replace')
            match = re.match(r'IFNAME=(\S+) <\d>(.*)', text, re.S)
            if not match:
                continue
            interface, event = match.groups()
            if event.startswith('CTRL-EVENT-CONNECTED'):
                self._ask_address(interface)
            elif event.startswith('CTRL-EVENT-DISCONNECTED'):
                self._drop_address(interface)

    def _ask_address(self, interface):
        self._drop_address(interface)
        self._clients[interface] = process.Process(
            f'udhcpc-{interface}', [*self._namespace.enter, 'busybox', 'udhcpc', '-f', '-t', '3',
                                    '-T', '2', '-A', '3', '-s', SCRIPT, '-i', interface])

    def _drop_address(self, interface):
        client = self._clients.pop(interface, None)
        if client:
            client.kill()
        self._namespace.run('ip', 'address', 'flush', 'dev', interface, check=False)

    def address(self, interface):
        """Its IPv4 address; None while it has none."""
        text = self._namespace.run('ip', '-4', '-o', 'address', 'show', 'dev', interface)
        match = re.search(r'inet ([\d.]+)', text)
        return match.group(1) if match else None

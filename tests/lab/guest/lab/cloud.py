# SPDX-License-Identifier: Apache-2.0
"""The service that simulated devices reach when they are on line: a TCP server in the air."""
import json
import socket
import threading
import time

from . import process, tap

ADDRESS, PORT = '10.99.0.1', 5683
PLACE = f'{ADDRESS}:{PORT}'


class Cloud:
    """A device connects, says its device ID in one line, hears "welcome", and stays. name_network
    says the network of a peer's address."""

    def __init__(self, namespace, name_network):
        self._namespace = namespace
        self._name_network = name_network
        self._lock = threading.Lock()
        self._log = open(f'{process.LOGS}/cloud.jsonl', 'a', encoding='utf-8', buffering=1)
        self.visits = []  # {'device', 'address', 'network', 'at', 'is_here'}
        self._listener = None
        self._connections = set()
        self.start()

    def start(self):
        """Listens, again after stop()."""
        self._listener = self._namespace.call(socket.create_server, (ADDRESS, PORT))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def stop(self):
        """Refuses everyone, and ends what is open."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._connections):
            connection.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener):
        while True:
            try:
                connection, peer = listener.accept()
            except OSError:  # stopped
                return
            threading.Thread(target=self._serve, args=(connection, peer[0]), daemon=True).start()

    def _serve(self, connection, address):
        self._connections.add(connection)
        try:
            with connection:
                connection.settimeout(process.LIMIT_S)
                device = connection.makefile('r', errors='replace').readline(200).strip()
                if not device:
                    return
                visit = {'device': device, 'address': address, 'at': time.monotonic(),
                         'network': self._name_network(address), 'is_here': True}
                connection.sendall(b'welcome\n')
                self._note(visit)
                connection.settimeout(None)
                while connection.recv(200):
                    pass
        except OSError:
            pass
        finally:
            self._connections.discard(connection)
            for visit in self.visits:
                if visit['address'] == address and visit['is_here']:
                    visit['is_here'] = False

    def _note(self, visit):
        with self._lock:
            self.visits.append(visit)
        self._log.write(json.dumps(visit) + '\n')

    def find(self, device, since=0, **fields):
        """The last visit of the device after a time.monotonic(); None: there was none."""
        found = [v for v in self.visits if v['device'] == device and v['at'] >= since
                 and all(v[key] == value for key, value in fields.items())]
        return found[-1] if found else None

    def wait(self, device, since=0, limit=process.LIMIT_S, **fields):
        """Waits for find()."""
        try:
            return process.until(lambda: self.find(device, since, **fields), limit)
        except tap.Failure:
            raise tap.Failure(f'{device} with {fields} did not reach the cloud in {limit} s; '
                              f'there were {self.visits}') from None

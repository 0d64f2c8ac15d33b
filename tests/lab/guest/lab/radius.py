# SPDX-License-Identifier: Apache-2.0
"""The RADIUS server of networks with logins: hostapd without a radio."""
import os

from . import process

PORT, SECRET = 1812, 'lab-radius'
IDENTITY, PASSWORD = 'anna', 'right-password'
SERVER_NAME = 'radius.lab.example'

# what a user file of hostapd says: outer method by identity, then inner login
GOOD = f'''"{IDENTITY}" MSCHAPV2 "{PASSWORD}" [2]
* PEAP,TLS
'''
REFUSES_IDENTITY = '"nobody" PEAP\n'
REFUSES_LOGIN = '"nobody" MSCHAPV2 "nothing" [2]\n* PEAP\n'


class Radius:
    """Certificates are those that tests/lab/setup made: .ca, .client, .client_key, and .other_ca,
    .other_client, .other_client_key of an authority nobody here trusts."""

    def __init__(self, namespace):
        self._namespace = namespace
        folder = f'{os.environ["LAB_MADE"]}/certificates'
        self.ca, self.client, self.client_key = (
            f'{folder}/{name}.pem' for name in ('ca', 'client', 'client-key'))
        self.other_ca, self.other_client, self.other_client_key = (
            f'{folder}/other-{name}.pem' for name in ('ca', 'client', 'client-key'))
        with open('/run/lab/radius-clients', 'w', encoding='utf-8') as out:
            out.write(f'127.0.0.1/32 {SECRET}\n')
        with open('/run/lab/radius.conf', 'w', encoding='utf-8') as out:
            out.write(f'''interface=lo
driver=none
eap_server=1
radius_server_clients=/run/lab/radius-clients
radius_server_auth_port={PORT}
eap_user_file=/run/lab/radius-users
ca_cert={folder}/ca.pem
server_cert={folder}/server.pem
private_key={folder}/server-key.pem
''')
        self._server = None
        self.accept()

    def accept(self):
        """Lets people in, as at first."""
        self._start(GOOD)

    def reject(self, inside=False):
        """Refuses everyone: who they say they are, or (inside) their login within the tunnel."""
        self._start(REFUSES_LOGIN if inside else REFUSES_IDENTITY)

    def stop(self):
        """Answers nobody."""
        if self._server:
            self._server.stop()
            self._server = None

    def _start(self, users):
        self.stop()
        with open('/run/lab/radius-users', 'w', encoding='utf-8') as out:
            out.write(users)
        self._server = process.start('radius', *self._namespace.enter, 'hostapd',
                                     '/run/lab/radius.conf', stays=True)
        self._server.wait_line('AP-ENABLED')

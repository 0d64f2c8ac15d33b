# SPDX-License-Identifier: Apache-2.0
"""Access points of the air: hostapd on a radio, and its DHCP."""
from . import process, radius

WPA2 = 'wpa=2\nrsn_pairwise=CCMP\n'
# kind → name, channel, signal in dBm, what a person types, lines for hostapd
KINDS = {
    'open': ('Lab-Open', 1, -40, None, ''),
    'psk': ('Lab-PSK', 6, -35, 'correct horse', WPA2 + 'wpa_key_mgmt=WPA-PSK\n'),
    'sae': ('Lab-SAE', 11, -45, 'sae password', WPA2 + 'wpa_key_mgmt=SAE\nieee80211w=2\n'),
    'hidden': ('Lab-Hidden', 6, -50, 'hidden horse',
               WPA2 + 'wpa_key_mgmt=WPA-PSK\nignore_broadcast_ssid=1\n'),
    'enterprise': ('Lab-EAP', 11, -42, radius.PASSWORD,
                   WPA2 + 'wpa_key_mgmt=WPA-EAP\nieee8021x=1\nnas_identifier=lab\n'
                   'own_ip_addr=127.0.0.1\nauth_server_addr=127.0.0.1\n'
                   f'auth_server_port={radius.PORT}\nauth_server_shared_secret={radius.SECRET}\n'),
    'no-dhcp': ('Lab-NoDHCP', 1, -48, 'silent horse', WPA2 + 'wpa_key_mgmt=WPA-PSK\n'),
    'no-cloud': ('Lab-NoCloud', 1, -49, 'lonely horse', WPA2 + 'wpa_key_mgmt=WPA-PSK\n'),
}
LOSS = 50  # dB between any two radios of the simulation; 0 dBm is the least that can be sent


class AccessPoint:
    """One network: .ssid, .password (of radius.IDENTITY, where it is enterprise), .bssid,
    .channel, .signal, .subnet ('10.9.1')."""

    def __init__(self, namespace, kind, interface, bssid, subnet):
        self.kind = kind
        self.ssid, self.channel, self.signal, self.password, self._lines = KINDS[kind]
        self.interface = interface
        self.bssid = bssid
        self.subnet = subnet
        self.has_dhcp = kind != 'no-dhcp'
        self._namespace = namespace
        self._hostapd = None
        self._dhcp = None
        self._configure()

    def _configure(self):
        phrase = {'sae': 'sae_password', 'enterprise': None, 'open': None}.get(
            self.kind, 'wpa_passphrase')
        with open(f'/run/lab/{self.interface}.conf', 'w', encoding='utf-8') as out:
            out.write(f'interface={self.interface}\ndriver=nl80211\nhw_mode=g\n'
                      f'channel={self.channel}\nssid={self.ssid}\n{self._lines}'
                      + (f'{phrase}={self.password}\n' if phrase else ''))
        with open(f'/run/lab/{self.interface}.leases', 'wb'):
            pass
        with open(f'/run/lab/{self.interface}.dhcp', 'w', encoding='utf-8') as out:
            out.write(f'start {self.subnet}.100\nend {self.subnet}.199\ninterface '
                      f'{self.interface}\nlease_file /run/lab/{self.interface}.leases\n'
                      f'pidfile /run/lab/{self.interface}.pid\noption subnet 255.255.255.0\n'
                      f'option router {self.subnet}.1\noption lease 600\n')

    def begin(self):
        """Starts it without waiting."""
        self._hostapd = process.start(f'hostapd-{self.kind}', *self._namespace.enter, 'hostapd',
                                      f'/run/lab/{self.interface}.conf', stays=True)

    def wait(self):
        """Waits until it is there."""
        self._hostapd.wait_line('AP-ENABLED')
        self._namespace.run('iw', 'dev', self.interface, 'set', 'txpower', 'fixed',
                            str((self.signal + LOSS) * 100))
        if self.has_dhcp:
            self.start_dhcp()

    def start(self):
        """Switches it on, with its DHCP."""
        self._namespace.ip(f'link set {self.interface} up')
        self.begin()
        self.wait()

    def stop(self):
        """Takes its power: nobody is told."""
        self.stop_dhcp()
        self._namespace.ip(f'link set {self.interface} down')
        self._hostapd.kill()

    def restart(self):
        self.stop()
        self.start()

    def start_dhcp(self):
        # -a: how long it looks for somebody who has the address it offers
        self._dhcp = process.start(f'udhcpd-{self.kind}', *self._namespace.enter, 'busybox',
                                   'udhcpd', '-f', '-a', '100', f'/run/lab/{self.interface}.dhcp',
                                   stays=True)

    def stop_dhcp(self):
        """Nobody gets an address any more; leases stay."""
        if self._dhcp:
            self._dhcp.kill()
            self._dhcp = None

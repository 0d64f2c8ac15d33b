# SPDX-License-Identifier: Apache-2.0
"""The air by itself: each kind of network joined, right and wrong, by wpa_supplicant."""
import time

import lab
from lab import radius

ENTERPRISE = {'key_mgmt': 'WPA-EAP', 'eap': 'PEAP', 'identity': f'"{radius.IDENTITY}"',
              'phase2': '"auth=MSCHAPV2"'}


@lab.setup
def start():
    began = time.monotonic()
    lab.air(devices=2)
    lab.note(f'the air is up after {time.monotonic() - began:.1f} s')


def join(kind, radio=0, **settings):
    """Begins to join; the returned time.monotonic() is before all that follows."""
    air = lab.air()
    point, interface, ask = air[kind], air.radios[radio], air.supplicant.request
    began = time.monotonic()
    number = ask(interface, 'ADD_NETWORK')
    lab.cleanup(leave, interface)
    defaults = {'open': {'key_mgmt': 'NONE'}, 'enterprise': ENTERPRISE,
                'sae': {'key_mgmt': 'SAE', 'ieee80211w': 2, 'sae_password': f'"{point.password}"'},
                'hidden': {'scan_ssid': 1, 'psk': f'"{point.password}"'}}
    all_settings = {'ssid': f'"{point.ssid}"'} | defaults.get(
        kind, {'psk': f'"{point.password}"'}) | settings
    for key, value in all_settings.items():
        lab.equal(ask(interface, f'SET_NETWORK {number} {key} {value}'), 'OK', f'{key} {value}')
    lab.equal(ask(interface, f'SELECT_NETWORK {number}'), 'OK')
    return began


def leave(interface):
    air = lab.air()
    began = time.monotonic()
    was_in = 'wpa_state=COMPLETED' in air.supplicant.request(interface, 'STATUS')
    air.supplicant.request(interface, 'REMOVE_NETWORK all')
    if was_in:
        air.supplicant.wait_event(interface, 'CTRL-EVENT-DISCONNECTED', began)
    lab.until(lambda: not air.supplicant.address(interface), what='an interface without address')


def expect(pattern, began, radio=0):
    air = lab.air()
    return air.supplicant.wait_event(air.radios[radio], pattern, began)


def fails_to_log_in(began, method):
    """After the method was agreed upon; None: before."""
    if method:
        expect(fr'CTRL-EVENT-EAP-METHOD .*\({method}\)', began)
    expect("CTRL-EVENT-EAP-STATUS status='completion' parameter='failure'", began)
    air = lab.air()
    chosen = [text for at, _, text in air.supplicant.events
              if at >= began and 'CTRL-EVENT-EAP-METHOD' in text]
    lab.equal(bool(chosen), bool(method), 'agreement upon a method')


def comes_in(kind, radio=0, **settings):
    """Joins, gets an address of the network, and reaches the cloud over it."""
    air = lab.air()
    began = join(kind, radio, **settings)
    expect('CTRL-EVENT-CONNECTED', began, radio)
    address = air.supplicant.wait_address(air.radios[radio])
    lab.equal(air.name_network(address), air[kind].ssid)
    device = f'{kind}-{radio}'
    lab.check(air.reach_cloud(air.radios[radio], device), f'{device} reaches the cloud')
    visit = air.cloud.wait(device, since=began)
    lab.equal((visit['address'], visit['network']), (address, air[kind].ssid))
    lab.note(f'{kind}: {time.monotonic() - began:.1f} s')


@lab.test('scan-sees-all-but-hidden')
def scan():
    air = lab.air()
    expected = {point.bssid: point for point in air}

    def sees_all():
        lines = [line.split('\t') for line in
                 air.supplicant.request(air.radios[0], 'SCAN_RESULTS').split('\n')[1:]]
        found = {line[0]: line for line in lines if len(line) > 3}
        if set(found) == set(expected):
            return found
        air.supplicant.request(air.radios[0], 'SCAN')
        time.sleep(1)
        return None
    for bssid, line in lab.until(sees_all, what='a scan that sees all').items():
        point = expected[bssid]
        name = line[4].replace('\\x00', '') if len(line) > 4 else ''
        lab.equal(name, '' if point.kind == 'hidden' else point.ssid)
        lab.equal(int(line[2]), point.signal, f'signal of {point.ssid}')


@lab.test('open-joins')
def open_joins():
    comes_in('open')


@lab.test('psk-joins')
def psk_joins():
    comes_in('psk')


@lab.test('psk-wrong-password')
def psk_wrong():
    expect('CTRL-EVENT-SSID-TEMP-DISABLED.*WRONG_KEY', join('psk', psk='"wrong horse"'))


@lab.test('sae-joins')
def sae_joins():
    comes_in('sae')


@lab.test('sae-wrong-password')
def sae_wrong():
    expect('CTRL-EVENT-AUTH-REJECT.*status_code=1', join('sae', sae_password='"wrong horse"'))


@lab.test('hidden-joins')
def hidden_joins():
    comes_in('hidden')


@lab.test('peap-joins')
def peap_joins():
    air = lab.air()
    comes_in('enterprise', ca_cert=f'"{air.radius.ca}"', password=f'"{radius.PASSWORD}"')


@lab.test('peap-wrong-password')
def peap_wrong():
    server = lab.air().radius
    fails_to_log_in(join('enterprise', ca_cert=f'"{server.ca}"', password='"wrong"'), 'PEAP')


@lab.test('peap-other-authority')
def peap_other():
    air = lab.air()
    expect('CTRL-EVENT-EAP-TLS-CERT-ERROR',
           join('enterprise', ca_cert=f'"{air.radius.other_ca}"', password=f'"{radius.PASSWORD}"'))


def tls(certificate, key):
    return {'eap': 'TLS', 'identity': '"anna@lab.example"', 'ca_cert': f'"{lab.air().radius.ca}"',
            'client_cert': f'"{certificate}"', 'private_key': f'"{key}"'}


@lab.test('tls-joins')
def tls_joins():
    server = lab.air().radius
    comes_in('enterprise', **tls(server.client, server.client_key))


@lab.test('tls-foreign-certificate')
def tls_foreign():
    server = lab.air().radius
    fails_to_log_in(join('enterprise', **tls(server.other_client, server.other_client_key)), 'TLS')


@lab.test('radius-rejects-and-accepts-again')
def radius_rejects():
    server = lab.air().radius
    right = {'ca_cert': f'"{server.ca}"', 'password': f'"{radius.PASSWORD}"'}
    lab.cleanup(server.accept)
    for inside, method in ((False, None), (True, 'PEAP')):
        server.reject(inside)
        fails_to_log_in(join('enterprise', **right), method)
        leave(lab.air().radios[0])
    server.accept()
    comes_in('enterprise', **right)


@lab.test('no-dhcp-joins-without-address')
def no_dhcp():
    air = lab.air()
    expect('CTRL-EVENT-CONNECTED', join('no-dhcp'))
    lab.until(lambda: any('broadcasting discover' in line for path in lab.logs('udhcpc-')
                          for line in open(path, encoding='utf-8')), what='a question for one')
    lab.equal(air.supplicant.address(air.radios[0]), None)


@lab.test('no-cloud-has-an-address-only')
def no_cloud():
    air = lab.air()
    expect('CTRL-EVENT-CONNECTED', join('no-cloud'))
    air.supplicant.wait_address(air.radios[0])
    lab.check(not air.reach_cloud(air.radios[0], 'lonely', limit=5), 'the cloud is out of reach')
    lab.equal(air.cloud.find('lonely'), None)


@lab.test('two-devices-in-one-network')
def two_devices():
    comes_in('psk', 0)
    comes_in('psk', 1)


@lab.test('cloud-cut-and-mended')
def cloud_cut():
    air = lab.air()
    comes_in('psk')
    air.cut_cloud()
    lab.check(not air.reach_cloud(air.radios[0], 'cut', limit=3), 'the cloud is out of reach')
    air.mend_cloud()
    lab.check(air.reach_cloud(air.radios[0], 'mended'), 'the cloud is back')


@lab.test('cloud-stopped-and-started')
def cloud_stopped():
    air = lab.air()
    comes_in('psk')
    air.cloud.stop()
    lab.check(not air.reach_cloud(air.radios[0], 'refused'), 'the cloud refuses')
    air.cloud.start()
    lab.check(air.reach_cloud(air.radios[0], 'again'), 'the cloud is back')


@lab.test('access-point-loses-power-and-comes-back')
def access_point_off():
    air = lab.air()
    comes_in('psk')
    began = time.monotonic()
    air['psk'].stop()
    expect('CTRL-EVENT-DISCONNECTED', began)
    lab.until(lambda: not air.supplicant.address(air.radios[0]), what='loss of the address')
    began = time.monotonic()
    air['psk'].start()
    expect('CTRL-EVENT-CONNECTED', began)
    air.supplicant.wait_address(air.radios[0])


@lab.test('dhcp-dead-and-alive')
def dhcp_dead():
    air = lab.air()
    air['psk'].stop_dhcp()
    expect('CTRL-EVENT-CONNECTED', join('psk'))
    lab.equal(air.supplicant.address(air.radios[0]), None)
    air['psk'].start_dhcp()
    air.supplicant.wait_address(air.radios[0])


lab.main()

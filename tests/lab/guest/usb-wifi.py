# SPDX-License-Identifier: Apache-2.0
"""Cables to devices whose radio is real: access points, DHCP, RADIUS and a cloud in the air."""
import lab
from lab import cable, cloud, radius
from lab.cable import CODE

P2 = cable.P2.replace(cable.QUICK, 'boot-time=1s\n')
PHOTON = ('platform=photon\nfirmware=2.3.1\nserial=PHHTAB6205B0511\nusb=yes\nboot-time=1s\n'
          'device-id=2d0031005b05118dbb695b05\n')
PHOTON_CODE = '5B0511'
NOWHERE = '[Network Nowhere]\npassword=not in this air\n'  # a device with a radio does not breathe it


def plug(name, lines):
    cable.ports()
    sim = lab.sim('usb', name, scenario=cable.scenario((name, lines), networks=NOWHERE),
                  wifi=lab.air().radios[:1], cloud=cloud.PLACE)
    cable.wait_tty(cable.wait_port(sim, name))
    return sim


def set_up(code, network, *words, password=None):
    return lab.ctl('setup', code, '--network', network,
                   *(['--password-file', cable.password_file(password)] if password else []), *words,
                   limit=240)


def online(done, sim, name, kind):
    """The program says so, the device does, and the cloud has seen it in that network."""
    ssid = lab.air()[kind].ssid
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))
    lab.equal(sim.wait(name, state='online')['network'], ssid)
    lab.check(any(visit['network'] == ssid for visit in lab.air().cloud.visits), 'seen by the cloud')


def keep_figure(name, road, done):
    lab.figure(name, road, **{stage: ms / 1000 for stage, ms in done.result['timings_ms'].items()})


def peap(password=radius.PASSWORD):
    return set_up(PHOTON_CODE, lab.air()['enterprise'].ssid, '--identity', radius.IDENTITY, '--ca',
                  lab.air().radius.ca, password=password)


@lab.setup
def start():
    cable.sit_down()
    cable.ports()
    lab.air('open', 'psk', 'sae', 'enterprise')


@lab.test('usb-sees-the-air')
def sees():
    plug('p2', P2)
    done = lab.ctl('networks', CODE)
    names = {network['name']: network['security'] for network in done.named('network')}
    # Gen 4 leaves out what is WPA3 only or wants a login (fl_sim_wifi_is_in_gen4_scan)
    lab.equal(names, {'Lab-Open': 'open', 'Lab-PSK': 'wpa2'})


@lab.test('usb-to-online-over-the-air')
def to_online():
    sim = plug('p2', P2)
    done = set_up(CODE, 'Lab-PSK', password=lab.air()['psk'].password)
    online(done, sim, 'p2', 'psk')
    keep_figure('usb-to-online-over-the-air', 'usb', done)


@lab.test('usb-wrong-password-over-the-air')
def wrong():
    sim = plug('p2', P2)
    done = set_up(CODE, 'Lab-PSK', password='battery staple')
    lab.equal(done.result.get('error'), 'E35', str(done))  # Gen 4 does not say what was wrong
    online(set_up(CODE, 'Lab-PSK', password=lab.air()['psk'].password), sim, 'p2', 'psk')


@lab.test('serial-peap-over-the-air')
def peap_online():
    sim = plug('photon', PHOTON)
    done = peap()
    online(done, sim, 'photon', 'enterprise')
    keep_figure('serial-peap-over-the-air', 'serial', done)


@lab.test('serial-eap-tls-over-the-air')
def tls_online():
    server = lab.air().radius
    sim = plug('photon', PHOTON)
    done = set_up(PHOTON_CODE, 'Lab-EAP', '--client-cert', server.client, '--private-key',
                  server.client_key, '--ca', server.ca)
    online(done, sim, 'photon', 'enterprise')


@lab.test('serial-login-refused-over-the-air')
def refused():
    """RADIUS says no to the password; then it is right."""
    sim = plug('photon', PHOTON)
    done = peap(password='wrong-password')
    lab.equal(done.result.get('error'), 'E52', str(done))
    online(peap(), sim, 'photon', 'enterprise')


@lab.test('serial-everybody-refused-over-the-air')
def everybody():
    lab.air().radius.reject()
    lab.cleanup(lab.air().radius.accept)
    plug('photon', PHOTON)
    lab.equal(peap().result.get('error'), 'E52')


lab.main()

# SPDX-License-Identifier: Apache-2.0
"""A Photon's serial console on a port of the kernel's driver, with logins of WPA2 Enterprise."""
import fcntl
import os
import struct
import termios

import lab
from lab import cable
from lab.cable import CAMPUS
from lab.process import run

ANN = 'ann@harbour-school.example'
LIBRARY = '5B0511'
# asm-generic/termbits.h and ioctls.h
TCGETS2, TCSETS2, CBAUD, BOTHER = 0x802c542a, 0x402c542b, 0o10017, 0o10000
ATTIC = 'Attic'  # a board that has nothing but its console


def login(*args, password='tide-table', device=LIBRARY, network='eduroam'):
    return ['setup', device, '--network', network,
            *(['--password-file', cable.password_file(password)] if password else []), *args]


def with_ca(*args):
    return ['--ca', f'{CAMPUS}/ca.pem', *args]


def online(done, sim, device='Library', network='eduroam'):
    lab.equal((done.status, done.result.get('stage')), (0, 'online'), str(done))
    return sim.wait(device, state='online', network=network)['known'][0]


def workshop(path):
    return login(device=path, network='Harbour Workshop', password='drill-and-file')


def stored(done):
    lab.equal((done.result.get('error'), done.result.get('proof')), ('E44', ['stored']), str(done))


def attic(sim):
    """The path of its serial port, which is all that it is called by."""
    return cable.wait_tty(cable.port(sim, ATTIC))


def set_speed(path, speed):
    """Any speed, which <termios.h> has no name for: struct termios2."""
    port = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    mode = bytearray(44)
    fcntl.ioctl(port, TCGETS2, mode)
    flags = struct.unpack_from('=I', mode, 8)[0] & ~CBAUD | BOTHER
    struct.pack_into('=I', mode, 8, flags)
    struct.pack_into('=II', mode, 36, speed, speed)
    fcntl.ioctl(port, TCSETS2, mode)
    os.close(port)


@lab.setup
def start():
    cable.sit_down()
    cable.ports()


@lab.test('serial-port-by-id')
def by_id():
    sim = cable.plug_campus('Library')
    links = os.listdir('/dev/serial/by-id')
    lab.check(any('Particle_Photon' in link for link in links), links)
    properties = run('udevadm', 'info', '--query=property', cable.wait_tty(cable.port(sim, 'Library')))
    lab.check('ID_MM_PORT_IGNORE=1' in properties, properties)


@lab.test('serial-peap-without-certificate')
def peap():
    sim = cable.plug_campus('Library')
    done = lab.ctl(*login('--identity', ANN))
    known = online(done, sim)
    lab.equal((known['eap'], known['identity'], known['ca']), ('peap', ANN, False))
    lab.check(done.named('note', id='ca-missing') or 'E47' in str(done), str(done))


@lab.test('serial-peap-with-certificate')
def peap_with_ca():
    sim = cable.plug_campus('Library')
    done = lab.ctl(*login('--identity', ANN, *with_ca()))
    lab.equal(online(done, sim)['ca'], True, 'certificate of the network')
    lab.figure('serial-peap-to-online', 'serial', **{name: ms / 1000 for name, ms in
                                                     done.result['timings_ms'].items()})


@lab.test('serial-eap-tls-pem')
def eap_tls_pem():
    sim = cable.plug_campus('Library')
    known = online(lab.ctl(*login('--client-cert', f'{CAMPUS}/keeper.pem', '--private-key',
                                  f'{CAMPUS}/keeper-key.pem', *with_ca(), password=None)), sim)
    lab.equal((known['eap'], known['client_certificate'], known['private_key']),
              ('tls', True, True))


@lab.test('serial-eap-tls-pkcs12')
def eap_tls_pkcs12():
    sim = cable.plug_campus('Library')
    key = cable.write('key-password', 'harbour')
    known = online(lab.ctl(*login('--client-cert', f'{CAMPUS}/keeper.p12', '--key-password-file',
                                  key, *with_ca(), password=None)), sim)
    lab.equal(known['private_key'], True, 'private key')


@lab.test('serial-hidden-network')
def hidden():
    sim = cable.plug_campus('Library')
    online(lab.ctl(*login('--hidden', '--security', 'wpa2', network='Boathouse',
                          password='barnacle99')), sim, network='Boathouse')


@lab.test('serial-console-only')
def console_only():
    """A board without requests cannot say that it is on line; it is, and it is said what is known."""
    sim = cable.plug_campus(ATTIC)
    stored(lab.ctl(*workshop(attic(sim))))
    sim.wait(ATTIC, state='online', network='Harbour Workshop')


@lab.test('serial-login-rejected')
def rejected():
    sim = cable.plug_campus('Library')
    done = lab.ctl(*login('--identity', ANN, *with_ca(), password='bad'))
    lab.equal(done.result.get('error'), 'E52', str(done))
    online(lab.ctl(*login('--identity', ANN, *with_ca())), sim)


@lab.test('serial-port-is-busy')
def busy():
    """Another program has the port for itself, as a terminal does; then it lets go."""
    sim = cable.plug_campus(ATTIC)
    path = attic(sim)
    other = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    fcntl.flock(other, fcntl.LOCK_EX)
    fcntl.ioctl(other, termios.TIOCEXCL)
    cable.as_user()  # TIOCEXCL keeps everybody out but root
    done = lab.ctl(*workshop(path))
    lab.equal(done.result.get('error'), 'E10', str(done))
    os.close(other)
    stored(lab.ctl(*workshop(path)))


@lab.test('serial-port-lock-counts-for-root')
def locked():
    sim = cable.plug_campus(ATTIC)
    path = attic(sim)
    other = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    fcntl.flock(other, fcntl.LOCK_EX)
    lab.cleanup(os.close, other)
    done = lab.ctl(*workshop(path))
    lab.equal(done.result.get('error'), 'E10', str(done))


@lab.test('serial-cable-out-in-the-dialogue')
def cable_out():
    sim = cable.plug_campus('Library')
    running = lab.ctl_start(*login('--identity', ANN, *with_ca()))
    running.wait('stage', stage='sending')
    sim.say('Library', 'unplug')
    done = running.finish()
    lab.equal(done.result.get('error'), 'E24', str(done))
    sim.say('Library', 'plug')
    cable.wait_tty(cable.wait_port(sim, 'Library'))
    online(lab.ctl(*login('--identity', ANN, *with_ca())), sim)


@lab.test('serial-device-restarts-in-the-dialogue')
def restarts():
    """Its port goes and comes; the dialogue begins anew by itself."""
    sim = cable.plug_campus('Library')
    running = lab.ctl_start(*login('--identity', ANN, *with_ca()))
    running.wait('stage', stage='sending')
    sim.say('Library', 'reset')
    done = running.finish()
    lab.check(done.named('note', id='searching-again'), str(done))
    online(done, sim)


@lab.test('serial-without-rights')
def without_rights():
    cable.without_rule()
    sim = cable.plug_campus(ATTIC)
    path = attic(sim)
    cable.as_user()
    done = lab.ctl(*workshop(path))
    lab.equal(done.result.get('error'), 'E08', str(done))


@lab.test('serial-speed-means-bootloader')
def speed():
    """The driver hands the speed on."""
    sim = cable.plug_campus('Library')
    place = cable.port(sim, 'Library')
    set_speed(cable.wait_tty(place), 14400)
    lab.until(lambda: cable.product(place) == 'd006', what='the bootloader')


lab.main()

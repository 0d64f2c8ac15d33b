# SPDX-License-Identifier: Apache-2.0
"""The installed window over the kernel's USB stack."""
import lab
from lab import cable
from lab.cable import CODE, P2, PASSWORD


@lab.setup
def start():
    cable.sit_down()
    cable.ports()
    lab.bus()
    lab.display()


@lab.test('window-usb-to-online')
def usb_to_online():
    """The cable is the proof: no label is asked for."""
    devices = cable.plug(('p2', P2))
    wizard = lab.wizard('usb')
    wizard.choose_device(CODE)
    wizard.to_networks('Harbour')
    wizard.join('Harbour', PASSWORD)
    wizard.to_online()
    lab.equal(devices.wait('p2', state='online')['network'], 'Harbour')


@lab.test('window-plugged-in-while-it-shows')
def plugged_later():
    window = lab.window(name='plugged')
    window.wait_for('^Set Up a Device$', 'heading')
    cable.plug(('p2', P2))
    window.wait_for(f'{CODE}, USB cable.*Ready', 'list item')
    window.picture('row')


@lab.test('window-service-re-keys-a-unit')
def re_keys():
    """A unit that came back: the new network is proven, then the old one goes."""
    devices = cable.plug(('p2', P2 + 'known=Pier\nmode=running\n'))
    window = lab.window('--service', name='service')
    window.wait_for('^Service a Device$', 'heading')
    window.wait_for(CODE, 'list item')
    window.picture('devices')
    window.choose(CODE)
    window.wait_for('^Stored Networks$', 'heading')
    window.wait_for('^1 of 10$')
    window.picture('device')
    window.press('^Add…$')
    window.wait_for('^Choose a Wi-Fi Network$', 'heading')
    window.choose('^Harbour, ')
    window.wait_for('^Password for .*Harbour', 'heading')
    window.type(PASSWORD)
    window.key('Return')
    window.wait_for('^Remove Old Networks', 'heading')
    window.tab_to('Pier')
    window.key('space')
    window.picture('proven')
    window.press('^Remove$')
    known = devices.wait('p2', known=lambda networks: [n['name'] for n in networks] == ['Harbour'])
    lab.equal(known['state'], 'online')
    window.wait_for('^1 of 10$')
    window.picture('done')


lab.main()

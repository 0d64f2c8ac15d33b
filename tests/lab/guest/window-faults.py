# SPDX-License-Identifier: Apache-2.0
"""What fails below the installed window while it shows its pages: radios and cameras."""
import lab
from lab.process import run

CODE, SECRET = 'AB12CD', 'ABCDEFGHJKLMNPQ'
SERIAL = 'P046AB245' + CODE
WORLD = f'''
[World]
seed=12

[Network home]
ssid=Home 2
password=correct horse

[Device lamp]
platform=p2
firmware=6.2.0
serial={SERIAL}
secret={SECRET}
scan-time=500ms
'''
SCENARIO = '/run/faults.scenario'


@lab.setup
def start():
    with open(SCENARIO, 'w', encoding='utf-8') as file:
        file.write(WORLD)
    lab.bluetooth()
    lab.display()
    lab.camera().unplug()


def serve():
    return lab.sim('radio', 'lamp', scenario=SCENARIO)


def switch_radio(on):
    run('dbus-send', '--system', '--print-reply', '--dest=org.bluez', '/org/bluez/hci0',
        'org.freedesktop.DBus.Properties.Set', 'string:org.bluez.Adapter1', 'string:Powered',
        f'variant:boolean:{"true" if on else "false"}')


@lab.test('window-radio-off-while-the-list-shows')
def radio_off():
    serve()
    window = lab.wizard('radio-off').window
    window.wait_for(CODE, 'list item')
    switch_radio(False)
    lab.cleanup(switch_radio, True)
    window.wait_for('^Bluetooth Is Off')
    window.picture('told')
    window.press('^Turn On$')
    window.wait_gone('^Turn On$', 'button')
    window.wait_for(f'{CODE}.*Ready', 'list item')
    window.picture('back')


@lab.test('window-adapter-pulled-out-and-back')
def adapter_out():
    radio = lab.bluetooth()
    serve()
    window = lab.wizard('adapter').window
    window.wait_for(CODE, 'list item')
    radio.remove_adapter()
    lab.cleanup(lambda: radio.has_adapter() or radio.add_adapter())
    window.wait_for('^No Bluetooth on This Computer')
    window.picture('told')
    radio.add_adapter()
    window.wait_gone('^No Bluetooth on This Computer', 'label')
    window.wait_for(f'{CODE}.*Ready', 'list item')


@lab.test('window-camera-pulled-out')
def camera_out():
    """The page of the label says so, and the code is typed instead."""
    serve()
    camera = lab.webcam()
    wizard = lab.wizard('camera-out')
    wizard.choose_device(CODE)
    wizard.window.wait_for('Hold the small square code in the frame')
    camera.unplug()
    wizard.window.wait_for('No Camera Found|No camera was found')
    wizard.window.picture('told')
    wizard.type_secret(SECRET)
    wizard.to_networks('Home 2')


@lab.test('window-camera-busy')
def camera_busy():
    serve()
    camera = lab.webcam()
    camera.hold()
    wizard = lab.wizard('camera-busy')
    wizard.choose_device(CODE)
    wizard.window.wait_for('Another Program Uses the Camera')
    wizard.window.picture('told')
    camera.release()
    wizard.window.press('^Try Again$')
    wizard.window.wait_gone('Another Program Uses the Camera', 'label')
    wizard.window.wait_for('Hold the small square code in the frame')
    wizard.window.picture('again')


lab.main()

# SPDX-License-Identifier: Apache-2.0
"""Labels read by real cameras, as the kernel has them, on the command line."""
import lab

SERIAL = 'P046AB245AB12CD'
LABEL = SERIAL + ' ABCDEFGHJKLMNPQ'


@lab.setup
def start():
    lab.udev()


def cameras():
    """What the installed program finds: names by identifier."""
    found = lab.ctl('label', '--list-cameras')
    return {event['id']: event['name'] for event in found.named('camera')}


def check_failed(run, code):
    lab.equal(run.result.get('error'), code, str(run))
    lab.equal(run.status, 10 + int(code[1:]), str(run))


@lab.test('no-camera')
def no_camera():
    check_failed(lab.ctl('label', '--camera', '--for', '5'), 'E13')
    finding, = lab.ctl('doctor').named('note', id='camera')
    lab.equal(finding['problem'], 'E13', 'the doctor')


@lab.test('label-is-read')
def label_is_read():
    camera = lab.camera(lab.DESK)
    running = lab.ctl_start('label', '--camera', '--for', '90')
    camera.show(LABEL)
    label = running.wait('label')
    lab.equal((label['serial'], label['has_secret']), (SERIAL, True), 'label')
    lab.equal(running.finish().status, 0, 'end')


@lab.test('doctor-names-the-camera')
def doctor_names():
    camera = lab.camera(lab.DESK)
    finding, = lab.ctl('doctor').named('note', id='camera')
    lab.equal(finding['verdict'], 'good', 'verdict')
    lab.check(camera.name in finding['title'] and camera.node in finding['title'], finding)


@lab.test('doctor-asks-the-camera-itself')
def doctor_asks():
    """udev looked at this one before it was a camera: a phone that serves as one, its program
    started later."""
    lab.camera(lab.DESK).forget()
    finding, = lab.ctl('doctor').named('note', id='camera')
    lab.equal(finding['verdict'], 'good', finding)


@lab.test('one-of-several-cameras')
def one_of_several():
    lab.camera(lab.DESK)
    lab.camera(LABEL, number=1)
    lab.camera(lab.BLACK, number=2)
    found = cameras()
    lab.equal(len(found), 3, f'cameras {found}')
    name = next(key for key, title in found.items() if title == 'Second-camera')
    run = lab.ctl('label', f'--camera={name}', '--for', '90')
    lab.equal(run.status, 0, str(run))
    lab.equal(run.named('label')[0]['serial'], SERIAL, 'label')


@lab.test('dark-camera')
def dark():
    lab.camera(lab.BLACK)
    run = lab.ctl('label', '--camera', '--for', '10')
    check_failed(run, 'E16')
    lab.check(run.named('note', id='hint-too-dark'), run)


@lab.test('pictures-end')
def pictures_end():
    """The program that serves as a camera crashes."""
    camera = lab.camera(lab.DESK)
    running = lab.ctl_start('label', '--camera', '--all', '--for', '90')
    camera.show(LABEL)
    running.wait('label')
    camera.stop()
    lab.equal(running.wait('error')['error'], 'E13', 'error')
    check_failed(running.finish(), 'E13')


@lab.test('busy-camera')
def busy():
    camera = lab.webcam()
    camera.hold()
    check_failed(lab.ctl('label', '--camera', '--for', '20'), 'E15')
    camera.release()
    check_failed(lab.ctl('label', '--camera', '--for', '4'), 'E16')  # it shows bars


@lab.test('unplugged-in-the-middle')
def unplugged():
    camera = lab.webcam()
    running = lab.ctl_start('label', '--camera', '--for', '90')
    running.wait('note', id=lambda name: name.startswith('hint-'))
    camera.unplug()
    running.wait('error', error='E13')
    check_failed(running.finish(), 'E13')
    camera.plug()
    lab.equal(list(cameras().values()), ['vivid'], 'cameras')


lab.main()

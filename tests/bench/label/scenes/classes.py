# SPDX-License-Identifier: Apache-2.0
"""What varies in each class of pictures. Lengths of blur are in modules."""
from .symbols import RECTANGLES, SQUARES

MODULES = {'m15': (1.5, 2.0), 'm20': (2.0, 2.5), 'm25': (2.5, 3.5), 'm35': (3.5, 5.0),
           'm50': (5.0, 8.0)}
# A class's place in CLASSES is part of its random key: new ones are appended.
CLASSIC = ['easy', *MODULES, 'rotate', 'tilt30', 'tilt50', 'defocus1', 'defocus2', 'motion1',
           'motion2', 'noise', 'light', 'glare', 'lowcon', 'inverted', 'damage', 'tightqz', 'jpeg',
           'multi', 'distract', 'vga', 'fhd', 'handheld', 'neg_desk', 'neg_pcb', 'neg_codes',
           'neg_fumble']
EXTRA = ['colour', 'bayer', 'rolling', 'exposure', 'print', 'dots', 'curved', 'sizes', 'rects',
         'neg_qr', 'neg_aztec', 'neg_code128', 'neg_crossword', 'neg_keyboard', 'neg_stripes',
         'neg_page']
CLASSES = CLASSIC + EXTRA
PER = {'handheld': 3, 'sizes': 2}  # these have more frames than the others
NEG_SCENES = ('crossword', 'keyboard', 'stripes', 'page')


def spec(cls, r, index=0):
    """Parameters of one frame."""
    p = dict(w=1280, h=720, n=r.pick([20, 22, 22, 24, 24]), m=r.u(3.5, 5), rot=r.u(-20, 20),
             tilt=r.u(0, 12), axis=r.u(0, 360), mm=r.u(6, 9), qz=r.u(1.2, 3), can=r.chance(.5),
             can_level=r.u(95, 170), text_below=r.chance(.4), white=r.u(195, 245),
             black=r.u(15, 55), bg=r.pick(['pcb', 'pcb', 'desk']), hand=r.chance(.5),
             focus=r.u(0, .2), motion=0.0, mangle=r.u(0, 180), noise=r.u(1.0, 3.0), jpeg=0,
             vignette=r.u(0, .25), gain=r.pick([-1, 0, 0, 1]), codes=1, others=0, sharpen=0.0)
    if cls in EXTRA:
        extra(cls, r, p, index)
    elif cls.startswith('neg'):
        negative(cls, r, p)
    elif cls in ('handheld', 'seq'):
        handheld(r, p)
    else:
        classic(cls, r, p)
    return p


def classic(cls, r, p):
    if cls in MODULES:
        p['m'] = r.u(*MODULES[cls])
    elif cls == 'rotate':
        p['rot'] = r.u(0, 360)
    elif cls in ('tilt30', 'tilt50'):
        p.update(tilt=r.u(15, 35) if cls == 'tilt30' else r.u(35, 50), rot=r.u(0, 360))
    elif cls in ('defocus1', 'defocus2'):
        p['focus'] = r.u(.35, .65) if cls == 'defocus1' else r.u(.65, .95)
    elif cls in ('motion1', 'motion2'):
        p['motion'] = r.u(.5, 1.0) if cls == 'motion1' else r.u(1.0, 1.7)
    elif cls == 'noise':
        p['noise'] = r.u(9, 24)
    elif cls == 'light':
        p.update(grad=r.u(.5, .85), shadow=r.chance(.6))
    elif cls == 'glare':
        p['glare'] = r.u(.5, 1.0)
    elif cls == 'lowcon':
        p['white'] = r.u(90, 160)
        p['black'] = p['white'] - r.u(22, 50)
        p['noise'] = r.u(1, 2.5)
    elif cls == 'inverted':
        p.update(invert=True, rot=r.u(0, 360), m=r.u(3, 5))
    elif cls == 'damage':
        p['scratches'] = r.i(1, 2)
    elif cls == 'tightqz':
        p.update(qz=r.u(.6, 1.1), frame=True)
    elif cls == 'jpeg':
        p.update(jpeg=r.i(12, 35), m=r.u(3, 5))
    elif cls == 'multi':
        p.update(codes=r.i(2, 4), m=r.u(3, 4.5), rot=r.u(0, 360))
    elif cls == 'distract':
        p.update(others=r.i(2, 4), rot=r.u(0, 360))
    elif cls == 'vga':
        p.update(w=640, h=480, m=r.u(2.2, 4), rot=r.u(0, 360))
    elif cls == 'fhd':
        p.update(w=1920, h=1080, m=r.u(2.5, 6), rot=r.u(0, 360))


def negative(cls, r, p):
    p.update(codes=0)
    if cls == 'neg_desk':
        p['bg'] = 'desk'
    elif cls == 'neg_pcb':
        p['bg'] = 'pcb'
    elif cls == 'neg_codes':
        p['others'] = r.i(1, 4)
    else:  # a label is there, but hopeless
        p.update(codes=1, rot=r.u(0, 360), hand=True)
        p.update(r.pick([dict(m=r.u(.7, 1.1)), dict(focus=r.u(1.8, 3)), dict(motion=r.u(4, 9))]))


def handheld(r, p):
    p.update(rot=r.u(0, 360), tilt=r.u(0, 30), m=r.u(2.3, 5.5), focus=r.u(.05, .6),
             motion=r.pick([0, 0, 0, r.u(.2, .9)]), noise=r.u(2, 7), grad=r.u(0, .5), hand=True,
             jpeg=r.pick([0, r.i(60, 90), r.i(40, 70)]), sharpen=r.pick([0, r.u(.3, 1.2)]),
             qz=r.u(1, 2.5), shadow=r.chance(.15), white=r.u(140, 245),
             others=r.pick([0, 0, 0, 1]))
    p['black'] = p['white'] * r.u(.12, .45)
    if r.chance(.12):
        p['glare'] = r.u(.3, .7)


def extra(cls, r, p, index):
    """The classes that came later; what is not theirs is moderate."""
    p.update(rot=r.u(0, 360), tilt=r.u(0, 20), m=r.u(2.8, 5), noise=r.u(1.5, 4))
    if cls == 'colour':
        p.update(colour=True, jpeg=r.pick([0, r.i(55, 90)]), cast=r.u(0, .35),
                 aberration=r.u(0, 1.2))
    elif cls == 'bayer':
        p.update(colour=True, bayer=True, noise=r.u(3, 10), denoise=r.i(0, 2), cast=r.u(0, .25),
                 aberration=r.u(0, .6), sharpen=r.pick([0, r.u(.3, 1.0)]))
    elif cls == 'rolling':
        p.update(shear=r.u(-.22, .22), stretch=r.u(-.15, .15), wobble=r.u(0, .7),
                 wobble_rows=r.u(40, 160), motion=r.u(0, .6))
    elif cls == 'exposure':
        exposure(r, p)
    elif cls == 'print':
        p.update(print=True, qz=r.u(.9, 1.6), text_below=True, can=False)
    elif cls == 'dots':
        p.update(dots=r.u(.6, .9), jitter=r.u(0, .08), white=r.u(90, 190), grain=r.u(1, 5),
                 invert=r.chance(.4), m=r.u(3.5, 6), can=False, noise=r.u(1, 2.5))
        p['black'] = p['white'] - r.u(35, 80)
    elif cls == 'curved':
        p.update(arc=r.u(20, 60), around=r.pick([0, 90]) + r.u(-10, 10), tilt=r.u(0, 15))
    elif cls == 'sizes':
        sizes = list(SQUARES)
        p.update(shape=(sizes[index % len(sizes)],) * 2, m=r.u(2.5, 5))
    elif cls == 'rects':
        shapes = list(RECTANGLES)
        p.update(shape=shapes[index % len(shapes)], m=r.u(2.5, 5))
    else:
        kind = cls[len('neg_'):]
        p.update(codes=0, **({'scene': kind, 'hand': False} if kind in NEG_SCENES
                             else {'decoys': kind}))


def exposure(r, p):
    """One step of the automatic exposure too far, or lamps on 50 Hz mains."""
    p['vignette'] = 0
    kind = r.pick(['over', 'under', 'bands'])
    if kind == 'over':
        p.update(gain_light=r.u(1.5, 3.2), bloom=r.u(0, .25))
    elif kind == 'under':
        p.update(gain_light=r.u(.12, .35), noise=r.u(1.5, 3))
    else:
        p.update(bands=r.u(.15, .6), band_rows=r.u(80, 450))

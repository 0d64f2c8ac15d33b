#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The udev rule, what adds it, and the polkit action for that.

usage: test-usb-rule.py RULE CATALOGUE SCRIPT POLICY"""
import fnmatch
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

RULE, CATALOGUE, SCRIPT, POLICY = sys.argv[1:5]
NOBODY = 65534


def read(path):
    with open(path, encoding='utf-8') as f:
        return f.read()


def run_rules(text, facts):
    """The part of udev's language that the rule uses: what it would set for a device."""
    result, target = {}, None
    for line in text.splitlines():
        pairs = re.findall(r'([A-Z]+(?:\{[^}]+\})?)(==|!=|\+=|=)"([^"]*)"(?:, |$)', line)
        if line and line[0] != '#':
            assert ', '.join(f'{k}{o}"{v}"' for k, o, v in pairs) == line, line
        if target is not None:
            target = None if ('LABEL', '=', target) in pairs else target
            continue
        if all(fnmatch.fnmatchcase(facts.get(key, ''), value) == (operator == '==')
               for key, operator, value in pairs if operator in ('==', '!=')):
            for key, operator, value in pairs:
                if key == 'GOTO':
                    target = value
                elif operator in ('=', '+=') and key != 'LABEL':
                    result[key] = value
    assert target is None, f'no label {target}'
    return result


def usb(vendor, product, **more):
    return {'ACTION': 'add', 'SUBSYSTEM': 'usb', 'ENV{DEVTYPE}': 'usb_device',
            'ATTR{idVendor}': vendor, 'ATTR{idProduct}': product} | more


def tty(vendor, product):
    return {'ACTION': 'add', 'SUBSYSTEM': 'tty', 'ATTRS{idVendor}': vendor,
            'ATTRS{idProduct}': product}


def catalogue():
    """Vendor and product IDs of every row of the catalogue's source."""
    text = read(CATALOGUE)
    for platform in re.findall(r'^  DEVICE \(0x(\w+),', text, re.M):
        for mode in 'cd':
            yield '2b04', f'{mode}0{platform}'
    yield from (('2b04', f'c0{p}') for p in re.findall(r'PARTICLE, NORMAL \(0x(\w+)\),', text))
    yield from (('1d50', p) for p in re.findall(r'OPENMOKO, 0x(\w+),', text))


class Rule(unittest.TestCase):
    text = read(RULE)

    def test_every_device_of_the_catalogue(self):
        ids = list(catalogue())
        self.assertGreater(len(ids), 30)
        for vendor, product in ids:
            with self.subTest(f'{vendor}:{product}'):
                self.assertEqual(run_rules(self.text, usb(vendor, product)),
                                 {'TAG': 'uaccess', 'ENV{ID_MM_DEVICE_IGNORE}': '1'})
                self.assertEqual(run_rules(self.text, tty(vendor, product)),
                                 {'TAG': 'uaccess', 'ENV{ID_MM_PORT_IGNORE}': '1'})

    def test_nothing_else(self):
        for facts in (usb('2b04', 'b006'), usb('046d', 'c020'), usb('1d50', '6089'),
                      usb('2b04', 'c020', **{'ENV{DEVTYPE}': 'usb_interface'}),
                      usb('2b04', 'c020', ACTION='remove'), tty('1d50', '6018')):
            self.assertEqual(run_rules(self.text, facts), {}, facts)

    def test_rights_for_the_seat_only(self):
        self.assertNotIn('MODE', self.text)
        self.assertNotIn('RUN', self.text)


class Script(unittest.TestCase):

    def setUp(self):
        self.root = tempfile.mkdtemp()
        os.chmod(self.root, 0o755)
        self.addCleanup(shutil.rmtree, self.root)
        shipped = re.search(r'^rule=(/\S+)$', read(SCRIPT), re.M).group(1)
        self.shipped = self.root + shipped
        os.makedirs(os.path.dirname(self.shipped))
        shutil.copy(RULE, self.shipped)
        self.folder = f'{self.root}/etc/udev/rules.d'

    def run_script(self, *args, user=None, **env):
        script = shutil.copy(SCRIPT, self.root)
        return subprocess.run(['/bin/sh', script, *args], capture_output=True, check=False,
                              user=user, env={'PATH': '/nowhere'} | env)

    def test_adds_it(self):
        for _ in range(2):
            run = self.run_script(FIRST_LIGHT_TEST_ROOT=self.root)
            self.assertEqual((run.returncode, run.stderr), (0, b''))
            self.assertEqual(os.listdir(self.folder), ['70-first-light.rules'])
        path = f'{self.folder}/70-first-light.rules'
        self.assertEqual(read(path), read(RULE))
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o644)

    def test_replaces_what_stands_there(self):
        os.makedirs(self.folder)
        victim = f'{self.root}/victim'
        with open(victim, 'w', encoding='utf-8') as f:
            f.write('untouched')
        os.symlink(victim, f'{self.folder}/70-first-light.rules')
        self.assertEqual(self.run_script(FIRST_LIGHT_TEST_ROOT=self.root).returncode, 0)
        self.assertEqual(read(victim), 'untouched')
        self.assertEqual(read(f'{self.folder}/70-first-light.rules'), read(RULE))

    def test_without_the_rule_it_adds_nothing(self):
        os.remove(self.shipped)
        self.assertEqual(self.run_script(FIRST_LIGHT_TEST_ROOT=self.root).returncode, 1)
        self.assertFalse(os.path.exists(self.folder))

    def test_takes_no_arguments(self):
        run = self.run_script('/etc/passwd', FIRST_LIGHT_TEST_ROOT=self.root)
        self.assertEqual(run.returncode, 1)
        self.assertIn(b'no arguments', run.stderr)
        self.assertFalse(os.path.exists(self.folder))

    def test_needs_root(self):
        user = NOBODY if os.geteuid() == 0 else None
        for env in ({}, {'FIRST_LIGHT_TEST_ROOT': self.root, 'PKEXEC_UID': '1000'}):
            run = self.run_script(user=user, **env)
            self.assertEqual(run.returncode, 1)
            self.assertIn(b'root', run.stderr)
        self.assertFalse(os.path.exists(self.folder))


class Policy(unittest.TestCase):

    def test_an_administrator_is_asked_for_the_script_and_nothing_else(self):
        actions = xml.parse(POLICY).getroot().findall('action')
        self.assertEqual([a.get('id') for a in actions],
                         ['io.github.firstlight.FirstLight.add-usb-rule'])
        self.assertEqual({e.text for e in actions[0].find('defaults')}, {'auth_admin'})
        path = actions[0].find("annotate[@key='org.freedesktop.policykit.exec.path']").text
        self.assertTrue(path.startswith('/'), path)
        self.assertEqual(os.path.basename(path), os.path.basename(SCRIPT))


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])

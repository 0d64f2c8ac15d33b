#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every rule of check-source.py fires on the smallest source that breaks it, and only then."""
import importlib.util
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location('check_source', os.path.join(HERE, 'check-source.py'))
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)

LICENCE = '/* SPDX-License-Identifier: Apache-2.0 */\n'
GOOD = {
    'meson.build': "project('x', 'c',\n  version: '1.2.3')\n",
    'lib/base/fl-a.h': LICENCE + '#pragma once\n',
    'lib/link/fl-link.h': LICENCE + '#include "fl-a.h"\n',
    'lib/setup/fl-setup.h': LICENCE + '#include "fl-link.h"\n',
    'data/x.metainfo.xml.in': '<release date="2020-01-01" version="1.2.3"/>\n',
    'po/POTFILES': '# comment\ndata/x.metainfo.xml.in\n',
    'README.md': 'Run\n\n    tests/tool --fast\n',
    'tests/tool': '#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n',
}


def function(body):
    return f'static void\nf (void)\n{{\n{body}}}\n'


class CheckSource(unittest.TestCase):
    def found(self, extra):
        files = {**GOOD, **extra}
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), 'w', encoding='utf-8') as f:
                    f.write(text)
            before = os.getcwd()
            os.chdir(root)
            try:
                return [(rule, path) for path, line, rule, message in check.check_tree('.')]
            finally:
                os.chdir(before)

    def c_file(self, path, text, licence=LICENCE):
        name = os.path.basename(path)
        return self.found({path: licence + text,
                           os.path.join(os.path.dirname(path), 'meson.build'): f"files('{name}')\n"})

    def assert_rule(self, rule, path, text, **more):
        self.assertEqual([(rule, path)], self.c_file(path, text, **more))

    def assert_clean(self, path, text):
        self.assertEqual([], self.c_file(path, text))

    def test_good_tree_is_clean(self):
        self.assertEqual([], self.found({}))

    def test_layers(self):
        self.assert_rule('layers', 'lib/base/fl-b.c', '#include "fl-link.h"\n')
        self.assert_rule('layers', 'lib/sim/fl-b.c', '#include "fl-setup.h"\n')
        self.assert_rule('layers', 'lib/link/fl-b.c', '#include <gtk/gtk.h>\n')
        self.assert_rule('layers', 'app/cli/b.c', '#include <adwaita.h>\n')
        self.assert_rule('layers', 'ui/fl-b.c', '#include "fl-link.h"\n')
        self.assert_rule('layers', 'ui/fl-b.c', 'char *a = "org.bluez";\n')
        self.assert_rule('layers', 'ui/fl-b.c', 'char *a = "6e400001-b5a3-f393-e0a9";\n')
        self.assert_clean('lib/find/fl-b.c', '#include "fl-link.h"\n/* gtk/gtk.h, org.bluez */\n')
        self.assert_clean('ui/fl-b.c', '#include <gtk/gtk.h>\n#include "fl-setup.h"\n')

    def test_pure(self):
        for text in ('#include <gio/gio.h>\n', function('  g_get_monotonic_time ();\n'),
                     function('  t = time (NULL);\n'), function('  g_random_int ();\n'),
                     function('  getrandom (a, 1, 0);\n')):
            self.assert_rule('pure', 'lib/model/fl-b.c', text)
            self.assert_rule('pure', 'lib/particle/control/fl-secure-b.c', text)
            self.assert_clean('lib/link/fl-b.c', text)
        self.assert_clean('lib/model/fl-b.c', function('  run_time (a); /* time () */\n'))
        self.assert_clean('lib/model/fl-device.c', '#include <gio/gio.h>\n')

    def test_sizes(self):
        self.assert_rule('size', 'lib/base/fl-b.c', function('  a ();\n' * 61))
        self.assert_clean('lib/base/fl-b.c', function('  a ();\n' * 60))
        self.assert_rule('size', 'lib/base/fl-b.c', 'int a;\n' * 701)
        self.assert_rule('size', 'lib/base/fl-b.c', function('{\n' * 5 + '}\n' * 5))
        self.assert_clean('lib/base/fl-b.c', function('{\n' * 4 + '}\n' * 4))
        self.assert_clean('lib/base/fl-b.c', function('  a ("{{{{{{");\n'))

    def test_calls(self):
        for call in ('strcpy', 'strcat', 'sprintf', 'system', 'gets', 'alloca'):
            self.assert_rule('calls', 'lib/link/fl-b.c', function(f'  {call} (a);\n'))
        self.assert_rule('calls', 'lib/link/fl-b.c', function('  goto out;\n'))
        self.assert_rule('calls', 'ui/fl-b.c', function('  g_print ("a");\n'))
        self.assert_clean('app/cli/b.c', function('  g_print ("a");\n  set_system (a);\n'))

    def test_secrets(self):
        for call in ('g_debug ("%s", fl_secret_get_text (x))', 'g_set_error (e, 1, 2, "%s", password)',
                     'g_strdup_printf ("%s",\n  self->psk)', 'g_message ("%s", f (g (secret)))'):
            self.assert_rule('secrets', 'lib/link/fl-b.c', function(f'  {call};\n'))
        self.assert_clean('lib/link/fl-b.c',
                          function('  g_debug ("password %s", fl_secret_to_printable (password));\n'))

    def test_strings(self):
        page = '<property name="title"{}>Find</property>\n'
        self.assertEqual([('strings', 'ui/a.ui')], self.found({'ui/a.ui': page.format('')}))
        listed = {'po/POTFILES': GOOD['po/POTFILES'] + 'ui/a.ui\n'}
        good = {'ui/a.ui': page.format(' translatable="yes"'), **listed}
        self.assertEqual([], self.found(good))
        self.assert_rule('strings', 'ui/fl-b.c', function('  gtk_label_set_label (l, "Find");\n'))
        self.assert_clean('ui/fl-b.c', function('  gtk_label_set_label (l, "");\n'))

    def test_licence(self):
        self.assert_rule('licence', 'lib/base/fl-b.c', 'int a;\n', licence='')
        self.assertEqual([('licence', 'tests/b')], self.found({'tests/b': '#!/bin/sh\n'}))

    def test_places(self):
        for place in ('/' + 'work/a', '/' + 'root/a', '/home' + '/anna/x', '/tmp/b' + 'uild-x'):
            self.assertEqual([('places', 'data/a')], self.found({'data/a': f'see {place}\n'}))
        self.assertEqual([], self.found({'data/a': 'the framework/a, https://a.b/root/a\n'}))

    def test_listed(self):
        self.assertEqual([('listed', 'lib/base/fl-b.c')], self.found({'lib/base/fl-b.c': LICENCE}))
        self.assertEqual([], self.found({'tests/lib/test-b.c': LICENCE,
                                         'tests/lib/meson.build': "['b']\n"}))

    def test_potfiles(self):
        text = function('  a (_ ("Hello"));\n')
        self.assertEqual([('potfiles', 'po/POTFILES')], self.c_file('ui/fl-b.c', text))
        self.assertEqual([('potfiles', 'po/POTFILES')],
                         self.found({'po/POTFILES': GOOD['po/POTFILES'] + 'ui/gone.c\n'}))

    def test_version(self):
        self.assertEqual([('version', 'data/x.metainfo.xml.in')],
                         self.found({'data/x.metainfo.xml.in': '<release version="1.2.4"/>\n'}))

    def test_manual(self):
        option = 'GOptionEntry a[] = {{ "fast", 0, {}, G_OPTION_ARG_NONE, &a, NULL }};\n'
        files = {'app/cli/fl-b.c': LICENCE + option.format('0'), 'data/man/firstlightctl.1': '',
                 'app/cli/meson.build': "files('fl-b.c')\n"}
        self.assertEqual([('manual', 'app/cli/fl-b.c')], self.found(files))
        self.assertEqual([], self.found({**files, 'data/man/firstlightctl.1': '.B \\-\\-fast\n'}))
        self.assertEqual([], self.found({**files, 'app/cli/fl-b.c': LICENCE + option.format(
            'G_OPTION_FLAG_HIDDEN')}))

    def test_readme(self):
        self.assertEqual([('readme', 'README.md')], self.found({'README.md': '    tests/gone --fast\n'}))
        self.assertEqual([('readme', 'README.md')], self.found({'README.md': '![a](data/gone.png)\n'}))


if __name__ == '__main__':
    unittest.main()

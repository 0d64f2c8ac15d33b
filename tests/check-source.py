#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""House rules that a compiler cannot check.

usage: check-source.py [ROOT]              every finding as FILE:LINE: [rule] what
       check-source.py --potfiles [ROOT]   what po/POTFILES should contain
       check-source.py --long [ROOT]       files over the soft limit of 400 lines
"""
import os
import re
import sys

FILE_SOFT, FILE_HARD, FUNCTION_LINES, NESTING = 400, 700, 60, 4

# A room may include itself and rooms of a lower rank, never a neighbour of its own rank.
RANK = {'base': 0, 'model': 1, 'label': 2, 'enterprise': 2, 'host': 2, 'cloud': 2, 'link': 3,
        'particle': 4, 'blynk': 4, 'microchip': 4, 'find': 5, 'setup': 6, 'sim': 6,
        'service': 7}
UI_ROOMS = {'base', 'model', 'label', 'enterprise', 'host', 'find', 'setup', 'service'}
PURE = re.compile(r'lib/(base|model|label(?!/camera))/|lib/particle/.*/fl-(secure-|jpake|frame|request|repl'
                  r'|serial-(session|server|prompt|answer)|wiced)'
                  r'|lib/sim/fl-sim-(world|device|wifi|station|requests|connection|air|scenario|console|radius)')
PURE_MAY_GIO = re.compile(r'lib/(model/fl-device|label/fl-label-stream)\.')  # a GListModel
IMPURE = re.compile(r'\b(g_get_monotonic_time|g_get_real_time|g_date_time_new_now\w*|clock_gettime'
                    r'|gettimeofday|time|g_random_\w+|g_rand_new|getrandom|rand|random)\s*\(')
FORBIDDEN = re.compile(r'\b(strcpy|strcat|sprintf|vsprintf|system|gets|strtok|alloca'
                       r'|g_alloca)\s*\(|\b(goto)\b')
PRINTS = re.compile(r'\b(g_print|g_printerr|printf|fprintf|puts|putchar)\s*\(')
MAY_PRINT = re.compile(r'(app/cli|app/sim|tests)/')
FORMATS = re.compile(r'\b(g_(debug|info|message|warning|critical|error|log|print|printerr|set_error'
                     r'|set_error_literal|error_new|prefix_error|propagate_prefixed_error'
                     r'|task_return_new_error|strdup_printf|string_append_printf|string_printf)'
                     r'|printf|fprintf|snprintf|dprintf|fl_journal_\w+)\s*\(')
SECRET = re.compile(r'\bfl_secret_get_(data|text|writable)\b|\b(password|passphrase|secret|psk'
                    r'|private_key|token|mobile_secret)\b')
REVEALS = re.compile(r'lib/sim/fl-sim-(describe|device)\.c|app/cli/fl-cli-world\.c|tests/')  # made up
UI_WORDS = re.compile(r'org\.bluez|libusb|GDBus|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-', re.I)
UI_STRING = re.compile(r'<(?:property|attribute) name="(title|subtitle|label|tooltip-text'
                       r'|description|placeholder-text|heading|body)"([^>]*)>([^<]*)<')
C_STRING = re.compile(r'_set_(title|subtitle|label|tooltip_text|description|placeholder_text)'
                      r'(?:_with_mnemonic)? \([^;"]*?,\s*"[^"]*[A-Za-z]{2}')
TRANSLATED = re.compile(r'(?<![\w"])(?:N?_|C_|NC_|g_dngettext|ngettext|g_dpgettext2?|gettext) \(')
PLACES = re.compile(r'(?<![\w.])/(work|root)/\w|/home/[a-z]\w*/|/tmp/[b]uild-')
OPTION = re.compile(r'\{ "([a-z-]{2,})", (?:0|\'.\'), ([^,]*),\s+G_OPTION')
SKIP_DIRS = re.compile(r'(\.git|\.cache|__pycache__|build.*|[Mm]bed.*|packagecache)$')


def blank(match):
    return re.sub(r'[^\n]', ' ', match.group())


def without_comments(text):
    return re.sub(r'/\*.*?\*/|//[^\n]*|("(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')',
                  lambda m: m.group() if m.group(1) else blank(m), text, flags=re.S)


def without_strings(text):
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                  lambda m: m.group()[0] + ' ' * (len(m.group()) - 2) + m.group()[-1], text)


def line_of(text, position):
    return text.count('\n', 0, position) + 1


def arguments(code, start):
    """The text between the parenthesis at or after start and its partner."""
    depth, first = 0, code.index('(', start)
    for i in range(first, len(code)):
        depth += {'(': 1, ')': -1}.get(code[i], 0)
        if depth == 0:
            return code[first + 1:i]
    return code[first + 1:]


def check_layers(path, text, rooms):
    parts = path.split('/')
    room = parts[1] if parts[0] == 'lib' else None
    for m in re.finditer(r'^#include [<"]([^>"]+)[>"]', text, re.M):
        name, line = m.group(1), line_of(text, m.start())
        toolkit = re.match(r'(gtk|gdk(?!-pixbuf)|gsk|adwaita|libadwaita)\b', name)
        if toolkit and (parts[0] == 'lib' or path.startswith(('app/cli/', 'app/sim/'))):
            yield line, 'layers', f'{name} does not belong here'
        other = rooms.get(os.path.basename(name))
        if room and other and other != room and RANK.get(other, 99) >= RANK.get(room, 99):
            yield line, 'layers', f'lib/{room} may not include lib/{other} ({name})'
        if parts[0] == 'ui' and other and other not in UI_ROOMS:
            yield line, 'layers', f'ui may not include lib/{other} ({name})'
    if parts[0] == 'ui':
        for m in UI_WORDS.finditer(text):
            yield line_of(text, m.start()), 'layers', f'ui may not name {m.group()}'


def check_pure(path, code):
    if not PURE.match(path):
        return
    for m in re.finditer(r'^#include <(gio/|sys/random)', code, re.M):
        if not PURE_MAY_GIO.match(path):
            yield line_of(code, m.start()), 'pure', 'a pure file does no I/O'
    for m in IMPURE.finditer(code):
        yield line_of(code, m.start()), 'pure', f'a pure file is given {m.group(1)} () as argument'


def check_sizes(code):
    lines = code.split('\n')
    if len(lines) - 1 > FILE_HARD:
        yield FILE_HARD, 'size', f'{len(lines) - 1} lines in one file, {FILE_HARD} allowed'
    start = depth = 0
    for number, line in enumerate(lines, 1):
        if not start:
            if line == '{' and number > 1 and re.search(r'\)\s*(G_GNUC_\w+.*)?$', lines[number - 2]):
                start, depth, told = number, 1, False
            continue
        depth += line.count('{') - line.count('}')
        if depth - 1 > NESTING and not told:
            told = True
            yield number, 'size', f'nested {depth - 1} deep, {NESTING} allowed'
        if line == '}':
            if number - start - 1 > FUNCTION_LINES:
                yield start, 'size', f'function of {number - start - 1} lines, {FUNCTION_LINES} allowed'
            start = 0


def check_calls(path, code):
    for m in FORBIDDEN.finditer(code):
        yield line_of(code, m.start()), 'calls', f'{m.group(1) or m.group(2)} is not used here'
    if MAY_PRINT.match(path):
        return
    for m in PRINTS.finditer(code):
        yield line_of(code, m.start()), 'calls', f'{m.group(1)} only in the command line programs'


def check_secrets(path, code):
    if REVEALS.match(path):
        return
    for m in FORMATS.finditer(code):
        args = re.sub(r'fl_secret_(to_printable|get_size) \([^)]*\)', '', arguments(code, m.start()))
        if SECRET.search(args):
            yield line_of(code, m.start()), 'secrets', f'{m.group(1)} () is given a secret'


def check_strings(path, text):
    if path.endswith('.ui'):
        for m in UI_STRING.finditer(text):
            if re.search('[A-Za-z]{2}', m.group(3)) and 'translatable="yes"' not in m.group(2):
                yield line_of(text, m.start()), 'strings', f'{m.group(1)} is not translatable'
    elif path.startswith(('ui/', 'app/')):
        for m in C_STRING.finditer(text):
            yield line_of(text, m.start()), 'strings', f'{m.group(1)} is not translated'


def check_text(path, text):
    script = text.startswith('#!')
    if script or path.endswith(('.c', '.h', '.py', '.proto', '.css', '.sh')):
        if 'SPDX-License-Identifier: Apache-2.0' not in '\n'.join(text.split('\n')[:3]):
            yield 1, 'licence', 'no SPDX-License-Identifier: Apache-2.0 in the first lines'
    for m in PLACES.finditer(text):
        yield line_of(text, m.start()), 'places', f'a path of one machine: {m.group()}'


def check_listed(path, files):
    """Every C file and test is named in a meson.build, so that nothing rots unbuilt."""
    stem = os.path.basename(path)[:-2]
    names = {stem + '.c', re.sub(r'^(test|fuzz|bench)-', '', stem)}
    folder = path
    while folder:
        folder = os.path.dirname(folder)
        build = files.get(os.path.join(folder, 'meson.build'), '')
        if any(f"'{n}'" in build or f"/{n}'" in build for n in names):
            return
    yield 1, 'listed', 'no meson.build names this file'


def potfiles(files):
    return sorted(p for p, t in files.items() if p.startswith(('lib/', 'ui/', 'app/', 'data/')) and (
        (p.endswith(('.c', '.h')) and TRANSLATED.search(without_comments(t)))
        or (p.endswith('.ui') and 'translatable="yes"' in t)
        or p.endswith(('.desktop.in', '.metainfo.xml.in', '.gschema.xml'))))


def check_manual(files):
    """What an option table offers stands in the manual page, and in the completion."""
    for path, text in files.items():
        program = {'app/cli': 'firstlightctl', 'app/sim': 'firstlight-sim'}.get(path[:7], 'first-light')
        if not path.startswith('app/') or not path.endswith('.c'):
            continue
        texts = [(files[p].replace('\\-', '-'), p) for p in
                 (f'data/man/{program}.1', f'data/completions/{program}') if p in files]
        for m in OPTION.finditer(text):
            for other, name in texts if 'HIDDEN' not in m.group(2) else []:
                if f'--{m.group(1)}' not in other:
                    yield path, line_of(text, m.start()), 'manual', f'--{m.group(1)} is not in {name}'


def check_project(files):
    yield from check_manual(files)
    listed = [x for x in files.get('po/POTFILES', '').split('\n') if x and x[0] != '#']
    for name in sorted(set(potfiles(files)) ^ set(listed)):
        yield 'po/POTFILES', 1, 'potfiles', ('stale: ' if name in listed else 'missing: ') + name
    version = re.search(r"version: '([^']+)'", files.get('meson.build', ''))
    for path, text in files.items():
        release = re.search(r'<release [^>]*version="([^"]+)"', text)
        if path.endswith('.metainfo.xml.in') and version and release and \
                release.group(1) != version.group(1):
            yield path, line_of(text, release.start()), 'version', 'the newest release is not meson’s'
    readme = files.get('README.md', '')
    for m in re.finditer(r'^ *(?:\./)?((?:app|tests|subprojects|data)/[\w./-]+)|\]\(([\w./-]+)\)',
                         readme, re.M):
        if (name := m.group(1) or m.group(2)) not in files and not os.path.exists(name):
            yield 'README.md', line_of(readme, m.start()), 'readme', f'{name} does not exist'


def read_tree(root):
    files = {}
    for folder, dirs, names in os.walk(root):
        dirs[:] = sorted(d for d in dirs if not SKIP_DIRS.match(d)
                         or folder.endswith('packagefiles'))
        for name in sorted(set(names) - {'.git'}):
            full = os.path.join(folder, name)
            with open(full, 'rb') as f:
                data = f.read()
            text = '' if b'\0' in data[:8000] else data.decode('utf-8', 'replace')
            files[os.path.relpath(full, root)] = text
    return files


def check_tree(root):
    files = read_tree(root)
    rooms = {os.path.basename(p): p.split('/')[1] for p in files
             if p.startswith('lib/') and p.endswith('.h')}
    findings = []
    for path, text in files.items():
        found = list(check_text(path, text)) + list(check_strings(path, text))
        if path.endswith(('.c', '.h')):
            bare = without_comments(text)
            code = without_strings(bare)
            found += check_layers(path, bare, rooms)
            found += [*check_pure(path, bare), *check_sizes(code), *check_calls(path, code),
                      *check_secrets(path, code)]
            found += check_listed(path, files) if path.endswith('.c') else []
        findings += [(path, *f) for f in found]
    return findings + list(check_project(files))


def main(argv):
    options = [a for a in argv if a.startswith('--')]
    root = next((a for a in argv if not a.startswith('--')),
                os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
    os.chdir(root)
    if '--potfiles' in options:
        print('\n'.join(potfiles(read_tree('.'))))
        return 0
    if '--long' in options:
        sizes = {p: t.count('\n') for p, t in read_tree('.').items() if p.endswith(('.c', '.h', '.ui'))}
        for path, lines in sorted(sizes.items(), key=lambda x: -x[1]):
            if lines > FILE_SOFT:
                print(f'{lines:5} {path}')
        return 0
    findings = check_tree('.')
    for path, line, rule, message in findings:
        print(f'{path}:{line}: [{rule}] {message}')
    print(f'{len(findings)} findings')
    return 1 if findings else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))

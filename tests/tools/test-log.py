#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: test-log.py TESTLOG.json    what failed and was skipped; ends with 'PASSED FAILED SKIPPED'"""
import json
import re
import sys

GOOD, SKIPPED = ('OK', 'EXPECTEDFAIL'), 'SKIP'
TAIL = 25  # lines
counts = {'passed': 0, 'failed': 0, 'skipped': 0}

with open(sys.argv[1], encoding='utf-8') as log:
    for test in map(json.loads, log):
        name, output = test['name'], test.get('stdout') or ''
        reasons = re.findall(r'^ *ok \d+ (\S*).*# SKIP *(.*)$', output, re.M)
        if test['result'] in GOOD:
            counts['passed'] += 1
        elif test['result'] == SKIPPED:
            counts['skipped'] += 1
            print(f'  skipped {name}: {reasons[0][1] if reasons else output.strip()[-200:]}')
            continue
        else:
            counts['failed'] += 1
            print(f'  FAILED  {name} ({test["result"].lower()}, {test["duration"]:.0f} s)')
            wrong = re.findall(r'^(?:not ok|.*(?:ERROR|runtime error|CRITICAL|WARNING)).*$', output, re.M)
            last = (output + (test.get('stderr') or '')).rstrip().split('\n')[-TAIL:]
            print('\n'.join('  | ' + line[:200] for line in wrong[:TAIL] + ['...'] + last))
        counts['skipped'] += len(reasons)
        for path, reason in reasons:
            print(f'  skipped {name} {path}: {reason}')

print(*counts.values())

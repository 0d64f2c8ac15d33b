#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""firstlightctl: what support staff do with a device: requests of its application, starting anew."""
import unittest

import ctl


class Request(ctl.Case):

    def request(self, *more, payload=None, device='app-request=echo', json=True):
        args = ['request', ctl.CODE, '--label-file', self.label_file(), *more]
        if payload is not None:
            args += ['--payload-file', self.write('payload', payload)]
        path = self.scenario(device=device)
        return self.json(path, *args) if json else self.simulate(path, *args)

    def test_text_in_both_faces(self):
        run = self.request(payload='{"say":"hello"}\n')
        self.assertEqual(run.status, 0, run)
        self.assertEqual((run.result['reply'], run.result['result']), ('{"say":"hello"}\n', 0))
        self.assertEqual(run.result['reply_hex'], b'{"say":"hello"}\n'.hex())
        plain = self.request(payload='{"say":"hello"}\n', json=False)
        self.assertEqual((plain.status, plain.out), (0, '{"say":"hello"}\n'), plain)

    def test_every_byte_counts(self):
        payload = bytes(range(256)) * 4 + b'\n'
        run = self.request(payload=payload)
        self.assertEqual(run.status, 0, run)
        self.assertEqual((run.result['reply'], run.result['reply_hex']), (None, payload.hex()))
        plain = self.request(payload=payload, json=False)
        self.assertEqual(plain.out, payload.hex() + '\n')

    def test_replies_cannot_move_the_cursor(self):
        for payload in (b'\x1b[2J', 'a\x9b31m'.encode(), b'a\0b', b'\xff'):
            with self.subTest(payload):
                plain = self.request(payload=payload, json=False)
                self.assertEqual(plain.out, payload.hex() + '\n')

    def test_nothing_sent_nothing_answered(self):
        run = self.request()
        self.assertEqual((run.status, run.result['reply']), (0, ''), run)
        self.assertEqual([note['id'] for note in run.named('note')], ['empty-reply'])

    def test_payload_from_standard_input(self):
        run = self.json(self.scenario(device='app-request=echo'), 'request', ctl.CODE,
                        '--label-file', self.label_file(), '--payload-file', '-', stdin=b'hello')
        self.assertEqual((run.status, run.result['reply']), (0, 'hello'), run)

    def test_an_application_that_takes_no_requests(self):
        run = self.request(payload='hello', device='')
        self.assert_failure(run, 'E29')
        self.assertEqual(run.result['result'], -120)
        self.assertIn('no-application', [note['id'] for note in run.named('note')])

    def test_results_by_the_catalogue(self):
        for code, status in ((-110, 40), (-1801, 38), (-260, 1), (-12345, 1)):
            with self.subTest(code):
                run = self.request(payload='x', device=f'faults=answer=10:{code}')
                self.assertEqual((run.status, run.result['result']), (status, code), run)

    def test_other_types_are_warned_of(self):
        run = self.request('--type', '20')
        self.assertEqual(run.status, 0, run)
        self.assertIn('type 20', run.err)
        self.assertTrue(run.result['reply_hex'])
        self.assertNotIn('type 10', self.request().err)

    def test_several_devices(self):
        more = ('[Device two]\nserial=P046AB245EF34GH\nsecret=BBBBBBBBBBBBBBB\n'
                'app-request=json\n')
        labels = self.label_file(f'{ctl.LABEL}\nP046AB245EF34GH BBBBBBBBBBBBBBB\n')
        run = self.json(self.scenario(device='app-request=echo', more=more), 'request', ctl.CODE,
                        'EF34GH', '--label-file', labels, '--payload-file',
                        self.write('payload', 'hello'))
        self.assertEqual(run.status, 0, run)
        first, second = run.result['devices']
        self.assertEqual(first['reply'], 'hello')
        self.assertIn('5', second['reply'])


class ProductRequest(ctl.Case):

    def test_the_answer_is_in_the_result(self):
        profile = self.write('request.product', '[Product]\nid=request\nname=Request\n\n'
                             '[Request]\npayload={"hello":1}\n')
        for device, reply in (('app-request=echo', '{"hello":1}'), ('', None)):
            with self.subTest(device):
                run = self.json(self.scenario(device=device), '--product', profile,
                                *self.setup_args())
                self.assertEqual((run.status, run.result['stage']), (0, 'online'), run)
                self.assertEqual(run.result.get('reply'), reply)


class Reset(ctl.Case):

    def test_modes(self):
        for mode in ('normal', 'safe', 'dfu'):
            with self.subTest(mode):
                run = self.json(self.scenario(), 'reset', ctl.CODE, '--mode', mode, '--label-file',
                                self.label_file())
                self.assertEqual(run.status, 0, run)
                self.assertEqual([note['id'] for note in run.named('note')], ['reset'])


if __name__ == '__main__':
    unittest.main()

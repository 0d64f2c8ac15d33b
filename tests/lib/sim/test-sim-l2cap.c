/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-l2cap.h"

#include <string.h>

/* Takes what the other side gets, in fragments of at most @max_bytes, as one array. */
static GByteArray *
take_all (FlSimL2cap *link, gsize max_bytes, guint *n_fragments)
{
  GByteArray *out = g_byte_array_new ();
  GBytes *fragment;
  gboolean starts = FALSE;

  *n_fragments = 0;
  while ((fragment = fl_sim_l2cap_take_fragment (link, max_bytes, &starts)) != NULL)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (fragment, &size);

      g_assert_cmpuint (size, <=, max_bytes);
      g_assert_cmpint (starts, ==, *n_fragments == 0);
      g_byte_array_append (out, data, (guint) size);
      ++*n_fragments;
      g_bytes_unref (fragment);
    }
  return out;
}

static void
assert_nothing_sent (FlSimL2cap *link)
{
  gboolean starts;

  g_assert_null (fl_sim_l2cap_take_fragment (link, 100, &starts));
}

static void
assert_pdu (FlSimL2cap *link, const void *data, gsize size)
{
  g_autoptr (GBytes) pdu = fl_sim_l2cap_take_pdu (link);

  g_assert_nonnull (pdu);
  g_assert_cmpmem (g_bytes_get_data (pdu, NULL), g_bytes_get_size (pdu), data, size);
}

static void
test_whole (void)
{
  static const guint8 frame[] = { 3, 0, 4, 0, 0x0a, 7, 0 };
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();

  fl_sim_l2cap_receive (link, TRUE, frame, sizeof frame);
  assert_pdu (link, frame + 4, 3);
  g_assert_null (fl_sim_l2cap_take_pdu (link));
}

/* However it is cut, even within the header. */
static void
test_cuts (void)
{
  guint8 frame[4 + 247] = { 247, 0, 4, 0 };

  for (guint i = 4; i < sizeof frame; i++)
    frame[i] = (guint8) (i * 7);
  for (guint cut = 1; cut < sizeof frame; cut++)
    {
      g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();

      fl_sim_l2cap_receive (link, TRUE, frame, cut);
      g_assert_null (fl_sim_l2cap_take_pdu (link));
      fl_sim_l2cap_receive (link, FALSE, frame + cut, sizeof frame - cut);
      assert_pdu (link, frame + 4, 247);
    }
}

static void
test_interrupted (void)
{
  static const guint8 frame[] = { 3, 0, 4, 0, 0x0a, 7, 0 };
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();

  fl_sim_l2cap_receive (link, FALSE, frame, sizeof frame); /* the rest of nothing */
  g_assert_null (fl_sim_l2cap_take_pdu (link));
  fl_sim_l2cap_receive (link, TRUE, frame, 5);
  fl_sim_l2cap_receive (link, TRUE, frame, sizeof frame);
  assert_pdu (link, frame + 4, 3);
  fl_sim_l2cap_receive (link, FALSE, frame, sizeof frame);
  g_assert_null (fl_sim_l2cap_take_pdu (link));
}

static void
test_lying_lengths (void)
{
  static const guint8 too_long[] = { 2, 0, 4, 0, 0x0a, 7, 0 };
  static const guint8 huge[] = { 0xff, 0xff, 4, 0, 0x0a, 7, 0 };
  static const guint8 good[] = { 3, 0, 4, 0, 0x0a, 7, 0 };
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();
  guint8 rest[600] = { 0 };

  fl_sim_l2cap_receive (link, TRUE, too_long, sizeof too_long);
  fl_sim_l2cap_receive (link, TRUE, huge, sizeof huge);
  for (guint i = 0; i < 120; i++)
    fl_sim_l2cap_receive (link, FALSE, rest, sizeof rest);
  g_assert_null (fl_sim_l2cap_take_pdu (link));
  fl_sim_l2cap_receive (link, TRUE, good, sizeof good);
  assert_pdu (link, good + 4, 3);
}

static void
test_send (void)
{
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();
  guint8 data[247];
  g_autoptr (GBytes) pdu = NULL;
  g_autoptr (GByteArray) out = NULL;
  guint n_fragments;

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) i;
  pdu = g_bytes_new (data, sizeof data);
  fl_sim_l2cap_send_pdu (link, pdu);
  out = take_all (link, 27, &n_fragments);
  g_assert_cmpuint (n_fragments, ==, (247 + 4 + 26) / 27);
  g_assert_cmpmem (out->data, 4, "\xf7\0\4\0", 4);
  g_assert_cmpmem (out->data + 4, out->len - 4, data, sizeof data);
}

/* One frame after another, never two in one packet. */
static void
test_send_two (void)
{
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();
  g_autoptr (GBytes) pdu = g_bytes_new_static ("\x13", 1);

  fl_sim_l2cap_send_pdu (link, pdu);
  fl_sim_l2cap_send_pdu (link, pdu);
  for (guint i = 0; i < 2; i++)
    {
      gboolean starts = FALSE;
      g_autoptr (GBytes) fragment = fl_sim_l2cap_take_fragment (link, 192, &starts);

      g_assert_true (starts);
      g_assert_cmpmem (g_bytes_get_data (fragment, NULL), g_bytes_get_size (fragment),
                       "\1\0\4\0\x13", 5);
    }
  assert_nothing_sent (link);
}

static void
test_signalling (void)
{
  static const guint8 ask[] = { 12, 0, 5, 0, 0x12, 9, 8, 0, 24, 0, 40, 0, 0, 0, 42, 0 };
  static const guint8 answer[] = { 10, 0, 5, 0, 0x13, 9, 2, 0, 0, 0 };
  static const guint8 reject[] = { 6, 0, 5, 0, 0x01, 9, 2, 0, 0, 0 };
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();
  g_autoptr (GByteArray) out = NULL;
  guint n_fragments;

  fl_sim_l2cap_receive (link, TRUE, ask, sizeof ask);
  out = take_all (link, 27, &n_fragments);
  g_assert_cmpmem (out->data, out->len, reject, sizeof reject);
  fl_sim_l2cap_receive (link, TRUE, answer, sizeof answer);
  assert_nothing_sent (link);
}

static void
test_pairing (void)
{
  static const guint8 ask[] = { 7, 0, 6, 0, 0x01, 3, 0, 1, 16, 7, 7 };
  static const guint8 failed[] = { 2, 0, 6, 0, 0x05, 0x05 };
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();
  g_autoptr (GByteArray) out = NULL;
  guint n_fragments;

  fl_sim_l2cap_receive (link, TRUE, ask, sizeof ask);
  out = take_all (link, 27, &n_fragments);
  g_assert_cmpmem (out->data, out->len, failed, sizeof failed);
}

/* Whoever only asks and never takes fills no memory. */
static void
test_flood (void)
{
  static const guint8 ask[] = { 4, 0, 5, 0, 0x12, 9, 0, 0 };
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();
  g_autoptr (GByteArray) out = NULL;
  gboolean starts;
  guint n = 0;
  GBytes *fragment;

  for (guint i = 0; i < 1000; i++)
    fl_sim_l2cap_receive (link, TRUE, ask, sizeof ask);
  while ((fragment = fl_sim_l2cap_take_fragment (link, 27, &starts)) != NULL)
    {
      n++;
      g_bytes_unref (fragment);
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/l2cap/frame/in-one-packet", test_whole);
  g_test_add_func ("/l2cap/frame/in-pieces", test_cuts);
  g_test_add_func ("/l2cap/frame/interrupted-is-dropped", test_interrupted);
  g_test_add_func ("/l2cap/frame/wrong-length-is-dropped", test_lying_lengths);
  g_test_add_func ("/l2cap/send/in-pieces", test_send);
  g_test_add_func ("/l2cap/send/one-frame-a-packet", test_send_two);
  g_test_add_func ("/l2cap/signalling/is-refused", test_signalling);
  g_test_add_func ("/l2cap/pairing/is-refused", test_pairing);
  g_test_add_func ("/l2cap/signalling/flood-is-bounded", test_flood);
  return g_test_run ();
}

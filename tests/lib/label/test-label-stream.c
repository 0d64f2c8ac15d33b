/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-label-stream.h"

#define SERIAL "P046AB12CD00001"
#define OTHER  "P046AB12CD00002"
#define SECRET "abcdefghijklmno"

static FlStreamNews
add (FlLabelStream *stream, const char *string, gint64 now_ms)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (string);
  g_autoptr (FlLabelText) text = fl_label_text_new (secret);

  return fl_label_stream_add (stream, text, now_ms);
}

static guint
get_n (FlLabelStream *stream)
{
  return g_list_model_get_n_items (G_LIST_MODEL (stream));
}

static void
assert_number_at (FlLabelStream *stream, guint position, const char *expected)
{
  g_autoptr (FlLabelItem) item = g_list_model_get_item (G_LIST_MODEL (stream), position);

  g_assert_nonnull (item);
  g_assert_cmpstr (fl_label_text_get_number (fl_label_item_get_text (item)), ==, expected);
}

static void
count_change (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  guint *n = data;

  *n = *n + added - removed;
  g_assert_cmpuint (*n, ==, g_list_model_get_n_items (model));
}

static void
test_each_once (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();
  guint n_told = 0;

  g_signal_connect (stream, "items-changed", G_CALLBACK (count_change), &n_told);
  g_assert_cmpint (add (stream, SERIAL " " SECRET, 0), ==, FL_STREAM_NEW);
  for (gint64 at = 33; at < 5000; at += 33)
    g_assert_cmpint (add (stream, SERIAL " " SECRET, at), ==, FL_STREAM_SAME);
  g_assert_cmpint (add (stream, OTHER " " SECRET, 5000), ==, FL_STREAM_NEW);
  g_assert_cmpuint (get_n (stream), ==, 2);
  g_assert_cmpuint (n_told, ==, 2);
  assert_number_at (stream, 0, OTHER);
  assert_number_at (stream, 1, SERIAL);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (stream), 2));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (stream)) == FL_TYPE_LABEL_ITEM);
}

static void
test_duplicate (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();

  add (stream, SERIAL " " SECRET, 0);
  add (stream, OTHER " " SECRET, 100);
  g_assert_cmpint (add (stream, SERIAL " " SECRET, FL_STREAM_AWAY_MS - 1), ==, FL_STREAM_SAME);
  g_assert_cmpint (add (stream, SERIAL " " SECRET, 2 * FL_STREAM_AWAY_MS - 1), ==,
                   FL_STREAM_DUPLICATE);
  g_assert_cmpint (add (stream, SERIAL " " SECRET, 2 * FL_STREAM_AWAY_MS), ==, FL_STREAM_SAME);
  g_assert_cmpuint (get_n (stream), ==, 2);
  assert_number_at (stream, 0, OTHER);
}

/* Two labels in the frame, read in turns. */
static void
test_two_at_once (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();

  for (gint64 at = 0; at < 6000; at += 66)
    {
      FlStreamNews first = add (stream, SERIAL " " SECRET, at);
      FlStreamNews second = add (stream, OTHER " " SECRET, at + 33);

      g_assert_cmpint (first, ==, at == 0 ? FL_STREAM_NEW : FL_STREAM_SAME);
      g_assert_cmpint (second, ==, at == 0 ? FL_STREAM_NEW : FL_STREAM_SAME);
    }
}

static void
test_refused (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();

  g_assert_cmpint (add (stream, "https://example.com", 0), ==, FL_STREAM_REFUSED);
  g_assert_cmpint (add (stream, "https://example.com", 33), ==, FL_STREAM_SAME);
  g_assert_cmpint (add (stream, "490154203237518", 66), ==, FL_STREAM_REFUSED);
  g_assert_cmpint (add (stream, "https://example.com", 33 + FL_STREAM_AWAY_MS), ==,
                   FL_STREAM_REFUSED);
  g_assert_cmpuint (get_n (stream), ==, 0);
}

/* However many pass, what is remembered of them is bounded and the newest is known. */
static void
test_many_refused (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      g_assert_cmpint (add (stream, text, i), ==, FL_STREAM_REFUSED);
      g_assert_cmpint (add (stream, text, i), ==, FL_STREAM_SAME);
    }
  g_assert_cmpint (add (stream, "text 0", 1001), ==, FL_STREAM_REFUSED);
}

static void
test_better_text (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();

  g_assert_cmpint (add (stream, SERIAL, 0), ==, FL_STREAM_NEW);
  add (stream, OTHER " " SECRET, 10);
  g_assert_cmpint (add (stream, SERIAL " " SECRET, 20), ==, FL_STREAM_NEW);
  g_assert_cmpuint (get_n (stream), ==, 2);
  assert_number_at (stream, 0, SERIAL);
  g_assert_nonnull (fl_label_get_secret (fl_label_stream_find (stream, SERIAL, NULL)));
  /* The worse one changes nothing. */
  g_assert_cmpint (add (stream, SERIAL, 30), ==, FL_STREAM_SAME);
  g_assert_nonnull (fl_label_get_secret (fl_label_stream_find (stream, SERIAL, NULL)));
}

static void
test_undo (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();

  add (stream, SERIAL " " SECRET, 0);
  add (stream, OTHER " " SECRET, 10);
  fl_label_stream_remove (stream, 0);
  g_assert_cmpuint (get_n (stream), ==, 1);
  assert_number_at (stream, 0, SERIAL);
  g_assert_cmpint (add (stream, OTHER " " SECRET, 40), ==, FL_STREAM_SAME);
  g_assert_cmpuint (get_n (stream), ==, 1);
  g_assert_cmpint (add (stream, OTHER " " SECRET, 40 + FL_STREAM_AWAY_MS), ==, FL_STREAM_NEW);
  g_assert_cmpuint (get_n (stream), ==, 2);
}

static void
test_clear (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();
  guint n_told = 0;

  g_signal_connect (stream, "items-changed", G_CALLBACK (count_change), &n_told);
  add (stream, SERIAL " " SECRET, 0);
  add (stream, SERIAL " " SECRET, FL_STREAM_AWAY_MS);
  fl_label_stream_clear (stream);
  g_assert_cmpuint (get_n (stream), ==, 0);
  g_assert_cmpuint (n_told, ==, 0);
  g_assert_cmpint (add (stream, SERIAL " " SECRET, FL_STREAM_AWAY_MS + 1), ==, FL_STREAM_NEW);
}

static void
test_find (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();
  FlLabel *label;

  add (stream, SERIAL " " SECRET, 0);
  add (stream, "0a10aced202194944a0003c8", 0);
  label = fl_label_stream_find (stream, "p046ab12cd00001", NULL);
  g_assert_cmpstr (fl_label_get_serial (label), ==, SERIAL);
  g_assert_true (fl_label_stream_find (stream, NULL, "d00001") == label);
  g_assert_null (fl_label_stream_find (stream, OTHER, "D00002"));
  g_assert_null (fl_label_stream_find (stream, NULL, NULL));
}

/* The later one is the first of the list. */
static void
test_find_twins (void)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();
  const char *twin = "P051AB12CD00001"; /* ends like SERIAL */
  FlLabel *label;

  add (stream, SERIAL " " SECRET, 0);
  add (stream, "P051AB12CD00001 " SECRET, 10);
  label = fl_label_stream_find (stream, SERIAL, "D00001");
  g_assert_cmpstr (fl_label_get_serial (label), ==, SERIAL);
  label = fl_label_stream_find (stream, twin, "D00001");
  g_assert_cmpstr (fl_label_get_serial (label), ==, twin);
  g_assert_null (fl_label_stream_find (stream, OTHER, "D00001"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-stream/held/each-once", test_each_once);
  g_test_add_func ("/label-stream/held-up-again/duplicate", test_duplicate);
  g_test_add_func ("/label-stream/two-in-the-frame/each-once", test_two_at_once);
  g_test_add_func ("/label-stream/other-code/refused-once", test_refused);
  g_test_add_func ("/label-stream/many-other-codes/bounded", test_many_refused);
  g_test_add_func ("/label-stream/better-text/replaces", test_better_text);
  g_test_add_func ("/label-stream/undo/stays-away-while-held", test_undo);
  g_test_add_func ("/label-stream/clear/forgets", test_clear);
  g_test_add_func ("/label-stream/find/by-serial-or-code", test_find);
  g_test_add_func ("/label-stream/find/same-code-other-serial", test_find_twins);
  return g_test_run ();
}

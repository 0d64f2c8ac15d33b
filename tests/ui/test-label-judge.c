/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-error.h"
#include "fl-label-judge.h"
#include "ui-camera.h"

#define MS    1000
#define RIGHT UI_LABEL_SERIAL " " UI_LABEL_SECRET
#define MODEM "490154203237518"

static FlLabelVerdict
take (FlLabelJudge *judge, const char *text, gint64 at_ms, int *code)
{
  g_autoptr (FlLabelText) label_text = ui_label_text (text);
  g_autoptr (GError) error = NULL;
  FlLabelVerdict verdict = fl_label_judge_take (judge, label_text, at_ms * MS, &error);

  g_assert_true ((verdict == FL_JUDGED_WRONG) == (error != NULL));
  if (code != NULL)
    *code = error != NULL ? error->code : 0;
  return verdict;
}

static void
test_judge_right_one_at_once (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();

  g_assert_cmpint (take (judge, RIGHT, 0, NULL), ==, FL_JUDGED_RIGHT);
  g_assert_cmpint (take (judge, RIGHT, 33, NULL), ==, FL_JUDGED_HELD);
  g_assert_cmpint (take (judge, RIGHT, 33 + FL_JUDGE_AWAY_MS - 1, NULL), ==, FL_JUDGED_HELD);
}

static void
test_judge_right_one_again_after_it_was_away (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();

  take (judge, RIGHT, 0, NULL);
  g_assert_cmpint (take (judge, RIGHT, FL_JUDGE_AWAY_MS, NULL), ==, FL_JUDGED_RIGHT);
}

static void
test_judge_wrong_one_that_passes_by_is_not_told (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();

  g_assert_cmpint (take (judge, MODEM, 0, NULL), ==, FL_JUDGED_HELD);
  g_assert_cmpint (take (judge, MODEM, FL_JUDGE_SURE_MS - 1, NULL), ==, FL_JUDGED_HELD);
  g_assert_cmpint (take (judge, RIGHT, FL_JUDGE_SURE_MS, NULL), ==, FL_JUDGED_RIGHT);
}

static void
test_judge_wrong_one_is_told_once (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();
  int code;

  take (judge, MODEM, 0, NULL);
  g_assert_cmpint (take (judge, MODEM, FL_JUDGE_SURE_MS, &code), ==, FL_JUDGED_WRONG);
  g_assert_cmpint (code, ==, FL_ERROR_LABEL_OTHER_CODE);
  for (guint i = 1; i < 100; i++)
    g_assert_cmpint (take (judge, MODEM, FL_JUDGE_SURE_MS + 33 * i, NULL), ==, FL_JUDGED_HELD);
}

/* Two squares in one picture are read in turns. */
static void
test_judge_two_wrong_ones_in_turns_are_each_told_once (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();
  guint n_told = 0;

  for (gint64 at_ms = 0; at_ms < 5000; at_ms += 33)
    {
      n_told += take (judge, MODEM, at_ms, NULL) == FL_JUDGED_WRONG;
      n_told += take (judge, "https://example.com", at_ms, NULL) == FL_JUDGED_WRONG;
    }
  g_assert_cmpuint (n_told, ==, 2);
}

static void
test_judge_label_of_another_device (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();
  int code;

  fl_label_judge_set_wanted (judge, FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE, "4F2A1B");
  take (judge, RIGHT, 0, NULL);
  g_assert_cmpint (take (judge, RIGHT, FL_JUDGE_SURE_MS, &code), ==, FL_JUDGED_WRONG);
  g_assert_cmpint (code, ==, FL_ERROR_LABEL_OTHER_DEVICE);

  /* Another device is chosen, and it is the right one. */
  fl_label_judge_set_wanted (judge, FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE, UI_LABEL_ENDING);
  g_assert_cmpint (take (judge, RIGHT, FL_JUDGE_SURE_MS + 33, NULL), ==, FL_JUDGED_RIGHT);
}

static void
test_judge_serial_alone (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();

  take (judge, UI_LABEL_SERIAL, 0, NULL);
  g_assert_cmpint (take (judge, UI_LABEL_SERIAL, FL_JUDGE_SURE_MS, NULL), ==, FL_JUDGED_WRONG);

  /* A product whose devices prove nothing needs no more. */
  fl_label_judge_set_wanted (judge, FL_LABEL_USE_FIND, NULL);
  g_assert_cmpint (take (judge, UI_LABEL_SERIAL, 10000, NULL), ==, FL_JUDGED_RIGHT);
}

static void
test_judge_forgives_what_was_right (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();

  take (judge, RIGHT, 0, NULL);
  take (judge, MODEM, 0, NULL);
  take (judge, MODEM, FL_JUDGE_SURE_MS, NULL);
  fl_label_judge_forgive (judge);
  g_assert_cmpint (take (judge, RIGHT, FL_JUDGE_SURE_MS, NULL), ==, FL_JUDGED_RIGHT);
  g_assert_cmpint (take (judge, MODEM, FL_JUDGE_SURE_MS + 33, NULL), ==, FL_JUDGED_HELD);
}

/* A wall of codes: memory does not grow, and the right one is still found. */
static void
test_judge_many_codes_at_once (void)
{
  g_autoptr (FlLabelJudge) judge = fl_label_judge_new ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("https://example.com/%u", i);

      take (judge, text, i, NULL);
    }
  g_assert_cmpint (take (judge, RIGHT, 1000, NULL), ==, FL_JUDGED_RIGHT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/label-judge/right/at-once", test_judge_right_one_at_once);
  g_test_add_func ("/label-judge/right/again-after-away",
                   test_judge_right_one_again_after_it_was_away);
  g_test_add_func ("/label-judge/right/forgiven", test_judge_forgives_what_was_right);
  g_test_add_func ("/label-judge/wrong/passing-by-not-told",
                   test_judge_wrong_one_that_passes_by_is_not_told);
  g_test_add_func ("/label-judge/wrong/told-once", test_judge_wrong_one_is_told_once);
  g_test_add_func ("/label-judge/wrong/two-in-turns-each-once",
                   test_judge_two_wrong_ones_in_turns_are_each_told_once);
  g_test_add_func ("/label-judge/wrong/another-device", test_judge_label_of_another_device);
  g_test_add_func ("/label-judge/wrong/serial-alone", test_judge_serial_alone);
  g_test_add_func ("/label-judge/wrong/many-at-once", test_judge_many_codes_at_once);
  return g_test_run ();
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-clock.h"

typedef struct
{
  GString *story;
  char name;
} Mark;

static void
on_mark (gpointer data)
{
  Mark *mark = data;

  g_string_append_c (mark->story, mark->name);
}

static void
on_end (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
run_ms (FlClock *clock, guint ms)
{
  gboolean ended = FALSE;

  fl_clock_add_ms (clock, ms, on_end, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_order (void)
{
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (GString) story = g_string_new (NULL);
  Mark marks[] = { { story, 'a' }, { story, 'b' }, { story, 'c' }, { story, 'd' } };
  guint id;

  fl_clock_add_ms (clock, 20, on_mark, &marks[2]);
  fl_clock_add_ms (clock, 10, on_mark, &marks[0]);
  id = fl_clock_add_ms (clock, 10, on_mark, &marks[3]);
  fl_clock_add_ms (clock, 10, on_mark, &marks[1]);
  fl_clock_clear (clock, &id);
  g_assert_cmpuint (id, ==, 0);
  run_ms (clock, 30);
  g_assert_cmpstr (story->str, ==, "abc");
}

/* A timer that ran already is gone: clearing it touches no other. */
static void
test_clear_after_run (void)
{
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (GString) story = g_string_new (NULL);
  Mark marks[] = { { story, 'a' }, { story, 'b' } };
  guint id = fl_clock_add_ms (clock, 10, on_mark, &marks[0]);

  fl_clock_add_ms (clock, 30, on_mark, &marks[1]);
  run_ms (clock, 20);
  fl_clock_clear (clock, &id);
  run_ms (clock, 20);
  g_assert_cmpstr (story->str, ==, "ab");
}

/* A crowd has tens of thousands of timers, set and cleared all the time. */
static void
test_crowd (void)
{
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (GString) story = g_string_new (NULL);
  g_autofree guint *ids = g_new0 (guint, 50000);
  Mark mark = { story, 'x' };

  for (guint i = 0; i < 50000; i++)
    ids[i] = fl_clock_add_ms (clock, 1000 + i % 7, on_mark, &mark);
  for (guint i = 50000; i > 1; i--)
    fl_clock_clear (clock, &ids[i - 1]);
  run_ms (clock, 2000);
  g_assert_cmpstr (story->str, ==, "x");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual-clock/equal-times/in-the-order-added", test_order);
  g_test_add_func ("/virtual-clock/clear/after-it-ran", test_clear_after_run);
  g_test_add_func ("/virtual-clock/crowd/cleared-from-the-end", test_crowd);
  return g_test_run ();
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Many changes come in steps, few at once, and in the end the list is what its source is. */
#include "config.h"

#include "fl-paced-list.h"

typedef struct
{
  GListStore *source;
  GListModel *paced;
  GPtrArray *mirror; /* what somebody has who only listens to the changes */
  guint most;        /* new items in one change */
} Fixture;

static void
on_items_changed (Fixture *f, guint position, guint removed, guint added)
{
  guint n_new = 0;
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_cmpuint (position + removed, <=, f->mirror->len);
  for (guint i = 0; i < removed; i++)
    g_ptr_array_add (gone, g_object_ref (f->mirror->pdata[position + i]));
  if (removed > 0)
    g_ptr_array_remove_range (f->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gpointer item = g_list_model_get_item (f->paced, position + i);

      g_assert_nonnull (item);
      n_new += !g_ptr_array_find (gone, item, NULL);
      g_ptr_array_insert (f->mirror, (int) (position + i), item);
    }
  f->most = MAX (f->most, n_new);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->source = g_list_store_new (G_TYPE_OBJECT);
  f->paced = G_LIST_MODEL (fl_paced_list_new (G_LIST_MODEL (f->source)));
  f->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (f->paced, "items-changed", G_CALLBACK (on_items_changed), f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_assert_finalize_object (f->paced);
  g_ptr_array_unref (f->mirror);
  g_assert_finalize_object (f->source);
}

static void
insert (Fixture *f, guint position, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);

      g_list_store_insert (f->source, position, item);
    }
}

static gboolean
is_same (Fixture *f)
{
  GListModel *source = G_LIST_MODEL (f->source);
  guint n = g_list_model_get_n_items (source);

  if (g_list_model_get_n_items (f->paced) != n || f->mirror->len != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) wanted = g_list_model_get_item (source, i);
      g_autoptr (GObject) shown = g_list_model_get_item (f->paced, i);

      if (shown != wanted || f->mirror->pdata[i] != wanted)
        return FALSE;
    }
  return TRUE;
}

/* Meson's time limit ends a list that never gets there. */
static void
wait_same (Fixture *f)
{
  while (!is_same (f))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_few (Fixture *f, gconstpointer unused)
{
  insert (f, 0, FL_PACED_LIST_STEP - 1);
  g_assert_true (is_same (f));
  g_list_store_remove (f->source, 3);
  g_assert_true (is_same (f));
}

static void
test_many (Fixture *f, gconstpointer unused)
{
  insert (f, 0, 300);
  g_assert_cmpuint (g_list_model_get_n_items (f->paced), <=, FL_PACED_LIST_STEP);
  wait_same (f);
  g_assert_cmpuint (f->most, <=, FL_PACED_LIST_STEP);
}

static void
test_changes_meanwhile (Fixture *f, gconstpointer unused)
{
  insert (f, 0, 100);
  for (guint i = 0; i < 100; i++)
    {
      g_list_store_remove (f->source, i * 37 % 90);
      insert (f, i * 53 % 90, 1);
      if (i % 10 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  wait_same (f);
  g_assert_cmpuint (f->most, <=, FL_PACED_LIST_STEP);
  g_list_store_remove_all (f->source);
  wait_same (f);
}

static int
compare_addresses (gconstpointer a, gconstpointer b, gpointer unused)
{
  return (GPOINTER_TO_SIZE (a) > GPOINTER_TO_SIZE (b)) -
         (GPOINTER_TO_SIZE (a) < GPOINTER_TO_SIZE (b));
}

static void
test_new_order (Fixture *f, gconstpointer unused)
{
  insert (f, 0, 100);
  wait_same (f);
  g_list_store_sort (f->source, compare_addresses, NULL);
  g_list_store_remove (f->source, 50);
  wait_same (f);
}

static void
test_source_with_items (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlPacedList) other = NULL;

  insert (f, 0, 40);
  other = fl_paced_list_new (G_LIST_MODEL (f->source));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, FL_PACED_LIST_STEP);
  while (g_list_model_get_n_items (G_LIST_MODEL (other)) < 40)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/paced-list/few/at-once", Fixture, NULL, set_up, test_few, tear_down);
  g_test_add ("/paced-list/many/in-steps", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/paced-list/changes-meanwhile/same-in-the-end", Fixture, NULL, set_up,
              test_changes_meanwhile, tear_down);
  g_test_add ("/paced-list/new-order/same-in-the-end", Fixture, NULL, set_up, test_new_order,
              tear_down);
  g_test_add ("/paced-list/source-with-items/first-step-at-once", Fixture, NULL, set_up,
              test_source_with_items, tear_down);
  return g_test_run ();
}

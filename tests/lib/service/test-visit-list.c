/* SPDX-License-Identifier: Apache-2.0 */
/* The table of devices: one visit each, in the finder's order, and what a cable tells at a glance.
 */
#include "config.h"

#include "fl-sim-usb.h"
#include "fl-visit-list.h"
#include "visitor.h"

#include <string.h>

typedef struct
{
  Journey *journey;
  FlVisitList *list;
  guint n_items;
  guint n_changes;
} Table;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Table *self)
{
  self->n_items = self->n_items - removed + added;
  self->n_changes++;
  g_assert_cmpuint (self->n_items, ==, g_list_model_get_n_items (model));
}

static Table *
table_new (const char *device, const char *more)
{
  Table *self = g_new0 (Table, 1);

  self->journey = journey_new (device, more);
  fl_meta_finder_start (fl_engine_get_finder (self->journey->engine));
  self->list = fl_visit_list_new (self->journey->engine);
  self->n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), self);
  return self;
}

static void
table_free (Table *self)
{
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_assert_finalize_object (self->list);
  journey_free (self->journey);
  g_free (self);
}

static FlVisit *
get_visit (Table *self, guint position) /* borrowed: the list keeps it */
{
  g_autoptr (FlVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  return visit;
}

static void
assert_in_step (Table *self)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (self->journey->engine));

  g_assert_cmpuint (g_list_model_get_n_items (devices), ==,
                    g_list_model_get_n_items (G_LIST_MODEL (self->list)));
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (devices, i);

      g_assert_true (fl_visit_get_device (get_visit (self, i)) == device);
      g_assert_true (fl_visit_list_find (self->list, device) == get_visit (self, i));
    }
}

static void
test_bluetooth_is_left_alone (void)
{
  Table *table = table_new (NULL, NULL);

  journey_run_ms (table->journey, 20000);
  assert_in_step (table);
  g_assert_cmpuint (table->n_items, ==, 1);
  g_assert_null (fl_visit_get_info (get_visit (table, 0)));
  g_assert_no_error (fl_visit_get_error (get_visit (table, 0)));
  table_free (table);
}

static void
test_cable_is_glanced_at (void)
{
  Table *table = table_new ("usb=yes\nknown=home\n", NULL);
  FlVisit *visit;

  journey_run_ms (table->journey, 20000);
  assert_in_step (table);
  g_assert_cmpuint (table->n_items, ==, 1);
  visit = get_visit (table, 0);
  g_assert_nonnull (fl_visit_get_info (visit));
  g_assert_cmpstr (fl_visit_get_info (visit)->firmware, ==, "6.2.0");
  g_assert_nonnull (fl_visit_get_state (visit));
  g_assert_false (fl_visit_get_open (visit));
  g_assert_no_error (fl_visit_get_error (visit));
  table_free (table);
}

/* Not all of them talk at once, and none is forgotten. */
static void
test_hub_of_eight (void)
{
  Table *table = table_new ("usb=yes\n", "[Device hub]\n"
                                         "platform=p2\n"
                                         "usb=yes\n"
                                         "mode=running\n"
                                         "count=8\n");
  gint64 end_us = fl_clock_now_us (table->journey->clock) + 60 * G_USEC_PER_SEC;
  guint most = 0;

  while (fl_clock_now_us (table->journey->clock) < end_us)
    {
      guint n_open = 0;

      for (guint i = 0; i < table->n_items; i++)
        n_open += fl_visit_get_open (get_visit (table, i)) ? 1 : 0;
      most = MAX (most, n_open);
      g_main_context_iteration (NULL, TRUE);
    }
  assert_in_step (table);
  g_assert_cmpuint (table->n_items, ==, 9);
  g_assert_cmpuint (most, >, 0);
  g_assert_cmpuint (most, <=, 3);
  for (guint i = 0; i < table->n_items; i++)
    {
      g_assert_nonnull (fl_visit_get_info (get_visit (table, i)));
      g_assert_false (fl_visit_get_open (get_visit (table, i)));
    }
  table_free (table);
}

/* One that misbehaves does not keep the others from being seen. */
static void
test_one_misbehaves (void)
{
  Table *table = table_new ("usb=yes\nmode=running\nfaults=usb-silent=9\n", "[Device other]\n"
                                                                            "platform=p2\n"
                                                                            "usb=yes\n"
                                                                            "mode=running\n"
                                                                            "count=4\n");
  guint n_known = 0;

  journey_run_ms (table->journey, 200000);
  assert_in_step (table);
  for (guint i = 0; i < table->n_items; i++)
    n_known += fl_visit_get_info (get_visit (table, i)) != NULL ? 1 : 0;
  g_assert_cmpuint (n_known, >=, 4);
  for (guint i = 0; i < table->n_items; i++)
    g_assert_false (fl_visit_get_open (get_visit (table, i)));
  table_free (table);
}

static void
test_leaves_and_comes_back (void)
{
  Table *table = table_new ("usb=yes\nmode=running\n", NULL);
  FlSimDevice *device = fl_sim_world_get_device (table->journey->world, 0);
  FlVisit *visit;

  journey_run_ms (table->journey, 20000);
  g_assert_cmpuint (table->n_items, ==, 1);
  visit = get_visit (table, 0);
  g_assert_nonnull (fl_visit_get_info (visit));

  /* For a moment: the row stays, and it is read again. */
  fl_sim_usb_unplug (device, fl_clock_now_us (table->journey->clock));
  journey_run_ms (table->journey, 10000);
  g_assert_cmpuint (table->n_items, ==, 1);
  g_assert_nonnull (fl_visit_get_info (visit));
  fl_sim_usb_plug (device, fl_clock_now_us (table->journey->clock));
  journey_run_ms (table->journey, 10000);
  g_assert_true (get_visit (table, 0) == visit);
  g_assert_no_error (fl_visit_get_error (visit));

  /* For long: the row goes, and what was known comes back with the device. */
  fl_sim_usb_unplug (device, fl_clock_now_us (table->journey->clock));
  journey_run_ms (table->journey, 60000);
  g_assert_cmpuint (table->n_items, ==, 0);
  fl_sim_usb_plug (device, fl_clock_now_us (table->journey->clock));
  journey_run_ms (table->journey, 10000);
  assert_in_step (table);
  g_assert_cmpuint (table->n_items, ==, 1);
  g_assert_true (get_visit (table, 0) == visit);
  g_assert_nonnull (fl_visit_get_info (visit));
  table_free (table);
}

/* A page that shows a device which goes for long has it back by itself. */
static void
test_open_visit_comes_back (void)
{
  Table *table = table_new ("usb=yes\nmode=running\nknown=home\n", NULL);
  FlSimDevice *device = fl_sim_world_get_device (table->journey->world, 0);
  g_autoptr (FlVisit) visit = NULL;

  journey_run_ms (table->journey, 20000);
  visit = g_object_ref (get_visit (table, 0));
  fl_visit_open (visit);
  journey_run_ms (table->journey, 5000);
  g_assert_true (fl_visit_get_open (visit));
  fl_sim_usb_unplug (device, fl_clock_now_us (table->journey->clock));
  journey_run_ms (table->journey, 90000);
  g_assert_false (fl_visit_get_open (visit));
  g_assert_nonnull (fl_visit_get_error (visit));
  g_assert_nonnull (fl_visit_get_state (visit));
  fl_sim_usb_plug (device, fl_clock_now_us (table->journey->clock));
  journey_run_ms (table->journey, 10000);
  g_assert_true (fl_visit_get_open (visit));
  g_assert_no_error (fl_visit_get_error (visit));
  fl_visit_close (visit);
  g_clear_object (&visit);
  table_free (table);
}

/* The list may go while its glances are under way. */
static void
test_goes_in_the_middle (void)
{
  for (guint ms = 100; ms < 2500; ms += 300)
    {
      Table *table = table_new ("usb=yes\nmode=running\n", NULL);

      journey_run_ms (table->journey, ms);
      table_free (table);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit-list/bluetooth/waits-for-its-label", test_bluetooth_is_left_alone);
  g_test_add_func ("/visit-list/cable/glanced-at", test_cable_is_glanced_at);
  g_test_add_func ("/visit-list/hub/a-few-at-a-time", test_hub_of_eight);
  g_test_add_func ("/visit-list/hub/one-misbehaves", test_one_misbehaves);
  g_test_add_func ("/visit-list/device/leaves-and-comes-back", test_leaves_and_comes_back);
  g_test_add_func ("/visit-list/device/open-one-comes-back", test_open_visit_comes_back);
  g_test_add_func ("/visit-list/list/goes-in-the-middle", test_goes_in_the_middle);
  return g_test_run ();
}

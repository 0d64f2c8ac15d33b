/* SPDX-License-Identifier: Apache-2.0 */
/* One device in the hands of support staff: opening, reading, orders and their ends. */
#include "config.h"

#include "visitor.h"

#include <string.h>

#define STORED "known=home;guests\n"

static void
test_opens (void)
{
  Visitor *visitor = visitor_new (STORED, NULL);
  g_autofree char *known = NULL;

  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_OVERVIEW), ==, FL_BLOCK_EMPTY);
  g_assert_null (fl_visit_get_info (visitor->visit));
  g_assert_cmpint (fl_visit_get_setup_done (visitor->visit), ==, -1);
  g_assert_true (visitor_open (visitor));
  g_assert_no_error (fl_visit_get_error (visitor->visit));
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_OVERVIEW), ==, FL_BLOCK_READY);
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_STATE), ==, FL_BLOCK_READY);
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_NETWORKS), ==, FL_BLOCK_READY);
  g_assert_cmpstr (fl_visit_get_info (visitor->visit)->firmware, ==, "6.2.0");
  g_assert_cmpstr (fl_visit_get_info (visitor->visit)->serial, ==, JOURNEY_SERIAL);
  g_assert_cmpint (fl_visit_get_light (visitor->visit)->state, ==, FL_LIGHT_STATE_LISTENING);
  known = visitor_dup_known (visitor);
  g_assert_cmpstr (known, ==, "Home Guests");
  g_assert_cmpuint (fl_visit_get_capabilities (visitor->visit) & FL_CAN_LIST_KNOWN, !=, 0);
  visitor_free (visitor);
}

static void
test_need (void)
{
  Visitor *visitor = visitor_new (NULL, NULL);

  g_assert_cmpuint (fl_visit_get_need (visitor->visit), ==, FL_NEED_NOTHING);
  fl_visit_set_label (visitor->visit, NULL);
  g_assert_cmpuint (fl_visit_get_need (visitor->visit), ==, FL_NEED_SECRET);
  g_assert_false (visitor_open (visitor));
  g_assert_error (fl_visit_get_error (visitor->visit), FL_ERROR, FL_ERROR_WRONG_SECRET);
  visitor_free (visitor);
}

/* What was learned stays, and the device can be opened once more. */
static void
test_closes_and_opens_again (void)
{
  Visitor *visitor = visitor_new (STORED, NULL);

  g_assert_true (visitor_open (visitor));
  fl_visit_close (visitor->visit);
  g_assert_false (fl_visit_get_open (visitor->visit));
  journey_run_ms (visitor->journey, 30000);
  g_assert_no_error (fl_visit_get_error (visitor->visit));
  g_assert_nonnull (fl_visit_get_info (visitor->visit));
  g_assert_null (fl_setup_get_driver (fl_visit_get_setup (visitor->visit)));
  g_assert_true (visitor_open (visitor));
  g_assert_true (fl_sim_device_is_listening (visitor_get_device (visitor)));
  visitor_free (visitor);
}

static void
test_glance (void)
{
  Visitor *visitor = visitor_new (STORED, NULL);

  fl_visit_glance (visitor->visit);
  journey_run_ms (visitor->journey, 20000);
  g_assert_false (fl_visit_get_open (visitor->visit));
  g_assert_no_error (fl_visit_get_error (visitor->visit));
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_OVERVIEW), ==, FL_BLOCK_READY);
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_STATE), ==, FL_BLOCK_READY);
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_NETWORKS), ==, FL_BLOCK_EMPTY);
  g_assert_null (fl_setup_get_driver (fl_visit_get_setup (visitor->visit)));

  /* Somebody opens it in the middle of a glance: it stays. */
  fl_visit_glance (visitor->visit);
  journey_run_ms (visitor->journey, 300);
  g_assert_true (visitor_open (visitor));
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_NETWORKS), ==, FL_BLOCK_READY);
  journey_run_ms (visitor->journey, 20000);
  g_assert_true (fl_visit_get_open (visitor->visit));
  visitor_free (visitor);
}

static void
test_out_of_reach (void)
{
  Visitor *visitor = visitor_new ("faults=vanish-at=5s\n", NULL);

  journey_run_ms (visitor->journey, 6000);
  g_assert_false (visitor_open (visitor));
  g_assert_nonnull (fl_visit_get_error (visitor->visit));
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    g_assert_cmpint (fl_visit_get_status (visitor->visit, (FlVisitBlock) i), !=, FL_BLOCK_READING);
  visitor_free (visitor);
}

static void
test_link_lost (void)
{
  Visitor *visitor = visitor_new (STORED "faults=drop-link-after=20s x1\n", NULL);

  g_assert_true (visitor_open (visitor));
  while (fl_visit_get_open (visitor->visit))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (fl_visit_get_info (visitor->visit));
  while (!fl_visit_get_open (visitor->visit))
    {
      g_assert_no_error (fl_visit_get_error (visitor->visit));
      g_main_context_iteration (NULL, TRUE);
    }
  visitor_run_to_rest (visitor);
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_NETWORKS), ==, FL_BLOCK_READY);
  visitor_free (visitor);
}

/* Each block fails by itself. */
static void
test_block_fails (void)
{
  Visitor *visitor = visitor_new (STORED "faults=answer=502:-160 x2\n", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (visitor_open (visitor));
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_NETWORKS), ==, FL_BLOCK_FAILED);
  g_assert_nonnull (fl_visit_get_block_error (visitor->visit, FL_VISIT_NETWORKS));
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_STATE), ==, FL_BLOCK_READY);
  before = visitor_dup_known (visitor);
  g_assert_cmpstr (before, ==, "");
  fl_visit_refresh (visitor->visit, FL_VISIT_NETWORKS);
  visitor_run_to_rest (visitor);
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_NETWORKS), ==, FL_BLOCK_READY);
  g_assert_null (fl_visit_get_block_error (visitor->visit, FL_VISIT_NETWORKS));
  after = visitor_dup_known (visitor);
  g_assert_cmpstr (after, ==, "Home Guests");
  visitor_free (visitor);
}

static void
test_identify (void)
{
  Visitor *visitor = visitor_new (NULL, NULL);

  fl_visit_identify_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
  g_assert_true (fl_visit_get_busy (visitor->visit));
  g_assert_true (visitor_wait (visitor)); /* opens by itself */
  g_assert_true (fl_sim_device_is_nyan (visitor_get_device (visitor)));
  g_assert_cmpint (fl_visit_get_light (visitor->visit)->state, ==, FL_LIGHT_STATE_NYAN);
  fl_visit_identify_async (visitor->visit, FALSE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  g_assert_false (fl_sim_device_is_nyan (visitor_get_device (visitor)));
  visitor_free (visitor);
}

/* Nobody must find a device shining like a rainbow after its visitor has gone. */
static void
test_close_ends_identifying (void)
{
  Visitor *visitor = visitor_new (NULL, NULL);

  fl_visit_identify_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  fl_visit_close (visitor->visit);
  journey_run_ms (visitor->journey, 5000);
  g_assert_false (fl_sim_device_is_nyan (visitor_get_device (visitor)));
  g_assert_false (fl_visit_get_open (visitor->visit));
  visitor_free (visitor);
}

static void
test_orders_in_turn (void)
{
  Visitor *visitor = visitor_new (STORED, NULL);
  g_autoptr (GBytes) ssid = visitor_ssid ("Guests");
  g_autofree char *known = NULL;

  g_assert_true (visitor_open (visitor));
  fl_visit_identify_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
  fl_visit_remove_async (visitor->visit, ssid, NULL, visitor_on_end, visitor);
  fl_visit_identify_async (visitor->visit, FALSE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  g_assert_cmpuint (visitor->n_ended, ==, 3);
  g_assert_false (fl_sim_device_is_nyan (visitor_get_device (visitor)));
  known = visitor_dup_known (visitor);
  g_assert_cmpstr (known, ==, "Home");
  visitor_free (visitor);
}

static void
test_remove_all (void)
{
  Visitor *visitor = visitor_new (STORED, NULL);
  g_autofree char *known = NULL;

  g_assert_null (fl_visit_get_notes (visitor->visit)[0]);
  fl_visit_remove_async (visitor->visit, NULL, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  known = visitor_dup_device_known (visitor);
  g_assert_cmpstr (known, ==, "");
  g_assert_cmpuint (g_list_model_get_n_items (fl_visit_get_known (visitor->visit)), ==, 0);
  g_assert_cmpstr (fl_visit_get_notes (visitor->visit)[0], ==, "cleared: 2 networks");
  g_assert_null (fl_visit_get_notes (visitor->visit)[1]);
  visitor_free (visitor);
}

static void
test_cancel_each (void)
{
  static const guint delays_ms[] = { 0, 500, 1500, 3000, 5000 };

  for (gsize i = 0; i < G_N_ELEMENTS (delays_ms); i++)
    {
      Visitor *visitor = visitor_new (STORED, NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (FlCredentials) credentials =
          visitor_credentials ("Home", "correct horse", FL_SECURITY_WPA2);

      fl_visit_remove_async (visitor->visit, NULL, cancellable, visitor_on_end, visitor);
      fl_visit_add_async (visitor->visit, credentials, TRUE, cancellable, visitor_on_end, visitor);
      fl_visit_reset_async (visitor->visit, FL_RESET_NORMAL, cancellable, visitor_on_end, visitor);
      if (delays_ms[i] > 0)
        journey_run_ms (visitor->journey, delays_ms[i]);
      g_cancellable_cancel (cancellable);
      g_assert_false (visitor_wait (visitor));
      visitor_assert_error (visitor, FL_ERROR_CANCELLED);
      g_assert_cmpuint (visitor->n_ended, ==, 3);
      g_assert_no_error (fl_visit_get_error (visitor->visit));

      /* And then it goes on being of use. */
      fl_visit_identify_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
      g_assert_true (visitor_wait (visitor));
      visitor_free (visitor);
    }
}

static void
test_close_ends_orders (void)
{
  Visitor *visitor = visitor_new (STORED, NULL);
  g_autoptr (FlCredentials) credentials =
      visitor_credentials ("Home", "correct horse", FL_SECURITY_WPA2);

  fl_visit_add_async (visitor->visit, credentials, TRUE, NULL, visitor_on_end, visitor);
  fl_visit_remove_async (visitor->visit, NULL, NULL, visitor_on_end, visitor);
  journey_run_ms (visitor->journey, 4000);
  fl_visit_close (visitor->visit);
  g_assert_false (visitor_wait (visitor));
  journey_run_ms (visitor->journey, 100);
  g_assert_cmpuint (visitor->n_ended, ==, 2);
  visitor_assert_error (visitor, FL_ERROR_CANCELLED);
  visitor_free (visitor);
}

/* A device that goes for good in the middle: each order has its end. */
static void
test_gone_during_orders (void)
{
  for (guint ms = 1000; ms <= 12000; ms += 500)
    {
      g_autofree char *faults = g_strdup_printf (STORED "faults=vanish-at=%ums\n", ms);
      Visitor *visitor = visitor_new (faults, NULL);
      g_autoptr (GBytes) ssid = visitor_ssid ("Guests");
      g_autoptr (FlCredentials) credentials =
          visitor_credentials ("Home", "correct horse", FL_SECURITY_WPA2);

      fl_visit_identify_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
      fl_visit_replace_async (visitor->visit, ssid, credentials, TRUE, NULL, visitor_on_end,
                              visitor);
      fl_visit_reset_async (visitor->visit, FL_RESET_NORMAL, NULL, visitor_on_end, visitor);
      g_assert_false (visitor_wait (visitor));
      g_assert_cmpuint (visitor->n_ended, ==, 3);
      g_assert_nonnull (visitor->error);
      visitor_free (visitor);
    }
}

static void
test_order_repeated_after_loss (void)
{
  Visitor *visitor = visitor_new (STORED "faults=drop-link-after=6s x1\n", NULL);
  g_autoptr (GBytes) ssid = visitor_ssid ("Guests");
  g_autofree char *known = NULL;

  g_assert_true (visitor_open (visitor));
  while (fl_visit_get_open (visitor->visit))
    {
      fl_visit_remove_async (visitor->visit, ssid, NULL, visitor_on_end, visitor);
      g_assert_true (visitor_wait (visitor));
    }
  fl_visit_identify_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  known = visitor_dup_device_known (visitor);
  g_assert_cmpstr (known, ==, "Home");
  visitor_free (visitor);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit/open/reads-all-blocks", test_opens);
  g_test_add_func ("/visit/open/needs-the-secret", test_need);
  g_test_add_func ("/visit/open/again-after-close", test_closes_and_opens_again);
  g_test_add_func ("/visit/open/device-has-gone", test_out_of_reach);
  g_test_add_func ("/visit/glance/reads-a-little-and-goes", test_glance);
  g_test_add_func ("/visit/link/lost-and-found", test_link_lost);
  g_test_add_func ("/visit/block/fails-by-itself", test_block_fails);
  g_test_add_func ("/visit/identify/on-and-off", test_identify);
  g_test_add_func ("/visit/identify/ends-with-the-visit", test_close_ends_identifying);
  g_test_add_func ("/visit/orders/in-turn", test_orders_in_turn);
  g_test_add_func ("/visit/orders/cancelled-at-any-time", test_cancel_each);
  g_test_add_func ("/visit/orders/end-with-the-visit", test_close_ends_orders);
  g_test_add_func ("/visit/orders/device-gone-at-any-time", test_gone_during_orders);
  g_test_add_func ("/visit/orders/outlive-a-lost-link", test_order_repeated_after_loss);
  g_test_add_func ("/visit/remove/all-is-noted", test_remove_all);
  return g_test_run ();
}

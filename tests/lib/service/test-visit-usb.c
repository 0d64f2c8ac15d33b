/* SPDX-License-Identifier: Apache-2.0 */
/* A device on a cable in the hands of support staff: it restarts, goes into update mode and out of
 * it, is locked, and is pulled out at any moment. */
#include "config.h"

#include "fl-check.h"
#include "fl-sim-usb.h"
#include "visitor.h"

#include <string.h>

#define CABLE "usb=yes\nmode=running\nknown=home;guests\n"

static void
reset (Visitor *visitor, FlResetKind kind)
{
  fl_visit_reset_async (visitor->visit, kind, NULL, visitor_on_end, visitor);
}

static gint64
now_us (Visitor *visitor)
{
  return fl_clock_now_us (visitor->journey->clock);
}

static void
test_reads_all (void)
{
  Visitor *visitor = visitor_new (CABLE, NULL);

  g_assert_cmpuint (fl_visit_get_need (visitor->visit), ==, FL_NEED_NOTHING);
  g_assert_true (visitor_open (visitor));
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    g_assert_cmpint (fl_visit_get_status (visitor->visit, (FlVisitBlock) i), ==, FL_BLOCK_READY);
  g_assert_nonnull (fl_visit_get_modules (visitor->visit));
  g_assert_cmpuint (fl_visit_get_modules (visitor->visit)->len, >, 1);
  g_assert_cmpint (fl_visit_get_state (visitor->visit)->mode, ==, FL_MODE_RUNNING);
  visitor_free (visitor);
}

static void
test_reset (gconstpointer data)
{
  FlResetKind kind = (FlResetKind) GPOINTER_TO_INT (data);
  Visitor *visitor = visitor_new (CABLE, NULL);
  FlSimDevice *device = visitor_get_device (visitor);
  guint attachment;

  g_assert_true (visitor_open (visitor));
  attachment = fl_sim_usb_get_attachment (device, now_us (visitor));
  reset (visitor, kind);
  g_assert_true (visitor_wait (visitor));
  g_assert_cmpuint (fl_sim_usb_get_attachment (device, now_us (visitor)), >, attachment);
  g_assert_true (fl_visit_get_open (visitor->visit));
  g_assert_no_error (fl_visit_get_error (visitor->visit));
  g_assert_cmpint (fl_visit_get_status (visitor->visit, FL_VISIT_STATE), ==, FL_BLOCK_READY);

  /* And once more, as often as somebody likes. */
  for (guint i = 0; i < 6; i++)
    {
      reset (visitor, FL_RESET_NORMAL);
      g_assert_true (visitor_wait (visitor));
    }
  g_assert_cmpint (fl_visit_get_state (visitor->visit)->mode, ==, FL_MODE_RUNNING);
  visitor_free (visitor);
}

static void
test_update_mode (void)
{
  Visitor *visitor = visitor_new (CABLE, NULL);

  reset (visitor, FL_RESET_BOOTLOADER);
  g_assert_true (visitor_wait (visitor));
  g_assert_false (fl_visit_get_open (visitor->visit));
  g_assert_cmpint (fl_visit_get_light (visitor->visit)->state, ==, FL_LIGHT_STATE_DFU);
  g_assert_nonnull (fl_visit_get_info (visitor->visit)); /* what is known stays */
  g_assert_cmpuint (fl_visit_get_capabilities (visitor->visit), ==, FL_CAN_RESET);

  reset (visitor, FL_RESET_NORMAL);
  g_assert_true (visitor_wait (visitor));
  g_assert_no_error (visitor->error);
  g_assert_true (fl_visit_get_open (visitor->visit));
  g_assert_cmpint (fl_visit_get_state (visitor->visit)->mode, ==, FL_MODE_RUNNING);
  visitor_free (visitor);
}

/* Brought in like this: a row that says so, and the way out of it. */
static void
test_found_in_update_mode (void)
{
  Visitor *visitor = visitor_new (CABLE, NULL);

  reset (visitor, FL_RESET_BOOTLOADER);
  g_assert_true (visitor_wait (visitor));
  fl_visit_close (visitor->visit);
  g_assert_false (visitor_open (visitor));
  g_assert_error (fl_visit_get_error (visitor->visit), FL_ERROR, FL_ERROR_UPDATE_MODE);
  reset (visitor, FL_RESET_NORMAL);
  g_assert_true (visitor_wait (visitor));
  g_assert_true (fl_visit_get_open (visitor->visit));
  visitor_free (visitor);
}

/* A device that is told to go and stays away. */
static void
test_reset_and_gone (void)
{
  Visitor *visitor = visitor_new (CABLE, NULL);
  gint64 began_us;

  g_assert_true (visitor_open (visitor));
  began_us = now_us (visitor);
  reset (visitor, FL_RESET_NORMAL);
  journey_run_ms (visitor->journey, 300);
  fl_sim_usb_unplug (visitor_get_device (visitor), now_us (visitor));
  g_assert_false (visitor_wait (visitor));
  visitor_assert_error (visitor, FL_ERROR_DEVICE_OUT_OF_REACH);
  g_assert_cmpint (now_us (visitor) - began_us, <=, 62 * G_USEC_PER_SEC);
  visitor_free (visitor);
}

static void
test_reset_comes_back_late (void)
{
  Visitor *visitor = visitor_new (CABLE, NULL);

  g_assert_true (visitor_open (visitor));
  reset (visitor, FL_RESET_NORMAL);
  journey_run_ms (visitor->journey, 300);
  fl_sim_usb_unplug (visitor_get_device (visitor), now_us (visitor));
  journey_run_ms (visitor->journey, 45000); /* the list has let it go, and the journey too */
  fl_sim_usb_plug (visitor_get_device (visitor), now_us (visitor));
  g_assert_true (visitor_wait (visitor));
  g_assert_true (fl_visit_get_open (visitor->visit));
  visitor_free (visitor);
}

static void
test_listening (void)
{
  Visitor *visitor = visitor_new (CABLE, NULL);

  fl_visit_listen_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  g_assert_true (fl_sim_device_is_listening (visitor_get_device (visitor)));
  g_assert_cmpint (fl_visit_get_state (visitor->visit)->mode, ==, FL_MODE_LISTENING);
  fl_visit_listen_async (visitor->visit, FALSE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  g_assert_false (fl_sim_device_is_listening (visitor_get_device (visitor)));
  g_assert_cmpint (fl_visit_get_state (visitor->visit)->mode, ==, FL_MODE_RUNNING);
  g_assert_true (fl_visit_get_open (visitor->visit));
  visitor_free (visitor);
}

static void
test_setup_done (void)
{
  Visitor *visitor = visitor_new ("usb=yes\nmode=running\nfirmware=3.3.0\nplatform=argon\n"
                                  "serial=ARNKAB245AB12CD\n",
                                  NULL);

  g_assert_true (visitor_open (visitor));
  g_assert_cmpuint (fl_visit_get_capabilities (visitor->visit) & FL_CAN_SETUP_DONE, !=, 0);
  g_assert_cmpint (fl_visit_get_setup_done (visitor->visit), !=, -1);
  fl_visit_set_setup_done_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  g_assert_cmpint (fl_visit_get_setup_done (visitor->visit), ==, 1);
  visitor_free (visitor);

  visitor = visitor_new (CABLE, NULL); /* its software has none */
  g_assert_true (visitor_open (visitor));
  g_assert_cmpint (fl_visit_get_setup_done (visitor->visit), ==, -1);
  fl_visit_set_setup_done_async (visitor->visit, FALSE, NULL, visitor_on_end, visitor);
  g_assert_false (visitor_wait (visitor));
  visitor_assert_error (visitor, FL_ERROR_UNSUPPORTED);
  visitor_free (visitor);
}

static void
test_protected (void)
{
  Visitor *visitor = visitor_new (CABLE "protected=yes\n", NULL);
  FlCheckFacts facts = { 0 };
  g_autoptr (GPtrArray) findings = NULL;
  FlFinding *first;

  g_assert_true (visitor_open (visitor));
  g_assert_true (fl_visit_get_info (visitor->visit)->is_protected);
  facts.info = fl_visit_get_info (visitor->visit);
  facts.error = fl_visit_get_block_error (visitor->visit, FL_VISIT_STATE);
  if (fl_visit_get_status (visitor->visit, FL_VISIT_STATE) == FL_BLOCK_READY)
    facts.state = fl_visit_get_state (visitor->visit);
  findings = fl_check_judge (&facts);
  first = fl_check_get_break (findings);
  g_assert_nonnull (first);
  g_assert_error (fl_finding_get_error (first), FL_ERROR, FL_ERROR_PROTECTED);

  fl_visit_remove_async (visitor->visit, NULL, NULL, visitor_on_end, visitor);
  g_assert_false (visitor_wait (visitor));
  visitor_assert_error (visitor, FL_ERROR_PROTECTED);
  g_assert_cmpuint (fl_sim_device_get_n_known (visitor_get_device (visitor)), ==, 2);
  g_assert_null (fl_visit_get_notes (visitor->visit)[0]);
  visitor_free (visitor);
}

typedef struct
{
  GBytes *reply;
  int code;
  GError *error;
  gboolean ended;
} Reply;

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  Reply *reply = data;

  reply->reply = fl_visit_request_finish (FL_VISIT (source), result, &reply->code, &reply->error);
  reply->ended = TRUE;
}

static void
test_request (void)
{
  Visitor *visitor = visitor_new (CABLE "app-request=echo\n", NULL);
  g_autoptr (FlSecret) payload = fl_secret_new_from_string ("{\"led\":1}");
  Reply reply = { 0 };

  fl_visit_request_async (visitor->visit, 10, payload, NULL, on_reply, &reply);
  while (!reply.ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (reply.error);
  g_assert_cmpint (reply.code, ==, 0);
  g_assert_cmpmem (g_bytes_get_data (reply.reply, NULL), g_bytes_get_size (reply.reply),
                   "{\"led\":1}", 9);
  g_bytes_unref (reply.reply);
  visitor_free (visitor);
}

static void
look_again (Visitor *visitor)
{
  GListModel *finders =
      fl_meta_finder_get_finders (fl_engine_get_finder (visitor->journey->engine));

  for (guint i = 0; i < g_list_model_get_n_items (finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (finders, i);

      fl_finder_repair (finder, FL_ACTION_ADD_RULE);
    }
}

/* Once the rule is there the page fills by itself. */
static void
test_rule_added (void)
{
  Visitor *visitor = visitor_new (CABLE "faults=usb-refused x1\n", NULL);

  g_assert_false (visitor_open (visitor));
  g_assert_error (fl_visit_get_error (visitor->visit), FL_ERROR, FL_ERROR_USB_ACCESS);
  look_again (visitor);
  journey_run_ms (visitor->journey, 5000);
  g_assert_true (fl_visit_get_open (visitor->visit));
  g_assert_no_error (fl_visit_get_error (visitor->visit));
  visitor_free (visitor);
}

/* Out of Bluetooth's reach for long, and then somebody brings a cable. */
static void
test_cable_after_bluetooth (void)
{
  Visitor *visitor = visitor_new ("known=home\nusb=later 70s\nfaults=vanish-at=20s\n", NULL);
  g_autoptr (FlLabel) label = fl_label_parse (JOURNEY_LABEL, -1, NULL);

  fl_visit_set_label (visitor->visit, label);
  g_assert_true (visitor_open (visitor));
  journey_run_ms (visitor->journey, 45000);
  g_assert_false (fl_visit_get_open (visitor->visit));
  g_assert_nonnull (fl_visit_get_error (visitor->visit));
  journey_run_ms (visitor->journey, 40000);
  fl_visit_open (visitor->visit);
  journey_run_ms (visitor->journey, 10000);
  g_assert_true (fl_visit_get_open (visitor->visit));
  g_assert_cmpint (fl_road_get_kind (fl_setup_get_road (fl_visit_get_setup (visitor->visit))), ==,
                   FL_ROAD_USB);
  visitor_free (visitor);
}

/* What the application says is its own matter: no error. */
static void
test_request_refused (void)
{
  Visitor *visitor = visitor_new (CABLE, NULL);
  Reply reply = { 0 };

  fl_visit_request_async (visitor->visit, 10, NULL, NULL, on_reply, &reply);
  while (!reply.ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (reply.error);
  g_assert_cmpint (reply.code, ==, -120);
  g_assert_cmpuint (g_bytes_get_size (reply.reply), ==, 0);
  g_bytes_unref (reply.reply);
  visitor_free (visitor);
}

/* Its modules say that it runs without its application, and so do the state and the check. */
static void
test_safe_mode (void)
{
  Visitor *visitor = visitor_new (CABLE "modules=broken\n", NULL);
  FlCheckFacts facts = { 0 };
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_true (visitor_open (visitor));
  g_assert_cmpint (fl_visit_get_state (visitor->visit)->mode, ==, FL_MODE_SAFE);
  facts.state = fl_visit_get_state (visitor->visit);
  facts.modules = fl_visit_get_modules (visitor->visit);
  findings = fl_check_judge (&facts);
  g_assert_nonnull (fl_check_get_break (findings));
  g_assert_cmpint (fl_finding_get_verdict (fl_check_get_break (findings)), ==, FL_VERDICT_BROKEN);
  visitor_free (visitor);
}

/* The orders, by number. */
static gboolean
give_order (Visitor *visitor, guint which)
{
  g_autoptr (GBytes) guests = visitor_ssid ("Guests");
  g_autoptr (FlCredentials) credentials =
      visitor_credentials ("Home", "correct horse", FL_SECURITY_WPA2);

  switch (which)
    {
    case 0:
      fl_visit_identify_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
      return TRUE;
    case 1:
      fl_visit_listen_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
      return TRUE;
    case 2:
      reset (visitor, FL_RESET_NORMAL);
      return TRUE;
    case 3:
      fl_visit_remove_async (visitor->visit, guests, NULL, visitor_on_end, visitor);
      return TRUE;
    case 4:
      fl_visit_remove_async (visitor->visit, NULL, NULL, visitor_on_end, visitor);
      return TRUE;
    case 5:
      fl_visit_add_async (visitor->visit, credentials, TRUE, NULL, visitor_on_end, visitor);
      return TRUE;
    case 6:
      fl_visit_add_async (visitor->visit, credentials, FALSE, NULL, visitor_on_end, visitor);
      return TRUE;
    case 7:
      fl_visit_replace_async (visitor->visit, guests, credentials, TRUE, NULL, visitor_on_end,
                              visitor);
      return TRUE;
    case 8:
      fl_visit_try_async (visitor->visit, guests, NULL, visitor_on_end, visitor);
      return TRUE;
    case 9:
      reset (visitor, FL_RESET_BOOTLOADER);
      return TRUE;
    default:
      return FALSE;
    }
}

static const guint moments_ms[] = { 1, 3, 10, 40, 150, 600, 1500, 2600, 4000, 6000 };

/* Pulled out in the middle and not put back: it ends, and says why. */
static void
test_unplugged (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (moments_ms); i++)
    {
      Visitor *visitor = visitor_new (CABLE, NULL);
      gint64 began_us;

      g_assert_true (visitor_open (visitor));
      began_us = now_us (visitor);
      g_assert_true (give_order (visitor, which));
      journey_run_ms (visitor->journey, moments_ms[i]);
      fl_sim_usb_unplug (visitor_get_device (visitor), now_us (visitor));
      visitor_wait (visitor);
      g_assert_cmpuint (visitor->n_ended, ==, 1);
      g_assert_cmpint (now_us (visitor) - began_us, <=, 130 * G_USEC_PER_SEC);
      journey_run_ms (visitor->journey, 40000);
      g_assert_false (fl_visit_get_open (visitor->visit));
      g_assert_nonnull (fl_visit_get_info (visitor->visit));
      if (which == 7 && !visitor->ok)
        g_assert_cmpuint (fl_sim_device_get_n_known (visitor_get_device (visitor)), >=, 2);
      visitor_free (visitor);
    }
}

/* Pulled out and put back: the visit goes on, and so does what can be done twice. */
static void
test_plugged_in_again (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (moments_ms); i++)
    {
      Visitor *visitor = visitor_new (CABLE, NULL);

      g_assert_true (visitor_open (visitor));
      g_assert_true (give_order (visitor, which));
      journey_run_ms (visitor->journey, moments_ms[i]);
      fl_sim_usb_unplug (visitor_get_device (visitor), now_us (visitor));
      journey_run_ms (visitor->journey, 2000);
      fl_sim_usb_plug (visitor_get_device (visitor), now_us (visitor));
      if (!visitor_wait (visitor))
        g_error ("Order %u, out after %u ms: %s", which, moments_ms[i], visitor->error->message);
      g_assert_cmpuint (visitor->n_ended, ==, 1);
      if (which != 9)
        {
          journey_run_ms (visitor->journey, 20000);
          g_assert_true (fl_visit_get_open (visitor->visit));
        }
      visitor_free (visitor);
    }
}

int
main (int argc, char *argv[])
{
  static const char *const orders[] = { "identify", "listen", "reset",   "remove", "remove-all",
                                        "add",      "save",   "replace", "try",    "bootloader" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit-usb/open/reads-all-blocks", test_reads_all);
  g_test_add_data_func ("/visit-usb/reset/normal", GINT_TO_POINTER (FL_RESET_NORMAL), test_reset);
  g_test_add_data_func ("/visit-usb/reset/safe-mode", GINT_TO_POINTER (FL_RESET_SAFE_MODE),
                        test_reset);
  g_test_add_func ("/visit-usb/reset/update-mode-and-back", test_update_mode);
  g_test_add_func ("/visit-usb/reset/found-in-update-mode", test_found_in_update_mode);
  g_test_add_func ("/visit-usb/reset/does-not-come-back", test_reset_and_gone);
  g_test_add_func ("/visit-usb/reset/comes-back-late", test_reset_comes_back_late);
  g_test_add_func ("/visit-usb/listen/on-and-off", test_listening);
  g_test_add_func ("/visit-usb/setup-done/where-it-exists", test_setup_done);
  g_test_add_func ("/visit-usb/protected/refuses", test_protected);
  g_test_add_func ("/visit-usb/request/echo", test_request);
  g_test_add_func ("/visit-usb/request/refused", test_request_refused);
  g_test_add_func ("/visit-usb/open/safe-mode", test_safe_mode);
  g_test_add_func ("/visit-usb/open/rule-added", test_rule_added);
  g_test_add_func ("/visit-usb/open/cable-after-bluetooth", test_cable_after_bluetooth);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *out = g_strconcat ("/visit-usb/unplugged/", orders[i], NULL);
      g_autofree char *again = g_strconcat ("/visit-usb/plugged-in-again/", orders[i], NULL);

      g_test_add_data_func (out, GUINT_TO_POINTER (i), test_unplugged);
      g_test_add_data_func (again, GUINT_TO_POINTER (i), test_plugged_in_again);
    }
  return g_test_run ();
}

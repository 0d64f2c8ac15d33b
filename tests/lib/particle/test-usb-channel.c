/* SPDX-License-Identifier: Apache-2.0 */

#include "fl-error.h"
#include "fl-requests.h"
#include "fl-usb-channel.h"
#include "usb-device-link.h"
#include "usb-pair.h"

#define LIMIT_MS 15000
#define SOME     1234 /* a request like any other */

typedef struct
{
  FlClock *clock;
  UsbDeviceLink *link;
  FlControlChannel *channel;
  guint n_sent, last_sent;
  guint n_closed;
  GError *reason;
} Fixture;

static void
on_sent (FlControlChannel *channel, guint type, Fixture *fixture)
{
  fixture->n_sent++;
  fixture->last_sent = type;
}

static void
on_closed (FlControlChannel *channel, const GError *reason, Fixture *fixture)
{
  fixture->n_closed++;
  g_clear_error (&fixture->reason);
  fixture->reason = reason != NULL ? g_error_copy (reason) : NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = fl_virtual_clock_new ();
  fixture->link = usb_device_link_new (fixture->clock);
  fixture->channel = fl_usb_channel_new (FL_USB_LINK (fixture->link), fixture->clock);
  g_signal_connect (fixture->channel, "sent", G_CALLBACK (on_sent), fixture);
  g_signal_connect (fixture->channel, "closed", G_CALLBACK (on_closed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->channel, fixture);
  fl_control_channel_close (fixture->channel);
  while (g_main_context_iteration (NULL, FALSE)) /* what was on its way when the test ended */
    ;
  g_clear_error (&fixture->reason);
  g_assert_finalize_object (fixture->channel);
  g_assert_finalize_object (fixture->link);
  g_assert_finalize_object (fixture->clock);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (*(GAsyncResult **) data); /* exactly once */
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
connect_channel (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_control_channel_connect_async (fixture->channel, NULL, on_result, &result);
  wait_for (&result);
  return fl_control_channel_finish (fixture->channel, result, error);
}

static void
connect_surely (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  connect_channel (fixture, &error);
  g_assert_no_error (error);
}

static void
start_request (Fixture *fixture,
               guint16 type,
               gsize size_bytes,
               GCancellable *cancellable,
               GAsyncResult **result)
{
  g_autoptr (FlSecret) payload = size_bytes > 0 ? usb_pair_make_payload (size_bytes) : NULL;

  fl_control_channel_request_async (fixture->channel, type, payload, LIMIT_MS, cancellable,
                                    on_result, result);
}

static void
finish_echo (Fixture *fixture, GAsyncResult **result, gsize size_bytes)
{
  g_autoptr (FlSecret) expected = usb_pair_make_payload (size_bytes);
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;
  int code = 77;

  wait_for (result);
  reply = fl_control_channel_request_finish (fixture->channel, *result, &code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (code, ==, 0);
  g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply),
                   fl_secret_get_data (expected), size_bytes);
}

static void
finish_error (Fixture *fixture, GAsyncResult **result, GQuark domain, int code)
{
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;

  wait_for (result);
  reply = fl_control_channel_request_finish (fixture->channel, *result, NULL, &error);
  g_assert_null (reply);
  g_assert_error (error, domain, code);
}

static void
echo (Fixture *fixture, gsize size_bytes)
{
  g_autoptr (GAsyncResult) result = NULL;

  start_request (fixture, SOME, size_bytes, NULL, &result);
  finish_echo (fixture, &result, size_bytes);
}

static void
requests_come_back (Fixture *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 64, 65, 5000, 65535 };

  connect_surely (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    echo (fixture, sizes[i]);
  g_assert_cmpuint (fixture->n_sent, ==, G_N_ELEMENTS (sizes));
  g_assert_cmpuint (fixture->last_sent, ==, SOME);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

static void
many_at_once_come_back (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[9] = { NULL };

  connect_surely (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    start_request (fixture, SOME, 10 * i, NULL, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    finish_echo (fixture, &results[i], 10 * i);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
}

static void
securing_is_done_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) before = NULL;
  g_autoptr (GAsyncResult) after = NULL;
  g_autoptr (GError) error = NULL;

  fl_control_channel_secure_async (fixture->channel, NULL, NULL, on_result, &before);
  wait_for (&before);
  g_assert_false (fl_control_channel_finish (fixture->channel, before, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_clear_error (&error);

  connect_surely (fixture);
  fl_control_channel_secure_async (fixture->channel, NULL, NULL, on_result, &after);
  wait_for (&after);
  g_assert_true (fl_control_channel_finish (fixture->channel, after, &error));
  g_assert_no_error (error);
}

static void
opening_may_fail (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->link->open_error = GPOINTER_TO_INT (data);
  g_assert_false (connect_channel (fixture, &error));
  g_assert_error (error, FL_ERROR, GPOINTER_TO_INT (data));
  g_assert_cmpuint (fixture->n_closed, ==, 0);
  fixture->link->open_error = 0;
  connect_surely (fixture);
  echo (fixture, 10);
}

static void
a_device_that_hangs_is_silent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const gint64 start_us = fl_clock_now_us (fixture->clock);

  fixture->link->fault = USB_DEVICE_HANGS;
  fixture->link->fault_at = 0;
  g_assert_false (connect_channel (fixture, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_clock_now_us (fixture->clock) - start_us, ==, 5 * G_USEC_PER_SEC);
  g_assert_false (fixture->link->open);
}

static void
a_device_that_hangs_later_is_silent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  connect_surely (fixture);
  echo (fixture, 10);
  fixture->link->fault = USB_DEVICE_HANGS;
  fixture->link->fault_at = fixture->link->n_transfers;
  start_request (fixture, SOME, 10, NULL, &result);
  finish_error (fixture, &result, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpuint (fixture->n_closed, ==, 0); /* the link is still there */
  fixture->link->fault_at = -1;
  while (fixture->link->transfer != NULL) /* the RESET after it hangs too */
    g_main_context_iteration (NULL, TRUE);
  echo (fixture, 10);
}

static void
no_version_is_no_obstacle (Fixture *fixture, gconstpointer data)
{
  fixture->link->version = NULL;
  connect_surely (fixture);
  echo (fixture, 5000);
}

static void
an_old_version_takes_one_piece (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture->link->version = "1.4.4";
  connect_surely (fixture);
  echo (fixture, 4096);
  start_request (fixture, SOME, 5000, NULL, &result);
  finish_error (fixture, &result, FL_ERROR, FL_ERROR_UNSUPPORTED);
}

static void
garbage_for_a_version_is_no_obstacle (Fixture *fixture, gconstpointer data)
{
  fixture->link->version = "\xff\xfe%s\n1.2";
  connect_surely (fixture);
  echo (fixture, 5000);
}

static void
no_answer_in_time_is_silence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  const gint64 start_us = fl_clock_now_us (fixture->clock);

  fixture->link->is_mute = TRUE;
  connect_surely (fixture);
  start_request (fixture, SOME, 10, NULL, &result);
  finish_error (fixture, &result, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_clock_now_us (fixture->clock) - start_us, <,
                   (LIMIT_MS + 10) * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  fixture->link->is_mute = FALSE;
  echo (fixture, 10);
  g_assert_cmpuint (fl_usb_server_get_n_active (fixture->link->server), ==, 0);
}

static void
cancelling_one_spares_the_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) other = NULL;

  fixture->link->answer_ms = 100;
  connect_surely (fixture);
  start_request (fixture, SOME, 10, cancellable, &cancelled);
  start_request (fixture, SOME, 20, NULL, &other);
  while (fixture->n_sent < 2)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  finish_error (fixture, &cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  finish_echo (fixture, &other, 20);
  echo (fixture, 10);
  g_assert_cmpuint (fl_usb_server_get_n_active (fixture->link->server), ==, 0);
}

static void
cancelled_before_it_starts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  connect_surely (fixture);
  g_cancellable_cancel (cancellable);
  start_request (fixture, SOME, 10, cancellable, &result);
  finish_error (fixture, &result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_sent, ==, 0);
}

static void
a_cancelled_join_runs_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  fixture->link->answer_ms = 3000;
  connect_surely (fixture);
  start_request (fixture, FL_REQUEST_JOIN_NEW_NETWORK, 10, cancellable, &result);
  while (fixture->n_sent < 1)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  finish_error (fixture, &result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture->link->answer_ms = 1;
  g_assert_cmpuint (fl_usb_server_get_n_active (fixture->link->server), ==, 1);
  while (fl_usb_server_get_n_active (fixture->link->server) > 0)
    g_main_context_iteration (NULL, TRUE);
  echo (fixture, 10);
}

static void
closing_ends_everything (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[6] = { NULL };

  fixture->link->is_mute = TRUE;
  connect_surely (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    start_request (fixture, SOME, 10, NULL, &results[i]);
  while (fixture->n_sent < 3)
    g_main_context_iteration (NULL, TRUE);
  fl_control_channel_close (fixture->channel);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      finish_error (fixture, &results[i], G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  g_assert_no_error (fixture->reason);
  g_assert_false (fixture->link->open);
  fl_control_channel_close (fixture->channel);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

static void
closing_while_connecting_ends_that (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fl_control_channel_connect_async (fixture->channel, NULL, on_result, &result);
  fl_control_channel_close (fixture->channel);
  wait_for (&result);
  g_assert_false (fl_control_channel_finish (fixture->channel, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  connect_surely (fixture);
  echo (fixture, 10);
}

/* The next session resets what the last one left on the device. */
static void
opened_again_it_is_as_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture->link->is_mute = TRUE;
  connect_surely (fixture);
  start_request (fixture, SOME, 10, NULL, &result);
  while (fixture->n_sent < 1)
    g_main_context_iteration (NULL, TRUE);
  fl_control_channel_close (fixture->channel);
  finish_error (fixture, &result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fl_usb_server_get_n_active (fixture->link->server), ==, 1);
  fixture->link->is_mute = FALSE;
  connect_surely (fixture);
  echo (fixture, 10);
  g_assert_cmpuint (fl_usb_server_get_n_active (fixture->link->server), ==, 0);
  g_assert_cmpuint (fixture->link->n_openings, ==, 2);
}

static void
connecting_twice_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  connect_surely (fixture);
  g_assert_false (connect_channel (fixture, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  echo (fixture, 10);
}

static void
a_request_before_connecting_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  start_request (fixture, SOME, 10, NULL, &result);
  finish_error (fixture, &result, FL_ERROR, FL_ERROR_LINK_LOST);
}

/* The version, RESET, INIT, CHECK, two SENDs, CHECK, two RECVs; each may be the last. */
static void
unplugged_at_any_transfer (Fixture *fixture, gconstpointer data)
{
  for (int nth = 0; nth < 10; nth++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      fixture->link->fault = USB_DEVICE_UNPLUGS;
      fixture->link->fault_at = fixture->link->n_transfers + nth;
      fixture->n_closed = 0;
      if (!connect_channel (fixture, &error))
        {
          g_assert_cmpint (nth, ==, 0);
          g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
          g_assert_cmpuint (fixture->n_closed, ==, 0);
          continue;
        }
      start_request (fixture, SOME, 5000, NULL, &result);
      if (nth == 9)
        {
          finish_echo (fixture, &result, 5000);
          continue;
        }
      finish_error (fixture, &result, FL_ERROR, FL_ERROR_LINK_LOST);
      g_assert_cmpuint (fixture->n_closed, ==, 1);
      g_assert_error (fixture->reason, FL_ERROR, FL_ERROR_LINK_LOST);
    }
}

static void
unplugged_while_nothing_happens (Fixture *fixture, gconstpointer data)
{
  connect_surely (fixture);
  echo (fixture, 10);
  usb_device_link_unplug (fixture->link);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  g_assert_error (fixture->reason, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
a_stalled_request_spares_the_channel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  connect_surely (fixture);
  echo (fixture, 10);
  fixture->link->fault = USB_DEVICE_STALLS;
  fixture->link->fault_at = fixture->link->n_transfers;
  start_request (fixture, SOME, 10, NULL, &result);
  finish_error (fixture, &result, FL_ERROR, FL_ERROR_UNEXPECTED);
  fixture->link->fault_at = -1;
  echo (fixture, 10);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

#define ADD(path, func) g_test_add ("/usb-channel/" path, Fixture, NULL, set_up, func, tear_down)
#define ADD_OPENING(path, code)                                                                    \
  g_test_add ("/usb-channel/open/" path, Fixture, GINT_TO_POINTER (code), set_up,                  \
              opening_may_fail, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("request/comes-back", requests_come_back);
  ADD ("request/many-at-once-come-back", many_at_once_come_back);
  ADD ("request/before-connecting-is-refused", a_request_before_connecting_is_refused);
  ADD ("request/no-answer-in-time-is-silence", no_answer_in_time_is_silence);
  ADD ("request/stalled-one-spares-the-channel", a_stalled_request_spares_the_channel);
  ADD ("secure/is-done-at-once", securing_is_done_at_once);
  ADD_OPENING ("access-refused", FL_ERROR_USB_ACCESS);
  ADD_OPENING ("claimed-elsewhere", FL_ERROR_USB_CLAIMED);
  ADD_OPENING ("no-permission", FL_ERROR_USB_PERMISSION);
  ADD_OPENING ("unplugged-before", FL_ERROR_DEVICE_OUT_OF_REACH);
  ADD ("open/twice-is-refused", connecting_twice_is_refused);
  ADD ("open/again-is-as-new", opened_again_it_is_as_new);
  ADD ("open/hanging-device-is-silent", a_device_that_hangs_is_silent);
  ADD ("open/no-version-is-no-obstacle", no_version_is_no_obstacle);
  ADD ("open/garbage-for-a-version-is-no-obstacle", garbage_for_a_version_is_no_obstacle);
  ADD ("open/old-version-takes-one-piece", an_old_version_takes_one_piece);
  ADD ("hang/later-is-silent", a_device_that_hangs_later_is_silent);
  ADD ("cancel/one-spares-the-others", cancelling_one_spares_the_others);
  ADD ("cancel/before-it-starts", cancelled_before_it_starts);
  ADD ("cancel/join-runs-on", a_cancelled_join_runs_on);
  ADD ("close/ends-everything", closing_ends_everything);
  ADD ("close/while-connecting-ends-that", closing_while_connecting_ends_that);
  ADD ("unplug/at-any-transfer", unplugged_at_any_transfer);
  ADD ("unplug/while-nothing-happens", unplugged_while_nothing_happens);

  return g_test_run ();
}

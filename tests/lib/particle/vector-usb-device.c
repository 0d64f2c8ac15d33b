/* SPDX-License-Identifier: Apache-2.0 */

#include "vector-usb.h"

#include "fl-usb-server.h"
#include "vector-session.h"

typedef struct
{
  FlUsbServer *server;
  gboolean runs_by_itself;    /* sessions of a real client do not list each run of the tasks */
  FlUsbServerEffects effects; /* that happened and were not named yet */
  guint n_transfers;
  gboolean after_raw; /* the last transfer was not one of the service protocol */
} Replay;

GBytes *
vector_step_get_bytes (JsonObject *step, const char *member)
{
  const char *hex = json_object_get_string_member_with_default (step, member, "");

  return *hex != '\0' ? vector_bytes_from_hex (hex) : NULL;
}

VectorTransfer *
vector_transfer_new (JsonObject *step)
{
  VectorTransfer *self = g_new0 (VectorTransfer, 1);
  g_autoptr (GBytes) packet = vector_step_get_bytes (step, "setup_packet");
  const char *outcome = json_object_get_string_member (step, "outcome");

  g_assert_cmpuint (g_bytes_get_size (packet), ==, sizeof self->packet);
  memcpy (self->packet, g_bytes_get_data (packet, NULL), sizeof self->packet);
  fl_usb_setup_decode (self->packet, &self->setup);
  g_assert_true (g_str_equal (outcome, "data") || g_str_equal (outcome, "ack") ||
                 g_str_equal (outcome, "stall"));
  self->outcome = g_str_equal (outcome, "stall") ? FL_USB_STALLED : FL_USB_DONE;
  self->data_out = vector_step_get_bytes (step, "data_out");
  self->data_in = vector_step_get_bytes (step, "data_in");
  return self;
}

void
vector_transfer_free (VectorTransfer *self)
{
  g_clear_pointer (&self->data_out, g_bytes_unref);
  g_clear_pointer (&self->data_in, g_bytes_unref);
  g_free (self);
}

static void
assert_same_bytes (GBytes *actual, GBytes *expected)
{
  gsize actual_size = 0;
  gsize expected_size = 0;
  const guint8 *actual_data = actual != NULL ? g_bytes_get_data (actual, &actual_size) : NULL;
  const guint8 *expected_data =
      expected != NULL ? g_bytes_get_data (expected, &expected_size) : NULL;

  g_assert_cmpmem (actual_data, actual_size, expected_data, expected_size);
}

static void
play_setup (Replay *self, JsonObject *step)
{
  g_autoptr (VectorTransfer) transfer = vector_transfer_new (step);
  g_autoptr (GBytes) reply = NULL;
  gsize size_bytes = 0;
  const guint8 *data =
      transfer->data_out != NULL ? g_bytes_get_data (transfer->data_out, &size_bytes) : NULL;
  FlUsbOutcome outcome = FL_USB_DONE;

  g_assert_cmpuint (self->effects, ==, 0); /* all that happened was recorded */
  /* Raw vendor requests are no part of the service protocol: the simulated device answers them. */
  self->after_raw = transfer->setup.request == FL_USB_SERVICE_RAW;
  if (self->after_raw)
    return;
  self->n_transfers++;

  outcome = fl_usb_server_control (self->server, &transfer->setup, data, size_bytes, &reply);
  g_assert_cmpint (outcome, ==, transfer->outcome);
  assert_same_bytes (reply, transfer->data_in);
  self->effects = fl_usb_server_take_effects (self->server);
  if (self->runs_by_itself)
    fl_usb_server_run (self->server);
}

static void
play_device_request (Replay *self, JsonObject *step)
{
  FlUsbServerRequest request = { 0 };
  g_autoptr (GBytes) expected = vector_step_get_bytes (step, "data");
  g_autoptr (GBytes) actual = NULL;

  g_assert_true (fl_usb_server_take_request (self->server, &request));
  g_assert_cmpuint (request.index, ==, json_object_get_int_member (step, "index"));
  g_assert_cmpuint (request.type, ==, json_object_get_int_member (step, "type"));
  if (request.data != NULL)
    actual = g_bytes_new (fl_secret_get_data (request.data), fl_secret_get_size (request.data));
  assert_same_bytes (actual, expected);
  fl_usb_server_request_clear (&request);
}

static void
play_device_reply (Replay *self, JsonObject *step)
{
  g_autoptr (GBytes) data = vector_step_get_bytes (step, "data");
  g_autoptr (FlSecret) payload =
      data != NULL ? fl_secret_new (g_bytes_get_data (data, NULL), g_bytes_get_size (data)) : NULL;

  fl_usb_server_reply (self->server, (guint) json_object_get_int_member (step, "index"),
                       (gint32) json_object_get_int_member (step, "result"), payload);
}

static void
play_side_effect (Replay *self, JsonObject *step)
{
  const char *what = json_object_get_string_member (step, "what");
  const FlUsbServerEffects effect = g_str_equal (what, "cloud_disconnect_flag")
                                        ? FL_USB_SERVER_STOPS_CLOUD
                                        : FL_USB_SERVER_CANCELS_CONNECTING;

  if (self->after_raw)
    return;
  if (g_str_equal (what, "cloud_abort")) /* the other half of cancelling, named before */
    return;
  g_assert_true (g_str_equal (what, "cloud_disconnect_flag") ||
                 g_str_equal (what, "network_connect_cancel"));
  g_assert_cmpuint (self->effects & effect, ==, effect);
  self->effects &= ~effect;
}

/* "65533 INIT/RESET pairs done before" */
static void
play_note (Replay *self, JsonObject *step)
{
  const char *text = json_object_get_string_member (step, "text");
  guint64 n_pairs = g_ascii_strtoull (text, NULL, 10);

  g_assert_nonnull (g_strstr_len (text, -1, "INIT/RESET pairs"));
  while (n_pairs-- > 0)
    {
      FlUsbSetup setup = { FL_USB_SERVICE_IN, FL_USB_SERVICE_INIT, 8, 1, 64 };
      g_autoptr (GBytes) init = NULL;
      g_autoptr (GBytes) reset = NULL;
      FlUsbServiceReply reply;

      g_assert_cmpint (fl_usb_server_control (self->server, &setup, NULL, 0, &init), ==,
                       FL_USB_DONE);
      g_assert_true (fl_usb_service_reply_decode (g_bytes_get_data (init, NULL),
                                                  g_bytes_get_size (init), &reply, NULL));
      setup.request = FL_USB_SERVICE_RESET;
      setup.index = reply.id;
      g_assert_cmpint (fl_usb_server_control (self->server, &setup, NULL, 0, &reset), ==,
                       FL_USB_DONE);
    }
}

static void
play_shortage (Replay *self,
               JsonObject *step,
               void (*fail) (FlUsbServer *server, guint after, guint count))
{
  fail (self->server, (guint) json_object_get_int_member_with_default (step, "after_successes", 0),
        (guint) json_object_get_int_member (step, "count"));
}

static void
play (Replay *self, JsonObject *step)
{
  const char *kind = json_object_get_string_member (step, "t");

  if (g_str_equal (kind, "setup"))
    play_setup (self, step);
  else if (g_str_equal (kind, "device_tasks_run"))
    fl_usb_server_run (self->server);
  else if (g_str_equal (kind, "device_request"))
    play_device_request (self, step);
  else if (g_str_equal (kind, "device_reply"))
    play_device_reply (self, step);
  else if (g_str_equal (kind, "device_side_effect"))
    play_side_effect (self, step);
  else if (g_str_equal (kind, "device_heap_alloc_fails"))
    play_shortage (self, step, fl_usb_server_fail_heap);
  else if (g_str_equal (kind, "device_pool_alloc_fails"))
    play_shortage (self, step, fl_usb_server_fail_pool);
  else if (g_str_equal (kind, "bus_reset"))
    fl_usb_server_bus_reset (self->server, TRUE);
  else if (g_str_equal (kind, "note"))
    play_note (self, step);
  else /* what the firmware's own completion handler is told: nothing of it reaches the host */
    g_assert_cmpstr (kind, ==, "device_completion_handler");
}

void
vector_usb_replay_device (JsonObject *session)
{
  JsonArray *steps = json_object_get_array_member (session, "steps");
  g_autoptr (FlUsbServer) server = fl_usb_server_new ();
  Replay self = {
    .server = server,
    .runs_by_itself =
        !g_str_has_prefix (json_object_get_string_member (session, "client"), "harness"),
  };

  for (guint i = 0; i < json_array_get_length (steps); i++)
    play (&self, json_array_get_object_element (steps, i));
  g_assert_cmpuint (self.effects, ==, 0);
  g_assert_cmpuint (self.n_transfers, >, 0);
}

/* SPDX-License-Identifier: Apache-2.0 */

/* The simulated device against recordings of the vendor's own firmware: tests/data/vectors/usb. Its
 * own answers are held back, so that those of the recording go out. */

#include "usb-client.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "fl-sim-usb-private.h"

#define LOOP_US 1500 /* enough for the system thread, too short for an answer */

/* The recording was made with the data stage rules of Gen 3, too, which completes transfers without
 * data. */
#define DEVICE                                                                                     \
  "[Device Board]\nplatform=argon\nfirmware=6.2.0\nusb=yes\ndevice-id=e0e1e2e3e4e5e6e7e8e9eaeb\n"

typedef struct
{
  UsbClient *client;
  gint64 index; /* of the request that the handler has, in the recording */
} Replay;

/* (transfer full) */
static GByteArray *
get_bytes (JsonObject *step, const char *member)
{
  const char *hex = json_object_get_string_member_with_default (step, member, "");
  GByteArray *bytes = g_byte_array_new ();

  for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}

/* The recording of the vendor's client leaves out when the device allocated memory. */
static gboolean
is_answer_to_wait_for (JsonObject *step)
{
  JsonObject *reply =
      json_object_has_member (step, "reply") ? json_object_get_object_member (step, "reply") : NULL;

  return reply != NULL && g_str_equal (json_object_get_string_member (step, "service"), "CHECK") &&
         json_object_get_int_member (reply, "status") != FL_USB_STATUS_PENDING;
}

static void
replay_setup (Replay *self, JsonObject *step)
{
  g_autoptr (GByteArray) packet = get_bytes (step, "setup_packet");
  g_autoptr (GByteArray) out = get_bytes (step, "data_out");
  g_autoptr (GByteArray) in = get_bytes (step, "data_in");
  const char *outcome = json_object_get_string_member (step, "outcome");
  g_autoptr (GBytes) reply = NULL;
  FlUsbSetup setup;
  FlSimUsbEnd end;

  if (is_answer_to_wait_for (step))
    usb_client_wait (self->client, LOOP_US);
  fl_usb_setup_decode (packet->data, &setup);
  end = fl_sim_usb_control (self->client->device, self->client->attachment, &setup, out->data,
                            out->len, self->client->now_us, &reply);
  g_assert_cmpint (end, ==, g_str_equal (outcome, "stall") ? FL_SIM_USB_STALLED : FL_SIM_USB_DONE);
  if (g_str_equal (outcome, "data"))
    g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), in->data, in->len);
}

static void
replay_request (Replay *self, JsonObject *step)
{
  FlSimRequest *request = &self->client->device->request;
  g_autoptr (GByteArray) data = get_bytes (step, "data");

  g_assert_true (request->active && !request->done);
  g_assert_cmpint (request->type, ==, json_object_get_int_member (step, "type"));
  g_assert_cmpuint (fl_secret_get_size (request->data), ==,
                    json_object_get_int_member (step, "size"));
  if (data->len > 0)
    g_assert_cmpmem (fl_secret_get_data (request->data), fl_secret_get_size (request->data),
                     data->data, data->len);
  self->index = json_object_get_int_member (step, "index");
  request->done_us = G_MAXINT64;
}

static void
replay_reply (Replay *self, JsonObject *step)
{
  FlSimRequest *request = &self->client->device->request;
  g_autoptr (GByteArray) data = get_bytes (step, "data");

  g_assert_cmpint (self->index, ==, json_object_get_int_member (step, "index"));
  request->scripted = TRUE;
  request->reply.result = (gint32) json_object_get_int_member (step, "result");
  g_clear_pointer (&request->reply.payload, fl_secret_unref);
  if (data->len > 0)
    request->reply.payload = fl_secret_new (data->data, data->len);
  request->done_us = self->client->now_us;
  usb_client_wait (self->client, 0);
}

static void
replay_side_effect (Replay *self, JsonObject *step)
{
  const char *what = json_object_get_string_member (step, "what");
  FlSimDevice *device = self->client->device;

  if (g_str_equal (what, "cloud_disconnect_flag"))
    g_assert_false (device->cloud_wanted);
  else if (g_str_equal (what, "system_reset"))
    g_assert_cmpint (device->reset_us, !=, G_MAXINT64);
}

static void
replay_step (Replay *self, JsonObject *step)
{
  const char *kind = json_object_get_string_member (step, "t");
  FlSimDevice *device = self->client->device;

  if (g_str_equal (kind, "setup"))
    replay_setup (self, step);
  else if (g_str_equal (kind, "device_request"))
    replay_request (self, step);
  else if (g_str_equal (kind, "device_reply"))
    replay_reply (self, step);
  else if (g_str_equal (kind, "device_side_effect"))
    replay_side_effect (self, step);
  else if (g_str_equal (kind, "device_tasks_run"))
    usb_client_wait (self->client, LOOP_US);
  else if (g_str_equal (kind, "device_heap_alloc_fails"))
    fl_usb_server_fail_heap (device->usb->server, 0,
                             (guint) json_object_get_int_member (step, "count"));
  else if (g_str_equal (kind, "device_pool_alloc_fails"))
    fl_usb_server_fail_pool (device->usb->server, 0,
                             (guint) json_object_get_int_member (step, "count"));
  else if (g_str_equal (kind, "bus_reset"))
    {
      fl_sim_usb_unplug (device, self->client->now_us);
      fl_sim_usb_plug (device, self->client->now_us);
      usb_client_attach (self->client);
    }
}

static void
replay (gconstpointer data)
{
  JsonArray *steps = json_object_get_array_member ((JsonObject *) data, "steps");
  g_autoptr (UsbClient) client = usb_client_new (DEVICE);
  Replay self = { .client = client };

  for (guint i = 0; i < json_array_get_length (steps); i++)
    replay_step (&self, json_array_get_object_element (steps, i));
}

/* The recording's handlers answer when they like; the simulated device has one system thread, as
 * the real one. And nobody wants to see the 65,535 requests before the numbers begin anew. */
static gboolean
is_possible (JsonObject *session)
{
  JsonArray *steps = json_object_get_array_member (session, "steps");
  guint n_handled = 0;

  if (g_str_equal (json_object_get_string_member (session, "name"), "id_wraps_to_zero"))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      const char *kind =
          json_object_get_string_member (json_array_get_object_element (steps, i), "t");

      n_handled += g_str_equal (kind, "device_request");
      n_handled -= g_str_equal (kind, "device_reply");
      if (n_handled > 1)
        return FALSE;
    }
  return TRUE;
}

static guint
add_file (const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "data", "vectors", "usb", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonArray *sessions;
  guint n_added = 0;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  sessions = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                           "sessions");
  for (guint i = 0; i < json_array_get_length (sessions); i++)
    {
      JsonObject *session = json_array_get_object_element (sessions, i);
      g_autofree char *test =
          g_strdup_printf ("/sim-usb/vectors/%s", json_object_get_string_member (session, "name"));

      if (!is_possible (session))
        continue;
      n_added++;
      g_test_add_data_func_full (test, json_object_ref (session), replay,
                                 (GDestroyNotify) json_object_unref);
    }
  return n_added;
}

int
main (int argc, char **argv)
{
  guint n_sessions;

  g_test_init (&argc, &argv, NULL);
  n_sessions = add_file ("basic.json") + add_file ("faults.json") + add_file ("other.json") +
               add_file ("vendor_client.json");
  g_assert_cmpuint (n_sessions, ==, 23);
  return g_test_run ();
}

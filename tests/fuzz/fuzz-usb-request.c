/* SPDX-License-Identifier: Apache-2.0 */

/* A hostile host against the device's half of USB requests. The bytes are commands: setup packets
 * of any kind, and what goes on inside the device. */

#include "fl-usb-server.h"

#include "fuzz.h"

typedef struct
{
  FlUsbServer *server;
  const guint8 *data;
  gsize left_bytes;
  guint n_requests; /* that the handler got */
} Fuzz;

/* 0 when there are no more. */
static guint
take (Fuzz *fuzz)
{
  if (fuzz->left_bytes == 0)
    return 0;
  fuzz->left_bytes--;
  return *fuzz->data++;
}

static void
control (Fuzz *fuzz)
{
  g_autoptr (GBytes) reply = NULL;
  g_autofree guint8 *payload = NULL;
  guint8 packet[8];
  FlUsbSetup setup;
  gsize size_bytes = 0;
  FlUsbOutcome outcome = FL_USB_DONE;

  for (guint i = 0; i < sizeof packet; i++)
    packet[i] = (guint8) take (fuzz);
  fl_usb_setup_decode (packet, &setup);
  size_bytes = setup.request_type & FL_USB_IN ? 0 : setup.length;
  payload = g_malloc0 (size_bytes);
  outcome = fl_usb_server_control (fuzz->server, &setup, payload, size_bytes, &reply);

  g_assert_cmpuint (fl_usb_server_get_n_active (fuzz->server), <=, FL_USB_SERVICE_MAX_ACTIVE);
  g_assert_cmpint (reply != NULL, ==, outcome == FL_USB_DONE && (setup.request_type & FL_USB_IN));
  if (reply != NULL)
    g_assert_cmpuint (g_bytes_get_size (reply), <=, setup.length);
}

static void
take_requests (Fuzz *fuzz)
{
  FlUsbServerRequest request;

  while (fl_usb_server_take_request (fuzz->server, &request))
    {
      g_assert_cmpuint (request.index, ==, fuzz->n_requests);
      fuzz->n_requests++;
      fl_usb_server_request_clear (&request);
    }
}

static void
reply (Fuzz *fuzz)
{
  const guint index = take (fuzz);
  g_autoptr (FlSecret) payload = fl_secret_new_zeroed ((gsize) take (fuzz) * 5);

  fl_usb_server_reply (fuzz->server, index, (gint32) take (fuzz) - 128, payload);
}

static void
run_command (Fuzz *fuzz)
{
  switch (take (fuzz) % 12)
    {
    case 0:
      fl_usb_server_run (fuzz->server);
      break;
    case 1:
      take_requests (fuzz);
      break;
    case 2:
      reply (fuzz);
      break;
    case 3:
      fl_usb_server_bus_reset (fuzz->server, take (fuzz) % 2 == 0);
      break;
    case 4:
      fl_usb_server_fail_pool (fuzz->server, 0, take (fuzz) % 4);
      break;
    case 5:
      fl_usb_server_fail_heap (fuzz->server, 1, take (fuzz) % 4);
      break;
    case 6:
      fl_usb_server_take_effects (fuzz->server);
      break;
    default:
      control (fuzz);
      break;
    }
}

/* Whatever happened, RESET of all gives every place back. */
static void
check_reset (Fuzz *fuzz)
{
  const FlUsbSetup reset = { FL_USB_SERVICE_IN, FL_USB_SERVICE_RESET, 0, 0, 64 };
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpint (fl_usb_server_control (fuzz->server, &reset, NULL, 0, &bytes), ==, FL_USB_DONE);
  g_assert_cmpuint (fl_usb_server_get_n_active (fuzz->server), ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  Fuzz fuzz = { .data = data, .left_bytes = size_bytes };

  fuzz.server = fl_usb_server_new ();
  while (fuzz.left_bytes > 0)
    run_command (&fuzz);

  check_reset (&fuzz);
  fl_usb_server_free (fuzz.server);
  return 0;
}

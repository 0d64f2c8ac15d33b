/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-fixture.h"

#define ROUNDS 5
/* libumockdev-preload has 50 slots and loses one at each open() that fails; run one test at a time
 * (-p) with so many rounds. */
#define ROUNDS_THOROUGH 45
#define LIMIT_MS        20000

static gboolean
is_ours (guint16 vendor_id, guint16 product_id)
{
  return vendor_id == FIXTURE_VENDOR;
}

static void
set_up (UsbFixture *f)
{
  g_mutex_init (&f->mutex);
  f->usb = mock_usb_new ();
  f->bus = fl_libusb_bus_new (is_ours);
  f->ports = fl_usb_bus_get_ports (f->bus);
}

static void
tear_down (UsbFixture *f)
{
  if (f->bus != NULL)
    g_assert_finalize_object (f->bus);
  g_assert_cmpuint (mock_usb_get_n_claims (f->usb), ==, 0);
  mock_usb_free (f->usb);
  g_clear_pointer (&f->reply, g_bytes_unref);
  g_clear_pointer (&f->got, g_bytes_unref);
  g_clear_error (&f->closed);
  g_mutex_clear (&f->mutex);
}

static void
run (gconstpointer data)
{
  UsbTest test = *(const UsbTest *) data;
  guint rounds = g_test_thorough () ? ROUNDS_THOROUGH : ROUNDS;

  for (guint i = 0; i < rounds; i++)
    {
      UsbFixture f = { 0 };

      set_up (&f);
      test (&f);
      tear_down (&f);
    }
}

void
usb_fixture_add (const char *path, UsbTest test)
{
  UsbTest *data = g_new (UsbTest, 1);

  *data = test;
  g_test_add_data_func_full (path, data, (GTestDataFunc) run, g_free);
}

static MockUsbEnd
on_control (MockUsbDevice *device,
            const FlUsbSetup *setup,
            const guint8 *data,
            GBytes **reply,
            gpointer user_data)
{
  UsbFixture *f = user_data;
  MockUsbEnd end;

  g_mutex_lock (&f->mutex);
  f->n_requests++;
  end = f->end;
  if ((setup->request_type & FL_USB_IN) == 0)
    {
      g_clear_pointer (&f->got, g_bytes_unref);
      f->got = g_bytes_new (data, setup->length);
    }
  else if (f->reply != NULL)
    *reply = g_bytes_ref (f->reply);
  g_mutex_unlock (&f->mutex);
  return end;
}

MockUsbDevice *
usb_fixture_plug (UsbFixture *f, const char *location, const char *serial)
{
  const MockUsbIdentity identity = {
    .location = location == NULL ? "1-2" : location,
    .vendor_id = FIXTURE_VENDOR,
    .product_id = FIXTURE_PRODUCT,
    .serial = serial == NULL ? FIXTURE_SERIAL : serial,
    .product = "P2",
  };

  return mock_usb_plug (f->usb, &identity, on_control, f);
}

guint
usb_fixture_get_n_ports (UsbFixture *f)
{
  return g_list_model_get_n_items (f->ports);
}

void
usb_fixture_start (UsbFixture *f, guint n_ports)
{
  fl_usb_bus_start (f->bus);
  WAIT_FOR (usb_fixture_get_n_ports (f) == n_ports);
}

FlUsbPort *
usb_fixture_get_port (UsbFixture *f, guint position)
{
  g_autoptr (FlUsbPort) port = g_list_model_get_item (f->ports, position);

  g_assert_nonnull (port);
  return port; /* the list has a reference */
}

static void
on_closed (FlLink *link, GError *reason, UsbFixture *f)
{
  f->n_closed++;
  f->n_ports_at_closed = f->bus == NULL ? 0 : usb_fixture_get_n_ports (f);
  g_clear_error (&f->closed);
  f->closed = reason == NULL ? NULL : g_error_copy (reason);
}

FlUsbLink *
usb_fixture_create_link (UsbFixture *f)
{
  FlUsbLink *link = fl_usb_bus_create_link (f->bus, usb_fixture_get_port (f, 0));

  g_signal_connect (link, "closed", G_CALLBACK (on_closed), f);
  return link;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UsbEnd *end = user_data;

  fl_link_open_finish (FL_LINK (source), result, &end->error);
  end->is_done = TRUE;
}

GError *
usb_fixture_try_open (FlUsbLink *link)
{
  UsbEnd end = { 0 };

  fl_link_open_async (FL_LINK (link), NULL, on_opened, &end);
  WAIT_FOR (end.is_done);
  return end.error;
}

FlUsbLink *
usb_fixture_open (UsbFixture *f)
{
  FlUsbLink *link;
  g_autoptr (GError) error = NULL;

  usb_fixture_start (f, 1);
  link = usb_fixture_create_link (f);
  error = usb_fixture_try_open (link);
  g_assert_no_error (error);
  return link;
}

void
usb_fixture_answer (UsbFixture *f, MockUsbEnd end, const void *reply, gsize size_bytes)
{
  g_mutex_lock (&f->mutex);
  f->end = end;
  g_clear_pointer (&f->reply, g_bytes_unref);
  f->reply = g_bytes_new (reply, size_bytes);
  g_mutex_unlock (&f->mutex);
}

void
usb_end_clear (UsbEnd *end)
{
  g_clear_pointer (&end->bytes, g_bytes_unref);
  g_clear_error (&end->error);
  end->is_done = FALSE;
}

static void
on_transferred (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UsbEnd *end = user_data;

  g_assert_false (end->is_done);
  end->bytes =
      fl_usb_link_transfer_finish (FL_USB_LINK (source), result, &end->outcome, &end->error);
  end->is_done = TRUE;
}

void
usb_fixture_read (FlUsbLink *link,
                  guint16 length,
                  guint limit_ms,
                  GCancellable *cancellable,
                  UsbEnd *end)
{
  const FlUsbSetup setup = { .request_type = 0xc0, .request = 80, .value = 1, .length = length };

  fl_usb_link_transfer_async (link, &setup, NULL, limit_ms, cancellable, on_transferred, end);
}

void
usb_fixture_write (FlUsbLink *link, const void *data, gsize size_bytes, UsbEnd *end)
{
  const FlUsbSetup setup = { .request_type = 0x40, .request = 80, .length = size_bytes };
  g_autoptr (FlSecret) secret = fl_secret_new (data, size_bytes);

  fl_usb_link_transfer_async (link, &setup, secret, LIMIT_MS, NULL, on_transferred, end);
}

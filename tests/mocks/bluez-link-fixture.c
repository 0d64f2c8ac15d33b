/* SPDX-License-Identifier: Apache-2.0 */
#include "bluez-link-fixture.h"

#define UUID(n) "6fa9000" n "-5c4e-48a8-94f4-8030546f36fc"
/* Longer than any pause between tries, shorter than any limit. */
#define LONGEST_PAUSE_MS 2100

const FlGattProfile fixture_profile = { .service = (char *) UUID ("1"),
                                        .rx = (char *) UUID ("4"),
                                        .tx = (char *) UUID ("3"),
                                        .version = (char *) UUID ("2"),
                                        .version_value = 2 };

static void
on_closed (FlLink *link, const GError *reason, LinkFixture *f)
{
  f->n_closed++;
  g_clear_error (&f->closed_reason);
  f->closed_reason = reason == NULL ? NULL : g_error_copy (reason);
}

static void
on_received (FlLink *link, GBytes *bytes, LinkFixture *f)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (f->n_closed, ==, 0);
  g_byte_array_append (f->received, data, (guint) size);
}

void
link_fixture_set_up (LinkFixture *f, gconstpointer bus_address)
{
  bluez_fixture_set_up (&f->base, bus_address);
  bluez_fixture_start (&f->base);
  f->received = g_byte_array_new ();
  f->link = FL_LINK (
      fl_bluez_link_new (f->base.bluez, FIXTURE_ADAPTER, FIXTURE_ADDRESS, &fixture_profile));
  g_signal_connect (f->link, "closed", G_CALLBACK (on_closed), f);
  g_signal_connect (f->link, "received", G_CALLBACK (on_received), f);
  mock_clock_skip_up_to (f->base.clock, LONGEST_PAUSE_MS);

  fl_bluez_radio_want (bluez_fixture_get_radio (&f->base), 1);
  WAIT_FOR (fl_bluez_has (f->base.bluez, FIXTURE_PATH, FL_BLUEZ_DEVICE));
}

void
link_fixture_tear_down (LinkFixture *f, gconstpointer bus_address)
{
  gpointer link = f->link;

  if (link != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (link), &link);
      g_clear_object (&f->link);
      WAIT_FOR (link == NULL);
    }
  bluez_fixture_settle (&f->base);
  g_assert_false (mock_device_is_connected (f->base.device));
  g_byte_array_unref (f->received);
  g_clear_error (&f->open_error);
  g_clear_error (&f->closed_reason);
  g_clear_error (&f->send_error);
  bluez_fixture_tear_down (&f->base, bus_address);
}

static void
on_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkFixture *f = user_data;

  g_assert_false (f->open_done);
  f->open_done = TRUE;
  fl_link_open_finish (FL_LINK (source), result, &f->open_error);
}

void
link_fixture_start_open (LinkFixture *f, GCancellable *cancellable)
{
  f->open_done = FALSE;
  g_clear_error (&f->open_error);
  fl_link_open_async (f->link, cancellable, on_open, f);
}

void
link_fixture_open (LinkFixture *f)
{
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->open_done);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkFixture *f = user_data;

  f->send_done = TRUE;
  fl_link_send_finish (FL_LINK (source), result, &f->send_error);
}

void
link_fixture_start_send (LinkFixture *f, const void *data, gsize size, GCancellable *c)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  f->send_done = FALSE;
  g_clear_error (&f->send_error);
  fl_link_send_async (f->link, bytes, c, on_sent, f);
}

void
link_fixture_echo (LinkFixture *f, const void *data, gsize size)
{
  guint before = f->received->len;

  link_fixture_start_send (f, data, size, NULL);
  WAIT_FOR (f->send_done);
  g_assert_no_error (f->send_error);
  WAIT_FOR (f->received->len == before + size);
  g_assert_cmpmem (f->received->data + before, size, data, size);
}

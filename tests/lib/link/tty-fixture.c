/* SPDX-License-Identifier: Apache-2.0 */
#include "tty-fixture.h"

void
tty_end_clear (TtyEnd *end)
{
  g_clear_error (&end->error);
}

static void
on_received (FlLink *link, GBytes *chunk, TtyFixture *f)
{
  gsize size_bytes;
  const guint8 *bytes = g_bytes_get_data (chunk, &size_bytes);

  g_assert_cmpuint (f->n_closed, ==, 0);
  g_assert_cmpuint (size_bytes, >, 0);
  g_byte_array_append (f->received, bytes, (guint) size_bytes);
}

static void
on_closed (FlLink *link, const GError *reason, TtyFixture *f)
{
  f->n_closed++;
  g_clear_error (&f->closed);
  f->closed = reason != NULL ? g_error_copy (reason) : NULL;
}

static void
make_link (TtyFixture *f, FlClock *clock)
{
  f->clock = clock;
  f->serial = fl_tty_link_new (f->pty->path, f->clock);
  f->link = FL_LINK (f->serial);
  g_signal_connect (f->link, "received", G_CALLBACK (on_received), f);
  g_signal_connect (f->link, "closed", G_CALLBACK (on_closed), f);
}

static void
set_up (TtyFixture *f, gconstpointer data)
{
  f->n_open = pty_count_open ();
  f->pty = pty_new ();
  f->received = g_byte_array_new ();
  make_link (f, fl_clock_new ());
}

/* Waiting costs nothing. */
static void
set_up_virtual (TtyFixture *f, gconstpointer data)
{
  f->n_open = pty_count_open ();
  f->pty = pty_new ();
  f->received = g_byte_array_new ();
  make_link (f, fl_virtual_clock_new ());
}

static void
tear_down (TtyFixture *f, gconstpointer data)
{
  g_clear_pointer (&f->pty, pty_free);
  if (f->serial != NULL)
    g_assert_finalize_object (f->serial);
  g_clear_object (&f->clock);
  g_byte_array_unref (f->received);
  g_clear_error (&f->closed);
  WAIT_FOR (pty_count_open () == f->n_open);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  TtyEnd *end = data;

  g_assert_false (end->is_done);
  end->is_done = TRUE;
  g_assert_true (fl_link_open_finish (FL_LINK (source), result, &end->error) ==
                 (end->error == NULL));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  TtyEnd *end = data;

  g_assert_false (end->is_done);
  end->is_done = TRUE;
  g_assert_true (fl_link_send_finish (FL_LINK (source), result, &end->error) ==
                 (end->error == NULL));
}

void
tty_fixture_add (const char *path, TtyTest test)
{
  g_test_add (path, TtyFixture, NULL, set_up, test, tear_down);
}

void
tty_fixture_add_virtual (const char *path, TtyTest test)
{
  g_test_add (path, TtyFixture, NULL, set_up_virtual, test, tear_down);
}

void
tty_fixture_start_open (TtyFixture *f, GCancellable *cancellable, TtyEnd *end)
{
  *end = (TtyEnd){ 0 };
  fl_link_open_async (f->link, cancellable, on_opened, end);
}

void
tty_fixture_start_send (TtyFixture *f,
                        const void *data,
                        gsize size_bytes,
                        GCancellable *cancellable,
                        TtyEnd *end)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size_bytes);

  *end = (TtyEnd){ 0 };
  fl_link_send_async (f->link, bytes, cancellable, on_sent, end);
}

GError *
tty_fixture_try_open (FlLink *link)
{
  TtyEnd end = { 0 };

  fl_link_open_async (link, NULL, on_opened, &end);
  WAIT_FOR (end.is_done);
  return end.error;
}

void
tty_fixture_open (TtyFixture *f)
{
  g_autoptr (GError) error = tty_fixture_try_open (f->link);

  g_assert_no_error (error);
}

void
tty_fixture_send (TtyFixture *f, const void *data, gsize size_bytes)
{
  g_auto (TtyEnd) end = { 0 };

  tty_fixture_start_send (f, data, size_bytes, NULL, &end);
  WAIT_FOR (end.is_done);
  g_assert_no_error (end.error);
}

void
tty_fixture_expect (TtyFixture *f, const void *data, gsize size_bytes)
{
  g_autoptr (GByteArray) taken = pty_take (f->pty, size_bytes + 16);

  g_assert_cmpmem (taken->data, taken->len, data, size_bytes);
}

guint8 *
tty_fixture_make_pattern (gsize size_bytes)
{
  guint8 *pattern = g_malloc (size_bytes);

  for (gsize i = 0; i < size_bytes; i++)
    pattern[i] = (guint8) (i * 7 + i / 256);
  return pattern;
}

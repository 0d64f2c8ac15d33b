/* SPDX-License-Identifier: Apache-2.0 */
#include "console-link.h"

#include <string.h>

#include "fl-error.h"

#define DELAY_MS 1

static void link_iface_init (FlLinkInterface *iface);
static void serial_link_iface_init (FlSerialLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConsoleLink,
                               console_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, link_iface_init)
                                   G_IMPLEMENT_INTERFACE (FL_TYPE_SERIAL_LINK,
                                                          serial_link_iface_init))

static gboolean
look_up (gpointer device, GBytes *ssid, FlSerialFound *found)
{
  ConsoleLink *self = device;

  if (self->in_sight)
    *found = self->found;
  return self->in_sight;
}

static gint64
get_scan_time (gpointer device)
{
  return ((ConsoleLink *) device)->scan_us;
}

static FlSerialSave
save (gpointer device, const FlSerialTyped *typed)
{
  ConsoleLink *self = device;

  g_clear_pointer (&self->ssid, g_bytes_unref);
  g_clear_pointer (&self->password, fl_secret_unref);
  g_clear_pointer (&self->identity, g_free);
  self->ssid = g_bytes_ref (typed->ssid);
  self->security = typed->security;
  self->password = typed->password != NULL ? fl_secret_ref (typed->password) : NULL;
  self->identity = g_strdup (typed->identity);
  if (self->saves != FL_SERIAL_SAVE_DONE)
    return self->saves;
  self->n_saved++;
  return FL_SERIAL_SAVE_DONE;
}

static FlSecret *
answer (gpointer device, char letter)
{
  ConsoleLink *self = device;
  g_autofree char *text = NULL;

  switch (letter)
    {
    case 'i':
      text = self->is_old_format
                 ? g_strdup ("Your device id is 0a10aced202194944a042f04\r\n")
                 : g_strdup ("Device ID: 0a10aced202194944a042f04\r\nDevice Secret: "
                             "AAAAAAAAAAAAAAA\r\nSerial Number: PHHTAB245AB12CD\r\n");
      break;
    case 'v':
      text = g_strdup_printf ("system firmware version: %s\n\r\n", self->version);
      break;
    case 's':
      text = g_strdup_printf ("{\"p\":%d,\"m\":[{\"s\":16384,\"l\":\"m\",\"vc\":30,\"vv\":30,"
                              "\"f\":\"b\",\"n\":\"0\",\"v\":1005,\"d\":[]}]}\r\n",
                              self->platform_id);
      break;
    case 'd':
      text = g_strdup_printf ("{\"net:err\":%d}\r\n", self->network_error);
      break;
    default:
      return NULL;
    }
  return fl_secret_new_from_string (text);
}

static void
stop_listening (gpointer data)
{
  ConsoleLink *self = data;

  self->n_left++;
  fl_serial_server_set_listening (self->server, FALSE);
  if (self->on_saved != NULL)
    self->on_saved (self->on_saved_data);
}

static void
command (gpointer device, char letter)
{
  if (letter == 'x')
    stop_listening (device);
}

static const FlSerialDevice vtable = {
  .look_up = look_up,
  .get_scan_time = get_scan_time,
  .save = save,
  .answer = answer,
  .command = command,
};

static void
lose (ConsoleLink *self)
{
  g_autoptr (GError) error = g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, "unplugged");

  if (!self->open)
    return;
  self->open = FALSE;
  fl_clock_clear (self->clock, &self->timer_id);
  fl_link_emit_closed (FL_LINK (self), error);
}

void
console_link_unplug (ConsoleLink *self)
{
  lose (self);
}

static void
emit (ConsoleLink *self, GBytes *bytes)
{
  gsize size_bytes = g_bytes_get_size (bytes);
  gsize step = self->chunk_bytes != 0 ? self->chunk_bytes : size_bytes;

  for (gsize at = 0; at < size_bytes && self->open; at += step)
    {
      g_autoptr (GBytes) chunk = g_bytes_new_from_bytes (bytes, at, MIN (step, size_bytes - at));

      fl_link_emit_received (FL_LINK (self), chunk);
    }
}

static void
run_hook (ConsoleLink *self)
{
  ConsoleHook hook = self->hook;

  if (hook == NULL || fl_serial_server_get_question (self->server) != self->hook_at)
    return;
  self->hook = NULL;
  hook (self->hook_data);
}

static void
on_time (gpointer data)
{
  G_GNUC_UNUSED g_autoptr (ConsoleLink) self = g_object_ref (data);
  GBytes *bytes = NULL;

  self->timer_id = 0;
  fl_serial_server_tick (self->server, fl_clock_now_us (self->clock));
  while ((bytes = fl_serial_server_take (self->server)) != NULL)
    {
      run_hook (self);
      if (self->open)
        emit (self, bytes);
      g_bytes_unref (bytes);
    }
  console_link_wake (self);
}

void
console_link_wake (ConsoleLink *self)
{
  gint64 deadline_us = fl_serial_server_get_deadline (self->server);
  gint64 soon_us = fl_clock_now_us (self->clock) + DELAY_MS * 1000;

  fl_clock_clear (self->clock, &self->timer_id);
  if (deadline_us != G_MAXINT64 && self->open)
    self->timer_id = fl_clock_add_at (self->clock, MAX (deadline_us, soon_us), on_time, self);
}

void
console_link_print (ConsoleLink *self, const char *text)
{
  fl_serial_server_print (self->server, text);
  fl_clock_clear (self->clock, &self->timer_id);
  self->timer_id = fl_clock_add_ms (self->clock, DELAY_MS, on_time, self);
}

static void
on_opened (gpointer data)
{
  g_autoptr (GTask) task = data;
  ConsoleLink *self = g_task_get_source_object (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->refusal != NULL)
    {
      g_task_return_error (task, g_error_copy (self->refusal));
      return;
    }
  self->open = TRUE;
  self->n_opened++;
  g_task_return_boolean (task, TRUE);
}

static void
open_async (FlLink *link,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  fl_clock_add_ms (CONSOLE_LINK (link)->clock, DELAY_MS, on_opened,
                   g_task_new (link, cancellable, callback, user_data));
}

static gboolean
finish (FlLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
send_async (FlLink *link,
            GBytes *bytes,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  ConsoleLink *self = CONSOLE_LINK (link);
  g_autoptr (GTask) task = g_task_new (link, cancellable, callback, user_data);
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);

  g_assert_true (self->open);
  self->n_bytes += size_bytes;
  fl_serial_server_feed (self->server, data, size_bytes, fl_clock_now_us (self->clock));
  fl_clock_clear (self->clock, &self->timer_id);
  self->timer_id = fl_clock_add_ms (self->clock, DELAY_MS, on_time, self);
  g_task_return_boolean (task, TRUE);
}

static void
close_link (FlLink *link)
{
  ConsoleLink *self = CONSOLE_LINK (link);

  if (!self->open)
    return;
  self->open = FALSE;
  fl_clock_clear (self->clock, &self->timer_id);
  fl_link_emit_closed (link, NULL);
}

static gsize
get_max_send (FlLink *link)
{
  return 200; /* fewer than the session says at once */
}

static gboolean
set_rate (FlSerialLink *link, FlSerialRate rate, GError **error)
{
  ConsoleLink *self = CONSOLE_LINK (link);

  g_string_append (self->rates, rate == FL_SERIAL_RATE_LISTEN ? "listen " : "talk ");
  if (rate == FL_SERIAL_RATE_LISTEN && self->rate_listens)
    fl_serial_server_set_listening (self->server, TRUE);
  return TRUE;
}

static void
link_iface_init (FlLinkInterface *iface)
{
  iface->open_async = open_async;
  iface->open_finish = finish;
  iface->send_async = send_async;
  iface->send_finish = finish;
  iface->close = close_link;
  iface->get_max_send = get_max_send;
}

static void
serial_link_iface_init (FlSerialLinkInterface *iface)
{
  iface->set_rate = set_rate;
}

static void
console_link_finalize (GObject *object)
{
  ConsoleLink *self = CONSOLE_LINK (object);

  fl_clock_clear (self->clock, &self->timer_id);
  fl_serial_server_free (self->server);
  g_clear_pointer (&self->ssid, g_bytes_unref);
  g_clear_pointer (&self->password, fl_secret_unref);
  g_clear_error (&self->refusal);
  g_free (self->identity);
  g_free (self->version);
  g_string_free (self->rates, TRUE);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (console_link_parent_class)->finalize (object);
}

static void
console_link_class_init (ConsoleLinkClass *class)
{
  G_OBJECT_CLASS (class)->finalize = console_link_finalize;
}

static void
console_link_init (ConsoleLink *self)
{
  self->rates = g_string_new (NULL);
  self->in_sight = TRUE;
  self->found.security = 3;
  self->found.cipher = 1;
  self->scan_us = G_USEC_PER_SEC;
  self->hook_at = FL_SERIAL_N_SAYINGS;
}

ConsoleLink *
console_link_new (FlClock *clock, int platform_id, const char *version)
{
  ConsoleLink *self = g_object_new (CONSOLE_TYPE_LINK, NULL);
  guint parts[3] = { 0 };
  g_auto (GStrv) texts = g_strsplit (version, ".", 3);
  guint number = 0;

  for (guint i = 0; texts[i] != NULL; i++)
    parts[i] = (guint) g_ascii_strtoull (texts[i], NULL, 10);
  number = parts[0] << 16 | parts[1] << 8 | parts[2];
  self->clock = g_object_ref (clock);
  self->platform_id = platform_id;
  self->version = g_strdup (version);
  self->server =
      fl_serial_server_new (fl_serial_generation_of (platform_id, number), number, &vtable, self);
  return self;
}

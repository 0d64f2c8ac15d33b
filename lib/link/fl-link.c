/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-link"
#include "config.h"

#include "fl-link.h"

G_DEFINE_INTERFACE (FlLink, fl_link, G_TYPE_OBJECT)

enum
{
  SIGNAL_RECEIVED,
  SIGNAL_CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
fl_link_default_init (FlLinkInterface *iface)
{
  signals[SIGNAL_RECEIVED] = g_signal_new ("received", FL_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", FL_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

void
fl_link_open_async (FlLink *self,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (FL_IS_LINK (self));

  FL_LINK_GET_IFACE (self)->open_async (self, cancellable, callback, user_data);
}

gboolean
fl_link_open_finish (FlLink *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FL_IS_LINK (self), FALSE);

  return FL_LINK_GET_IFACE (self)->open_finish (self, result, error);
}

void
fl_link_send_async (FlLink *self,
                    GBytes *bytes,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (FL_IS_LINK (self));
  g_return_if_fail (bytes != NULL);

  FL_LINK_GET_IFACE (self)->send_async (self, bytes, cancellable, callback, user_data);
}

gboolean
fl_link_send_finish (FlLink *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FL_IS_LINK (self), FALSE);

  return FL_LINK_GET_IFACE (self)->send_finish (self, result, error);
}

void
fl_link_close (FlLink *self)
{
  g_return_if_fail (FL_IS_LINK (self));

  FL_LINK_GET_IFACE (self)->close (self);
}

gsize
fl_link_get_max_send (FlLink *self)
{
  g_return_val_if_fail (FL_IS_LINK (self), 0);

  return FL_LINK_GET_IFACE (self)->get_max_send (self);
}

void
fl_link_emit_received (FlLink *self, GBytes *chunk)
{
  g_signal_emit (self, signals[SIGNAL_RECEIVED], 0, chunk);
}

void
fl_link_emit_closed (FlLink *self, const GError *reason)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, reason);
}

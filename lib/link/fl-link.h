/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FlLink:
 *
 * Moves bytes between this computer and one device. It knows nothing of frames, states or people.
 *
 * Signals: "received" (GBytes *chunk, any size); "closed" (GError *reason, (nullable) after
 * fl_link_close()), at most once per open. Errors are FL_ERROR or G_IO_ERROR_CANCELLED; anything of
 * D-Bus or libusb is translated here. Cancelling an operation leaves the link closed. A closed link
 * can be opened again. Closing is idempotent and happens at once; "received" is never emitted after
 * "closed".
 */
#define FL_TYPE_LINK (fl_link_get_type ())
G_DECLARE_INTERFACE (FlLink, fl_link, FL, LINK, GObject)

struct _FlLinkInterface
{
  GTypeInterface g_iface;

  void (*open_async) (FlLink *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*open_finish) (FlLink *self, GAsyncResult *result, GError **error);
  void (*send_async) (FlLink *self,
                      GBytes *bytes,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*send_finish) (FlLink *self, GAsyncResult *result, GError **error);
  void (*close) (FlLink *self);
  gsize (*get_max_send) (FlLink *self);
};

void fl_link_open_async (FlLink *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean fl_link_open_finish (FlLink *self, GAsyncResult *result, GError **error);
/* At most fl_link_get_max_send() bytes; one send at a time. Finishes when the bytes left this
 * computer or were accepted by the system's queue. */
void fl_link_send_async (FlLink *self,
                         GBytes *bytes,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean fl_link_send_finish (FlLink *self, GAsyncResult *result, GError **error);
void fl_link_close (FlLink *self);
/* Bytes; valid while open (it may grow): ATT_MTU - 3 on Bluetooth. */
gsize fl_link_get_max_send (FlLink *self);

/* For implementations. */
void fl_link_emit_received (FlLink *self, GBytes *chunk);
void fl_link_emit_closed (FlLink *self, const GError *reason);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
/* Room for one more network: a full device replaces one of those it keeps without a word, so the
 * journey asks first. */
#define G_LOG_DOMAIN "fl-setup-known"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

typedef struct
{
  FlSetup *setup;
  GCancellable *cancellable;
} KnownOp;

static void
on_known (GObject *source, GAsyncResult *result, gpointer data)
{
  KnownOp *op = data;
  g_autoptr (FlSetup) self = op->setup;
  g_autoptr (GCancellable) cancellable = op->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = fl_driver_list_known_finish (FL_DRIVER (source), result, &error);
  gboolean send_waits = self->send_waits;

  g_free (op);
  if (self->known_op != cancellable)
    return;

  g_clear_object (&self->known_op);
  if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    {
      /* Looked for again elsewhere when the driver says that the link is gone; a device that says
       * so itself (ABORTED) may leave it open, and the network waits. */
      self->send_waits = FALSE;
      if (send_waits)
        fl_setup_recover (self, self->goal);
      return;
    }

  /* A device that does not tell is not asked twice: it has to decide itself. */
  self->known = known != NULL ? g_steal_pointer (&known) : g_ptr_array_new ();
  self->send_waits = FALSE;
  if (send_waits)
    fl_setup_send (self);
}

void
fl_setup_read_known (FlSetup *self)
{
  KnownOp *op;

  if (self->known_op != NULL || !(fl_driver_get_capabilities (self->driver) & FL_CAN_LIST_KNOWN))
    return;

  op = g_new0 (KnownOp, 1);
  op->setup = g_object_ref (self);
  op->cancellable = g_cancellable_new ();
  self->known_op = g_object_ref (op->cancellable);
  fl_driver_list_known_async (self->driver, op->cancellable, on_known, op);
}

void
fl_setup_forget_known (FlSetup *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->known_op);

  self->send_waits = FALSE;
  g_clear_pointer (&self->known, g_ptr_array_unref);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static gboolean
is_known (FlSetup *self, GBytes *ssid)
{
  for (guint i = 0; i < self->known->len; i++)
    if (g_bytes_equal (fl_network_get_ssid (self->known->pdata[i]), ssid))
      return TRUE;
  return FALSE;
}

gboolean
fl_setup_has_room (FlSetup *self)
{
  int most = fl_driver_get_max_known (self->driver);

  if (self->known == NULL)
    {
      fl_setup_read_known (self);
      self->send_waits = self->known_op != NULL;
      return !self->send_waits;
    }

  if (most == 0 || (int) self->known->len < most ||
      is_known (self, fl_credentials_get_ssid (self->credentials)))
    return TRUE;

  /* Whoever mends that changes the list. */
  fl_setup_forget_known (self);
  fl_setup_take_choice_error (self, g_error_new (FL_ERROR, FL_ERROR_NETWORKS_FULL,
                                                 "The device keeps %d networks already", most));
  return FALSE;
}

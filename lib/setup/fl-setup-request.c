/* SPDX-License-Identifier: Apache-2.0 */
/* What the product's profile has to say to the device's application, once the device has joined and
 * before it leaves set-up mode. It runs beside the following; its failure is never the journey's.
 */
#define G_LOG_DOMAIN "fl-setup-request"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The family's number for requests that only the application knows: particle-iot/device-os,
 * system/inc/system_control.h, CTRL_REQUEST_APP_CUSTOM. */
#define APPLICATION_REQUEST 10

/* Its handler may run in the thread that answers everything else: the state that was asked for
 * beside it stays without an answer too, and the link is not to blame. */
#define MAX_SILENCES 1

/* More than a person reads; a reply may have 64 KiB. */
#define MAX_REPLY_BYTES 4096

/* (transfer full) What may be shown as text. */
static char *
make_text (GBytes *reply)
{
  gsize size_bytes = 0;
  const char *data = g_bytes_get_data (reply, &size_bytes);
  g_autofree char *valid =
      g_utf8_make_valid (data != NULL ? data : "", (gssize) MIN (size_bytes, MAX_REPLY_BYTES));
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      gboolean is_layout = character == '\n' || character == '\t';

      g_string_append_unichar (text,
                               g_unichar_iscntrl (character) && !is_layout ? 0xfffd : character);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
take_reply (FlSetup *self, char *reply) /* (transfer full) (nullable) */
{
  g_autofree char *old = self->reply;

  self->reply = reply;
  if (g_strcmp0 (old, reply) != 0)
    g_object_notify (G_OBJECT (self), "reply");
}

/* FALSE: whoever heard of it ended the journey. */
static gboolean
tell (FlSetup *self, GBytes *reply, int code, const GError *error)
{
  self->request_done = TRUE;
  if (g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_SILENT))
    {
      self->silences_excused = MAX_SILENCES;
      fl_setup_follow_longer (self);
    }
  if (error != NULL)
    g_debug ("Request: %s", error->message);
  else
    take_reply (self, code >= 0 || g_bytes_get_size (reply) > 0 ? make_text (reply) : NULL);
  if (error == NULL && code >= 0)
    return fl_setup_note (self, "request-answered",
                          _ ("The device’s application answered the product’s request."));
  g_debug ("Request: result %d", code);
  return fl_setup_note (self, "request-refused",
                        _ ("The device’s application did not take the product’s request."));
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetupOp *op = data;
  g_autoptr (FlSetup) self = op->setup;
  g_autoptr (GCancellable) cancellable = op->cancellable;
  g_autoptr (GError) error = NULL;
  int code = 0;
  g_autoptr (GBytes) reply = fl_driver_request_finish (FL_DRIVER (source), result, &code, &error);
  gboolean leave_waits = self->leave_waits;

  g_free (op);
  if (self->request_op != cancellable)
    return;

  g_clear_object (&self->request_op);
  self->leave_waits = FALSE;
  /* A link that went away is looked for again, and the request made again there. */
  if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    return;
  if (tell (self, reply, code, error) && leave_waits)
    fl_setup_leave (self);
}

void
fl_setup_send_request (FlSetup *self)
{
  const char *request = fl_product_get_request (fl_engine_get_product (self->engine));
  g_autoptr (FlSecret) payload = NULL;
  FlSetupOp *op = NULL;

  if (request == NULL || self->request_done || self->request_op != NULL || self->driver == NULL)
    return;
  if ((fl_driver_get_capabilities (self->driver) & FL_CAN_REQUEST) == 0)
    return;

  payload = fl_secret_new (request, strlen (request));
  op = g_new0 (FlSetupOp, 1);
  op->setup = g_object_ref (self);
  op->cancellable = g_cancellable_new ();
  self->request_op = g_object_ref (op->cancellable);
  fl_driver_request_async (self->driver, APPLICATION_REQUEST, payload, op->cancellable, on_reply,
                           op);
}

gboolean
fl_setup_waits_for_reply (FlSetup *self)
{
  self->leave_waits = self->request_op != NULL;
  return self->leave_waits;
}

void
fl_setup_stop_request (FlSetup *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->request_op);

  self->leave_waits = FALSE;
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

void
fl_setup_forget_reply (FlSetup *self)
{
  fl_setup_stop_request (self);
  self->request_done = FALSE;
  self->silences_excused = 0;
  take_reply (self, NULL);
}

const char *
fl_setup_get_reply (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->reply;
}

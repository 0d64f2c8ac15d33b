/* SPDX-License-Identifier: Apache-2.0 */
/* Leaving a journey: cancelled on purpose, or because the window goes. */
#define G_LOG_DOMAIN "fl-guide-close"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-guide-private.h"

#include "fl-confirm.h"

#define CLOSE_MS 3000 /* a device that does not answer the good-bye is left alone */

gboolean
fl_guide_is_sending (FlGuide *self)
{
  g_return_val_if_fail (FL_IS_GUIDE (self), FALSE);

  return self->setup != NULL && fl_guide_is_following (fl_setup_get_stage (self->setup));
}

const char *
fl_guide_describe_what_stays (FlGuide *self)
{
  FlStage stage;

  g_return_val_if_fail (FL_IS_GUIDE (self), "");

  stage = self->setup != NULL ? fl_setup_get_stage (self->setup) : FL_STAGE_FINDING;
  if (self->setup != NULL && (fl_setup_get_proof (self->setup) & FL_PROOF_STORED) != 0)
    return _ ("The device has the network already and keeps it.");
  if (self->setup != NULL && (fl_setup_get_proof (self->setup) & FL_PROOF_IN_VAIN) != 0)
    return _ ("The device has stored the network that did not work.");
  if (stage >= FL_STAGE_JOINING && stage < FL_STAGE_ONLINE)
    return _ ("The device may have the network already.");
  return _ ("The device keeps what it has.");
}

static void
on_link_open (FlGuide *self, GParamSpec *pspec, FlSetup *setup)
{
  gboolean open = FALSE;

  g_object_get (setup, "link-open", &open, NULL);
  if (open || self->close_id == 0)
    return;

  fl_clock_clear (fl_engine_get_clock (self->engine), &self->close_id);
  g_signal_emit_by_name (self, "closed");
}

static void
on_close_limit (gpointer data)
{
  FlGuide *self = data;

  self->close_id = 0;
  g_signal_emit_by_name (self, "closed");
}

gboolean
fl_guide_close (FlGuide *self)
{
  gboolean open = FALSE;

  g_return_val_if_fail (FL_IS_GUIDE (self), TRUE);

  fl_meta_finder_stop (fl_engine_get_finder (self->engine));
  if (self->close_id != 0)
    return FALSE;
  if (self->setup == NULL)
    return TRUE;

  g_signal_handlers_disconnect_by_data (self->setup, self);
  fl_setup_close (self->setup);
  g_object_get (self->setup, "link-open", &open, NULL);
  if (!open)
    return TRUE;

  g_signal_connect_swapped (self->setup, "notify::link-open", G_CALLBACK (on_link_open), self);
  self->close_id =
      fl_clock_add_ms (fl_engine_get_clock (self->engine), CLOSE_MS, on_close_limit, self);
  return FALSE;
}

static void
on_cancel_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlGuide) self = data;

  if (fl_confirm_finish (GTK_WINDOW (source), result, NULL) && self->setup != NULL)
    fl_setup_cancel (self->setup);
}

void
fl_guide_ask_cancel (FlGuide *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->wizard));

  if (self->setup == NULL || !GTK_IS_WINDOW (root))
    return;

  fl_confirm_async (GTK_WINDOW (root), _ ("Cancel the Set-Up?"),
                    fl_guide_describe_what_stays (self), _ ("_Cancel Set-Up"), _ ("_Keep Going"),
                    on_cancel_confirmed, g_object_ref (self));
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A journey in the hands of support staff: it can pause, and stays with a device that is on line.
 */
#define G_LOG_DOMAIN "fl-setup-service"
#include "config.h"

#include "fl-setup-service.h"

#include "fl-setup-private.h"

void
fl_setup_set_stay (FlSetup *self, gboolean stay)
{
  g_return_if_fail (FL_IS_SETUP (self));

  self->stay = stay;
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlDriver) driver = data;
  g_autoptr (GError) error = NULL;

  if (!fl_driver_finish (driver, result, &error))
    g_debug ("Leaving at the end: %s", error->message);
  fl_driver_close (driver);
}

/* The device must not wait in set-up mode for a person who has gone. */
static void
leave (FlSetup *self)
{
  g_autoptr (FlDriver) driver = g_steal_pointer (&self->driver);

  g_signal_handlers_disconnect_by_data (driver, self);
  fl_driver_leave_async (driver, NULL, on_left, g_object_ref (driver));
}

void
fl_setup_let_go (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  if (self->closing)
    return;

  fl_setup_stop_finding (self);
  fl_setup_stop_scan (self);
  fl_setup_stop_op (self);
  if (self->driver != NULL && self->link_open && (self->proof & FL_PROOF_STORED))
    leave (self);
  fl_setup_drop_driver (self);
  self->recovering = FALSE;
  self->leaving_update = FALSE;
  self->proof = 0;
  self->light_is_reported = FALSE;
  self->goal = FL_GOAL_CHOOSE;
  fl_setup_clear_error (self);
  fl_setup_enter (self, FL_STAGE_FINDING);
  fl_clock_clear (self->clock, &self->slow_id); /* nobody waits */
}

void
fl_setup_known_changed (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  fl_setup_forget_known (self);
}

void
fl_setup_trust_room (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  /* As for a device that does not tell what it keeps. */
  fl_setup_forget_known (self);
  self->known = g_ptr_array_new ();
}

gboolean
fl_setup_is_ready (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), FALSE);

  return self->stage == FL_STAGE_CHOOSING && !self->recovering && self->link_open &&
         self->driver != NULL;
}

gboolean
fl_setup_is_live (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), FALSE);

  return self->stage >= FL_STAGE_CHOOSING && !self->recovering && self->link_open &&
         self->driver != NULL;
}

gboolean
fl_setup_is_sending (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), FALSE);

  if (self->stage >= FL_STAGE_SENDING)
    return self->stage < FL_STAGE_ONLINE;
  return self->goal != FL_GOAL_CHOOSE && self->recovering; /* waits for the link */
}

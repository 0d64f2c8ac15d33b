/* SPDX-License-Identifier: Apache-2.0 */
/* What the label page brings: a label, another device's label, the wish for a cable. */
#define G_LOG_DOMAIN "fl-guide-label"
#include "config.h"

#include "fl-guide-private.h"

static gboolean
is_same_label (FlLabel *a, FlLabel *b)
{
  return a != NULL && b != NULL &&
         g_str_equal (fl_label_get_setup_code (a), fl_label_get_setup_code (b)) &&
         fl_secret_equal (fl_label_get_secret (a), fl_label_get_secret (b));
}

/* Somebody went back and forth, or the label was read a moment ago: the journey that runs already
 * is the right one. */
static gboolean
runs_already (FlGuide *self, FlLabel *label)
{
  return self->setup != NULL && fl_setup_get_stage (self->setup) < FL_STAGE_SENDING &&
         fl_setup_get_error (self->setup) == NULL &&
         is_same_label (fl_setup_get_label (self->setup), label);
}

/* The journey begins while the page still shows the label. */
static void
on_label_read (FlGuide *self, FlLabel *label)
{
  if (self->label_is_for_bluetooth || runs_already (self, label))
    return;

  fl_guide_make_setup (self, self->device, label);
  fl_setup_start (self->setup);
}

static void
on_label_entered (FlGuide *self, FlLabel *label)
{
  if (fl_guide_take_label_for_bluetooth (self, label))
    return;
  if (runs_already (self, label))
    {
      self->went_back = FALSE;
      fl_guide_show (self, self->network_page);
      fl_guide_queue_update (self);
    }
  else
    {
      fl_guide_begin (self, self->device, label);
    }
}

/* The cable is its own proof: nothing has to be typed then. */
static void
on_label_cable (FlGuide *self)
{
  if (!self->label_is_for_bluetooth)
    fl_guide_make_setup (self, self->device, NULL);
  fl_guide_use_cable (self);
}

static void
on_label_back (FlGuide *self)
{
  fl_guide_leave_device (self);
}

static void
on_other_device (FlGuide *self, FlLabel *label)
{
  g_clear_object (&self->device);
  self->label_is_for_bluetooth = FALSE;
  fl_guide_begin (self, NULL, label);
}

static void
listen (FlGuide *self, const char *name, GCallback callback)
{
  g_signal_connect_object (self->label_page, name, callback, self, G_CONNECT_SWAPPED);
}

void
fl_guide_connect_label (FlGuide *self)
{
  listen (self, "read", G_CALLBACK (on_label_read));
  listen (self, "entered", G_CALLBACK (on_label_entered));
  listen (self, "other-device", G_CALLBACK (on_other_device));
  listen (self, "use-cable", G_CALLBACK (on_label_cable));
  listen (self, "go-back", G_CALLBACK (on_label_back));
  if (self->cameras != NULL)
    fl_label_page_set_cameras (self->label_page, self->cameras);
}

void
fl_guide_set_cameras (FlGuide *self, FlCameraList *cameras)
{
  g_return_if_fail (FL_IS_GUIDE (self));
  g_return_if_fail (self->cameras == NULL);

  self->cameras = g_object_ref (cameras);
  fl_find_page_set_scans (self->find_page, TRUE);
  if (self->label_page != NULL)
    fl_label_page_set_cameras (self->label_page, cameras);
}

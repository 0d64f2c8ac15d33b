/* SPDX-License-Identifier: Apache-2.0 */
/* Codes before the camera: the right one, wrong ones, none for too long. */
#define G_LOG_DOMAIN "fl-label-page-camera"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-label-page-private.h"

#include "fl-announce.h"
#include "fl-chime.h"
#include "fl-sight.h"

#define SEVERAL 4 /* codes looked for in a frame, once a wrong one was there */

/* No camera is opened for a label that has nothing for it, nor once the label was read. */
void
fl_label_page_update_feed (FlLabelPage *self)
{
  if (self->feed != NULL)
    fl_camera_feed_set_held (self->feed, !self->can_scan || self->read != NULL);
}

void
fl_label_page_stop_timers (FlLabelPage *self)
{
  fl_clock_clear (self->clock, &self->next_id);
  fl_clock_clear (self->clock, &self->help_id);
}

static void
on_shown (gpointer data)
{
  FlLabelPage *self = data;

  self->next_id = 0;
  fl_label_page_go_on (self);
}

static void
schedule (FlLabelPage *self)
{
  fl_clock_clear (self->clock, &self->next_id);
  if (self->read != NULL && !self->patient)
    self->next_id = fl_clock_add_ms (self->clock, FL_LABEL_PAGE_SHOW_MS, on_shown, self);
}

void
fl_label_page_set_patient (FlLabelPage *self, gboolean patient)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  self->patient = patient;
  schedule (self);
  fl_label_page_update (self);
}

static void
show_read (FlLabelPage *self, FlLabel *label)
{
  /* Translators: %s is the end of a serial number, such as 4F2A1B */
  g_autofree char *words =
      g_strdup_printf (_ ("Label read. Serial ending %s."), fl_label_get_setup_code (label));

  fl_camera_box_set_words (self->camera_box, words);
  gtk_label_set_label (self->photo_label, words);
  gtk_widget_set_visible (self->photo_row, !gtk_widget_get_visible (GTK_WIDGET (self->camera_box)));
  gtk_widget_set_visible (self->photo_cancel, FALSE);
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, words);
  fl_chime_ring (GTK_WIDGET (self));
}

void
fl_label_page_accept (FlLabelPage *self, FlLabel *label)
{
  fl_label_page_untell (self);
  fl_label_page_drop_choices (self);
  fl_label_photo_cancel (self->photo);
  fl_label_page_stop_timers (self);
  if ((self->need & FL_NEED_SECRET) != 0 && !self->has_secret_in_square)
    {
      /* The square says which device it is; the rest only the person knows. */
      fl_label_typed_set_code (self->typed, fl_label_get_serial (label));
      fl_label_page_enter_code (self);
      return;
    }

  self->read = fl_label_ref (label);
  fl_label_page_update_feed (self);
  show_read (self, label);
  schedule (self);
  fl_label_page_update (self);
  fl_sight_bring (GTK_WIDGET (fl_camera_box_get_view (self->camera_box)));
  if (self->patient)
    fl_label_page_rescue_focus (self);
  fl_label_page_emit_read (self, label);
}

void
fl_label_page_refuse (FlLabelPage *self, FlLabelText *text, const GError *error)
{
  gboolean is_other = g_error_matches (error, FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE);

  g_clear_pointer (&self->other, fl_label_unref);
  if (is_other)
    self->other = fl_label_ref (fl_label_text_get_label (text));
  fl_label_page_tell (self, error, is_other ? NULL : error->message);
}

int
fl_label_page_take_text (FlLabelPage *self, FlLabelText *text)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (FL_IS_LABEL_PAGE (self), FL_CAMERA_MARK_NEARLY);

  if (self->read != NULL)
    return FL_CAMERA_MARK_READ;

  switch (fl_label_judge_take (self->judge, text, fl_clock_now_us (self->clock), &error))
    {
    case FL_JUDGED_RIGHT:
      fl_label_page_accept (self, fl_label_text_get_label (text));
      return FL_CAMERA_MARK_READ;
    case FL_JUDGED_WRONG:
      if (self->feed != NULL)
        fl_camera_feed_set_max (self->feed, SEVERAL); /* the right one may be beside it */
      fl_label_page_refuse (self, text, error);
      return FL_CAMERA_MARK_WRONG;
    case FL_JUDGED_HELD:
      break;
    }
  return fl_error_box_get_error (self->told_box) != NULL ? FL_CAMERA_MARK_WRONG
                                                         : FL_CAMERA_MARK_NEARLY;
}

static int
on_scanned (FlLabelPage *self, FlScan *scan)
{
  return fl_label_page_take_text (self, fl_scan_get_text (scan));
}

static void
on_help (gpointer data)
{
  FlLabelPage *self = data;
  g_autoptr (GError) error =
      g_error_new (FL_ERROR, FL_ERROR_LABEL_UNREADABLE, "No label was read within %d s",
                   FL_LABEL_PAGE_HELP_MS / 1000);

  self->help_id = 0;
  if (self->read == NULL && fl_error_box_get_error (self->told_box) == NULL &&
      !fl_label_photo_get_busy (self->photo) && fl_camera_feed_is_running (self->feed))
    fl_label_page_mention (
        self, error,
        _ ("Small codes are hard for some cameras. Take a photo with a phone and "
           "open it here, or enter the code."));
}

static void
start_help (FlLabelPage *self)
{
  fl_clock_clear (self->clock, &self->help_id);
  if (self->read == NULL)
    self->help_id = fl_clock_add_ms (self->clock, FL_LABEL_PAGE_HELP_MS, on_help, self);
}

static void
on_opened (FlLabelPage *self)
{
  self->had_picture = TRUE;
  start_help (self);
}

static gboolean
is_camera_problem (const GError *error)
{
  return g_error_matches (error, FL_ERROR, FL_ERROR_NO_CAMERA) ||
         g_error_matches (error, FL_ERROR, FL_ERROR_CAMERA_REFUSED) ||
         g_error_matches (error, FL_ERROR, FL_ERROR_CAMERA_BUSY) ||
         g_error_matches (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

/* That there was never a camera is no error; one that goes, or must not be used, is. */
static void
on_problem (FlLabelPage *self)
{
  const GError *problem = fl_camera_feed_get_problem (self->feed);

  if (is_camera_problem (fl_error_box_get_error (self->told_box)))
    fl_label_page_untell (self);
  if (problem != NULL)
    {
      fl_clock_clear (self->clock, &self->help_id);
      self->typing = self->typing || self->had_picture; /* the fields stay when it comes back */
    }
  if (problem != NULL &&
      (self->had_picture || !g_error_matches (problem, FL_ERROR, FL_ERROR_NO_CAMERA)))
    fl_label_page_tell (self, problem, NULL);
  fl_label_page_update (self);
  fl_label_page_rescue_focus (self);
}

void
fl_label_page_connect_feed (FlLabelPage *self)
{
  g_signal_connect_swapped (self->feed, "scanned", G_CALLBACK (on_scanned), self);
  g_signal_connect_swapped (self->feed, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect_swapped (self->feed, "notify::problem", G_CALLBACK (on_problem), self);
}

void
fl_label_page_resume (FlLabelPage *self)
{
  fl_label_page_stop_timers (self);
  g_clear_pointer (&self->read, fl_label_unref);
  fl_camera_box_set_words (self->camera_box, NULL);
  gtk_widget_set_visible (self->photo_row, fl_label_photo_get_busy (self->photo));
  if (self->feed != NULL)
    fl_camera_feed_set_max (self->feed, 1);
  fl_label_page_update_feed (self);
  if (self->had_picture && fl_label_page_has_camera (self))
    start_help (self);
  fl_label_page_update (self);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "screenshots.h"

#include "fl-label-page-private.h"
#include "fl-photo.h"
#include "fl-sim-camera.h"
#include "fl-sim-loader.h"
#include "ui-camera.h"

struct _LabelStage
{
  FlSimWorld *world;
  FlSimCamera *sight;
  gint64 at_us; /* which of its pictures the camera sees, again and again */
  int problem;  /* atomic */
  FlCameraList *cameras;
};

static void
draw (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer data)
{
  LabelStage *self = data;

  fl_sim_camera_draw (self->sight, pixels, width, height, self->at_us);
}

static int
get_problem (gint64 at_us, gpointer data)
{
  return g_atomic_int_get (&((LabelStage *) data)->problem);
}

static void
finalize (gpointer data)
{
  LabelStage *self = data;

  fl_sim_camera_free (self->sight);
  g_object_unref (self->world);
}

/* The camera's thread may be in the middle of a picture. */
static void
release (gpointer data)
{
  g_atomic_rc_box_release_full (data, finalize);
}

/* @part: of the way to the moment when a label can be read: 0 an empty desk. */
static LabelStage *
label_stage_new (double part, int problem)
{
  LabelStage *self = g_atomic_rc_box_new0 (LabelStage);
  g_autoptr (GError) error = NULL;
  gint64 from_us, until_us;
  const FlCameraPicture picture = {
    .name = "Desk",
    .width = FL_SIM_CAMERA_WIDTH,
    .height = FL_SIM_CAMERA_HEIGHT,
    .draw = draw,
    .data = g_atomic_rc_box_acquire (self),
    .free_data = release,
    .get_problem = get_problem,
  };

  self->world = fl_sim_world_load (NULL, 1, &error);
  g_assert_no_error (error);
  self->sight = fl_sim_camera_new (self->world);
  fl_sim_camera_get_showing (self->sight, 0, &from_us, &until_us);
  self->at_us = (gint64) (part * (double) from_us);
  self->problem = problem;
  self->cameras = fl_camera_list_new_for_picture (&picture);
  return self;
}

void
label_stage_free (LabelStage *self)
{
  g_clear_object (&self->cameras);
  release (self);
}

static FlPage *
label_base (Stage *stage, double part, int problem)
{
  FlPage *page = fl_label_page_new (stage->clock);

  stage->label = label_stage_new (part, problem);
  fl_label_page_set_product (FL_LABEL_PAGE (page), stage->product, NULL);
  fl_label_page_set_cable (FL_LABEL_PAGE (page), TRUE);
  fl_label_page_set_cameras (FL_LABEL_PAGE (page), stage->label->cameras);
  return page;
}

FlPage *
label_desk (Stage *stage)
{
  return label_base (stage, 0, 0);
}

FlPage *
label_held (Stage *stage)
{
  return label_base (stage, 1.05, 0);
}

/* A label of another device than the chosen one, which can be read too. */
FlPage *
label_other (Stage *stage)
{
  FlPage *page = label_base (stage, 1.05, 0);

  fl_label_judge_set_wanted (FL_LABEL_PAGE (page)->judge, FL_LABEL_USE_FIND, "4F2A1B");
  return page;
}

FlPage *
label_none (Stage *stage)
{
  return label_base (stage, 0, FL_ERROR_NO_CAMERA);
}

FlPage *
label_refused (Stage *stage)
{
  return label_base (stage, 0, FL_ERROR_CAMERA_REFUSED);
}

FlPage *
label_busy (Stage *stage)
{
  return label_base (stage, 0, FL_ERROR_CAMERA_BUSY);
}

static void
wait_picture (FlPage *page)
{
  while (!fl_camera_view_has_preview (fl_camera_box_get_view (FL_LABEL_PAGE (page)->camera_box)))
    g_main_context_iteration (NULL, TRUE);
}

/* The camera closes, its picture stays: so that it is the same one each time. */
static void
freeze (FlPage *page)
{
  wait_picture (page);
  fl_camera_feed_set_held (FL_LABEL_PAGE (page)->feed, TRUE);
}

void
label_show_empty (Stage *stage, FlPage *page)
{
  freeze (page);
}

static int
on_seen (gboolean *seen)
{
  *seen = TRUE;
  return FL_CAMERA_MARK_NEARLY;
}

/* Time stands still, so that nothing is sure yet. */
void
label_show_hint (Stage *stage, FlPage *page)
{
  FlLabelPage *self = FL_LABEL_PAGE (page);
  gboolean seen = FALSE;

  g_signal_connect_swapped (self->feed, "scanned", G_CALLBACK (on_seen), &seen);
  while (!seen)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (self->feed, &seen);
  freeze (page);
  fl_camera_box_set_hint (self->camera_box, FL_HINT_CLOSER);
}

void
label_show_read (Stage *stage, FlPage *page)
{
  while (FL_LABEL_PAGE (page)->read == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
label_show_patient (Stage *stage, FlPage *page)
{
  fl_label_page_set_patient (FL_LABEL_PAGE (page), TRUE);
  label_show_read (stage, page);
}

void
label_show_typed (Stage *stage, FlPage *page)
{
  freeze (page);
  fl_label_page_enter_code (FL_LABEL_PAGE (page));
}

void
label_show_help (Stage *stage, FlPage *page)
{
  wait_picture (page);
  ui_clock_advance_ms (stage->clock, FL_LABEL_PAGE_HELP_MS);
  freeze (page);
}

static void
hold (Stage *stage, FlPage *page, const char *words)
{
  g_autoptr (FlLabelText) text = ui_label_text (words);

  fl_label_page_take_text (FL_LABEL_PAGE (page), text);
  ui_clock_advance_ms (stage->clock, FL_JUDGE_SURE_MS);
  fl_label_page_take_text (FL_LABEL_PAGE (page), text);
}

void
label_show_other_code (Stage *stage, FlPage *page)
{
  freeze (page);
  hold (stage, page, "490154203237518");
}

void
label_show_example (Stage *stage, FlPage *page)
{
  label_show_other_code (stage, page);
  fl_label_page_act_on_told (FL_LABEL_PAGE (page), FL_ACTION_SHOW_HOW);
}

void
label_show_other_device (Stage *stage, FlPage *page)
{
  while (fl_error_box_get_error (FL_LABEL_PAGE (page)->told_box) == NULL)
    {
      ui_clock_advance_ms (stage->clock, FL_JUDGE_SURE_MS);
      g_main_context_iteration (NULL, TRUE);
    }
  freeze (page);
}

void
label_show_reading (Stage *stage, FlPage *page)
{
  FlLabelPage *self = FL_LABEL_PAGE (page);

  freeze (page);
  gtk_label_set_label (self->photo_label, "Reading the photo…");
  gtk_widget_set_visible (self->photo_row, TRUE);
}

void
label_show_choice (Stage *stage, FlPage *page)
{
  const char *const labels[] = { "P046AD342AB12CD HARB0URLIGHT123",
                                 "P046AD3424F2A1B HARB0URLIGHT124", NULL };
  FlLabelPage *self = FL_LABEL_PAGE (page);
  g_autoptr (GdkTexture) photo = ui_labels_photo (labels);

  freeze (page);
  fl_label_photo_read_texture (self->photo, photo);
  while (!gtk_widget_get_visible (self->choices))
    g_main_context_iteration (NULL, TRUE);
}

void
label_show_problem (Stage *stage, FlPage *page)
{
  while (fl_camera_feed_get_problem (FL_LABEL_PAGE (page)->feed) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
label_show_unplugged (Stage *stage, FlPage *page)
{
  wait_picture (page);
  g_atomic_int_set (&stage->label->problem, FL_ERROR_NO_CAMERA);
  label_show_problem (stage, page);
}

void
label_show_wrong_secret (Stage *stage, FlPage *page)
{
  g_autoptr (GError) error =
      g_error_new_literal (FL_ERROR, FL_ERROR_WRONG_SECRET, "Confirmation differs");

  freeze (page);
  fl_page_set_actions (page, G_MAXUINT64);
  fl_page_set_error (page, error);
}

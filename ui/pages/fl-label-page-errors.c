/* SPDX-License-Identifier: Apache-2.0 */
/* What is told beside the camera, and what its buttons do. */
#define G_LOG_DOMAIN "fl-label-page-errors"
#include "config.h"

#include "fl-label-page-private.h"

#include "fl-sight.h"

static guint64
get_told_actions (FlLabelPage *self)
{
  guint64 actions = fl_action_bit (FL_ACTION_ENTER_CODE) | fl_action_bit (FL_ACTION_SHOW_HOW) |
                    fl_action_bit (FL_ACTION_OPEN_PHOTO) | fl_action_bit (FL_ACTION_TRY_AGAIN);

  if (fl_label_page_has_camera (self))
    actions |= fl_action_bit (FL_ACTION_SCAN_LABEL);
  if (self->other != NULL)
    actions |= fl_action_bit (FL_ACTION_LOOK_FOR_THAT_DEVICE);
  return actions;
}

/* Who types is not taken away from it. */
static gboolean
is_typing (FlLabelPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *holder = root != NULL ? gtk_root_get_focus (root) : NULL;

  return GTK_IS_EDITABLE (holder) && gtk_widget_get_mapped (holder);
}

void
fl_label_page_mention (FlLabelPage *self, const GError *error, const char *advice)
{
  gtk_widget_set_visible (GTK_WIDGET (self->example), FALSE);
  fl_error_box_set_actions (self->told_box, get_told_actions (self));
  fl_error_box_tell (self->told_box, error, advice);
  fl_label_page_update (self);
  fl_label_page_rescue_focus (self);
  fl_sight_bring (GTK_WIDGET (self->told_box));
}

void
fl_label_page_tell (FlLabelPage *self, const GError *error, const char *advice)
{
  fl_label_page_mention (self, error, advice);
  if (!is_typing (self) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    fl_error_box_focus_button (self->told_box);
}

void
fl_label_page_untell (FlLabelPage *self)
{
  g_clear_pointer (&self->other, fl_label_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->example), FALSE);
  fl_error_box_set_error (self->told_box, NULL);
  fl_label_page_update (self);
}

static void
look_for_other (FlLabelPage *self)
{
  g_autoptr (FlLabel) label = g_steal_pointer (&self->other);

  fl_label_page_untell (self);
  if (label != NULL)
    g_signal_emit_by_name (self, "other-device", label);
}

static void
show_example (FlLabelPage *self)
{
  fl_label_drawing_set_part (self->example, FL_LABEL_PART_SQUARE);
  gtk_widget_set_visible (GTK_WIDGET (self->example), TRUE);
  fl_label_page_update (self);
  fl_sight_bring (GTK_WIDGET (self->example));
}

/* TRUE: it is for this page to do. */
static gboolean
act (FlLabelPage *self, int action)
{
  switch (action)
    {
    case FL_ACTION_SCAN_LABEL:
      fl_label_page_scan_again (self);
      return TRUE;
    case FL_ACTION_ENTER_CODE:
      fl_label_page_enter_code (self);
      return TRUE;
    case FL_ACTION_OPEN_PHOTO:
      fl_label_photo_choose (self->photo);
      return TRUE;
    default:
      return FALSE;
    }
}

void
fl_label_page_act_on_told (FlLabelPage *self, int action)
{
  if (act (self, action))
    return;

  switch (action)
    {
    case FL_ACTION_TRY_AGAIN:
      fl_label_page_untell (self);
      fl_camera_feed_retry (self->feed);
      break;
    case FL_ACTION_SHOW_HOW:
      show_example (self);
      break;
    case FL_ACTION_LOOK_FOR_THAT_DEVICE:
      look_for_other (self);
      break;
    default: /* the rest never gets a button: get_told_actions() */
      break;
    }
}

/* Before the guide hears of it. */
void
fl_label_page_act_on_error (FlLabelPage *self, int action)
{
  if (act (self, action))
    g_signal_stop_emission_by_name (self, "error-action");
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Photos of labels, and the choice among several labels in one. */
#define G_LOG_DOMAIN "fl-label-page-photo"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-label-page-private.h"

#include "fl-sight.h"

#define LABEL_KEY "fl-label"

void
fl_label_page_drop_choices (FlLabelPage *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->choices_list, 0)) != NULL)
    gtk_list_box_remove (self->choices_list, GTK_WIDGET (row));
  gtk_widget_set_visible (self->choices, FALSE);
}

static void
add_choice (FlLabelPage *self, FlLabelText *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (fl_label_text_get_number (text), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), LABEL_KEY, fl_label_ref (fl_label_text_get_label (text)),
                          (GDestroyNotify) fl_label_unref);
  gtk_list_box_append (self->choices_list, row);
}

void
fl_label_page_choose (FlLabelPage *self, GtkListBoxRow *row)
{
  g_autoptr (FlLabel) label = fl_label_ref (g_object_get_data (G_OBJECT (row), LABEL_KEY));

  fl_label_page_accept (self, label);
}

static gboolean
contains (GPtrArray *texts, FlLabelText *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (fl_label_text_equal (g_ptr_array_index (texts, i), text))
      return TRUE;
  return FALSE;
}

/* The labels that can be used, each once; where there is none, @error says what the first one is.
 */
static GPtrArray *
find_fitting (FlLabelPage *self, GPtrArray *scans, FlLabelText **first, GError **error)
{
  g_autoptr (GPtrArray) fitting = g_ptr_array_new ();

  for (guint i = 0; i < scans->len; i++)
    {
      FlLabelText *text = fl_scan_get_text (g_ptr_array_index (scans, i));
      g_autoptr (GError) problem = NULL;

      if (fl_label_judge_fits (self->judge, text, &problem))
        {
          if (!contains (fitting, text))
            g_ptr_array_add (fitting, text);
        }
      /* Another device's label says more than some other code. */
      else if (*error == NULL || g_error_matches (problem, FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE))
        {
          g_clear_error (error);
          *error = g_steal_pointer (&problem);
          *first = text;
        }
    }
  return g_steal_pointer (&fitting);
}

static void
on_read (FlLabelPage *self, GPtrArray *scans)
{
  g_autoptr (GError) error = NULL;
  FlLabelText *first = NULL;
  g_autoptr (GPtrArray) fitting = NULL;

  if (self->read != NULL)
    return; /* the camera was quicker */

  fitting = find_fitting (self, scans, &first, &error);
  fl_label_page_untell (self);
  fl_label_page_drop_choices (self);
  if (fitting->len == 1)
    {
      fl_label_page_accept (self, fl_label_text_get_label (g_ptr_array_index (fitting, 0)));
      return;
    }
  if (fitting->len == 0)
    {
      fl_label_page_refuse (self, first, error);
      return;
    }

  for (guint i = 0; i < fitting->len; i++)
    add_choice (self, g_ptr_array_index (fitting, i));
  gtk_widget_set_visible (self->choices, TRUE);
  fl_sight_bring (self->choices);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->choices_list, 0)));
}

static void
on_failed (FlLabelPage *self, const GError *error)
{
  if (g_error_matches (error, FL_ERROR, FL_ERROR_LABEL_UNREADABLE))
    fl_label_page_tell (self, error,
                        _ ("Take the photo from closer, in good light, and without a shadow on the "
                           "label. Or enter the code."));
  else if (g_error_matches (error, FL_ERROR, FL_ERROR_INVALID_INPUT))
    fl_label_page_tell (self, error, error->message);
  else
    fl_label_page_tell (self, error, NULL);
}

static void
on_busy (FlLabelPage *self)
{
  gboolean busy = fl_label_photo_get_busy (self->photo);

  if (busy)
    {
      fl_label_page_untell (self);
      fl_label_page_drop_choices (self);
      gtk_label_set_label (self->photo_label, _ ("Reading the photo…"));
    }
  gtk_widget_set_visible (self->photo_cancel, TRUE);
  gtk_widget_set_visible (self->photo_row, busy);
  fl_label_page_rescue_focus (self);
}

void
fl_label_page_connect_photo (FlLabelPage *self)
{
  g_signal_connect_swapped (self->photo, "read", G_CALLBACK (on_read), self);
  g_signal_connect_swapped (self->photo, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (self->photo, "notify::busy", G_CALLBACK (on_busy), self);
}

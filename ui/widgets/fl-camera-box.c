/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-camera-box.h"

#include "fl-announce.h"

struct _FlCameraBox
{
  GtkBox parent_instance;

  FlClock *clock;
  FlHint hint;
  FlHint said; /* last */
  gint64 said_us;
  guint say_id;
  char *words; /* (nullable) instead of the hint */

  FlCameraView *view;
  GtkLabel *line;
  FlCameraTools *tools;
};

G_DEFINE_FINAL_TYPE (FlCameraBox, fl_camera_box, GTK_TYPE_BOX)

const char *
fl_camera_hint_get_words (FlHint hint)
{
  switch (hint)
    {
    case FL_HINT_NONE:
      return _ ("Hold the small square code in the frame.");
    case FL_HINT_CLOSER:
      return _ ("Move closer");
    case FL_HINT_FURTHER:
      return _ ("Move back a little");
    case FL_HINT_TOO_DARK:
      return _ ("Too dark");
    case FL_HINT_HOLD_STILL:
      return _ ("Hold still");
    case FL_HINT_GLARE:
      return _ ("Tilt the label a little");
    }
  return "";
}

static void
update (FlCameraBox *self)
{
  const char *line = self->words;

  if (line == NULL && !fl_camera_view_has_preview (self->view))
    line = _ ("Starting the camera…");
  if (line == NULL)
    line = fl_camera_hint_get_words (self->hint);
  if (g_str_equal (line, gtk_label_get_label (self->line)))
    return;

  gtk_label_set_label (self->line, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  line, -1);
}

static void say (gpointer data);

static void
queue_say (FlCameraBox *self)
{
  if (self->say_id == 0)
    self->say_id =
        fl_clock_add_at (self->clock, self->said_us + FL_CAMERA_BOX_QUIET_MS * 1000, say, self);
}

/* What it is after the pause, not what it was meanwhile. */
static void
say (gpointer data)
{
  FlCameraBox *self = data;

  self->say_id = 0;
  if (self->words != NULL || self->hint == FL_HINT_NONE || self->hint == self->said ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->said = self->hint;
  self->said_us = fl_clock_now_us (self->clock);
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_LOW, fl_camera_hint_get_words (self->hint));
}

static void
fl_camera_box_dispose (GObject *object)
{
  FlCameraBox *self = FL_CAMERA_BOX (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->say_id);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fl_camera_box_parent_class)->dispose (object);
}

static void
fl_camera_box_finalize (GObject *object)
{
  g_clear_pointer (&FL_CAMERA_BOX (object)->words, g_free);

  G_OBJECT_CLASS (fl_camera_box_parent_class)->finalize (object);
}

static void
fl_camera_box_class_init (FlCameraBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fl_camera_box_dispose;
  object_class->finalize = fl_camera_box_finalize;
}

static void
fl_camera_box_init (FlCameraBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->view = FL_CAMERA_VIEW (fl_camera_view_new ());
  self->line = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->line, TRUE);
  gtk_label_set_justify (self->line, GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_top (GTK_WIDGET (self->line), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->line), "heading");
  self->tools = FL_CAMERA_TOOLS (fl_camera_tools_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->line));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->tools));
  update (self);
}

GtkWidget *
fl_camera_box_new (void)
{
  return g_object_new (FL_TYPE_CAMERA_BOX, NULL);
}

void
fl_camera_box_set_clock (FlCameraBox *self, FlClock *clock)
{
  g_return_if_fail (FL_IS_CAMERA_BOX (self));
  g_return_if_fail (self->clock == NULL);

  self->clock = g_object_ref (clock);
  self->said_us = fl_clock_now_us (clock) - FL_CAMERA_BOX_QUIET_MS * 1000;
}

FlCameraView *
fl_camera_box_get_view (FlCameraBox *self)
{
  g_return_val_if_fail (FL_IS_CAMERA_BOX (self), NULL);

  return self->view;
}

FlCameraTools *
fl_camera_box_get_tools (FlCameraBox *self)
{
  g_return_val_if_fail (FL_IS_CAMERA_BOX (self), NULL);

  return self->tools;
}

void
fl_camera_box_set_preview (FlCameraBox *self, const FlPreview *preview)
{
  g_return_if_fail (FL_IS_CAMERA_BOX (self));

  fl_camera_view_set_preview (self->view, preview);
  update (self);
}

void
fl_camera_box_set_hint (FlCameraBox *self, FlHint hint)
{
  g_return_if_fail (FL_IS_CAMERA_BOX (self));

  if (self->hint == hint)
    return;

  self->hint = hint;
  update (self);
  if (hint == FL_HINT_NONE)
    self->said = FL_HINT_NONE;
  else if (self->clock != NULL)
    queue_say (self);
}

void
fl_camera_box_set_words (FlCameraBox *self, const char *words)
{
  g_return_if_fail (FL_IS_CAMERA_BOX (self));

  if (g_strcmp0 (self->words, words) == 0)
    return;

  g_free (self->words);
  self->words = g_strdup (words);
  update (self);
}

const char *
fl_camera_box_get_line (FlCameraBox *self)
{
  g_return_val_if_fail (FL_IS_CAMERA_BOX (self), NULL);

  return gtk_label_get_label (self->line);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-label-photo"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-label-photo.h"

#include "fl-file-picker.h"
#include "fl-photo.h"

struct _FlLabelPhoto
{
  GObject parent_instance;

  GtkWidget *page; /* borrowed */
  GCancellable *cancellable;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (FlLabelPhoto, fl_label_photo, G_TYPE_OBJECT)

typedef enum
{
  PROP_BUSY = 1
} FlLabelPhotoProperty;
static GParamSpec *props[PROP_BUSY + 1];

enum
{
  SIGNAL_READ,
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_busy (FlLabelPhoto *self, gboolean busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/* One photo at a time: the one before is of no interest any more. */
static GCancellable *
begin (FlLabelPhoto *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  return self->cancellable;
}

static void
tell (FlLabelPhoto *self, const GError *error)
{
  set_busy (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlLabelPhoto) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = fl_photo_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->page == NULL)
    return;
  if (scans == NULL)
    {
      tell (self, error);
      return;
    }

  set_busy (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_READ], 0, scans);
}

/* A large picture takes its time. */
static void
pack (GTask *task, gpointer source, gpointer texture, GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (texture),
                         (GDestroyNotify) g_bytes_unref);
}

static void
on_packed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlLabelPhoto) self = data;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (bytes == NULL || self->page == NULL)
    return; /* cancelled */

  fl_photo_read_bytes_async (bytes, self->cancellable, on_read, g_object_ref (self));
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlLabelPhoto) self = data;
  g_autoptr (GFile) file = fl_file_picker_open_finish (GTK_WINDOW (source), result, NULL);

  if (file != NULL && self->page != NULL)
    fl_label_photo_read_file (self, file);
}

/* TRUE: @value is, or holds, something that can be read. */
static gboolean
take_value (FlLabelPhoto *self, const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = g_value_get_boxed (value);

      if (files == NULL)
        return FALSE;
      fl_label_photo_read_file (self, files->data);
      return TRUE;
    }
  if (G_VALUE_HOLDS (value, G_TYPE_FILE) && g_value_get_object (value) != NULL)
    {
      fl_label_photo_read_file (self, g_value_get_object (value));
      return TRUE;
    }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) && g_value_get_object (value) != NULL)
    {
      fl_label_photo_read_texture (self, g_value_get_object (value));
      return TRUE;
    }
  return FALSE;
}

static gboolean
on_drop (FlLabelPhoto *self, const GValue *value)
{
  return take_value (self, value);
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlLabelPhoto) self = data;
  g_autoptr (GError) cause = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &cause);
  g_autoptr (GError) error = NULL;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->page == NULL ||
      (value != NULL && take_value (self, value)))
    return;
  error = g_error_new_literal (FL_ERROR, FL_ERROR_INVALID_INPUT,
                               _ ("What was copied is no picture that can be read here."));
  tell (self, error);
}

/* Text belongs into the fields. A file manager offers the names of files as text, too. */
static GType
choose_type (FlLabelPhoto *self, GdkContentFormats *formats)
{
  GtkRoot *root = gtk_widget_get_root (self->page);
  gboolean in_field = root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root));

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return GDK_TYPE_FILE_LIST;
  if (in_field && gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    return G_TYPE_INVALID;
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    return GDK_TYPE_TEXTURE;
  return G_TYPE_INVALID;
}

static gboolean
on_paste (GtkWidget *page, GVariant *arguments, gpointer data)
{
  return fl_label_photo_paste (data) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
add_drop (FlLabelPhoto *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->page, GTK_EVENT_CONTROLLER (target));
}

/* Before a field takes the key. */
static void
add_paste (FlLabelPhoto *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  const guint keys[][2] = {
    { GDK_KEY_v, GDK_CONTROL_MASK },
    { GDK_KEY_Insert, GDK_SHIFT_MASK },
  };

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i][0], (GdkModifierType) keys[i][1]),
                          gtk_callback_action_new (on_paste, self, NULL)));
  gtk_widget_add_controller (self->page, controller);
}

static void
fl_label_photo_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlLabelPhotoProperty) id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, FL_LABEL_PHOTO (object)->busy);
      break;
    }
}

static void
fl_label_photo_dispose (GObject *object)
{
  FlLabelPhoto *self = FL_LABEL_PHOTO (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->page = NULL;

  G_OBJECT_CLASS (fl_label_photo_parent_class)->dispose (object);
}

static void
fl_label_photo_class_init (FlLabelPhotoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fl_label_photo_dispose;
  object_class->get_property = fl_label_photo_get_property;

  props[PROP_BUSY] =
      g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_READ] = g_signal_new ("read", FL_TYPE_LABEL_PHOTO, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", FL_TYPE_LABEL_PHOTO, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
fl_label_photo_init (FlLabelPhoto *self)
{
}

FlLabelPhoto *
fl_label_photo_new (GtkWidget *page)
{
  FlLabelPhoto *self = g_object_new (FL_TYPE_LABEL_PHOTO, NULL);

  self->page = page;
  add_drop (self);
  add_paste (self);
  return self;
}

void
fl_label_photo_choose (FlLabelPhoto *self)
{
  GtkRoot *root;

  g_return_if_fail (FL_IS_LABEL_PHOTO (self));

  root = gtk_widget_get_root (self->page);
  if (GTK_IS_WINDOW (root))
    fl_file_picker_open_picture_async (GTK_WINDOW (root), _ ("Photo of the Label"), on_file_chosen,
                                       g_object_ref (self));
}

/* What comes late, from a file chooser or the clipboard, must not go on where the person is now. */
static gboolean
is_over (FlLabelPhoto *self)
{
  return !gtk_widget_get_mapped (self->page);
}

void
fl_label_photo_read_file (FlLabelPhoto *self, GFile *file)
{
  g_return_if_fail (FL_IS_LABEL_PHOTO (self));

  if (is_over (self))
    return;
  fl_photo_read_async (file, begin (self), on_read, g_object_ref (self));
}

void
fl_label_photo_read_texture (FlLabelPhoto *self, GdkTexture *texture)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FL_IS_LABEL_PHOTO (self));

  if (is_over (self))
    return;
  task = g_task_new (NULL, begin (self), on_packed, g_object_ref (self));
  g_task_set_source_tag (task, fl_label_photo_read_texture);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, pack);
}

void
fl_label_photo_cancel (FlLabelPhoto *self)
{
  g_return_if_fail (FL_IS_LABEL_PHOTO (self));

  g_cancellable_cancel (self->cancellable);
  set_busy (self, FALSE);
}

gboolean
fl_label_photo_get_busy (FlLabelPhoto *self)
{
  g_return_val_if_fail (FL_IS_LABEL_PHOTO (self), FALSE);

  return self->busy;
}

gboolean
fl_label_photo_paste (FlLabelPhoto *self)
{
  GdkClipboard *clipboard;
  g_autoptr (GdkContentFormats) formats = NULL;
  GType type;

  g_return_val_if_fail (FL_IS_LABEL_PHOTO (self), FALSE);

  clipboard = gtk_widget_get_clipboard (self->page);
  formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));
  type = choose_type (self, formats);
  if (type == G_TYPE_INVALID)
    return FALSE;

  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, begin (self), on_pasted,
                                  g_object_ref (self));
  return TRUE;
}

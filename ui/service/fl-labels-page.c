/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-labels-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-labels-page.h"

#include "fl-announce.h"
#include "fl-camera-feed.h"
#include "fl-chime.h"
#include "fl-file-picker.h"
#include "fl-labels-list.h"
#include "fl-ui.h"
#include "fl-wrap-box.h"

#define AT_ONCE 4 /* labels in one picture: a strip of them may be held up */

struct _FlLabelsPage
{
  FlPage parent_instance;

  FlClock *clock;
  FlLabelStream *stream;
  FlCameraFeed *feed;

  FlCameraBox *camera_box;
  GtkLabel *count_label;
  GtkLabel *news_label;
  GtkWidget *tools;
  FlLabelsList *list;
};

G_DEFINE_FINAL_TYPE (FlLabelsPage, fl_labels_page, FL_TYPE_PAGE)

enum
{
  SIGNAL_DONE,
  SIGNAL_TOAST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static guint
get_n (FlLabelsPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->stream));
}

/* The focus does not go with what goes. */
static void
leave_tools (FlLabelsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->tools) && GTK_IS_WINDOW (root))
    gtk_window_set_focus (GTK_WINDOW (root), gtk_window_get_default_widget (GTK_WINDOW (root)));
}

static void
update (FlLabelsPage *self)
{
  const guint n = get_n (self);
  g_autofree char *words = g_strdup_printf (ngettext ("%u label", "%u labels", n), n);

  gtk_label_set_label (self->count_label, words);
  if (n == 0)
    leave_tools (self);
  gtk_widget_set_visible (self->tools, n > 0);
}

static void
tell (FlLabelsPage *self, FlAnnouncePriority priority, const char *words)
{
  gtk_label_set_label (self->news_label, words);
  fl_announce (GTK_WIDGET (self), priority, words);
}

/* The end of it, as it is printed larger on many boxes and as people compare it. */
static const char *
get_ending (FlLabelText *text)
{
  const char *number = fl_label_text_get_number (text);
  const gsize size = number != NULL ? strlen (number) : 0;

  return size > FL_SETUP_CODE_SIZE ? number + size - FL_SETUP_CODE_SIZE : number;
}

/* Its number in the order of scanning; 0: it is not there. */
static guint
find_number (FlLabelsPage *self, FlLabelText *text)
{
  const guint n = get_n (self);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FlLabelItem) item = g_list_model_get_item (G_LIST_MODEL (self->stream), i);

      if (fl_label_text_equal (fl_label_item_get_text (item), text))
        return n - i;
    }
  return 0;
}

static void
tell_new (FlLabelsPage *self, FlLabelText *text)
{
  /* Translators: "Label 25. Serial ending 4F2A1B." */
  g_autofree char *words = g_strdup_printf (_ ("Label %u. Serial ending %s."),
                                            find_number (self, text), get_ending (text));

  fl_chime_ring (GTK_WIDGET (self));
  tell (self, FL_ANNOUNCE_MEDIUM, words);
}

static void
tell_duplicate (FlLabelsPage *self, FlLabelText *text)
{
  /* Translators: "Already scanned: label 12, serial ending 4F2A1B." */
  g_autofree char *words = g_strdup_printf (_ ("Already scanned: label %u, serial ending %s."),
                                            find_number (self, text), get_ending (text));

  tell (self, FL_ANNOUNCE_MEDIUM, words);
}

static void
tell_refused (FlLabelsPage *self, FlLabelText *text)
{
  g_autoptr (GError) error = NULL;

  if (!fl_label_text_check (text, FL_LABEL_USE_FIND, &error))
    tell (self, FL_ANNOUNCE_MEDIUM, error->message);
  else
    tell (self, FL_ANNOUNCE_MEDIUM, _ ("This is a different code. It was not added."));
}

FlStreamNews
fl_labels_page_take (FlLabelsPage *self, FlLabelText *text)
{
  FlStreamNews news;

  g_return_val_if_fail (FL_IS_LABELS_PAGE (self), FL_STREAM_REFUSED);

  news = fl_label_stream_add (self->stream, text, fl_clock_now_us (self->clock) / 1000);
  switch (news)
    {
    case FL_STREAM_NEW:
      fl_labels_list_set_again (self->list, NULL);
      tell_new (self, text);
      break;
    case FL_STREAM_DUPLICATE:
      fl_labels_list_set_again (self->list, text);
      tell_duplicate (self, text);
      break;
    case FL_STREAM_REFUSED:
      tell_refused (self, text);
      break;
    case FL_STREAM_SAME:
      break;
    }
  return news;
}

static int
on_scanned (FlLabelsPage *self, FlScan *scan)
{
  FlLabelText *text = fl_scan_get_text (scan);

  fl_labels_page_take (self, text);
  return find_number (self, text) != 0 ? FL_CAMERA_MARK_READ : FL_CAMERA_MARK_WRONG;
}

static void
on_problem (FlLabelsPage *self)
{
  const GError *problem = fl_camera_feed_get_problem (self->feed);

  fl_page_set_error (FL_PAGE (self), problem);
  gtk_widget_set_visible (GTK_WIDGET (self->camera_box), problem == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->news_label), problem == NULL || get_n (self) > 0);
}

static void
on_error_action (FlLabelsPage *self, int action)
{
  if (action == FL_ACTION_TRY_AGAIN && self->feed != NULL)
    fl_camera_feed_retry (self->feed);
}

static void
on_undo (FlLabelsPage *self)
{
  g_autofree char *words = NULL;

  if (get_n (self) == 0)
    return;

  /* Translators: "Label 25 was removed." */
  words = g_strdup_printf (_ ("Label %u was removed."), get_n (self));
  fl_labels_list_set_again (self->list, NULL);
  fl_label_stream_remove (self->stream, 0);
  tell (self, FL_ANNOUNCE_MEDIUM, words);
}

/* One line each, in the order of scanning. */
static char *
dup_serials (FlLabelsPage *self)
{
  GString *list = g_string_new (NULL);

  for (guint i = get_n (self); i > 0; i--)
    {
      g_autoptr (FlLabelItem) item = g_list_model_get_item (G_LIST_MODEL (self->stream), i - 1);
      const char *number = fl_label_text_get_number (fl_label_item_get_text (item));

      if (number != NULL)
        g_string_append_printf (list, "%s\n", number);
    }
  return g_string_free (list, FALSE);
}

static void
on_copy (FlLabelsPage *self)
{
  g_autofree char *list = dup_serials (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), list);
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, _ ("The serial numbers were copied."));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlLabelsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (fl_file_picker_save_finish (GTK_WINDOW (source), result, &error))
    {
      g_signal_emit (self, signals[SIGNAL_TOAST], 0, _ ("The serial numbers were saved."));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Translators: %s is the reason, in a sentence of the system */
  words = g_strdup_printf (_ ("The serial numbers could not be saved: %s"), error->message);
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

static void
on_save (FlLabelsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *list = dup_serials (self);

  if (GTK_IS_WINDOW (root))
    /* Translators: the name of a file */
    fl_file_picker_save_async (GTK_WINDOW (root), _ ("Save the Serial Numbers"),
                               _ ("serial-numbers.txt"), list, on_saved, g_object_ref (self));
}

static void
fl_labels_page_activate (FlPage *page)
{
  g_signal_emit (page, signals[SIGNAL_DONE], 0);
}

static void
fl_labels_page_dispose (GObject *object)
{
  FlLabelsPage *self = FL_LABELS_PAGE (object);

  if (self->stream != NULL)
    g_signal_handlers_disconnect_by_data (self->stream, self);
  if (self->feed != NULL)
    g_signal_handlers_disconnect_by_data (self->feed, self);
  g_clear_object (&self->feed);
  g_clear_object (&self->stream);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fl_labels_page_parent_class)->dispose (object);
}

static void
fl_labels_page_class_init (FlLabelsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_OBJECT_CLASS_TYPE (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_labels_page_dispose;
  FL_PAGE_CLASS (klass)->activate = fl_labels_page_activate;

  signals[SIGNAL_DONE] =
      g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (FL_TYPE_CAMERA_BOX);
  g_type_ensure (FL_TYPE_LABELS_LIST);
  g_type_ensure (FL_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-labels-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlLabelsPage, camera_box);
  gtk_widget_class_bind_template_child (widget_class, FlLabelsPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, FlLabelsPage, news_label);
  gtk_widget_class_bind_template_child (widget_class, FlLabelsPage, tools);
  gtk_widget_class_bind_template_child (widget_class, FlLabelsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
fl_labels_page_init (FlLabelsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fl_page_set_actions (FL_PAGE (self), fl_action_bit (FL_ACTION_TRY_AGAIN));
  g_signal_connect (self, "error-action", G_CALLBACK (on_error_action), NULL);
}

FlPage *
fl_labels_page_new (FlClock *clock, FlLabelStream *stream)
{
  FlLabelsPage *self = g_object_new (FL_TYPE_LABELS_PAGE, NULL);

  self->clock = g_object_ref (clock);
  self->stream = g_object_ref (stream);
  g_signal_connect_swapped (stream, "items-changed", G_CALLBACK (update), self);
  fl_labels_list_set_stream (self->list, stream);
  fl_camera_box_set_clock (self->camera_box, clock);
  update (self);
  return FL_PAGE (self);
}

void
fl_labels_page_set_cameras (FlLabelsPage *self, FlCameraList *cameras)
{
  g_return_if_fail (FL_IS_LABELS_PAGE (self));
  g_return_if_fail (self->feed == NULL);

  self->feed = fl_camera_feed_new (cameras, self->camera_box, GTK_WIDGET (self));
  fl_camera_feed_set_max (self->feed, AT_ONCE);
  g_signal_connect_swapped (self->feed, "scanned", G_CALLBACK (on_scanned), self);
  g_signal_connect_swapped (self->feed, "notify::problem", G_CALLBACK (on_problem), self);
  on_problem (self);
}

void
fl_labels_page_set_visits (FlLabelsPage *self, GListModel *visits)
{
  g_return_if_fail (FL_IS_LABELS_PAGE (self));

  fl_labels_list_set_visits (self->list, visits);
}

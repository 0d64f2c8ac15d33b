/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-label-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-label-page-private.h"

#include "fl-sight.h"
#include "fl-ui.h"

G_DEFINE_FINAL_TYPE (FlLabelPage, fl_label_page, FL_TYPE_PAGE)

enum
{
  SIGNAL_READ,
  SIGNAL_ENTERED,
  SIGNAL_OTHER_DEVICE,
  SIGNAL_USE_CABLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
fl_label_page_emit_read (FlLabelPage *self, FlLabel *label)
{
  g_signal_emit (self, signals[SIGNAL_READ], 0, label);
}

void
fl_label_page_go_on (FlLabelPage *self)
{
  g_autoptr (FlLabel) label = g_steal_pointer (&self->read);

  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, label);
}

static const GError *
get_camera_problem (FlLabelPage *self)
{
  return self->feed != NULL ? fl_camera_feed_get_problem (self->feed) : NULL;
}

gboolean
fl_label_page_has_camera (FlLabelPage *self)
{
  g_return_val_if_fail (FL_IS_LABEL_PAGE (self), FALSE);

  return self->can_scan && self->feed != NULL && get_camera_problem (self) == NULL;
}

/* Whether an error that is shown has this button: then it is not there twice. */
static gboolean
offers (const GError *error, FlErrorAction action)
{
  FlErrorText text = { 0 };

  if (error == NULL)
    return FALSE;

  fl_error_describe (error, &text);
  for (guint i = 0; i < FL_ERROR_MAX_ACTIONS; i++)
    if (text.buttons[i].action == action)
      return TRUE;
  return FALSE;
}

/* The one place where what is there becomes what is shown. */
void
fl_label_page_update (FlLabelPage *self)
{
  FlPage *page = FL_PAGE (self);
  const GError *told = fl_error_box_get_error (self->told_box);
  const GError *error = fl_page_get_error (page);
  gboolean scans = fl_label_page_has_camera (self);
  gboolean types = !scans || self->typing;
  gboolean example = gtk_widget_get_visible (GTK_WIDGET (self->example));
  gboolean waits = self->patient && self->read != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->camera_box), scans);
  gtk_widget_set_visible (GTK_WIDGET (self->typed), types);
  fl_label_typed_set_drawing (self->typed, !scans && !offers (told, FL_ACTION_SHOW_HOW));
  gtk_widget_set_visible (self->enter_button, !types && !offers (told, FL_ACTION_ENTER_CODE) &&
                                                  !offers (error, FL_ACTION_ENTER_CODE));
  gtk_widget_set_visible (self->photo_button,
                          self->can_scan && !offers (told, FL_ACTION_OPEN_PHOTO));
  gtk_widget_set_visible (self->cable_button,
                          self->can_cable && !offers (error, FL_ACTION_USE_USB));
  gtk_widget_set_visible (self->no_camera_label,
                          self->can_scan && self->feed != NULL && !scans && told == NULL);

  fl_camera_view_set_small (fl_camera_box_get_view (self->camera_box), types || example);
  fl_label_page_update_subtitle (self, scans);
  fl_page_set_title (page, scans ? _ ("Scan the Label") : _ ("Enter the Code"));
  fl_page_set_action_label (page, types || waits ? _ ("C_ontinue") : NULL);
  fl_page_set_complete (page, waits || (types && fl_label_typed_get_complete (self->typed)));
}

static void
on_typed (FlLabelPage *self)
{
  if (g_error_matches (fl_error_box_get_error (self->told_box), FL_ERROR,
                       FL_ERROR_LABEL_OTHER_CODE))
    fl_label_page_untell (self);
}

static void
on_complete (FlLabelPage *self)
{
  fl_label_page_update (self);
}

static void
on_unreadable (FlLabelPage *self, const GError *error)
{
  fl_label_page_tell (self, error, NULL);
}

static void
on_cable (FlLabelPage *self)
{
  g_signal_emit (self, signals[SIGNAL_USE_CABLE], 0);
}

static void
on_photo_clicked (FlLabelPage *self)
{
  fl_label_photo_choose (self->photo);
}

static void
on_photo_cancelled (FlLabelPage *self)
{
  fl_label_photo_cancel (self->photo);
}

static void
on_choice (FlLabelPage *self, GtkListBoxRow *row)
{
  fl_label_page_choose (self, row);
}

/* The label that was read did not work. */
static void
on_error (FlLabelPage *self)
{
  if (fl_page_get_error (FL_PAGE (self)) != NULL && self->judge != NULL)
    fl_label_page_resume (self);
  else if (self->judge != NULL)
    fl_label_page_update (self);
}

static void
on_screen_reader (FlLabelPage *self)
{
  fl_label_page_set_patient (self, fl_screen_reader_get_running (self->screen_reader));
}

static void
fl_label_page_activate (FlPage *page)
{
  FlLabelPage *self = FL_LABEL_PAGE (page);
  g_autoptr (FlLabel) label = NULL;

  if (self->read != NULL)
    {
      fl_label_page_go_on (self);
      return;
    }
  label = fl_label_typed_read (self->typed);
  if (label != NULL)
    g_signal_emit (self, signals[SIGNAL_ENTERED], 0, label);
}

static void
fl_label_page_enter (FlPage *page)
{
  FlLabelPage *self = FL_LABEL_PAGE (page);

  fl_label_page_resume (self);
  fl_label_page_focus (self);
}

static GtkWidget *
fl_label_page_get_error_box (FlPage *page)
{
  return GTK_WIDGET (FL_LABEL_PAGE (page)->told_box);
}

/* Whoever leaves the page does not go on by itself. */
static void
fl_label_page_unmap (GtkWidget *widget)
{
  FlLabelPage *self = FL_LABEL_PAGE (widget);

  fl_label_photo_cancel (self->photo);
  fl_label_page_stop_timers (self);
  g_clear_pointer (&self->read, fl_label_unref);
  self->had_picture = FALSE;
  GTK_WIDGET_CLASS (fl_label_page_parent_class)->unmap (widget);
}

static void
fl_label_page_dispose (GObject *object)
{
  FlLabelPage *self = FL_LABEL_PAGE (object);

  if (self->clock != NULL)
    fl_label_page_stop_timers (self);
  if (self->feed != NULL)
    g_signal_handlers_disconnect_by_data (self->feed, self);
  if (self->photo != NULL)
    g_signal_handlers_disconnect_by_data (self->photo, self);
  if (self->screen_reader != NULL)
    g_signal_handlers_disconnect_by_data (self->screen_reader, self);
  g_clear_object (&self->feed);
  g_clear_object (&self->photo);
  g_clear_object (&self->screen_reader);
  g_clear_pointer (&self->judge, fl_label_judge_free);
  g_clear_pointer (&self->read, fl_label_unref);
  g_clear_pointer (&self->other, fl_label_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->device_name, g_free);

  G_OBJECT_CLASS (fl_label_page_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  const GType type = FL_TYPE_LABEL_PAGE;

  signals[SIGNAL_READ] = g_signal_new ("read", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, FL_TYPE_LABEL);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, FL_TYPE_LABEL);
  signals[SIGNAL_OTHER_DEVICE] = g_signal_new ("other-device", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, FL_TYPE_LABEL);
  signals[SIGNAL_USE_CABLE] =
      g_signal_new ("use-cable", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (FL_TYPE_CAMERA_BOX);
  g_type_ensure (FL_TYPE_LABEL_DRAWING);
  g_type_ensure (FL_TYPE_LABEL_TYPED);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-label-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, told_box);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, typed);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, enter_button);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, photo_button);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, cable_button);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, camera_box);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, photo_row);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, photo_label);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, photo_cancel);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, example);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, choices);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, choices_list);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, no_camera_label);
  gtk_widget_class_bind_template_callback (widget_class, fl_page_activate);
  gtk_widget_class_bind_template_callback (widget_class, fl_label_page_enter_code);
  gtk_widget_class_bind_template_callback (widget_class, fl_label_page_act_on_told);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_complete);
  gtk_widget_class_bind_template_callback (widget_class, on_unreadable);
  gtk_widget_class_bind_template_callback (widget_class, on_photo_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_photo_cancelled);
  gtk_widget_class_bind_template_callback (widget_class, on_choice);
  gtk_widget_class_bind_template_callback (widget_class, fl_label_page_take_key);
  gtk_widget_class_bind_template_callback (widget_class, on_cable);
}

static void
fl_label_page_class_init (FlLabelPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_label_page_dispose;
  widget_class->unmap = fl_label_page_unmap;
  page_class->activate = fl_label_page_activate;
  page_class->enter = fl_label_page_enter;
  page_class->get_error_box = fl_label_page_get_error_box;
  install_signals ();
  bind_template (widget_class);
}

static void
fl_label_page_init (FlLabelPage *self)
{
  self->need = FL_NEED_CODE | FL_NEED_SECRET;
  self->can_scan = self->has_secret_in_square = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "error-action", G_CALLBACK (fl_label_page_act_on_error), NULL);
  g_signal_connect (self, "notify::error", G_CALLBACK (on_error), NULL);
}

FlPage *
fl_label_page_new (FlClock *clock)
{
  FlLabelPage *self = g_object_new (FL_TYPE_LABEL_PAGE, NULL);

  self->clock = g_object_ref (clock);
  self->judge = fl_label_judge_new ();
  self->screen_reader = fl_screen_reader_new ();
  self->photo = fl_label_photo_new (GTK_WIDGET (self));
  fl_camera_box_set_clock (self->camera_box, clock);
  g_signal_connect_swapped (self->screen_reader, "notify::running", G_CALLBACK (on_screen_reader),
                            self);
  fl_label_page_connect_photo (self);
  fl_label_page_update (self);
  return FL_PAGE (self);
}

void
fl_label_page_set_cameras (FlLabelPage *self, FlCameraList *cameras)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));
  g_return_if_fail (self->feed == NULL);

  self->feed = fl_camera_feed_new (cameras, self->camera_box, GTK_WIDGET (self));
  fl_label_page_connect_feed (self);
  fl_label_page_update_feed (self);
  fl_label_page_update (self);
}

void
fl_label_page_set_cable (FlLabelPage *self, gboolean can_use_cable)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  self->can_cable = can_use_cable;
  fl_label_page_update (self);
}

void
fl_label_page_clear (FlLabelPage *self)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  self->typing = FALSE;
  fl_label_typed_clear (self->typed);
  fl_label_page_drop_choices (self);
  fl_label_page_untell (self);
  fl_label_judge_forgive (self->judge);
  fl_page_set_error (FL_PAGE (self), NULL);
}

void
fl_label_page_scan_again (FlLabelPage *self)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  fl_label_judge_forgive (self->judge);
  fl_label_page_untell (self);
  fl_page_set_error (FL_PAGE (self), NULL);
  fl_label_page_resume (self);
  fl_label_page_focus (self);
  fl_sight_bring (GTK_WIDGET (fl_camera_box_get_view (self->camera_box)));
}

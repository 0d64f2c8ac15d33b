/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cable-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-cable-page.h"

#include "fl-ui.h"

#define SPINNER_MS 3000 /* a shorter wait needs none */

struct _FlCablePage
{
  FlPage parent_instance;

  FlClock *clock;
  guint timer_id;
  gboolean has_bluetooth;

  GtkWidget *waiting_box;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (FlCablePage, fl_cable_page, FL_TYPE_PAGE)

static guint use_bluetooth_signal;

static void
set_spinning (FlCablePage *self, gboolean spinning)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), spinning);
  gtk_spinner_set_spinning (self->spinner, spinning);
}

static void
on_slow (gpointer data)
{
  FlCablePage *self = data;

  self->timer_id = 0;
  set_spinning (self, TRUE);
}

static void
fl_cable_page_activate (FlPage *page)
{
  g_signal_emit (page, use_bluetooth_signal, 0);
}

static void
fl_cable_page_dispose (GObject *object)
{
  FlCablePage *self = FL_CABLE_PAGE (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->timer_id);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fl_cable_page_parent_class)->dispose (object);
}

static void
fl_cable_page_class_init (FlCablePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_cable_page_dispose;
  FL_PAGE_CLASS (klass)->activate = fl_cable_page_activate;

  use_bluetooth_signal = g_signal_new ("use-bluetooth", FL_TYPE_CABLE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-cable-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlCablePage, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, FlCablePage, spinner);
}

static void
fl_cable_page_init (FlCablePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FlPage *
fl_cable_page_new (FlClock *clock)
{
  FlCablePage *self = g_object_new (FL_TYPE_CABLE_PAGE, NULL);

  self->clock = g_object_ref (clock);
  fl_cable_page_set_bluetooth (self, TRUE);
  return FL_PAGE (self);
}

void
fl_cable_page_set_waiting (FlCablePage *self, gboolean waiting)
{
  g_return_if_fail (FL_IS_CABLE_PAGE (self));

  fl_clock_clear (self->clock, &self->timer_id);
  set_spinning (self, FALSE);
  gtk_widget_set_visible (self->waiting_box, waiting);
  /* The error has that button, too. */
  fl_page_set_action_label (FL_PAGE (self),
                            self->has_bluetooth && waiting ? _ ("Use _Bluetooth") : NULL);
  if (waiting)
    self->timer_id = fl_clock_add_ms (self->clock, SPINNER_MS, on_slow, self);
}

void
fl_cable_page_set_bluetooth (FlCablePage *self, gboolean has_bluetooth)
{
  g_return_if_fail (FL_IS_CABLE_PAGE (self));

  self->has_bluetooth = has_bluetooth;
  fl_page_set_complete (FL_PAGE (self), has_bluetooth);
  fl_cable_page_set_waiting (self, TRUE);
}

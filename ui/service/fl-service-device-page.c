/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-service-device-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-device-page.h"

#include "fl-check-block.h"
#include "fl-journal-block.h"
#include "fl-known-block.h"
#include "fl-modules-block.h"
#include "fl-orders-block.h"
#include "fl-overview-block.h"
#include "fl-service-text.h"

enum
{
  BLOCK_OVERVIEW,
  BLOCK_KNOWN,
  BLOCK_ORDERS,
  BLOCK_CHECK,
  BLOCK_MODULES,
  BLOCK_JOURNAL,
  N_BLOCKS
};

struct _FlServiceDevicePage
{
  FlPage parent_instance;

  FlVisit *visit;
  GSignalGroup *visit_signals;
  GSignalGroup *device_signals;
  guint update_id;
  FlServiceBlock *blocks[N_BLOCKS];
};

G_DEFINE_FINAL_TYPE (FlServiceDevicePage, fl_service_device_page, FL_TYPE_PAGE)

static guint wish_signal;

static void
update_subtitle (FlServiceDevicePage *self)
{
  static const FlServiceColumn columns[] = { FL_SERVICE_PRODUCT, FL_SERVICE_SERIAL,
                                             FL_SERVICE_ROAD };
  g_autoptr (GString) subtitle = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = fl_service_dup_text (self->visit, columns[i]);

      if (text != NULL && *text != 0)
        g_string_append_printf (subtitle, "%s%s", subtitle->len > 0 ? " · " : "", text);
    }
  fl_page_set_subtitle (FL_PAGE (self), subtitle->str);
}

/* The same words twice would be read aloud twice. */
static gboolean
is_same (const GError *a, const GError *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_error_matches (a, b->domain, b->code) && g_strcmp0 (a->message, b->message) == 0;
}

static gboolean
update (gpointer data)
{
  FlServiceDevicePage *self = data;
  const GError *error;

  self->update_id = 0;
  if (self->visit == NULL)
    return G_SOURCE_REMOVE;

  /* It may have been found as another object. */
  g_signal_group_set_target (self->device_signals, fl_visit_get_device (self->visit));
  error = fl_visit_get_error (self->visit);
  fl_page_set_title (FL_PAGE (self), fl_device_get_name (fl_visit_get_device (self->visit)));
  update_subtitle (self);
  fl_page_set_busy (FL_PAGE (self), fl_visit_get_busy (self->visit));
  if (!is_same (error, fl_page_get_error (FL_PAGE (self))))
    fl_page_set_error (FL_PAGE (self), error);
  for (guint i = 0; i < N_BLOCKS; i++)
    fl_service_block_update (self->blocks[i]);
  return G_SOURCE_REMOVE;
}

/* An order changes several things at once; the page sees them together. */
static void
queue_update (FlServiceDevicePage *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_DEFAULT, update, self, NULL);
}

static void
on_wish (FlServiceDevicePage *self, int wish, FlNetwork *network)
{
  g_signal_emit (self, wish_signal, 0, wish, network);
}

static void
fl_service_device_page_enter (FlPage *page)
{
  if (!fl_page_focus_error (page))
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
fl_service_device_page_refresh (FlPage *page)
{
  FlServiceDevicePage *self = FL_SERVICE_DEVICE_PAGE (page);

  if (self->visit == NULL)
    return;

  fl_visit_open (self->visit);
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    fl_visit_refresh (self->visit, (FlVisitBlock) i);
}

static void
fl_service_device_page_dispose (GObject *object)
{
  FlServiceDevicePage *self = FL_SERVICE_DEVICE_PAGE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->visit_signals != NULL)
    {
      g_signal_group_set_target (self->visit_signals, NULL);
      g_signal_group_set_target (self->device_signals, NULL);
    }
  g_clear_object (&self->visit_signals);
  g_clear_object (&self->device_signals);
  g_clear_object (&self->visit);

  G_OBJECT_CLASS (fl_service_device_page_parent_class)->dispose (object);
}

static void
fl_service_device_page_class_init (FlServiceDevicePageClass *klass)
{
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_service_device_page_dispose;
  page_class->enter = fl_service_device_page_enter;
  page_class->refresh = fl_service_device_page_refresh;

  wish_signal = g_signal_new ("wish", G_OBJECT_CLASS_TYPE (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 2, G_TYPE_INT, FL_TYPE_NETWORK);
}

static void
fl_service_device_page_init (FlServiceDevicePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->visit_signals = g_signal_group_new (FL_TYPE_VISIT);
  g_signal_group_connect_swapped (self->visit_signals, "notify", G_CALLBACK (queue_update), self);
  self->device_signals = g_signal_group_new (FL_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->device_signals, "notify", G_CALLBACK (queue_update), self);

  self->blocks[BLOCK_OVERVIEW] = fl_overview_block_new ();
  self->blocks[BLOCK_KNOWN] = fl_known_block_new ();
  self->blocks[BLOCK_ORDERS] = fl_orders_block_new ();
  self->blocks[BLOCK_CHECK] = fl_check_block_new ();
  self->blocks[BLOCK_MODULES] = fl_modules_block_new ();
  self->blocks[BLOCK_JOURNAL] = fl_journal_block_new ();
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      g_signal_connect_object (self->blocks[i], "wish", G_CALLBACK (on_wish), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->blocks[i]));
    }
  g_object_set (self, "can-go-back", TRUE, "content", box, NULL);
}

FlPage *
fl_service_device_page_new (void)
{
  return g_object_new (FL_TYPE_SERVICE_DEVICE_PAGE, NULL);
}

void
fl_service_device_page_set_visit (FlServiceDevicePage *self, FlVisit *visit)
{
  g_return_if_fail (FL_IS_SERVICE_DEVICE_PAGE (self));

  if (!g_set_object (&self->visit, visit))
    return;

  g_signal_group_set_target (self->visit_signals, visit);
  if (visit == NULL)
    g_signal_group_set_target (self->device_signals, NULL);
  fl_service_device_page_set_blinking (self, FALSE);
  fl_service_device_page_set_findings (self, NULL, NULL);
  for (guint i = 0; i < N_BLOCKS; i++)
    fl_service_block_set_visit (self->blocks[i], visit);
  g_clear_handle_id (&self->update_id, g_source_remove);
  update (self);
}

void
fl_service_device_page_set_blinking (FlServiceDevicePage *self, gboolean blinking)
{
  g_return_if_fail (FL_IS_SERVICE_DEVICE_PAGE (self));

  fl_orders_block_set_blinking (FL_ORDERS_BLOCK (self->blocks[BLOCK_ORDERS]), blinking);
}

void
fl_service_device_page_set_checking (FlServiceDevicePage *self, gboolean checking)
{
  g_return_if_fail (FL_IS_SERVICE_DEVICE_PAGE (self));

  fl_check_block_set_running (FL_CHECK_BLOCK (self->blocks[BLOCK_CHECK]), checking);
}

void
fl_service_device_page_set_findings (FlServiceDevicePage *self,
                                     GPtrArray *findings,
                                     const GError *error)
{
  g_return_if_fail (FL_IS_SERVICE_DEVICE_PAGE (self));

  fl_check_block_set_findings (FL_CHECK_BLOCK (self->blocks[BLOCK_CHECK]), findings, error);
}

GPtrArray *
fl_service_device_page_get_findings (FlServiceDevicePage *self)
{
  g_return_val_if_fail (FL_IS_SERVICE_DEVICE_PAGE (self), NULL);

  return fl_check_block_get_findings (FL_CHECK_BLOCK (self->blocks[BLOCK_CHECK]));
}

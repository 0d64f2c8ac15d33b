/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-orders-block"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-orders-block.h"

#include "fl-announce.h"
#include "fl-service-text.h"
#include "fl-wrap-box.h"

#define WISH_KEY "fl-wish"

/* Each is shown when the device can do it and is not there already. */
static const struct
{
  FlWish wish;
  const char *label;
  const char *description;
  FlCapabilities needs;
} orders[] = {
  { FL_WISH_BLINK, N_ ("_Blink"), N_ ("The light shows which device this is."), FL_CAN_IDENTIFY },
  { FL_WISH_STOP_BLINKING, N_ ("Stop _Blinking"), N_ ("The light shows what the device does."),
    FL_CAN_IDENTIFY },
  { FL_WISH_LISTEN, N_ ("Set-_Up Mode"),
    N_ ("The device waits for a set-up and leaves its network."), FL_CAN_LISTEN },
  { FL_WISH_STOP_LISTENING, N_ ("Leave Set-_Up Mode"), N_ ("The device runs as usual."),
    FL_CAN_LISTEN },
  { FL_WISH_RESTART, N_ ("Re_start"), N_ ("The device starts anew. Nothing stored is lost."),
    FL_CAN_RESET },
  { FL_WISH_SAFE_MODE, N_ ("Sa_fe Mode"), N_ ("The device starts without its application."),
    FL_CAN_SAFE_MODE },
  { FL_WISH_LEAVE_UPDATE_MODE, N_ ("Leave Update _Mode"), N_ ("The device starts as usual."), 0 },
};

struct _FlOrdersBlock
{
  FlServiceBlock parent_instance;

  gboolean blinking;
  GtkWidget *buttons[G_N_ELEMENTS (orders)];
  GtkWidget *none_label;
};

G_DEFINE_FINAL_TYPE (FlOrdersBlock, fl_orders_block, FL_TYPE_SERVICE_BLOCK)

static gboolean
is_offered (FlOrdersBlock *self, FlVisit *visit, guint i)
{
  FlDeviceMode mode = fl_service_get_mode_of (visit);
  FlCapabilities can = fl_visit_get_capabilities (visit);

  if ((can & orders[i].needs) != orders[i].needs)
    return FALSE;

  switch ((int) orders[i].wish) /* the other wishes are not of this block */
    {
    case FL_WISH_BLINK:
      return mode != FL_MODE_UPDATE && !self->blinking;
    case FL_WISH_STOP_BLINKING:
      return mode != FL_MODE_UPDATE && self->blinking;
    case FL_WISH_LISTEN:
      return mode != FL_MODE_LISTENING && mode != FL_MODE_UPDATE;
    case FL_WISH_STOP_LISTENING:
      return mode == FL_MODE_LISTENING;
    case FL_WISH_RESTART:
      return mode != FL_MODE_UPDATE;
    case FL_WISH_SAFE_MODE:
      return mode != FL_MODE_UPDATE && mode != FL_MODE_SAFE;
    case FL_WISH_LEAVE_UPDATE_MODE:
      return mode == FL_MODE_UPDATE;
    default:
      return FALSE;
    }
}

static void
fl_orders_block_update (FlServiceBlock *block, FlVisit *visit)
{
  FlOrdersBlock *self = FL_ORDERS_BLOCK (block);
  gboolean free = fl_visit_get_open (visit) && !fl_visit_get_busy (visit);
  guint shown = 0;

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      gboolean offered = is_offered (self, visit, i);
      /* Out of update mode leads a way of its own, before anything can be opened. */
      gboolean usable =
          orders[i].wish == FL_WISH_LEAVE_UPDATE_MODE ? !fl_visit_get_busy (visit) : free;

      gtk_widget_set_visible (self->buttons[i], offered);
      gtk_widget_set_sensitive (self->buttons[i], usable);
      shown += offered ? 1 : 0;
    }
  gtk_label_set_label (GTK_LABEL (self->none_label),
                       fl_device_get_reachable (fl_visit_get_device (visit))
                           ? _ ("There is nothing that this device can be told to do.")
                           : _ ("There is no way to the device at present."));
  gtk_widget_set_visible (self->none_label, shown == 0);
}

static void
on_clicked (FlServiceBlock *block, GtkButton *button)
{
  FlWish wish = (FlWish) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), WISH_KEY));

  fl_service_block_wish (block, wish, NULL);
}

static void
fl_orders_block_class_init (FlOrdersBlockClass *klass)
{
  FL_SERVICE_BLOCK_CLASS (klass)->update = fl_orders_block_update;
}

static void
fl_orders_block_init (FlOrdersBlock *self)
{
  FlServiceBlock *block = FL_SERVICE_BLOCK (self);
  GtkWidget *wrap = g_object_new (FL_TYPE_WRAP_BOX, NULL);

  self->none_label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, "css-classes",
                                   (const char *[]){ "dim-label", NULL }, NULL);
  fl_wrap_box_append (FL_WRAP_BOX (wrap), self->none_label);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      self->buttons[i] = gtk_button_new_with_mnemonic (_ (orders[i].label));
      gtk_widget_set_tooltip_text (self->buttons[i], _ (orders[i].description));
      gtk_widget_set_visible (self->buttons[i], FALSE);
      g_object_set_data (G_OBJECT (self->buttons[i]), WISH_KEY,
                         GINT_TO_POINTER ((int) orders[i].wish));
      g_signal_connect_object (self->buttons[i], "clicked", G_CALLBACK (on_clicked), self,
                               G_CONNECT_SWAPPED);
      fl_wrap_box_append (FL_WRAP_BOX (wrap), self->buttons[i]);
    }
  fl_service_block_set_title (block, _ ("Actions"));
  fl_service_block_set_content (block, wrap);
  fl_name_buttons (GTK_WIDGET (self));
}

FlServiceBlock *
fl_orders_block_new (void)
{
  return g_object_new (FL_TYPE_ORDERS_BLOCK, NULL);
}

void
fl_orders_block_set_blinking (FlOrdersBlock *self, gboolean blinking)
{
  g_return_if_fail (FL_IS_ORDERS_BLOCK (self));

  self->blinking = blinking;
  fl_service_block_update (FL_SERVICE_BLOCK (self));
}

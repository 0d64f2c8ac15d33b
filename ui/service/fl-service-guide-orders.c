/* SPDX-License-Identifier: Apache-2.0 */
/* What a device is told to do from its page. */
#define G_LOG_DOMAIN "fl-service-guide-orders"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-guide-private.h"

#include "fl-check.h"
#include "fl-confirm.h"
#include "fl-text.h"

typedef struct
{
  FlServiceGuide *guide;
  FlVisit *visit;
  FlWish wish;
} Order;

static void
order_free (Order *order)
{
  g_object_unref (order->guide);
  g_object_unref (order->visit);
  g_free (order);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static Order *
order_new (FlServiceGuide *self, FlWish wish)
{
  Order *order = g_new0 (Order, 1);

  order->guide = g_object_ref (self);
  order->visit = g_object_ref (self->visit);
  order->wish = wish;
  return order;
}

static const char *
get_words (FlWish wish)
{
  switch ((int) wish) /* the others end elsewhere */
    {
    case FL_WISH_BLINK:
      return _ ("The light of the device blinks.");
    case FL_WISH_STOP_BLINKING:
      return _ ("The light shows what the device does.");
    case FL_WISH_LISTEN:
      return _ ("The device is in set-up mode.");
    case FL_WISH_STOP_LISTENING:
    case FL_WISH_LEAVE_UPDATE_MODE:
      return _ ("The device runs as usual.");
    case FL_WISH_RESTART:
      return _ ("The device was restarted.");
    case FL_WISH_SAFE_MODE:
      return _ ("The device is in safe mode.");
    case FL_WISH_SETUP_DONE:
    case FL_WISH_SETUP_NOT_DONE:
      return _ ("The device has noted it.");
    case FL_WISH_REMOVE:
      return _ ("The network was removed.");
    case FL_WISH_CLEAR:
      return _ ("All networks were removed.");
    default:
      return NULL;
    }
}

/* A failure is shown by the page, as the error of the visit. */
static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Order) order = data;
  FlServiceGuide *self = order->guide;
  gboolean shown = order->visit == self->visit;

  if (!fl_visit_finish (FL_VISIT (source), result, NULL))
    return;

  if (shown && (order->wish == FL_WISH_BLINK || order->wish == FL_WISH_STOP_BLINKING))
    fl_service_device_page_set_blinking (self->device_page, order->wish == FL_WISH_BLINK);
  if (get_words (order->wish) != NULL)
    fl_service_guide_toast (self, get_words (order->wish));
}

static void
remove_networks (FlServiceGuide *self, FlWish wish, GBytes *ssid)
{
  fl_visit_remove_async (self->visit, ssid, fl_service_guide_renew_cancellable (self), on_done,
                         order_new (self, wish));
}

static void
on_remove_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlServiceGuide) self = data;

  if (!fl_confirm_finish (GTK_WINDOW (source), result, NULL) || self->visit == NULL)
    return;

  if (self->wish == FL_WISH_CLEAR)
    remove_networks (self, FL_WISH_CLEAR, NULL);
  else if (self->wish_network != NULL)
    remove_networks (self, FL_WISH_REMOVE, fl_network_get_ssid (self->wish_network));
}

/* Asks once: what the device forgets has to be typed again. */
static void
confirm_remove (FlServiceGuide *self, FlNetwork *network)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->wizard));
  guint n = g_list_model_get_n_items (fl_visit_get_known (self->visit));
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (!GTK_IS_WINDOW (root))
    return;

  if (network != NULL)
    {
      /* Translators: %s is the name of a network */
      heading = fl_text_name (_ ("Remove “%s”?"), fl_network_get_name (network));
      body = g_strdup (_ ("The device forgets this network and its password."));
    }
  else
    {
      heading = g_strdup (_ ("Clear All Networks?"));
      body = g_strdup_printf (ngettext ("The device forgets %u network and its password.",
                                        "The device forgets %u networks and their passwords.", n),
                              n);
    }
  fl_confirm_async (GTK_WINDOW (root), heading, body,
                    network != NULL ? _ ("_Remove") : _ ("_Clear"), _ ("_Keep"),
                    on_remove_confirmed, g_object_ref (self));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Order) order = data;
  FlServiceDevicePage *page = order->guide->device_page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = fl_check_run_finish (result, &error);

  if (order->visit != order->guide->visit)
    return;
  fl_service_device_page_set_checking (page, FALSE);
  fl_service_device_page_set_findings (page, findings, error);
}

static void
run_check (FlServiceGuide *self)
{
  fl_service_device_page_set_checking (self->device_page, TRUE);
  fl_check_run_async (self->visit, fl_service_guide_renew_cancellable (self), on_checked,
                      order_new (self, FL_WISH_CHECK));
}

static void
copy_mac (FlServiceGuide *self)
{
  const FlDeviceState *state = fl_visit_get_state (self->visit);

  if (state == NULL || state->mac == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->wizard)), state->mac);
  fl_service_guide_toast (self, _ ("The hardware address was copied."));
}

static void
reset (FlServiceGuide *self, FlWish wish, FlResetKind kind)
{
  fl_visit_reset_async (self->visit, kind, fl_service_guide_renew_cancellable (self), on_done,
                        order_new (self, wish));
}

static void
switch_on (FlServiceGuide *self,
           FlWish wish,
           gboolean on,
           void (*order) (FlVisit *, gboolean, FL_VISIT_ARGS))
{
  order (self->visit, on, fl_service_guide_renew_cancellable (self), on_done,
         order_new (self, wish));
}

void
fl_service_guide_do (FlServiceGuide *self, FlWish wish, FlNetwork *network)
{
  if (self->visit == NULL)
    return;

  self->wish = wish;
  g_set_object (&self->wish_network, network);
  switch (wish)
    {
    case FL_WISH_BLINK:
    case FL_WISH_STOP_BLINKING:
      switch_on (self, wish, wish == FL_WISH_BLINK, fl_visit_identify_async);
      break;
    case FL_WISH_LISTEN:
    case FL_WISH_STOP_LISTENING:
      switch_on (self, wish, wish == FL_WISH_LISTEN, fl_visit_listen_async);
      break;
    case FL_WISH_SETUP_DONE:
    case FL_WISH_SETUP_NOT_DONE:
      switch_on (self, wish, wish == FL_WISH_SETUP_DONE, fl_visit_set_setup_done_async);
      break;
    case FL_WISH_RESTART:
    case FL_WISH_LEAVE_UPDATE_MODE:
      reset (self, wish, FL_RESET_NORMAL);
      break;
    case FL_WISH_SAFE_MODE:
      reset (self, wish, FL_RESET_SAFE_MODE);
      break;
    case FL_WISH_ADD:
    case FL_WISH_REPLACE:
      fl_service_guide_choose_network (self, network);
      break;
    case FL_WISH_TRY:
      fl_service_guide_try (self, network);
      break;
    case FL_WISH_REMOVE:
    case FL_WISH_CLEAR:
      confirm_remove (self, network);
      break;
    case FL_WISH_CHECK:
      run_check (self);
      break;
    case FL_WISH_REPORT:
      fl_service_guide_show_report (self);
      break;
    case FL_WISH_COPY_MAC:
      copy_mac (self);
      break;
    }
}

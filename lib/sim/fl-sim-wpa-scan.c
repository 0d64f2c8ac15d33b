/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-wpa"
#include "config.h"

#include "fl-sim-wpa-scan.h"

#include "fl-sim-wpa-bss.h"

#define LIMIT_MS 30000 /* all channels of the world take 14 s */
#define PAUSE_MS 500   /* it refuses while it looks around by itself */
#define OLDER_S  2     /* heard a little before the scan is as good */

struct _FlSimWpaScan
{
  const FlSimWpaBus *bus;
  FlClock *clock;
  FlSimWpaScanFunc func;
  gpointer data;
  GCancellable *cancellable;
  gint64 began_us;
  gboolean is_own; /* the scan that runs */
  guint done_id, limit_id, pause_id;
  FlSimWpaList *list; /* (nullable) */
};

static void ask (FlSimWpaScan *self);

static void
on_pause_over (gpointer data)
{
  FlSimWpaScan *self = data;

  self->pause_id = 0;
  ask (self);
}

static void
ask_again (FlSimWpaScan *self)
{
  if (self->pause_id == 0)
    self->pause_id = fl_clock_add_ms (self->clock, PAUSE_MS, on_pause_over, self);
}

static void
stop_waiting (FlSimWpaScan *self)
{
  fl_sim_wpa_bus_stop_listening (self->bus, &self->done_id);
  fl_clock_clear (self->clock, &self->limit_id);
  fl_clock_clear (self->clock, &self->pause_id);
}

/* What was on the air before is kept for some time, and left out. */
static void
on_listed (GPtrArray *list, gpointer data)
{
  FlSimWpaScan *self = data;
  GPtrArray *networks = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_sim_network_spec_free);
  gint64 seconds = (fl_clock_now_us (self->clock) - self->began_us) / G_USEC_PER_SEC;

  for (guint i = 0; i < list->len && networks->len < FL_SIM_MAX_NETWORKS; i++)
    {
      FlSimNetworkSpec *network = fl_sim_wpa_bss_read (list->pdata[i]);

      if (network != NULL && fl_sim_wpa_bss_get_age (list->pdata[i]) <= seconds + OLDER_S)
        g_ptr_array_add (networks, network);
      else
        g_clear_pointer (&network, fl_sim_network_spec_free);
    }
  self->func (networks, self->data);
}

static void
read_list (FlSimWpaScan *self)
{
  stop_waiting (self);
  if (self->list == NULL)
    self->list = fl_sim_wpa_list_new (self->bus, on_listed, self);
}

static void
on_limit (gpointer data)
{
  FlSimWpaScan *self = data;

  self->limit_id = 0;
  g_message ("The radio does not look around");
  read_list (self);
}

/* One that was broken off, for an attempt to join, found nothing; and what wpa_supplicant looked
 * for by itself it may have heard too long ago. */
static void
on_done (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *signal,
         GVariant *parameters,
         gpointer user_data)
{
  FlSimWpaScan *self = user_data;
  gboolean is_whole = FALSE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &is_whole);
  if (self->is_own && is_whole)
    read_list (self);
  else
    ask_again (self);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  FlSimWpaScan *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list != NULL)
    return;
  self->is_own = reply != NULL;
  if (self->is_own)
    return;
  g_debug ("Scan: %s", error->message);
  ask_again (self);
}

/* It waits for beacons, which the kernel sends: an access point's program that is slow answers a
 * question too late. */
static void
ask (FlSimWpaScan *self)
{
  GVariantBuilder options;

  self->is_own = FALSE;
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "Type", g_variant_new_string ("passive"));
  g_variant_builder_add (&options, "{sv}", "AllowRoam", g_variant_new_boolean (FALSE));
  fl_sim_wpa_bus_call (self->bus, "Scan", g_variant_new ("(a{sv})", &options), self->cancellable,
                       on_asked, self);
}

FlSimWpaScan *
fl_sim_wpa_scan_new (const FlSimWpaBus *bus, FlClock *clock, FlSimWpaScanFunc func, gpointer data)
{
  FlSimWpaScan *self = g_new0 (FlSimWpaScan, 1);

  self->bus = bus;
  self->clock = g_object_ref (clock);
  self->func = func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->began_us = fl_clock_now_us (clock);
  self->done_id = fl_sim_wpa_bus_listen (bus, FL_SIM_WPA_INTERFACE, "ScanDone", on_done, self);
  self->limit_id = fl_clock_add_ms (clock, LIMIT_MS, on_limit, self);
  ask (self);
  return self;
}

void
fl_sim_wpa_scan_free (FlSimWpaScan *self)
{
  stop_waiting (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->list, fl_sim_wpa_list_free);
  g_object_unref (self->cancellable);
  g_object_unref (self->clock);
  g_free (self);
}

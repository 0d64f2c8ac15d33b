/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-wpa"
#include "config.h"

#include "fl-sim-wpa.h"

#include "fl-sim-address.h"
#include "fl-sim-known.h"
#include "fl-sim-service.h"
#include "fl-sim-wpa-bus.h"
#include "fl-sim-wpa-join.h"
#include "fl-sim-wpa-scan.h"

#define DRIVER "nl80211"
/* An address of the network before is taken away within that time; one that was given for good is
 * there afterwards. */
#define OLD_ADDRESS_MS 3000

struct _FlSimWpa
{
  GObject parent_instance;

  FlSimDevice *device; /* which owns the station */
  char *interface;
  char *place; /* (nullable) of the service */
  FlClock *clock;
  GCancellable *cancellable;
  guint name_id;
  FlSimWpaBus bus; /* its path: (nullable): not ready */
  guint changed_id, eap_id, scan_id;

  gboolean wants_scan;
  FlSimWpaScan *scan;
  FlSimKnown *wanted; /* (nullable) not begun yet */
  FlSimWpaJoin *join;
  gboolean is_associated; /* as wpa_supplicant says */
  gboolean is_in;         /* as the device knows */
  FlSimAddress *watch;
  guint32 address;
  guint8 prefix;
  guint old_address_id;
  FlSimService *service;
};

static guint failed_signal;

static void fl_sim_wpa_station_init (FlSimStationInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimWpa,
                               fl_sim_wpa,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SIM_STATION, fl_sim_wpa_station_init))

static gint64
get_now (FlSimWpa *self)
{
  return fl_clock_now_us (self->clock);
}

static void
tell_address (FlSimWpa *self)
{
  if (self->is_in)
    fl_sim_device_hear_address (self->device, self->address, self->prefix, get_now (self));
}

static void
on_address (guint32 address, guint8 prefix, gpointer data)
{
  FlSimWpa *self = data;

  self->address = address;
  self->prefix = prefix;
  tell_address (self);
}

static void
on_old_address_over (gpointer data)
{
  FlSimWpa *self = data;

  self->old_address_id = 0;
  if (self->address != 0)
    return;
  self->address = fl_sim_address_read (self->interface, &self->prefix);
  if (self->address != 0)
    tell_address (self);
}

/* An address counts that comes after this. */
static void
forget_address (FlSimWpa *self)
{
  self->address = 0;
  fl_clock_clear (self->clock, &self->old_address_id);
}

static void
lose (FlSimWpa *self)
{
  if (!self->is_in)
    return;
  self->is_in = FALSE;
  forget_address (self);
  g_clear_pointer (&self->service, fl_sim_service_free);
  fl_sim_wpa_bus_call (&self->bus, "RemoveAllNetworks", NULL, NULL, NULL, NULL);
  fl_sim_device_hear_loss (self->device, get_now (self));
}

static void
on_scanned (GPtrArray *networks, gpointer data)
{
  FlSimWpa *self = data;

  g_clear_pointer (&self->scan, fl_sim_wpa_scan_free);
  fl_sim_device_hear_scan (self->device, networks, get_now (self));
}

static void
on_joined (FlSimJoinOutcome outcome, FlSimNetworkSpec *network, gpointer data)
{
  g_autoptr (FlSimWpa) self = g_object_ref (data);

  g_debug ("Outcome %d", (int) outcome);
  g_clear_pointer (&self->join, fl_sim_wpa_join_free);
  self->is_in = outcome == FL_SIM_JOIN_OK;
  fl_sim_device_hear_join (self->device, outcome, network, get_now (self));
  if (!self->is_in)
    return;
  if (!self->is_associated) /* so short it was */
    lose (self);
  else if (self->address != 0)
    tell_address (self);
  else
    self->old_address_id = fl_clock_add_ms (self->clock, OLD_ADDRESS_MS, on_old_address_over, self);
}

static void
begin (FlSimWpa *self)
{
  if (self->bus.path == NULL)
    return;
  if (self->wants_scan && self->scan == NULL)
    self->scan = fl_sim_wpa_scan_new (&self->bus, self->clock, on_scanned, self);
  self->wants_scan = FALSE;
  if (self->wanted != NULL)
    self->join = fl_sim_wpa_join_new (&self->bus, self->clock, self->wanted, on_joined, self);
  g_clear_pointer (&self->wanted, fl_sim_known_free);
}

static void
fail (FlSimWpa *self, const GError *reason)
{
  g_autoptr (GError) error = g_error_copy (reason);

  g_dbus_error_strip_remote_error (error);
  g_prefix_error (&error, "%s: ", self->interface);
  g_signal_emit (self, failed_signal, 0, error);
}

/* A network key that is renewed is no loss, and neither is a scan. */
static gboolean
is_associated (const char *state)
{
  static const char *const states[] = { "completed", "4way_handshake", "group_handshake", NULL };

  return g_strv_contains (states, state);
}

static void
on_changed (GDBusConnection *connection,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer user_data)
{
  g_autoptr (FlSimWpa) self = g_object_ref (user_data);
  g_autoptr (GVariant) changed = NULL;
  const char *state;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (parameters, "(&s@a{sv}@as)", NULL, &changed, NULL);
  if (!g_variant_lookup (changed, "State", "&s", &state))
    return;
  self->is_associated = is_associated (state);
  if (!self->is_associated)
    lose (self);
}

/* An attempt and a scan hear of these too; so that they hear everything from their first moment on,
 * the bus sends them all the time. */
static void
on_heard_by_others (GDBusConnection *connection,
                    const char *sender,
                    const char *path,
                    const char *interface,
                    const char *signal,
                    GVariant *parameters,
                    gpointer user_data)
{
}

static void
get_ready (FlSimWpa *self, const char *path)
{
  self->bus.path = g_strdup (path);
  self->changed_id = fl_sim_wpa_bus_listen (&self->bus, FL_SIM_WPA_PROPERTIES, "PropertiesChanged",
                                            on_changed, self);
  self->eap_id =
      fl_sim_wpa_bus_listen (&self->bus, FL_SIM_WPA_INTERFACE, "EAP", on_heard_by_others, self);
  self->scan_id = fl_sim_wpa_bus_listen (&self->bus, FL_SIM_WPA_INTERFACE, "ScanDone",
                                         on_heard_by_others, self);
  begin (self);
}

static void
ask_for_path (FlSimWpa *self,
              const char *method,
              GVariant *parameters,
              GAsyncReadyCallback callback)
{
  g_dbus_connection_call (self->bus.connection, FL_SIM_WPA_SERVICE, FL_SIM_WPA_ROOT,
                          FL_SIM_WPA_SERVICE, method, parameters, G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, callback, self);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *path;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      fail (user_data, error);
      return;
    }
  g_variant_get (reply, "(&o)", &path);
  get_ready (user_data, path);
}

/* Most likely it does not care for that radio yet. */
static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  FlSimWpa *self = user_data;
  GVariantBuilder options;
  const char *path;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL)
    {
      g_variant_get (reply, "(&o)", &path);
      get_ready (self, path);
      return;
    }
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "Ifname", g_variant_new_string (self->interface));
  g_variant_builder_add (&options, "{sv}", "Driver", g_variant_new_string (DRIVER));
  ask_for_path (self, "CreateInterface", g_variant_new ("(a{sv})", &options), on_created);
}

static void
on_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  FlSimWpa *self = user_data;

  if (self->bus.connection != NULL)
    return; /* another one, and that it went away has been told */
  self->bus.connection = g_object_ref (connection);
  ask_for_path (self, "GetInterface", g_variant_new ("(s)", self->interface), on_got);
}

/* Never there, or not any more. */
static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "wpa_supplicant does not run");

  fail (user_data, error);
}

static void
end_join (FlSimWpa *self)
{
  g_clear_pointer (&self->join, fl_sim_wpa_join_free);
  g_clear_pointer (&self->wanted, fl_sim_known_free);
  self->is_in = FALSE;
  forget_address (self);
}

static void
fl_sim_wpa_scan (FlSimStation *station)
{
  FlSimWpa *self = FL_SIM_WPA (station);

  self->wants_scan = TRUE;
  begin (self);
}

static void
fl_sim_wpa_join (FlSimStation *station, const FlSimKnown *wanted)
{
  FlSimWpa *self = FL_SIM_WPA (station);

  end_join (self);
  self->wanted = fl_sim_known_copy (wanted);
  begin (self);
}

static void
fl_sim_wpa_leave (FlSimStation *station)
{
  FlSimWpa *self = FL_SIM_WPA (station);

  end_join (self);
  if (self->bus.path != NULL)
    fl_sim_wpa_bus_call (&self->bus, "RemoveAllNetworks", NULL, NULL, NULL, NULL);
}

static void
on_service (gboolean is_reached, gpointer data)
{
  FlSimWpa *self = data;

  if (!is_reached)
    g_clear_pointer (&self->service, fl_sim_service_free);
  fl_sim_device_hear_service (self->device, is_reached, get_now (self));
}

static void
fl_sim_wpa_reach (FlSimStation *station, const char *device_id)
{
  FlSimWpa *self = FL_SIM_WPA (station);

  g_clear_pointer (&self->service, fl_sim_service_free);
  if (self->place != NULL)
    self->service =
        fl_sim_service_new (self->place, self->interface, device_id, self->clock, on_service, self);
}

static void
fl_sim_wpa_part (FlSimStation *station)
{
  g_clear_pointer (&FL_SIM_WPA (station)->service, fl_sim_service_free);
}

static void
fl_sim_wpa_station_init (FlSimStationInterface *iface)
{
  iface->scan = fl_sim_wpa_scan;
  iface->join = fl_sim_wpa_join;
  iface->leave = fl_sim_wpa_leave;
  iface->reach = fl_sim_wpa_reach;
  iface->part = fl_sim_wpa_part;
}

static void
fl_sim_wpa_dispose (GObject *object)
{
  FlSimWpa *self = FL_SIM_WPA (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->name_id, g_bus_unwatch_name);
  end_join (self);
  g_clear_pointer (&self->scan, fl_sim_wpa_scan_free);
  g_clear_pointer (&self->service, fl_sim_service_free);
  g_clear_pointer (&self->watch, fl_sim_address_free);
  if (self->bus.path != NULL)
    {
      fl_sim_wpa_bus_stop_listening (&self->bus, &self->changed_id);
      fl_sim_wpa_bus_stop_listening (&self->bus, &self->eap_id);
      fl_sim_wpa_bus_stop_listening (&self->bus, &self->scan_id);
      fl_sim_wpa_bus_call (&self->bus, "RemoveAllNetworks", NULL, NULL, NULL, NULL);
    }
  fl_sim_wpa_bus_clear (&self->bus);
  G_OBJECT_CLASS (fl_sim_wpa_parent_class)->dispose (object);
}

static void
fl_sim_wpa_finalize (GObject *object)
{
  FlSimWpa *self = FL_SIM_WPA (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_free (self->interface);
  g_free (self->place);
  G_OBJECT_CLASS (fl_sim_wpa_parent_class)->finalize (object);
}

static void
fl_sim_wpa_class_init (FlSimWpaClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fl_sim_wpa_dispose;
  object_class->finalize = fl_sim_wpa_finalize;
  failed_signal = g_signal_new ("failed", FL_TYPE_SIM_WPA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
fl_sim_wpa_init (FlSimWpa *self)
{
  self->cancellable = g_cancellable_new ();
}

FlSimWpa *
fl_sim_wpa_new (FlSimDevice *device,
                const char *interface,
                const char *service,
                FlClock *clock,
                GError **error)
{
  g_autoptr (FlSimWpa) self = NULL;

  g_return_val_if_fail (device != NULL, NULL);
  g_return_val_if_fail (interface != NULL, NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_SIM_WPA, NULL);
  self->device = device;
  self->interface = g_strdup (interface);
  self->place = g_strdup (service);
  self->clock = g_object_ref (clock);
  self->watch = fl_sim_address_new (interface, on_address, self, error);
  if (self->watch == NULL)
    return NULL;
  self->name_id =
      g_bus_watch_name (G_BUS_TYPE_SYSTEM, FL_SIM_WPA_SERVICE, G_BUS_NAME_WATCHER_FLAGS_NONE,
                        on_appeared, on_vanished, self, NULL);
  fl_sim_device_set_station (device, FL_SIM_STATION (self));
  return self; /* the device's, from now on */
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-wpa"
#include "config.h"

#include "fl-sim-wpa-join.h"

#include "fl-sim-known.h"
#include "fl-sim-wpa-bss.h"
#include "fl-sim-wpa-network.h"
#include "fl-sim-wpa-verdict.h"

#define LIMIT_MS 45000
#define LOOK_MS  2000 /* after a scan it takes a moment to begin with what it found */
#define FRESH_S  10   /* heard so long before it began, or later: on the air */

struct _FlSimWpaJoin
{
  const FlSimWpaBus *bus;
  FlClock *clock;
  FlSimWpaJoinFunc func;
  gpointer data;
  GCancellable *cancellable;
  FlSimKnown *wanted;
  gint64 began_us;
  char *network; /* (nullable) its object */
  gboolean is_selected;
  FlSimWpaVerdict verdict;
  guint changed_id, eap_id, scan_id, limit_id, look_id;
  FlSimWpaList *list; /* (nullable) */
};

static void
stop_listening (FlSimWpaJoin *self)
{
  fl_sim_wpa_bus_stop_listening (self->bus, &self->changed_id);
  fl_sim_wpa_bus_stop_listening (self->bus, &self->eap_id);
  fl_sim_wpa_bus_stop_listening (self->bus, &self->scan_id);
  fl_clock_clear (self->clock, &self->limit_id);
  fl_clock_clear (self->clock, &self->look_id);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
finish_in_vain (FlSimWpaJoin *self, FlSimJoinOutcome outcome)
{
  stop_listening (self);
  fl_sim_wpa_bus_call (self->bus, "RemoveAllNetworks", NULL, NULL, NULL, NULL);
  self->func (outcome, NULL, self->data);
}

/* An access point that hides has no name in its own words. */
static void
finish_well (FlSimWpaJoin *self, GVariant *properties)
{
  FlSimNetworkSpec *network = properties != NULL ? fl_sim_wpa_bss_read (properties) : NULL;

  if (network == NULL)
    {
      network = fl_sim_network_spec_new ();
      network->security = (int) self->wanted->security;
    }
  if (network->ssid == NULL || network->hidden)
    {
      g_clear_pointer (&network->ssid, g_bytes_unref);
      network->ssid = g_bytes_ref (self->wanted->ssid);
    }
  self->func (FL_SIM_JOIN_OK, network, self->data);
}

static void
on_bss (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) properties = NULL;

  if (is_cancelled (error))
    return;
  if (reply != NULL)
    properties = g_variant_get_child_value (reply, 0);
  finish_well (user_data, properties);
}

static void
on_current (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) path = fl_sim_wpa_bus_get_finish (source, result, &error);
  FlSimWpaJoin *self = user_data;

  if (is_cancelled (error))
    return;
  if (path != NULL && g_variant_is_of_type (path, G_VARIANT_TYPE_OBJECT_PATH))
    fl_sim_wpa_bus_get_bss (self->bus, g_variant_get_string (path, NULL), self->cancellable, on_bss,
                            self);
  else
    finish_well (self, NULL);
}

static void
finish (FlSimWpaJoin *self, FlSimJoinOutcome outcome)
{
  if (outcome != FL_SIM_JOIN_OK)
    {
      finish_in_vain (self, outcome);
      return;
    }
  stop_listening (self);
  fl_sim_wpa_bus_get (self->bus, "CurrentBSS", self->cancellable, on_current, self);
}

static void
on_listed (GPtrArray *list, gpointer data)
{
  FlSimWpaJoin *self = data;
  gint64 seconds = (fl_clock_now_us (self->clock) - self->began_us) / G_USEC_PER_SEC;
  gboolean is_in_sight = FALSE;

  for (guint i = 0; i < list->len; i++)
    is_in_sight |= fl_sim_wpa_bss_has_ssid (list->pdata[i], self->wanted->ssid) &&
                   fl_sim_wpa_bss_get_age (list->pdata[i]) <= seconds + FRESH_S;
  finish_in_vain (self, fl_sim_wpa_verdict_end (&self->verdict, is_in_sight));
}

/* It takes too long. */
static void
give_up (FlSimWpaJoin *self)
{
  stop_listening (self);
  self->list = fl_sim_wpa_list_new (self->bus, on_listed, self);
}

static void
on_limit (gpointer data)
{
  FlSimWpaJoin *self = data;

  self->limit_id = 0;
  give_up (self);
}

static void
on_look (gpointer data)
{
  FlSimWpaJoin *self = data;

  self->look_id = 0;
  if (!self->verdict.has_begun)
    give_up (self);
}

static void select_network (FlSimWpaJoin *self);

/* FALSE: it is over. */
static gboolean
take_step (FlSimWpaJoin *self, FlSimWpaStep step, FlSimJoinOutcome outcome)
{
  switch (step)
    {
    case FL_SIM_WPA_WAITS:
      break;
    case FL_SIM_WPA_TRIES_AGAIN:
      select_network (self);
      break;
    case FL_SIM_WPA_IS_LOST:
      if (self->look_id == 0)
        self->look_id = fl_clock_add_ms (self->clock, LOOK_MS, on_look, self);
      break;
    case FL_SIM_WPA_IS_DECIDED:
      finish (self, outcome);
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_number (FlSimWpaJoin *self,
             GVariant *changed,
             const char *property,
             FlSimWpaStep (*hear) (FlSimWpaVerdict *verdict, int number, FlSimJoinOutcome *outcome))
{
  FlSimJoinOutcome outcome = FL_SIM_JOIN_OK;
  FlSimWpaStep step;
  gint32 number;

  if (!g_variant_lookup (changed, property, "i", &number))
    return TRUE;
  g_debug ("%s %d", property, number);
  step = hear (&self->verdict, number, &outcome);
  return take_step (self, step, outcome);
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
  FlSimWpaJoin *self = user_data;
  g_autoptr (GVariant) changed = NULL;
  FlSimJoinOutcome outcome = FL_SIM_JOIN_OK;
  const char *of, *state;
  FlSimWpaStep step = FL_SIM_WPA_WAITS;

  if (!self->is_selected || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (parameters, "(&s@a{sv}@as)", &of, &changed, NULL);
  if (g_variant_lookup (changed, "State", "&s", &state))
    {
      g_debug ("State %s", state);
      step = fl_sim_wpa_verdict_hear_state (&self->verdict, state, &outcome);
    }
  if (take_step (self, step, outcome) &&
      take_number (self, changed, "AuthStatusCode", fl_sim_wpa_verdict_hear_status) &&
      take_number (self, changed, "AssocStatusCode", fl_sim_wpa_verdict_hear_status))
    take_number (self, changed, "DisconnectReason", fl_sim_wpa_verdict_hear_disconnect);
}

static void
on_eap (GDBusConnection *connection,
        const char *sender,
        const char *path,
        const char *interface,
        const char *signal,
        GVariant *parameters,
        gpointer user_data)
{
  FlSimWpaJoin *self = user_data;
  FlSimJoinOutcome outcome = FL_SIM_JOIN_OK;
  const char *status, *parameter;
  FlSimWpaStep step;

  if (!self->is_selected || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ss)")))
    return;
  g_variant_get (parameters, "(&s&s)", &status, &parameter);
  g_debug ("EAP %s: %s", status, parameter);
  step = fl_sim_wpa_verdict_hear_eap (&self->verdict, status, parameter, &outcome);
  take_step (self, step, outcome);
}

static void
on_scan (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *signal,
         GVariant *parameters,
         gpointer user_data)
{
  FlSimWpaJoin *self = user_data;

  if (self->is_selected)
    take_step (self, fl_sim_wpa_verdict_hear_scan (&self->verdict), FL_SIM_JOIN_OK);
}

/* From now on what is heard is about this network. */
static void
on_selected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  FlSimWpaJoin *self = user_data;

  if (is_cancelled (error) || self->limit_id == 0)
    return;
  self->is_selected = TRUE;
  if (reply != NULL)
    return;
  g_message ("SelectNetwork: %s", error->message);
  finish_in_vain (self, FL_SIM_JOIN_NO_ANSWER);
}

static void
select_network (FlSimWpaJoin *self)
{
  fl_sim_wpa_bus_call (self->bus, "SelectNetwork", g_variant_new ("(o)", self->network),
                       self->cancellable, on_selected, self);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  FlSimWpaJoin *self = user_data;

  if (is_cancelled (error))
    return;
  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(o)")))
    {
      g_variant_get (reply, "(o)", &self->network);
      select_network (self);
      return;
    }
  g_message ("AddNetwork: %s", error != NULL ? error->message : "no path");
  finish_in_vain (self, FL_SIM_JOIN_REFUSED);
}

static void
on_blob (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL && !is_cancelled (error))
    g_message ("AddBlob: %s", error->message);
}

/* Calls are answered in their order. */
static void
replace_blobs (FlSimWpaJoin *self)
{
  static const char *const names[] = { FL_SIM_WPA_BLOB_CA, FL_SIM_WPA_BLOB_CERTIFICATE,
                                       FL_SIM_WPA_BLOB_KEY };
  g_autoptr (GVariant) blobs = g_variant_ref_sink (fl_sim_wpa_network_write_blobs (self->wanted));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    fl_sim_wpa_bus_call (self->bus, "RemoveBlob", g_variant_new ("(s)", names[i]), NULL, NULL,
                         NULL);
  for (gsize i = 0; i < g_variant_n_children (blobs); i++)
    fl_sim_wpa_bus_call (self->bus, "AddBlob", g_variant_get_child_value (blobs, i),
                         self->cancellable, on_blob, self);
}

FlSimWpaJoin *
fl_sim_wpa_join_new (const FlSimWpaBus *bus,
                     FlClock *clock,
                     const FlSimKnown *wanted,
                     FlSimWpaJoinFunc func,
                     gpointer data)
{
  FlSimWpaJoin *self = g_new0 (FlSimWpaJoin, 1);

  self->bus = bus;
  self->clock = g_object_ref (clock);
  self->func = func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->wanted = fl_sim_known_copy (wanted);
  self->began_us = fl_clock_now_us (clock);
  fl_sim_wpa_verdict_begin (&self->verdict, wanted->security);
  self->limit_id = fl_clock_add_ms (clock, LIMIT_MS, on_limit, self);
  self->changed_id =
      fl_sim_wpa_bus_listen (bus, FL_SIM_WPA_PROPERTIES, "PropertiesChanged", on_changed, self);
  self->eap_id = fl_sim_wpa_bus_listen (bus, FL_SIM_WPA_INTERFACE, "EAP", on_eap, self);
  self->scan_id = fl_sim_wpa_bus_listen (bus, FL_SIM_WPA_INTERFACE, "ScanDone", on_scan, self);

  fl_sim_wpa_bus_call (bus, "RemoveAllNetworks", NULL, NULL, NULL, NULL);
  replace_blobs (self);
  fl_sim_wpa_bus_call (bus, "AddNetwork",
                       g_variant_new ("(@a{sv})", fl_sim_wpa_network_write (wanted)),
                       self->cancellable, on_added, self);
  return self;
}

void
fl_sim_wpa_join_free (FlSimWpaJoin *self)
{
  stop_listening (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->list, fl_sim_wpa_list_free);
  fl_sim_known_free (self->wanted);
  g_free (self->network);
  g_object_unref (self->cancellable);
  g_object_unref (self->clock);
  g_free (self);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-report.h"

#include <json-glib/json-glib.h>

static const char *
get_light (FlSimDevice *device)
{
  if (!fl_sim_device_has_power (device))
    return "off";
  if (!fl_sim_device_is_running (device))
    return "off, or yellow";
  if (fl_sim_device_is_listening (device))
    return "blinking blue";
  if (fl_sim_device_get_cloud (device) == FL_SIM_CLOUD_CONNECTED)
    return "breathing cyan";
  if (fl_sim_device_get_cloud (device) == FL_SIM_CLOUD_CONNECTING)
    return "blinking cyan";
  switch (fl_sim_device_get_wifi (device))
    {
    case FL_SIM_WIFI_OFF:
      return "breathing white";
    case FL_SIM_WIFI_CONNECTING:
      return "blinking green";
    case FL_SIM_WIFI_ADDRESSING:
      return "blinking green fast";
    case FL_SIM_WIFI_READY:
      return "breathing green";
    }
  g_return_val_if_reached ("");
}

static const char *
get_state (FlSimDevice *device)
{
  if (!fl_sim_device_has_power (device))
    return "off";
  if (!fl_sim_device_is_running (device))
    return "starting";
  if (fl_sim_device_is_listening (device))
    return "listening";
  if (fl_sim_device_get_cloud (device) == FL_SIM_CLOUD_CONNECTED)
    return "online";
  return fl_sim_device_get_wifi (device) == FL_SIM_WIFI_OFF ? "running" : "joining";
}

static char *
get_name (GBytes *bytes)
{
  gsize size_bytes;
  const guint8 *ssid = g_bytes_get_data (bytes, &size_bytes);

  return fl_ssid_to_name (ssid, size_bytes);
}

char *
fl_sim_report_text (FlSimDevice *device, GPtrArray *shells)
{
  GString *text = g_string_new (fl_sim_device_get_spec (device)->name);

  g_string_append_printf (text, ": %s, %s;", get_state (device), get_light (device));
  for (guint i = 0; i < shells->len; i++)
    {
      const char *place = fl_sim_shell_get_place (shells->pdata[i]);

      g_string_append_printf (text, " %s;", place != NULL ? place : "not to be found");
    }
  g_string_append (text, " knows");
  for (guint i = 0; i < fl_sim_device_get_n_known (device); i++)
    {
      g_autofree char *name = get_name (fl_sim_device_get_known (device, i)->ssid);

      g_string_append_printf (text, "%s “%s”", i > 0 ? "," : "", name);
    }
  if (fl_sim_device_get_n_known (device) == 0)
    g_string_append (text, " no network");
  return g_string_free (text, FALSE);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* Whether there is a certificate tells whether the device dropped it. */
static void
add_login (JsonBuilder *builder, FlEnterprise *enterprise)
{
  add_string (builder, "eap", fl_eap_method_to_string (fl_enterprise_get_method (enterprise)));
  add_string (builder, "identity", fl_enterprise_get_identity (enterprise));
  add_string (builder, "outer_identity", fl_enterprise_get_anonymous_identity (enterprise));
  add_boolean (builder, "ca", fl_enterprise_get_ca_certificate (enterprise) != NULL);
  add_boolean (builder, "client_certificate",
               fl_enterprise_get_client_certificate (enterprise) != NULL);
  add_boolean (builder, "private_key", fl_enterprise_get_private_key (enterprise) != NULL);
}

static void
add_known (JsonBuilder *builder, const FlSimKnown *known)
{
  g_autofree char *name = get_name (known->ssid);

  json_builder_begin_object (builder);
  add_string (builder, "name", name);
  add_string (builder, "security", fl_security_to_string (known->security));
  if (known->enterprise != NULL)
    add_login (builder, known->enterprise);
  json_builder_end_object (builder);
}

static void
add_places (JsonBuilder *builder, char **roads, GPtrArray *shells)
{
  json_builder_set_member_name (builder, "places");
  json_builder_begin_object (builder);
  for (guint i = 0; i < shells->len; i++)
    add_string (builder, roads[i], fl_sim_shell_get_place (shells->pdata[i]));
  json_builder_end_object (builder);
}

char *
fl_sim_report_json (FlSimDevice *device, char **roads, GPtrArray *shells)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const FlSimNetworkSpec *network = fl_sim_device_get_network (device);
  g_autofree char *name = network != NULL ? get_name (network->ssid) : NULL;
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "event", "state");
  add_string (builder, "device", fl_sim_device_get_spec (device)->name);
  add_places (builder, roads, shells);
  add_string (builder, "state", get_state (device));
  add_string (builder, "light", get_light (device));
  add_string (builder, "network", name);
  json_builder_set_member_name (builder, "known");
  json_builder_begin_array (builder);
  for (guint i = 0; i < fl_sim_device_get_n_known (device); i++)
    add_known (builder, fl_sim_device_get_known (device, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-device.h"
#include "fl-sim-world.h"

/* How it can be reached: "Bluetooth, USB 1-2.3". (transfer full) */
static char *
describe_roads (const FlSimDeviceSpec *spec)
{
  if (spec->usb_us < 0)
    return g_strdup (spec->has_bluetooth ? "Bluetooth" : "no road");
  return g_strdup_printf ("%sUSB %s%s", spec->has_bluetooth ? "Bluetooth, " : "", spec->location,
                          spec->usb_us > 0 ? " later" : "");
}

static void
describe_device (GString *text, FlSimDevice *device)
{
  static const char *const modes[] = { "listening", "running", "provisioning", "dfu", "safe" };
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (device);
  g_autofree char *label = fl_sim_device_get_label (device);
  g_autofree char *roads = describe_roads (spec);

  g_string_append_printf (text, "  %-18s %-9s %-8s %-12s %-20s label: %s\n", spec->name,
                          fl_sim_platform_get_info ((FlSimPlatform) spec->platform)->product,
                          spec->firmware, modes[spec->mode], roads, label);
}

static char *
get_name (const FlSimNetworkSpec *network)
{
  gsize size;
  const guint8 *ssid = g_bytes_get_data (network->ssid, &size);

  return fl_ssid_to_name (ssid, size);
}

/* printf() counts bytes, people count characters. */
static void
append_padded (GString *text, const char *name, glong width)
{
  g_string_append (text, name);
  for (glong i = g_utf8_strlen (name, -1); i < width; i++)
    g_string_append_c (text, ' ');
}

/* What the server of an enterprise network wants. */
static void
describe_server (GString *text, const FlSimNetworkSpec *network)
{
  g_autofree char *methods = NULL;

  if (network->security != FL_SECURITY_ENTERPRISE)
    return;
  methods = network->eap != NULL ? g_strjoinv (", ", network->eap) : g_strdup ("peap, tls");
  g_string_append_printf (text, "    %s", methods);
  if (network->server_path != NULL)
    g_string_append_printf (text, "; its certificate: %s", network->server_path);
  if (network->client_path != NULL)
    g_string_append_printf (text, "; certificates signed by %s", network->client_path);
  if (network->outer == FL_SIM_OUTER_REQUIRED)
    g_string_append (text, "; the true name outside, too");
  g_string_append_c (text, '\n');
}

static void
describe_network (GString *text, const FlSimNetworkSpec *network)
{
  g_autofree char *name = get_name (network);
  g_autofree char *accounts =
      network->accounts != NULL ? g_strjoinv ("; ", network->accounts) : NULL;
  const char *password =
      network->password != NULL ? fl_secret_get_text (network->password) : "(none)";

  g_string_append (text, "  ");
  append_padded (text, name, 24);
  g_string_append_printf (text, " %-10s channel %-3d %4d dBm  %s: %s%s%s%s%s\n",
                          fl_security_to_string ((FlSecurity) network->security), network->channel,
                          network->rssi_dbm, accounts != NULL ? "accounts" : "password",
                          accounts != NULL ? accounts : password,
                          network->hidden ? "  (hidden)" : "",
                          network->dhcp ? "" : "  (no addresses)",
                          network->internet ? "" : "  (no internet)",
                          network->cloud ? "" : "  (cloud blocked)");
  describe_server (text, network);
}

char *
fl_sim_world_describe (FlSimWorld *self)
{
  const FlSimScenario *scenario;
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (FL_IS_SIM_WORLD (self), g_string_free (text, FALSE));

  scenario = fl_sim_world_get_scenario (self);
  g_string_append_printf (text, "%s (seed %d)\n", scenario->title != NULL ? scenario->title : "",
                          scenario->seed);
  g_string_append (text, "Devices\n");
  for (guint i = 0; i < fl_sim_world_get_n_devices (self); i++)
    describe_device (text, fl_sim_world_get_device (self, i));
  g_string_append (text, "Networks\n");
  for (guint i = 0; i < scenario->networks->len; i++)
    describe_network (text, scenario->networks->pdata[i]);
  return g_string_free (text, FALSE);
}

static gboolean
waits_for_setup (const FlSimDeviceSpec *spec)
{
  return spec->mode == FL_SIM_MODE_LISTENING || spec->mode == FL_SIM_MODE_PROVISIONING;
}

char *
fl_sim_world_get_label (FlSimWorld *self)
{
  g_return_val_if_fail (FL_IS_SIM_WORLD (self), NULL);

  for (guint i = 0; i < fl_sim_world_get_n_devices (self); i++)
    {
      FlSimDevice *device = fl_sim_world_get_device (self, i);

      if (waits_for_setup (fl_sim_device_get_spec (device)))
        return fl_sim_device_get_label (device);
    }
  return NULL;
}

/* With everything that a first set-up needs to end well. */
static gboolean
is_good (const FlSimNetworkSpec *network)
{
  return network->password != NULL && !network->hidden && network->dhcp && network->internet &&
         network->cloud && network->mac_filter == NULL && network->leaves_at_us == 0 &&
         network->channel <= 14 && network->security != FL_SECURITY_ENTERPRISE &&
         network->security != FL_SECURITY_WPA3;
}

static const FlSimNetworkSpec *
find_best_network (FlSimWorld *self)
{
  GPtrArray *networks = fl_sim_world_get_scenario (self)->networks;
  const FlSimNetworkSpec *best = NULL;

  for (guint i = 0; i < networks->len; i++)
    {
      const FlSimNetworkSpec *network = networks->pdata[i];

      if (is_good (network) && (best == NULL || network->rssi_dbm > best->rssi_dbm))
        best = network;
    }
  return best;
}

char *
fl_sim_world_get_network_name (FlSimWorld *self)
{
  const FlSimNetworkSpec *network;

  g_return_val_if_fail (FL_IS_SIM_WORLD (self), NULL);

  network = find_best_network (self);
  return network != NULL ? get_name (network) : NULL;
}

char *
fl_sim_world_get_network_password (FlSimWorld *self)
{
  const FlSimNetworkSpec *network;

  g_return_val_if_fail (FL_IS_SIM_WORLD (self), NULL);

  network = find_best_network (self);
  return network != NULL ? g_strdup (fl_secret_get_text (network->password)) : NULL;
}

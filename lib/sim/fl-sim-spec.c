/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-scenario.h"

#include "fl-sim-field.h"

static const char *const platform_words[] = { "argon",  "p2", "photon2", "m-som",
                                              "photon", "p1", NULL };
static const char *const mode_words[] = { "listening", "running", "provisioning",
                                          "dfu",       "safe",    NULL };
static const char *const application_words[] = { "automatic", "manual", NULL };
static const char *const modules_words[] = { "good", "broken", "too-new", "none", NULL };
static const char *const app_words[] = { "none", "echo", "json", "slow", NULL };
/* In the order of FlSecurity. */
static const char *const security_words[] = { "open", "wep",       "wpa",        "wpa2", "wpa-wpa2",
                                              "wpa3", "wpa2-wpa3", "enterprise", NULL };

static const char *const outer_words[] = { "any", "required", NULL };

#define FIELD(Struct, word, KIND, member, ...)                                                     \
  {                                                                                                \
    .key = word, .kind = FL_SIM_FIELD_##KIND, .offset = G_STRUCT_OFFSET (Struct, member),          \
    __VA_ARGS__                                                                                    \
  }
#define WORLD(word, KIND, member, ...)   FIELD (FlSimScenario, word, KIND, member, __VA_ARGS__)
#define DEVICE(word, KIND, member, ...)  FIELD (FlSimDeviceSpec, word, KIND, member, __VA_ARGS__)
#define NETWORK(word, KIND, member, ...) FIELD (FlSimNetworkSpec, word, KIND, member, __VA_ARGS__)

static const FlSimField world_fields[] = {
  WORLD ("title", TEXT, title),
  WORLD ("seed", INT, seed, .min = 1, .max = G_MAXINT),
  WORLD ("links", INT, links, .min = 1, .max = 100),
  WORLD ("advert-every", TIME, advert_us),
  WORLD ("advert-loss", INT, advert_loss, .min = 0, .max = 100),
  WORLD ("camera", LIST, camera),
  WORLD ("faults", FAULTS, faults, .max = 1),
};

static const FlSimField cloud_fields[] = {
  WORLD ("up", BOOL, cloud_up),
};

static const FlSimField device_fields[] = {
  DEVICE ("platform", WORD, platform, .words = platform_words),
  DEVICE ("firmware", TEXT, firmware),
  DEVICE ("serial", TEXT, serial),
  DEVICE ("secret", SECRET, secret),
  DEVICE ("device-id", TEXT, device_id),
  DEVICE ("code", TEXT, code),
  DEVICE ("mode", WORD, mode, .words = mode_words),
  DEVICE ("application", WORD, application, .words = application_words),
  DEVICE ("bluetooth-app", BOOL, bluetooth_app),
  DEVICE ("protected", BOOL, is_protected),
  DEVICE ("service-mode", BOOL, in_service),
  DEVICE ("claimed", BOOL, is_claimed),
  DEVICE ("fixed-name", TEXT, fixed_name),
  DEVICE ("name-prefix", TEXT, prefix),
  DEVICE ("company", INT, company_id, .min = 0, .max = 0xffff),
  DEVICE ("service", UUID, service),
  DEVICE ("rx", UUID, rx),
  DEVICE ("tx", UUID, tx),
  DEVICE ("version", UUID, version_uuid),
  DEVICE ("known", LIST, known),
  DEVICE ("bluetooth", BOOL, has_bluetooth),
  DEVICE ("usb", PLUG, usb_us),
  DEVICE ("usb-serial", BOOL, tells_id),
  DEVICE ("location", TEXT, location),
  DEVICE ("serial-port", BOOL, has_serial_port),
  DEVICE ("log", BOOL, has_log),
  DEVICE ("modules", WORD, modules, .words = modules_words),
  DEVICE ("app-request", WORD, app_request, .words = app_words),
  DEVICE ("rssi", INT, rssi_dbm, .min = -120, .max = 0),
  DEVICE ("mtu", INT, mtu, .min = 23, .max = 517),
  DEVICE ("interval-ms", INT, interval_ms, .min = 1, .max = 4000),
  DEVICE ("packets", INT, packets, .min = 1, .max = 20),
  DEVICE ("pool", INT, pool_bytes, .min = 0, .max = 65536),
  DEVICE ("boot-time", TIME, boot_us),
  DEVICE ("connect-time", TIME, connect_us),
  DEVICE ("handshake-time", TIME, handshake_us),
  DEVICE ("scan-time", TIME, scan_us),
  DEVICE ("join-time", TIME, join_us),
  DEVICE ("associate-time", TIME, associate_us),
  DEVICE ("address-time", TIME, address_us),
  DEVICE ("cloud-time", TIME, cloud_us),
  DEVICE ("faults", FAULTS, faults, .max = 0),
  DEVICE ("count", INT, count, .min = 1, .max = FL_SIM_MAX_DEVICES),
};

static const FlSimField network_fields[] = {
  NETWORK ("ssid", BYTES, ssid),
  NETWORK ("security", WORD, security, .words = security_words),
  NETWORK ("password", SECRET, password),
  NETWORK ("channel", INT, channel, .min = 1, .max = 177),
  NETWORK ("rssi", INT, rssi_dbm, .min = -120, .max = 0),
  NETWORK ("rssi-at", LIST, rssi_at),
  NETWORK ("mac-filter", LIST, mac_filter),
  NETWORK ("accounts", LIST, accounts),
  NETWORK ("eap", LIST, eap),
  NETWORK ("server-certificate", TEXT, server_path),
  NETWORK ("client-ca", TEXT, client_path),
  NETWORK ("outer-identity", WORD, outer, .words = outer_words),
  NETWORK ("date", DATE, date),
  NETWORK ("dhcp", BOOL, dhcp),
  NETWORK ("internet", BOOL, internet),
  NETWORK ("cloud", BOOL, cloud),
  NETWORK ("hidden", BOOL, hidden),
  NETWORK ("leaves-at", TIME, leaves_at_us),
  NETWORK ("count", INT, count, .min = 1, .max = FL_SIM_MAX_NETWORKS),
};

FlSimScenario *
fl_sim_scenario_new (void)
{
  FlSimScenario *scenario = g_new0 (FlSimScenario, 1);

  scenario->seed = 1;
  scenario->links = 7; /* what common adapters hold */
  scenario->advert_us = 300 * 1000;
  scenario->advert_loss = 10;
  scenario->cloud_up = TRUE;
  scenario->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_sim_device_spec_free);
  scenario->networks = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_sim_network_spec_free);
  return scenario;
}

void
fl_sim_scenario_free (FlSimScenario *scenario)
{
  fl_sim_fields_clear (world_fields, G_N_ELEMENTS (world_fields), scenario);
  g_ptr_array_unref (scenario->devices);
  g_ptr_array_unref (scenario->networks);
  g_free (scenario);
}

FlSimDeviceSpec *
fl_sim_device_spec_new (void)
{
  FlSimDeviceSpec *spec = g_new0 (FlSimDeviceSpec, 1);

  spec->platform = FL_SIM_P2;
  spec->firmware = g_strdup ("6.2.0");
  spec->company_id = 0x0662; /* Particle Industries, Inc. */
  spec->has_bluetooth = TRUE;
  spec->usb_us = -1;
  spec->tells_id = spec->has_serial_port = TRUE;
  spec->rssi_dbm = -52;
  spec->mtu = 247;        /* the most that Device OS agrees to */
  spec->interval_ms = 30; /* its preferred interval is 30 to 50 ms */
  spec->packets = 6;
  spec->pool_bytes = 1024;
  spec->boot_us = 3000 * 1000;
  spec->connect_us = 200 * 1000;
  spec->handshake_us = 600 * 1000;
  spec->scan_us = 2500 * 1000;
  spec->join_us = 3000 * 1000;
  spec->associate_us = 1000 * 1000;
  spec->address_us = 1500 * 1000;
  spec->cloud_us = 3000 * 1000;
  spec->count = 1;
  return spec;
}

void
fl_sim_device_spec_free (FlSimDeviceSpec *spec)
{
  fl_sim_fields_clear (device_fields, G_N_ELEMENTS (device_fields), spec);
  g_free (spec->address);
  g_free (spec->name);
  g_free (spec);
}

FlSimNetworkSpec *
fl_sim_network_spec_new (void)
{
  FlSimNetworkSpec *spec = g_new0 (FlSimNetworkSpec, 1);

  spec->security = FL_SECURITY_WPA2;
  spec->channel = 6;
  spec->rssi_dbm = -55;
  spec->dhcp = spec->internet = spec->cloud = TRUE;
  spec->count = 1;
  return spec;
}

void
fl_sim_network_spec_free (FlSimNetworkSpec *spec)
{
  fl_sim_fields_clear (network_fields, G_N_ELEMENTS (network_fields), spec);
  g_clear_pointer (&spec->server_chain, g_bytes_unref);
  g_clear_pointer (&spec->client_ca, g_bytes_unref);
  g_free (spec->name);
  g_free (spec);
}

gboolean
fl_sim_world_set (FlSimScenario *scenario, const char *key, const char *value, char **reason)
{
  return fl_sim_field_set (world_fields, G_N_ELEMENTS (world_fields), scenario, key, value, reason);
}

gboolean
fl_sim_cloud_set (FlSimScenario *scenario, const char *key, const char *value, char **reason)
{
  return fl_sim_field_set (cloud_fields, G_N_ELEMENTS (cloud_fields), scenario, key, value, reason);
}

gboolean
fl_sim_device_spec_set (FlSimDeviceSpec *spec, const char *key, const char *value, char **reason)
{
  return fl_sim_field_set (device_fields, G_N_ELEMENTS (device_fields), spec, key, value, reason);
}

gboolean
fl_sim_network_spec_set (FlSimNetworkSpec *spec, const char *key, const char *value, char **reason)
{
  return fl_sim_field_set (network_fields, G_N_ELEMENTS (network_fields), spec, key, value, reason);
}

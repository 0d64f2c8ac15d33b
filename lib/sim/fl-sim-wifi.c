/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-wifi.h"

#include <string.h>

#include "fl-result.h"
#include "fl-sim-known.h"
#include "fl-sim-radius.h"
#include "fl-sim-world-private.h"

#define LAST_2GHZ_CHANNEL    14
#define NOT_HEARD_DBM        -95
#define NO_ASSOCIATION_DBM   -88
#define ASSOCIATION_LIMIT_US G_GINT64_CONSTANT (20000000) /* per attempt */
#define SECOND_TRY_US        G_GINT64_CONSTANT (500000)

static gboolean
is_gen4 (FlSimDevice *device)
{
  return fl_sim_platform_get_info ((FlSimPlatform) device->spec->platform)->generation == 4;
}

int
fl_sim_wifi_get_rssi (FlSimDevice *device, const FlSimNetworkSpec *network)
{
  gsize size = strlen (device->spec->name);

  for (guint i = 0; network->rssi_at != NULL && network->rssi_at[i] != NULL; i++)
    if (strncmp (network->rssi_at[i], device->spec->name, size) == 0 &&
        network->rssi_at[i][size] == ':')
      return (int) g_ascii_strtoll (network->rssi_at[i] + size + 1, NULL, 10);
  return network->rssi_dbm;
}

gboolean
fl_sim_wifi_can_see (FlSimDevice *device, const FlSimNetworkSpec *network, gint64 now_us)
{
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) device->spec->platform);

  if (network->channel > LAST_2GHZ_CHANNEL && !info->has_5ghz)
    return FALSE;
  if (network->leaves_at_us > 0 &&
      fl_sim_world_get_elapsed (device->world, now_us) >= network->leaves_at_us)
    return FALSE;
  if (device->has_scanned && fl_sim_device_get_fault (device, FL_SIM_FAULT_NETWORK_GONE) != NULL)
    return FALSE;
  return fl_sim_wifi_get_rssi (device, network) > NOT_HEARD_DBM;
}

gboolean
fl_sim_wifi_is_in_gen4_scan (const FlSimNetworkSpec *network)
{
  return network->security != FL_SECURITY_ENTERPRISE && network->security != FL_SECURITY_WPA3;
}

GPtrArray *
fl_sim_wifi_get_networks (FlSimDevice *device)
{
  return device->wifi_radio.station != NULL ? device->wifi_radio.found
                                            : fl_sim_world_get_scenario (device->world)->networks;
}

int
fl_sim_wifi_measure (FlSimDevice *device, const FlSimNetworkSpec *network)
{
  int rssi_dbm = fl_sim_wifi_get_rssi (device, network);

  if (device->wifi_radio.station != NULL)
    return rssi_dbm;
  return rssi_dbm + g_rand_int_range (fl_sim_world_get_rand (device->world), -2, 3);
}

/* (nullable): the one that is heard best, among all or among those that do not hide */
static const FlSimNetworkSpec *
find_best (FlSimDevice *device, GBytes *ssid, gboolean may_hide, gint64 now_us)
{
  GPtrArray *networks = fl_sim_wifi_get_networks (device);
  const FlSimNetworkSpec *best = NULL;

  for (guint i = 0; networks != NULL && i < networks->len; i++)
    {
      const FlSimNetworkSpec *network = networks->pdata[i];

      if (g_bytes_equal (network->ssid, ssid) && (may_hide || !network->hidden) &&
          fl_sim_wifi_can_see (device, network, now_us) &&
          (best == NULL ||
           fl_sim_wifi_get_rssi (device, network) > fl_sim_wifi_get_rssi (device, best)))
        best = network;
    }
  return best;
}

const FlSimNetworkSpec *
fl_sim_wifi_find_in_sight (FlSimDevice *device, GBytes *ssid, gint64 now_us)
{
  return find_best (device, ssid, FALSE, now_us);
}

gboolean
fl_sim_wifi_is_in_sight (FlSimDevice *device, GBytes *ssid, gint64 now_us)
{
  return find_best (device, ssid, FALSE, now_us) != NULL;
}

/* The security that Gen 4 tries; FALSE: it does not even try. Device OS CHANGELOG.md, 5.5.0 and
 * 5.7.0: before, only the scan's own finding counted. */
static gboolean
choose_security (FlSimDevice *device,
                 const FlSimKnown *wanted,
                 const FlSimNetworkSpec *network,
                 FlSecurity *security)
{
  guint version = device->spec->version;
  gboolean is_scanned =
      network != NULL && !network->hidden && fl_sim_wifi_is_in_gen4_scan (network);

  *security = wanted->security;
  if (is_scanned && !wanted->hidden && network->security != FL_SECURITY_OPEN)
    {
      *security = (FlSecurity) network->security;
      if (*security == FL_SECURITY_WPA2_WPA3)
        *security = FL_SECURITY_WPA2;
      return TRUE;
    }
  if (version >= FL_SIM_VERSION (5, 7, 0) ||
      (version >= FL_SIM_VERSION (5, 5, 0) && wanted->hidden))
    return TRUE;
  *security = FL_SECURITY_OPEN;
  return is_scanned;
}

static gboolean
is_compatible (FlSecurity security, FlSecurity of_network)
{
  guint psk2 = 1u << FL_SECURITY_WPA2 | 1u << FL_SECURITY_WPA_WPA2 | 1u << FL_SECURITY_WPA2_WPA3;
  guint psk1 = 1u << FL_SECURITY_WPA | 1u << FL_SECURITY_WPA_WPA2;
  guint sae = 1u << FL_SECURITY_WPA3 | 1u << FL_SECURITY_WPA2_WPA3;
  guint accepted = 0;

  switch (of_network)
    {
    case FL_SECURITY_OPEN:
    case FL_SECURITY_WEP:
      accepted = 1u << of_network;
      break;
    case FL_SECURITY_WPA:
      accepted = psk1;
      break;
    case FL_SECURITY_WPA2:
      accepted = psk2;
      break;
    case FL_SECURITY_WPA_WPA2:
      accepted = psk1 | psk2;
      break;
    case FL_SECURITY_WPA3:
      accepted = sae;
      break;
    case FL_SECURITY_WPA2_WPA3:
      accepted = psk2 | sae;
      break;
    case FL_SECURITY_ENTERPRISE:
      accepted = 1u << of_network;
      break;
    case FL_SECURITY_UNKNOWN:
      break;
    }
  return (accepted & 1u << security) != 0;
}

static gboolean
is_hex (const char *text)
{
  while (g_ascii_isxdigit (*text))
    text++;
  return *text == '\0';
}

static gboolean
has_good_length (FlSecurity security, FlSecret *password)
{
  gsize size = password != NULL ? fl_secret_get_size (password) : 0;

  if (security == FL_SECURITY_OPEN || security == FL_SECURITY_ENTERPRISE)
    return TRUE;
  if (security == FL_SECURITY_WEP)
    return size == 5 || size == 13 ||
           ((size == 10 || size == 26) && is_hex (fl_secret_get_text (password)));
  return (size >= 8 && size <= 63) || (size == 64 && is_hex (fl_secret_get_text (password)));
}

/* The security that is tried with; @found: (nullable). All but FL_SIM_JOIN_OK: it comes to no
 * try. */
static FlSimJoinOutcome
choose (FlSimDevice *device,
        const FlSimKnown *wanted,
        const FlSimNetworkSpec *found,
        FlSecurity *security)
{
  *security = found != NULL ? (FlSecurity) found->security : wanted->security;
  if (wanted->is_void)
    return FL_SIM_JOIN_SKIPPED;
  /* The radio of Gen 2 tries what is stored, whatever the access point says. */
  if (fl_sim_device_get_generation (device) == 2 && wanted->security != FL_SECURITY_UNKNOWN)
    *security = wanted->security;
  if (is_gen4 (device) && !choose_security (device, wanted, found, security))
    return FL_SIM_JOIN_NOT_FOUND;
  return FL_SIM_JOIN_OK;
}

static FlSimJoinOutcome
check_length (FlSimDevice *device, const FlSimKnown *wanted, FlSecurity security)
{
  if (has_good_length (security, wanted->password))
    return FL_SIM_JOIN_OK;
  return fl_sim_device_get_generation (device) == 3 ? FL_SIM_JOIN_REFUSED : FL_SIM_JOIN_KEY_LENGTH;
}

/* The radio of an Argon, and Gen 4 before 5.5.0, know nothing of WPA3. */
static gboolean
knows_wpa3 (FlSimDevice *device)
{
  return is_gen4 (device) && device->spec->version >= FL_SIM_VERSION (5, 5, 0);
}

static gboolean
is_filtered (FlSimDevice *device, const FlSimNetworkSpec *network)
{
  const char *const *list = (const char *const *) network->mac_filter;

  return list != NULL &&
         (g_strv_contains (list, "all") || g_strv_contains (list, device->spec->name));
}

static FlSimJoinOutcome
log_in (const FlSimNetworkSpec *network, const FlSimKnown *known)
{
  if (known->enterprise == NULL)
    return FL_SIM_JOIN_LOGIN_REFUSED;
  switch (fl_sim_radius_log_in (network, known->enterprise, known->password))
    {
    case FL_SIM_LOGIN_ACCEPTED:
      return FL_SIM_JOIN_OK;
    case FL_SIM_LOGIN_SERVER_DOUBTFUL:
      return FL_SIM_JOIN_SERVER_DOUBTFUL;
    case FL_SIM_LOGIN_REJECTED: /* a server does not say why */
    case FL_SIM_LOGIN_OUTER_REFUSED:
    case FL_SIM_LOGIN_EXPIRED:
      break;
    }
  return FL_SIM_JOIN_LOGIN_REFUSED;
}

static FlSimJoinOutcome
show_key (const FlSimNetworkSpec *network, FlSecurity security, const FlSimKnown *known)
{
  if (security == FL_SECURITY_ENTERPRISE)
    return log_in (network, known);
  if (security == FL_SECURITY_OPEN || fl_secret_equal (known->password, network->password))
    return FL_SIM_JOIN_OK;
  return FL_SIM_JOIN_REFUSED;
}

FlSimJoinOutcome
fl_sim_wifi_try (FlSimDevice *device,
                 const FlSimKnown *wanted,
                 const FlSimNetworkSpec **network,
                 gint64 now_us)
{
  const FlSimNetworkSpec *found = find_best (device, wanted->ssid, TRUE, now_us);
  FlSecurity security;
  FlSimJoinOutcome outcome = choose (device, wanted, found, &security);

  if (network != NULL)
    *network = found;
  if (outcome == FL_SIM_JOIN_OK && found == NULL)
    outcome = FL_SIM_JOIN_NOT_FOUND;
  if (outcome == FL_SIM_JOIN_OK)
    outcome = check_length (device, wanted, security);
  if (outcome != FL_SIM_JOIN_OK)
    return outcome;
  if (fl_sim_wifi_get_rssi (device, found) < NO_ASSOCIATION_DBM)
    return FL_SIM_JOIN_NO_ANSWER;
  if (!is_compatible (security, (FlSecurity) found->security) || is_filtered (device, found))
    return FL_SIM_JOIN_REFUSED;
  if (found->security == FL_SECURITY_WPA3 && !knows_wpa3 (device))
    return FL_SIM_JOIN_REFUSED;
  return show_key (found, security, wanted);
}

FlSimJoinOutcome
fl_sim_wifi_prepare (FlSimDevice *device,
                     const FlSimKnown *wanted,
                     FlSimKnown **real,
                     gint64 now_us)
{
  const FlSimNetworkSpec *found = find_best (device, wanted->ssid, TRUE, now_us);
  FlSecurity security;
  FlSimJoinOutcome outcome = choose (device, wanted, found, &security);

  if (security == FL_SECURITY_WPA2_WPA3 && !knows_wpa3 (device))
    security = FL_SECURITY_WPA2;
  if (outcome == FL_SIM_JOIN_OK)
    outcome = check_length (device, wanted, security);
  if (outcome == FL_SIM_JOIN_OK && security == FL_SECURITY_WPA3 && !knows_wpa3 (device))
    outcome = FL_SIM_JOIN_REFUSED;
  if (outcome == FL_SIM_JOIN_OK && security == FL_SECURITY_ENTERPRISE && wanted->enterprise == NULL)
    outcome = FL_SIM_JOIN_LOGIN_REFUSED;
  if (outcome != FL_SIM_JOIN_OK)
    return outcome;
  *real = fl_sim_known_copy (wanted);
  (*real)->security = security;
  return FL_SIM_JOIN_OK;
}

gboolean
fl_sim_wifi_scans_to_join (FlSimDevice *device)
{
  return is_gen4 (device) && device->spec->version < FL_SIM_VERSION (5, 7, 0);
}

/* hal/network/ncp_client/realtek/rtl_ncp_client.cpp maps the driver's errors; before 5.8.0 the
 * network manager above it made "not found" of nearly all of them. */
int
fl_sim_wifi_get_result (FlSimDevice *device, FlSimJoinOutcome outcome)
{
  if (outcome == FL_SIM_JOIN_OK)
    return FL_RESULT_NONE;
  if (!fl_sim_version_has_58 (device->spec->version))
    return FL_RESULT_NOT_FOUND;
  if (!is_gen4 (device))
    return FL_RESULT_AT_NOT_OK;

  switch (outcome)
    {
    case FL_SIM_JOIN_NOT_FOUND:
      return FL_RESULT_NOT_FOUND;
    case FL_SIM_JOIN_KEY_LENGTH:
      return FL_RESULT_INVALID_ARGUMENT;
    case FL_SIM_JOIN_REFUSED:
    case FL_SIM_JOIN_LOGIN_REFUSED:
    case FL_SIM_JOIN_SERVER_DOUBTFUL:
    case FL_SIM_JOIN_SKIPPED:
      return FL_RESULT_INTERNAL;
    case FL_SIM_JOIN_NO_ANSWER:
      return FL_RESULT_TIMEOUT;
    case FL_SIM_JOIN_OK:
      break;
    }
  g_return_val_if_reached (FL_RESULT_UNKNOWN);
}

/* particle-iot/device-os, hal/src/photon/wiced/WWD/include/wwd_constants.h */
int
fl_sim_wifi_get_wiced_result (FlSimJoinOutcome outcome, FlSecurity security)
{
  switch (outcome)
    {
    case FL_SIM_JOIN_OK:
      return 0;
    case FL_SIM_JOIN_NOT_FOUND:
      return 1024; /* NETWORK_NOT_FOUND */
    case FL_SIM_JOIN_KEY_LENGTH:
      return security == FL_SECURITY_WEP ? 1058 : 1046; /* WEP_KEYLEN_BAD, WPA_KEYLEN_BAD */
    case FL_SIM_JOIN_REFUSED:
    case FL_SIM_JOIN_SERVER_DOUBTFUL:
      return 1007; /* NOT_KEYED */
    case FL_SIM_JOIN_NO_ANSWER:
      return 1025; /* INVALID_JOIN_STATUS */
    case FL_SIM_JOIN_LOGIN_REFUSED:
      return 1006; /* NOT_AUTHENTICATED */
    case FL_SIM_JOIN_SKIPPED:
      return 1044; /* UNKNOWN_SECURITY_TYPE */
    }
  g_return_val_if_reached (0);
}

gint64
fl_sim_wifi_get_duration (FlSimDevice *device, FlSimJoinOutcome outcome)
{
  switch (outcome)
    {
    case FL_SIM_JOIN_OK:
      return device->spec->join_us;
    case FL_SIM_JOIN_NOT_FOUND:
    case FL_SIM_JOIN_KEY_LENGTH:
      return device->spec->scan_us;
    case FL_SIM_JOIN_SKIPPED:
      return 0;
    case FL_SIM_JOIN_REFUSED:
    case FL_SIM_JOIN_LOGIN_REFUSED:
    case FL_SIM_JOIN_SERVER_DOUBTFUL:
      return 2 * device->spec->join_us + SECOND_TRY_US;
    case FL_SIM_JOIN_NO_ANSWER:
      return ASSOCIATION_LIMIT_US;
    }
  g_return_val_if_reached (0);
}

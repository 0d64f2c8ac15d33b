/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-scenario.h"

#include <string.h>

#define SERIAL_SIZE 15
#define CODE_SIZE   6
#define SECRET_SIZE 15

/* Device OS's own service (particle-iot/device-os, system/src/ble_control_request_channel.cpp). */
#define DEFAULT_SERVICE "6fa90001-5c4e-48a8-94f4-8030546f36fc"
#define DEFAULT_VERSION "6fa90002-5c4e-48a8-94f4-8030546f36fc"
#define DEFAULT_TX      "6fa90003-5c4e-48a8-94f4-8030546f36fc"
#define DEFAULT_RX      "6fa90004-5c4e-48a8-94f4-8030546f36fc"

/* The same numbers for the same place in the same world, whatever else it holds. */
static GRand *
create_rand (guint64 seed, guint index, guint32 kind)
{
  guint32 parts[] = { (guint32) seed, (guint32) (seed >> 32), index, kind };

  return g_rand_new_with_seed_array (parts, G_N_ELEMENTS (parts));
}

static void
make_bytes (GRand *random, guint8 *bytes, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    bytes[i] = (guint8) g_rand_int_range (random, 0, 256);
}

/* Without letters and digits that look alike, as on good labels. */
static FlSecret *
make_secret (GRand *random)
{
  static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  FlSecret *secret = fl_secret_new_zeroed (SECRET_SIZE);
  guint8 *data = fl_secret_get_writable (secret);

  for (gsize i = 0; i < SECRET_SIZE; i++)
    data[i] = (guint8) letters[g_rand_int_range (random, 0, sizeof letters - 1)];
  return secret;
}

static gboolean
is_upper_case_word (const char *text, gsize size)
{
  gsize i = 0;

  while (g_ascii_isupper (text[i]) || g_ascii_isdigit (text[i]))
    i++;
  return text[i] == '\0' && i == size;
}

/* The last six characters of a serial number are those of the Wi-Fi address where they can be. */
static void
take_address (const char *serial, guint8 own[3])
{
  const char *tail = serial != NULL ? serial + SERIAL_SIZE - CODE_SIZE : "";

  if (strspn (tail, "0123456789ABCDEF") != CODE_SIZE)
    return;
  for (guint i = 0; i < 3; i++)
    own[i] =
        (guint8) (g_ascii_xdigit_value (tail[2 * i]) << 4 | g_ascii_xdigit_value (tail[2 * i + 1]));
}

static gboolean
is_device_id (const char *text)
{
  gsize i = 0;

  while (g_ascii_isdigit (text[i]) || (text[i] >= 'a' && text[i] <= 'f'))
    i++;
  return text[i] == '\0' && i == 24;
}

/* "1-2.3": bus, hyphen, up to seven ports with dots between; as Linux names USB devices. */
static gboolean
is_location (const char *text)
{
  return g_regex_match_simple ("^[1-9][0-9]?-[1-9][0-9]?(\\.[1-9][0-9]?){0,6}$", text, 0, 0);
}

static gboolean
check_given (const FlSimDeviceSpec *spec, char **reason)
{
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) spec->platform);

  if (spec->serial != NULL && !is_upper_case_word (spec->serial, SERIAL_SIZE))
    *reason = g_strdup ("a serial has 15 capital letters and digits");
  else if (spec->secret != NULL && fl_secret_get_size (spec->secret) != SECRET_SIZE)
    *reason = g_strdup ("a secret has 15 characters");
  else if (spec->device_id != NULL && !is_device_id (spec->device_id))
    *reason = g_strdup ("a device ID has 24 hexadecimal digits in lower case");
  else if (spec->code != NULL && strlen (spec->code) != CODE_SIZE)
    *reason = g_strdup ("a set-up code has 6 characters");
  else if (spec->version < info->least_firmware ||
           (info->end_of_firmware != 0 && spec->version >= info->end_of_firmware))
    *reason = g_strdup_printf ("%s has no firmware %s", info->product, spec->firmware);
  else if ((spec->fixed_name != NULL && strlen (spec->fixed_name) > 20) ||
           (spec->prefix != NULL && strlen (spec->prefix) > 25))
    *reason = g_strdup ("the advertised name is too long");
  else if ((spec->service == NULL) != (spec->rx == NULL) ||
           (spec->service == NULL) != (spec->tx == NULL) ||
           (spec->service == NULL) != (spec->version_uuid == NULL))
    *reason = g_strdup ("service, rx, tx and version come together or not at all");
  else if (spec->service != NULL && spec->mode != FL_SIM_MODE_PROVISIONING)
    *reason = g_strdup ("service, rx, tx and version need mode=provisioning");
  else if (spec->mode == FL_SIM_MODE_PROVISIONING && !fl_sim_platform_has_bluetooth (info))
    *reason = g_strdup_printf ("%s has no Bluetooth", info->product);
  else if (spec->location != NULL && !is_location (spec->location))
    *reason = g_strdup ("a location is a bus and ports: 1-2.3");
  else
    return TRUE;
  return FALSE;
}

gboolean
fl_sim_device_spec_complete (FlSimDeviceSpec *spec, guint index, guint64 seed, char **reason)
{
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) spec->platform);
  g_autoptr (GRand) random = create_rand (seed, index, 'd');
  g_autoptr (FlSecret) secret = make_secret (random);
  guint8 own[6];

  if (!fl_sim_version_parse (spec->firmware, &spec->version))
    {
      *reason = g_strdup_printf ("“%s” is no version", spec->firmware);
      return FALSE;
    }
  if (!check_given (spec, reason))
    return FALSE;

  make_bytes (random, own, sizeof own);
  take_address (spec->serial, own);
  memcpy (spec->mac, (guint8[]){ 0x94, 0x94, 0x4a, own[0], own[1], own[2] }, 6);
  spec->address = g_strdup_printf ("C0:4E:30:%02X:%02X:%02X", own[3], own[4], own[5]);
  if (spec->serial == NULL)
    spec->serial = g_strdup_printf ("%s%02X%02X%02X", info->serial_prefix, own[0], own[1], own[2]);
  if (spec->code == NULL)
    spec->code = g_strdup (spec->serial + SERIAL_SIZE - CODE_SIZE);
  if (spec->secret == NULL)
    spec->secret = g_steal_pointer (&secret);
  if (!fl_sim_platform_has_bluetooth (info))
    spec->has_bluetooth = FALSE;
  if (spec->location == NULL)
    spec->location = g_strdup_printf ("1-%u", index);
  if (spec->device_id == NULL && info->generation == 4)
    spec->device_id = g_strdup_printf ("%s%02x%02x%02x%02x%02x%02x", info->id_prefix, spec->mac[0],
                                       spec->mac[1], spec->mac[2], own[0], own[1], own[2]);
  else if (spec->device_id == NULL)
    spec->device_id =
        g_strdup_printf ("%s%02x%02x%02x%02x%02x%02x%02x%02x", info->id_prefix, own[0], own[1],
                         own[2], own[3], own[4], own[5], own[0], own[1]);
  if (spec->service == NULL)
    {
      spec->service = g_strdup (DEFAULT_SERVICE);
      spec->rx = g_strdup (DEFAULT_RX);
      spec->tx = g_strdup (DEFAULT_TX);
      spec->version_uuid = g_strdup (DEFAULT_VERSION);
    }
  return TRUE;
}

static gboolean
check_accounts (const FlSimNetworkSpec *spec, char **reason)
{
  for (guint i = 0; spec->accounts != NULL && spec->accounts[i] != NULL; i++)
    {
      const char *colon = strchr (spec->accounts[i], ':');

      if (colon == NULL || colon == spec->accounts[i])
        {
          *reason = g_strdup_printf ("“%s” is not NAME:PASSWORD", spec->accounts[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_eap (const FlSimNetworkSpec *spec, char **reason)
{
  for (guint i = 0; spec->eap != NULL && spec->eap[i] != NULL; i++)
    if (strcmp (spec->eap[i], "peap") != 0 && strcmp (spec->eap[i], "tls") != 0)
      {
        *reason = g_strdup_printf ("“%s” is neither “peap” nor “tls”", spec->eap[i]);
        return FALSE;
      }
  return TRUE;
}

/* Files are beside the scenario, and nowhere else. */
static gboolean
is_inside (const char *path)
{
  return path == NULL || g_regex_match_simple ("^[A-Za-z0-9_-][A-Za-z0-9._-]*"
                                               "(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$",
                                               path, G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
has_server (const FlSimNetworkSpec *spec)
{
  return spec->accounts != NULL || spec->server_path != NULL || spec->client_path != NULL ||
         spec->eap != NULL || spec->outer != FL_SIM_OUTER_ANY || spec->date != 0;
}

static gboolean
check_rssi_at (const FlSimNetworkSpec *spec, char **reason)
{
  for (guint i = 0; spec->rssi_at != NULL && spec->rssi_at[i] != NULL; i++)
    {
      const char *colon = strrchr (spec->rssi_at[i], ':');

      if (colon == NULL || !g_ascii_string_to_signed (colon + 1, 10, -120, 0, NULL, NULL))
        {
          *reason = g_strdup_printf ("“%s” is not DEVICE:DBM", spec->rssi_at[i]);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
fl_sim_network_spec_complete (FlSimNetworkSpec *spec, guint index, guint64 seed, char **reason)
{
  g_autoptr (GRand) random = create_rand (seed, index, 'n');
  gboolean is_open = spec->security == FL_SECURITY_OPEN;

  make_bytes (random, spec->bssid, sizeof spec->bssid);
  spec->bssid[0] = 0x02; /* locally administered */
  if (spec->ssid == NULL)
    spec->ssid = g_bytes_new (spec->name, MIN (strlen (spec->name), FL_SSID_MAX_BYTES));
  if (g_bytes_get_size (spec->ssid) == 0 && !spec->hidden)
    *reason = g_strdup ("only a hidden network may have an empty name");
  else if (is_open && spec->password != NULL)
    *reason = g_strdup ("an open network has no password");
  else if (has_server (spec) && spec->security != FL_SECURITY_ENTERPRISE)
    *reason = g_strdup ("only an enterprise network has accounts and a server");
  else if (!is_inside (spec->server_path) || !is_inside (spec->client_path))
    *reason = g_strdup ("a certificate is a file beside the scenario: folder/name.pem");
  else if (!is_open && spec->password == NULL && spec->accounts == NULL &&
           spec->client_path == NULL)
    *reason = g_strdup ("a secured network needs a password");
  else
    return check_rssi_at (spec, reason) && check_accounts (spec, reason) &&
           check_eap (spec, reason);
  return FALSE;
}

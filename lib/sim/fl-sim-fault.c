/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-fault.h"

#include <string.h>

#include "fl-serial-prompt.h"

#define MAX_FAULTS 32

typedef enum
{
  PARAMETER_NONE,
  PARAMETER_NUMBER,
  PARAMETER_COUNT, /* how often the fault fires */
  PARAMETER_TIME,
  PARAMETER_PLACE,
  PARAMETER_ANSWER, /* request type and result code */
  PARAMETER_ROLE,
  PARAMETER_PROMPT, /* of the serial console */
} Parameter;

typedef struct
{
  const char *word;
  Parameter parameter;
  gboolean of_world;
} Description;

static const Description descriptions[FL_SIM_N_FAULTS] = {
  [FL_SIM_FAULT_ADAPTER_BACK_AT] = { "adapter-back-at", PARAMETER_TIME, TRUE },
  [FL_SIM_FAULT_ADAPTER_DEAF_AT] = { "adapter-deaf-at", PARAMETER_TIME, TRUE },
  [FL_SIM_FAULT_ADAPTER_OFF_AT] = { "adapter-off-at", PARAMETER_TIME, TRUE },
  [FL_SIM_FAULT_ADAPTER_REMOVED_AT] = { "adapter-removed-at", PARAMETER_TIME, TRUE },
  [FL_SIM_FAULT_ADVERT_DELAY] = { "advert-delay", PARAMETER_TIME },
  [FL_SIM_FAULT_ADVERT_LOSS] = { "advert-loss", PARAMETER_NUMBER },
  [FL_SIM_FAULT_ADVERT_TRUNCATED] = { "advert-truncated", PARAMETER_NONE },
  [FL_SIM_FAULT_ALTERNATE_ADVERTS] = { "alternate-adverts", PARAMETER_NONE },
  [FL_SIM_FAULT_ANSWER] = { "answer", PARAMETER_ANSWER },
  [FL_SIM_FAULT_BUSY] = { "busy", PARAMETER_COUNT },
  [FL_SIM_FAULT_CAMERA_BLURRED] = { "camera-blurred", PARAMETER_NONE, TRUE },
  [FL_SIM_FAULT_CAMERA_BUSY] = { "camera-busy", PARAMETER_NONE, TRUE },
  [FL_SIM_FAULT_CAMERA_DARK] = { "camera-dark", PARAMETER_NONE, TRUE },
  [FL_SIM_FAULT_CAMERA_FAR] = { "camera-far", PARAMETER_NONE, TRUE },
  [FL_SIM_FAULT_CAMERA_NONE] = { "camera-none", PARAMETER_NONE, TRUE },
  [FL_SIM_FAULT_CAMERA_REFUSED] = { "camera-refused", PARAMETER_NONE, TRUE },
  [FL_SIM_FAULT_CAMERA_VANISHES] = { "camera-vanishes", PARAMETER_TIME, TRUE },
  [FL_SIM_FAULT_CAMERA_WRONG_CODE] = { "camera-wrong-code", PARAMETER_NONE, TRUE },
  [FL_SIM_FAULT_CLOUD_SLOW] = { "cloud-slow", PARAMETER_TIME },
  [FL_SIM_FAULT_CONNECT_FAILS] = { "connect-fails", PARAMETER_COUNT },
  [FL_SIM_FAULT_CONNECT_SLOW] = { "connect-slow", PARAMETER_TIME },
  [FL_SIM_FAULT_DISCONNECT_AFTER_JOIN] = { "disconnect-after-join", PARAMETER_NONE },
  [FL_SIM_FAULT_DROP_LINK_AFTER] = { "drop-link-after", PARAMETER_TIME },
  [FL_SIM_FAULT_DROP_LINK_AT] = { "drop-link-at", PARAMETER_NUMBER },
  [FL_SIM_FAULT_GARBAGE_AT] = { "garbage-at", PARAMETER_PLACE },
  [FL_SIM_FAULT_JOIN_SLOW] = { "join-slow", PARAMETER_TIME },
  [FL_SIM_FAULT_LOSE_AT] = { "lose-at", PARAMETER_PLACE },
  [FL_SIM_FAULT_MISSING] = { "missing", PARAMETER_ROLE },
  [FL_SIM_FAULT_NETWORK_GONE] = { "network-gone", PARAMETER_NONE },
  [FL_SIM_FAULT_NO_ADDRESS] = { "no-address", PARAMETER_NONE },
  [FL_SIM_FAULT_NO_CLOUD] = { "no-cloud", PARAMETER_NONE },
  [FL_SIM_FAULT_NO_SECRET] = { "no-secret", PARAMETER_NONE },
  [FL_SIM_FAULT_OVERSIZE_AT] = { "oversize-at", PARAMETER_PLACE },
  [FL_SIM_FAULT_REORDER_AT] = { "reorder-at", PARAMETER_PLACE },
  [FL_SIM_FAULT_REPLAY_AT] = { "replay-at", PARAMETER_PLACE },
  [FL_SIM_FAULT_RESET_AT] = { "reset-at", PARAMETER_PLACE },
  [FL_SIM_FAULT_SCAN_EMPTY] = { "scan-empty", PARAMETER_COUNT },
  [FL_SIM_FAULT_SCAN_SLOW] = { "scan-slow", PARAMETER_TIME },
  [FL_SIM_FAULT_SERIAL_BUSY] = { "serial-busy", PARAMETER_TIME },
  [FL_SIM_FAULT_SERIAL_CHUNK] = { "serial-chunk", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_CLOSE_AFTER_AWESOME] = { "serial-close-after-awesome", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_CLOSE_AFTER_THANKS] = { "serial-close-after-thanks", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_CLOSE_AT] = { "serial-close-at", PARAMETER_PROMPT },
  [FL_SIM_FAULT_SERIAL_DERP] = { "serial-derp", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_NO_ECHO] = { "serial-no-echo", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_NO_MEMORY] = { "serial-no-memory", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_NOISE] = { "serial-noise", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_PERMISSION] = { "serial-permission", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_SILENT] = { "serial-silent", PARAMETER_NONE },
  [FL_SIM_FAULT_SERIAL_STUCK] = { "serial-stuck", PARAMETER_PROMPT },
  [FL_SIM_FAULT_SERIAL_UNEXPECTED] = { "serial-unexpected", PARAMETER_NONE },
  [FL_SIM_FAULT_SILENT_AT] = { "silent-at", PARAMETER_PLACE },
  [FL_SIM_FAULT_TRUNCATE_AT] = { "truncate-at", PARAMETER_PLACE },
  [FL_SIM_FAULT_USB_BUSY] = { "usb-busy", PARAMETER_COUNT },
  [FL_SIM_FAULT_USB_CLAIMED] = { "usb-claimed", PARAMETER_NONE },
  [FL_SIM_FAULT_USB_GARBAGE] = { "usb-garbage", PARAMETER_NUMBER },
  [FL_SIM_FAULT_USB_LONG] = { "usb-long", PARAMETER_NUMBER },
  [FL_SIM_FAULT_USB_LOST_EVENT] = { "usb-lost-event", PARAMETER_COUNT },
  [FL_SIM_FAULT_USB_NO_MEMORY] = { "usb-no-memory", PARAMETER_COUNT },
  [FL_SIM_FAULT_USB_NOT_FOUND] = { "usb-not-found", PARAMETER_COUNT },
  [FL_SIM_FAULT_USB_PERMISSION] = { "usb-permission", PARAMETER_NONE, TRUE },
  [FL_SIM_FAULT_USB_REFUSED] = { "usb-refused", PARAMETER_NONE },
  [FL_SIM_FAULT_USB_REPLUG_AFTER] = { "usb-replug-after", PARAMETER_TIME },
  [FL_SIM_FAULT_USB_RESET] = { "usb-reset", PARAMETER_NUMBER },
  [FL_SIM_FAULT_USB_SHORT] = { "usb-short", PARAMETER_NUMBER },
  [FL_SIM_FAULT_USB_SILENT] = { "usb-silent", PARAMETER_NUMBER },
  [FL_SIM_FAULT_USB_STALL] = { "usb-stall", PARAMETER_NUMBER },
  [FL_SIM_FAULT_USB_UNPLUG] = { "usb-unplug", PARAMETER_NUMBER },
  [FL_SIM_FAULT_USB_UNPLUG_AT] = { "usb-unplug-at", PARAMETER_TIME },
  [FL_SIM_FAULT_USB_WRONG_ID] = { "usb-wrong-id", PARAMETER_COUNT },
  [FL_SIM_FAULT_VANISH_AT] = { "vanish-at", PARAMETER_TIME },
  [FL_SIM_FAULT_WRONG_SECRET] = { "wrong-secret", PARAMETER_NONE },
  [FL_SIM_FAULT_WRONG_VERSION] = { "wrong-version", PARAMETER_NUMBER },
};

static gboolean
parse_place (const char *text, FlSimPlace *place)
{
  static const struct
  {
    const char *word;
    FlSimPlace place;
  } places[] = {
    { "handshake-1", { FL_SIM_PLACE_HANDSHAKE_1, 0 } },
    { "handshake-2", { FL_SIM_PLACE_HANDSHAKE_2, 0 } },
    { "confirmation", { FL_SIM_PLACE_CONFIRMATION, 0 } },
    { "request", { FL_SIM_PLACE_REQUEST, 0 } },
    { "join", { FL_SIM_PLACE_REQUEST, 500 } },
    { "scan", { FL_SIM_PLACE_REQUEST, 506 } },
  };
  guint64 type;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (text, places[i].word) == 0)
      {
        *place = places[i].place;
        return TRUE;
      }
  if (!g_str_has_prefix (text, "request:") ||
      !g_ascii_string_to_unsigned (text + strlen ("request:"), 10, 1, G_MAXUINT16, &type, NULL))
    return FALSE;
  *place = (FlSimPlace){ FL_SIM_PLACE_REQUEST, (int) type };
  return TRUE;
}

static gboolean
parse_answer (const char *text, FlSimFault *fault)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  guint64 type;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXUINT16, &type, NULL))
    return FALSE;
  fault->place = (FlSimPlace){ FL_SIM_PLACE_REQUEST, (int) type };
  return g_ascii_string_to_signed (parts[1], 10, G_MININT32, G_MAXINT32, &fault->value, NULL);
}

static gboolean
parse_role (const char *text, gint64 *value)
{
  static const char *const words[] = { "rx", "tx", "version", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (text, words[i]) == 0)
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_prompt (const char *text, gint64 *value)
{
  static const struct
  {
    const char *word;
    FlSerialSaying prompt;
  } prompts[] = {
    { "ssid", FL_SERIAL_SAYS_SSID },
    { "security", FL_SERIAL_SAYS_SECURITY },
    { "cipher", FL_SERIAL_SAYS_CIPHER },
    { "password", FL_SERIAL_SAYS_PASSWORD },
    { "eap-type", FL_SERIAL_SAYS_EAP_TYPE },
    { "username", FL_SERIAL_SAYS_USERNAME },
    { "client-certificate", FL_SERIAL_SAYS_CLIENT_CERTIFICATE },
    { "private-key", FL_SERIAL_SAYS_PRIVATE_KEY },
    { "outer-identity", FL_SERIAL_SAYS_OUTER_IDENTITY },
    { "root-ca", FL_SERIAL_SAYS_ROOT_CA },
  };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    if (strcmp (text, prompts[i].word) == 0)
      {
        *value = prompts[i].prompt;
        return TRUE;
      }
  return FALSE;
}

/* @text: (nullable) what follows the equals sign. */
static gboolean
parse_parameter (FlSimFault *fault, const char *text)
{
  Parameter parameter = descriptions[fault->kind].parameter;

  if (parameter == PARAMETER_NONE || text == NULL)
    return parameter == PARAMETER_NONE && text == NULL;

  switch (parameter)
    {
    case PARAMETER_NUMBER:
      return g_ascii_string_to_signed (text, 10, 0, 1000, &fault->value, NULL);
    case PARAMETER_COUNT:
      if (fault->times != 0 || !g_ascii_string_to_signed (text, 10, 1, 1000, &fault->value, NULL))
        return FALSE;
      fault->times = (guint) fault->value;
      return TRUE;
    case PARAMETER_TIME:
      return fl_sim_time_parse (text, &fault->value);
    case PARAMETER_PLACE:
      return parse_place (text, &fault->place);
    case PARAMETER_ANSWER:
      return parse_answer (text, fault);
    case PARAMETER_ROLE:
      return parse_role (text, &fault->value);
    case PARAMETER_PROMPT:
      return parse_prompt (text, &fault->value);
    case PARAMETER_NONE:
      break;
    }
  return FALSE;
}

/* Cuts " x3" off the end of @text. */
static gboolean
take_times (char *text, guint *times)
{
  char *space = strrchr (text, ' ');
  guint64 value;

  *times = 0;
  if (space == NULL)
    return TRUE;
  if (space[1] != 'x' || !g_ascii_string_to_unsigned (space + 2, 10, 1, 1000, &value, NULL))
    return FALSE;
  *times = (guint) value;
  *space = '\0';
  g_strchomp (text);
  return TRUE;
}

static gboolean
parse_one (char *text, gboolean of_world, FlSimFault *fault)
{
  char *value = strchr (text, '=');

  if (!take_times (text, &fault->times))
    return FALSE;
  if (value != NULL)
    *value++ = '\0';

  for (guint i = 0; i < FL_SIM_N_FAULTS; i++)
    if (strcmp (text, descriptions[i].word) == 0)
      {
        fault->kind = (FlSimFaultKind) i;
        return descriptions[i].of_world == of_world && parse_parameter (fault, value);
      }
  return FALSE;
}

const char *
fl_sim_fault_get_word (FlSimFaultKind kind)
{
  g_return_val_if_fail (kind < FL_SIM_N_FAULTS, NULL);

  return descriptions[kind].word;
}

gboolean
fl_sim_faults_parse (const char *text, gboolean of_world, GArray *faults, char **reason)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", MAX_FAULTS + 1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *copy = g_strdup (g_strstrip (parts[i]));
      FlSimFault fault = { 0 };

      if (*copy == '\0')
        continue;
      if (!parse_one (copy, of_world, &fault))
        {
          *reason = g_strdup_printf ("“%s” is not a fault of a %s", parts[i],
                                     of_world ? "world" : "device");
          return FALSE;
        }
      if (faults->len >= MAX_FAULTS)
        {
          *reason = g_strdup_printf ("more than %d faults", MAX_FAULTS);
          return FALSE;
        }
      g_array_append_val (faults, fault);
    }
  return TRUE;
}

gboolean
fl_sim_place_equal (FlSimPlace fault, FlSimPlace now)
{
  return fault.kind == now.kind && (fault.type == 0 || fault.type == now.type);
}

gboolean
fl_sim_time_parse (const char *text, gint64 *time_us)
{
  static const struct
  {
    const char *unit;
    double us;
  } units[] = { { "us", 1 }, { "ms", 1e3 }, { "s", 1e6 }, { "min", 6e7 } };
  char *end = NULL;
  double value;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  if (strcmp (text, "0") == 0)
    {
      *time_us = 0;
      return TRUE;
    }
  value = g_ascii_strtod (text, &end);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (end, units[i].unit) == 0)
      {
        value *= units[i].us;
        if (!(value <= 3.6e9)) /* also not a number */
          return FALSE;
        *time_us = (gint64) (value + 0.5);
        return TRUE;
      }
  return FALSE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-cli-words.h"

#include "fl-cli-text.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

static char *
stage_with_network (FlStage stage, const char *network)
{
  if (stage == FL_STAGE_JOINING && network != NULL)
    return g_strdup_printf (_ ("Joining “%s”"), network);
  if (stage == FL_STAGE_ONLINE && network != NULL)
    return g_strdup_printf (_ ("The device is online in “%s”"), network);
  return NULL;
}

char *
fl_cli_words_stage (FlStage stage, const char *network)
{
  char *named = stage_with_network (stage, network);

  if (named != NULL)
    return named;

  switch (stage)
    {
    case FL_STAGE_FINDING:
      return g_strdup (_ ("Looking for the device"));
    case FL_STAGE_CONNECTING:
      return g_strdup (_ ("Connecting to the device"));
    case FL_STAGE_SECURING:
      return g_strdup (_ ("Opening a secure connection"));
    case FL_STAGE_READING:
      return g_strdup (_ ("Reading the device"));
    case FL_STAGE_CHOOSING:
      return g_strdup (_ ("Looking for networks"));
    case FL_STAGE_SENDING:
      return g_strdup (_ ("Sending to the device"));
    case FL_STAGE_JOINING:
      return g_strdup (_ ("Joining the network"));
    case FL_STAGE_ADDRESSING:
      return g_strdup (_ ("Getting an address"));
    case FL_STAGE_REACHING:
      return g_strdup (_ ("Reaching the service"));
    case FL_STAGE_ONLINE:
      return g_strdup (_ ("The device is online"));
    case FL_STAGE_FAILED:
      return g_strdup (_ ("Failed"));
    case FL_STAGE_CANCELLED:
      return g_strdup (_ ("Cancelled"));
    }
  return g_strdup (fl_stage_to_string (stage));
}

char *
fl_cli_words_light (const FlLight *light, gboolean reported)
{
  const char *rhythm = fl_light_get_rhythm (light);
  const char *words = fl_light_get_words (light);

  if (reported)
    /* Translators: a drawing of the rhythm, then what the light does: "blinks slowly, blue" */
    return g_strdup_printf (_ ("Light: %s %s"), rhythm, words);
  /* Translators: as before, but expected and not reported by the device */
  return g_strdup_printf (_ ("Light (expected): %s %s"), rhythm, words);
}

char *
fl_cli_words_device (FlDevice *device)
{
  GListModel *roads = fl_device_get_roads (device);
  GString *text = g_string_new (fl_device_get_product (device));

  if (*fl_device_get_ending (device) != '\0')
    g_string_append_printf (text, "  %s", fl_device_get_ending (device));
  for (guint i = 0; i < g_list_model_get_n_items (roads); i++)
    {
      g_autoptr (FlRoad) road = g_list_model_get_item (roads, i);

      g_string_append_printf (text, "  %s %s", fl_road_kind_get_label (fl_road_get_kind (road)),
                              fl_road_get_address (road));
    }
  if (fl_device_get_signal_dbm (device) != 0)
    /* Translators: strength of a radio signal in decibel-milliwatts, a negative number */
    g_string_append_printf (text, _ ("  %d dBm"), fl_device_get_signal_dbm (device));
  if (fl_device_get_problem (device) != NULL)
    {
      g_autofree char *title = fl_error_dup_title (fl_device_get_problem (device), NULL);

      g_string_append_printf (text, "  (%s)", title);
    }
  return g_string_free (text, FALSE);
}

/* Columns, not bytes: names may be in any script. */
static char *
pad (const char *text, guint columns)
{
  GString *padded = g_string_new (text);

  for (guint width = fl_cli_columns (text); width < columns; width++)
    g_string_append_c (padded, ' ');
  return g_string_free (padded, FALSE);
}

char *
fl_cli_words_network (FlNetwork *network, gboolean known)
{
  const char *security = fl_security_get_label (fl_network_get_security (network));
  const char *band = fl_network_is_5ghz (network) ? _ ("5 GHz") : _ ("2.4 GHz");
  g_autofree char *name = pad (fl_network_get_name (network), 24);
  g_autofree char *signal = pad (fl_network_get_signal_word (network), 10);
  g_autofree char *column = pad (fl_network_get_channel (network) != 0 ? band : "", 8);

  if (known)
    return g_strdup_printf ("%s  %s", name, security);
  return g_strdup_printf ("%s  %s  %s  %s", name, signal, column, security);
}

const char *
fl_cli_words_mode (FlDeviceMode mode)
{
  switch (mode)
    {
    case FL_MODE_RUNNING:
      return _ ("running");
    case FL_MODE_LISTENING:
      return _ ("ready for set-up");
    case FL_MODE_UPDATE:
      return _ ("update mode");
    case FL_MODE_SAFE:
      return _ ("safe mode");
    case FL_MODE_UNKNOWN:
      break;
    }
  return _ ("unknown");
}

const char *
fl_cli_words_cloud (FlCloudState cloud)
{
  switch (cloud)
    {
    case FL_CLOUD_DISCONNECTED:
      return _ ("not connected");
    case FL_CLOUD_CONNECTING:
      return _ ("connecting");
    case FL_CLOUD_CONNECTED:
      return _ ("connected");
    case FL_CLOUD_DISCONNECTING:
      return _ ("disconnecting");
    case FL_CLOUD_UNKNOWN:
      break;
    }
  return _ ("unknown");
}

const char *
fl_cli_words_kept (FlProof proof)
{
  if (proof & FL_PROOF_JOINED)
    return _ ("The device is in the new network and keeps it.");
  if (proof & FL_PROOF_STORED)
    return _ ("The device has stored the new network.");
  if (proof & FL_PROOF_IN_VAIN)
    return _ ("The device has stored the network, and could not join it.");
  return _ ("The device keeps what it has.");
}

const char *
fl_cli_words_remedy (const GError *error)
{
  if (g_error_matches (error, FL_ERROR, FL_ERROR_USB_ACCESS))
    return _ ("“firstlightctl doctor --add-rule” does it.");
  if (g_error_matches (error, FL_ERROR, FL_ERROR_UPDATE_MODE))
    return _ ("Over a cable “firstlightctl reset” does the same.");
  return NULL;
}

char *
fl_cli_words_day (gint64 time_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_s);

  /* Translators: a day as it stands in a sentence, "3 May 2027"; see g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _ ("%-d %B %Y")) : g_strdup ("?");
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-events"
#include "config.h"

#include "fl-cli-events.h"

#include "fl-cli-words.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

static const char *
enum_nick (GType type, int value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *row = g_enum_get_value (class, value);

  return row != NULL ? row->value_nick : "unknown";
}

static void
add_error_id (JsonBuilder *json, const char *name, const GError *error)
{
  fl_cli_json_string (json, name, error != NULL ? fl_error_get_id (error) : NULL);
}

static void
add_roads (JsonBuilder *json, FlDevice *device)
{
  GListModel *roads = fl_device_get_roads (device);

  json_builder_set_member_name (json, "roads");
  json_builder_begin_array (json);
  for (guint i = 0; i < g_list_model_get_n_items (roads); i++)
    {
      g_autoptr (FlRoad) road = g_list_model_get_item (roads, i);

      json_builder_begin_object (json);
      fl_cli_json_string (json, "road", fl_road_kind_to_string (fl_road_get_kind (road)));
      fl_cli_json_string (json, "address", fl_road_get_address (road));
      fl_cli_json_known_int (json, "signal_dbm", fl_road_get_signal_dbm (road));
      fl_cli_json_boolean (json, "reachable", fl_road_get_reachable (road));
      add_error_id (json, "problem", fl_road_get_problem (road));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
device_event (FlCliOutput *output, const char *event, FlDevice *device)
{
  JsonBuilder *json = fl_cli_output_begin (output, event);
  const char *code = fl_device_get_ending (device);

  if (json == NULL)
    return;

  fl_cli_json_string (json, "name", fl_device_get_name (device));
  fl_cli_json_string (json, "product", fl_device_get_product (device));
  fl_cli_json_string (json, "family", fl_device_get_family (device));
  fl_cli_json_string (json, "setup_code", *code != '\0' ? code : NULL);
  fl_cli_json_string (json, "serial", fl_device_get_serial (device));
  fl_cli_json_string (json, "device_id", fl_device_get_device_id (device));
  fl_cli_json_known_int (json, "platform_id", fl_device_get_platform_id (device));
  fl_cli_json_known_int (json, "signal_dbm", fl_device_get_signal_dbm (device));
  add_roads (json, device);
  fl_cli_output_end (output, json);
}

void
fl_cli_event_found (FlCliOutput *output, FlDevice *device)
{
  g_autofree char *words = fl_cli_words_device (device);

  device_event (output, "found", device);
  fl_cli_output_say (output, "+ %s", words);
}

void
fl_cli_event_lost (FlCliOutput *output, FlDevice *device)
{
  g_autofree char *words = fl_cli_words_device (device);

  device_event (output, "lost", device);
  fl_cli_output_say (output, "− %s", words);
}

void
fl_cli_event_label (FlCliOutput *output, const FlLabel *label)
{
  JsonBuilder *json = fl_cli_output_begin (output, "label");

  if (json == NULL)
    return;

  fl_cli_json_string (json, "setup_code", fl_label_get_setup_code (label));
  fl_cli_json_string (json, "serial", fl_label_get_serial (label));
  fl_cli_json_boolean (json, "has_secret", fl_label_get_secret (label) != NULL);
  fl_cli_output_end (output, json);
}

static void
add_state (JsonBuilder *json, const FlDeviceState *state)
{
  g_autofree char *name = NULL;
  gsize size_bytes = 0;
  const guint8 *ssid = state->ssid != NULL ? g_bytes_get_data (state->ssid, &size_bytes) : NULL;

  if (size_bytes > 0)
    name = fl_ssid_to_name (ssid, size_bytes);
  fl_cli_json_string (json, "network", name);
  fl_cli_json_string (json, "mac", state->mac);
  json_builder_set_member_name (json, "addresses");
  json_builder_begin_array (json);
  for (gsize i = 0; state->addresses != NULL && state->addresses[i] != NULL; i++)
    json_builder_add_string_value (json, state->addresses[i]);
  json_builder_end_array (json);
  fl_cli_json_known_int (json, "channel", state->channel);
  fl_cli_json_known_int (json, "signal_dbm", state->rssi_dbm);
  fl_cli_json_string (json, "cloud", enum_nick (FL_TYPE_CLOUD_STATE, (int) state->cloud));
}

static void
add_known_boolean (JsonBuilder *json, const char *name, gboolean known, gboolean value)
{
  if (known)
    fl_cli_json_boolean (json, name, value);
  else
    fl_cli_json_string (json, name, NULL);
}

static void
say_field (FlCliOutput *output, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    /* Translators: a label and what it holds: "Firmware: 6.2.0" */
    fl_cli_output_say (output, _ ("%s: %s"), label, value);
}

static void
say_state (FlCliOutput *output, const FlDeviceState *state)
{
  gsize size_bytes = 0;
  const guint8 *ssid = state->ssid != NULL ? g_bytes_get_data (state->ssid, &size_bytes) : NULL;
  g_autofree char *name = size_bytes > 0 ? fl_ssid_to_name (ssid, size_bytes) : NULL;
  g_autofree char *addresses =
      state->addresses != NULL ? g_strjoinv (", ", state->addresses) : NULL;

  say_field (output, _ ("Network"), name != NULL || !state->wifi_known ? name : _ ("none"));
  say_field (output, _ ("Hardware address"), state->mac);
  say_field (output, _ ("Addresses"), addresses);
  say_field (output, _ ("Service"), fl_cli_words_cloud (state->cloud));
}

void
fl_cli_event_info (FlCliOutput *output, const FlDeviceInfo *info, const FlDeviceState *state)
{
  FlDeviceMode mode = state != NULL && state->mode != FL_MODE_UNKNOWN ? state->mode : info->mode;
  JsonBuilder *json = fl_cli_output_begin (output, "info");

  if (json != NULL)
    {
      fl_cli_json_string (json, "product", info->product);
      fl_cli_json_string (json, "serial", info->serial);
      fl_cli_json_string (json, "device_id", info->device_id);
      fl_cli_json_known_int (json, "platform_id", info->platform_id);
      fl_cli_json_string (json, "firmware", info->firmware);
      fl_cli_json_string (json, "ncp_firmware", info->ncp_firmware);
      fl_cli_json_string (json, "mode", enum_nick (FL_TYPE_DEVICE_MODE, (int) mode));
      add_known_boolean (json, "protected", info->protected_known, info->is_protected);
      add_known_boolean (json, "claimed", info->claimed_known, info->is_claimed);
      if (state != NULL)
        add_state (json, state);
      fl_cli_output_end (output, json);
      return;
    }

  say_field (output, _ ("Device"), info->product);
  say_field (output, _ ("Serial number"), info->serial);
  say_field (output, _ ("Device ID"), info->device_id);
  say_field (output, _ ("Firmware"), info->firmware);
  say_field (output, _ ("Mode"), fl_cli_words_mode (mode));
  if (info->protected_known)
    say_field (output, _ ("Protected"), info->is_protected ? _ ("yes") : _ ("no"));
  if (state != NULL)
    say_state (output, state);
}

void
fl_cli_event_network (FlCliOutput *output, FlNetwork *network, guint position)
{
  g_autofree char *words = fl_cli_words_network (network, position != 0);
  JsonBuilder *json = fl_cli_output_begin (output, "network");

  if (json != NULL)
    {
      FlSecurity security = fl_network_get_security (network);

      fl_cli_json_string (json, "name", fl_network_get_name (network));
      fl_cli_json_hex (json, "ssid_hex", fl_network_get_ssid (network));
      fl_cli_json_string (json, "security", fl_security_to_string (security));
      fl_cli_json_known_int (json, "channel", fl_network_get_channel (network));
      fl_cli_json_known_int (json, "signal_dbm", fl_network_get_rssi (network));
      fl_cli_json_boolean (json, "stored", position != 0);
      fl_cli_json_known_int (json, "position", position);
      fl_cli_output_end (output, json);
    }
  if (position != 0)
    fl_cli_output_say (output, "%2u  %s", position, words);
  else
    fl_cli_output_say (output, "%s", words);
}

void
fl_cli_event_stage (FlCliOutput *output, FlStage stage)
{
  JsonBuilder *json = fl_cli_output_begin (output, "stage");

  if (json == NULL)
    return;
  fl_cli_json_string (json, "stage", fl_stage_to_string (stage));
  fl_cli_output_end (output, json);
}

void
fl_cli_event_light (FlCliOutput *output, const FlLight *light, gboolean reported)
{
  JsonBuilder *json = fl_cli_output_begin (output, "light");
  g_autofree char *rgb = g_strdup_printf ("#%06x", light->rgb & 0xffffff);

  if (json == NULL)
    return;
  fl_cli_json_string (json, "light", enum_nick (FL_TYPE_LIGHT_STATE, (int) light->state));
  fl_cli_json_string (json, "pattern", enum_nick (FL_TYPE_LIGHT_PATTERN, (int) light->pattern));
  fl_cli_json_int (json, "period_ms", light->period_ms);
  fl_cli_json_string (json, "colour", rgb);
  fl_cli_json_string (json, "words", fl_light_get_words (light));
  fl_cli_json_string (json, "meaning", fl_light_get_meaning (light));
  fl_cli_json_string (json, "rhythm", fl_light_get_rhythm (light));
  fl_cli_json_boolean (json, "reported", reported);
  fl_cli_output_end (output, json);
}

void
fl_cli_event_note (FlCliOutput *output, const char *id, const char *text)
{
  JsonBuilder *json = fl_cli_output_begin (output, "note");

  if (json != NULL)
    {
      fl_cli_json_string (json, "id", id);
      fl_cli_json_string (json, "text", text);
      fl_cli_output_end (output, json);
    }
  fl_cli_output_say (output, "%s", text);
}

static const char *
get_mark (FlVerdict verdict)
{
  switch (verdict)
    {
    case FL_VERDICT_GOOD:
      return "✔";
    case FL_VERDICT_DOUBTFUL:
      return "!";
    case FL_VERDICT_BROKEN:
      return "✘";
    case FL_VERDICT_UNKNOWN:
      break;
    }
  return "?";
}

/* Colour is none here, so mark and word say it both. */
static const char *
get_verdict_word (FlVerdict verdict)
{
  switch (verdict)
    {
    case FL_VERDICT_GOOD:
      return _ ("good");
    case FL_VERDICT_DOUBTFUL:
      return _ ("doubtful");
    case FL_VERDICT_BROKEN:
      return _ ("broken");
    case FL_VERDICT_UNKNOWN:
      break;
    }
  return _ ("not known");
}

/* FALSE: the output is for people. */
static gboolean
write_finding (FlCliOutput *output, FlFinding *finding)
{
  JsonBuilder *json = fl_cli_output_begin (output, "note");

  if (json == NULL)
    return FALSE;
  fl_cli_json_string (json, "id", fl_finding_get_id (finding));
  fl_cli_json_string (json, "verdict", fl_verdict_to_string (fl_finding_get_verdict (finding)));
  fl_cli_json_string (json, "title", fl_finding_get_title (finding));
  fl_cli_json_string (json, "text", fl_finding_get_sentence (finding));
  fl_cli_json_string (json, "blame", fl_blame_to_string (fl_finding_get_blame (finding)));
  fl_cli_json_boolean (json, "sure", fl_finding_get_sure (finding));
  add_error_id (json, "problem", fl_finding_get_error (finding));
  fl_cli_output_end (output, json);
  return TRUE;
}

void
fl_cli_event_finding (FlCliOutput *output, FlFinding *finding)
{
  FlVerdict verdict = fl_finding_get_verdict (finding);
  const GError *error = fl_finding_get_error (finding);
  FlErrorText text;

  if (write_finding (output, finding))
    return;

  /* Translators: a mark, what was looked at, and in a word what came of it: "✔ Bluetooth: good" */
  fl_cli_output_say (output, _ ("%s %s: %s"), get_mark (verdict), fl_finding_get_title (finding),
                     get_verdict_word (verdict));
  fl_cli_output_say (output, "  %s", fl_finding_get_sentence (finding));
  if (error == NULL)
    return;
  fl_error_describe (error, &text);
  if (*text.advice != '\0' && g_strcmp0 (text.advice, fl_finding_get_sentence (finding)) != 0)
    fl_cli_output_say (output, "  %s", text.advice);
}

void
fl_cli_event_check (FlCliOutput *output, FlFinding *finding)
{
  FlVerdict verdict = fl_finding_get_verdict (finding);

  if (write_finding (output, finding))
    return;
  if (verdict == FL_VERDICT_GOOD)
    fl_cli_output_say (output, _ ("%s %s: %s"), get_mark (verdict), fl_finding_get_title (finding),
                       fl_finding_get_sentence (finding));
  else
    /* Translators: "✘ Key of the Device (broken): A sentence." */
    fl_cli_output_say (output, _ ("%s %s (%s): %s"), get_mark (verdict),
                       fl_finding_get_title (finding), get_verdict_word (verdict),
                       fl_finding_get_sentence (finding));
}

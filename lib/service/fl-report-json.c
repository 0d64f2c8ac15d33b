/* SPDX-License-Identifier: Apache-2.0 */
/* The report for programs. Keys, all of them always there unless "may be missing" is said; what is
 * not known is null:
 *
 *   report        1: the form of this list
 *   written       ISO 8601 with time zone
 *   program       name, version, system
 *   product       product profile
 *   device        name, product, platform_id, serial, device_id, firmware, radio_firmware, mode,
 *                 protected, claimed, setup_done (booleans or null), roads: kind, address,
 *                 signal_dbm, reachable, mode, firmware, problem ("E08")
 *   state         null, or: mode, radio_on, joined, network, channel, rssi_dbm, mac, addresses,
 *                 cloud, light
 *   known         stored networks in order: name, security
 *   networks      what the device hears: name, security, channel, rssi_dbm
 *   modules       null, or: kind, index, version, size_bytes, checked, sound, dependencies_met
 *   journey       null, or: stage, proof (list of "stored", "joined", "address", "cloud"), error,
 *                 stage_ms: one member for each stage that was entered
 *   check         of the device, null if none was made: id, verdict, blame, sure, sentence, error
 *   computer      the same, of this computer
 *   journal       at_ms, kind, id, text
 *   notes         texts
 *
 * An error is null, or: id ("E34"), title, details. Nicks are those of the types in lib/model.
 */
#include "config.h"

#include "fl-report-private.h"

#include "fl-error.h"

#include <json-glib/json-glib.h>

#define FORM 1

typedef struct
{
  JsonBuilder *builder;
  FlReportNames *names;
} Writer;

static const char *
get_nick (GType type, int value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  const GEnumValue *row = g_enum_get_value (class, value);

  return row != NULL ? row->value_nick : "unknown";
}

static void
put_null (Writer *out, const char *key)
{
  json_builder_set_member_name (out->builder, key);
  json_builder_add_null_value (out->builder);
}

/* Words of the program or of the device that hold no network's name. */
static void
put_string (Writer *out, const char *key, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  if (valid == NULL)
    {
      put_null (out, key);
      return;
    }
  json_builder_set_member_name (out->builder, key);
  json_builder_add_string_value (out->builder, valid);
}

/* Sentences, which may hold one. */
static void
put_text (Writer *out, const char *key, const char *text)
{
  g_autofree char *hidden = fl_report_names_apply (out->names, text);

  put_string (out, key, hidden);
}

static void
put_int (Writer *out, const char *key, gint64 value)
{
  json_builder_set_member_name (out->builder, key);
  json_builder_add_int_value (out->builder, value);
}

static void
put_known_int (Writer *out, const char *key, gint64 value)
{
  if (value != 0)
    put_int (out, key, value);
  else
    put_null (out, key);
}

static void
put_boolean (Writer *out, const char *key, gboolean value)
{
  json_builder_set_member_name (out->builder, key);
  json_builder_add_boolean_value (out->builder, value);
}

static void
put_known_boolean (Writer *out, const char *key, gboolean is_known, gboolean value)
{
  if (is_known)
    put_boolean (out, key, value);
  else
    put_null (out, key);
}

static void
begin_object (Writer *out, const char *key)
{
  json_builder_set_member_name (out->builder, key);
  json_builder_begin_object (out->builder);
}

static void
begin_list (Writer *out, const char *key)
{
  json_builder_set_member_name (out->builder, key);
  json_builder_begin_array (out->builder);
}

static void
put_error (Writer *out, const char *key, const GError *error)
{
  FlErrorText text;

  if (error == NULL)
    {
      put_null (out, key);
      return;
    }
  fl_error_describe (error, &text);
  begin_object (out, key);
  put_string (out, "id", fl_error_get_id (error));
  put_string (out, "title", text.title);
  put_text (out, "details", error->message);
  json_builder_end_object (out->builder);
}

static void
put_program (Writer *out, const FlReportFacts *facts)
{
  g_autofree char *written =
      facts->written != NULL ? g_date_time_format_iso8601 (facts->written) : NULL;

  put_int (out, "report", FORM);
  put_string (out, "written", written);
  begin_object (out, "program");
  put_string (out, "name", "First Light");
  put_string (out, "version", facts->version);
  put_string (out, "system", facts->system);
  json_builder_end_object (out->builder);
  put_string (out, "product", facts->product);
}

static void
put_roads (Writer *out, FlDevice *device)
{
  GListModel *roads = device != NULL ? fl_device_get_roads (device) : NULL;

  begin_list (out, "roads");
  for (guint i = 0; i < fl_report_count (roads); i++)
    {
      FlRoad *road = fl_report_peek (roads, i);
      const GError *problem = fl_road_get_problem (road);

      json_builder_begin_object (out->builder);
      put_string (out, "kind", fl_road_kind_to_string (fl_road_get_kind (road)));
      put_string (out, "address", fl_road_get_address (road));
      put_known_int (out, "signal_dbm", fl_road_get_signal_dbm (road));
      put_boolean (out, "reachable", fl_road_get_reachable (road));
      put_string (out, "mode", get_nick (FL_TYPE_DEVICE_MODE, (int) fl_road_get_mode (road)));
      put_string (out, "firmware", fl_road_get_firmware (road));
      put_string (out, "problem", problem != NULL ? fl_error_get_id (problem) : NULL);
      json_builder_end_object (out->builder);
    }
  json_builder_end_array (out->builder);
}

static const char *
get_serial (const FlReportFacts *facts)
{
  if (facts->info != NULL && facts->info->serial != NULL)
    return facts->info->serial;
  return facts->device != NULL ? fl_device_get_serial (facts->device) : NULL;
}

static const char *
get_device_id (const FlReportFacts *facts)
{
  if (facts->info != NULL && facts->info->device_id != NULL)
    return facts->info->device_id;
  return facts->device != NULL ? fl_device_get_device_id (facts->device) : NULL;
}

static void
put_device (Writer *out, const FlReportFacts *facts)
{
  const FlDeviceInfo *info = facts->info;
  FlDevice *device = facts->device;

  begin_object (out, "device");
  put_string (out, "name", device != NULL ? fl_device_get_name (device) : NULL);
  put_string (out, "product", device != NULL ? fl_device_get_product (device) : NULL);
  put_known_int (out, "platform_id",
                 info != NULL && info->platform_id != 0 ? info->platform_id
                 : device != NULL                       ? fl_device_get_platform_id (device)
                                                        : 0);
  put_string (out, "serial", get_serial (facts));
  put_string (out, "device_id", get_device_id (facts));
  put_string (out, "firmware", info != NULL ? info->firmware : NULL);
  put_string (out, "radio_firmware", info != NULL ? info->ncp_firmware : NULL);
  put_string (out, "mode", info != NULL ? get_nick (FL_TYPE_DEVICE_MODE, (int) info->mode) : NULL);
  put_known_boolean (out, "protected", info != NULL && info->protected_known,
                     info != NULL && info->is_protected);
  put_known_boolean (out, "claimed", info != NULL && info->claimed_known,
                     info != NULL && info->is_claimed);
  put_known_boolean (out, "setup_done", facts->setup_done >= 0, facts->setup_done > 0);
  put_roads (out, device);
  json_builder_end_object (out->builder);
}

static void
put_state (Writer *out, const FlDeviceState *state)
{
  if (state == NULL)
    {
      put_null (out, "state");
      return;
    }

  begin_object (out, "state");
  put_string (out, "mode", get_nick (FL_TYPE_DEVICE_MODE, (int) state->mode));
  put_known_boolean (out, "radio_on", state->wifi_known, state->wifi_up);
  put_known_boolean (out, "joined", state->wifi_known, state->wifi_link);
  put_string (out, "network",
              state->ssid != NULL ? fl_report_names_get_ssid (out->names, state->ssid) : NULL);
  put_known_int (out, "channel", state->channel);
  put_known_int (out, "rssi_dbm", state->rssi_dbm);
  put_string (out, "mac", state->mac);
  begin_list (out, "addresses");
  for (char **address = state->addresses; address != NULL && *address != NULL; address++)
    json_builder_add_string_value (out->builder, *address);
  json_builder_end_array (out->builder);
  put_string (out, "cloud", get_nick (FL_TYPE_CLOUD_STATE, (int) state->cloud));
  put_string (out, "light",
              get_nick (FL_TYPE_LIGHT_STATE, (int) fl_light_from_state (state)->state));
  json_builder_end_object (out->builder);
}

static void
put_networks (Writer *out, const char *key, GListModel *networks, gboolean is_heard)
{
  begin_list (out, key);
  for (guint i = 0; i < fl_report_count (networks); i++)
    {
      FlNetwork *network = fl_report_peek (networks, i);

      json_builder_begin_object (out->builder);
      put_string (out, "name", fl_report_names_get (out->names, fl_network_get_name (network)));
      put_string (out, "security", fl_security_to_string (fl_network_get_security (network)));
      if (is_heard)
        {
          put_known_int (out, "channel", fl_network_get_channel (network));
          put_known_int (out, "rssi_dbm", fl_network_get_rssi (network));
        }
      json_builder_end_object (out->builder);
    }
  json_builder_end_array (out->builder);
}

static void
put_modules (Writer *out, GPtrArray *modules)
{
  if (modules == NULL)
    {
      put_null (out, "modules");
      return;
    }

  begin_list (out, "modules");
  for (guint i = 0; i < modules->len; i++)
    {
      const FlModule *module = modules->pdata[i];

      json_builder_begin_object (out->builder);
      put_string (out, "kind", fl_module_kind_to_string (module->kind));
      put_int (out, "index", module->index);
      put_int (out, "version", module->version);
      put_int (out, "size_bytes", module->size_bytes);
      put_boolean (out, "checked", module->checked);
      put_known_boolean (out, "sound", module->checked, module->is_sound);
      put_known_boolean (out, "dependencies_met", module->checked, module->dependencies_met);
      json_builder_end_object (out->builder);
    }
  json_builder_end_array (out->builder);
}

static void
put_proof (Writer *out, FlProof proof)
{
  static const struct
  {
    FlProof proof;
    const char *nick;
  } rows[] = { { FL_PROOF_STORED, "stored" },
               { FL_PROOF_JOINED, "joined" },
               { FL_PROOF_ADDRESS, "address" },
               { FL_PROOF_CLOUD, "cloud" } };

  begin_list (out, "proof");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (proof & rows[i].proof)
      json_builder_add_string_value (out->builder, rows[i].nick);
  json_builder_end_array (out->builder);
}

static void
put_journey (Writer *out, FlSetup *setup)
{
  if (setup == NULL)
    {
      put_null (out, "journey");
      return;
    }

  begin_object (out, "journey");
  put_string (out, "stage", fl_stage_to_string (fl_setup_get_stage (setup)));
  put_proof (out, fl_setup_get_proof (setup));
  put_error (out, "error", fl_setup_get_error (setup));
  begin_object (out, "stage_ms");
  for (int stage = FL_STAGE_FINDING; stage <= FL_STAGE_CANCELLED; stage++)
    if (fl_setup_get_stage_ms (setup, (FlStage) stage) >= 0)
      put_int (out, fl_stage_to_string ((FlStage) stage),
               fl_setup_get_stage_ms (setup, (FlStage) stage));
  json_builder_end_object (out->builder);
  json_builder_end_object (out->builder);
}

static void
put_finding (Writer *out, FlFinding *finding)
{
  json_builder_begin_object (out->builder);
  put_string (out, "id", fl_finding_get_id (finding));
  put_string (out, "verdict", fl_verdict_to_string (fl_finding_get_verdict (finding)));
  put_string (out, "blame", fl_blame_to_string (fl_finding_get_blame (finding)));
  put_boolean (out, "sure", fl_finding_get_sure (finding));
  put_text (out, "sentence", fl_finding_get_sentence (finding));
  put_error (out, "error", fl_finding_get_error (finding));
  json_builder_end_object (out->builder);
}

static void
put_findings (Writer *out, const FlReportFacts *facts)
{
  if (facts->check == NULL)
    put_null (out, "check");
  else
    {
      begin_list (out, "check");
      for (guint i = 0; i < facts->check->len; i++)
        put_finding (out, facts->check->pdata[i]);
      json_builder_end_array (out->builder);
    }
  if (facts->computer == NULL)
    {
      put_null (out, "computer");
      return;
    }
  begin_list (out, "computer");
  for (guint i = 0; i < fl_report_count (facts->computer); i++)
    put_finding (out, fl_report_peek (facts->computer, i));
  json_builder_end_array (out->builder);
}

static void
put_journal (Writer *out, const FlReportFacts *facts)
{
  GListModel *entries = facts->journal != NULL ? G_LIST_MODEL (facts->journal) : NULL;

  begin_list (out, "journal");
  for (guint i = 0; i < fl_report_count (entries); i++)
    {
      FlJournalEntry *entry = fl_report_peek (entries, i);

      json_builder_begin_object (out->builder);
      put_int (out, "at_ms", fl_journal_entry_get_at_ms (entry));
      put_string (out, "kind", fl_journal_entry_get_kind (entry));
      put_string (out, "id", fl_journal_entry_get_id (entry));
      put_text (out, "text", fl_journal_entry_get_text (entry));
      json_builder_end_object (out->builder);
    }
  json_builder_end_array (out->builder);

  begin_list (out, "notes");
  for (guint i = 0; facts->notes != NULL && facts->notes[i] != NULL; i++)
    {
      g_autofree char *hidden = fl_report_names_apply (out->names, facts->notes[i]);

      json_builder_add_string_value (out->builder, hidden);
    }
  json_builder_end_array (out->builder);
}

char *
fl_report_build_json (const FlReportFacts *facts, FlReportNames *names)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  Writer out = { builder, names };

  json_builder_begin_object (builder);
  put_program (&out, facts);
  put_device (&out, facts);
  put_state (&out, facts->state);
  put_networks (&out, "known", facts->known, FALSE);
  put_networks (&out, "networks", facts->networks, TRUE);
  put_modules (&out, facts->modules);
  put_journey (&out, facts->setup);
  put_findings (&out, facts);
  put_journal (&out, facts);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  return json_generator_to_data (generator, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The report for people: what the JSON says, in the order in which it is asked about. */
#include "config.h"

#include "fl-report-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GString *text;
  FlReportNames *names;
} Writer;

static void
put_heading (Writer *out, const char *heading)
{
  g_string_append_printf (out->text, "\n%s\n", heading);
}

/* Nothing for what is not known. */
static void
put (Writer *out, const char *label, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  if (valid != NULL && *valid != '\0')
    /* Translators: a line of a report: what, and what about it. */
    g_string_append_printf (out->text, _ ("  %s: %s\n"), label, valid);
}

static void
put_text (Writer *out, const char *label, const char *text)
{
  g_autofree char *hidden = fl_report_names_apply (out->names, text);

  put (out, label, hidden);
}

static const char *
get_yes_no (gboolean yes)
{
  return yes ? _ ("yes") : _ ("no");
}

static const char *
describe_mode (FlDeviceMode mode)
{
  switch (mode)
    {
    case FL_MODE_UNKNOWN:
      return NULL;
    case FL_MODE_RUNNING:
      return _ ("running");
    case FL_MODE_LISTENING:
      return _ ("ready for set-up (listening)");
    case FL_MODE_UPDATE:
      return _ ("update mode (bootloader)");
    case FL_MODE_SAFE:
      return _ ("safe mode");
    }
  return NULL;
}

static const char *
describe_cloud (FlCloudState cloud)
{
  switch (cloud)
    {
    case FL_CLOUD_UNKNOWN:
      return NULL;
    case FL_CLOUD_DISCONNECTED:
      return _ ("not connected");
    case FL_CLOUD_CONNECTING:
      return _ ("connecting");
    case FL_CLOUD_CONNECTED:
      return _ ("connected");
    case FL_CLOUD_DISCONNECTING:
      return _ ("disconnecting");
    }
  return NULL;
}

static const char *
describe_verdict (FlVerdict verdict)
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
      return _ ("not known");
    }
  return "";
}

static void
put_program (Writer *out, const FlReportFacts *facts)
{
  g_autofree char *written =
      facts->written != NULL ? g_date_time_format (facts->written, "%Y-%m-%d %H:%M:%S %:z") : NULL;

  g_string_append_printf (out->text, "%s\n", _ ("First Light Report"));
  put (out, _ ("Written"), written);
  put (out, _ ("Version"), facts->version);
  put (out, _ ("Computer"), facts->system);
  put (out, _ ("Product"), facts->product);
}

static void
put_roads (Writer *out, FlDevice *device)
{
  GListModel *roads = fl_device_get_roads (device);

  for (guint i = 0; i < fl_report_count (roads); i++)
    {
      FlRoad *road = fl_report_peek (roads, i);
      const GError *problem = fl_road_get_problem (road);
      g_autofree char *value =
          problem != NULL
              ? g_strdup_printf ("%s (%s)", fl_road_get_address (road), fl_error_get_id (problem))
              : g_strdup (fl_road_get_address (road));

      put (out, fl_road_kind_get_label (fl_road_get_kind (road)), value);
    }
}

static void
put_device (Writer *out, const FlReportFacts *facts)
{
  const FlDeviceInfo *info = facts->info;

  put_heading (out, _ ("Device"));
  if (facts->device != NULL)
    {
      put (out, _ ("Name"), fl_device_get_name (facts->device));
      put (out, _ ("Kind"), fl_device_get_product (facts->device));
      put (out, _ ("Serial number"), fl_device_get_serial (facts->device));
      put (out, _ ("Device ID"), fl_device_get_device_id (facts->device));
      put_roads (out, facts->device);
    }
  if (info != NULL)
    {
      put (out, _ ("Software (firmware)"), info->firmware);
      put (out, _ ("Radio software"), info->ncp_firmware);
      if (info->protected_known)
        put (out, _ ("Locked by its owner"), get_yes_no (info->is_protected));
      if (info->claimed_known)
        put (out, _ ("Claimed"), get_yes_no (info->is_claimed));
    }
  if (facts->setup_done >= 0)
    put (out, _ ("Set-up done"), get_yes_no (facts->setup_done > 0));
}

static void
put_signal (Writer *out, int rssi_dbm)
{
  g_autofree char *signal = NULL;

  if (rssi_dbm == 0)
    return;
  /* Translators: strength of a radio signal in decibel-milliwatts, a negative number */
  signal = g_strdup_printf (_ ("%d dBm"), rssi_dbm);
  put (out, _ ("Signal"), signal);
}

static void
put_state (Writer *out, const FlDeviceState *state)
{
  g_autofree char *addresses = NULL;

  if (state == NULL)
    return;

  put_heading (out, _ ("Now"));
  put (out, _ ("Mode"), describe_mode (state->mode));
  put (out, _ ("Light"), fl_light_get_words (fl_light_from_state (state)));
  if (state->wifi_known)
    put (out, _ ("Radio on"), get_yes_no (state->wifi_up));
  if (state->ssid != NULL)
    put (out, _ ("Network"), fl_report_names_get_ssid (out->names, state->ssid));
  put_signal (out, state->rssi_dbm);
  addresses = state->addresses != NULL ? g_strjoinv (", ", state->addresses) : NULL;
  put (out, _ ("Address"), addresses);
  put (out, _ ("Hardware address (MAC)"), state->mac);
  put (out, _ ("Service"), describe_cloud (state->cloud));
}

static void
put_networks (Writer *out, const char *heading, GListModel *networks)
{
  if (networks == NULL)
    return;

  put_heading (out, heading);
  if (fl_report_count (networks) == 0)
    g_string_append_printf (out->text, "  %s\n", _ ("None"));
  for (guint i = 0; i < fl_report_count (networks); i++)
    {
      FlNetwork *network = fl_report_peek (networks, i);
      const char *name = fl_report_names_get (out->names, fl_network_get_name (network));
      const char *security = fl_security_get_label (fl_network_get_security (network));

      if (fl_network_get_rssi (network) != 0)
        /* Translators: a network: name, security, channel, strength of its signal */
        g_string_append_printf (out->text, _ ("  %s, %s, channel %d, %d dBm\n"), name, security,
                                fl_network_get_channel (network), fl_network_get_rssi (network));
      else
        g_string_append_printf (out->text, "  %u. %s, %s\n", i + 1, name, security);
    }
}

static void
put_modules (Writer *out, GPtrArray *modules)
{
  if (modules == NULL || modules->len == 0)
    return;

  put_heading (out, _ ("Software Modules"));
  for (guint i = 0; i < modules->len; i++)
    {
      const FlModule *module = modules->pdata[i];
      g_autofree char *label =
          g_strdup_printf ("%s %u", fl_module_kind_get_label (module->kind), module->index);
      const char *state = !module->checked            ? _ ("not checked")
                          : !module->is_sound         ? _ ("damaged")
                          : !module->dependencies_met ? _ ("does not fit the others")
                                                      : _ ("sound");
      /* Translators: version number of a part of a device's software, then how it is: "sound" */
      g_autofree char *value = g_strdup_printf (_ ("version %u, %s"), module->version, state);

      put (out, label, value);
    }
}

static void
put_finding (Writer *out, FlFinding *finding)
{
  g_autofree char *value =
      fl_finding_get_error (finding) != NULL
          ? g_strdup_printf ("%s (%s). %s", describe_verdict (fl_finding_get_verdict (finding)),
                             fl_error_get_id (fl_finding_get_error (finding)),
                             fl_finding_get_sentence (finding))
          : g_strdup_printf ("%s. %s", describe_verdict (fl_finding_get_verdict (finding)),
                             fl_finding_get_sentence (finding));

  put_text (out, fl_finding_get_title (finding), value);
}

static void
put_findings (Writer *out, const FlReportFacts *facts)
{
  if (facts->check != NULL)
    put_heading (out, _ ("Check of the Device"));
  for (guint i = 0; facts->check != NULL && i < facts->check->len; i++)
    put_finding (out, facts->check->pdata[i]);
  if (facts->computer != NULL)
    put_heading (out, _ ("Check of This Computer"));
  for (guint i = 0; i < fl_report_count (facts->computer); i++)
    put_finding (out, fl_report_peek (facts->computer, i));
}

static void
put_journey (Writer *out, FlSetup *setup)
{
  const GError *error = setup != NULL ? fl_setup_get_error (setup) : NULL;
  FlErrorText text;

  if (setup == NULL)
    return;

  put_heading (out, _ ("Stages"));
  for (int stage = FL_STAGE_FINDING; stage <= FL_STAGE_REACHING; stage++)
    {
      gint64 ms = fl_setup_get_stage_ms (setup, (FlStage) stage);
      g_autofree char *value =
          /* Translators: a time in seconds */
          ms >= 0 ? g_strdup_printf (_ ("%.1f s"), (double) ms / 1000) : NULL;

      put (out, fl_stage_to_string ((FlStage) stage), value);
    }
  if (error == NULL)
    return;
  fl_error_describe (error, &text);
  put (out, fl_error_get_id (error), text.title);
  put_text (out, _ ("Details"), error->message);
}

static void
put_journal (Writer *out, const FlReportFacts *facts)
{
  GListModel *entries = facts->journal != NULL ? G_LIST_MODEL (facts->journal) : NULL;

  if (facts->notes != NULL && facts->notes[0] != NULL)
    put_heading (out, _ ("Notes"));
  for (guint i = 0; facts->notes != NULL && facts->notes[i] != NULL; i++)
    {
      g_autofree char *hidden = fl_report_names_apply (out->names, facts->notes[i]);

      g_string_append_printf (out->text, "  %s\n", hidden);
    }

  if (fl_report_count (entries) > 0)
    put_heading (out, _ ("Log"));
  for (guint i = 0; i < fl_report_count (entries); i++)
    {
      FlJournalEntry *entry = fl_report_peek (entries, i);
      g_autofree char *text = fl_report_names_apply (out->names, fl_journal_entry_get_text (entry));

      /* Translators: a line of a log: seconds, what kind of line, which, and what happened */
      g_string_append_printf (out->text, _ ("  %8.1f s  %s %s: %s\n"),
                              (double) fl_journal_entry_get_at_ms (entry) / 1000,
                              fl_journal_entry_get_kind (entry), fl_journal_entry_get_id (entry),
                              text);
    }
}

char *
fl_report_build_summary (const FlReportFacts *facts, FlReportNames *names)
{
  Writer out = { g_string_new (NULL), names };

  put_program (&out, facts);
  put_device (&out, facts);
  put_state (&out, facts->state);
  put_networks (&out, _ ("Stored Networks"), facts->known);
  put_networks (&out, _ ("Networks That the Device Hears"), facts->networks);
  put_modules (&out, facts->modules);
  put_findings (&out, facts);
  put_journey (&out, facts->setup);
  put_journal (&out, facts);
  return g_string_free (out.text, FALSE);
}

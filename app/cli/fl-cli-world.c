/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-world"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-options.h"
#include "fl-error.h"
#include "fl-sim-device.h"
#include "fl-sim-loader.h"
#include "fl-sim-world.h"

#include <glib/gi18n-lib.h>

/* The only place where secrets are told: all of them were invented for the simulation. */
static void
tell_device (FlCli *cli, FlSimDevice *device, const char *suggested)
{
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (device);
  g_autofree char *text = fl_sim_device_get_label (device);
  JsonBuilder *json = fl_cli_output_begin (cli->output, "label");

  fl_cli_json_string (json, "name", spec->name);
  fl_cli_json_string (json, "product",
                      fl_sim_platform_get_info ((FlSimPlatform) spec->platform)->product);
  fl_cli_json_string (json, "firmware", spec->firmware);
  fl_cli_json_string (json, "setup_code", spec->code);
  fl_cli_json_string (json, "serial", spec->serial);
  fl_cli_json_string (json, "device_id", spec->device_id);
  fl_cli_json_string (json, "address", spec->has_bluetooth ? spec->address : NULL);
  fl_cli_json_string (json, "usb", spec->usb_us >= 0 ? spec->location : NULL);
  fl_cli_json_string (json, "text", text);
  fl_cli_json_boolean (json, "suggested", g_strcmp0 (text, suggested) == 0);
  fl_cli_output_end (cli->output, json);
}

/* @list: (nullable) */
static void
tell_list (JsonBuilder *json, const char *name, char **list)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_builder_add_string_value (json, list[i]);
  json_builder_end_array (json);
}

/* What the server of an enterprise network wants. */
static void
tell_server (JsonBuilder *json, const FlSimNetworkSpec *network)
{
  if (network->security != FL_SECURITY_ENTERPRISE)
    return;
  tell_list (json, "accounts", network->accounts);
  tell_list (json, "eap", network->eap);
  fl_cli_json_string (json, "server_certificate", network->server_path);
  fl_cli_json_string (json, "client_ca", network->client_path);
  fl_cli_json_boolean (json, "outer_identity_required", network->outer == FL_SIM_OUTER_REQUIRED);
}

static void
tell_network (FlCli *cli, const FlSimNetworkSpec *network, char **suggested)
{
  gsize size_bytes;
  const guint8 *ssid = g_bytes_get_data (network->ssid, &size_bytes);
  g_autofree char *name = fl_ssid_to_name (ssid, size_bytes);
  gboolean is_suggested = g_strcmp0 (name, *suggested) == 0;
  JsonBuilder *json = fl_cli_output_begin (cli->output, "network");

  /* A network may have several access points; one of them is enough. */
  if (is_suggested)
    g_clear_pointer (suggested, g_free);

  fl_cli_json_string (json, "name", name);
  fl_cli_json_hex (json, "ssid_hex", network->ssid);
  fl_cli_json_string (json, "security", fl_security_to_string ((FlSecurity) network->security));
  fl_cli_json_known_int (json, "channel", network->channel);
  fl_cli_json_known_int (json, "signal_dbm", network->rssi_dbm);
  fl_cli_json_boolean (json, "hidden", network->hidden);
  fl_cli_json_boolean (json, "dhcp", network->dhcp);
  fl_cli_json_boolean (json, "internet", network->internet);
  fl_cli_json_boolean (json, "cloud", network->cloud);
  fl_cli_json_string (json, "password",
                      network->password != NULL ? fl_secret_get_text (network->password) : NULL);
  fl_cli_json_boolean (json, "suggested", is_suggested);
  tell_server (json, network);
  fl_cli_output_end (cli->output, json);
}

/* "suggested": with these a set-up ends well. */
static void
tell_all (FlCli *cli, FlSimWorld *world)
{
  const FlSimScenario *scenario = fl_sim_world_get_scenario (world);
  g_autofree char *label = fl_sim_world_get_label (world);
  g_autofree char *network = fl_sim_world_get_network_name (world);

  for (guint i = 0; i < fl_sim_world_get_n_devices (world); i++)
    tell_device (cli, fl_sim_world_get_device (world, i), label);
  for (guint i = 0; i < scenario->networks->len; i++)
    tell_network (cli, scenario->networks->pdata[i], &network);
}

/* Where the certificates and profiles are that go with the world. @folder: (nullable): with none */
static void
tell_folder (FlCli *cli, const char *folder)
{
  g_autofree char *text = NULL;
  JsonBuilder *json;

  if (folder == NULL)
    return;
  if (!fl_cli_output_get_json (cli->output))
    {
      text = g_strdup_printf (_ ("Files to go with it: %s"), folder);
      fl_cli_output_say_lines (cli->output, text);
      return;
    }
  json = fl_cli_output_begin (cli->output, "files");
  fl_cli_json_string (json, "folder", folder);
  fl_cli_output_end (cli->output, json);
}

gboolean
fl_cli_world (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autofree char *text = NULL;
  g_autofree char *folder = NULL;

  if (!fl_cli_options_parse_command (cli, command, entries, NULL, args, 0, 0, error))
    return FALSE;
  if (!cli->wiring.simulate)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("“world” shows the simulated world: add --simulate"));
      return FALSE;
    }
  if (!fl_cli_start (cli, error))
    return FALSE;

  folder = fl_sim_scenario_find_folder (cli->parts->world, cli->wiring.scenario);
  if (fl_cli_output_get_json (cli->output))
    {
      tell_all (cli, cli->parts->world);
      tell_folder (cli, folder);
      return TRUE;
    }
  text = fl_sim_world_describe (cli->parts->world);
  fl_cli_output_say_lines (cli->output, text);
  tell_folder (cli, folder);
  return TRUE;
}

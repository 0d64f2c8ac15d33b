/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-find"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-options.h"
#include "fl-cli-search.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

#define FOR_DEFAULT_S 5
#define FOR_MAX_S     86400

typedef struct
{
  FlCli *cli;
  gboolean any_road;
  FlRoadKind road;  /* unless any_road */
  GPtrArray *shown; /* of FlDevice, in the order of the list */
  GHashTable *told; /* of them, borrowed: those that were told of */
  guint n_found;
} Find;

static gboolean
parse_road (const char *text, FlRoadKind *road, GError **error)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_ROAD_KIND);
  GEnumValue *value = g_enum_get_value_by_nick (class, text);

  if (value == NULL)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("“%s” is no kind of road: %s"), text,
                   "bluetooth, usb, serial, access-point");
      return FALSE;
    }
  *road = (FlRoadKind) value->value;
  return TRUE;
}

static gboolean
is_wanted (Find *find, FlDevice *device)
{
  return find->any_road || fl_device_get_road (device, find->road) != NULL;
}

static void
lose (Find *find, FlDevice *device)
{
  if (g_hash_table_remove (find->told, device))
    fl_cli_event_lost (find->cli->output, device);
}

/* Told again when another way to it is found: then both are in one line. */
static void
tell (Find *find, FlDevice *device)
{
  if (!is_wanted (find, device))
    {
      lose (find, device);
      return;
    }
  g_hash_table_add (find->told, device);
  find->n_found++;
  fl_cli_event_found (find->cli->output, device);
}

static void
on_roads (FlDevice *device, GParamSpec *pspec, Find *find)
{
  if (g_list_model_get_n_items (fl_device_get_roads (device)) > 0) /* else it is about to go */
    tell (find, device);
}

static void
on_devices (GListModel *devices, guint position, guint removed, guint added, Find *find)
{
  for (guint i = 0; i < removed; i++)
    {
      FlDevice *gone = find->shown->pdata[position];

      g_signal_handlers_disconnect_by_data (gone, find);
      lose (find, gone);
      g_ptr_array_remove_index (find->shown, position);
    }
  for (guint i = 0; i < added; i++)
    {
      FlDevice *device = g_list_model_get_item (devices, position + i);

      g_ptr_array_insert (find->shown, (int) (position + i), device);
      g_signal_connect (device, "notify::n-roads", G_CALLBACK (on_roads), find);
      tell (find, device);
    }
}

static gboolean
run (Find *find, int seconds, GError **error)
{
  FlMetaFinder *finder = fl_engine_get_finder (find->cli->engine);
  GListModel *devices = fl_meta_finder_get_devices (finder);
  gulong handler = g_signal_connect (devices, "items-changed", G_CALLBACK (on_devices), find);
  gboolean ok;

  fl_meta_finder_start (finder);
  ok = fl_cli_wait_ms (find->cli, (guint) seconds * 1000, error);
  if (ok && find->n_found == 0)
    {
      g_propagate_error (error, fl_cli_search_explain (find->cli));
      ok = FALSE;
    }
  g_signal_handler_disconnect (devices, handler);
  for (guint i = 0; i < find->shown->len; i++)
    g_signal_handlers_disconnect_by_data (find->shown->pdata[i], find);
  fl_meta_finder_stop (finder);
  return ok;
}

gboolean
fl_cli_find (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *road = NULL;
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  Find find = { cli, TRUE, FL_ROAD_BLUETOOTH, shown, told, 0 };
  int seconds = FOR_DEFAULT_S;
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_INT, &seconds, N_ ("Look for this many seconds (5)"), N_ ("S") },
    { "road", 0, 0, G_OPTION_ARG_STRING, &road,
      N_ ("Only devices reached this way: bluetooth, usb, serial, access-point"), N_ ("R") },
    { NULL }
  };

  if (!fl_cli_options_parse_command (cli, command, entries, NULL, args, 0, 0, error))
    return FALSE;
  if (seconds < 1 || seconds > FOR_MAX_S)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("--for takes 1 to %d seconds"),
                   FOR_MAX_S);
      return FALSE;
    }
  if (road != NULL && !parse_road (road, &find.road, error))
    return FALSE;
  find.any_road = road == NULL;
  return fl_cli_start (cli, error) && run (&find, seconds, error);
}

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

/* A device on a cable is asked who it is, and told of when it has said so, or after this time. */
#define INTRODUCTION_MS 500

typedef struct
{
  FlCli *cli;
  gboolean any_road;
  FlRoadKind road; /* unless any_road */
  GPtrArray *rows; /* of Row, in the order of the list */
  guint n_found;
} Find;

typedef struct
{
  Find *find; /* borrowed */
  FlDevice *device;
  guint look_id;   /* what it is now is looked at when all of a change is in */
  guint waited_id; /* its introduction */
  gboolean waited; /* long enough for its introduction */
  gboolean changed;
  gboolean told;
} Row;

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
is_wanted (Row *row)
{
  if (row->find->any_road)
    return g_list_model_get_n_items (fl_device_get_roads (row->device)) > 0;
  return fl_device_get_road (row->device, row->find->road) != NULL;
}

static gboolean
is_introduced (Row *row)
{
  return row->waited || fl_device_get_road (row->device, FL_ROAD_USB) == NULL ||
         fl_device_get_serial (row->device) != NULL || fl_device_get_problem (row->device) != NULL;
}

static void
lose (Row *row)
{
  if (row->told)
    fl_cli_event_lost (row->find->cli->output, row->device);
  row->told = FALSE;
}

/* A device is told of again when there is another way to it: one line then has both. */
static void
on_look (gpointer data)
{
  Row *row = data;

  row->look_id = 0;
  if (!is_wanted (row))
    lose (row);
  else if (row->changed && is_introduced (row))
    {
      row->changed = FALSE;
      row->told = TRUE;
      row->find->n_found++;
      fl_cli_event_found (row->find->cli->output, row->device);
    }
}

static void
look (Row *row)
{
  if (row->look_id == 0)
    row->look_id = fl_clock_add_ms (fl_engine_get_clock (row->find->cli->engine), 0, on_look, row);
}

static void
on_waited (gpointer data)
{
  Row *row = data;

  row->waited_id = 0;
  row->waited = TRUE;
  look (row);
}

static void
on_changed (FlDevice *device, GParamSpec *pspec, Row *row)
{
  row->changed = TRUE;
  look (row);
}

/* More to look at, but nothing to tell again. */
static void
on_problem (FlDevice *device, GParamSpec *pspec, Row *row)
{
  look (row);
}

static Row *
row_new (Find *find, FlDevice *device) /* (transfer full) */
{
  Row *row = g_new0 (Row, 1);

  row->find = find;
  row->device = device;
  row->changed = TRUE;
  g_signal_connect (device, "notify::n-roads", G_CALLBACK (on_changed), row);
  g_signal_connect (device, "notify::ending", G_CALLBACK (on_changed), row);
  g_signal_connect (device, "notify::serial", G_CALLBACK (on_changed), row);
  g_signal_connect (device, "notify::problem", G_CALLBACK (on_problem), row);
  row->waited_id =
      fl_clock_add_ms (fl_engine_get_clock (find->cli->engine), INTRODUCTION_MS, on_waited, row);
  look (row);
  return row;
}

static void
row_free (gpointer data)
{
  Row *row = data;
  FlClock *clock = fl_engine_get_clock (row->find->cli->engine);

  fl_clock_clear (clock, &row->look_id);
  fl_clock_clear (clock, &row->waited_id);
  g_signal_handlers_disconnect_by_data (row->device, row);
  g_object_unref (row->device);
  g_free (row);
}

static void
on_devices (GListModel *devices, guint position, guint removed, guint added, Find *find)
{
  for (guint i = 0; i < removed; i++)
    {
      lose (find->rows->pdata[position]);
      g_ptr_array_remove_index (find->rows, position);
    }
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (find->rows, (int) (position + i),
                        row_new (find, g_list_model_get_item (devices, position + i)));
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
      g_propagate_error (error,
                         fl_cli_search_explain (find->cli, find->any_road ? NULL : &find->road));
      ok = FALSE;
    }
  g_signal_handler_disconnect (devices, handler);
  g_ptr_array_set_size (find->rows, 0);
  fl_meta_finder_stop (finder);
  return ok;
}

gboolean
fl_cli_find (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autofree char *road = NULL;
  Find find = { cli, TRUE, FL_ROAD_BLUETOOTH, rows, 0 };
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

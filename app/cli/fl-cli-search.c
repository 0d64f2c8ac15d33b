/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-search"
#include "config.h"

#include "fl-cli-search.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* Devices advertise several times a second; who is silent this long is taken for absent. */
#define LOOK_AROUND_MS 3000
#define FINDING_MS     20000
/* What is learned of a device tells no list, so it is looked at again and again. */
#define LOOK_MS 250
/* A finder that has a problem is given this long to get over it. */
#define PROBLEM_GRACE_MS 1500

typedef struct
{
  FlCli *cli;                /* borrowed */
  const FlCliTarget *target; /* borrowed */
  gint64 started_us;
  gint64 problem_since_us; /* 0: not hopeless */
  gulong devices_handler;
  guint timer_id;
  GSource *cancel_source;
} Search;

/* Where nothing was seen, whoever could not look explains it, although others could. @road:
 * (nullable): of these only. */
static const GError *
get_any_problem (FlCli *cli, const FlRoadKind *road)
{
  GListModel *finders = fl_meta_finder_get_finders (fl_engine_get_finder (cli->engine));

  for (guint i = 0; i < g_list_model_get_n_items (finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (finders, i);

      if (fl_finder_get_problem (finder) != NULL &&
          (road == NULL || *road == fl_finder_get_kind (finder)))
        return fl_finder_get_problem (finder);
    }
  return NULL;
}

/* Whoever could look sees nothing at all, and it takes a person to mend that: what is only busy,
 * as bluetoothd is when it has just started, is tried again. */
static gboolean
is_hopeless (FlCli *cli)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (cli->engine));
  const GError *problem = get_any_problem (cli, NULL);

  return problem != NULL && !g_error_matches (problem, FL_ERROR, FL_ERROR_BLUETOOTH_BUSY) &&
         g_list_model_get_n_items (devices) == 0;
}

GError *
fl_cli_search_explain (FlCli *cli, const FlRoadKind *road)
{
  const GError *problem = get_any_problem (cli, road);

  if (problem != NULL)
    return g_error_copy (problem);
  return g_error_new (FL_ERROR, FL_ERROR_DEVICE_NOT_FOUND, "No device was seen");
}

static void
append_item (GString *list, const char *item)
{
  if (list->len > 0)
    g_string_append (list, ", ");
  g_string_append (list, item);
}

static gboolean
has_namesake (GListModel *devices, FlDevice *device)
{
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) other = g_list_model_get_item (devices, i);

      if (other != device &&
          g_strcmp0 (fl_device_get_name (other), fl_device_get_name (device)) == 0)
        return TRUE;
    }
  return FALSE;
}

static GError *
complain_about_several (GListModel *devices)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (devices, i);
      FlRoad *road = fl_device_get_best_road (device);

      append_item (codes, road != NULL && has_namesake (devices, device)
                              ? fl_road_get_address (road)
                              : fl_device_get_name (device));
    }
  return g_error_new (FL_ERROR, FL_ERROR_INVALID_INPUT,
                      /* Translators: the placeholder is a list of names of devices */
                      _ ("Several devices are nearby; name one of them: %s"), codes->str);
}

static GListModel *
get_devices (Search *search)
{
  return fl_meta_finder_get_devices (fl_engine_get_finder (search->cli->engine));
}

/* Nothing calls the search any more. */
static void
stop (Search *search)
{
  g_clear_signal_handler (&search->devices_handler, get_devices (search));
  fl_clock_clear (fl_engine_get_clock (search->cli->engine), &search->timer_id);
  if (search->cancel_source != NULL)
    g_source_destroy (search->cancel_source);
  g_clear_pointer (&search->cancel_source, g_source_unref);
}

/* The one exit. (transfer full) both, one of them NULL */
static void
finish (GTask *task, FlDevice *device, GError *error)
{
  stop (g_task_get_task_data (task));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, device, g_object_unref);
  g_object_unref (task);
}

static FlDevice *
lookup (Search *search)
{
  FlMetaFinder *finder = fl_engine_get_finder (search->cli->engine);
  const FlCliTarget *target = search->target;
  FlDevice *device = NULL;

  if (target->device != NULL)
    return fl_meta_finder_lookup (finder, target->device);
  if (fl_label_get_serial (target->label) != NULL)
    device = fl_meta_finder_lookup (finder, fl_label_get_serial (target->label));
  if (device == NULL)
    device = fl_meta_finder_lookup (finder, fl_label_get_setup_code (target->label));
  return device;
}

/* The device's cable, while it is plugged in. (nullable), borrowed. */
static FlRoad *
get_cable (FlDevice *device)
{
  FlRoad *road = fl_device_get_road (device, FL_ROAD_USB);

  return road != NULL && fl_road_get_reachable (road) ? road : NULL;
}

static const char *
get_name (const FlCliTarget *target)
{
  if (target->device != NULL)
    return target->device;
  if (target->label == NULL)
    return NULL;
  return fl_label_get_serial (target->label) != NULL ? fl_label_get_serial (target->label)
                                                     : fl_label_get_setup_code (target->label);
}

gboolean
fl_cli_search_check_only (FlCli *cli, const FlCliTarget *target, FlDevice *device, GError **error)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (cli->engine));
  const char *name = get_name (target);
  g_autoptr (GString) places = g_string_new (NULL);
  guint n_found = 0;

  if (name == NULL || get_cable (device) == NULL || !fl_device_matches (device, name))
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) other = g_list_model_get_item (devices, i);

      if (get_cable (other) == NULL || !fl_device_matches (other, name))
        continue;
      append_item (places, fl_road_get_address (get_cable (other)));
      n_found++;
    }
  if (n_found < 2)
    return TRUE;
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
               /* Translators: how a device was named, then a list of places like 1-2 */
               _ ("“%s” is more than one device; name one by its place: %s"), name, places->str);
  return FALSE;
}

/* Without a name everybody is given the time to show up. */
static void
look_for_only (GTask *task, gint64 spent_us)
{
  Search *search = g_task_get_task_data (task);
  GListModel *devices = get_devices (search);
  guint n_devices = g_list_model_get_n_items (devices);

  if (spent_us < LOOK_AROUND_MS * 1000)
    return;
  if (n_devices == 1)
    finish (task, g_list_model_get_item (devices, 0), NULL);
  else if (n_devices > 1)
    finish (task, NULL, complain_about_several (devices));
  else if (is_hopeless (search->cli) || spent_us >= FINDING_MS * 1000)
    finish (task, NULL, fl_cli_search_explain (search->cli, NULL));
}

static void
look_for_named (GTask *task, gint64 spent_us)
{
  Search *search = g_task_get_task_data (task);
  gint64 now_us = search->started_us + spent_us;
  FlDevice *device = lookup (search);

  if (!is_hopeless (search->cli))
    search->problem_since_us = 0;
  else if (search->problem_since_us == 0)
    search->problem_since_us = now_us;

  if (device != NULL)
    finish (task, g_object_ref (device), NULL);
  else if (spent_us >= FINDING_MS * 1000 ||
           (search->problem_since_us != 0 &&
            now_us - search->problem_since_us >= PROBLEM_GRACE_MS * 1000))
    finish (task, NULL, fl_cli_search_explain (search->cli, NULL));
}

static void
look (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  gint64 spent_us =
      fl_clock_now_us (fl_engine_get_clock (search->cli->engine)) - search->started_us;

  if (search->target->device == NULL && search->target->label == NULL)
    look_for_only (task, spent_us);
  else
    look_for_named (task, spent_us);
}

static void
on_look (gpointer data)
{
  GTask *task = data;
  Search *search = g_task_get_task_data (task);

  search->timer_id =
      fl_clock_add_ms (fl_engine_get_clock (search->cli->engine), LOOK_MS, on_look, task);
  look (task);
}

static void
on_devices (GListModel *devices, guint position, guint removed, guint added, GTask *task)
{
  look (task);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  finish (data, NULL, g_error_new (FL_ERROR, FL_ERROR_CANCELLED, "The search was cancelled"));
  return G_SOURCE_REMOVE;
}

void
fl_cli_search_async (FlCli *cli,
                     const FlCliTarget *target,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  FlMetaFinder *finder = fl_engine_get_finder (cli->engine);
  FlClock *clock = fl_engine_get_clock (cli->engine);
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->cli = cli;
  search->target = target;
  search->started_us = fl_clock_now_us (clock);
  g_task_set_source_tag (task, fl_cli_search_async);
  g_task_set_task_data (task, search, g_free);
  search->cancel_source = g_cancellable_source_new (cli->cancellable);
  g_source_set_callback (search->cancel_source, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (search->cancel_source, NULL);

  fl_meta_finder_start (finder);
  search->devices_handler = g_signal_connect (fl_meta_finder_get_devices (finder), "items-changed",
                                              G_CALLBACK (on_devices), task);
  search->timer_id = fl_clock_add_ms (clock, LOOK_MS, on_look, task);
  look (task);
}

FlDevice *
fl_cli_search_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

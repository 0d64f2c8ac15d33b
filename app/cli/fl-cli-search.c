/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-search"
#include "config.h"

#include "fl-cli-search.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* Devices advertise several times a second; who is silent this long is taken for absent. */
#define LOOK_AROUND_MS 3000
#define FINDING_MS     20000

static const GError *
get_common_problem (FlCli *cli)
{
  GListModel *finders = fl_meta_finder_get_finders (fl_engine_get_finder (cli->engine));
  const GError *problem = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (finders, i);

      if (fl_finder_get_problem (finder) == NULL)
        return NULL;
      if (problem == NULL)
        problem = fl_finder_get_problem (finder);
    }
  return problem;
}

GError *
fl_cli_search_explain (FlCli *cli)
{
  const GError *problem = get_common_problem (cli);

  if (problem != NULL)
    return g_error_copy (problem);
  return g_error_new (FL_ERROR, FL_ERROR_DEVICE_NOT_FOUND, "No device was seen");
}

static gboolean
any_device (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (data)) > 0;
}

static GError *
complain_about_several (GListModel *devices)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (devices, i);

      if (codes->len > 0)
        g_string_append (codes, ", ");
      g_string_append (codes, fl_device_get_name (device));
    }
  return g_error_new (FL_ERROR, FL_ERROR_INVALID_INPUT,
                      /* Translators: the placeholder is a list of names of devices */
                      _ ("Several devices are nearby; name one of them: %s"), codes->str);
}

FlDevice *
fl_cli_search_only (FlCli *cli, GError **error)
{
  FlMetaFinder *finder = fl_engine_get_finder (cli->engine);
  GListModel *devices = fl_meta_finder_get_devices (finder);

  fl_meta_finder_start (finder);
  if (!fl_cli_wait_ms (cli, LOOK_AROUND_MS, NULL, NULL, error))
    return NULL;
  if (!any_device (devices) && get_common_problem (cli) == NULL &&
      !fl_cli_wait_ms (cli, FINDING_MS - LOOK_AROUND_MS, any_device, devices, error))
    return NULL;

  if (g_list_model_get_n_items (devices) == 1)
    return g_list_model_get_item (devices, 0);
  g_propagate_error (error, any_device (devices) ? complain_about_several (devices)
                                                 : fl_cli_search_explain (cli));
  return NULL;
}

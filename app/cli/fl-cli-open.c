/* SPDX-License-Identifier: Apache-2.0 */
/* The way of a job to its device: who it is, and opening it. */
#define G_LOG_DOMAIN "fl-cli-open"
#include "config.h"

#include "fl-cli-events.h"
#include "fl-cli-job.h"
#include "fl-cli-jobs.h"
#include "fl-cli-search.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

static gboolean
is_open (FlCliJob *self)
{
  return fl_cli_job_has_ended (self) || (fl_setup_get_stage (self->setup) == FL_STAGE_CHOOSING &&
                                         fl_setup_get_driver (self->setup) != NULL);
}

/* (nullable), borrowed: what keeps the cable from being used, which is plugged in. */
static const GError *
get_cable_problem (FlDevice *device)
{
  FlRoad *road = device != NULL ? fl_device_get_road (device, FL_ROAD_USB) : NULL;

  return road != NULL && fl_road_get_reachable (road) ? fl_road_get_problem (road) : NULL;
}

static gboolean
is_cable (FlRoad *road)
{
  return fl_road_get_kind (road) == FL_ROAD_USB || fl_road_get_kind (road) == FL_ROAD_SERIAL;
}

/* A secret that nobody gave cannot be wrong: either it is needed, or a cable was its proof. */
static GError *
explain (FlCliJob *self, const GError *error)
{
  FlProduct *product = fl_engine_get_product (self->cli->engine);
  FlRoad *road = fl_setup_get_road (self->setup);

  if (!g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_SECRET) ||
      fl_product_get_secret_source (product) == FL_SECRET_CONSTANT ||
      (self->label != NULL && fl_label_get_secret (self->label) != NULL))
    return g_error_copy (error);
  if (road != NULL && is_cable (road))
    return g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, error->message);
  if (get_cable_problem (fl_setup_get_device (self->setup)) != NULL)
    return g_error_copy (get_cable_problem (fl_setup_get_device (self->setup)));
  return g_error_new_literal (
      FL_ERROR, FL_ERROR_INVALID_INPUT,
      _ ("The code from the device’s label is needed: use --label-file or --ask"));
}

/* By now every device that is plugged in has said who it is. */
static gboolean
check_only (FlCliJob *self, GError **error)
{
  FlRoad *road = fl_setup_get_road (self->setup);
  FlDevice *device = fl_setup_get_device (self->setup);

  return road == NULL || device == NULL || fl_road_get_kind (road) != FL_ROAD_USB ||
         fl_cli_search_check_only (self->cli, self->target, device, error);
}

static void
on_opened (FlCliJob *self)
{
  const GError *error = fl_setup_get_error (self->setup);
  g_autoptr (GError) ambiguity = NULL;

  if (!check_only (self, &ambiguity))
    fl_cli_job_end (self, g_steal_pointer (&ambiguity));
  else if (error == NULL)
    self->task->begin (self);
  else if (self->task->mend != NULL && self->task->mend (self, error))
    fl_cli_job_wait (self, is_open, FL_CLI_FORGIVE_ALL, on_opened);
  else
    fl_cli_job_end (self, explain (self, error));
}

static void
open_device (FlCliJob *self)
{
  if (self->label != NULL)
    fl_setup_set_label (self->setup, self->label);
  fl_setup_set_scan (self->setup, (self->flags & FL_CLI_JOB_SCAN) != 0);
  fl_setup_start (self->setup);
  fl_cli_job_wait (self, is_open, FL_CLI_FORGIVE_ALL, on_opened);
}

static void
on_only_device (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDevice) device = fl_cli_search_finish (result, &error);
  g_autofree char *text = NULL;

  if (device == NULL)
    {
      fl_cli_job_end (self, g_steal_pointer (&error));
      return;
    }
  /* Translators: the placeholder is the name of a device */
  text = g_strdup_printf (_ ("Taking the only device nearby, “%s”."), fl_device_get_name (device));
  fl_cli_event_note (self->output, "only-device", text);
  fl_setup_set_device (self->setup, device);
  open_device (self);
}

static void
on_device (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *self = data;
  g_autoptr (GError) error = NULL;
  FlLabel *label;

  self->device = fl_cli_search_finish (result, &error);
  if (self->device == NULL ||
      !fl_cli_search_check_only (self->cli, self->target, self->device, &error) ||
      !fl_cli_jobs_check_twins (self->cli->jobs, self, &error))
    {
      fl_cli_job_end (self, g_steal_pointer (&error));
      return;
    }

  label = fl_cli_targets_find_label (self->targets, self->device);
  if (self->label == NULL && label != NULL)
    {
      self->label = fl_label_ref (label);
      fl_cli_event_label (self->output, label);
    }
  if (self->setup != NULL)
    fl_setup_set_device (self->setup, self->device);
  fl_cli_jobs_admit (self->cli->jobs, self, self->setup != NULL ? open_device : self->task->begin);
}

/* One device that was named, and no choice of labels: the journey looks for it by itself. */
static gboolean
is_plain (FlCliJob *self)
{
  return fl_cli_output_get_device (self->output) == NULL &&
         (self->label != NULL || self->targets->labels->len == 0);
}

static void
start_journey (FlCliJob *self)
{
  FlProduct *product = fl_engine_get_product (self->cli->engine);
  const FlCliTarget *target = self->target;

  if (target->device == NULL && self->label == NULL &&
      fl_product_get_code_source (product) != FL_CODE_NONE)
    {
      fl_cli_search_async (self->cli, target, on_only_device, self);
      return;
    }

  /* Products without codes leave the choice to the journey, which takes the nearest. */
  if (target->device != NULL)
    fl_setup_set_target (self->setup, target->device);
  open_device (self);
}

void
fl_cli_job_start (FlCliJob *self)
{
  gboolean is_visit = (self->flags & FL_CLI_JOB_VISIT) != 0;
  g_autoptr (FlSetup) setup = is_visit ? NULL : fl_setup_new (self->cli->engine);

  if (setup != NULL)
    fl_cli_job_watch (self, setup);
  fl_cli_job_tell_beginning (self);
  if (!is_visit && is_plain (self))
    start_journey (self);
  else
    fl_cli_search_async (self->cli, self->target, on_device, self);
}

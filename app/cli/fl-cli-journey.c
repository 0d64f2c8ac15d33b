/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-journey"
#include "config.h"

#include "fl-cli-journey.h"

#include "fl-cli-events.h"
#include "fl-cli-progress.h"
#include "fl-cli-search.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* The device's last answer may never come, because its radio goes with it. */
#define LEAVE_MS 6000

struct _FlCliJourney
{
  FlCli *cli;     /* borrowed */
  FlSetup *setup; /* owned, the same as cli->setup */
  FlCliProgress *progress;
  FlCliJourneyFlags flags;
  char *network_name; /* (nullable) */

  /* what a wait is for */
  GBytes *awaited_ssid; /* borrowed, (nullable) */
  FlProof enough;
};

static void
on_stage (FlSetup *setup, GParamSpec *pspec, FlCliJourney *self)
{
  FlStage stage = fl_setup_get_stage (setup);

  fl_cli_event_stage (self->cli, stage);
  if (stage == FL_STAGE_CHOOSING && !fl_setup_get_scanning (setup) &&
      !((self->flags & FL_CLI_JOURNEY_SCAN) && self->network_name == NULL))
    fl_cli_progress_finish (self->progress);
  else
    fl_cli_progress_set_stage (self->progress, stage, self->network_name);
}

static void
on_light (FlSetup *setup, GParamSpec *pspec, FlCliJourney *self)
{
  const FlLight *light = fl_setup_get_light (setup);
  gboolean reported = fl_setup_get_light_is_reported (setup);

  fl_cli_event_light (self->cli, light, reported);
  fl_cli_progress_set_light (self->progress, light, reported);
}

static void
on_slow (FlSetup *setup, GParamSpec *pspec, FlCliJourney *self)
{
  fl_cli_progress_set_slow (self->progress, fl_setup_get_slow (setup));
}

static void
on_note (FlSetup *setup, const char *id, const char *text, FlCliJourney *self)
{
  fl_cli_event_note (self->cli, id, text);
}

static void
on_device (FlSetup *setup, GParamSpec *pspec, FlCliJourney *self)
{
  FlDevice *device = fl_setup_get_device (setup);

  if (device != NULL &&
      ((self->flags & FL_CLI_JOURNEY_STORY) || fl_cli_output_get_json (self->cli->output)))
    fl_cli_event_found (self->cli, device);
}

/* People get the sorted list at the end, and only when they asked for it. */
static void
on_networks (GListModel *networks, guint position, guint removed, guint added, FlCliJourney *self)
{
  if (!fl_cli_output_get_json (self->cli->output))
    return;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i);

      fl_cli_event_network (self->cli, network, 0);
    }
}

static FlCliJourney *
journey_new (FlCli *cli, FlCliJourneyFlags flags)
{
  FlCliJourney *self = g_new0 (FlCliJourney, 1);

  self->cli = cli;
  self->flags = flags;
  self->setup = fl_setup_new (cli->engine);
  g_set_object (&cli->setup, self->setup);
  self->progress = fl_cli_progress_new (cli, (flags & FL_CLI_JOURNEY_STORY) != 0);
  g_signal_connect (self->setup, "notify::stage", G_CALLBACK (on_stage), self);
  g_signal_connect (self->setup, "notify::light", G_CALLBACK (on_light), self);
  g_signal_connect (self->setup, "notify::slow", G_CALLBACK (on_slow), self);
  g_signal_connect (self->setup, "notify::device", G_CALLBACK (on_device), self);
  g_signal_connect (self->setup, "note", G_CALLBACK (on_note), self);
  g_signal_connect (fl_setup_get_networks (self->setup), "items-changed", G_CALLBACK (on_networks),
                    self);
  return self;
}

/* Ends the journey when the command was stopped, and says what the device keeps. */
static void
take_stop (FlCliJourney *self, GError **error)
{
  fl_setup_cancel (self->setup);
  if (error != NULL && g_error_matches (*error, FL_ERROR, FL_ERROR_CANCELLED) &&
      fl_setup_get_error (self->setup) != NULL)
    {
      g_clear_error (error);
      *error = g_error_copy (fl_setup_get_error (self->setup));
    }
}

static gboolean
wait_for (FlCliJourney *self, FlCliDoneFunc done, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!fl_cli_wait (self->cli, done, self, &local))
    {
      take_stop (self, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (fl_setup_get_error (self->setup) != NULL)
    {
      g_propagate_error (error, g_error_copy (fl_setup_get_error (self->setup)));
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_ended (FlCliJourney *self)
{
  FlStage stage = fl_setup_get_stage (self->setup);

  return stage == FL_STAGE_ONLINE || stage == FL_STAGE_FAILED || stage == FL_STAGE_CANCELLED;
}

static gboolean
opened (gpointer data)
{
  FlCliJourney *self = data;

  return has_ended (self) || (fl_setup_get_stage (self->setup) == FL_STAGE_CHOOSING &&
                              fl_setup_get_driver (self->setup) != NULL);
}

/* Without any hint the only device nearby is meant. Products without codes leave the choice to the
 * journey, which takes the nearest. */
static gboolean
choose_device (FlCliJourney *self, const FlCliTarget *target, GError **error)
{
  FlProduct *product = fl_engine_get_product (self->cli->engine);
  g_autoptr (FlDevice) device = NULL;
  g_autofree char *text = NULL;

  if (target->device != NULL)
    fl_setup_set_target (self->setup, target->device);
  if (target->label != NULL)
    fl_setup_set_label (self->setup, target->label);
  if (target->device != NULL || target->label != NULL ||
      fl_product_get_code_source (product) == FL_CODE_NONE)
    return TRUE;

  device = fl_cli_search_only (self->cli, error);
  if (device == NULL)
    return FALSE;
  /* Translators: the placeholder is the name of a device */
  text = g_strdup_printf (_ ("Taking the only device nearby, “%s”."), fl_device_get_name (device));
  fl_cli_event_note (self->cli, "only-device", text);
  fl_setup_set_device (self->setup, device);
  return TRUE;
}

/* A secret that nobody gave cannot be wrong. */
static void
explain_missing_label (const FlCliTarget *target, FlCli *cli, GError **error)
{
  FlProduct *product = fl_engine_get_product (cli->engine);

  if (!g_error_matches (*error, FL_ERROR, FL_ERROR_WRONG_SECRET) ||
      fl_product_get_secret_source (product) == FL_SECRET_CONSTANT ||
      (target->label != NULL && fl_label_get_secret (target->label) != NULL))
    return;
  g_clear_error (error);
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                       _ ("The code from the device’s label is needed: use --label-file or --ask"));
}

FlCliJourney *
fl_cli_journey_open (FlCli *cli, const FlCliTarget *target, FlCliJourneyFlags flags, GError **error)
{
  g_autoptr (FlCliJourney) self = journey_new (cli, flags);
  g_autoptr (GError) local = NULL;

  if (target->label != NULL)
    fl_cli_event_label (cli, target->label);
  on_stage (self->setup, NULL, self);
  on_light (self->setup, NULL, self);
  if (!choose_device (self, target, error))
    return NULL;

  fl_setup_set_scan (self->setup, (flags & FL_CLI_JOURNEY_SCAN) != 0);
  fl_setup_start (self->setup);
  if (!wait_for (self, opened, &local))
    {
      explain_missing_label (target, cli, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
link_is_closed (gpointer data)
{
  FlCliJourney *self = data;
  gboolean open = FALSE;

  g_object_get (self->setup, "link-open", &open, NULL);
  return !open;
}

void
fl_cli_journey_free (FlCliJourney *self)
{
  g_signal_handlers_disconnect_by_data (fl_setup_get_networks (self->setup), self);
  fl_setup_close (self->setup);
  fl_cli_drain (self->cli, LEAVE_MS, link_is_closed, self);
  g_signal_handlers_disconnect_by_data (self->setup, self);
  g_clear_pointer (&self->progress, fl_cli_progress_free);
  g_clear_object (&self->setup);
  g_free (self->network_name);
  g_free (self);
}

FlNetwork *
fl_cli_journey_find_network (FlCliJourney *self, GBytes *ssid)
{
  GListModel *networks = fl_setup_get_networks (self->setup);

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i);

      if (g_bytes_equal (fl_network_get_ssid (network), ssid))
        return g_steal_pointer (&network);
    }
  return NULL;
}

static gboolean
scan_is_enough (gpointer data)
{
  FlCliJourney *self = data;
  g_autoptr (FlNetwork) network =
      self->awaited_ssid != NULL ? fl_cli_journey_find_network (self, self->awaited_ssid) : NULL;
  FlStage stage = fl_setup_get_stage (self->setup);

  if (network != NULL || has_ended (self))
    return TRUE;
  return stage == FL_STAGE_CHOOSING && !fl_setup_get_scanning (self->setup) &&
         (fl_setup_get_driver (self->setup) != NULL || fl_setup_get_error (self->setup) != NULL);
}

gboolean
fl_cli_journey_wait_scan (FlCliJourney *self, GBytes *ssid, gboolean may_be_empty, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean ok;

  self->awaited_ssid = ssid;
  ok = wait_for (self, scan_is_enough, &local);
  self->awaited_ssid = NULL;
  if (!ok && !(may_be_empty && g_error_matches (local, FL_ERROR, FL_ERROR_SCAN_EMPTY)))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  fl_cli_progress_finish (self->progress);
  return TRUE;
}

static gboolean
followed (gpointer data)
{
  FlCliJourney *self = data;

  if (has_ended (self))
    return TRUE;
  if (fl_setup_get_stage (self->setup) == FL_STAGE_CHOOSING &&
      fl_setup_get_error (self->setup) != NULL)
    return TRUE;
  return self->enough != 0 && (fl_setup_get_proof (self->setup) & self->enough) == self->enough;
}

gboolean
fl_cli_journey_follow (FlCliJourney *self, FlProof enough, GError **error)
{
  self->enough = enough;
  if (!wait_for (self, followed, error))
    return FALSE;
  fl_cli_progress_finish (self->progress);
  return TRUE;
}

void
fl_cli_journey_set_network_name (FlCliJourney *self, const char *name)
{
  g_free (self->network_name);
  self->network_name = g_strdup (name);
}

void
fl_cli_journey_expect_loss (FlCliJourney *self)
{
  g_signal_handlers_disconnect_by_data (self->setup, self);
}

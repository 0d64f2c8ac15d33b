/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-label-camera"
#include "config.h"

#include "fl-cli-label-camera.h"

#include "fl-cli-events.h"
#include "fl-cli-label-event.h"
#include "fl-error.h"
#include "fl-label-stream.h"

#include <glib/gi18n-lib.h>

#define TEST_PICTURE "videotestsrc"
#define FOR_S        60   /* for one label */
#define HINT_MS      4000 /* between two notes with a hint */
#define MAX_SYMBOLS  8    /* in one frame, with --all */

typedef struct
{
  FlCli *cli;
  const FlCliLabelCamera *options;
  FlScanner *scanner;
  FlLabelStream *stream;
  guint for_id;
  gboolean is_over;  /* the time is, or what was wanted is there */
  gboolean has_read; /* a usable label */
  GError *refusal;   /* (nullable) why the last code was none */
  gint64 hinted_ms;
} Watch;

static gboolean
on_for_over (gpointer data)
{
  Watch *watch = data;

  watch->for_id = 0;
  watch->is_over = TRUE;
  return G_SOURCE_REMOVE;
}

static const char *
get_hint_words (FlHint hint, const char **id)
{
  switch (hint)
    {
    case FL_HINT_NONE:
      break;
    case FL_HINT_CLOSER:
      *id = "hint-closer";
      return _ ("Move closer.");
    case FL_HINT_FURTHER:
      *id = "hint-further";
      return _ ("Move back a little.");
    case FL_HINT_TOO_DARK:
      *id = "hint-too-dark";
      return _ ("It is too dark.");
    case FL_HINT_HOLD_STILL:
      *id = "hint-hold-still";
      return _ ("Hold still.");
    case FL_HINT_GLARE:
      *id = "hint-glare";
      return _ ("The label shines. Tilt it a little.");
    }
  return NULL;
}

static void
on_frame_read (Watch *watch)
{
  gint64 now_ms = g_get_monotonic_time () / 1000;
  const char *id = NULL;
  const char *words = get_hint_words (fl_scanner_get_hint (watch->scanner), &id);

  if (words == NULL || (watch->hinted_ms != 0 && now_ms - watch->hinted_ms < HINT_MS))
    return;
  watch->hinted_ms = now_ms;
  fl_cli_event_note (watch->cli->output, id, words);
}

static void
tell_duplicate (Watch *watch, FlLabelText *text)
{
  g_autofree char *words =
      g_strdup_printf (_ ("This label was here already: %s"), fl_label_text_get_number (text));

  fl_cli_event_note (watch->cli->output, "label-again", words);
}

static void
tell_new (Watch *watch, FlScan *scan)
{
  FlLabelText *text = fl_scan_get_text (scan);

  fl_cli_label_event (watch->cli->output, NULL, scan, watch->options->show_secret);
  g_clear_error (&watch->refusal);
  if (!fl_label_text_check (text, FL_LABEL_USE_FIND, &watch->refusal))
    return;
  watch->has_read = TRUE;
  watch->is_over = watch->is_over || !watch->options->all;
}

static void
on_scanned (Watch *watch, FlScan *scan)
{
  FlLabelText *text = fl_scan_get_text (scan);

  if (watch->is_over)
    return;
  switch (fl_label_stream_add (watch->stream, text, g_get_monotonic_time () / 1000))
    {
    case FL_STREAM_NEW:
    case FL_STREAM_REFUSED:
      tell_new (watch, scan);
      break;
    case FL_STREAM_DUPLICATE:
      tell_duplicate (watch, text);
      break;
    case FL_STREAM_SAME:
      break;
    }
}

static gboolean
is_done (Watch *watch)
{
  return watch->is_over || fl_cli_is_stopped (watch->cli) ||
         fl_scanner_get_problem (watch->scanner) != NULL;
}

static GError *
create_outcome (Watch *watch)
{
  const GError *problem = fl_scanner_get_problem (watch->scanner);

  if (fl_cli_is_stopped (watch->cli))
    return fl_cli_dup_stop (watch->cli, FL_STAGE_FINDING);
  if (watch->has_read && watch->is_over)
    return NULL;
  if (problem != NULL)
    return g_error_copy (problem);
  if (watch->refusal != NULL)
    return g_error_copy (watch->refusal);
  return g_error_new_literal (FL_ERROR, FL_ERROR_LABEL_UNREADABLE,
                              "No code was read in the time that was given");
}

/* Cameras run in real time, also where the rest of the world does not. */
static GError *
watch_camera (FlCli *cli, FlCamera *camera, const FlCliLabelCamera *options)
{
  g_autoptr (FlScanner) scanner = fl_scanner_new ();
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();
  Watch watch = { .cli = cli, .options = options, .scanner = scanner, .stream = stream };
  int for_s = options->for_s == 0 && !options->all ? FOR_S : options->for_s;
  GError *outcome = NULL;

  if (options->all)
    fl_scanner_set_max (scanner, MAX_SYMBOLS);
  g_signal_connect_swapped (scanner, "scanned", G_CALLBACK (on_scanned), &watch);
  g_signal_connect_swapped (scanner, "frame-read", G_CALLBACK (on_frame_read), &watch);
  if (for_s > 0)
    watch.for_id = g_timeout_add_seconds ((guint) for_s, on_for_over, &watch);
  fl_scanner_set_camera (scanner, camera);
  fl_scanner_start (scanner);
  while (!is_done (&watch))
    g_main_context_iteration (NULL, TRUE);
  outcome = create_outcome (&watch);
  fl_scanner_stop (scanner);
  g_signal_handlers_disconnect_by_data (scanner, &watch);
  g_clear_handle_id (&watch.for_id, g_source_remove);
  g_clear_error (&watch.refusal);
  return outcome;
}

/* Until the system was looked over. */
static gboolean
wait_for_cameras (FlCli *cli, GError **error)
{
  FlCameraList *cameras = cli->parts->cameras;

  fl_camera_list_start (cameras);
  while (!fl_cli_is_stopped (cli) && fl_camera_list_get_problem (cameras) == NULL &&
         g_list_model_get_n_items (G_LIST_MODEL (cameras)) == 0)
    g_main_context_iteration (NULL, TRUE);
  if (fl_cli_is_stopped (cli))
    g_propagate_error (error, fl_cli_dup_stop (cli, FL_STAGE_FINDING));
  else if (g_list_model_get_n_items (G_LIST_MODEL (cameras)) == 0)
    g_propagate_error (error, g_error_copy (fl_camera_list_get_problem (cameras)));
  else
    return TRUE;
  return FALSE;
}

static FlCamera *
choose (FlCli *cli, const char *id, GError **error)
{
  g_autoptr (FlCamera) camera = fl_camera_list_choose (cli->parts->cameras, id);

  if (id == NULL || cli->wiring.camera != NULL || g_str_equal (fl_camera_get_id (camera), id))
    return g_steal_pointer (&camera);
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
               _ ("There is no camera “%s”; --list-cameras tells which there are"), id);
  return NULL;
}

void
fl_cli_label_camera_prepare (FlCli *cli, const FlCliLabelCamera *options)
{
  if (options->source != NULL && (g_str_equal (options->source, TEST_PICTURE) ||
                                  g_file_test (options->source, G_FILE_TEST_EXISTS)))
    cli->wiring.camera = options->source;
}

gboolean
fl_cli_label_camera_run (FlCli *cli, const FlCliLabelCamera *options, GError **error)
{
  FlClock *clock = fl_engine_get_clock (cli->engine);
  g_autoptr (FlCamera) camera = NULL;
  GError *outcome = NULL;

  fl_clock_hold (clock);
  if (wait_for_cameras (cli, error))
    camera = choose (cli, options->source, error);
  if (camera != NULL)
    outcome = watch_camera (cli, camera, options);
  fl_camera_list_stop (cli->parts->cameras);
  fl_clock_release (clock);
  if (outcome != NULL)
    g_propagate_error (error, outcome);
  return camera != NULL && outcome == NULL;
}

static void
tell_camera (FlCliOutput *output, FlCamera *camera)
{
  JsonBuilder *json = fl_cli_output_begin (output, "camera");

  if (json == NULL)
    {
      fl_cli_output_say (output, "%s  [%s]", fl_camera_get_name (camera),
                         fl_camera_get_id (camera));
      return;
    }
  fl_cli_json_string (json, "id", fl_camera_get_id (camera));
  fl_cli_json_string (json, "name", fl_camera_get_name (camera));
  fl_cli_output_end (output, json);
}

gboolean
fl_cli_label_camera_list (FlCli *cli, GError **error)
{
  GListModel *cameras = G_LIST_MODEL (cli->parts->cameras);
  gboolean ok = wait_for_cameras (cli, error);

  for (guint i = 0; ok && i < g_list_model_get_n_items (cameras); i++)
    {
      g_autoptr (FlCamera) camera = g_list_model_get_item (cameras, i);

      tell_camera (cli->output, camera);
    }
  fl_camera_list_stop (cli->parts->cameras);
  return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-label"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-label-camera.h"
#include "fl-cli-label-event.h"
#include "fl-cli-options.h"
#include "fl-cli-photo.h"
#include "fl-cli-result.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

#define MAX_FILES 10000

/* One usable code is enough: there may be others beside the label. */
static gboolean
check_scans (GPtrArray *scans, GError **error)
{
  for (guint i = 0; i < scans->len; i++)
    {
      FlLabelText *text = fl_scan_get_text (scans->pdata[i]);

      g_clear_error (error);
      if (fl_label_text_check (text, FL_LABEL_USE_FIND, error))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_file (FlCli *cli, const char *path, gboolean show_secret, GError **error)
{
  g_autoptr (GPtrArray) scans = fl_cli_photo_read (cli, path, error);

  for (guint i = 0; scans != NULL && i < scans->len; i++)
    fl_cli_label_event (cli->output, path, scans->pdata[i], show_secret);
  return scans != NULL && check_scans (scans, error);
}

/* A file that cannot be read stops no other; the first one's error is the command's. */
static gboolean
read_files (FlCli *cli, char *const *paths, gboolean show_secret, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; paths[i] != NULL && !fl_cli_is_stopped (cli); i++)
    {
      g_autoptr (GError) local = NULL;

      if (read_file (cli, paths[i], show_secret, &local) || fl_cli_is_stopped (cli))
        continue;
      fl_cli_result_tell_file (cli, paths[i], local);
      if (first == NULL)
        first = g_steal_pointer (&local);
    }
  if (fl_cli_is_stopped (cli))
    {
      cli->is_told = FALSE;
      g_clear_error (&first);
      first = fl_cli_dup_stop (cli, FL_STAGE_FINDING);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

typedef struct
{
  gboolean wanted;
  gboolean list;
  FlCliLabelCamera camera;
} CameraChoice;

static gboolean
on_camera (const char *name, const char *value, gpointer data, GError **error)
{
  CameraChoice *choice = data;

  choice->wanted = TRUE;
  g_free (choice->camera.source);
  choice->camera.source = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
  return TRUE;
}

/* Options of a camera belong to a camera only. */
static gboolean
check_options (const CameraChoice *choice, guint n_files, GError **error)
{
  const FlCliLabelCamera *camera = &choice->camera;

  if (camera->for_s < 0 || camera->for_s > FL_CLI_CAMERA_FOR_MAX_S)
    g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("--for takes 1 to %d seconds"),
                 FL_CLI_CAMERA_FOR_MAX_S);
  else if ((choice->wanted || choice->list) && n_files > 0)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                         _ ("A camera or pictures, not both"));
  else if (!choice->wanted && !choice->list && n_files == 0)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                         _ ("IMAGE is missing; --camera reads from a camera"));
  else if (!choice->wanted && (camera->for_s != 0 || camera->all))
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                         _ ("--for and --all go with --camera"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_labels (FlCli *cli, const CameraChoice *choice, char **paths, GError **error)
{
  if (!check_options (choice, g_strv_length (paths), error))
    return FALSE;
  if (choice->wanted)
    fl_cli_label_camera_prepare (cli, &choice->camera);
  if (!fl_cli_start (cli, error))
    return FALSE;
  if (choice->list)
    return fl_cli_label_camera_list (cli, error);
  if (choice->wanted)
    return fl_cli_label_camera_run (cli, &choice->camera, error);
  return read_files (cli, paths, choice->camera.show_secret, error);
}

static GOptionGroup *
create_camera_group (CameraChoice *choice)
{
  const GOptionEntry entries[] = {
    { "camera", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, on_camera,
      N_ ("Read from a camera; CAMERA is one of them, or a picture, a folder of pictures or "
          "“videotestsrc” in its place"),
      N_ ("CAMERA") },
    { "for", 0, 0, G_OPTION_ARG_INT, &choice->camera.for_s,
      N_ ("End after this many seconds (60; with --all never)"), N_ ("S") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &choice->camera.all, N_ ("Go on after the first label"),
      NULL },
    { "list-cameras", 0, 0, G_OPTION_ARG_NONE, &choice->list, N_ ("Tell which cameras there are"),
      NULL },
    { NULL },
  };
  GOptionGroup *group = g_option_group_new ("camera", _ ("Options for Cameras:"),
                                            _ ("Show the options for cameras"), choice, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);
  return group;
}

gboolean
fl_cli_label (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  CameraChoice choice = { 0 };
  GOptionGroup *const more[] = { create_camera_group (&choice), NULL };
  gboolean ok = FALSE;
  const GOptionEntry entries[] = {
    { "show-secret", 0, 0, G_OPTION_ARG_NONE, &choice.camera.show_secret,
      N_ ("Show the whole text, with the secret"), NULL },
    { NULL },
  };

  ok = fl_cli_options_parse_command (cli, command, entries, more, args, 0, MAX_FILES, error) &&
       read_labels (cli, &choice, *args + 1, error);
  g_free (choice.camera.source);
  return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-doctor"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-doctor.h"
#include "fl-cli-events.h"
#include "fl-cli-options.h"
#include "fl-doctor.h"
#include "fl-error.h"
#include "fl-usb-rule.h"

#include <glib/gi18n-lib.h>

GListModel *
fl_cli_doctor_look (FlCli *cli, const char *root, GError **error)
{
  const FlDoctorContext context = { .system_bus = NULL, .root = root };
  g_autoptr (GAsyncResult) answer = NULL;

  fl_doctor_run_async (&context, cli->cancellable, fl_cli_on_ready, &answer);
  return fl_doctor_run_finish (fl_cli_await (cli, &answer), error);
}

/* Broken and no error to name it: cannot be, but must not pass as good. */
static GError *
create_error (FlFinding *finding)
{
  if (fl_finding_get_error (finding) != NULL)
    return g_error_copy (fl_finding_get_error (finding));
  return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "%s is broken", fl_finding_get_id (finding));
}

static gboolean
tell (FlCli *cli, GListModel *findings, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (FlFinding) finding = g_list_model_get_item (findings, i);

      fl_cli_event_finding (cli->output, finding);
      if (fl_finding_get_verdict (finding) == FL_VERDICT_BROKEN && first == NULL)
        first = create_error (finding);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
add_rule (FlCli *cli, GError **error)
{
  g_autoptr (GAsyncResult) answer = NULL;
  g_autofree char *command = NULL;

  fl_usb_rule_add_async (cli->cancellable, fl_cli_on_ready, &answer);
  if (fl_usb_rule_add_finish (fl_cli_await (cli, &answer), error))
    {
      fl_cli_event_note (cli->output, "rule-added",
                         _ ("The rule is added. Devices can be used right away."));
      return TRUE;
    }

  command = fl_usb_rule_dup_command ();
  /* Translators: the placeholder is a command for a terminal */
  fl_cli_output_warn (cli->output, _ ("This does the same by hand: %s"), command);
  return FALSE;
}

static gboolean
run (FlCli *cli, const char *root, gboolean adds_rule, GError **error)
{
  g_autoptr (GListModel) findings = NULL;

  if (adds_rule && !add_rule (cli, error))
    return FALSE;
  findings = fl_cli_doctor_look (cli, root, error);
  return findings != NULL && tell (cli, findings, error);
}

gboolean
fl_cli_doctor (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  g_autofree char *root = NULL;
  gboolean adds_rule = FALSE;
  g_autoptr (GError) local = NULL;
  const GOptionEntry entries[] = { { "add-rule", 0, 0, G_OPTION_ARG_NONE, &adds_rule,
                                     N_ ("Add the rule that lets you use devices on a cable"),
                                     NULL },
                                   { "root", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &root,
                                     N_ ("Look at a computer whose files are here"), N_ ("DIR") },
                                   { NULL } };

  if (!fl_cli_options_parse_command (cli, command, entries, NULL, args, 0, 0, error) ||
      !fl_cli_start (cli, error))
    return FALSE;
  if (run (cli, root, adds_rule, &local))
    return TRUE;
  if (fl_cli_is_stopped (cli))
    g_propagate_error (error, fl_cli_dup_stop (cli, FL_STAGE_FINDING));
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-report-private.h"

/* Enough for a code or a serial number. */
#define MAX_FILE_WORD 24

gpointer
fl_report_peek (GListModel *model, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (model, position);

  return item;
}

guint
fl_report_count (GListModel *model)
{
  return model != NULL ? g_list_model_get_n_items (model) : 0;
}

void
fl_report_fill (FlReportFacts *facts, FlVisit *visit)
{
  g_return_if_fail (facts != NULL);
  g_return_if_fail (FL_IS_VISIT (visit));

  facts->device = fl_visit_get_device (visit);
  facts->info = fl_visit_get_info (visit);
  facts->state = fl_visit_get_state (visit);
  facts->known = fl_visit_get_known (visit);
  facts->networks = fl_setup_get_networks (fl_visit_get_setup (visit));
  facts->modules = fl_visit_get_modules (visit);
  facts->setup_done = fl_visit_get_setup_done (visit);
  facts->setup = fl_visit_get_setup (visit);
  facts->journal = fl_visit_get_journal (visit);
  facts->notes = fl_visit_get_notes (visit);
  facts->names = fl_visit_get_names (visit);
}

char *
fl_report_to_text (const FlReportFacts *facts)
{
  g_autoptr (FlReportNames) names = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  names = fl_report_names_new (facts);
  summary = fl_report_build_summary (facts, names);
  json = fl_report_build_json (facts, names);
  return g_strconcat (summary, "\n", json, "\n", NULL);
}

char *
fl_report_to_json (const FlReportFacts *facts)
{
  g_autoptr (FlReportNames) names = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  names = fl_report_names_new (facts);
  return fl_report_build_json (facts, names);
}

/* What tells the device from others, in characters that every file system takes. */
static char *
dup_file_word (FlDevice *device)
{
  const char *word = "device";
  GString *safe = g_string_new (NULL);

  if (device != NULL && *fl_device_get_ending (device) != '\0')
    word = fl_device_get_ending (device);
  else if (device != NULL && fl_device_get_serial (device) != NULL)
    word = fl_device_get_serial (device);
  else if (device != NULL && fl_device_get_device_id (device) != NULL)
    word = fl_device_get_device_id (device);
  for (const char *c = word; *c != '\0' && safe->len < MAX_FILE_WORD; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (safe, *c);
  return g_string_free (safe, FALSE);
}

char *
fl_report_dup_file_name (const FlReportFacts *facts)
{
  g_autofree char *word = NULL;
  g_autofree char *date = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  word = dup_file_word (facts->device);
  date = facts->written != NULL ? g_date_time_format (facts->written, "%Y-%m-%d") : NULL;
  return g_strconcat ("first-light-", *word != '\0' ? word : "device", date != NULL ? "-" : "",
                      date != NULL ? date : "", ".txt", NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-calendar"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-calendar.h"

#include "fl-file-picker.h"
#include "fl-open.h"

#define FILE_NAME "first-light.ics"

static gboolean
has_calendar (void)
{
  g_autoptr (GAppInfo) info = g_app_info_get_default_for_type ("text/calendar", FALSE);

  return info != NULL;
}

/* Where other programs of the same person can read it, and where it may be thrown away. */
static char *
write_file (const char *text, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "first-light", NULL);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);

  g_mkdir_with_parents (folder, 0700); /* if not, the next line says why */
  if (!g_file_set_contents (path, text, -1, error))
    return NULL;
  return g_filename_to_uri (path, NULL, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer unused)
{
  g_autoptr (GError) error = NULL;

  if (!fl_file_picker_save_finish (GTK_WINDOW (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The reminder cannot be saved: %s", error->message);
}

void
fl_calendar_add (GtkWindow *parent, const FlReminder *reminder)
{
  g_autofree char *text = fl_reminder_to_ics (reminder);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  if (text == NULL)
    return;
  if (has_calendar ())
    {
      uri = write_file (text, &error);
      if (uri != NULL)
        {
          fl_open_uri (uri);
          return;
        }
      g_message ("The reminder cannot be handed over: %s", error->message);
    }
  fl_file_picker_save_async (parent, _ ("Save Reminder"), FILE_NAME, text, on_saved, NULL);
}

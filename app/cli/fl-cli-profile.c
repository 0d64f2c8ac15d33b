/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-profile"
#include "config.h"

#include "fl-cli-profile.h"

#include "fl-cli-events.h"
#include "fl-cli-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
fl_cli_draft_add (FlEnterpriseDraft *draft,
                  FlCliUnlock *unlock,
                  const char *path,
                  FlDraftUse use,
                  GError **error)
{
  g_autoptr (FlSecret) contents = NULL;
  g_autoptr (FlCertFile) file = NULL;
  g_autofree char *name = NULL;

  if (path == NULL)
    return TRUE;
  contents = fl_cli_unlock_read (path, error);
  if (contents == NULL)
    return FALSE;
  file = fl_cli_unlock_certificates (unlock, path, contents, error);
  if (file != NULL && fl_enterprise_draft_add_file (draft, file, use, error))
    return TRUE;
  name = g_filename_display_name (path);
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
add_beside (FlEnterpriseDraft *draft,
            FlCliUnlock *unlock,
            const char *folder,
            const char *name,
            FlDraftUse use,
            GError **error)
{
  g_autofree char *path = name != NULL ? g_canonicalize_filename (name, folder) : NULL;

  return fl_cli_draft_add (draft, unlock, path, use, error);
}

gboolean
fl_cli_profile_add_files (FlEnterpriseDraft *draft,
                          FlCliUnlock *unlock,
                          const char *path,
                          const FlProfileNetwork *network,
                          GError **error)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *beside = strcmp (path, "-") == 0 ? g_strdup (here) : g_path_get_dirname (path);
  g_autofree char *folder = g_canonicalize_filename (beside, here);

  return add_beside (draft, unlock, folder, network->ca_path, FL_DRAFT_USE_CA, error) &&
         add_beside (draft, unlock, folder, network->certificate_path, FL_DRAFT_USE_CLIENT,
                     error) &&
         add_beside (draft, unlock, folder, network->key_path, FL_DRAFT_USE_KEY, error);
}

GBytes *
fl_cli_profile_get_ssid (FlProfile *profile)
{
  GPtrArray *networks = fl_profile_get_networks (profile);
  GBytes *only = NULL;

  for (guint i = 0; i < networks->len; i++)
    {
      const FlProfileNetwork *network = networks->pdata[i];

      for (guint k = 0; k < network->ssids->len; k++)
        if (only == NULL)
          only = network->ssids->pdata[k];
        else if (!g_bytes_equal (only, network->ssids->pdata[k]))
          return NULL;
    }
  return only;
}

void
fl_cli_profile_tell (FlCliOutput *output, const FlProfile *profile, gint64 now_s)
{
  GPtrArray *left_out = fl_profile_get_left_out (profile);
  gint64 expires = fl_profile_get_expires (profile);

  if (expires != 0 && expires < now_s)
    {
      g_autofree char *day = fl_cli_words_day (expires);
      /* Translators: a day */
      g_autofree char *sentence = g_strdup_printf (_ ("This profile ended on %s."), day);

      fl_cli_event_note (output, "profile-ended", sentence);
    }
  for (guint i = 0; i < left_out->len; i++)
    fl_cli_event_note (output, "profile-left-out", left_out->pdata[i]);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-open"
#include "config.h"

#include <gio/gdesktopappinfo.h>

#include "fl-open.h"

static const char *const settings_ids[] = {
  "gnome-bluetooth-panel.desktop",
  "kcm_bluetooth.desktop",
  "blueman-manager.desktop",
};

static void
on_opened (GObject *source, GAsyncResult *result, gpointer unused)
{
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    g_message ("The link cannot be opened: %s", error->message);
}

void
fl_open_uri (const char *uri)
{
  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, on_opened, NULL);
}

static GDesktopAppInfo *
find_settings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings_ids); i++)
    {
      GDesktopAppInfo *info = g_desktop_app_info_new (settings_ids[i]);

      if (info != NULL)
        return info;
    }
  return NULL;
}

gboolean
fl_open_has_settings (void)
{
  g_autoptr (GDesktopAppInfo) info = find_settings ();

  return info != NULL;
}

void
fl_open_settings (void)
{
  g_autoptr (GDesktopAppInfo) info = find_settings ();
  g_autoptr (GError) error = NULL;

  if (info != NULL && !g_app_info_launch (G_APP_INFO (info), NULL, NULL, &error))
    g_message ("The settings cannot be opened: %s", error->message);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-host"
#include "config.h"

#include "fl-bluez-host.h"

static char *
read_line (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");
  return g_strstrip (text);
}

static gboolean
switch_is_on (const char *folder, const char *wanted)
{
  g_autofree char *type = read_line (folder, "type");
  g_autofree char *name = read_line (folder, "name");
  g_autofree char *soft = read_line (folder, "soft");
  g_autofree char *hard = read_line (folder, "hard");

  return g_str_equal (type, "bluetooth") && (wanted == NULL || g_str_equal (name, wanted)) &&
         (g_str_equal (soft, "1") || g_str_equal (hard, "1"));
}

gboolean
fl_bluez_host_is_blocked (const char *root, const char *name)
{
  g_autofree char *class = g_build_filename (root, "/sys/class/rfkill", NULL);
  g_autoptr (GDir) dir = g_dir_open (class, 0, NULL);
  gboolean blocked = FALSE;
  const char *entry;

  while (dir != NULL && !blocked && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (class, entry, NULL);

      blocked = switch_is_on (folder, name);
    }
  return blocked;
}

gboolean
fl_bluez_host_is_forbidden (const char *root)
{
  g_autofree char *path = g_build_filename (root, "/.flatpak-info", NULL);
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_autofree char *right = NULL;

  if (!g_key_file_load_from_file (info, path, G_KEY_FILE_NONE, NULL))
    return FALSE;
  right = g_key_file_get_string (info, "System Bus Policy", "org.bluez", NULL);
  return right == NULL || !(g_str_equal (right, "talk") || g_str_equal (right, "own"));
}

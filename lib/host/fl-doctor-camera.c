/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-doctor"
#include "config.h"

#include "fl-doctor-private.h"
#include "fl-video-node.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_CAMERAS 16
#define MAX_NAME    80 /* bytes; V4L2 has 32 */

void
fl_doctor_camera_free (gpointer data)
{
  FlDoctorCamera *camera = data;

  g_free (camera->node);
  g_free (camera->name);
  g_free (camera->group);
  g_free (camera);
}

static char *
read_line (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return g_strstrip (text);
}

/* udev asks each node what it is and keeps the answer: systemd, src/udev/v4l_id/v4l_id.c. NULL: it
 * was not asked. */
static char *
read_capabilities (const char *root, const char *folder)
{
  static const char key[] = "E:ID_V4L_CAPABILITIES=";
  g_autofree char *number = read_line (folder, "dev");
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (number == NULL)
    return NULL;
  name = g_strdup_printf ("run/udev/data/c%s", number);
  text = read_line (root, name);
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], key))
      return g_strdup (lines[i] + strlen (key));
  return NULL;
}

/* A camera has several nodes; the others deliver what is no picture. The node knows; udev asked it
 * when it was new, which for a program that serves as a camera was too early. Where neither says,
 * the first one of a device counts: Linux, Documentation/ABI/stable/sysfs-class-video4linux. */
static gboolean
takes_pictures (const char *root, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (root, "dev", name, NULL);
  FlVideoNode node = fl_video_node_ask (path, NULL);
  g_autofree char *capabilities = NULL;
  g_autofree char *index = NULL;

  if (node != FL_VIDEO_NODE_UNKNOWN)
    return node == FL_VIDEO_NODE_CAMERA;
  capabilities = read_capabilities (root, folder);
  if (capabilities != NULL)
    return strstr (capabilities, ":capture:") != NULL;
  index = read_line (folder, "index");
  return index == NULL || g_str_equal (index, "0");
}

/* Whoever is in this group may open @path; NULL: no group is the answer. */
static char *
find_group (const char *path)
{
  char buffer[4096];
  struct stat facts;
  struct group record, *found = NULL;

  if (stat (path, &facts) != 0 || (facts.st_mode & S_IRGRP) == 0 || facts.st_gid == 0 ||
      getgrgid_r (facts.st_gid, &record, buffer, sizeof buffer, &found) != 0 || found == NULL)
    return NULL;
  return g_strdup (found->gr_name);
}

static FlDoctorCamera *
read_camera (const char *root, const char *folder, const char *name)
{
  FlDoctorCamera *camera = g_new0 (FlDoctorCamera, 1);
  g_autofree char *path = g_build_filename (root, "dev", name, NULL);
  g_autofree char *title = read_line (folder, "name");

  camera->node = g_strdup_printf ("/dev/%s", name);
  if (title != NULL && *title != '\0' && g_utf8_validate (title, -1, NULL))
    camera->name = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), MAX_NAME));
  camera->has_node = faccessat (AT_FDCWD, path, F_OK, AT_EACCESS) == 0;
  camera->is_openable = faccessat (AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0;
  if (!camera->is_openable)
    camera->group = find_group (path);
  return camera;
}

static int
compare_cameras (gconstpointer a, gconstpointer b)
{
  const FlDoctorCamera *const *left = a;
  const FlDoctorCamera *const *right = b;

  return g_strcmp0 ((*left)->node, (*right)->node);
}

GPtrArray *
fl_doctor_cameras_read (const char *root)
{
  GPtrArray *cameras = g_ptr_array_new_with_free_func (fl_doctor_camera_free);
  g_autofree char *class = g_build_filename (root, "sys/class/video4linux", NULL);
  g_autoptr (GDir) dir = g_dir_open (class, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && cameras->len < MAX_CAMERAS && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (class, name, NULL);

      if (g_str_has_prefix (name, "video") && takes_pictures (root, folder, name))
        g_ptr_array_add (cameras, read_camera (root, folder, name));
    }
  g_ptr_array_sort (cameras, compare_cameras);
  return cameras;
}

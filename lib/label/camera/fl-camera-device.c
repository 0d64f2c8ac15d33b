/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-device"
#include "config.h"

#include "fl-camera-device.h"

#include <string.h>

#include "fl-camera-format.h"
#include "fl-error.h"
#include "fl-video-node.h"

/* The first of @names that the device has. GStreamer 1.22 sys/v4l2/gstv4l2deviceprovider.c and
 * PipeWire 0.3 src/gst/gstpipewiredeviceprovider.c name them differently. */
static char *
dup_property (GstDevice *device, const char *const *names)
{
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);

  for (gsize i = 0; properties != NULL && names[i] != NULL; i++)
    {
      const char *value = gst_structure_get_string (properties, names[i]);

      if (value != NULL && *value != '\0')
        return g_strdup (value);
    }
  return NULL;
}

static char *
dup_path (GstDevice *device)
{
  static const char *const names[] = { "device.path", "api.v4l2.path", NULL };

  return dup_property (device, names);
}

/* Where it is plugged in, which stays the same over restarts, while /dev/videoN does not. */
static char *
dup_id (GstDevice *device, const char *name)
{
  static const char *const names[] = { "device.bus_path", "v4l2.device.bus_info", "node.name",
                                       "device.path", NULL };
  g_autofree char *place = dup_property (device, names);

  return g_strdup_printf ("%s %s", name, place != NULL ? place : "");
}

static GstElement *
make_device (gpointer data, GCancellable *cancellable, GError **error)
{
  GstElement *element = gst_device_create_element (data, NULL);

  if (element == NULL)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_NO_CAMERA, "The camera is gone");
  else if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "always-copy") != NULL)
    g_object_set (element, "always-copy", TRUE, NULL); /* as fl-camera-portal.c */
  return element;
}

/* The element of one over PipeWire says ANY. */
static GPtrArray *
list_device_formats (gpointer data)
{
  g_autoptr (GstCaps) caps = gst_device_get_caps (data);

  return caps != NULL ? fl_camera_format_choose (caps) : NULL;
}

/* Pulled out, or the program ended that served as a camera. */
static gboolean
is_device_gone (gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = dup_path (data);

  return path != NULL && (!g_file_test (path, G_FILE_TEST_EXISTS) ||
                          fl_video_node_ask (path, NULL) == FL_VIDEO_NODE_OTHER);
}

static const FlCameraSourceClass device_class = {
  .is_gone = is_device_gone,
  .make = make_device,
  .list_formats = list_device_formats,
  .free_data = gst_object_unref,
};

FlCameraSource *
fl_camera_device_new (GstDevice *device)
{
  g_autoptr (GstCaps) caps = gst_device_get_caps (device);
  g_autoptr (GPtrArray) formats = caps != NULL ? fl_camera_format_choose (caps) : NULL;
  g_autofree char *name = gst_device_get_display_name (device);
  g_autofree char *id = NULL;

  if (formats == NULL)
    return NULL;
  id = dup_id (device, name);
  return fl_camera_source_new (&device_class, id, name, gst_object_ref (device));
}

gboolean
fl_camera_device_is_same (GstDevice *a, GstDevice *b)
{
  g_autofree char *path_a = dup_path (a);
  g_autofree char *path_b = dup_path (b);

  return path_a != NULL && g_strcmp0 (path_a, path_b) == 0;
}

static gboolean
is_named (const char *name, const char *const *words)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* An infrared camera has nothing but brightness. */
static gboolean
is_grey_only (GstDevice *device)
{
  g_autoptr (GstCaps) caps = gst_device_get_caps (device);
  gboolean is_grey = caps != NULL && !gst_caps_is_any (caps);

  for (guint i = 0; is_grey && i < gst_caps_get_size (caps); i++)
    is_grey = g_strcmp0 (gst_structure_get_string (gst_caps_get_structure (caps, i), "format"),
                         "GRAY8") == 0;
  return is_grey;
}

guint
fl_camera_device_get_rank (GstDevice *device)
{
  static const char *const odd[] = { "infrared", " ir ",     "virtual", "dummy",
                                     "obs ",     "loopback", "screen",  NULL };
  static const char *const straight[] = { "device.path", NULL };
  g_autofree char *name = gst_device_get_display_name (device);
  g_autofree char *spaced = g_strdup_printf (" %s ", name);
  g_autofree char *path = dup_property (device, straight);

  return (is_named (spaced, odd) || is_grey_only (device) ? 2 : 0) + (path == NULL ? 1 : 0);
}

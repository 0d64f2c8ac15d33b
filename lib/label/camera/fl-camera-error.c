/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-error"
#include "config.h"

#include "fl-camera-error.h"

#include <errno.h>
#include <string.h>

/* What v4l2src tells of the kernel's answer is only in its debug words: "system error: " and
 * strerror(), in the language of the program (GStreamer, gst/gstelement.h, GST_ERROR_SYSTEM). */
static gboolean
mentions (const char *debug, int number)
{
  return debug != NULL && strstr (debug, g_strerror (number)) != NULL;
}

static FlErrorCode
code_of_kernel (const char *debug)
{
  static const struct
  {
    int number;
    FlErrorCode code;
  } answers[] = {
    { EBUSY, FL_ERROR_CAMERA_BUSY },    { EACCES, FL_ERROR_CAMERA_REFUSED },
    { EPERM, FL_ERROR_CAMERA_REFUSED }, { ENODEV, FL_ERROR_NO_CAMERA },
    { ENOENT, FL_ERROR_NO_CAMERA },     { ENXIO, FL_ERROR_NO_CAMERA },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (mentions (debug, answers[i].number))
      return answers[i].code;
  return FL_ERROR_UNEXPECTED;
}

/* pipewiresrc has only words, of PipeWire's own and never translated (PipeWire 0.3,
 * src/pipewire/stream.c; the session manager's policy-node.lua). */
static gboolean
is_gone_from_pipewire (const char *message)
{
  return strstr (message, "no target node") != NULL ||
         strstr (message, "target not found") != NULL ||
         strstr (message, "connection error") != NULL || strstr (message, "disconnected") != NULL;
}

static FlErrorCode
code_of (const GError *error, const char *debug)
{
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return FL_ERROR_CAMERA_BUSY;
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    return FL_ERROR_CAMERA_REFUSED;
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
    return FL_ERROR_NO_CAMERA;
  if (is_gone_from_pipewire (error->message))
    return FL_ERROR_NO_CAMERA;
  return code_of_kernel (debug);
}

GError *
fl_camera_error_from_gst (const GError *error, const char *debug)
{
  FlErrorCode code = code_of (error, debug);

  if (error->domain == FL_ERROR)
    return g_error_copy (error);
  g_debug ("%s; %s", error->message, debug != NULL ? debug : "");
  switch ((guint) code)
    {
    case FL_ERROR_CAMERA_BUSY:
      return g_error_new_literal (FL_ERROR, code, "Another program uses the camera");
    case FL_ERROR_CAMERA_REFUSED:
      return g_error_new_literal (FL_ERROR, code, "The system does not let us open the camera");
    case FL_ERROR_NO_CAMERA:
      return g_error_new_literal (FL_ERROR, code, "The camera is gone");
    default:
      return g_error_new (FL_ERROR, code, "The camera failed: %s error %d",
                          g_quark_to_string (error->domain), error->code);
    }
}

GError *
fl_camera_error_missing (const char *element)
{
  static const struct
  {
    const char *element;
    const char *package; /* of Debian; other systems name them alike */
  } packages[] = {
    { "jpegdec", "gstreamer1.0-plugins-good" },    { "v4l2src", "gstreamer1.0-plugins-good" },
    { "videocrop", "gstreamer1.0-plugins-good" },  { "pipewiresrc", "gstreamer1.0-pipewire" },
    { "appsink", "gstreamer1.0-plugins-base" },    { "videoconvert", "gstreamer1.0-plugins-base" },
    { "videoscale", "gstreamer1.0-plugins-base" }, { "videotestsrc", "gstreamer1.0-plugins-base" },
  };
  const char *package = "libgstreamer1.0-0";

  for (gsize i = 0; i < G_N_ELEMENTS (packages); i++)
    if (g_str_equal (packages[i].element, element))
      package = packages[i].package;
  return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                      "GStreamer has no “%s”: install the package %s", element, package);
}

gboolean
fl_camera_error_is_format (const GError *error, const char *debug)
{
  if (g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_NEGOTIATION) ||
      g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT))
    return TRUE;
  /* "not-negotiated" comes as a failed stream; ENOSPC: the USB bus has not enough room for it. */
  if (g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED) && debug != NULL &&
      strstr (debug, "not-negotiated") != NULL)
    return TRUE;
  return mentions (debug, ENOSPC);
}

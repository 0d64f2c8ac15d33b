/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gst/gst.h>

#include "fl-error.h"

G_BEGIN_DECLS

/* What GStreamer says of a camera as one of our errors: E13 it is gone, E14 it must not be opened,
 * E15 another program has it, else E57. @debug: (nullable) GStreamer's additional words; they hold
 * what the kernel said. */
GError *fl_camera_error_from_gst (const GError *error, const char *debug);
/* A part of GStreamer is not installed: E57 that names the package. */
GError *fl_camera_error_missing (const char *element);
/* Whether the camera refused this format but may do another one. */
gboolean fl_camera_error_is_format (const GError *error, const char *debug);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlFirmwareVersion:
 *
 * A version of Device OS, read as semantic versioning 2.0: "6.2.0", "5.3.1-rc.1". Plain data; a
 * zeroed one is "not known". Pure.
 */
typedef struct
{
  guint major, minor, patch;
  char prerelease[32]; /* "rc.1"; "" for a release */
  gboolean known;
} FlFirmwareVersion;

/* FALSE: @text (nullable) is no version; @version is then not known. A leading "v" and build data
 * after "+" are accepted and ignored. */
gboolean fl_firmware_version_parse (const char *text, FlFirmwareVersion *version);
/* Order of semantic versioning: 5.8.2-rc.1 comes before 5.8.2. */
int fl_firmware_version_compare (const FlFirmwareVersion *a, const FlFirmwareVersion *b);
/* Whether @version is known and not older than the release given. */
gboolean fl_firmware_version_at_least (const FlFirmwareVersion *version,
                                       guint major,
                                       guint minor,
                                       guint patch);

G_END_DECLS

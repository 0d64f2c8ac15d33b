/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-visit.h"

G_BEGIN_DECLS

/* The columns of the table of devices, in order. */
typedef enum
{
  FL_SERVICE_NAME,
  FL_SERVICE_SERIAL,
  FL_SERVICE_PRODUCT,
  FL_SERVICE_ROAD,
  FL_SERVICE_MODE,
  FL_SERVICE_FIRMWARE,
  FL_SERVICE_NETWORK,
  FL_SERVICE_CLOUD,
  FL_SERVICE_ERROR,
  FL_SERVICE_N_COLUMNS
} FlServiceColumn;

const char *fl_service_get_heading (FlServiceColumn column); /* translated, static */
/* What the table shows of one device; "" where nothing is known. Names of networks are isolated.
 * (transfer full) */
char *fl_service_dup_text (FlVisit *visit, FlServiceColumn column);
/* All that is known, for a screen reader: "Sensor 4F2A, P2, USB cable, running, …". (transfer full)
 */
char *fl_service_dup_words (FlVisit *visit);
/* Without case, all columns: what the filter looks into. (transfer full) */
char *fl_service_dup_search (FlVisit *visit);

const char *fl_service_get_mode (FlDeviceMode mode); /* translated, static; "" unknown */
/* Where the device is with its service. Translated, static; "" unknown. */
const char *fl_service_get_cloud (const FlDeviceState *state);
/* The same, and if it is not there, the plain cause. */
const char *fl_service_get_cloud_cause (const FlDeviceState *state);
/* Its mode as last read, else as seen from outside. */
FlDeviceMode fl_service_get_mode_of (FlVisit *visit);
/* Nothing is known about what it is: only identification is possible. */
gboolean fl_service_is_unknown (FlVisit *visit);

G_END_DECLS

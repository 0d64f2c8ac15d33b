/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-device.h"
#include "fl-finder.h"

G_BEGIN_DECLS

/**
 * FlMetaFinder:
 *
 * The one list: sightings of all finders, merged so that each physical device is one FlDevice. A
 * device whose roads are all unreachable stays for 30 s, then goes.
 */
#define FL_TYPE_META_FINDER (fl_meta_finder_get_type ())
G_DECLARE_FINAL_TYPE (FlMetaFinder, fl_meta_finder, FL, META_FINDER, GObject)

FlMetaFinder *fl_meta_finder_new (FlClock *clock);
void fl_meta_finder_add (FlMetaFinder *self, FlFinder *finder);
GListModel *fl_meta_finder_get_finders (FlMetaFinder *self); /* borrowed, of FlFinder */
GListModel *
fl_meta_finder_get_devices (FlMetaFinder *self); /* borrowed, of FlDevice, in order of appearance */
void fl_meta_finder_start (FlMetaFinder *self);
void fl_meta_finder_stop (FlMetaFinder *self);
FlLink *fl_meta_finder_create_link (FlMetaFinder *self,
                                    FlRoad *road); /* (transfer full) (nullable) */
/* The row that @road belongs to at present; rows become one when it turns out that they are one
 * device. (nullable), borrowed. */
FlDevice *fl_meta_finder_get_device (FlMetaFinder *self, FlRoad *road);
/* First device that fl_device_matches(); (nullable), borrowed. */
FlDevice *fl_meta_finder_lookup (FlMetaFinder *self, const char *text);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-driver.h"
#include "fl-meta-finder.h"
#include "fl-product.h"
#include "fl-random.h"

G_BEGIN_DECLS

/**
 * FlEngine:
 *
 * What every journey needs, built once by the program and handed down: clock, the list of devices,
 * product profile, random source.
 */
#define FL_TYPE_ENGINE (fl_engine_get_type ())
G_DECLARE_FINAL_TYPE (FlEngine, fl_engine, FL, ENGINE, GObject)

FlEngine *fl_engine_new (FlClock *clock,
                         FlMetaFinder *finder,
                         FlProduct *product,
                         FlRandomFunc random,
                         gpointer random_data);
FlClock *fl_engine_get_clock (FlEngine *self);
FlMetaFinder *fl_engine_get_finder (FlEngine *self);
FlProduct *fl_engine_get_product (FlEngine *self);

/* The driver table: the family's driver on @road, or NULL with FL_ERROR_UNSUPPORTED. (transfer
 * full) */
FlDriver *fl_engine_create_driver (FlEngine *self, FlRoad *road, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-engine.h"

G_BEGIN_DECLS

/**
 * FlDeviceNews:
 *
 * Says to a screen reader which devices were found: the first at once, more of them now and then.
 */
#define FL_TYPE_DEVICE_NEWS (fl_device_news_get_type ())
G_DECLARE_FINAL_TYPE (FlDeviceNews, fl_device_news, FL, DEVICE_NEWS, GObject)

/* @widget: owns this; nothing is said while it is not shown. @devices: of FlDevice. */
FlDeviceNews *fl_device_news_new (GtkWidget *widget, GListModel *devices, FlClock *clock);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FlScreenReader:
 *
 * Whether a screen reader runs, as the accessibility bus of the session says. Then no page changes
 * by itself. Property "running" (boolean, notified): FALSE until the answer is there.
 */
#define FL_TYPE_SCREEN_READER (fl_screen_reader_get_type ())
G_DECLARE_FINAL_TYPE (FlScreenReader, fl_screen_reader, FL, SCREEN_READER, GObject)

FlScreenReader *fl_screen_reader_new (void); /* asks the session bus; nothing blocks */
FlScreenReader *fl_screen_reader_new_for (GDBusConnection *connection);
gboolean fl_screen_reader_get_running (FlScreenReader *self);

G_END_DECLS

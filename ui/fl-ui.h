/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FL_UI_BASE_PATH "/io/github/firstlight/FirstLight"
#define FL_UI_PATH      FL_UI_BASE_PATH "/ui/"

/* Registers the resources and all types that templates name. Before any widget of this library;
 * idempotent. */
void fl_ui_init (void);
/* Icons and style for a display without a running FlApplication: tests and screenshots. */
void fl_ui_load_style (GdkDisplay *display);

G_END_DECLS

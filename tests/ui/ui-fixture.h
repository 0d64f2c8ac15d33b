/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-engine.h"
#include "fl-finder.h"
#include "fl-network.h"
#include "fl-wizard.h"

G_BEGIN_DECLS

/* Initialises GTK, the library and its style; FALSE and a printed TAP skip without a display. */
gboolean ui_init (int *argc, char ***argv);

/* A clock that only moves when it is told to. */
FlClock *ui_clock_new (void);
void ui_clock_advance_ms (FlClock *clock, guint ms);

/* A finder whose sightings and problem are what the test says. */
#define UI_TYPE_FINDER (ui_finder_get_type ())
G_DECLARE_FINAL_TYPE (UiFinder, ui_finder, UI, FINDER, GObject)

UiFinder *ui_finder_new (void); /* for Bluetooth */
UiFinder *ui_finder_new_for (FlRoadKind kind);
FlRoad *ui_finder_add (UiFinder *self, FlRoadKind kind, const char *code, int dbm);
void ui_finder_take_problem (UiFinder *self, GError *problem);
FlErrorAction ui_finder_get_repair (UiFinder *self); /* the last one asked for */
gboolean ui_finder_get_running (UiFinder *self);

FlNetwork *ui_network_new (const char *name, FlSecurity security, int channel, int dbm);
/* Eleven networks as a scan may bring them, weakest and unusable ones among them. */
GListModel *ui_networks_new (void);

/* A window with a wizard that shows @page (transfer floating); presented. */
GtkWindow *ui_window_new (FlPage *page, int width, int height);
FlWizard *ui_window_get_wizard (GtkWindow *window);
/* Destroys the window and asserts that the page and the window are finalised. */
void ui_window_finish (GtkWindow *window, FlPage *page);

/* Runs the main loop until all that is pending is done. */
void ui_settle (void);
/* Until @widget has been drawn @frames times. */
void ui_wait_frames (GtkWidget *widget, guint frames);

/* First widget of @type below @root whose label is @label (NULL: any). */
GtkWidget *ui_find (GtkWidget *root, GType type, const char *label);
/* A visible label with this text is shown below @root. */
gboolean ui_shows (GtkWidget *root, const char *text);
void ui_click (GtkWidget *root, const char *label);

G_END_DECLS

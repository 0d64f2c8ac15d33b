/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-engine.h"
#include "fl-guide.h"
#include "fl-memory.h"
#include "fl-service-guide.h"

G_BEGIN_DECLS

/**
 * FlWindow:
 *
 * The one window: the wizard or the service view, its banner and toasts. It looks for devices after
 * its first frame.
 */
#define FL_TYPE_WINDOW (fl_window_get_type ())
G_DECLARE_FINAL_TYPE (FlWindow, fl_window, FL, WINDOW, AdwApplicationWindow)

/* @application (nullable) in tests. */
GtkWidget *fl_window_new (GtkApplication *application, FlEngine *engine);
/* The cameras that read labels, once; without them labels are typed. */
void fl_window_set_cameras (FlWindow *self, FlCameraList *cameras);
/* This computer's own Wi-Fi, once: for devices that list no networks. */
void fl_window_set_wifi (FlWindow *self, FlComputerWifi *wifi);
/* Texts that let a person play a simulation through; each (nullable). */
void fl_window_set_demo (FlWindow *self,
                         const char *label_text,
                         const char *network,
                         const char *password);
/* The part that the product fixes, else the one that was used last. */
void fl_window_restore_door (FlWindow *self);
/* Which part of the program shows. The one before is left: its devices are let go. */
void fl_window_set_door (FlWindow *self, FlDoor door);
FlDoor fl_window_get_door (FlWindow *self);
FlServiceGuide *fl_window_get_service (FlWindow *self); /* (nullable), borrowed */
FlGuide *fl_window_get_guide (FlWindow *self);          /* borrowed */
FlEngine *fl_window_get_engine (FlWindow *self);        /* borrowed */

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlSaveSwitch:
 *
 * "Save Without Testing" with its warning. Property: "active".
 */
#define FL_TYPE_SAVE_SWITCH (fl_save_switch_get_type ())
G_DECLARE_FINAL_TYPE (FlSaveSwitch, fl_save_switch, FL, SAVE_SWITCH, GtkBox)

GtkWidget *fl_save_switch_new (void);
gboolean fl_save_switch_get_active (FlSaveSwitch *self);
void fl_save_switch_set_active (FlSaveSwitch *self, gboolean active);
/* The device can do nothing else: it stays on. */
void fl_save_switch_set_forced (FlSaveSwitch *self, gboolean forced);

G_END_DECLS

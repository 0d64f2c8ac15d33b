/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-window.h"

G_BEGIN_DECLS

/* fl-window-actions.c: the menu and the keys of the window. */
void fl_window_install_actions (GtkWidgetClass *widget_class);
/* @door: where the menu is; it leads to the other one. (transfer full) */
GMenuModel *fl_window_create_menu (FlProduct *product, FlDoor door);

G_END_DECLS

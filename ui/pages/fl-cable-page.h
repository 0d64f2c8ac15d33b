/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-engine.h"
#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlCablePage:
 *
 * "Plug In the Cable": what a person does after Use a USB Cable. It goes on by itself when the
 * device is there.
 *
 * Signal: "use-bluetooth": the main button, for who has no cable.
 */
#define FL_TYPE_CABLE_PAGE (fl_cable_page_get_type ())
G_DECLARE_FINAL_TYPE (FlCablePage, fl_cable_page, FL, CABLE_PAGE, FlPage)

FlPage *fl_cable_page_new (FlClock *clock);
/* It waits from the beginning. FALSE: nobody waits any more; the page's error says why, and has
 * the buttons. */
void fl_cable_page_set_waiting (FlCablePage *self, gboolean waiting);
/* Whether there is Bluetooth to go back to. */
void fl_cable_page_set_bluetooth (FlCablePage *self, gboolean has_bluetooth);

G_END_DECLS

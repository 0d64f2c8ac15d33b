/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-computer-wifi.h"
#include "fl-engine.h"
#include "fl-network.h"
#include "fl-page.h"
#include "fl-stage.h"

G_BEGIN_DECLS

/**
 * FlNetworkPage:
 *
 * "Choose a Wi-Fi Network": what the device sees, as it comes in; before that, what is being waited
 * for. The order stands still while pointer or focus is in the list. A device that lists no
 * networks gets those that this computer sees, or a name that is typed.
 *
 * Signals: "chosen" (FlNetwork *); "other-network"; "search-again".
 */
#define FL_TYPE_NETWORK_PAGE (fl_network_page_get_type ())
G_DECLARE_FINAL_TYPE (FlNetworkPage, fl_network_page, FL, NETWORK_PAGE, FlPage)

FlPage *fl_network_page_new (FlClock *clock);
/* This computer's own, once, at any time. It runs while it is needed. */
void fl_network_page_set_wifi (FlNetworkPage *self, FlComputerWifi *wifi);
/* @networks (nullable): of FlNetwork. @capabilities: what the device can; says what is greyed. */
void fl_network_page_set_networks (FlNetworkPage *self,
                                   GListModel *networks,
                                   FlCapabilities capabilities);
/* Where the journey is, and whether the device searches at the moment. */
void fl_network_page_set_stage (FlNetworkPage *self, FlStage stage, gboolean scanning);
guint fl_network_page_get_n_networks (FlNetworkPage *self);

G_END_DECLS

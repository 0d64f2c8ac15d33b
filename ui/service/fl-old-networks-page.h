/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-credentials.h"
#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlOldNetworksPage:
 *
 * After a new network is proven: which of the old ones go. None does by itself.
 *
 * Signals: "chosen" (GPtrArray of GBytes: names to remove); "cancelled": all stay.
 */
#define FL_TYPE_OLD_NETWORKS_PAGE (fl_old_networks_page_get_type ())
G_DECLARE_FINAL_TYPE (FlOldNetworksPage, fl_old_networks_page, FL, OLD_NETWORKS_PAGE, FlPage)

FlPage *fl_old_networks_page_new (void);
/* @known: of FlNetwork; all but @proven are offered. Returns how many that are. */
guint
fl_old_networks_page_set_known (FlOldNetworksPage *self, GListModel *known, FlCredentials *proven);

G_END_DECLS

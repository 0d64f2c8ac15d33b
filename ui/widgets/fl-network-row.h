/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-network-item.h"

G_BEGIN_DECLS

/**
 * FlNetworkRow:
 *
 * One network in a list. Properties: "item" (FlNetworkItem, nullable), "words" (what a screen
 * reader says).
 */
#define FL_TYPE_NETWORK_ROW (fl_network_row_get_type ())
G_DECLARE_FINAL_TYPE (FlNetworkRow, fl_network_row, FL, NETWORK_ROW, AdwBin)

G_END_DECLS

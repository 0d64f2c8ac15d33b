/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-engine.h"
#include "fl-network.h"

G_BEGIN_DECLS

/**
 * FlNetworkItem:
 *
 * A network together with what keeps this device from using it. Immutable.
 */
#define FL_TYPE_NETWORK_ITEM (fl_network_item_get_type ())
G_DECLARE_FINAL_TYPE (FlNetworkItem, fl_network_item, FL, NETWORK_ITEM, GObject)

FlNetworkItem *fl_network_item_new (FlNetwork *network, FlCapabilities capabilities);
FlNetwork *fl_network_item_get_network (FlNetworkItem *self);    /* borrowed */
const GError *fl_network_item_get_problem (FlNetworkItem *self); /* (nullable): usable */
const char *fl_network_item_get_reason (FlNetworkItem *self);    /* (nullable) one sentence */
char *fl_network_item_dup_words (FlNetworkItem *self);           /* for a screen reader */

/* Usable ones first, then the strongest, then by name: GCompareDataFunc. */
int fl_network_item_compare (gconstpointer a, gconstpointer b, gpointer unused);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez.h"
#include "fl-sim-attributes.h"

G_BEGIN_DECLS

/**
 * FlSimOffer:
 *
 * What BlueZ has of a simulated device on one adapter: its services at org.bluez.GattManager1, its
 * adverts at org.bluez.LEAdvertisingManager1. It goes with the adapter.
 */
typedef struct _FlSimOffer FlSimOffer;

/* A step of fl_sim_offer_arrange() is done. @error: (nullable) as it came from BlueZ. The offer may
 * be freed. */
typedef void (*FlSimOfferFunc) (const GError *error, gpointer data);

/* @adapter: path. */
FlSimOffer *fl_sim_offer_new (FlBluez *bluez,
                              GDBusConnection *bus,
                              const char *adapter,
                              const FlSimAttributesFuncs *funcs,
                              FlSimOfferFunc done,
                              gpointer data);
/* Only on this side; for BlueZ see fl_sim_offer_withdraw(). */
void fl_sim_offer_free (FlSimOffer *self);

/* One step towards these services and this advert (fl_sim_broadcast_read(); NULL: none), unless one
 * is under way. Services that @is_used stay as they are. Returns whether nothing is left to do. */
gboolean fl_sim_offer_arrange (FlSimOffer *self,
                               const FlSimService *services,
                               guint n_services,
                               gboolean is_used,
                               GVariant *advert);
gboolean fl_sim_offer_has_advert (FlSimOffer *self); /* is on the air, or about to be */
gboolean fl_sim_offer_is_on_air (FlSimOffer *self);
void fl_sim_offer_notify (FlSimOffer *self, FlSimRole role, GBytes *value);
/* Nobody waits for it. */
void fl_sim_offer_withdraw (FlSimOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimOffer, fl_sim_offer_free)

G_END_DECLS

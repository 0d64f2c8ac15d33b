/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device-private.h"

G_BEGIN_DECLS

/* The list of stored networks, which is kept through resets. */

FlSimKnown *
fl_sim_known_new (GBytes *ssid, FlSecurity security, FlSecret *password, gboolean hidden);
FlSimKnown *fl_sim_known_copy (const FlSimKnown *known);
void fl_sim_known_free (FlSimKnown *known);

/* Same name: replaced in its place. List full: the last one is replaced. (transfer full) @known */
void fl_sim_known_store (GPtrArray *list, FlSimKnown *known, guint max_known);
/* A network that connects is the first to try from then on. */
void fl_sim_known_move_to_front (GPtrArray *list, GBytes *ssid);
void fl_sim_known_remove (GPtrArray *list, GBytes *ssid);
FlSimKnown *fl_sim_known_find (GPtrArray *list, GBytes *ssid); /* (nullable), borrowed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimKnown, fl_sim_known_free)

G_END_DECLS

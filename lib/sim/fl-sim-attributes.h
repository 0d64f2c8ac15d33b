/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-sim-gatt.h"

G_BEGIN_DECLS

/* What a central asks of the attributes. @central: the path of its org.bluez.Device1; @mtu: ATT_MTU
 * of its link. */
typedef struct
{
  /* NULL: refused. (transfer full) */
  GBytes *(*read) (FlSimRole role, const char *central, guint mtu, gpointer data);
  /* FALSE: refused. */
  gboolean (*write) (FlSimRole role, const char *central, guint mtu, GBytes *value, gpointer data);
  /* BlueZ does not tell which central it is. */
  void (*subscribe) (FlSimRole role, gboolean on, gpointer data);
} FlSimAttributesFuncs;

/**
 * FlSimAttributes:
 *
 * The GATT services of a simulated device, as objects for BlueZ (org.bluez.GattService1,
 * GattCharacteristic1; BlueZ doc/gatt-api.txt).
 */
typedef struct _FlSimAttributes FlSimAttributes;

/* @root: path of their object manager. NULL: it is taken. */
FlSimAttributes *fl_sim_attributes_new (GDBusConnection *bus,
                                        const char *root,
                                        const FlSimService *services,
                                        guint n_services,
                                        const FlSimAttributesFuncs *funcs,
                                        gpointer data,
                                        GError **error);
/* They are no objects any more. */
void fl_sim_attributes_free (FlSimAttributes *self);
/* Whether they are these. */
gboolean fl_sim_attributes_are (FlSimAttributes *self, const FlSimService *services, guint n);
/* To whoever subscribed; a characteristic that is not there notifies nobody. */
void fl_sim_attributes_notify (FlSimAttributes *self, FlSimRole role, GBytes *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimAttributes, fl_sim_attributes_free)

G_END_DECLS

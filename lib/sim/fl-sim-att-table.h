/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-gatt.h"

G_BEGIN_DECLS

/* What an attribute's value is. */
typedef enum
{
  FL_SIM_ATTRIBUTE_FIXED, /* of the table */
  FL_SIM_ATTRIBUTE_CHARACTERISTIC,
  FL_SIM_ATTRIBUTE_CCCD, /* two bytes, of each connection */
} FlSimAttributeKind;

/**
 * FlSimAttribute:
 *
 * One entry of a device's attribute table, Core Specification 5.3, volume 3, part F, 3.2.
 */
typedef struct
{
  guint8 type[16];
  gsize type_size; /* 2 or 16 */
  FlSimAttributeKind kind;
  guint properties; /* FlSimGattProperty of the characteristic, or what a fixed value allows */
  FlSimRole role;   /* of the characteristic */
  guint16 end;      /* of a service: its last handle; otherwise its own handle */
  guint8 value[32]; /* of a fixed one; the initial one of a CCCD */
  gsize value_size;
} FlSimAttribute;

/* As a GATT server's indications; no service of the device itself has them. */
#define FL_SIM_GATT_INDICATE 0x20

/* What a central finds on the device at this moment: the services that every server has, with its
 * name, and those of fl_sim_gatt_list(). The first one's handle is 1. (transfer full) of
 * FlSimAttribute */
GArray *fl_sim_att_table_new (FlSimDevice *device);
/* (nullable), borrowed */
FlSimAttribute *fl_sim_att_table_find (GArray *table, guint16 handle);
/* @type: 2 or 16 bytes; a 16-bit UUID is the same as its long form. */
gboolean fl_sim_attribute_is_of (const FlSimAttribute *self, const guint8 *type, gsize type_size);
gboolean fl_sim_attribute_is_16_bit (const FlSimAttribute *self, guint16 type);

G_END_DECLS

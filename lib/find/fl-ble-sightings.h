/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h> /* GListModel only */

#include "fl-advert.h"
#include "fl-product.h"

G_BEGIN_DECLS

/**
 * FlBleSightings:
 *
 * The devices that were heard over Bluetooth: one FlRoad for each address, however many adapters
 * hear it. It costs the same for each advertisement however many devices there are.
 */
typedef struct _FlBleSightings FlBleSightings;

/* One advertisement as one adapter heard it. Strings are borrowed. */
typedef struct
{
  const char *path;    /* of the device's object on that adapter */
  const char *adapter; /* path of the adapter */
  const char *address;
  FlAdvert advert;
  int signal_dbm; /* 0 unknown */
} FlBleHeard;

/* How an adapter stands when sightings grow old. */
typedef enum
{
  FL_BLE_EAR_GONE,   /* off or unplugged: what it heard is out of reach */
  FL_BLE_EAR_CLOSED, /* not listening at the moment: silence says nothing */
  FL_BLE_EAR_OPEN,
  FL_BLE_EAR_LINKED, /* connected to the device, which is silent then */
} FlBleEar;
/* @since_us: (out) with FL_BLE_EAR_OPEN: since when without a break */
typedef FlBleEar (*FlBleEarFunc) (const char *adapter,
                                  const char *path,
                                  gint64 *since_us,
                                  gpointer data);

FlBleSightings *fl_ble_sightings_new (void);
void fl_ble_sightings_free (FlBleSightings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlBleSightings, fl_ble_sightings_free)

void fl_ble_sightings_add_product (FlBleSightings *self, FlProduct *product);
GListModel *fl_ble_sightings_get_roads (FlBleSightings *self); /* borrowed, of FlRoad */
/* FALSE: not a device of any product. */
gboolean fl_ble_sightings_hear (FlBleSightings *self, const FlBleHeard *heard, gint64 now_us);
/* The object is gone; unless heard by another adapter too, the device is out of reach. */
void fl_ble_sightings_forget (FlBleSightings *self, const char *path);
/* Makes unreachable what was silent for 10 s in which an adapter listened, and drops what was
 * unreachable for a minute. */
void fl_ble_sightings_age (FlBleSightings *self, gint64 now_us, FlBleEarFunc ear, gpointer data);
/* How to reach @road: the adapter that hears it best, and its product; both borrowed. FALSE: never
 * heard. */
gboolean fl_ble_sightings_lookup (FlBleSightings *self,
                                  FlRoad *road,
                                  const char **adapter,
                                  FlProduct **product);

G_END_DECLS

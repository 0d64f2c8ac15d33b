/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-ble-sightings"
#include "config.h"

#include "fl-ble-sightings.h"

#include <string.h>

/* Devices advertise every 20 ms (particle-iot/device-os, ble_control_request_channel.cpp sets the
 * fastest interval), or every second one while the application advertises too. */
#define LOST_US (10 * G_USEC_PER_SEC)
#define DROP_US (60 * G_USEC_PER_SEC)
/* Addresses are whatever somebody sends: bounded. More than fit into one room. */
#define MAX_SIGHTINGS 2000

typedef struct
{
  FlRoad *road;
  FlProduct *product;
  GPtrArray *spots;    /* of Spot, not owned */
  const char *adapter; /* interned: the last one that heard it best */
  gint64 lost_us;      /* since when unreachable; 0 reachable */
} Sighting;

/* What one adapter knows. */
typedef struct
{
  Sighting *sighting;
  char *path;
  const char *adapter; /* interned: there are few */
  int signal_dbm;
  gint64 heard_us;
} Spot;

struct _FlBleSightings
{
  GPtrArray *products;
  GListStore *roads;
  GHashTable *sightings; /* address → Sighting, owned */
  GHashTable *spots;     /* path → Spot, owned */
};

static void
sighting_free (gpointer data)
{
  Sighting *sighting = data;

  g_object_unref (sighting->road);
  g_object_unref (sighting->product);
  g_ptr_array_unref (sighting->spots);
  g_free (sighting);
}

static void
spot_free (gpointer data)
{
  Spot *spot = data;

  g_ptr_array_remove_fast (spot->sighting->spots, spot);
  g_free (spot->path);
  g_free (spot);
}

/* A name too long for the advertisement cuts the manufacturer data; its end still is the code
 * (particle-iot/device-os, hal/src/rtl872x/deviceid_hal.cpp: "SERIES-CODE"). */
static void
take_code_from_name (FlRoad *road)
{
  const char *name = fl_road_get_name (road);
  const char *hyphen = name == NULL ? NULL : strrchr (name, '-');

  if (fl_road_get_setup_code (road) != NULL || hyphen == NULL ||
      strlen (hyphen + 1) != FL_ADVERT_CODE_SIZE)
    return;
  for (const char *p = hyphen + 1; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return;
  fl_road_set_setup_code (road, hyphen + 1);
}

static FlProduct *
find_product (FlBleSightings *self, const FlAdvert *advert, FlRoad *road)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      FlProduct *product = g_ptr_array_index (self->products, i);

      if (fl_advert_has_service (advert, fl_product_get_gatt (product)->service) &&
          fl_product_accepts_road (product, road, advert->company_id, NULL))
        return product;
    }
  return NULL;
}

static Sighting *
add_sighting (FlBleSightings *self, const FlBleHeard *heard)
{
  g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_BLUETOOTH, heard->address);
  FlProduct *product;
  Sighting *sighting;

  fl_advert_apply (&heard->advert, road);
  take_code_from_name (road);
  product = find_product (self, &heard->advert, road);
  if (product == NULL || g_hash_table_size (self->sightings) >= MAX_SIGHTINGS)
    return NULL;

  sighting = g_new0 (Sighting, 1);
  sighting->road = g_object_ref (road);
  sighting->product = g_object_ref (product);
  sighting->spots = g_ptr_array_new ();
  g_hash_table_insert (self->sightings, g_strdup (heard->address), sighting);
  return sighting;
}

static Spot *
add_spot (FlBleSightings *self, Sighting *sighting, const FlBleHeard *heard)
{
  Spot *spot = g_new0 (Spot, 1);

  spot->sighting = sighting;
  spot->path = g_strdup (heard->path);
  spot->adapter = g_intern_string (heard->adapter);
  g_ptr_array_add (sighting->spots, spot);
  g_hash_table_insert (self->spots, spot->path, spot);
  return spot;
}

static void
update_signal (Sighting *sighting, gint64 now_us)
{
  Spot *best = NULL;

  for (guint i = 0; i < sighting->spots->len; i++)
    {
      Spot *spot = g_ptr_array_index (sighting->spots, i);

      if (now_us - spot->heard_us <= LOST_US &&
          (best == NULL || spot->signal_dbm > best->signal_dbm))
        best = spot;
    }
  if (best == NULL)
    return;
  sighting->adapter = best->adapter;
  fl_road_set_signal_dbm (sighting->road, best->signal_dbm);
}

static void
set_reachable (Sighting *sighting, gboolean reachable, gint64 now_us)
{
  if (reachable)
    sighting->lost_us = 0;
  else if (sighting->lost_us == 0)
    sighting->lost_us = now_us;
  fl_road_set_reachable (sighting->road, reachable);
}

FlBleSightings *
fl_ble_sightings_new (void)
{
  FlBleSightings *self = g_new0 (FlBleSightings, 1);

  self->products = g_ptr_array_new_with_free_func (g_object_unref);
  self->roads = g_list_store_new (FL_TYPE_ROAD);
  self->sightings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sighting_free);
  self->spots = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, spot_free);
  return self;
}

void
fl_ble_sightings_free (FlBleSightings *self)
{
  g_hash_table_unref (self->spots);
  g_hash_table_unref (self->sightings);
  g_object_unref (self->roads);
  g_ptr_array_unref (self->products);
  g_free (self);
}

void
fl_ble_sightings_add_product (FlBleSightings *self, FlProduct *product)
{
  g_ptr_array_add (self->products, g_object_ref (product));
}

GListModel *
fl_ble_sightings_get_roads (FlBleSightings *self)
{
  return G_LIST_MODEL (self->roads);
}

gboolean
fl_ble_sightings_hear (FlBleSightings *self, const FlBleHeard *heard, gint64 now_us)
{
  Spot *spot = g_hash_table_lookup (self->spots, heard->path);
  Sighting *sighting =
      spot != NULL ? spot->sighting : g_hash_table_lookup (self->sightings, heard->address);
  gboolean is_new = sighting == NULL;

  if (is_new)
    sighting = add_sighting (self, heard);
  if (sighting == NULL)
    return FALSE;
  if (spot == NULL)
    spot = add_spot (self, sighting, heard);

  spot->heard_us = now_us;
  if (heard->signal_dbm != 0)
    spot->signal_dbm = heard->signal_dbm;
  if (!is_new)
    fl_advert_apply (&heard->advert, sighting->road);
  fl_road_set_last_seen_us (sighting->road, now_us);
  update_signal (sighting, now_us);
  set_reachable (sighting, TRUE, now_us);
  if (is_new)
    g_list_store_append (self->roads, sighting->road);
  return TRUE;
}

void
fl_ble_sightings_forget (FlBleSightings *self, const char *path)
{
  Spot *spot = g_hash_table_lookup (self->spots, path);
  Sighting *sighting = spot == NULL ? NULL : spot->sighting;

  if (spot == NULL)
    return;
  g_hash_table_remove (self->spots, path);
  if (sighting->spots->len == 0)
    set_reachable (sighting, FALSE, fl_road_get_last_seen_us (sighting->road));
}

static gboolean
is_in_reach (Spot *spot, gint64 now_us, FlBleEarFunc ear, gpointer data)
{
  gint64 since_us = 0;

  switch (ear (spot->adapter, spot->path, &since_us, data))
    {
    case FL_BLE_EAR_GONE:
      return FALSE;
    case FL_BLE_EAR_LINKED:
      spot->heard_us = now_us;
      return TRUE;
    case FL_BLE_EAR_CLOSED:
      return fl_road_get_reachable (spot->sighting->road);
    case FL_BLE_EAR_OPEN:
      return now_us - MAX (spot->heard_us, since_us) <= LOST_US;
    }
  return FALSE;
}

static void
drop (FlBleSightings *self, Sighting *sighting)
{
  guint position;

  while (sighting->spots->len > 0)
    g_hash_table_remove (self->spots, ((Spot *) g_ptr_array_index (sighting->spots, 0))->path);
  if (g_list_store_find (self->roads, sighting->road, &position))
    g_list_store_remove (self->roads, position);
}

void
fl_ble_sightings_age (FlBleSightings *self, gint64 now_us, FlBleEarFunc ear, gpointer data)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sightings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Sighting *sighting = value;
      gboolean reachable = FALSE;

      for (guint i = 0; i < sighting->spots->len; i++)
        reachable |= is_in_reach (g_ptr_array_index (sighting->spots, i), now_us, ear, data);
      update_signal (sighting, now_us);
      set_reachable (sighting, reachable, now_us);
      if (!reachable && now_us - sighting->lost_us > DROP_US)
        {
          drop (self, sighting);
          g_hash_table_iter_remove (&iter);
        }
    }
}

gboolean
fl_ble_sightings_lookup (FlBleSightings *self,
                         FlRoad *road,
                         const char **adapter,
                         FlProduct **product)
{
  Sighting *sighting = g_hash_table_lookup (self->sightings, fl_road_get_address (road));

  if (sighting == NULL || fl_road_get_kind (road) != FL_ROAD_BLUETOOTH)
    return FALSE;
  *adapter = sighting->adapter;
  *product = sighting->product;
  return TRUE;
}

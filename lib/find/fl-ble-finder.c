/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-ble-finder"
#include "config.h"

#include "fl-ble-finder.h"

#include "fl-ble-orphans.h"
#include "fl-ble-sightings.h"
#include "fl-bluez-link.h"
#include "fl-bluez-radio.h"

#define AGE_MS 2000
/* After its start bluetoothd lists its adapters one by one. */
#define ADAPTER_GRACE_MS 1000
/* Bluetooth Assigned Numbers, 3.4.1 (0x1800) */
#define GENERIC_ACCESS  "00001800-0000-1000-8000-00805f9b34fb"
#define UNVEIL_AGAIN_US (30 * G_USEC_PER_SEC)
#define MAX_UNVEILED    256 /* addresses are whatever somebody sends */

struct _FlBleFinder
{
  GObject parent_instance;

  FlBluez *bluez;
  FlClock *clock;
  FlBleSightings *sightings;
  FlBleOrphans *orphans;
  GHashTable *unveiled;   /* device path → gint64 *, when its object was last removed for that */
  GPtrArray *company_ids; /* of the products, as GINT_TO_POINTER */
  gboolean started;
  GError *problem; /* (nullable) */
  guint age_id, grace_id;
  gulong handlers[6]; /* on the FlBluez, while started */
};

static void fl_ble_finder_iface_init (FlFinderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlBleFinder,
                               fl_ble_finder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_FINDER, fl_ble_finder_iface_init))

typedef enum
{
  PROP_PROBLEM = 1,
  PROP_KIND
} FlBleFinderProperty;

static void
take_problem (FlBleFinder *self, GError *problem)
{
  gboolean same = problem == NULL ? self->problem == NULL
                                  : g_error_matches (self->problem, problem->domain, problem->code);

  g_clear_error (&self->problem);
  self->problem = problem;
  if (!same)
    g_object_notify (G_OBJECT (self), "problem");
}

/* The lower, the nearer to working. */
static int
rank_problem (const GError *problem)
{
  if (g_error_matches (problem, FL_ERROR, FL_ERROR_BLUETOOTH_BLOCKED))
    return 2;
  return g_error_matches (problem, FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
}

/* One adapter that works is enough. */
static GError *
find_radio_problem (FlBleFinder *self)
{
  GPtrArray *radios = fl_bluez_get_radios (self->bluez);
  const GError *nearest = NULL;

  for (guint i = 0; i < radios->len; i++)
    {
      const GError *problem = fl_bluez_radio_get_problem (g_ptr_array_index (radios, i));

      if (problem == NULL)
        return NULL;
      if (nearest == NULL || rank_problem (problem) < rank_problem (nearest))
        nearest = problem;
    }
  return nearest == NULL ? NULL : g_error_copy (nearest);
}

static void update_problem (FlBleFinder *self);

static void
on_grace_over (gpointer data)
{
  FlBleFinder *self = FL_BLE_FINDER (data);

  self->grace_id = 0;
  if (fl_bluez_get_state (self->bluez) != FL_BLUEZ_READY ||
      fl_bluez_get_radios (self->bluez)->len > 0)
    update_problem (self);
  else if (fl_bluez_is_blocked (self->bluez, NULL)) /* some switches take the adapter off its bus */
    take_problem (self, g_error_new_literal (FL_ERROR, FL_ERROR_BLUETOOTH_BLOCKED,
                                             "No adapter, and a Bluetooth switch is off"));
  else
    take_problem (self, g_error_new_literal (FL_ERROR, FL_ERROR_NO_BLUETOOTH, "No adapter"));
}

static void
update_problem (FlBleFinder *self)
{
  if (!self->started)
    {
      take_problem (self, NULL);
      return;
    }

  switch (fl_bluez_get_state (self->bluez))
    {
    case FL_BLUEZ_STARTING: /* what it was may still hold */
      break;
    case FL_BLUEZ_GONE:
      take_problem (self, g_error_copy (fl_bluez_get_error (self->bluez)));
      break;
    case FL_BLUEZ_READY:
      if (fl_bluez_get_radios (self->bluez)->len > 0)
        take_problem (self, find_radio_problem (self));
      else if (self->grace_id == 0)
        self->grace_id = fl_clock_add_ms (self->clock, ADAPTER_GRACE_MS, on_grace_over, self);
      break;
    }
}

static void
read_services (FlBleFinder *self, const char *path, FlAdvert *advert)
{
  g_autoptr (GVariant) value =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "UUIDs", G_VARIANT_TYPE_STRING_ARRAY);
  const char *const *wanted = fl_bluez_get_services (self->bluez);
  g_autofree const char **uuids = value == NULL ? NULL : g_variant_get_strv (value, NULL);

  for (gsize i = 0; uuids != NULL && uuids[i] != NULL; i++)
    if (advert->n_services < G_N_ELEMENTS (advert->services) && g_strv_contains (wanted, uuids[i]))
      g_strlcpy (advert->services[advert->n_services++], uuids[i], FL_UUID_TEXT_SIZE);
}

static gboolean
is_known_company (FlBleFinder *self, int company_id)
{
  return company_id >= 0 &&
         g_ptr_array_find (self->company_ids, GINT_TO_POINTER (company_id), NULL);
}

/* Of several companies' data the one that a product knows. */
static void
read_manufacturer (FlBleFinder *self, const char *path, FlAdvert *advert)
{
  g_autoptr (GVariant) value = fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "ManufacturerData",
                                             G_VARIANT_TYPE ("a{qv}"));
  GVariantIter iter;
  guint16 company;
  GVariant *data;

  if (value == NULL)
    return;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{qv}", &company, &data))
    {
      if ((is_known_company (self, company) || advert->company_id < 0) &&
          g_variant_is_of_type (data, G_VARIANT_TYPE_BYTESTRING))
        {
          advert->company_id = company;
          fl_advert_parse_manufacturer (g_variant_get_data (data), g_variant_get_size (data),
                                        &advert->platform_id, advert->code);
        }
      g_variant_unref (data);
    }
}

/* BlueZ makes names valid UTF-8, but longer ones than fit an advertisement come from elsewhere. */
static void
read_name (GVariant *name, FlAdvert *advert)
{
  const char *end;

  g_strlcpy (advert->name, g_variant_get_string (name, NULL), sizeof advert->name);
  g_utf8_validate (advert->name, -1, &end);
  advert->name[end - advert->name] = '\0';
}

static gboolean
was_unveiled (FlBleFinder *self, const char *path)
{
  const gint64 *at_us = g_hash_table_lookup (self->unveiled, path);
  gint64 now_us = fl_clock_now_us (self->clock);

  if (at_us != NULL && now_us - *at_us < UNVEIL_AGAIN_US)
    return TRUE;
  if (g_hash_table_size (self->unveiled) >= MAX_UNVEILED)
    g_hash_table_remove_all (self->unveiled);
  g_hash_table_replace (self->unveiled, g_strdup (path), g_memdup2 (&now_us, sizeof now_us));
  return FALSE;
}

/* Once any program has connected, BlueZ shows the services that were found then and none that are
 * advertised later (src/device.c, device_add_eir_uuids), so a device that went into set-up mode
 * after that would never be seen. Generic Access, which each device has and none advertises, gives
 * such a list away. Where that connection ended while the services were being listed, the list is
 * empty (device_svc_resolved); but so it is before a scan response came, when a program listens
 * without a filter, so that is looked at once in a while only. */
static gboolean
is_veiled (FlBleFinder *self, const char *path, const FlAdvert *advert)
{
  static const char *const kept[] = { "Connected", "Paired", "Trusted" };
  g_autoptr (GVariant) value =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "UUIDs", G_VARIANT_TYPE_STRING_ARRAY);
  g_autofree const char **uuids = value == NULL ? NULL : g_variant_get_strv (value, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (fl_bluez_get_boolean (self->bluez, path, FL_BLUEZ_DEVICE, kept[i]))
      return FALSE;
  if (advert->n_services > 0 || uuids == NULL || !is_known_company (self, advert->company_id))
    return FALSE;
  return uuids[0] == NULL ? !was_unveiled (self, path) : g_strv_contains (uuids, GENERIC_ACCESS);
}

static void
hear (FlBleFinder *self, const char *path)
{
  g_autoptr (GVariant) address =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "Address", G_VARIANT_TYPE_STRING);
  g_autoptr (GVariant) name =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "Name", G_VARIANT_TYPE_STRING);
  g_autoptr (GVariant) rssi =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "RSSI", G_VARIANT_TYPE_INT16);
  g_autofree char *adapter = g_path_get_dirname (path);
  FlBleHeard heard = { .path = path, .adapter = adapter, .advert = FL_ADVERT_INIT };

  if (address == NULL)
    return;
  heard.address = g_variant_get_string (address, NULL);
  heard.signal_dbm = rssi == NULL ? 0 : g_variant_get_int16 (rssi);
  if (name != NULL)
    read_name (name, &heard.advert);
  read_services (self, path, &heard.advert);
  read_manufacturer (self, path, &heard.advert);
  if (rssi != NULL && is_veiled (self, path, &heard.advert))
    {
      fl_bluez_farewell (self->bluez, path, NULL); /* its next advertisement makes it anew */
      return;
    }
  fl_ble_sightings_hear (self->sightings, &heard, fl_clock_now_us (self->clock));
}

/* An object without RSSI is a memory of BlueZ, not something heard. */
static void
hear_if_fresh (FlBleFinder *self, const char *path)
{
  g_autoptr (GVariant) rssi =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "RSSI", G_VARIANT_TYPE_INT16);

  if (rssi != NULL)
    hear (self, path);
}

static FlBleEar
get_ear (const char *adapter, const char *path, gint64 *since_us, gpointer data)
{
  FlBleFinder *self = FL_BLE_FINDER (data);
  FlBluezRadio *radio = fl_bluez_get_radio (self->bluez, adapter);

  if (radio == NULL || !fl_bluez_radio_get_powered (radio))
    return FL_BLE_EAR_GONE;
  if (fl_bluez_get_boolean (self->bluez, path, FL_BLUEZ_DEVICE, "Connected"))
    return FL_BLE_EAR_LINKED;
  *since_us = fl_bluez_radio_get_listening_since_us (radio);
  return *since_us == 0 ? FL_BLE_EAR_CLOSED : FL_BLE_EAR_OPEN;
}

static void
age (FlBleFinder *self)
{
  fl_ble_sightings_age (self->sightings, fl_clock_now_us (self->clock), get_ear, self);
}

static void
on_age (gpointer data)
{
  FlBleFinder *self = FL_BLE_FINDER (data);

  self->age_id = fl_clock_add_ms (self->clock, AGE_MS, on_age, self);
  fl_ble_orphans_check (self->orphans, fl_clock_now_us (self->clock));
  age (self);
}

static void
on_properties_changed (FlBluez *bluez,
                       const char *path,
                       const char *interface,
                       GVariant *changed,
                       FlBleFinder *self)
{
  if (!g_str_equal (interface, FL_BLUEZ_DEVICE))
    return;
  if (g_variant_lookup (changed, "RSSI", "n", NULL) ||
      g_variant_lookup (changed, "ManufacturerData", "a{qv}", NULL))
    hear (self, path);
  else if (g_variant_lookup (changed, "Connected", "b", NULL))
    age (self);
}

static void
on_interface_added (FlBluez *bluez, const char *path, const char *interface, FlBleFinder *self)
{
  if (g_str_equal (interface, FL_BLUEZ_DEVICE))
    hear_if_fresh (self, path);
}

static void
on_interface_removed (FlBluez *bluez, const char *path, const char *interface, FlBleFinder *self)
{
  /* What we removed ourselves is about to be heard again, if it is still there. */
  if (g_str_equal (interface, FL_BLUEZ_DEVICE) && !fl_bluez_is_leaving (bluez, path))
    fl_ble_sightings_forget (self->sightings, path);
}

static void
on_radio_changed (FlBluezRadio *radio, FlBleFinder *self)
{
  if (!fl_bluez_radio_get_powered (radio))
    age (self);
  update_problem (self);
}

static void
attach_radio (FlBleFinder *self, FlBluezRadio *radio)
{
  g_signal_connect (radio, "changed", G_CALLBACK (on_radio_changed), self);
  fl_bluez_radio_want (radio, 1);
}

static void
on_radio_added (FlBluez *bluez, FlBluezRadio *radio, FlBleFinder *self)
{
  attach_radio (self, radio);
  update_problem (self);
}

static void
on_radio_removed (FlBluez *bluez, FlBluezRadio *radio, FlBleFinder *self)
{
  g_signal_handlers_disconnect_by_data (radio, self);
  age (self);
  update_problem (self);
}

static void
connect_handlers (FlBleFinder *self)
{
  struct
  {
    const char *name;
    GCallback callback;
  } wanted[] = {
    { "properties-changed", G_CALLBACK (on_properties_changed) },
    { "interface-added", G_CALLBACK (on_interface_added) },
    { "interface-removed", G_CALLBACK (on_interface_removed) },
    { "radio-added", G_CALLBACK (on_radio_added) },
    { "radio-removed", G_CALLBACK (on_radio_removed) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    self->handlers[i] = g_signal_connect (self->bluez, wanted[i].name, wanted[i].callback, self);
  self->handlers[G_N_ELEMENTS (wanted)] =
      g_signal_connect_swapped (self->bluez, "state-changed", G_CALLBACK (update_problem), self);
}

static void
fl_ble_finder_start (FlFinder *finder)
{
  FlBleFinder *self = FL_BLE_FINDER (finder);
  GPtrArray *radios = fl_bluez_get_radios (self->bluez);
  g_auto (GStrv) paths = fl_bluez_list (self->bluez, FL_BLUEZ_DEVICE, NULL);

  if (self->started)
    return;

  self->started = TRUE;
  connect_handlers (self);
  for (gsize i = 0; paths[i] != NULL; i++)
    hear_if_fresh (self, paths[i]);
  for (guint i = 0; i < radios->len; i++)
    attach_radio (self, g_ptr_array_index (radios, i));
  self->age_id = fl_clock_add_ms (self->clock, AGE_MS, on_age, self);
  fl_bluez_start (self->bluez);
  update_problem (self);
}

static void
fl_ble_finder_stop (FlFinder *finder)
{
  FlBleFinder *self = FL_BLE_FINDER (finder);
  GPtrArray *radios = fl_bluez_get_radios (self->bluez);

  if (!self->started)
    return;

  self->started = FALSE;
  fl_clock_clear (self->clock, &self->age_id);
  fl_clock_clear (self->clock, &self->grace_id);
  for (gsize i = 0; i < G_N_ELEMENTS (self->handlers); i++)
    g_clear_signal_handler (&self->handlers[i], self->bluez);
  for (guint i = 0; i < radios->len; i++)
    {
      FlBluezRadio *radio = g_ptr_array_index (radios, i);

      g_signal_handlers_disconnect_by_data (radio, self);
      fl_bluez_radio_want (radio, -1);
    }
  update_problem (self);
}

static GListModel *
fl_ble_finder_get_sightings (FlFinder *finder)
{
  return fl_ble_sightings_get_roads (FL_BLE_FINDER (finder)->sightings);
}

/* The adapter that heard it best may be gone: then another one may still reach it. */
static const char *
choose_adapter (FlBleFinder *self, const char *heard_by)
{
  GPtrArray *radios = fl_bluez_get_radios (self->bluez);
  FlBluezRadio *radio = fl_bluez_get_radio (self->bluez, heard_by);

  if (radio != NULL && fl_bluez_radio_get_powered (radio))
    return heard_by;
  for (guint i = 0; i < radios->len; i++)
    if (fl_bluez_radio_get_powered (g_ptr_array_index (radios, i)))
      return fl_bluez_radio_get_path (g_ptr_array_index (radios, i));
  return heard_by;
}

static FlLink *
fl_ble_finder_create_link (FlFinder *finder, FlRoad *road)
{
  FlBleFinder *self = FL_BLE_FINDER (finder);
  const char *adapter;
  FlProduct *product;

  if (!fl_ble_sightings_lookup (self->sightings, road, &adapter, &product))
    return NULL;
  return FL_LINK (fl_bluez_link_new (self->bluez, choose_adapter (self, adapter),
                                     fl_road_get_address (road), fl_product_get_gatt (product)));
}

static void
for_each_radio (FlBleFinder *self, gboolean powered, void (*func) (FlBluezRadio *radio))
{
  GPtrArray *radios = fl_bluez_get_radios (self->bluez);

  for (guint i = 0; i < radios->len; i++)
    if (fl_bluez_radio_get_powered (g_ptr_array_index (radios, i)) == powered)
      func (g_ptr_array_index (radios, i));
}

static void
fl_ble_finder_repair (FlFinder *finder, FlErrorAction action)
{
  FlBleFinder *self = FL_BLE_FINDER (finder);

  if (action == FL_ACTION_TURN_ON_BLUETOOTH)
    for_each_radio (self, FALSE, fl_bluez_radio_turn_on);
  else if (action == FL_ACTION_RESTART_BLUETOOTH)
    for_each_radio (self, TRUE, fl_bluez_radio_restart);
  else if (action == FL_ACTION_TRY_AGAIN || action == FL_ACTION_SEARCH_AGAIN)
    {
      fl_bluez_retry (self->bluez);
      for_each_radio (self, TRUE, fl_bluez_radio_retry);
    }
}

static FlRoadKind
fl_ble_finder_get_kind (FlFinder *finder)
{
  return FL_ROAD_BLUETOOTH;
}

static const GError *
fl_ble_finder_get_problem (FlFinder *finder)
{
  return FL_BLE_FINDER (finder)->problem;
}

static void
fl_ble_finder_iface_init (FlFinderInterface *iface)
{
  iface->start = fl_ble_finder_start;
  iface->stop = fl_ble_finder_stop;
  iface->get_sightings = fl_ble_finder_get_sightings;
  iface->create_link = fl_ble_finder_create_link;
  iface->repair = fl_ble_finder_repair;
  iface->get_kind = fl_ble_finder_get_kind;
  iface->get_problem = fl_ble_finder_get_problem;
}

static void
fl_ble_finder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlBleFinderProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, FL_BLE_FINDER (object)->problem);
      break;
    case PROP_KIND:
      g_value_set_enum (value, FL_ROAD_BLUETOOTH);
      break;
    }
}

static void
fl_ble_finder_dispose (GObject *object)
{
  FlBleFinder *self = FL_BLE_FINDER (object);

  if (self->bluez != NULL)
    fl_ble_finder_stop (FL_FINDER (self));
  g_clear_pointer (&self->orphans, fl_ble_orphans_free);
  g_clear_object (&self->bluez);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_ble_finder_parent_class)->dispose (object);
}

static void
fl_ble_finder_finalize (GObject *object)
{
  FlBleFinder *self = FL_BLE_FINDER (object);

  g_clear_error (&self->problem);
  fl_ble_sightings_free (self->sightings);
  g_hash_table_unref (self->unveiled);
  g_ptr_array_unref (self->company_ids);
  G_OBJECT_CLASS (fl_ble_finder_parent_class)->finalize (object);
}

static void
fl_ble_finder_class_init (FlBleFinderClass *class)
{
  G_OBJECT_CLASS (class)->get_property = fl_ble_finder_get_property;
  G_OBJECT_CLASS (class)->dispose = fl_ble_finder_dispose;
  G_OBJECT_CLASS (class)->finalize = fl_ble_finder_finalize;
  g_object_class_override_property (G_OBJECT_CLASS (class), PROP_PROBLEM, "problem");
  g_object_class_override_property (G_OBJECT_CLASS (class), PROP_KIND, "kind");
}

static void
fl_ble_finder_init (FlBleFinder *self)
{
  self->sightings = fl_ble_sightings_new ();
  self->company_ids = g_ptr_array_new ();
  self->unveiled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

FlBleFinder *
fl_ble_finder_new (FlBluez *bluez, FlClock *clock, FlProduct *product)
{
  FlBleFinder *self = g_object_new (FL_TYPE_BLE_FINDER, NULL);

  self->bluez = g_object_ref (bluez);
  self->clock = g_object_ref (clock);
  self->orphans = fl_ble_orphans_new (bluez);
  fl_ble_finder_add_product (self, product);
  return self;
}

void
fl_ble_finder_add_product (FlBleFinder *self, FlProduct *product)
{
  g_return_if_fail (FL_IS_BLE_FINDER (self));

  fl_ble_sightings_add_product (self->sightings, product);
  fl_bluez_add_service (self->bluez, fl_product_get_gatt (product)->service);
  g_ptr_array_add (self->company_ids, GINT_TO_POINTER (fl_product_get_company_id (product)));
}

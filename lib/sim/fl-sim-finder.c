/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-finder"
#include "config.h"

#include "fl-sim-finder.h"

#include "fl-advert.h"
#include "fl-sim-air.h"
#include "fl-sim-device-private.h"
#include "fl-sim-link.h"
#include "fl-sim-world-private.h"

#define SLOT_US      G_GINT64_CONSTANT (20000)    /* adverts of one slot arrive together */
#define FORGOTTEN_US G_GINT64_CONSTANT (10000000) /* not heard for so long: unreachable */
#define JITTER_DBM   3

typedef struct
{
  FlSimDevice *device;
  FlRoad *road; /* (nullable) owned; not heard yet */
  gint64 next_us;
} Station;

struct _FlSimFinder
{
  GObject parent_instance;

  FlSimWorld *world;
  FlClock *clock;
  FlProduct *product;
  GListStore *sightings;
  GHashTable *by_road; /* FlRoad → Station */
  Station *stations;
  GSequence *queue; /* of Station, by next_us */
  guint timer_id;
  gboolean running;
  GError *problem;
};

static void fl_sim_finder_iface_init (FlFinderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimFinder,
                               fl_sim_finder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_FINDER, fl_sim_finder_iface_init))

typedef enum
{
  PROP_PROBLEM = 1,
  PROP_KIND,
} FlSimFinderProperty;

static int
compare_stations (gconstpointer a, gconstpointer b, gpointer data)
{
  const Station *left = a, *right = b;

  return (left->next_us > right->next_us) - (left->next_us < right->next_us);
}

/* Puts it into the queue for a slot that is @delay_us away. */
static void
schedule (FlSimFinder *self, Station *station, gint64 now_us, gint64 delay_us)
{
  station->next_us = ((now_us + delay_us) / SLOT_US + 1) * SLOT_US;
  g_sequence_insert_sorted (self->queue, station, compare_stations, NULL);
}

static gint64
get_pause (FlSimFinder *self)
{
  GRand *random = fl_sim_world_get_rand (self->world);
  double mean_us = (double) fl_sim_world_get_scenario (self->world)->advert_us;

  return (gint64) (mean_us * g_rand_double_range (random, 0.5, 1.5));
}

static gboolean
is_lost (FlSimFinder *self, Station *station)
{
  const FlSimFault *fault = fl_sim_device_get_fault (station->device, FL_SIM_FAULT_ADVERT_LOSS);
  int loss =
      fault != NULL ? (int) fault->value : fl_sim_world_get_scenario (self->world)->advert_loss;

  return g_rand_int_range (fl_sim_world_get_rand (self->world), 0, 100) < loss;
}

static void
add_road (FlSimFinder *self, Station *station, FlRoad *road)
{
  station->road = g_object_ref (road);
  g_hash_table_insert (self->by_road, road, station);
  g_list_store_append (self->sightings, road);
}

static void
hear (FlSimFinder *self, Station *station, const FlAdvert *advert, gint64 now_us)
{
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (station->device);
  g_autoptr (FlRoad) road = station->road != NULL ? g_object_ref (station->road)
                                                  : fl_road_new (FL_ROAD_BLUETOOTH, spec->address);
  int jitter = g_rand_int_range (fl_sim_world_get_rand (self->world), -JITTER_DBM, JITTER_DBM + 1);

  fl_advert_apply (advert, road);
  if (!fl_product_accepts_road (self->product, road, advert->company_id, NULL))
    return;
  fl_road_set_signal_dbm (road, spec->rssi_dbm + jitter);
  fl_road_set_last_seen_us (road, now_us);
  fl_road_set_reachable (road, TRUE);
  if (station->road == NULL)
    add_road (self, station, road);
}

static void
listen_to (FlSimFinder *self, Station *station, gint64 now_us)
{
  const char *service = fl_product_get_gatt (self->product)->service;
  guint8 data[FL_SIM_AIR_SIZE], response[FL_SIM_AIR_SIZE];
  gsize data_size, response_size;
  FlAdvert advert = FL_ADVERT_INIT;

  fl_sim_device_tick (station->device, now_us);
  if (fl_sim_device_advertise (station->device, data, &data_size, response, &response_size,
                               now_us) &&
      !is_lost (self, station))
    {
      fl_advert_parse (&advert, data, data_size);
      fl_advert_parse (&advert, response, response_size);
      if (fl_advert_has_service (&advert, service))
        hear (self, station, &advert, now_us);
    }
  /* A device that this computer is connected to is silent and yet there. */
  if (station->road != NULL && !station->device->connected &&
      now_us - fl_road_get_last_seen_us (station->road) > FORGOTTEN_US)
    fl_road_set_reachable (station->road, FALSE);
}

static GError *
create_problem (FlSimAdapter adapter)
{
  switch (adapter)
    {
    case FL_SIM_ADAPTER_ON:
      return NULL;
    case FL_SIM_ADAPTER_OFF:
      return g_error_new_literal (FL_ERROR, FL_ERROR_BLUETOOTH_OFF, "The simulated adapter is off");
    case FL_SIM_ADAPTER_REMOVED:
      return g_error_new_literal (FL_ERROR, FL_ERROR_NO_BLUETOOTH,
                                  "The simulated adapter was removed");
    case FL_SIM_ADAPTER_DEAF:
      return g_error_new_literal (FL_ERROR, FL_ERROR_BLUETOOTH_DEAF,
                                  "The simulated adapter hears nothing");
    }
  return NULL;
}

static void
check_adapter (FlSimFinder *self, gint64 now_us)
{
  g_autoptr (GError) problem = create_problem (fl_sim_world_get_adapter (self->world, now_us));

  if ((problem == NULL && self->problem == NULL) ||
      (problem != NULL && self->problem != NULL && problem->code == self->problem->code))
    return;
  g_clear_error (&self->problem);
  self->problem = g_steal_pointer (&problem);
  for (guint i = 0; i < fl_sim_world_get_n_devices (self->world); i++)
    if (self->problem != NULL && self->stations[i].road != NULL)
      fl_road_set_reachable (self->stations[i].road, FALSE);
  g_object_notify (G_OBJECT (self), "problem");
}

static void
on_timer (gpointer data)
{
  g_autoptr (FlSimFinder) self = g_object_ref (FL_SIM_FINDER (data));
  gint64 now_us = fl_clock_now_us (self->clock);
  gint64 next_us;
  GSequenceIter *first;

  self->timer_id = 0;
  check_adapter (self, now_us);
  while (!g_sequence_iter_is_end (first = g_sequence_get_begin_iter (self->queue)))
    {
      Station *station = g_sequence_get (first);

      if (station->next_us > now_us)
        break;
      g_sequence_remove (first);
      if (self->problem == NULL)
        listen_to (self, station, now_us);
      schedule (self, station, now_us, get_pause (self));
    }
  if (!self->running)
    return;

  next_us = fl_sim_world_get_adapter_deadline (self->world, now_us);
  if (!g_sequence_iter_is_end (first))
    next_us = MIN (next_us, ((Station *) g_sequence_get (first))->next_us);
  if (next_us != G_MAXINT64 && self->timer_id == 0)
    self->timer_id = fl_clock_add_at (self->clock, next_us, on_timer, self);
}

static void
fl_sim_finder_start (FlFinder *finder)
{
  FlSimFinder *self = FL_SIM_FINDER (finder);
  gint64 now_us = fl_clock_now_us (self->clock);

  if (self->running)
    return;
  self->running = TRUE;
  fl_sim_world_tick (self->world, now_us);
  for (guint i = 0; i < fl_sim_world_get_n_devices (self->world); i++)
    {
      Station *station = &self->stations[i];
      gint64 delay_us = fl_sim_device_fire_time (station->device, FL_SIM_FAULT_ADVERT_DELAY, 0);

      schedule (self, station, now_us, delay_us + get_pause (self) / 2);
    }
  self->timer_id = fl_clock_add_at (self->clock, now_us, on_timer, self);
}

static void
fl_sim_finder_stop (FlFinder *finder)
{
  FlSimFinder *self = FL_SIM_FINDER (finder);

  self->running = FALSE;
  fl_clock_clear (self->clock, &self->timer_id);
  g_sequence_remove_range (g_sequence_get_begin_iter (self->queue),
                           g_sequence_get_end_iter (self->queue));
}

static GListModel *
fl_sim_finder_get_sightings (FlFinder *finder)
{
  return G_LIST_MODEL (FL_SIM_FINDER (finder)->sightings);
}

static FlLink *
fl_sim_finder_create_link (FlFinder *finder, FlRoad *road)
{
  FlSimFinder *self = FL_SIM_FINDER (finder);
  Station *station = g_hash_table_lookup (self->by_road, road);

  if (station == NULL)
    return NULL;
  return FL_LINK (fl_sim_link_new (station->device, self->clock, self->product));
}

static void
fl_sim_finder_repair (FlFinder *finder, FlErrorAction action)
{
  FlSimFinder *self = FL_SIM_FINDER (finder);

  if (action == FL_ACTION_TURN_ON_BLUETOOTH)
    fl_sim_world_turn_on_adapter (self->world);
  check_adapter (self, fl_clock_now_us (self->clock));
}

static FlRoadKind
fl_sim_finder_get_kind (FlFinder *finder)
{
  return FL_ROAD_BLUETOOTH;
}

static const GError *
fl_sim_finder_get_problem (FlFinder *finder)
{
  return FL_SIM_FINDER (finder)->problem;
}

static void
fl_sim_finder_iface_init (FlFinderInterface *iface)
{
  iface->start = fl_sim_finder_start;
  iface->stop = fl_sim_finder_stop;
  iface->get_sightings = fl_sim_finder_get_sightings;
  iface->create_link = fl_sim_finder_create_link;
  iface->repair = fl_sim_finder_repair;
  iface->get_kind = fl_sim_finder_get_kind;
  iface->get_problem = fl_sim_finder_get_problem;
}

static void
fl_sim_finder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlSimFinderProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, FL_SIM_FINDER (object)->problem);
      break;
    case PROP_KIND:
      g_value_set_enum (value, FL_ROAD_BLUETOOTH);
      break;
    }
}

static void
fl_sim_finder_dispose (GObject *object)
{
  FlSimFinder *self = FL_SIM_FINDER (object);

  if (self->clock != NULL)
    fl_sim_finder_stop (FL_FINDER (self));
  for (guint i = 0; self->stations != NULL && i < fl_sim_world_get_n_devices (self->world); i++)
    g_clear_object (&self->stations[i].road);
  g_clear_pointer (&self->stations, g_free);
  g_clear_object (&self->sightings);
  g_clear_object (&self->product);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  G_OBJECT_CLASS (fl_sim_finder_parent_class)->dispose (object);
}

static void
fl_sim_finder_finalize (GObject *object)
{
  FlSimFinder *self = FL_SIM_FINDER (object);

  g_clear_pointer (&self->queue, g_sequence_free);
  g_clear_pointer (&self->by_road, g_hash_table_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (fl_sim_finder_parent_class)->finalize (object);
}

static void
fl_sim_finder_class_init (FlSimFinderClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_sim_finder_get_property;
  object_class->dispose = fl_sim_finder_dispose;
  object_class->finalize = fl_sim_finder_finalize;
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
  g_object_class_override_property (object_class, PROP_KIND, "kind");
}

static void
fl_sim_finder_init (FlSimFinder *self)
{
  self->sightings = g_list_store_new (FL_TYPE_ROAD);
  self->by_road = g_hash_table_new (NULL, NULL);
  self->queue = g_sequence_new (NULL);
}

FlSimFinder *
fl_sim_finder_new (FlSimWorld *world, FlClock *clock, FlProduct *product)
{
  FlSimFinder *self;

  g_return_val_if_fail (FL_IS_SIM_WORLD (world), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (FL_IS_PRODUCT (product), NULL);

  self = g_object_new (FL_TYPE_SIM_FINDER, NULL);
  self->world = g_object_ref (world);
  self->clock = g_object_ref (clock);
  self->product = g_object_ref (product);
  self->stations = g_new0 (Station, MAX (1, fl_sim_world_get_n_devices (world)));
  for (guint i = 0; i < fl_sim_world_get_n_devices (world); i++)
    self->stations[i].device = fl_sim_world_get_device (world, i);
  return self;
}

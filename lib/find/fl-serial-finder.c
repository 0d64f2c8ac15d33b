/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-finder"
#include "config.h"

#include "fl-serial-finder.h"

#include "fl-serial-sighting.h"

struct _FlSerialFinder
{
  GObject parent_instance;

  FlSerialBus *bus;
  FlClock *clock;
  FlProduct *product;
  GPtrArray *ports;     /* what the bus had after its last change */
  GPtrArray *sightings; /* of FlSerialSighting, owned; in order of appearance */
  GListStore *roads;    /* their roads */
  gboolean is_started;
};

static void fl_serial_finder_iface_init (FlFinderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSerialFinder,
                               fl_serial_finder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_FINDER, fl_serial_finder_iface_init))

typedef enum
{
  PROP_PROBLEM = 1,
  PROP_KIND
} FlSerialFinderProperty;

static FlSerialSighting *
find_by_port (FlSerialFinder *self, FlSerialPort *port)
{
  for (guint i = 0; i < self->sightings->len; i++)
    if (((FlSerialSighting *) self->sightings->pdata[i])->port == port)
      return self->sightings->pdata[i];
  return NULL;
}

static FlSerialSighting *
find_by_road (FlSerialFinder *self, FlRoad *road)
{
  for (guint i = 0; i < self->sightings->len; i++)
    if (((FlSerialSighting *) self->sightings->pdata[i])->road == road)
      return self->sightings->pdata[i];
  return NULL;
}

/* A device may have a second port, for its application. The console is on the first. */
static gboolean
is_second_port (FlSerialFinder *self, FlSerialPort *port)
{
  const char *location = fl_serial_port_get_location (port);

  for (guint i = 0; location != NULL && i < self->sightings->len; i++)
    {
      FlSerialSighting *sighting = self->sightings->pdata[i];

      if (sighting->port != NULL &&
          g_strcmp0 (fl_serial_port_get_location (sighting->port), location) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
on_port_problem (FlSerialPort *port, GParamSpec *pspec, FlSerialFinder *self)
{
  fl_serial_sighting_update_problem (find_by_port (self, port));
}

/* The one that went away and is back: rather where it was than elsewhere. */
static FlSerialSighting *
find_returned (FlSerialFinder *self, FlSerialPort *port)
{
  FlSerialSighting *found = NULL;

  for (guint i = 0; i < self->sightings->len; i++)
    {
      FlSerialSighting *sighting = self->sightings->pdata[i];
      gboolean moved = FALSE;

      if (!fl_serial_sighting_fits (sighting, port, &moved))
        continue;
      if (!moved)
        return sighting;
      if (found == NULL)
        found = sighting;
    }
  return found;
}

static void
forget (FlSerialFinder *self, FlSerialSighting *sighting)
{
  guint position;

  if (g_list_store_find (self->roads, sighting->road, &position))
    g_list_store_remove (self->roads, position);
  g_ptr_array_remove (self->sightings, sighting);
}

static void
add_port (FlSerialFinder *self, FlSerialPort *port)
{
  FlSerialSighting *sighting = NULL;

  if (is_second_port (self, port))
    return;
  sighting = find_returned (self, port);
  if (sighting != NULL)
    {
      fl_road_set_last_seen_us (sighting->road, fl_clock_now_us (self->clock));
      fl_serial_sighting_plug (sighting, port);
    }
  else
    {
      sighting = fl_serial_sighting_new (port);
      if (sighting == NULL ||
          !fl_product_allows_family (self->product, fl_road_get_family (sighting->road)))
        {
          g_clear_pointer (&sighting, fl_serial_sighting_free);
          return;
        }
      fl_road_set_last_seen_us (sighting->road, fl_clock_now_us (self->clock));
      g_ptr_array_add (self->sightings, sighting);
      g_list_store_append (self->roads, sighting->road);
    }
  g_signal_connect (port, "notify::problem", G_CALLBACK (on_port_problem), self);
}

static void
remove_port (FlSerialFinder *self, FlSerialPort *port)
{
  FlSerialSighting *sighting = find_by_port (self, port);

  if (sighting == NULL)
    return;

  g_signal_handlers_disconnect_by_data (port, self);
  fl_serial_sighting_unplug (sighting);
  if (!fl_serial_sighting_may_return (sighting))
    forget (self, sighting);
}

static void
on_ports_changed (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  FlSerialFinder *self)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < removed; i++)
    g_ptr_array_add (gone, g_object_ref (self->ports->pdata[position + i]));
  if (removed > 0)
    g_ptr_array_remove_range (self->ports, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->ports, (int) (position + i),
                        g_list_model_get_item (model, position + i));

  /* A model may tell of a whole new content: what is in both has not gone. */
  for (guint i = 0; i < gone->len; i++)
    if (added == 0 || !g_ptr_array_find (self->ports, gone->pdata[i], NULL))
      remove_port (self, gone->pdata[i]);
  for (guint i = 0; i < added; i++)
    if (find_by_port (self, self->ports->pdata[position + i]) == NULL)
      add_port (self, self->ports->pdata[position + i]);
}

static void
on_bus_problem (FlSerialFinder *self)
{
  g_object_notify (G_OBJECT (self), "problem");
}

static void
fl_serial_finder_start (FlFinder *finder)
{
  FlSerialFinder *self = FL_SERIAL_FINDER (finder);

  if (self->is_started)
    return;
  self->is_started = TRUE;
  fl_serial_bus_start (self->bus);
}

static void
fl_serial_finder_stop (FlFinder *finder)
{
  FlSerialFinder *self = FL_SERIAL_FINDER (finder);

  if (!self->is_started)
    return;
  self->is_started = FALSE;
  fl_serial_bus_stop (self->bus);
}

static GListModel *
fl_serial_finder_get_sightings (FlFinder *finder)
{
  return G_LIST_MODEL (FL_SERIAL_FINDER (finder)->roads);
}

static FlLink *
fl_serial_finder_create_link (FlFinder *finder, FlRoad *road)
{
  FlSerialFinder *self = FL_SERIAL_FINDER (finder);
  FlSerialSighting *sighting = find_by_road (self, road);

  if (sighting == NULL || sighting->port == NULL)
    return NULL;
  return FL_LINK (fl_serial_bus_create_link (self->bus, sighting->port));
}

static void
fl_serial_finder_repair (FlFinder *finder, FlErrorAction action)
{
  if (action == FL_ACTION_ADD_RULE || action == FL_ACTION_TRY_AGAIN ||
      action == FL_ACTION_SEARCH_AGAIN)
    fl_serial_bus_recheck (FL_SERIAL_FINDER (finder)->bus);
}

static FlRoadKind
fl_serial_finder_get_kind (FlFinder *finder)
{
  return FL_ROAD_SERIAL;
}

static const GError *
fl_serial_finder_get_problem (FlFinder *finder)
{
  return fl_serial_bus_get_problem (FL_SERIAL_FINDER (finder)->bus);
}

static void
fl_serial_finder_iface_init (FlFinderInterface *iface)
{
  iface->start = fl_serial_finder_start;
  iface->stop = fl_serial_finder_stop;
  iface->get_sightings = fl_serial_finder_get_sightings;
  iface->create_link = fl_serial_finder_create_link;
  iface->repair = fl_serial_finder_repair;
  iface->get_kind = fl_serial_finder_get_kind;
  iface->get_problem = fl_serial_finder_get_problem;
}

static void
fl_serial_finder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlSerialFinderProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, fl_serial_finder_get_problem (FL_FINDER (object)));
      break;
    case PROP_KIND:
      g_value_set_enum (value, FL_ROAD_SERIAL);
      break;
    }
}

static void
fl_serial_finder_dispose (GObject *object)
{
  FlSerialFinder *self = FL_SERIAL_FINDER (object);

  if (self->bus != NULL)
    {
      fl_serial_finder_stop (FL_FINDER (self));
      g_signal_handlers_disconnect_by_data (fl_serial_bus_get_ports (self->bus), self);
      g_signal_handlers_disconnect_by_data (self->bus, self);
    }
  for (guint i = 0; i < self->ports->len; i++)
    g_signal_handlers_disconnect_by_data (self->ports->pdata[i], self);
  g_ptr_array_set_size (self->sightings, 0);
  g_ptr_array_set_size (self->ports, 0);
  g_list_store_remove_all (self->roads);
  g_clear_object (&self->product);
  g_clear_object (&self->bus);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_serial_finder_parent_class)->dispose (object);
}

static void
fl_serial_finder_finalize (GObject *object)
{
  FlSerialFinder *self = FL_SERIAL_FINDER (object);

  g_clear_pointer (&self->sightings, g_ptr_array_unref);
  g_clear_pointer (&self->ports, g_ptr_array_unref);
  g_clear_object (&self->roads);
  G_OBJECT_CLASS (fl_serial_finder_parent_class)->finalize (object);
}

static void
fl_serial_finder_class_init (FlSerialFinderClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_serial_finder_get_property;
  object_class->dispose = fl_serial_finder_dispose;
  object_class->finalize = fl_serial_finder_finalize;
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
  g_object_class_override_property (object_class, PROP_KIND, "kind");
}

static void
fl_serial_finder_init (FlSerialFinder *self)
{
  self->ports = g_ptr_array_new_with_free_func (g_object_unref);
  self->sightings = g_ptr_array_new_with_free_func (fl_serial_sighting_free);
  self->roads = g_list_store_new (FL_TYPE_ROAD);
}

FlSerialFinder *
fl_serial_finder_new (FlSerialBus *bus, FlClock *clock, FlProduct *product)
{
  FlSerialFinder *self;
  GListModel *ports;

  g_return_val_if_fail (FL_IS_SERIAL_BUS (bus), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (FL_IS_PRODUCT (product), NULL);

  self = g_object_new (FL_TYPE_SERIAL_FINDER, NULL);
  self->bus = g_object_ref (bus);
  self->clock = g_object_ref (clock);
  self->product = g_object_ref (product);
  g_signal_connect_swapped (bus, "notify::problem", G_CALLBACK (on_bus_problem), self);
  ports = fl_serial_bus_get_ports (bus);
  g_signal_connect (ports, "items-changed", G_CALLBACK (on_ports_changed), self);
  on_ports_changed (ports, 0, 0, g_list_model_get_n_items (ports), self);
  return self;
}

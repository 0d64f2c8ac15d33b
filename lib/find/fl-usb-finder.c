/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-finder"
#include "config.h"

#include "fl-usb-finder.h"

#include "fl-usb-sighting.h"

/* A hub of thirty devices shall not have them all talk at once while a person waits for one. */
#define MAX_PROBES 4

struct _FlUsbFinder
{
  GObject parent_instance;

  FlUsbBus *bus;
  FlClock *clock;
  FlProduct *product;
  GPtrArray *ports;     /* what the bus had after its last change */
  GPtrArray *sightings; /* of FlUsbSighting, owned; in order of appearance */
  GListStore *roads;    /* their roads */
  GHashTable *by_port;  /* FlUsbPort → FlUsbSighting */
  GHashTable *by_road;  /* FlRoad → FlUsbSighting */
  GHashTable *by_link;  /* FlUsbLink, not owned → FlUsbSighting: those that others hold */
  guint n_probes;
  gboolean is_started;
};

static void fl_usb_finder_iface_init (FlFinderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlUsbFinder,
                               fl_usb_finder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_FINDER, fl_usb_finder_iface_init))

typedef enum
{
  PROP_PROBLEM = 1,
  PROP_KIND
} FlUsbFinderProperty;

static void probe_next (FlUsbFinder *self);

static FlUsbSighting *
find_by_probe (FlUsbFinder *self, FlUsbProbe *probe)
{
  for (guint i = 0; i < self->sightings->len; i++)
    if (((FlUsbSighting *) self->sightings->pdata[i])->probe == probe)
      return self->sightings->pdata[i];
  return NULL;
}

static void
stop_probe (FlUsbFinder *self, FlUsbSighting *sighting)
{
  if (sighting->probe == NULL)
    return;
  g_clear_pointer (&sighting->probe, fl_usb_probe_free);
  self->n_probes--;
}

static void
on_answer (FlUsbProbe *probe, const FlUsbAnswer *answer, gpointer data)
{
  g_autoptr (FlUsbFinder) self = g_object_ref (FL_USB_FINDER (data));
  FlUsbSighting *sighting = find_by_probe (self, probe);

  /* Whoever hears of the news may want the device at once: the probe is over by then. */
  sighting->probe = NULL;
  sighting->was_probed = TRUE;
  self->n_probes--;
  fl_usb_sighting_take_answer (sighting, answer);
  fl_usb_probe_free (probe);
  probe_next (self);
}

static void
start_probe (FlUsbFinder *self, FlUsbSighting *sighting)
{
  g_autoptr (FlUsbLink) link = fl_usb_bus_create_link (self->bus, sighting->port);

  sighting->probe = fl_usb_probe_new (link, self->clock, on_answer, self);
  self->n_probes++;
}

static void
probe_next (FlUsbFinder *self)
{
  if (!self->is_started)
    return;
  for (guint i = 0; i < self->sightings->len && self->n_probes < MAX_PROBES; i++)
    if (fl_usb_sighting_wants_probe (self->sightings->pdata[i]))
      start_probe (self, self->sightings->pdata[i]);
}

static void
on_link_gone (gpointer data, GObject *link)
{
  FlUsbFinder *self = FL_USB_FINDER (data);
  FlUsbSighting *sighting = g_hash_table_lookup (self->by_link, link);

  g_hash_table_remove (self->by_link, link);
  if (sighting == NULL)
    return;
  sighting->n_links--;
  probe_next (self);
}

static void
on_port_problem (FlUsbPort *port, GParamSpec *pspec, FlUsbFinder *self)
{
  FlUsbSighting *sighting = g_hash_table_lookup (self->by_port, port);

  fl_usb_sighting_update_problem (sighting);
  if (fl_usb_port_get_problem (port) != NULL)
    stop_probe (self, sighting);
  probe_next (self);
}

/* The one that went away and is back: rather where it was than elsewhere. */
static FlUsbSighting *
find_returned (FlUsbFinder *self, FlUsbPort *port)
{
  FlUsbSighting *found = NULL;

  for (guint i = 0; i < self->sightings->len; i++)
    {
      FlUsbSighting *sighting = self->sightings->pdata[i];
      gboolean moved = FALSE;

      if (!fl_usb_sighting_fits (sighting, port, &moved))
        continue;
      if (!moved)
        return sighting;
      if (found == NULL)
        found = sighting;
    }
  return found;
}

static void
forget (FlUsbFinder *self, FlUsbSighting *sighting)
{
  GHashTableIter iter;
  gpointer value;
  guint position;

  g_hash_table_iter_init (&iter, self->by_link);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == sighting)
      g_hash_table_iter_replace (&iter, NULL);
  g_hash_table_remove (self->by_road, sighting->road);
  if (g_list_store_find (self->roads, sighting->road, &position))
    g_list_store_remove (self->roads, position);
  g_ptr_array_remove (self->sightings, sighting);
}

static void
add_port (FlUsbFinder *self, FlUsbPort *port)
{
  FlUsbSighting *sighting = find_returned (self, port);

  if (sighting != NULL)
    {
      g_hash_table_insert (self->by_port, port, sighting);
      fl_road_set_last_seen_us (sighting->road, fl_clock_now_us (self->clock));
      fl_usb_sighting_plug (sighting, port);
    }
  else
    {
      sighting = fl_usb_sighting_new (port);
      if (sighting == NULL ||
          !fl_product_allows_family (self->product, fl_road_get_family (sighting->road)))
        {
          g_clear_pointer (&sighting, fl_usb_sighting_free);
          return;
        }
      fl_road_set_last_seen_us (sighting->road, fl_clock_now_us (self->clock));
      g_ptr_array_add (self->sightings, sighting);
      g_hash_table_insert (self->by_port, port, sighting);
      g_hash_table_insert (self->by_road, sighting->road, sighting);
      g_list_store_append (self->roads, sighting->road);
    }
  g_signal_connect (port, "notify::problem", G_CALLBACK (on_port_problem), self);
}

static void
remove_port (FlUsbFinder *self, FlUsbPort *port)
{
  FlUsbSighting *sighting = g_hash_table_lookup (self->by_port, port);

  if (sighting == NULL)
    return;

  g_signal_handlers_disconnect_by_data (port, self);
  g_hash_table_remove (self->by_port, port);
  stop_probe (self, sighting);
  fl_usb_sighting_unplug (sighting);
  if (sighting->serial_text == NULL) /* whatever comes next cannot be known to be the same */
    forget (self, sighting);
}

static void
on_ports_changed (GListModel *model, guint position, guint removed, guint added, FlUsbFinder *self)
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
    if (!g_hash_table_contains (self->by_port, self->ports->pdata[position + i]))
      add_port (self, self->ports->pdata[position + i]);
  probe_next (self);
}

static void
on_bus_problem (FlUsbFinder *self)
{
  g_object_notify (G_OBJECT (self), "problem");
}

static void
fl_usb_finder_start (FlFinder *finder)
{
  FlUsbFinder *self = FL_USB_FINDER (finder);

  if (self->is_started)
    return;
  self->is_started = TRUE;
  fl_usb_bus_start (self->bus);
  probe_next (self);
}

static void
fl_usb_finder_stop (FlFinder *finder)
{
  FlUsbFinder *self = FL_USB_FINDER (finder);

  if (!self->is_started)
    return;
  self->is_started = FALSE;
  for (guint i = 0; i < self->sightings->len; i++)
    stop_probe (self, self->sightings->pdata[i]);
  fl_usb_bus_stop (self->bus);
}

static GListModel *
fl_usb_finder_get_sightings (FlFinder *finder)
{
  return G_LIST_MODEL (FL_USB_FINDER (finder)->roads);
}

static FlLink *
fl_usb_finder_create_link (FlFinder *finder, FlRoad *road)
{
  FlUsbFinder *self = FL_USB_FINDER (finder);
  FlUsbSighting *sighting = g_hash_table_lookup (self->by_road, road);
  FlUsbLink *link;

  if (sighting == NULL || sighting->port == NULL)
    return NULL;

  /* What the probe would still ask, the journey asks anyway; both at once would end each other's
   * requests. */
  stop_probe (self, sighting);
  link = fl_usb_bus_create_link (self->bus, sighting->port);
  sighting->n_links++;
  g_hash_table_insert (self->by_link, link, sighting);
  g_object_weak_ref (G_OBJECT (link), on_link_gone, self);
  probe_next (self);
  return FL_LINK (link);
}

static void
fl_usb_finder_repair (FlFinder *finder, FlErrorAction action)
{
  FlUsbFinder *self = FL_USB_FINDER (finder);

  if (action != FL_ACTION_ADD_RULE && action != FL_ACTION_TRY_AGAIN &&
      action != FL_ACTION_SEARCH_AGAIN)
    return;

  for (guint i = 0; i < self->sightings->len; i++)
    {
      FlUsbSighting *sighting = self->sightings->pdata[i];

      if (sighting->refusal == NULL)
        continue;
      g_clear_error (&sighting->refusal);
      sighting->was_probed = FALSE;
      fl_usb_sighting_update_problem (sighting);
    }
  fl_usb_bus_recheck (self->bus);
  probe_next (self);
}

static FlRoadKind
fl_usb_finder_get_kind (FlFinder *finder)
{
  return FL_ROAD_USB;
}

static const GError *
fl_usb_finder_get_problem (FlFinder *finder)
{
  return fl_usb_bus_get_problem (FL_USB_FINDER (finder)->bus);
}

static void
fl_usb_finder_iface_init (FlFinderInterface *iface)
{
  iface->start = fl_usb_finder_start;
  iface->stop = fl_usb_finder_stop;
  iface->get_sightings = fl_usb_finder_get_sightings;
  iface->create_link = fl_usb_finder_create_link;
  iface->repair = fl_usb_finder_repair;
  iface->get_kind = fl_usb_finder_get_kind;
  iface->get_problem = fl_usb_finder_get_problem;
}

static void
fl_usb_finder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlUsbFinderProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, fl_usb_finder_get_problem (FL_FINDER (object)));
      break;
    case PROP_KIND:
      g_value_set_enum (value, FL_ROAD_USB);
      break;
    }
}

static void
drop_links (FlUsbFinder *self)
{
  GHashTableIter iter;
  gpointer link;

  g_hash_table_iter_init (&iter, self->by_link);
  while (g_hash_table_iter_next (&iter, &link, NULL))
    g_object_weak_unref (link, on_link_gone, self);
  g_hash_table_remove_all (self->by_link);
}

static void
fl_usb_finder_dispose (GObject *object)
{
  FlUsbFinder *self = FL_USB_FINDER (object);

  drop_links (self);
  if (self->bus != NULL)
    {
      fl_usb_finder_stop (FL_FINDER (self));
      g_signal_handlers_disconnect_by_data (fl_usb_bus_get_ports (self->bus), self);
      g_signal_handlers_disconnect_by_data (self->bus, self);
    }
  for (guint i = 0; i < self->ports->len; i++)
    g_signal_handlers_disconnect_by_data (self->ports->pdata[i], self);
  g_hash_table_remove_all (self->by_port);
  g_hash_table_remove_all (self->by_road);
  g_ptr_array_set_size (self->sightings, 0);
  g_ptr_array_set_size (self->ports, 0);
  g_list_store_remove_all (self->roads);
  g_clear_object (&self->product);
  g_clear_object (&self->bus);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_usb_finder_parent_class)->dispose (object);
}

static void
fl_usb_finder_finalize (GObject *object)
{
  FlUsbFinder *self = FL_USB_FINDER (object);

  g_clear_pointer (&self->by_link, g_hash_table_unref);
  g_clear_pointer (&self->by_port, g_hash_table_unref);
  g_clear_pointer (&self->by_road, g_hash_table_unref);
  g_clear_pointer (&self->sightings, g_ptr_array_unref);
  g_clear_pointer (&self->ports, g_ptr_array_unref);
  g_clear_object (&self->roads);
  G_OBJECT_CLASS (fl_usb_finder_parent_class)->finalize (object);
}

static void
fl_usb_finder_class_init (FlUsbFinderClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_usb_finder_get_property;
  object_class->dispose = fl_usb_finder_dispose;
  object_class->finalize = fl_usb_finder_finalize;
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
  g_object_class_override_property (object_class, PROP_KIND, "kind");
}

static void
fl_usb_finder_init (FlUsbFinder *self)
{
  self->ports = g_ptr_array_new_with_free_func (g_object_unref);
  self->sightings = g_ptr_array_new_with_free_func (fl_usb_sighting_free);
  self->roads = g_list_store_new (FL_TYPE_ROAD);
  self->by_port = g_hash_table_new (NULL, NULL);
  self->by_road = g_hash_table_new (NULL, NULL);
  self->by_link = g_hash_table_new (NULL, NULL);
}

FlUsbFinder *
fl_usb_finder_new (FlUsbBus *bus, FlClock *clock, FlProduct *product)
{
  FlUsbFinder *self;
  GListModel *ports;

  g_return_val_if_fail (FL_IS_USB_BUS (bus), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (FL_IS_PRODUCT (product), NULL);

  self = g_object_new (FL_TYPE_USB_FINDER, NULL);
  self->bus = g_object_ref (bus);
  self->clock = g_object_ref (clock);
  self->product = g_object_ref (product);
  g_signal_connect_swapped (bus, "notify::problem", G_CALLBACK (on_bus_problem), self);
  ports = fl_usb_bus_get_ports (bus);
  g_signal_connect (ports, "items-changed", G_CALLBACK (on_ports_changed), self);
  on_ports_changed (ports, 0, 0, g_list_model_get_n_items (ports), self);
  return self;
}

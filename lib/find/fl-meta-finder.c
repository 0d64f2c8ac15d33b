/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-meta-finder"
#include "config.h"

#include "fl-meta-finder.h"
#include "fl-cables.h"
#include "fl-device-index.h"
#include "fl-identity.h"

/* Rows that vanished stay grey for so long, so that nothing jumps under the pointer. */
#define LINGER_MS (30 * 1000)

struct _FlMetaFinder
{
  GObject parent_instance;

  FlClock *clock;
  GListStore *finders;
  GPtrArray *slots; /* one per finder */
  GListStore *devices;
  FlDeviceIndex *index;  /* of the listed devices */
  GHashTable *sightings; /* FlRoad → Sighting, owned */
  gboolean is_started;
  gboolean is_settling; /* identities change because of us: no need to look again */
};

G_DEFINE_FINAL_TYPE (FlMetaFinder, fl_meta_finder, G_TYPE_OBJECT)

typedef struct
{
  FlMetaFinder *meta;
  FlFinder *finder;
  GListModel *model;
  GPtrArray *roads; /* what the model had after its last change */
} Slot;

typedef struct
{
  FlMetaFinder *meta;
  FlRoad *road;
  FlFinder *finder; /* borrowed; NULL: it let go of the road, which lingers */
  FlDevice *device; /* (nullable), owned; unlisted after the road was away for long */
  guint timer_id;
} Sighting;

static void
sighting_free (gpointer data)
{
  Sighting *sighting = data;

  fl_clock_clear (sighting->meta->clock, &sighting->timer_id);
  g_signal_handlers_disconnect_by_data (sighting->road, sighting);
  g_clear_object (&sighting->device);
  g_clear_object (&sighting->road);
  g_free (sighting);
}

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  g_signal_handlers_disconnect_by_data (slot->model, slot);
  g_clear_pointer (&slot->roads, g_ptr_array_unref);
  g_clear_object (&slot->model);
  g_clear_object (&slot->finder);
  g_free (slot);
}

/* Borrowed: the list keeps it. */
static FlRoad *
peek_road (FlDevice *device, guint index)
{
  g_autoptr (FlRoad) road = g_list_model_get_item (fl_device_get_roads (device), index);

  return road;
}

static guint
count_roads (FlDevice *device)
{
  return g_list_model_get_n_items (fl_device_get_roads (device));
}

static Sighting *
find_sighting (FlMetaFinder *self, FlRoad *road)
{
  return g_hash_table_lookup (self->sightings, road);
}

static gboolean
is_conflict (FlRoad *a, FlRoad *b)
{
  FlIdentity left, right;

  fl_identity_init_from_road (&left, a);
  fl_identity_init_from_road (&right, b);
  return fl_identity_is_conflict (&left, &right);
}

static gboolean
has_same_address (FlDevice *device, FlRoad *road)
{
  if (fl_road_get_kind (road) != FL_ROAD_BLUETOOTH)
    return FALSE;
  for (guint i = 0; i < count_roads (device); i++)
    {
      FlRoad *other = peek_road (device, i);

      if (fl_road_get_kind (other) == FL_ROAD_BLUETOOTH && !is_conflict (other, road) &&
          g_ascii_strcasecmp (fl_road_get_address (other), fl_road_get_address (road)) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_road_of (FlDevice *device, FlRoad *road)
{
  return !fl_cables_have_other (device, road) &&
         (fl_device_owns_road (device, road) || has_same_address (device, road) ||
          fl_cables_have_same_place (device, road));
}

static FlDevice *
find_device (FlMetaFinder *self, FlRoad *road)
{
  g_autoptr (GPtrArray) candidates = fl_device_index_find_by_road (self->index, road);

  /* Of two that say the same of themselves, the one in this place. */
  for (guint i = 0; i < candidates->len; i++)
    if (fl_cables_have_same_place (candidates->pdata[i], road) &&
        is_road_of (candidates->pdata[i], road))
      return candidates->pdata[i];
  for (guint i = 0; i < candidates->len; i++)
    if (is_road_of (candidates->pdata[i], road))
      return candidates->pdata[i];
  return NULL;
}

static gboolean
is_any_road_of (FlDevice *device, FlDevice *other)
{
  for (guint i = 0; i < count_roads (other); i++)
    if (is_road_of (device, peek_road (other, i)))
      return TRUE;
  return FALSE;
}

/* Another listed device that is the same one after all. */
static FlDevice *
find_twin (FlMetaFinder *self, FlDevice *device)
{
  g_autoptr (GPtrArray) candidates = fl_device_index_find_twins (self->index, device);

  for (guint i = 0; i < candidates->len; i++)
    {
      FlDevice *other = candidates->pdata[i];

      if (!fl_cables_are_apart (device, other) && is_any_road_of (device, other))
        return other;
    }
  return NULL;
}

/* Those that say the same of themselves, and are not the same. */
static void
mark_twins (FlMetaFinder *self, FlDevice *device)
{
  g_autoptr (GPtrArray) candidates = fl_device_index_find_twins (self->index, device);

  for (guint i = 0; i < candidates->len; i++)
    if (fl_cables_are_twins (device, candidates->pdata[i]))
      {
        fl_device_set_has_twin (device);
        fl_device_set_has_twin (candidates->pdata[i]);
      }
}

static void
unlist_device (FlMetaFinder *self, FlDevice *device)
{
  guint position;

  g_signal_handlers_disconnect_by_data (device, self);
  fl_device_index_remove (self->index, device);
  if (g_list_store_find (self->devices, device, &position))
    g_list_store_remove (self->devices, position);
}

/* @gone keeps its roads: a journey that holds it goes on. */
static void
absorb (FlMetaFinder *self, FlDevice *kept, FlDevice *gone)
{
  for (guint i = 0; i < count_roads (gone); i++)
    {
      FlRoad *road = peek_road (gone, i);
      Sighting *sighting = find_sighting (self, road);

      if (sighting != NULL)
        g_set_object (&sighting->device, kept);
      fl_device_add_road (kept, road);
    }
  g_debug ("%s and %s are one device", fl_device_get_name (kept), fl_device_get_name (gone));
  unlist_device (self, gone);
}

/* What is known of @device changed: it may be one of the others. The earlier row stays. */
static void
settle (FlMetaFinder *self, FlDevice *device)
{
  g_autoptr (FlDevice) kept = g_object_ref (device);

  if (self->is_settling || !fl_device_index_contains (self->index, device))
    return;

  self->is_settling = TRUE;
  fl_device_index_update (self->index, kept);
  for (FlDevice *twin = find_twin (self, kept); twin != NULL; twin = find_twin (self, kept))
    {
      g_autoptr (FlDevice) other = g_object_ref (twin);
      guint position = 0, other_position = 0;

      g_list_store_find (self->devices, kept, &position);
      g_list_store_find (self->devices, other, &other_position);
      if (other_position < position)
        {
          g_autoptr (FlDevice) swap = g_steal_pointer (&kept);

          kept = g_steal_pointer (&other);
          other = g_steal_pointer (&swap);
        }
      absorb (self, kept, other);
      fl_device_index_update (self->index, kept);
    }
  mark_twins (self, kept);
  self->is_settling = FALSE;
}

static void
on_device_identity_changed (FlDevice *device, GParamSpec *pspec, FlMetaFinder *self)
{
  settle (self, device);
}

static void
list_device (FlMetaFinder *self, FlDevice *device)
{
  static const char *const identity_signals[] = { "notify::serial", "notify::device-id",
                                                  "notify::ending" };

  for (guint i = 0; i < G_N_ELEMENTS (identity_signals); i++)
    g_signal_connect_object (device, identity_signals[i], G_CALLBACK (on_device_identity_changed),
                             self, 0);
  fl_device_index_update (self->index, device);
  g_list_store_append (self->devices, device);
}

static void
forget (FlMetaFinder *self, Sighting *sighting)
{
  g_hash_table_remove (self->sightings, sighting->road);
}

/* Takes the road out of a device that has others. */
static void
detach (FlMetaFinder *self, Sighting *sighting)
{
  g_autoptr (FlDevice) device = g_steal_pointer (&sighting->device);

  fl_device_remove_road (device, sighting->road);
  settle (self, device);
}

/* A road that came back as a new object replaces the one that lingers. */
static void
drop_replaced (FlMetaFinder *self, FlDevice *device, FlRoad *road)
{
  for (guint i = count_roads (device); i > 0; i--)
    {
      FlRoad *other = peek_road (device, i - 1);
      Sighting *sighting = find_sighting (self, other);

      if (other == road || fl_road_get_kind (other) != fl_road_get_kind (road) ||
          sighting == NULL || sighting->finder != NULL)
        continue;
      detach (self, sighting);
      forget (self, sighting);
    }
}

/* Gives the road to its device, a known or a new one. */
static void
place (FlMetaFinder *self, Sighting *sighting)
{
  FlDevice *found = find_device (self, sighting->road);
  g_autoptr (FlDevice) device = NULL;
  gboolean was_settling = self->is_settling;

  if (found == NULL)
    found = sighting->device;
  device = found != NULL ? g_object_ref (found) : fl_device_new ();

  self->is_settling = TRUE;
  g_set_object (&sighting->device, device);
  fl_device_add_road (device, sighting->road);
  if (!fl_device_index_contains (self->index, device))
    list_device (self, device);
  drop_replaced (self, device, sighting->road);
  self->is_settling = was_settling;
  settle (self, device);
}

static void
on_lingered (gpointer data)
{
  Sighting *sighting = data;
  FlMetaFinder *self = sighting->meta;

  sighting->timer_id = 0;
  if (count_roads (sighting->device) > 1)
    detach (self, sighting);
  else
    unlist_device (self, sighting->device); /* still ours: it returns as the same object */
  if (sighting->finder == NULL)
    forget (self, sighting);
}

static void
on_reachable_changed (FlRoad *road, GParamSpec *pspec, Sighting *sighting)
{
  FlMetaFinder *self = sighting->meta;
  gboolean is_listed =
      sighting->device != NULL && fl_device_index_contains (self->index, sighting->device);

  /* The cable came back to a row that another one with the same serial number holds by now, or in
   * another place than the row's other cable. */
  if (is_listed && fl_cables_have_other (sighting->device, road))
    {
      detach (self, sighting);
      is_listed = FALSE;
    }
  if (!fl_road_get_reachable (road))
    {
      if (is_listed && sighting->timer_id == 0)
        sighting->timer_id = fl_clock_add_ms (self->clock, LINGER_MS, on_lingered, sighting);
      /* Its old place may have kept two rows apart. */
      if (is_listed && fl_road_get_location (road) != NULL &&
          !fl_device_get_has_twin (sighting->device))
        settle (self, sighting->device);
      return;
    }
  fl_clock_clear (self->clock, &sighting->timer_id);
  if (!is_listed)
    place (self, sighting);
  else if (fl_road_get_location (road) != NULL)
    settle (self, sighting->device);
}

/* Runs before the device hears of it. Two roads that were taken for one device may turn out to be
 * two. */
static void
on_road_identity_changed (FlRoad *road, GParamSpec *pspec, Sighting *sighting)
{
  FlMetaFinder *self = sighting->meta;
  gboolean is_other = FALSE;

  if (sighting->device == NULL)
    return;
  for (guint i = 0; i < count_roads (sighting->device) && !is_other; i++)
    {
      FlRoad *other = peek_road (sighting->device, i);

      is_other = other != road && is_conflict (other, road);
    }
  if (!is_other)
    return;

  detach (self, sighting);
  if (fl_road_get_reachable (road))
    place (self, sighting);
  else
    fl_clock_clear (self->clock, &sighting->timer_id);
}

static void
watch_road (Sighting *sighting)
{
  static const char *const identity_signals[] = { "notify::family", "notify::setup-code",
                                                  "notify::serial", "notify::device-id",
                                                  "notify::platform-id" };

  for (guint i = 0; i < G_N_ELEMENTS (identity_signals); i++)
    g_signal_connect (sighting->road, identity_signals[i], G_CALLBACK (on_road_identity_changed),
                      sighting);
  g_signal_connect (sighting->road, "notify::reachable", G_CALLBACK (on_reachable_changed),
                    sighting);
}

static void
add_road (FlMetaFinder *self, FlFinder *finder, FlRoad *road)
{
  Sighting *sighting = find_sighting (self, road);

  if (sighting == NULL)
    {
      sighting = g_new0 (Sighting, 1);
      sighting->meta = self;
      sighting->road = g_object_ref (road);
      g_hash_table_insert (self->sightings, road, sighting);
      watch_road (sighting);
    }
  else if (sighting->finder == NULL)
    fl_road_set_reachable (road, TRUE); /* as before remove_road() */
  sighting->finder = finder;
  if (sighting->device == NULL && fl_road_get_reachable (road))
    place (self, sighting);
}

static void
remove_road (FlMetaFinder *self, FlRoad *road)
{
  Sighting *sighting = find_sighting (self, road);

  if (sighting == NULL)
    return;

  sighting->finder = NULL;
  fl_road_set_reachable (road, FALSE);
  if (sighting->timer_id == 0) /* away for long, so in no list any more */
    forget (self, sighting);
}

static void
on_sightings_changed (GListModel *model, guint position, guint removed, guint added, Slot *slot)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < removed; i++)
    g_ptr_array_add (gone, g_object_ref (slot->roads->pdata[position + i]));
  if (removed > 0)
    g_ptr_array_remove_range (slot->roads, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (slot->roads, (int) (position + i),
                        g_list_model_get_item (model, position + i));

  /* A model may tell of a whole new content: what is in both has not gone. */
  for (guint i = 0; i < gone->len; i++)
    if (added == 0 || !g_ptr_array_find (slot->roads, gone->pdata[i], NULL))
      remove_road (slot->meta, gone->pdata[i]);
  for (guint i = 0; i < added; i++)
    add_road (slot->meta, slot->finder, slot->roads->pdata[position + i]);
}

static void
fl_meta_finder_dispose (GObject *object)
{
  FlMetaFinder *self = FL_META_FINDER (object);

  g_ptr_array_set_size (self->slots, 0);
  g_hash_table_remove_all (self->sightings);
  g_list_store_remove_all (self->devices);
  g_list_store_remove_all (self->finders);
  G_OBJECT_CLASS (fl_meta_finder_parent_class)->dispose (object);
}

static void
fl_meta_finder_finalize (GObject *object)
{
  FlMetaFinder *self = FL_META_FINDER (object);

  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_pointer (&self->sightings, g_hash_table_unref);
  g_clear_pointer (&self->index, fl_device_index_free);
  g_clear_object (&self->devices);
  g_clear_object (&self->finders);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_meta_finder_parent_class)->finalize (object);
}

static void
fl_meta_finder_class_init (FlMetaFinderClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fl_meta_finder_dispose;
  object_class->finalize = fl_meta_finder_finalize;
}

static void
fl_meta_finder_init (FlMetaFinder *self)
{
  self->finders = g_list_store_new (FL_TYPE_FINDER);
  self->slots = g_ptr_array_new_with_free_func (slot_free);
  self->devices = g_list_store_new (FL_TYPE_DEVICE);
  self->index = fl_device_index_new ();
  self->sightings = g_hash_table_new_full (NULL, NULL, NULL, sighting_free);
}

FlMetaFinder *
fl_meta_finder_new (FlClock *clock)
{
  FlMetaFinder *self;

  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_META_FINDER, NULL);
  self->clock = g_object_ref (clock);
  return self;
}

void
fl_meta_finder_add (FlMetaFinder *self, FlFinder *finder)
{
  Slot *slot;

  g_return_if_fail (FL_IS_META_FINDER (self));
  g_return_if_fail (FL_IS_FINDER (finder));

  slot = g_new0 (Slot, 1);
  slot->meta = self;
  slot->finder = g_object_ref (finder);
  slot->model = g_object_ref (fl_finder_get_sightings (finder));
  slot->roads = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->slots, slot);
  g_list_store_append (self->finders, finder);

  g_signal_connect (slot->model, "items-changed", G_CALLBACK (on_sightings_changed), slot);
  on_sightings_changed (slot->model, 0, 0, g_list_model_get_n_items (slot->model), slot);
  if (self->is_started)
    fl_finder_start (finder);
}

GListModel *
fl_meta_finder_get_finders (FlMetaFinder *self)
{
  g_return_val_if_fail (FL_IS_META_FINDER (self), NULL);

  return G_LIST_MODEL (self->finders);
}

GListModel *
fl_meta_finder_get_devices (FlMetaFinder *self)
{
  g_return_val_if_fail (FL_IS_META_FINDER (self), NULL);

  return G_LIST_MODEL (self->devices);
}

void
fl_meta_finder_start (FlMetaFinder *self)
{
  g_return_if_fail (FL_IS_META_FINDER (self));

  self->is_started = TRUE;
  for (guint i = 0; i < self->slots->len; i++)
    fl_finder_start (((Slot *) self->slots->pdata[i])->finder);
}

void
fl_meta_finder_stop (FlMetaFinder *self)
{
  g_return_if_fail (FL_IS_META_FINDER (self));

  self->is_started = FALSE;
  for (guint i = 0; i < self->slots->len; i++)
    fl_finder_stop (((Slot *) self->slots->pdata[i])->finder);
}

FlLink *
fl_meta_finder_create_link (FlMetaFinder *self, FlRoad *road)
{
  Sighting *sighting;
  FlLink *link = NULL;

  g_return_val_if_fail (FL_IS_META_FINDER (self), NULL);
  g_return_val_if_fail (FL_IS_ROAD (road), NULL);

  sighting = find_sighting (self, road);
  if (sighting != NULL && sighting->finder != NULL)
    return fl_finder_create_link (sighting->finder, road);
  for (guint i = 0; i < self->slots->len && link == NULL; i++)
    {
      Slot *slot = self->slots->pdata[i];

      if (fl_finder_get_kind (slot->finder) == fl_road_get_kind (road))
        link = fl_finder_create_link (slot->finder, road);
    }
  return link;
}

FlDevice *
fl_meta_finder_get_device (FlMetaFinder *self, FlRoad *road)
{
  Sighting *sighting;

  g_return_val_if_fail (FL_IS_META_FINDER (self), NULL);
  g_return_val_if_fail (FL_IS_ROAD (road), NULL);

  sighting = find_sighting (self, road);
  return sighting != NULL ? sighting->device : NULL;
}

FlDevice *
fl_meta_finder_lookup (FlMetaFinder *self, const char *text)
{
  g_return_val_if_fail (FL_IS_META_FINDER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->devices)); i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (G_LIST_MODEL (self->devices), i);

      if (fl_device_matches (device, text))
        return device; /* the list keeps it */
    }
  return NULL;
}

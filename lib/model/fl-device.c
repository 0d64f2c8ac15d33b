/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-device"
#include "config.h"

#include "fl-device.h"
#include "fl-identity.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define SERIAL_SIZE 15 /* Particle documentation, "Serial numbers" */

struct _FlDevice
{
  GObject parent_instance;

  GListStore *roads;
  char *learned_serial;
  char *learned_device_id;

  /* Derived from the roads and what was learned; kept so that only changes are notified. */
  char *family;
  char *name;
  char *ending;
  char *serial;
  char *device_id;
  const char *product;
  int platform_id;
  int signal_dbm;
  gboolean reachable;
  FlRoad *best_road; /* only to see whether it is another */
  int problem_code;  /* of fl_device_get_problem(), or 0 */
  gboolean has_twin;
};

G_DEFINE_FINAL_TYPE (FlDevice, fl_device, G_TYPE_OBJECT)

typedef enum
{
  PROP_NAME = 1,
  PROP_ENDING,
  PROP_PRODUCT,
  PROP_SERIAL,
  PROP_DEVICE_ID,
  PROP_SIGNAL_DBM,
  PROP_REACHABLE,
  PROP_N_ROADS,
  PROP_BEST_ROAD,
  PROP_PROBLEM,
  PROP_HAS_TWIN
} FlDeviceProperty;
static GParamSpec *props[PROP_HAS_TWIN + 1];

static guint
count_roads (FlDevice *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->roads));
}

/* Borrowed: the list keeps it. */
static FlRoad *
peek_road (FlDevice *self, guint index)
{
  g_autoptr (FlRoad) road = g_list_model_get_item (G_LIST_MODEL (self->roads), index);

  return road;
}

static void
collect_identity (FlDevice *self, FlIdentity *identity)
{
  *identity = (FlIdentity){
    .serial = self->learned_serial,
    .device_id = self->learned_device_id,
  };
  for (guint i = 0; i < count_roads (self); i++)
    {
      FlIdentity other;

      fl_identity_init_from_road (&other, peek_road (self, i));
      fl_identity_merge (identity, &other);
    }
  fl_identity_complete (identity);
}

static void
set_string (FlDevice *self, char **field, const char *value, FlDeviceProperty property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  if (property != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

/* What it advertises to everybody goes before what was put together from its descriptors, in
 * whatever order they came. */
static const char *
find_name (FlDevice *self)
{
  const char *found = NULL;

  for (guint i = 0; i < count_roads (self); i++)
    {
      FlRoad *road = peek_road (self, i);
      const char *name = fl_road_get_name (road);

      if (name == NULL || *name == '\0')
        continue;
      if (fl_road_get_kind (road) == FL_ROAD_BLUETOOTH)
        return name;
      if (found == NULL)
        found = name;
    }
  return found;
}

static char *
make_name (FlDevice *self, const FlIdentity *identity)
{
  const char *name = find_name (self);

  if (name != NULL)
    return g_strdup (name);
  if (identity->code[0] != '\0')
    return g_strdup_printf ("%s-%s", self->product, identity->code);
  return g_strdup (self->product);
}

static void
update_identity (FlDevice *self)
{
  FlIdentity identity;
  const char *product;
  g_autofree char *name = NULL;

  collect_identity (self, &identity);
  self->platform_id = identity.platform_id;
  set_string (self, &self->family, identity.family != NULL ? identity.family : "particle", 0);
  set_string (self, &self->serial, identity.serial, PROP_SERIAL);
  set_string (self, &self->device_id, identity.device_id, PROP_DEVICE_ID);

  product = fl_identity_get_product (&identity);
  if (product == NULL)
    product = _ ("Device");
  if (g_strcmp0 (self->product, product) != 0)
    {
      self->product = product;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRODUCT]);
    }
  name = make_name (self, &identity);
  set_string (self, &self->name, name, PROP_NAME);
  set_string (self, &self->ending, identity.code, PROP_ENDING);
}

static void
update_signal (FlDevice *self)
{
  int best_dbm = 0;

  for (guint i = 0; i < count_roads (self); i++)
    {
      FlRoad *road = peek_road (self, i);
      int dbm = fl_road_get_reachable (road) ? fl_road_get_signal_dbm (road) : 0;

      if (dbm != 0 && (best_dbm == 0 || dbm > best_dbm))
        best_dbm = dbm;
    }
  if (self->signal_dbm == best_dbm)
    return;

  self->signal_dbm = best_dbm;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIGNAL_DBM]);
}

static void
update_best_road (FlDevice *self)
{
  FlRoad *best_road = fl_device_get_best_road (self);
  const GError *problem = fl_device_get_problem (self);
  int problem_code = problem != NULL ? problem->code : 0;

  if (self->best_road != best_road)
    {
      self->best_road = best_road;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BEST_ROAD]);
    }
  if (self->problem_code != problem_code)
    {
      self->problem_code = problem_code;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
    }
}

static void
update_reachable (FlDevice *self)
{
  gboolean reachable = FALSE;

  for (guint i = 0; i < count_roads (self) && !reachable; i++)
    reachable = fl_road_get_reachable (peek_road (self, i));
  if (self->reachable != reachable)
    {
      self->reachable = reachable;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REACHABLE]);
    }
  update_signal (self);
  update_best_road (self);
}

static void
on_identity_changed (FlRoad *road, GParamSpec *pspec, FlDevice *self)
{
  update_identity (self);
}

static void
on_signal_changed (FlRoad *road, GParamSpec *pspec, FlDevice *self)
{
  update_signal (self);
}

static void
on_reachable_changed (FlRoad *road, GParamSpec *pspec, FlDevice *self)
{
  update_reachable (self);
}

static void
on_problem_changed (FlRoad *road, GParamSpec *pspec, FlDevice *self)
{
  update_best_road (self);
}

static void
watch_road (FlDevice *self, FlRoad *road)
{
  static const char *const identity_signals[] = { "notify::family",     "notify::name",
                                                  "notify::setup-code", "notify::serial",
                                                  "notify::device-id",  "notify::platform-id" };

  for (guint i = 0; i < G_N_ELEMENTS (identity_signals); i++)
    g_signal_connect_object (road, identity_signals[i], G_CALLBACK (on_identity_changed), self, 0);
  g_signal_connect_object (road, "notify::signal-dbm", G_CALLBACK (on_signal_changed), self, 0);
  g_signal_connect_object (road, "notify::reachable", G_CALLBACK (on_reachable_changed), self, 0);
  g_signal_connect_object (road, "notify::problem", G_CALLBACK (on_problem_changed), self, 0);
}

static void
fl_device_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlDevice *self = FL_DEVICE (object);

  switch ((FlDeviceProperty) id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ENDING:
      g_value_set_string (value, self->ending);
      break;
    case PROP_PRODUCT:
      g_value_set_string (value, self->product);
      break;
    case PROP_SERIAL:
      g_value_set_string (value, self->serial);
      break;
    case PROP_DEVICE_ID:
      g_value_set_string (value, self->device_id);
      break;
    case PROP_SIGNAL_DBM:
      g_value_set_int (value, self->signal_dbm);
      break;
    case PROP_REACHABLE:
      g_value_set_boolean (value, self->reachable);
      break;
    case PROP_N_ROADS:
      g_value_set_uint (value, count_roads (self));
      break;
    case PROP_BEST_ROAD:
      g_value_set_object (value, fl_device_get_best_road (self));
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, fl_device_get_problem (self));
      break;
    case PROP_HAS_TWIN:
      g_value_set_boolean (value, self->has_twin);
      break;
    }
}

static void
fl_device_finalize (GObject *object)
{
  FlDevice *self = FL_DEVICE (object);

  g_clear_object (&self->roads);
  g_clear_pointer (&self->learned_serial, g_free);
  g_clear_pointer (&self->learned_device_id, g_free);
  g_clear_pointer (&self->family, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->ending, g_free);
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->device_id, g_free);
  G_OBJECT_CLASS (fl_device_parent_class)->finalize (object);
}

static void
fl_device_class_init (FlDeviceClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fl_device_get_property;
  object_class->finalize = fl_device_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_ENDING] = g_param_spec_string ("ending", NULL, NULL, "", flags);
  props[PROP_PRODUCT] = g_param_spec_string ("product", NULL, NULL, NULL, flags);
  props[PROP_SERIAL] = g_param_spec_string ("serial", NULL, NULL, NULL, flags);
  props[PROP_DEVICE_ID] = g_param_spec_string ("device-id", NULL, NULL, NULL, flags);
  props[PROP_SIGNAL_DBM] =
      g_param_spec_int ("signal-dbm", NULL, NULL, G_MININT, G_MAXINT, 0, flags);
  props[PROP_REACHABLE] = g_param_spec_boolean ("reachable", NULL, NULL, FALSE, flags);
  props[PROP_N_ROADS] = g_param_spec_uint ("n-roads", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_BEST_ROAD] = g_param_spec_object ("best-road", NULL, NULL, FL_TYPE_ROAD, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_HAS_TWIN] = g_param_spec_boolean ("has-twin", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_device_init (FlDevice *self)
{
  self->roads = g_list_store_new (FL_TYPE_ROAD);
  update_identity (self);
}

FlDevice *
fl_device_new (void)
{
  return g_object_new (FL_TYPE_DEVICE, NULL);
}

GListModel *
fl_device_get_roads (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  return G_LIST_MODEL (self->roads);
}

void
fl_device_add_road (FlDevice *self, FlRoad *road)
{
  g_return_if_fail (FL_IS_DEVICE (self));
  g_return_if_fail (FL_IS_ROAD (road));

  if (g_list_store_find (self->roads, road, NULL))
    return;

  g_list_store_append (self->roads, road);
  watch_road (self, road);
  update_identity (self);
  update_reachable (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ROADS]);
}

void
fl_device_remove_road (FlDevice *self, FlRoad *road)
{
  guint position;

  g_return_if_fail (FL_IS_DEVICE (self));
  g_return_if_fail (FL_IS_ROAD (road));

  if (!g_list_store_find (self->roads, road, &position))
    return;

  g_signal_handlers_disconnect_by_data (road, self);
  g_list_store_remove (self->roads, position);
  if (count_roads (self) > 0) /* one that lost its last road keeps its name while it goes */
    update_identity (self);
  update_reachable (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ROADS]);
}

static gboolean
is_usable (FlRoad *road)
{
  return fl_road_get_reachable (road) && fl_road_get_problem (road) == NULL;
}

static gboolean
is_better (FlRoad *road, FlRoad *than)
{
  static const int ranks[] = {
    [FL_ROAD_USB] = 0, [FL_ROAD_BLUETOOTH] = 1, [FL_ROAD_SERIAL] = 2, [FL_ROAD_ACCESS_POINT] = 3
  };
  int rank = ranks[fl_road_get_kind (road)], other_rank = ranks[fl_road_get_kind (than)];
  int dbm = fl_road_get_signal_dbm (road), other_dbm = fl_road_get_signal_dbm (than);

  if (is_usable (road) != is_usable (than))
    return is_usable (road);
  if (fl_road_get_reachable (road) != fl_road_get_reachable (than))
    return fl_road_get_reachable (road);
  if (rank != other_rank)
    return rank < other_rank;
  return dbm != 0 && (other_dbm == 0 || dbm > other_dbm);
}

FlRoad *
fl_device_get_best_road (FlDevice *self)
{
  FlRoad *best = NULL;

  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  for (guint i = 0; i < count_roads (self); i++)
    {
      FlRoad *road = peek_road (self, i);

      if (best == NULL || is_better (road, best))
        best = road;
    }
  return best;
}

FlRoad *
fl_device_get_road (FlDevice *self, FlRoadKind kind)
{
  FlRoad *best = NULL;

  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  for (guint i = 0; i < count_roads (self); i++)
    {
      FlRoad *road = peek_road (self, i);

      if (fl_road_get_kind (road) == kind && (best == NULL || is_better (road, best)))
        best = road;
    }
  return best;
}

const char *
fl_device_get_family (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  return self->family;
}

const char *
fl_device_get_product (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  return self->product;
}

const char *
fl_device_get_name (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  return self->name;
}

const char *
fl_device_get_ending (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  return self->ending;
}

const char *
fl_device_get_serial (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  return self->serial;
}

const char *
fl_device_get_device_id (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  return self->device_id;
}

int
fl_device_get_platform_id (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), 0);

  return self->platform_id;
}

int
fl_device_get_signal_dbm (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), 0);

  return self->signal_dbm;
}

gboolean
fl_device_get_reachable (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), FALSE);

  return self->reachable;
}

gboolean
fl_device_get_has_twin (FlDevice *self)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), FALSE);

  return self->has_twin;
}

void
fl_device_set_has_twin (FlDevice *self)
{
  g_return_if_fail (FL_IS_DEVICE (self));

  if (self->has_twin)
    return;
  self->has_twin = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_TWIN]);
}

const GError *
fl_device_get_problem (FlDevice *self)
{
  FlRoad *best;

  g_return_val_if_fail (FL_IS_DEVICE (self), NULL);

  best = fl_device_get_best_road (self);
  return best != NULL && fl_road_get_reachable (best) ? fl_road_get_problem (best) : NULL;
}

void
fl_device_set_serial (FlDevice *self, const char *serial)
{
  g_return_if_fail (FL_IS_DEVICE (self));

  set_string (self, &self->learned_serial, serial, 0);
  update_identity (self);
}

void
fl_device_set_device_id (FlDevice *self, const char *device_id)
{
  g_return_if_fail (FL_IS_DEVICE (self));

  set_string (self, &self->learned_device_id, device_id, 0);
  update_identity (self);
}

gboolean
fl_device_owns_road (FlDevice *self, FlRoad *road)
{
  FlIdentity own, other;

  g_return_val_if_fail (FL_IS_DEVICE (self), FALSE);
  g_return_val_if_fail (FL_IS_ROAD (road), FALSE);

  if (g_list_store_find (self->roads, road, NULL))
    return TRUE;

  collect_identity (self, &own);
  fl_identity_init_from_road (&other, road);
  return fl_identity_is_same (&own, &other);
}

static gboolean
is_same_text (const char *a, const char *b)
{
  return a != NULL && g_ascii_strcasecmp (a, b) == 0;
}

/* By radio most devices tell only the end of their serial number, which is their set-up code
 * (PROTOCOL.md, "Setup code"). */
static gboolean
ends_serial (FlDevice *self, const char *text)
{
  gsize size = strlen (text), ending_size = strlen (self->ending);

  return self->serial == NULL && size == SERIAL_SIZE && ending_size > 0 && ending_size < size &&
         g_ascii_strcasecmp (text + size - ending_size, self->ending) == 0;
}

gboolean
fl_device_matches (FlDevice *self, const char *text)
{
  g_return_val_if_fail (FL_IS_DEVICE (self), FALSE);

  if (text == NULL || *text == '\0')
    return FALSE;
  if (is_same_text (self->ending, text) || is_same_text (self->serial, text) ||
      is_same_text (self->device_id, text) || ends_serial (self, text))
    return TRUE;
  for (guint i = 0; i < count_roads (self); i++)
    {
      FlRoad *road = peek_road (self, i);

      if (is_same_text (fl_road_get_address (road), text) ||
          is_same_text (fl_road_get_alias (road), text) ||
          is_same_text (fl_road_get_setup_code (road), text) ||
          is_same_text (fl_road_get_name (road), text))
        return TRUE;
    }
  return FALSE;
}

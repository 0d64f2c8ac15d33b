/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-cables.h"

#include "fl-identity.h"

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

static gboolean
is_conflict (FlRoad *a, FlRoad *b)
{
  FlIdentity left, right;

  fl_identity_init_from_road (&left, a);
  fl_identity_init_from_road (&right, b);
  return fl_identity_is_conflict (&left, &right);
}

static gboolean
is_cable (FlRoad *road)
{
  FlRoadKind kind = fl_road_get_kind (road);

  return (kind == FL_ROAD_USB || kind == FL_ROAD_SERIAL) && fl_road_get_reachable (road);
}

typedef enum
{
  PLACE_UNKNOWN,
  PLACE_SAME,
  PLACE_OTHER,
} Place;

/* Two reachable cables. A device has one of each kind, and both end in the same socket. */
static Place
compare_places (FlRoad *a, FlRoad *b)
{
  const char *left = fl_road_get_location (a), *right = fl_road_get_location (b);

  if (fl_road_get_kind (a) == fl_road_get_kind (b))
    return PLACE_OTHER;
  if (left == NULL || right == NULL)
    return PLACE_UNKNOWN;
  return g_str_equal (left, right) ? PLACE_SAME : PLACE_OTHER;
}

static gboolean
has_cable (FlDevice *device, FlRoad *road, Place place)
{
  if (!is_cable (road))
    return FALSE;
  for (guint i = 0; i < count_roads (device); i++)
    {
      FlRoad *other = peek_road (device, i);

      if (other != road && is_cable (other) && compare_places (other, road) == place)
        return TRUE;
    }
  return FALSE;
}

gboolean
fl_cables_have_other (FlDevice *device, FlRoad *road)
{
  return has_cable (device, road, PLACE_OTHER);
}

gboolean
fl_cables_have_same_place (FlDevice *device, FlRoad *road)
{
  if (!has_cable (device, road, PLACE_SAME))
    return FALSE;
  for (guint i = 0; i < count_roads (device); i++)
    if (is_conflict (peek_road (device, i), road))
      return FALSE;
  return TRUE;
}

gboolean
fl_cables_are_twins (FlDevice *a, FlDevice *b)
{
  static const FlRoadKind kinds[] = { FL_ROAD_USB, FL_ROAD_SERIAL };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      FlRoad *left = fl_device_get_road (a, kinds[i]), *right = fl_device_get_road (b, kinds[i]);

      if (left != NULL && right != NULL && left != right && is_cable (left) && is_cable (right))
        return TRUE;
    }
  return FALSE;
}

gboolean
fl_cables_are_apart (FlDevice *a, FlDevice *b)
{
  for (guint i = 0; i < count_roads (b); i++)
    if (fl_cables_have_other (a, peek_road (b, i)))
      return TRUE;
  return FALSE;
}

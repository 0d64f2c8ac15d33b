/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-finder"
#include "config.h"

#include "fl-finder.h"

G_DEFINE_INTERFACE (FlFinder, fl_finder, G_TYPE_OBJECT)

static void
fl_finder_default_init (FlFinderInterface *iface)
{
  g_object_interface_install_property (iface,
                                       g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                                           G_PARAM_READABLE |
                                                               G_PARAM_STATIC_STRINGS));
  g_object_interface_install_property (
      iface, g_param_spec_enum ("kind", NULL, NULL, FL_TYPE_ROAD_KIND, FL_ROAD_BLUETOOTH,
                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

void
fl_finder_start (FlFinder *self)
{
  g_return_if_fail (FL_IS_FINDER (self));

  FL_FINDER_GET_IFACE (self)->start (self);
}

void
fl_finder_stop (FlFinder *self)
{
  g_return_if_fail (FL_IS_FINDER (self));

  FL_FINDER_GET_IFACE (self)->stop (self);
}

GListModel *
fl_finder_get_sightings (FlFinder *self)
{
  g_return_val_if_fail (FL_IS_FINDER (self), NULL);

  return FL_FINDER_GET_IFACE (self)->get_sightings (self);
}

FlRoadKind
fl_finder_get_kind (FlFinder *self)
{
  return FL_FINDER_GET_IFACE (self)->get_kind (self);
}

const GError *
fl_finder_get_problem (FlFinder *self)
{
  g_return_val_if_fail (FL_IS_FINDER (self), NULL);

  return FL_FINDER_GET_IFACE (self)->get_problem (self);
}

FlLink *
fl_finder_create_link (FlFinder *self, FlRoad *road)
{
  g_return_val_if_fail (FL_IS_FINDER (self), NULL);
  g_return_val_if_fail (FL_IS_ROAD (road), NULL);

  return FL_FINDER_GET_IFACE (self)->create_link (self, road);
}

void
fl_finder_repair (FlFinder *self, FlErrorAction action)
{
  g_return_if_fail (FL_IS_FINDER (self));

  FL_FINDER_GET_IFACE (self)->repair (self, action);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-need.h"

FlNeed
fl_need_of (FlProduct *product, FlDevice *device)
{
  FlRoad *road = device != NULL ? fl_device_get_best_road (device) : NULL;
  FlNeed need = FL_NEED_NOTHING;

  if (road != NULL &&
      (fl_road_get_kind (road) == FL_ROAD_USB || fl_road_get_kind (road) == FL_ROAD_SERIAL) &&
      fl_road_get_reachable (road) && fl_road_get_problem (road) == NULL)
    return FL_NEED_NOTHING;

  if (product == NULL || fl_product_get_code_source (product) != FL_CODE_NONE)
    need |= FL_NEED_CODE;
  if (product == NULL || fl_product_get_secret_source (product) != FL_SECRET_CONSTANT)
    need |= FL_NEED_SECRET;
  return need;
}

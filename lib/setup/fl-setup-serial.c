/* SPDX-License-Identifier: Apache-2.0 */
/* A device whose control requests take no networks, and whose console does: going over to it, and
 * waiting until the computer lists it. */
#define G_LOG_DOMAIN "fl-setup-serial"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* The ports of one device are listed one after the other, with rules of the system between them. */
#define LISTING_MS 5000

static gboolean
has_serial_finder (FlSetup *self)
{
  GListModel *finders = fl_meta_finder_get_finders (fl_engine_get_finder (self->engine));

  for (guint i = 0; i < g_list_model_get_n_items (finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (finders, i);

      if (fl_finder_get_kind (finder) == FL_ROAD_SERIAL)
        return TRUE;
    }
  return FALSE;
}

gboolean
fl_setup_await_serial (FlSetup *self, const GError *error)
{
  if (!g_error_matches (error, FL_ERROR, FL_ERROR_OTHER_ROAD) || self->road_fixed ||
      self->awaits_serial || fl_road_get_kind (self->road) != FL_ROAD_USB ||
      !has_serial_finder (self))
    return FALSE;

  self->awaits_serial = TRUE;
  fl_setup_find (self);
  return TRUE;
}

guint
fl_setup_get_serial_limit_ms (FlSetup *self)
{
  return self->awaits_serial ? LISTING_MS : 0;
}

void
fl_setup_leave_road (FlSetup *self)
{
  g_autoptr (GError) error =
      g_error_new (FL_ERROR, FL_ERROR_OTHER_ROAD,
                   "This firmware takes networks by its serial port or its own access point");

  fl_setup_drop_driver (self);
  self->usb_refused = fl_road_get_kind (self->road) == FL_ROAD_USB;
  self->recovering = TRUE; /* what a person sees stays */
  if (!fl_setup_try_other_road (self, error) && !fl_setup_await_serial (self, error))
    fl_setup_take_failure (self, g_steal_pointer (&error));
}

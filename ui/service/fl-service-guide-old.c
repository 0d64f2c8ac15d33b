/* SPDX-License-Identifier: Apache-2.0 */
/* Old networks that may go, once the new one is proven. */
#define G_LOG_DOMAIN "fl-service-guide-old"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-guide-private.h"

static void remove_next (FlServiceGuide *self);

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlServiceGuide) self = data;

  fl_page_set_busy (FL_PAGE (self->old_page), FALSE);
  if (FL_VISIT (source) != self->visit)
    return;
  /* Why it failed is the visit's error, which its page shows. */
  if (fl_visit_finish (FL_VISIT (source), result, NULL))
    remove_next (self);
  else
    fl_service_guide_back_to_device (self, NULL);
}

static void
remove_next (FlServiceGuide *self)
{
  g_autoptr (GBytes) ssid = NULL;

  if (self->leaving == NULL || self->leaving->len == 0)
    {
      fl_service_guide_back_to_device (self, _ ("The old networks were removed."));
      return;
    }

  ssid = g_ptr_array_steal_index (self->leaving, self->leaving->len - 1);
  fl_page_set_busy (FL_PAGE (self->old_page), TRUE);
  fl_visit_remove_async (self->visit, ssid, fl_service_guide_renew_cancellable (self), on_removed,
                         g_object_ref (self));
}

static void
on_old_chosen (FlServiceGuide *self, GPtrArray *chosen)
{
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  self->leaving = g_ptr_array_ref (chosen);
  remove_next (self);
}

static void
on_old_kept (FlServiceGuide *self)
{
  fl_service_guide_back_to_device (self, NULL);
}

void
fl_service_guide_connect_old (FlServiceGuide *self)
{
  fl_service_guide_listen (self, self->old_page, "chosen", G_CALLBACK (on_old_chosen));
  fl_service_guide_listen (self, self->old_page, "cancelled", G_CALLBACK (on_old_kept));
}

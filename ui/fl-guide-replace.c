/* SPDX-License-Identifier: Apache-2.0 */
/* A device that is full: one of its networks goes, then the new one is sent again. */
#define G_LOG_DOMAIN "fl-guide-replace"
#include "config.h"

#include "fl-guide-private.h"

gboolean
fl_guide_can_replace (FlGuide *self)
{
  FlCapabilities wanted = FL_CAN_LIST_KNOWN | FL_CAN_REMOVE_KNOWN;

  return self->setup != NULL && fl_setup_get_driver (self->setup) != NULL &&
         (fl_setup_get_capabilities (self->setup) & wanted) == wanted;
}

static GCancellable *
renew_cancellable (FlGuide *self)
{
  g_cancellable_cancel (self->replacing);
  g_clear_object (&self->replacing);
  self->replacing = g_cancellable_new ();
  return self->replacing;
}

static void
show_failure (FlGuide *self, const GError *error)
{
  FlPage *page = fl_guide_get_typing_page (self);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  fl_page_set_actions (page, fl_action_bit (FL_ACTION_REPLACE_NETWORK));
  fl_guide_show (self, page);
  fl_page_set_error (page, error);
}

static void
on_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlGuide) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = fl_driver_list_known_finish (FL_DRIVER (source), result, &error);
  g_autoptr (GListStore) networks = g_list_store_new (FL_TYPE_NETWORK);

  if (known == NULL)
    {
      show_failure (self, error);
      return;
    }

  for (guint i = 0; i < known->len; i++)
    g_list_store_append (networks, known->pdata[i]);
  fl_replace_page_set_known (self->replace_page, G_LIST_MODEL (networks));
  fl_page_set_busy (FL_PAGE (self->replace_page), FALSE);
  fl_guide_show (self, self->replace_page);
}

void
fl_guide_ask_replace (FlGuide *self)
{
  FlDriver *driver = fl_setup_get_driver (self->setup);

  if (driver != NULL)
    fl_driver_list_known_async (driver, renew_cancellable (self), on_known, g_object_ref (self));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlGuide) self = data;
  g_autoptr (GError) error = NULL;

  fl_page_set_busy (FL_PAGE (self->replace_page), FALSE);
  if (!fl_driver_finish (FL_DRIVER (source), result, &error))
    {
      show_failure (self, error);
      return;
    }
  if (self->setup != NULL && fl_setup_get_credentials (self->setup) != NULL)
    fl_guide_join (self, fl_setup_get_credentials (self->setup));
}

static void
on_chosen (FlGuide *self, FlNetwork *network)
{
  FlDriver *driver = self->setup != NULL ? fl_setup_get_driver (self->setup) : NULL;

  if (driver == NULL)
    return;

  fl_page_set_busy (FL_PAGE (self->replace_page), TRUE);
  fl_driver_remove_known_async (driver, fl_network_get_ssid (network), renew_cancellable (self),
                                on_removed, g_object_ref (self));
}

static void
on_back (FlGuide *self)
{
  fl_guide_show (self, fl_guide_get_typing_page (self));
}

void
fl_guide_connect_replace (FlGuide *self)
{
  g_signal_connect_object (self->replace_page, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->replace_page, "go-back", G_CALLBACK (on_back), self,
                           G_CONNECT_SWAPPED);
}

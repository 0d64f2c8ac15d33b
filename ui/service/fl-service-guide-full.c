/* SPDX-License-Identifier: Apache-2.0 */
/* A device that is full: it keeps no more networks, so that one goes before the new one is proven.
 */
#define G_LOG_DOMAIN "fl-service-guide-full"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-guide-private.h"

#include "fl-confirm.h"
#include "fl-text.h"

static void
on_room_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlServiceGuide) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = fl_visit_finish (FL_VISIT (source), result, &error);

  fl_page_set_busy (FL_PAGE (self->replace_page), FALSE);
  if (FL_VISIT (source) != self->visit)
    return;
  if (done)
    fl_service_guide_join (self);
  else
    fl_service_guide_show_failure (self, error);
}

/* A full device gives its last network for the new one by itself; any other has to go before. */
static void
make_room (FlServiceGuide *self)
{
  GListModel *known = fl_visit_get_known (self->visit);
  guint n = g_list_model_get_n_items (known);
  g_autoptr (FlNetwork) last = n > 0 ? g_list_model_get_item (known, n - 1) : NULL;

  if (last != NULL && g_bytes_equal (fl_network_get_ssid (last), self->replaced))
    {
      fl_service_guide_join (self);
      return;
    }

  fl_page_set_busy (FL_PAGE (self->replace_page), TRUE);
  fl_visit_remove_async (self->visit, self->replaced, fl_service_guide_renew_cancellable (self),
                         on_room_made, g_object_ref (self));
  g_clear_pointer (&self->replaced, g_bytes_unref);
}

static void
on_room_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlServiceGuide) self = data;

  if (fl_confirm_finish (GTK_WINDOW (source), result, NULL) && self->visit != NULL &&
      self->replaced != NULL)
    make_room (self);
}

static void
on_full_chosen (FlServiceGuide *self, FlNetwork *network)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->wizard));
  g_autofree char *heading = NULL;

  if (!GTK_IS_WINDOW (root))
    return;

  g_clear_pointer (&self->replaced, g_bytes_unref);
  self->replaced = g_bytes_ref (fl_network_get_ssid (network));
  /* Translators: %s is the name of a network */
  heading = fl_text_name (_ ("Remove “%s” First?"), fl_network_get_name (network));
  fl_confirm_async (GTK_WINDOW (root), heading,
                    _ ("The device is full, so this network goes before the new one is proven."),
                    _ ("_Remove"), _ ("_Keep"), on_room_confirmed, g_object_ref (self));
}

void
fl_service_guide_ask_replace (FlServiceGuide *self)
{
  fl_replace_page_set_known (self->replace_page, fl_visit_get_known (self->visit));
  fl_service_guide_show (self, self->replace_page);
}

static void
on_replace_back (FlServiceGuide *self)
{
  fl_service_guide_show (self, fl_service_guide_get_typing_page (self));
}

void
fl_service_guide_connect_full (FlServiceGuide *self)
{
  fl_service_guide_listen (self, self->replace_page, "chosen", G_CALLBACK (on_full_chosen));
  fl_service_guide_listen (self, self->replace_page, "go-back", G_CALLBACK (on_replace_back));
}

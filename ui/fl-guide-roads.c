/* SPDX-License-Identifier: Apache-2.0 */
/* From one road to the other: Use a USB Cable, Use Bluetooth, and what a cable needs. */
#define G_LOG_DOMAIN "fl-guide-roads"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-guide-private.h"

#include "fl-explain.h"
#include "fl-finders.h"
#include "fl-how.h"
#include "fl-need.h"

FlFinder *
fl_guide_find_finder (FlGuide *self, FlRoadKind kind)
{
  return fl_finders_find (fl_meta_finder_get_finders (fl_engine_get_finder (self->engine)), kind);
}

void
fl_guide_use_cable (FlGuide *self)
{
  fl_guide_add_other_pages (self);
  fl_guide_clear_errors (self);
  if (self->setup == NULL)
    fl_guide_make_setup (self, NULL, NULL);
  self->waits_for_cable = TRUE;
  fl_cable_page_set_bluetooth (self->cable_page,
                               fl_guide_find_finder (self, FL_ROAD_BLUETOOTH) != NULL);
  fl_cable_page_set_waiting (self->cable_page, TRUE);
  fl_guide_show (self, self->cable_page);
  fl_setup_use_road (self->setup, FL_ROAD_USB);
}

/* Where the person was before the cable was asked for. */
static FlPage *
find_present_page (FlGuide *self)
{
  FlStage stage = fl_setup_get_stage (self->setup);

  if (stage == FL_STAGE_FAILED)
    stage = fl_setup_get_failed_stage (self->setup);
  return fl_guide_is_following (stage) ? FL_PAGE (self->connecting_page)
                                       : FL_PAGE (self->network_page);
}

static gboolean
has_secret (FlGuide *self)
{
  FlLabel *label = fl_setup_get_label (self->setup);

  return fl_product_get_secret_source (fl_engine_get_product (self->engine)) ==
             FL_SECRET_CONSTANT ||
         (label != NULL && fl_label_get_secret (label) != NULL);
}

void
fl_guide_use_bluetooth (FlGuide *self)
{
  FlDevice *device = self->setup != NULL ? fl_setup_get_device (self->setup) : NULL;

  self->waits_for_cable = FALSE;
  if (self->setup == NULL || (device == NULL && fl_setup_get_label (self->setup) == NULL))
    {
      fl_guide_leave_device (self);
      return;
    }
  fl_guide_clear_errors (self);
  if (!has_secret (self))
    {
      self->label_is_for_bluetooth = TRUE;
      /* All of it: the device as it is now, on a cable, would need nothing. */
      fl_label_page_set_product (self->label_page, fl_engine_get_product (self->engine), NULL);
      fl_guide_show (self, self->label_page);
      return;
    }
  fl_setup_use_road (self->setup, FL_ROAD_BLUETOOTH);
  fl_guide_show (self, find_present_page (self));
}

gboolean
fl_guide_take_label_for_bluetooth (FlGuide *self, FlLabel *label)
{
  if (!self->label_is_for_bluetooth || self->setup == NULL)
    return FALSE;

  self->label_is_for_bluetooth = FALSE;
  fl_setup_set_label (self->setup, label);
  fl_guide_use_bluetooth (self);
  return TRUE;
}

static guint
count_cables (FlGuide *self)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (self->engine));
  guint n_cables = 0;

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (devices, i);
      FlRoad *road = fl_device_get_road (device, FL_ROAD_USB);

      n_cables += road != NULL && fl_road_get_reachable (road);
    }
  return n_cables;
}

static void
show_nothing_plugged (FlGuide *self, const GError *error)
{
  FlPage *page = FL_PAGE (self->cable_page);

  fl_cable_page_set_waiting (self->cable_page, FALSE);
  fl_page_set_actions (page, fl_action_bit (FL_ACTION_USE_BLUETOOTH) |
                                 fl_action_bit (FL_ACTION_SHOW_HOW));
  fl_page_set_error (page, error);
  fl_page_focus_error (page);
}

gboolean
fl_guide_update_cable (FlGuide *self)
{
  const GError *error = fl_setup_get_error (self->setup);
  gboolean is_open = FALSE;

  if (!self->waits_for_cable)
    return FALSE;
  if (g_error_matches (error, FL_ERROR, FL_ERROR_USB_NOTHING) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_USB_PERMISSION))
    {
      show_nothing_plugged (self, error);
      return TRUE;
    }
  if (fl_setup_get_device (self->setup) == NULL && count_cables (self) > 1)
    {
      self->waits_for_cable = FALSE;
      fl_guide_leave_device (self); /* the list asks which one */
      return TRUE;
    }

  g_object_get (self->setup, "link-open", &is_open, NULL);
  if (error == NULL && !is_open && fl_setup_get_stage (self->setup) != FL_STAGE_CANCELLED)
    return TRUE;
  self->waits_for_cable = FALSE;
  if (error == NULL)
    fl_guide_show (self, find_present_page (self));
  return FALSE;
}

void
fl_guide_show_how (FlGuide *self, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->wizard));
  g_auto (FlHow) how = { 0 };
  FlErrorText text;

  if (!GTK_IS_WINDOW (root) || !fl_how_find (error, &how))
    return;
  fl_error_describe (error, &text);
  fl_explain (GTK_WINDOW (root), text.title, how.body, how.command);
}

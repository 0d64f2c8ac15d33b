/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-overview-block"
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-overview-block.h"

#include "fl-fact-row.h"
#include "fl-light-view.h"
#include "fl-service-text.h"
#include "fl-text.h"

enum
{
  FACT_MODE,
  FACT_NETWORK,
  FACT_SIGNAL,
  FACT_ADDRESS,
  FACT_CLOUD,
  FACT_FIRMWARE,
  FACT_RADIO,
  FACT_SERIAL,
  FACT_DEVICE_ID,
  FACT_MAC,
  FACT_PROTECTION,
  N_FACTS
};

static const char *const titles[N_FACTS] = {
  [FACT_MODE] = N_ ("Mode"),
  [FACT_NETWORK] = N_ ("Network"),
  [FACT_SIGNAL] = N_ ("Signal"),
  [FACT_ADDRESS] = N_ ("Address"),
  [FACT_CLOUD] = N_ ("Service"),
  [FACT_FIRMWARE] = N_ ("Firmware"),
  [FACT_RADIO] = N_ ("Radio firmware"),
  [FACT_SERIAL] = N_ ("Serial number"),
  [FACT_DEVICE_ID] = N_ ("Device ID"),
  [FACT_MAC] = N_ ("Hardware address"),
  [FACT_PROTECTION] = N_ ("Protection"),
};

struct _FlOverviewBlock
{
  FlServiceBlock parent_instance;

  GtkWidget *light_box;
  FlLightView *light_view;
  GtkLabel *light_label;
  FlFactRow *facts[N_FACTS];
  AdwActionRow *done_row;
  GtkSwitch *done_switch;
  gboolean showing; /* the switch is told, not asked */
};

G_DEFINE_FINAL_TYPE (FlOverviewBlock, fl_overview_block, FL_TYPE_SERVICE_BLOCK)

static void
set_fact (FlOverviewBlock *self, guint fact, const char *value)
{
  fl_fact_row_set_value (self->facts[fact], value);
}

static char *
dup_signal (const FlDeviceState *state)
{
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (FlNetwork) scale = NULL;

  if (!state->wifi_link || state->rssi_dbm == 0)
    return NULL;

  scale = fl_network_new (none, FL_SECURITY_UNKNOWN, 0, state->rssi_dbm);
  /* Translators: a signal in words and in decibels: "strong, -48 dBm" */
  return g_strdup_printf (_ ("%s, %d dBm"), fl_network_get_signal_word (scale), state->rssi_dbm);
}

static void
update_state (FlOverviewBlock *self, FlVisit *visit)
{
  const FlDeviceState *state = fl_visit_get_state (visit);
  g_autofree char *mode = fl_service_dup_text (visit, FL_SERVICE_MODE);
  g_autofree char *network = fl_service_dup_text (visit, FL_SERVICE_NETWORK);
  g_autofree char *signal_words = state != NULL ? dup_signal (state) : NULL;
  g_autofree char *addresses =
      state != NULL && state->addresses != NULL ? g_strjoinv ("\n", state->addresses) : NULL;

  set_fact (self, FACT_MODE, mode);
  set_fact (self, FACT_NETWORK, network);
  set_fact (self, FACT_SIGNAL, signal_words);
  set_fact (self, FACT_ADDRESS, addresses);
  set_fact (self, FACT_CLOUD, fl_service_get_cloud_cause (state));
  set_fact (self, FACT_MAC, state != NULL ? state->mac : NULL);
}

static void
update_info (FlOverviewBlock *self, FlVisit *visit)
{
  const FlDeviceInfo *info = fl_visit_get_info (visit);
  FlDevice *device = fl_visit_get_device (visit);
  g_autofree char *firmware = fl_service_dup_text (visit, FL_SERVICE_FIRMWARE);
  const char *protection = NULL;

  if (info != NULL && info->protected_known)
    protection = info->is_protected ? _ ("Locked by its owner") : _ ("Not locked");
  set_fact (self, FACT_FIRMWARE, firmware);
  set_fact (self, FACT_RADIO, info != NULL ? info->ncp_firmware : NULL);
  set_fact (self, FACT_SERIAL,
            info != NULL && info->serial != NULL ? info->serial : fl_device_get_serial (device));
  set_fact (self, FACT_DEVICE_ID,
            info != NULL && info->device_id != NULL ? info->device_id
                                                    : fl_device_get_device_id (device));
  set_fact (self, FACT_PROTECTION, protection);
}

static void
update_light (FlOverviewBlock *self, FlVisit *visit)
{
  const FlLight *light = fl_visit_get_light (visit);
  g_autofree char *words = NULL;

  /* What it shows while nobody can ask it is not known. */
  gtk_widget_set_visible (self->light_box,
                          light != NULL && fl_device_get_reachable (fl_visit_get_device (visit)));
  if (light == NULL || light == fl_light_view_get_light (self->light_view))
    return;

  fl_light_view_set_light (self->light_view, light);
  /* Translators: how the light behaves, then what that means: "blinks, green", "joins a network" */
  words = g_strdup_printf (_ ("The light should look like this: %s. The device %s."),
                           fl_light_get_words (light), fl_light_get_meaning (light));
  gtk_label_set_label (self->light_label, words);
}

static void
fl_overview_block_update (FlServiceBlock *block, FlVisit *visit)
{
  FlOverviewBlock *self = FL_OVERVIEW_BLOCK (block);
  int done = fl_visit_get_setup_done (visit);
  /* One heading for two readings: what is unfinished or went wrong is told first. */
  gboolean state_first = fl_visit_get_status (visit, FL_VISIT_OVERVIEW) == FL_BLOCK_READY;

  fl_service_block_show_status (block, visit, state_first ? FL_VISIT_STATE : FL_VISIT_OVERVIEW);
  update_light (self, visit);
  update_state (self, visit);
  update_info (self, visit);

  gtk_widget_set_visible (GTK_WIDGET (self->done_row),
                          done >= 0 &&
                              (fl_visit_get_capabilities (visit) & FL_CAN_SETUP_DONE) != 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->done_switch),
                            fl_visit_get_open (visit) && !fl_visit_get_busy (visit));
  self->showing = TRUE;
  gtk_switch_set_active (self->done_switch, done == 1);
  self->showing = FALSE;
}

static void
on_done (FlOverviewBlock *self)
{
  if (!self->showing)
    fl_service_block_wish (FL_SERVICE_BLOCK (self),
                           gtk_switch_get_active (self->done_switch) ? FL_WISH_SETUP_DONE
                                                                     : FL_WISH_SETUP_NOT_DONE,
                           NULL);
}

static void
on_copy (FlOverviewBlock *self)
{
  fl_service_block_wish (FL_SERVICE_BLOCK (self), FL_WISH_COPY_MAC, NULL);
}

static void
fl_overview_block_class_init (FlOverviewBlockClass *klass)
{
  FL_SERVICE_BLOCK_CLASS (klass)->update = fl_overview_block_update;
}

static GtkWidget *
create_light (FlOverviewBlock *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->light_view = FL_LIGHT_VIEW (fl_light_view_new ());
  g_object_set (self->light_view, "halign", GTK_ALIGN_CENTER, "width-request", 160,
                "height-request", 96, NULL);
  self->light_label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER,
                                    "css-classes", (const char *[]){ "dim-label", NULL }, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->light_view));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->light_label));
  self->light_box = box;
  return box;
}

static void
add_done_row (FlOverviewBlock *self, GtkWidget *list)
{
  self->done_row = ADW_ACTION_ROW (adw_action_row_new ());
  self->done_switch = GTK_SWITCH (gtk_switch_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->done_row), _ ("Set-up is done"));
  adw_action_row_set_subtitle (self->done_row,
                               _ ("When it is not, the device starts in set-up mode."));
  gtk_widget_set_valign (GTK_WIDGET (self->done_switch), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->done_row, GTK_WIDGET (self->done_switch));
  adw_action_row_set_activatable_widget (self->done_row, GTK_WIDGET (self->done_switch));
  g_signal_connect_object (self->done_switch, "notify::active", G_CALLBACK (on_done), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->done_row));
}

static void
add_copy_button (FlOverviewBlock *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Copy"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_copy), self, G_CONNECT_SWAPPED);
  fl_fact_row_add_suffix (self->facts[FACT_MAC], button);
}

static void
fl_overview_block_init (FlOverviewBlock *self)
{
  FlServiceBlock *block = FL_SERVICE_BLOCK (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = fl_service_block_new_list (_ ("Overview"));

  fl_service_block_set_title (block, _ ("Overview"));
  for (guint i = 0; i < N_FACTS; i++)
    {
      self->facts[i] = g_object_new (FL_TYPE_FACT_ROW, "title", _ (titles[i]), NULL);
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->facts[i]));
    }
  add_copy_button (self);
  add_done_row (self, list);
  gtk_box_append (GTK_BOX (box), create_light (self));
  gtk_box_append (GTK_BOX (box), list);
  fl_service_block_set_content (block, box);
}

FlServiceBlock *
fl_overview_block_new (void)
{
  return g_object_new (FL_TYPE_OVERVIEW_BLOCK, NULL);
}

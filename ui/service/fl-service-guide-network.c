/* SPDX-License-Identifier: Apache-2.0 */
/* Which network a device in service shall get: one that it sees, or one that is not here. */
#define G_LOG_DOMAIN "fl-service-guide-network"
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-service-guide-private.h"

#include "fl-text.h"

/* A typed name can be stored even where a hidden one cannot be joined. */
static FlCapabilities
get_offered (FlServiceGuide *self)
{
  FlCapabilities can = fl_visit_get_capabilities (self->visit);

  return (can & FL_CAN_SAVE) != 0 ? can | FL_CAN_HIDDEN : can;
}

void
fl_service_guide_update_network (FlServiceGuide *self)
{
  FlSetup *setup = fl_visit_get_setup (self->visit);
  /* Between orders the journey of a visit rests in choosing. */
  FlStage stage = fl_visit_get_open (self->visit) ? FL_STAGE_CHOOSING : fl_setup_get_stage (setup);

  fl_network_page_set_networks (self->network_page, fl_setup_get_networks (setup),
                                get_offered (self));
  fl_network_page_set_stage (self->network_page, stage, fl_setup_get_scanning (setup));
}

/* What goes, when the new one is proven. */
static void
name_replaced (FlServiceGuide *self, gpointer page)
{
  g_autofree char *name = NULL;
  g_autofree char *subtitle = NULL;

  if (self->replaced != NULL)
    {
      name = fl_ssid_to_name (g_bytes_get_data (self->replaced, NULL),
                              g_bytes_get_size (self->replaced));
      /* Translators: %s is the name of a network */
      subtitle = fl_text_name (_ ("“%s” stays until the new one works."), name);
    }
  fl_page_set_subtitle (page, subtitle);
}

void
fl_service_guide_choose_network (FlServiceGuide *self, FlNetwork *replaced)
{
  FlSetup *setup = fl_visit_get_setup (self->visit);

  g_clear_pointer (&self->replaced, g_bytes_unref);
  g_clear_pointer (&self->tried, g_bytes_unref);
  if (replaced != NULL)
    self->replaced = g_bytes_ref (fl_network_get_ssid (replaced));
  fl_page_set_error (FL_PAGE (self->network_page), NULL);
  if (!fl_service_guide_can (self, FL_CAN_SCAN))
    {
      fl_service_guide_show_password (self, NULL);
      return;
    }

  name_replaced (self, self->network_page);
  if (!fl_setup_get_scanning (setup) && fl_visit_get_open (self->visit))
    fl_setup_search_again (setup);
  fl_service_guide_update_network (self);
  fl_service_guide_show (self, self->network_page);
}

static void
update_action (FlServiceGuide *self)
{
  gboolean saves = fl_save_switch_get_active (self->save_switch);

  fl_page_set_action_label (FL_PAGE (self->password_page), saves ? _ ("_Save") : _ ("_Connect"));
}

void
fl_service_guide_show_password (FlServiceGuide *self, FlNetwork *network)
{
  FlPage *page = FL_PAGE (self->password_page);
  gboolean can_test = network != NULL ? fl_service_guide_can (self, FL_CAN_JOIN)
                                      : fl_service_guide_can (self, FL_CAN_JOIN | FL_CAN_HIDDEN);

  fl_password_page_set_network (self->password_page, network, get_offered (self));
  if (network == NULL)
    fl_page_set_subtitle (page, _ ("For a network that is not here, or does not show its name."));
  else
    name_replaced (self, page);
  gtk_widget_set_visible (GTK_WIDGET (self->save_switch), fl_service_guide_can (self, FL_CAN_SAVE));
  fl_save_switch_set_active (self->save_switch, FALSE);
  fl_save_switch_set_forced (self->save_switch,
                             !can_test && fl_service_guide_can (self, FL_CAN_SAVE));
  fl_page_set_error (page, NULL);
  fl_page_set_busy (page, FALSE);
  fl_service_guide_show (self, page);
}

/* What is stored without a test is typed, too; a login is always tried. */
static void
show_login (FlServiceGuide *self, FlNetwork *network)
{
  FlDriver *driver = fl_setup_get_driver (fl_visit_get_setup (self->visit));
  FlPage *from = fl_wizard_get_page (self->wizard);

  if (from == FL_PAGE (self->network_page) || from == FL_PAGE (self->password_page))
    self->login_from = from;
  fl_enterprise_page_set_network (self->enterprise_page, network,
                                  driver != NULL ? fl_driver_get_enterprise_limits (driver) : NULL);
  name_replaced (self, self->enterprise_page);
  fl_save_switch_set_active (self->save_switch, FALSE);
  fl_save_switch_set_forced (self->save_switch, FALSE);
  fl_page_set_error (FL_PAGE (self->enterprise_page), NULL);
  fl_service_guide_show (self, self->enterprise_page);
}

static void
on_login_back (FlServiceGuide *self)
{
  fl_service_guide_show (self, self->login_from != NULL ? self->login_from
                                                        : FL_PAGE (self->network_page));
}

static void
on_chosen (FlServiceGuide *self, FlNetwork *network)
{
  if (fl_network_get_security (network) == FL_SECURITY_ENTERPRISE)
    show_login (self, network);
  else
    fl_service_guide_show_password (self, network);
}

static void
on_other (FlServiceGuide *self)
{
  fl_service_guide_show_password (self, NULL);
}

static void
on_search (FlServiceGuide *self)
{
  fl_setup_search_again (fl_visit_get_setup (self->visit));
}

static void
on_network_back (FlServiceGuide *self)
{
  fl_service_guide_show (self, self->device_page);
}

static void
on_password_back (FlServiceGuide *self)
{
  if (fl_service_guide_can (self, FL_CAN_SCAN))
    fl_service_guide_show (self, self->network_page);
  else
    fl_service_guide_show (self, self->device_page);
}

/* Stored without a test, a typed name is not searched for: whether it hides is left to the device
 * where it cannot be told. */
static FlCredentials *
dup_fitting (FlServiceGuide *self, FlCredentials *credentials)
{
  if (!fl_credentials_get_hidden (credentials) || fl_service_guide_can (self, FL_CAN_HIDDEN))
    return fl_credentials_ref (credentials);

  return fl_credentials_new (fl_credentials_get_ssid (credentials),
                             fl_credentials_get_security (credentials),
                             fl_credentials_get_password (credentials), FALSE, NULL);
}

static void
on_entered (FlServiceGuide *self, FlCredentials *credentials)
{
  g_clear_pointer (&self->credentials, fl_credentials_unref);
  self->credentials = dup_fitting (self, credentials);
  fl_service_guide_join (self);
}

void
fl_service_guide_connect_network (FlServiceGuide *self)
{
  GtkWidget *content = NULL;

  self->save_switch = FL_SAVE_SWITCH (fl_save_switch_new ());
  g_object_get (self->password_page, "content", &content, NULL);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->save_switch));
  g_object_unref (content);

  fl_service_guide_listen (self, self->save_switch, "notify::active", G_CALLBACK (update_action));
  fl_service_guide_listen (self, self->network_page, "chosen", G_CALLBACK (on_chosen));
  fl_service_guide_listen (self, self->network_page, "other-network", G_CALLBACK (on_other));
  fl_service_guide_listen (self, self->network_page, "search-again", G_CALLBACK (on_search));
  fl_service_guide_listen (self, self->network_page, "go-back", G_CALLBACK (on_network_back));
  fl_service_guide_listen (self, self->password_page, "entered", G_CALLBACK (on_entered));
  fl_service_guide_listen (self, self->password_page, "login", G_CALLBACK (show_login));
  fl_service_guide_listen (self, self->password_page, "go-back", G_CALLBACK (on_password_back));
  fl_service_guide_listen (self, self->enterprise_page, "entered", G_CALLBACK (on_entered));
  fl_service_guide_listen (self, self->enterprise_page, "go-back", G_CALLBACK (on_login_back));
}

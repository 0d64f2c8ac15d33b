/* SPDX-License-Identifier: Apache-2.0 */
/* Networks with logins: the way to their page, what is sent, and back when it was refused. */
#define G_LOG_DOMAIN "fl-guide-login"
#include "config.h"

#include "fl-guide-private.h"

static const FlEnterpriseLimits *
get_limits (FlGuide *self)
{
  FlDriver *driver = self->setup != NULL ? fl_setup_get_driver (self->setup) : NULL;

  return driver != NULL ? fl_driver_get_enterprise_limits (driver) : NULL;
}

void
fl_guide_show_login (FlGuide *self, FlNetwork *network)
{
  FlPage *from = fl_wizard_get_page (self->wizard);

  if (from == FL_PAGE (self->network_page) || from == FL_PAGE (self->password_page))
    self->login_from = from;
  fl_enterprise_page_set_network (self->enterprise_page, network, get_limits (self));
  fl_guide_show (self, self->enterprise_page);
}

gboolean
fl_guide_has_login (FlGuide *self)
{
  FlCredentials *credentials = self->setup != NULL ? fl_setup_get_credentials (self->setup) : NULL;

  return credentials != NULL && fl_credentials_get_security (credentials) == FL_SECURITY_ENTERPRISE;
}

/* Where what was typed last is typed again. */
FlPage *
fl_guide_get_typing_page (FlGuide *self)
{
  return fl_guide_has_login (self) ? FL_PAGE (self->enterprise_page)
                                   : FL_PAGE (self->password_page);
}

void
fl_guide_focus_typed (FlGuide *self)
{
  if (fl_guide_has_login (self))
    fl_enterprise_page_focus_login (self->enterprise_page);
  else
    fl_password_page_focus_password (self->password_page);
}

gint64
fl_guide_get_expiry (FlGuide *self)
{
  return fl_guide_has_login (self) ? fl_enterprise_get_expiry (fl_credentials_get_enterprise (
                                         fl_setup_get_credentials (self->setup)))
                                   : 0;
}

static void
on_entered (FlGuide *self, FlCredentials *credentials)
{
  fl_guide_join (self, credentials);
}

static void
on_back (FlGuide *self)
{
  fl_guide_show (self, self->login_from != NULL ? self->login_from : FL_PAGE (self->network_page));
}

void
fl_guide_connect_login (FlGuide *self)
{
  g_signal_connect_object (self->password_page, "login", G_CALLBACK (fl_guide_show_login), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->enterprise_page, "entered", G_CALLBACK (on_entered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->enterprise_page, "go-back", G_CALLBACK (on_back), self,
                           G_CONNECT_SWAPPED);
  fl_guide_connect_errors (self, FL_PAGE (self->enterprise_page));
}

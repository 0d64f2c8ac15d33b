/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-computer-wifi.h"
#include "fl-credentials.h"
#include "fl-engine.h"
#include "fl-enterprise-draft.h"
#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlEnterprisePage:
 *
 * The login for a network that wants a user name or a certificate: a profile first, else by hand;
 * what was given is checked at once, line by line. Nothing typed or chosen is lost by going back.
 * Signal: "entered" (FlCredentials *).
 */
#define FL_TYPE_ENTERPRISE_PAGE (fl_enterprise_page_get_type ())
G_DECLARE_FINAL_TYPE (FlEnterprisePage, fl_enterprise_page, FL, ENTERPRISE_PAGE, FlPage)

FlPage *fl_enterprise_page_new (FlClock *clock);
/* This computer's own Wi-Fi, once: the logins that it has stored are offered. */
void fl_enterprise_page_set_wifi (FlEnterprisePage *self, FlComputerWifi *wifi);
/* @network (nullable): NULL asks for the name, too. The same network again keeps what was given.
 * @limits (nullable): what the device takes; NULL keeps what is known. */
void fl_enterprise_page_set_network (FlEnterprisePage *self,
                                     FlNetwork *network,
                                     const FlEnterpriseLimits *limits);
/* Today, that certificates are held against: seconds since 1970; 0: what this computer says. */
void fl_enterprise_page_set_now (FlEnterprisePage *self, gint64 now_s);
/* As if it had been chosen, or let go over the page. */
void fl_enterprise_page_open_file (FlEnterprisePage *self, const char *path);
/* Asks for the file that @error (nullable) is about. */
void fl_enterprise_page_choose_file (FlEnterprisePage *self, const GError *error);
/* After the network refused: the field that is likelier wrong gets the focus. */
void fl_enterprise_page_focus_login (FlEnterprisePage *self);
void fl_enterprise_page_clear (FlEnterprisePage *self);

G_END_DECLS

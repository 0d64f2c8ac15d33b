/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

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

FlPage *fl_enterprise_page_new (void);
/* @network (nullable): NULL asks for the name, too. The same network again keeps what was given.
 * @limits: what the device takes. */
void fl_enterprise_page_set_network (FlEnterprisePage *self,
                                     FlNetwork *network,
                                     const FlEnterpriseLimits *limits);
/* After the network refused: the field that is likelier wrong gets the focus. */
void fl_enterprise_page_focus_login (FlEnterprisePage *self);
void fl_enterprise_page_clear (FlEnterprisePage *self);

G_END_DECLS

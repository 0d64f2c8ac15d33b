/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-credentials.h"
#include "fl-engine.h"
#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlPasswordPage:
 *
 * The password of one network, or name, security and password of one that does not show itself.
 * Nothing typed is ever trimmed or lost. Signals: "entered" (FlCredentials *); "login" (FlNetwork
 * *): a name was given for a network with logins, which another page asks for.
 */
#define FL_TYPE_PASSWORD_PAGE (fl_password_page_get_type ())
G_DECLARE_FINAL_TYPE (FlPasswordPage, fl_password_page, FL, PASSWORD_PAGE, FlPage)

FlPage *fl_password_page_new (void);
/* @network (nullable): NULL asks for a hidden one. The same network again keeps what was typed.
 * @capabilities: limits the kinds of security offered. */
void fl_password_page_set_network (FlPasswordPage *self,
                                   FlNetwork *network,
                                   FlCapabilities capabilities);
/* Fills in what was used before: Set Up Another. */
void fl_password_page_set_credentials (FlPasswordPage *self, FlCredentials *credentials);
/* The password gets the focus, all of it selected: one keystroke replaces it. */
void fl_password_page_focus_password (FlPasswordPage *self);
void fl_password_page_clear (FlPasswordPage *self);

G_END_DECLS

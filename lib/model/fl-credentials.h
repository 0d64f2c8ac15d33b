/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise.h"
#include "fl-network.h"
#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlCredentials:
 *
 * What joins one network. Boxed, reference counted, immutable.
 */
typedef struct _FlCredentials FlCredentials;

#define FL_TYPE_CREDENTIALS (fl_credentials_get_type ())
GType fl_credentials_get_type (void);

/* @ssid: 1..32 bytes. @password: (nullable): none for an open network. @bssid: (nullable): 6 bytes.
 */
FlCredentials *fl_credentials_new (GBytes *ssid,
                                   FlSecurity security,
                                   FlSecret *password,
                                   gboolean hidden,
                                   GBytes *bssid);
/* FL_SECURITY_ENTERPRISE; @password: (nullable), with FL_EAP_PEAP. */
FlCredentials *
fl_credentials_new_enterprise (GBytes *ssid, FlEnterprise *enterprise, FlSecret *password);
FlCredentials *fl_credentials_ref (FlCredentials *self);
void fl_credentials_unref (FlCredentials *self);
GBytes *fl_credentials_get_ssid (const FlCredentials *self);
const char *fl_credentials_get_name (const FlCredentials *self); /* as fl_network_get_name() */
FlSecurity fl_credentials_get_security (const FlCredentials *self);
FlSecret *fl_credentials_get_password (const FlCredentials *self);
gboolean fl_credentials_get_hidden (const FlCredentials *self);
GBytes *fl_credentials_get_bssid (const FlCredentials *self);
FlEnterprise *fl_credentials_get_enterprise (const FlCredentials *self); /* (nullable) */

/* Pure check, shared by page and command line. NULL error: usable. Otherwise FL_ERROR_INVALID_INPUT
 * whose message is a translated sentence for the person ("The password has 8 to 63 characters.").
 */
gboolean fl_password_check (const char *password, FlSecurity security, GError **error);
/* A space at either end: "starts", "ends", "both" is asked about on the page, never trimmed. */
typedef enum
{
  FL_SPACE_NONE = 0,
  FL_SPACE_START = 1,
  FL_SPACE_END = 2
} FlSpace;
FlSpace fl_password_get_spaces (const char *password);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCredentials, fl_credentials_unref)

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise.h"

G_BEGIN_DECLS

#define fl_eap_bit(method) (1u << (method))

/**
 * FlEnterpriseLimits:
 *
 * What a device takes of the credentials for a network with logins. Static, of its driver. Sizes
 * are bytes as the device counts them: of PEM text with two bytes for each line end.
 */
typedef struct
{
  guint methods;           /* fl_eap_bit() of those it has */
  gsize identity_bytes;    /* longest user name, either one */
  gsize password_bytes;    /* longest password */
  gsize certificate_bytes; /* longest PEM text of the CA, and of the client's chain */
  gsize key_bytes;         /* longest PEM text of the private key */
  gboolean rsa_only;       /* other keys than RSA do not work */
  gboolean checks_name;    /* compares the server's name with the certificate */
  const char *newest_tls;  /* (nullable) "1.1": servers that want more refuse it */
  const char *blank_outer; /* (nullable) what it calls itself when no outer name is given */
} FlEnterpriseLimits;

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-certificate.h"
#include "fl-private-key.h"
#include "fl-profile.h"

G_BEGIN_DECLS

/**
 * FlProfileLogin:
 *
 * One FlProfileNetwork of a network with logins while a reader collects it. Fields that are not
 * certificates are the reader's to set.
 */
typedef struct
{
  FlEapMethod method;
  FlEapInner inner;
  char *identity;           /* (nullable) */
  char *anonymous_identity; /* (nullable) */
  GPtrArray *ca;            /* of FlCertificate */
  GPtrArray *client;        /* of FlCertificate, the device's own first */
  GPtrArray *keys;          /* of FlPrivateKey */
  FlProfileNetwork *network;
  FlProfile *profile; /* borrowed */
} FlProfileLogin;

FlProfileLogin *fl_profile_login_new (FlProfile *profile);
void fl_profile_login_free (FlProfileLogin *self);

/* @bytes: PEM, DER or PKCS#7 of certificates. @name: (nullable) what the profile calls it.
 * Certificates that are there already are not added twice. Errors: FL_ERROR_PROFILE_UNREADABLE
 * that names it; FL_ERROR_PKCS12_PASSWORD. */
gboolean fl_profile_login_add_ca (FlProfileLogin *self,
                                  FlSecret *bytes,
                                  const char *name,
                                  FlSecret *passphrase,
                                  GError **error);
/* The device's own certificate, its key, or both: PKCS#12, PEM, DER. @own: (nullable) the
 * passphrase that the profile gives; @passphrase: (nullable) the person's, tried after it. */
gboolean fl_profile_login_add_client (FlProfileLogin *self,
                                      FlSecret *bytes,
                                      const char *name,
                                      FlSecret *own,
                                      FlSecret *passphrase,
                                      GError **error);
gboolean fl_profile_login_add_server (FlProfileLogin *self, const char *name, GError **error);

/* (transfer full) Makes the network's FlEnterprise. @self is empty afterwards. */
FlProfileNetwork *fl_profile_login_finish (FlProfileLogin *self);

/* EAP method types of the IANA registry "EAP Registry", "Method Types". FALSE: one that is not
 * modelled. */
gboolean fl_profile_get_method (gint64 eap_type, FlEapMethod *method);
/* The same for a method inside a tunnel. */
gboolean fl_profile_get_inner (gint64 eap_type, FlEapInner *inner);
/* (transfer full) what to call one that is not modelled: "EAP-SIM", "EAP 99". */
char *fl_profile_dup_method_name (gint64 eap_type);
/* As wpa_supplicant and NetworkManager write them: "peap", "MSCHAPV2". FALSE: not modelled. */
gboolean fl_profile_parse_method (const char *text, FlEapMethod *method);
gboolean fl_profile_parse_inner (const char *text, FlEapInner *inner);
/* (transfer full) "The login method “EAP-SIM” …": for what a profile has and we have not. */
char *fl_profile_dup_unknown_method (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlProfileLogin, fl_profile_login_free)

G_END_DECLS

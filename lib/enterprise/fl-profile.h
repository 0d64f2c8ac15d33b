/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise.h"
#include "fl-network.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define FL_PROFILE_MAX_BYTES    (1024 * 1024)
#define FL_PROFILE_MAX_NETWORKS 64

/**
 * FlProfileNetwork:
 *
 * One network (or one way to log in) that a profile describes. Plain fields, owned by the profile;
 * what the profile does not say is NULL or empty.
 */
typedef struct
{
  GPtrArray *ssids;    /* of GBytes; empty: the profile fits any network of its provider */
  FlSecurity security; /* FL_SECURITY_ENTERPRISE, or what a personal network has */
  gboolean hidden;
  FlEnterprise *enterprise; /* (nullable): NULL for a personal network. Certificates are canonical
                               PEM, its key is not encrypted */
  FlSecret *password;       /* (nullable) of the login, or of the personal network */
  char *realm;              /* (nullable) "school.example": user names end with "@" and this */
  gboolean realm_required;  /* a name without it does not work */
  GPtrArray *server_names;  /* of char *: names the server's certificate must have, if several */
  /* Files that the profile only names, (nullable) absolute or relative to it: */
  char *ca_path, *certificate_path, *key_path;
} FlProfileNetwork;

/**
 * FlProfile:
 *
 * What a configuration file for Wi-Fi says. Boxed, reference counted, immutable. Formats:
 * "eap-config" (draft-winter-opsawg-eap-metadata), "mobileconfig" (Apple's configuration profile,
 * plain or CMS-signed), "nmconnection" (NetworkManager's key file), "wpa-supplicant" (network
 * blocks). Texts are valid UTF-8 without control characters and of bounded length.
 */
typedef struct _FlProfile FlProfile;

#define FL_TYPE_PROFILE (fl_profile_get_type ())
GType fl_profile_get_type (void);

/* Pure, but may take seconds (fl_cert_file_parse()). The format is found by the contents. XML is
 * read without entities, external or of its own. @passphrase: (nullable) of what is encrypted
 * inside. Errors: FL_ERROR_PROFILE_UNREADABLE with the reason as a translated sentence;
 * FL_ERROR_PKCS12_PASSWORD. */
FlProfile *fl_profile_parse (FlSecret *contents, FlSecret *passphrase, GError **error);
FlProfile *fl_profile_ref (FlProfile *self);
void fl_profile_unref (FlProfile *self);
/* Whether @contents look like a profile at all, and not like certificates. */
gboolean fl_profile_sniff (FlSecret *contents);

const char *fl_profile_get_format (const FlProfile *self);   /* static, as above */
const char *fl_profile_get_provider (const FlProfile *self); /* (nullable) "Harbour School" */
const char *fl_profile_get_help (const FlProfile *self);     /* (nullable) where its help is */
/* (nullable) who signed it, as that certificate says; NULL: nobody, or the signature is wrong. The
 * signer is not compared with anything: it is only shown. */
const char *fl_profile_get_signer (const FlProfile *self);
gint64 fl_profile_get_expires (const FlProfile *self); /* seconds since 1970; 0: never */
/* Borrowed, of FlProfileNetwork, never empty. */
GPtrArray *fl_profile_get_networks (const FlProfile *self);
/* Borrowed, of char *, may be empty: translated sentences, one for each thing that the profile says
 * and that is not used (a login method that is not known, a signature that does not fit). */
GPtrArray *fl_profile_get_left_out (const FlProfile *self);

/* Reads @path and parses it on a thread of its own. Files that it names are not read. @path: "-" is
 * standard input. */
void fl_profile_load_async (const char *path,
                            FlSecret *passphrase,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
FlProfile *fl_profile_load_finish (GAsyncResult *result, GError **error);
FlProfile *fl_profile_load (const char *path, FlSecret *passphrase, GError **error);

/* For the readers of the formats. */
FlProfileNetwork *fl_profile_network_new (void);
void fl_profile_network_free (FlProfileNetwork *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlProfile, fl_profile_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlProfileNetwork, fl_profile_network_free)

G_END_DECLS

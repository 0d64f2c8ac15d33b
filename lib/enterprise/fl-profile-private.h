/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-profile.h"

G_BEGIN_DECLS

/* What the readers of the formats fill in. They are the only ones who change it. */
struct _FlProfile
{
  gatomicrefcount ref_count;
  const char *format; /* static */
  char *provider;     /* (nullable), like the next two */
  char *help;
  char *signer;
  gint64 expires;       /* seconds since 1970; 0: never */
  GPtrArray *networks;  /* of FlProfileNetwork */
  GPtrArray *left_out;  /* of char *, sentences */
  guint n_client_files; /* opened so far: each may take seconds */
};

FlProfile *fl_profile_new (const char *format);
/* @sentence: (transfer full), translated. Said once, however often it is added. */
void fl_profile_take_left_out (FlProfile *self, char *sentence);
/* FALSE, with an error: there are too many. (transfer full) */
gboolean fl_profile_take_network (FlProfile *self, FlProfileNetwork *network, GError **error);

/* Holds references to all of @ssids, of GBytes. */
void fl_profile_network_add_ssids (FlProfileNetwork *network, GPtrArray *ssids);

/* One reader for each format. @contents: not larger than FL_PROFILE_MAX_BYTES. @languages: as
 * g_get_language_names(). Errors as fl_profile_parse(). A profile without networks is returned:
 * the caller says why. */
FlProfile *fl_profile_read_eap_config (FlSecret *contents,
                                       FlSecret *passphrase,
                                       const char *const *languages,
                                       GError **error);
FlProfile *fl_profile_read_mobileconfig (FlSecret *contents, FlSecret *passphrase, GError **error);
FlProfile *fl_profile_read_nmconnection (FlSecret *contents, FlSecret *passphrase, GError **error);
FlProfile *fl_profile_read_wpa (FlSecret *contents, FlSecret *passphrase, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cert-file.h"
#include "fl-credentials.h"
#include "fl-enterprise-check.h"
#include "fl-profile.h"

G_BEGIN_DECLS

/* What a file was chosen for. */
typedef enum
{
  FL_DRAFT_USE_ANY,    /* sort what is in it by what it is */
  FL_DRAFT_USE_CA,     /* the network's certificate */
  FL_DRAFT_USE_CLIENT, /* the device's own certificate; a key beside it is taken, too */
  FL_DRAFT_USE_KEY,
} FlDraftUse;

/**
 * FlEnterpriseDraft:
 *
 * Credentials for a network with logins while they are being collected: by typing, from files, from
 * a profile. The page and the command line both fill one in; nothing that was given is dropped
 * without a word. Signal: "changed". Pure but for the files' readers, which are the callers'.
 */
#define FL_TYPE_ENTERPRISE_DRAFT (fl_enterprise_draft_get_type ())
G_DECLARE_FINAL_TYPE (FlEnterpriseDraft, fl_enterprise_draft, FL, ENTERPRISE_DRAFT, GObject)

FlEnterpriseDraft *fl_enterprise_draft_new (void);
/* What the device takes; static; (nullable): not known yet. */
void fl_enterprise_draft_set_limits (FlEnterpriseDraft *self, const FlEnterpriseLimits *limits);

/* Not set: TLS when a client certificate or key is there, else PEAP. */
void fl_enterprise_draft_set_method (FlEnterpriseDraft *self, FlEapMethod method);
void fl_enterprise_draft_unset_method (FlEnterpriseDraft *self);
FlEapMethod fl_enterprise_draft_get_method (FlEnterpriseDraft *self);
/* Kept as typed; NULL and "" are the same. */
void fl_enterprise_draft_set_identity (FlEnterpriseDraft *self, const char *identity);
const char *fl_enterprise_draft_get_identity (FlEnterpriseDraft *self);
void fl_enterprise_draft_set_anonymous_identity (FlEnterpriseDraft *self, const char *identity);
const char *fl_enterprise_draft_get_anonymous_identity (FlEnterpriseDraft *self);
void fl_enterprise_draft_set_server_name (FlEnterpriseDraft *self, const char *name);
const char *fl_enterprise_draft_get_server_name (FlEnterpriseDraft *self);
void fl_enterprise_draft_set_password (FlEnterpriseDraft *self, FlSecret *password); /* nullable */
FlSecret *fl_enterprise_draft_get_password (FlEnterpriseDraft *self); /* (nullable), borrowed */

/* Takes what @use wants out of @file. Same use again: replaces; ANY adds, whatever the order of
 * files, and replaces only a whole pair of certificate and key. The root in a file with the
 * device's own certificate is not taken for the network's: that may be another one.
 * FL_ERROR_INVALID_INPUT, a translated sentence, when it holds nothing of the kind ("This file
 * holds a private key, not a certificate."); the draft is as before then. */
gboolean fl_enterprise_draft_add_file (FlEnterpriseDraft *self,
                                       FlCertFile *file,
                                       FlDraftUse use,
                                       GError **error);
void fl_enterprise_draft_remove (FlEnterpriseDraft *self, FlDraftUse use); /* ANY: all three */
/* Takes all of the profile's network @index; what was typed for things it does not say stays.
 * FL_ERROR_PROFILE_UNREADABLE when it has nothing that the device can use (another EAP method):
 * the sentence says which. */
gboolean fl_enterprise_draft_import (FlEnterpriseDraft *self,
                                     FlProfile *profile,
                                     guint index,
                                     GError **error);
/* The index of the profile's network that fits best: same name (@ssid nullable), then a method
 * that the device has. */
guint fl_enterprise_draft_choose (FlEnterpriseDraft *self, FlProfile *profile, GBytes *ssid);
const char *fl_enterprise_draft_get_realm (FlEnterpriseDraft *self); /* (nullable) of the profile */
/* Puts "@" and the profile's realm behind the user name, in place of another ending. */
void fl_enterprise_draft_add_realm (FlEnterpriseDraft *self);

GPtrArray *fl_enterprise_draft_get_ca (FlEnterpriseDraft *self); /* borrowed, of FlCertificate */
GPtrArray *fl_enterprise_draft_get_client (FlEnterpriseDraft *self); /* borrowed, own one first */
FlPrivateKey *fl_enterprise_draft_get_key (FlEnterpriseDraft *self); /* (nullable), borrowed */

/* (transfer full), of FlFinding: fl_enterprise_check(). @now_s: seconds since 1970. */
GPtrArray *fl_enterprise_draft_check (FlEnterpriseDraft *self, gint64 now_s);
/* (transfer full): all that the method needs of what is there; whether it may be sent the findings
 * say, which look at the rest, too. */
FlEnterprise *fl_enterprise_draft_build (FlEnterpriseDraft *self);
/* (transfer full): the same with the network's name. */
FlCredentials *fl_enterprise_draft_build_credentials (FlEnterpriseDraft *self, GBytes *ssid);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise-draft.h"
#include "fl-enterprise-sort.h"

G_BEGIN_DECLS

struct _FlEnterpriseDraft
{
  GObject parent_instance;

  const FlEnterpriseLimits *limits; /* (nullable) */
  gboolean has_method;
  FlEapMethod method; /* when has_method */
  FlEapInner inner;   /* of the profile, for its method */

  char *identity; /* (nullable), as the following; never "" */
  char *anonymous_identity;
  char *server_name;
  FlSecret *password;
  char *realm;
  gboolean realm_required;

  GPtrArray *loose;         /* of FlCertificate: given without saying what for */
  GPtrArray *chosen_ca;     /* given as the network's */
  GPtrArray *chosen_client; /* given as the device's, with all that was in that file */
  FlPrivateKey *key;        /* (nullable) */

  GPtrArray *ca;     /* what these make: fl_enterprise_draft_sort() */
  GPtrArray *client; /* own one first */
  GPtrArray *spare;  /* what was in a file with these: the root of another chain, perhaps */
};

/* After a change of certificates or key. */
void fl_enterprise_draft_sort (FlEnterpriseDraft *self);
/* Both forget what was there for the same use. @certificates: of FlCertificate, copied. */
void fl_enterprise_draft_take_ca (FlEnterpriseDraft *self, GPtrArray *certificates);
void fl_enterprise_draft_take_client (FlEnterpriseDraft *self, GPtrArray *certificates);
void fl_enterprise_draft_take_key (FlEnterpriseDraft *self, FlPrivateKey *key);
void fl_enterprise_draft_emit_changed (FlEnterpriseDraft *self);

G_END_DECLS

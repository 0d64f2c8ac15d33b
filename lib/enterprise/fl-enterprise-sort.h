/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-private-key.h"

G_BEGIN_DECLS

/**
 * FlEnterpriseSorted:
 *
 * A heap of certificates, sorted by what they are for.
 */
typedef struct
{
  GPtrArray *client; /* of FlCertificate: the device's own, then who vouches for it; no root */
  GPtrArray *roots;  /* where that chain ends; empty when the root is not there */
  GPtrArray *others; /* what has nothing to do with it, in the order of fl_certificates_sort() */
} FlEnterpriseSorted;

/* @certificates: of FlCertificate; the result does not depend on their order. The device's own is
 * the one of @key (nullable); without, one that vouches for nobody and may log in. @is_client: they
 * were given as the device's, so one of them has to be its own. */
void fl_enterprise_sort (FlEnterpriseSorted *sorted,
                         GPtrArray *certificates,
                         FlPrivateKey *key,
                         gboolean is_client);
void fl_enterprise_sorted_clear (FlEnterpriseSorted *sorted);

/* (nullable), borrowed: the key of one of @certificates, else the first one. */
FlPrivateKey *fl_enterprise_choose_key (GPtrArray *keys, GPtrArray *certificates);

/* (transfer container), holding references. */
GPtrArray *fl_enterprise_new_certificates (void);
/* Adds those of @more to @list that are not there yet. */
void fl_enterprise_add_certificates (GPtrArray *list, GPtrArray *more);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlEnterpriseSorted, fl_enterprise_sorted_clear)

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/* Certificates and keys as the firmware reads them: particle-iot/device-os,
 * crypto/src/mbedtls_util.cpp, mbedtls_x509_crt_pem_to_der() and mbedtls_pk_pem_to_der(), with the
 * same parser. Pure; for the simulated devices and the servers of their networks only. */

typedef struct _FlSimChain FlSimChain;
typedef struct _FlSimKey FlSimKey;

/* PEM, one certificate or more. NULL: the firmware drops it; one bad certificate spoils all. */
FlSimChain *fl_sim_chain_parse (GBytes *pem);
void fl_sim_chain_free (FlSimChain *chain);
/* Leads from @chain to one of @roots, whatever day it is. */
gboolean fl_sim_chain_leads_to (FlSimChain *chain, FlSimChain *roots);
/* The first certificate holds on that day; @date: year, month and day as 20260601. */
gboolean fl_sim_chain_is_valid_on (const FlSimChain *chain, int date);
/* The first certificate was made for that name: its common name. */
gboolean fl_sim_chain_has_name (const FlSimChain *chain, const char *name);

/* NULL: the firmware drops it. It asks for no passphrase, so that encrypted keys are dropped. */
FlSimKey *fl_sim_key_parse (FlSecret *pem);
void fl_sim_key_free (FlSimKey *key);
gboolean fl_sim_key_fits (const FlSimKey *key, const FlSimChain *chain);
/* The only kind that the TLS of these devices signs with. */
gboolean fl_sim_key_is_rsa (const FlSimKey *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimChain, fl_sim_chain_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimKey, fl_sim_key_free)

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cert-file.h"
#include "fl-enterprise-check.h"
#include "fl-error.h"

G_BEGIN_DECLS

/* A question while it is being answered: what is in its texts, and what was found so far. */
typedef struct
{
  const FlEnterpriseQuestion *question;
  FlEnterprise *enterprise; /* borrowed from it */
  GPtrArray *ca;            /* of FlCertificate; empty: none, or they cannot be read */
  GPtrArray *client;        /* the same */
  FlPrivateKey *key;        /* (nullable) */
  GPtrArray *findings;      /* of FlFinding */
} FlEnterpriseCheck;

void fl_enterprise_check_login (FlEnterpriseCheck *check); /* method, names, password */
void fl_enterprise_check_ca (FlEnterpriseCheck *check);
void fl_enterprise_check_server (FlEnterpriseCheck *check); /* its name, its encryption */
void fl_enterprise_check_client (FlEnterpriseCheck *check);
void fl_enterprise_check_key (FlEnterpriseCheck *check);
void fl_enterprise_check_sizes (FlEnterpriseCheck *check);

/* Adds a finding; the title comes from @id. @code counts unless it is good. @format: translated,
 * one plain sentence. */
void fl_enterprise_check_add (FlEnterpriseCheck *check,
                              const char *id,
                              FlVerdict verdict,
                              FlErrorCode code,
                              const char *format,
                              ...) G_GNUC_PRINTF (5, 6);
#define fl_enterprise_check_good(check, id, ...)                                                   \
  fl_enterprise_check_add (check, id, FL_VERDICT_GOOD, FL_ERROR_UNEXPECTED, __VA_ARGS__)

/* (transfer full) "3 May 2027", the day in UTC. */
char *fl_enterprise_check_dup_date (gint64 time_s);

/* (transfer full) A name for who signed @certificate: its common name, else all that is known. */
char *fl_enterprise_check_dup_issuer (const FlCertificate *certificate);

/* Adds finding @id about the days on which @certificates are valid. @expired: the verdict when the
 * first of them has ended. */
void fl_enterprise_check_dates (FlEnterpriseCheck *check,
                                const char *id,
                                GPtrArray *certificates,
                                FlVerdict expired);
/* The same about signatures, where one was made by another certificate. */
void
fl_enterprise_check_signatures (FlEnterpriseCheck *check, const char *id, GPtrArray *certificates);

/* (nullable), borrowed: the one whose key signed @certificate. */
FlCertificate *fl_enterprise_check_find_issuer (GPtrArray *certificates,
                                                const FlCertificate *certificate);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise-check.h"

#include "fl-error.h"

/* What the checks are asked about; what is not said is as good as it can be. */
typedef struct
{
  FlEapMethod method;
  FlEapInner inner;
  const char *identity;
  const char *outer;
  const char *password;
  const char *server_name;
  const char *ca; /* files, as the following */
  const char *client;
  const char *key;
  const char *realm;
  gboolean realm_required;
  const FlEnterpriseLimits *limits;
} LoginSituation;

/* A login with name and password at a Photon, and one with a certificate; both are good. */
LoginSituation login_peap (void);
LoginSituation login_tls (void);
/* What a device of today might take. */
extern const FlEnterpriseLimits login_modern;

GPtrArray *login_check (const LoginSituation *situation);
/* The finding @id of @situation has @verdict, error @code (0: none), and @words in its sentence. */
void login_expect (const LoginSituation *situation,
                   const char *id,
                   FlVerdict verdict,
                   int code,
                   const char *words);
void expect_good (const LoginSituation *situation, const char *id, const char *words);
void expect_doubt (const LoginSituation *situation, const char *id, int code, const char *words);
void expect_broken (const LoginSituation *situation, const char *id, int code, const char *words);
void expect_nothing (const LoginSituation *situation, const char *id);

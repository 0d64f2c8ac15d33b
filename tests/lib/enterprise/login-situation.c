/* SPDX-License-Identifier: Apache-2.0 */
#include "login-situation.h"

#include "fl-serial-limits.h"
#include "login-files.h"

#include <string.h>

const FlEnterpriseLimits login_modern = {
  .methods = fl_eap_bit (FL_EAP_PEAP) | fl_eap_bit (FL_EAP_TLS) | fl_eap_bit (FL_EAP_TTLS),
  .identity_bytes = 253,
  .password_bytes = 253,
  .certificate_bytes = 65536,
  .key_bytes = 65536,
  .checks_name = TRUE,
};

LoginSituation
login_peap (void)
{
  return (LoginSituation){
    .method = FL_EAP_PEAP,
    .inner = FL_EAP_INNER_MSCHAPV2,
    .identity = "anna@school.example",
    .password = "tide table",
    .ca = "root.pem",
    .limits = fl_serial_enterprise_limits (),
  };
}

LoginSituation
login_tls (void)
{
  return (LoginSituation){
    .method = FL_EAP_TLS,
    .ca = "root.pem",
    .client = "client-chain.pem",
    .key = "client-key.pem",
    .limits = fl_serial_enterprise_limits (),
  };
}

GPtrArray *
login_check (const LoginSituation *situation)
{
  g_autoptr (GBytes) ca = situation->ca != NULL ? login_file_read (situation->ca) : NULL;
  g_autoptr (GBytes) client =
      situation->client != NULL ? login_file_read (situation->client) : NULL;
  g_autoptr (FlSecret) key =
      situation->key != NULL ? login_file_read_secret (situation->key) : NULL;
  g_autoptr (FlSecret) password =
      situation->password != NULL ? fl_secret_new_from_string (situation->password) : NULL;
  const FlEnterpriseValues values = {
    .method = situation->method,
    .inner = situation->inner,
    .identity = situation->identity,
    .anonymous_identity = situation->outer,
    .server_name = situation->server_name,
    .ca_certificates = ca,
    .client_certificates = client,
    .private_key = key,
  };
  g_autoptr (FlEnterprise) enterprise = fl_enterprise_new_full (&values);
  const FlEnterpriseQuestion question = {
    .enterprise = enterprise,
    .password = password,
    .limits = situation->limits,
    .realm = situation->realm,
    .realm_required = situation->realm_required,
    .now_s = TODAY_S,
  };

  return fl_enterprise_check (&question);
}

static FlFinding *
find (GPtrArray *findings, const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    if (strcmp (fl_finding_get_id (findings->pdata[i]), id) == 0)
      return findings->pdata[i];
  return NULL;
}

void
login_expect (const LoginSituation *situation,
              const char *id,
              FlVerdict verdict,
              int code,
              const char *words)
{
  g_autoptr (GPtrArray) findings = login_check (situation);
  FlFinding *finding = find (findings, id);
  const char *sentence;

  g_assert_nonnull (finding);
  sentence = fl_finding_get_sentence (finding);
  g_test_message ("%s: %s", id, sentence);
  g_assert_cmpint (fl_finding_get_verdict (finding), ==, verdict);
  g_assert_nonnull (strstr (sentence, words));
  g_assert_true (g_str_has_suffix (sentence, "."));
  g_assert_cmpint (fl_finding_get_error (finding) != NULL ? fl_finding_get_error (finding)->code
                                                          : 0,
                   ==, code);
  g_assert_cmpint (fl_enterprise_get_verdict (findings), >=, verdict);
}

void
expect_good (const LoginSituation *situation, const char *id, const char *words)
{
  login_expect (situation, id, FL_VERDICT_GOOD, 0, words);
}

void
expect_doubt (const LoginSituation *situation, const char *id, int code, const char *words)
{
  login_expect (situation, id, FL_VERDICT_DOUBTFUL, code, words);
}

void
expect_broken (const LoginSituation *situation, const char *id, int code, const char *words)
{
  login_expect (situation, id, FL_VERDICT_BROKEN, code, words);
}

void
expect_nothing (const LoginSituation *situation, const char *id)
{
  g_autoptr (GPtrArray) findings = login_check (situation);

  g_assert_null (find (findings, id));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-check-private.h"

#include "fl-credentials.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a person types, in three fields. */
typedef enum
{
  FIELD_IDENTITY,
  FIELD_OUTER,
  FIELD_PASSWORD,
} Field;

static const char *
get_id (Field field)
{
  static const char *const ids[] = { "identity", "outer-identity", "password" };

  return ids[field];
}

static void
refuse (FlEnterpriseCheck *check, Field field, const char *sentence)
{
  fl_enterprise_check_add (check, get_id (field), FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT, "%s",
                           sentence);
}

static void
doubt (FlEnterpriseCheck *check, Field field, const char *sentence)
{
  fl_enterprise_check_add (check, get_id (field), FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT, "%s",
                           sentence);
}

/* FALSE: it was too long, and that is said. @max_bytes: 0 unknown. */
static gboolean
check_length (FlEnterpriseCheck *check, Field field, gsize size_bytes, gsize max_bytes)
{
  g_autofree char *sentence = NULL;

  if (max_bytes == 0 || size_bytes <= max_bytes)
    return TRUE;
  switch (field)
    {
    case FIELD_IDENTITY:
    case FIELD_OUTER:
      sentence = g_strdup_printf (_ ("The name has %zu bytes; this device takes %zu."), size_bytes,
                                  max_bytes);
      break;
    case FIELD_PASSWORD:
      /* How long it is stays with whoever knows it. */
      sentence = g_strdup_printf (_ ("This is too long; this device takes %zu bytes."), max_bytes);
      break;
    }
  refuse (check, field, sentence);
  return FALSE;
}

/* Line ends end an answer to the device's questions, and these two take characters back:
 * particle-iot/device-os, wiring/src/spark_wiring_stream.cpp, read_line(). */
static gboolean
has_control (const char *text, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    if (strchr ("\b\x7f\n\r", text[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
check_bytes (FlEnterpriseCheck *check, Field field, const char *text, gsize size_bytes)
{
  if (has_control (text, size_bytes))
    {
      refuse (check, field, _ ("There is an invisible character in it that no device takes."));
      return FALSE;
    }
  if (!g_utf8_validate_len (text, size_bytes, NULL))
    {
      doubt (check, field, _ ("It is not text as networks expect it (UTF-8)."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_spaces (FlEnterpriseCheck *check, Field field, const char *text)
{
  FlSpace spaces = fl_password_get_spaces (text);

  if (spaces == FL_SPACE_NONE)
    return TRUE;
  if (spaces == FL_SPACE_START)
    doubt (check, field, _ ("It starts with a space."));
  else if (spaces == FL_SPACE_END)
    doubt (check, field, _ ("It ends with a space."));
  else
    doubt (check, field, _ ("It starts and ends with a space."));
  return FALSE;
}

static gboolean
check_text (FlEnterpriseCheck *check,
            Field field,
            const char *text,
            gsize size_bytes,
            gsize max_bytes)
{
  return check_length (check, field, size_bytes, max_bytes) &&
         check_bytes (check, field, text, size_bytes) && check_spaces (check, field, text);
}

static gsize
get_name_limit (const FlEnterpriseCheck *check)
{
  return check->question->limits != NULL ? check->question->limits->identity_bytes : 0;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* As it can be shown: it may be any bytes. (transfer full) */
static char *
dup_readable (const char *text)
{
  return fl_ssid_to_name ((const guint8 *) text, strlen (text));
}

/* "PEAP, EAP-TLS" (transfer full) */
static char *
dup_methods (guint methods)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint method = FL_EAP_PEAP; method <= FL_EAP_PWD; method++)
    if (methods & fl_eap_bit (method))
      g_ptr_array_add (labels, (char *) fl_eap_method_get_label ((FlEapMethod) method));
  g_ptr_array_add (labels, NULL);
  /* Translators: between the members of a short list */
  return g_strjoinv (_ (", "), (char **) labels->pdata);
}

static void
check_method (FlEnterpriseCheck *check)
{
  FlEapMethod method = fl_enterprise_get_method (check->enterprise);
  FlEapInner inner = fl_enterprise_get_inner (check->enterprise);
  const FlEnterpriseLimits *limits = check->question->limits;
  g_autofree char *methods = NULL;

  if (limits == NULL)
    return;
  methods = dup_methods (limits->methods);
  if (!(limits->methods & fl_eap_bit (method)))
    fl_enterprise_check_add (check, "method", FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT,
                             /* Translators: "EAP-TTLS", then "PEAP, EAP-TLS" */
                             _ ("This login works by %s; this device can do %s."),
                             fl_eap_method_get_label (method), methods);
  else if (method == FL_EAP_PEAP && inner != FL_EAP_INNER_NONE && inner != FL_EAP_INNER_MSCHAPV2)
    /* The server may take both. */
    fl_enterprise_check_add (
        check, "method", FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
        /* Translators: "PEAP", "GTC", then "MSCHAPv2" */
        _ ("This login works by %s with %s inside; this device does %s there."),
        fl_eap_method_get_label (method), fl_eap_inner_get_label (inner),
        fl_eap_inner_get_label (FL_EAP_INNER_MSCHAPV2));
  else
    /* Translators: "PEAP" */
    fl_enterprise_check_good (check, "method", _ ("This device can do %s."),
                              fl_eap_method_get_label (method));
}

/* Which methods prove with a password who one is. */
static gboolean
takes_password (const FlEnterpriseCheck *check)
{
  return fl_enterprise_get_method (check->enterprise) != FL_EAP_TLS;
}

static void
check_identity (FlEnterpriseCheck *check)
{
  const char *identity = fl_enterprise_get_identity (check->enterprise);
  g_autofree char *readable = NULL;

  if (is_empty (identity))
    {
      if (takes_password (check))
        refuse (check, FIELD_IDENTITY, _ ("A user name is needed."));
      return;
    }
  if (!check_text (check, FIELD_IDENTITY, identity, strlen (identity), get_name_limit (check)))
    return;
  readable = dup_readable (identity);
  /* Translators: the placeholder is a user name */
  fl_enterprise_check_good (check, "identity", _ ("The device logs in as “%s”."), readable);
}

/* @realm: "school.example". Names may go on before it: "me@art.school.example", as RFC 7542 has it.
 */
static gboolean
ends_with_realm (const char *ending, const char *realm)
{
  gsize more = strlen (ending) > strlen (realm) ? strlen (ending) - strlen (realm) : 0;

  return g_ascii_strcasecmp (ending + more, realm) == 0 && (more == 0 || ending[more - 1] == '.');
}

static void
doubt_realm (FlEnterpriseCheck *check, const char *sentence)
{
  fl_enterprise_check_add (check, "realm", FL_VERDICT_DOUBTFUL, FL_ERROR_IDENTITY_INCOMPLETE, "%s",
                           sentence);
}

/* The profile knows how names end, but guests of other schools log in with names of their own: the
 * person has the last word. */
static void
compare_realm (FlEnterpriseCheck *check, const char *ending)
{
  const char *realm = check->question->realm;
  g_autofree char *readable = NULL;
  g_autofree char *sentence = NULL;

  if (ending == NULL)
    {
      sentence = g_strdup_printf (check->question->realm_required
                                      /* Translators: "school.example" */
                                      ? _ ("User names of this network end with @%s.")
                                      /* Translators: "school.example" */
                                      : _ ("User names of this network often end with @%s."),
                                  realm);
      doubt_realm (check, sentence);
      return;
    }
  readable = dup_readable (ending);
  if (ends_with_realm (ending, realm))
    {
      /* Translators: "school.example" */
      fl_enterprise_check_good (check, "realm", _ ("It ends with @%s."), readable);
      return;
    }
  /* Translators: "other.example", then "school.example" */
  sentence = g_strdup_printf (_ ("It ends with @%s, but user names of this network end with @%s."),
                              readable, realm);
  doubt_realm (check, sentence);
}

static void
check_realm (FlEnterpriseCheck *check)
{
  const char *identity = fl_enterprise_get_identity (check->enterprise);
  const char *at = is_empty (identity) ? NULL : strrchr (identity, '@');
  g_autofree char *readable = NULL;

  if (is_empty (identity))
    return;
  if (at != NULL && (at == identity || at[1] == '\0'))
    {
      doubt_realm (check, _ ("There is something missing before or behind the @."));
      return;
    }
  if (!is_empty (check->question->realm))
    {
      compare_realm (check, at != NULL ? at + 1 : NULL);
      return;
    }

  /* Plain names are the rule in many companies: no reason for a doubt. */
  readable = at != NULL ? dup_readable (at + 1) : NULL;
  if (readable != NULL)
    fl_enterprise_check_good (check, "realm", _ ("It ends with @%s."), readable);
  else
    fl_enterprise_check_good (check, "realm", "%s",
                              _ ("It has no ending like @school.example, which some networks "
                                 "want."));
}

static void
check_password (FlEnterpriseCheck *check)
{
  const FlSecret *password = check->question->password;
  const FlEnterpriseLimits *limits = check->question->limits;
  gboolean is_there = password != NULL && fl_secret_get_size (password) > 0;

  if (!takes_password (check))
    {
      if (is_there)
        fl_enterprise_check_good (check, "password", "%s",
                                  _ ("Not needed here: the certificate stands for it."));
      return;
    }
  if (!is_there)
    refuse (check, FIELD_PASSWORD, _ ("A password is needed."));
  else if (check_text (check, FIELD_PASSWORD, fl_secret_get_text (password),
                       fl_secret_get_size (password), limits != NULL ? limits->password_bytes : 0))
    fl_enterprise_check_good (check, "password", "%s", _ ("It can be sent as it is."));
}

static void
check_outer (FlEnterpriseCheck *check)
{
  const char *outer = fl_enterprise_get_anonymous_identity (check->enterprise);
  const char *identity = fl_enterprise_get_identity (check->enterprise);
  const FlEnterpriseLimits *limits = check->question->limits;
  g_autofree char *readable = NULL;

  if (is_empty (outer))
    {
      if (limits != NULL && limits->blank_outer != NULL)
        fl_enterprise_check_good (check, "outer-identity",
                                  /* Translators: the placeholder is a user name, "anonymous" */
                                  _ ("Others see “%s”; some networks want the user name here, "
                                     "too."),
                                  limits->blank_outer);
      return;
    }
  if (!check_text (check, FIELD_OUTER, outer, strlen (outer), get_name_limit (check)))
    return;
  readable = dup_readable (outer);
  if (!is_empty (identity) && strchr (identity, '@') != NULL && strchr (outer, '@') == NULL)
    fl_enterprise_check_add (check, "outer-identity", FL_VERDICT_DOUBTFUL,
                             FL_ERROR_IDENTITY_INCOMPLETE,
                             /* Translators: the placeholder is a user name */
                             _ ("“%s” lacks the ending of the user name, by which some networks "
                                "find the right server."),
                             readable);
  else
    /* Translators: the placeholder is a user name */
    fl_enterprise_check_good (check, "outer-identity", _ ("Others see “%s”."), readable);
}

void
fl_enterprise_check_login (FlEnterpriseCheck *check)
{
  check_method (check);
  check_identity (check);
  check_realm (check);
  check_password (check);
  check_outer (check);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-session-answers.h"

#include "fl-error.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* Shorter words are in many lines by chance. */
#define SHOWN_MIN_BYTES 4

/* hal/src/photon/wlan_hal.cpp: what a device with an older firmware would store, and never join. */
#define WPA_MIN_BYTES 8
#define WEP_MIN_BYTES 5
#define WEP_MAX_BYTES 58

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, sentence);
  return FALSE;
}

/* Bytes that mean something to the console: they end a line, or delete. */
static gboolean
can_be_typed (const guint8 *data, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    if (memchr ("\x08\x7f\n\r", data[i], 5) != NULL) /* and NUL */
      return FALSE;
  return TRUE;
}

/* FALSE: cannot be typed there. */
static gboolean
set_line (FlSerialAnswers *self, FlSerialSaying question, const void *data, gsize size_bytes)
{
  FlSecret *line = NULL;

  if (size_bytes > fl_serial_saying_get_max_bytes (question) || !can_be_typed (data, size_bytes))
    return FALSE;
  line = fl_secret_new_zeroed (size_bytes + 1);
  if (size_bytes > 0)
    memcpy (fl_secret_get_writable (line), data, size_bytes);
  fl_secret_get_writable (line)[size_bytes] = '\n';
  g_clear_pointer (&self->texts[question], fl_secret_unref);
  self->texts[question] = line;
  return TRUE;
}

static gboolean
set_pem (FlSerialAnswers *self,
         FlSerialSaying question,
         const guint8 *data,
         gsize size_bytes,
         GError **error)
{
  self->texts[question] = fl_serial_pem_to_answer (data, size_bytes, question, error);
  return self->texts[question] != NULL;
}

static gboolean
set_ca (FlSerialAnswers *self, FlEnterprise *enterprise, GError **error)
{
  GBytes *ca = fl_enterprise_get_ca_certificate (enterprise);

  if (ca == NULL || g_bytes_get_size (ca) == 0)
    {
      self->texts[FL_SERIAL_SAYS_ROOT_CA] = fl_secret_new_from_string ("\n");
      return TRUE;
    }
  return set_pem (self, FL_SERIAL_SAYS_ROOT_CA, g_bytes_get_data (ca, NULL), g_bytes_get_size (ca),
                  error);
}

static gboolean
set_outer_identity (FlSerialAnswers *self, FlEnterprise *enterprise, GError **error)
{
  const char *outer = fl_enterprise_get_anonymous_identity (enterprise);

  if (outer == NULL)
    outer = "";
  return set_line (self, FL_SERIAL_SAYS_OUTER_IDENTITY, outer, strlen (outer)) ||
         refuse (error, _ ("The anonymous user name cannot be typed on this device."));
}

static gboolean
set_account (FlSerialAnswers *self, FlEnterprise *enterprise, FlSecret *password, GError **error)
{
  const char *identity = fl_enterprise_get_identity (enterprise);

  if (identity == NULL || *identity == '\0')
    return refuse (error, _ ("This network needs a user name."));
  if (password == NULL || fl_secret_get_size (password) == 0)
    return refuse (error, _ ("This network needs a password."));
  if (!set_line (self, FL_SERIAL_SAYS_USERNAME, identity, strlen (identity)))
    return refuse (error, _ ("The user name cannot be typed on this device."));
  if (!set_line (self, FL_SERIAL_SAYS_PASSWORD, fl_secret_get_data (password),
                 fl_secret_get_size (password)))
    return refuse (error, _ ("The password cannot be typed on this device."));
  return set_line (self, FL_SERIAL_SAYS_EAP_TYPE, "0", 1);
}

static gboolean
set_certificate (FlSerialAnswers *self, FlEnterprise *enterprise, GError **error)
{
  GBytes *certificate = fl_enterprise_get_client_certificate (enterprise);
  FlSecret *key = fl_enterprise_get_private_key (enterprise);

  if (certificate == NULL || key == NULL)
    return refuse (error, _ ("This network needs a certificate and its private key."));
  return set_pem (self, FL_SERIAL_SAYS_CLIENT_CERTIFICATE, g_bytes_get_data (certificate, NULL),
                  g_bytes_get_size (certificate), error) &&
         set_pem (self, FL_SERIAL_SAYS_PRIVATE_KEY, fl_secret_get_data (key),
                  fl_secret_get_size (key), error) &&
         set_line (self, FL_SERIAL_SAYS_EAP_TYPE, "1", 1);
}

static gboolean
set_login (FlSerialAnswers *self, FlCredentials *credentials, GError **error)
{
  FlEnterprise *enterprise = fl_credentials_get_enterprise (credentials);
  const FlEapMethod method =
      enterprise != NULL ? fl_enterprise_get_method (enterprise) : FL_EAP_PEAP;
  const FlEapInner inner =
      enterprise != NULL ? fl_enterprise_get_inner (enterprise) : FL_EAP_INNER_NONE;

  if (enterprise == NULL)
    return refuse (error, _ ("This network needs a user name."));
  if ((method != FL_EAP_PEAP && method != FL_EAP_TLS) ||
      (method == FL_EAP_PEAP && inner != FL_EAP_INNER_MSCHAPV2 && inner != FL_EAP_INNER_NONE))
    return refuse (error, _ ("This device cannot sign in that way."));
  if (!set_line (self, FL_SERIAL_SAYS_SECURITY_ENTERPRISE, "5", 1) ||
      !set_line (self, FL_SERIAL_SAYS_CIPHER, "1", 1))
    return FALSE;
  if (method == FL_EAP_PEAP &&
      !set_account (self, enterprise, fl_credentials_get_password (credentials), error))
    return FALSE;
  if (method == FL_EAP_TLS && !set_certificate (self, enterprise, error))
    return FALSE;
  return set_ca (self, enterprise, error) && set_outer_identity (self, enterprise, error);
}

/* What to type for the security, and for the cipher where the device did not see it. NULL: nothing
 * is known to type. */
static void
set_security (FlSerialAnswers *self)
{
  static const struct
  {
    FlSecurity security;
    const char *plain, *enterprise; /* at each of the two questions */
    const char *cipher;
  } numbers[] = {
    { FL_SECURITY_OPEN, "0", "0", "1" },     { FL_SECURITY_WEP, "1", "1", "1" },
    { FL_SECURITY_WPA, "2", "2", "3" },      { FL_SECURITY_WPA2, "3", "3", "1" },
    { FL_SECURITY_WPA_WPA2, "3", "3", "3" }, { FL_SECURITY_WPA2_WPA3, "3", "3", "1" },
    { FL_SECURITY_WPA3, "6", NULL, "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (numbers[i].security != self->security)
        continue;
      set_line (self, FL_SERIAL_SAYS_SECURITY, numbers[i].plain, 1);
      if (numbers[i].enterprise != NULL)
        set_line (self, FL_SERIAL_SAYS_SECURITY_ENTERPRISE, numbers[i].enterprise, 1);
      set_line (self, FL_SERIAL_SAYS_CIPHER, numbers[i].cipher, 1);
    }
}

/* NULL: it may be right. */
static const char *
find_length_fault (FlSecurity security, gsize size_bytes)
{
  switch (security)
    {
    case FL_SECURITY_OPEN:
      return size_bytes > 0 ? _ ("An open network has no password.") : NULL;
    case FL_SECURITY_WEP:
      return size_bytes < WEP_MIN_BYTES || size_bytes > WEP_MAX_BYTES
                 ? _ ("The password has 5 or 13 characters, or 10 or 26 digits and letters a to f.")
                 : NULL;
    case FL_SECURITY_WPA:
    case FL_SECURITY_WPA2:
    case FL_SECURITY_WPA_WPA2:
    case FL_SECURITY_WPA3:
    case FL_SECURITY_WPA2_WPA3:
      return size_bytes < WPA_MIN_BYTES ? _ ("The password has 8 to 63 characters.") : NULL;
    case FL_SECURITY_ENTERPRISE:
    case FL_SECURITY_UNKNOWN:
      break;
    }
  return size_bytes == 0 ? _ ("This network needs a password.") : NULL;
}

static gboolean
set_personal (FlSerialAnswers *self, FlCredentials *credentials, GError **error)
{
  FlSecret *password = fl_credentials_get_password (credentials);
  const gsize size_bytes = password != NULL ? fl_secret_get_size (password) : 0;
  const char *fault = find_length_fault (self->security, size_bytes);

  if (fault != NULL)
    return refuse (error, fault);
  set_security (self);
  return self->security == FL_SECURITY_OPEN ||
         set_line (self, FL_SERIAL_SAYS_PASSWORD, fl_secret_get_data (password), size_bytes) ||
         refuse (error, _ ("The password cannot be typed on this device."));
}

static gboolean
set_all (FlSerialAnswers *self, FlCredentials *credentials, GError **error)
{
  GBytes *ssid = fl_credentials_get_ssid (credentials);

  if (g_bytes_get_size (ssid) == 0 ||
      !set_line (self, FL_SERIAL_SAYS_SSID, g_bytes_get_data (ssid, NULL), g_bytes_get_size (ssid)))
    return refuse (error, _ ("The network's name cannot be typed on this device."));
  return self->security == FL_SECURITY_ENTERPRISE ? set_login (self, credentials, error)
                                                  : set_personal (self, credentials, error);
}

gboolean
fl_serial_answers_init (FlSerialAnswers *self, FlCredentials *credentials, GError **error)
{
  *self = (FlSerialAnswers){ .security = fl_credentials_get_security (credentials) };
  if (set_all (self, credentials, error))
    return TRUE;
  fl_serial_answers_clear (self);
  return FALSE;
}

void
fl_serial_answers_clear (FlSerialAnswers *self)
{
  for (guint i = 0; i < FL_SERIAL_N_SAYINGS; i++)
    g_clear_pointer (&self->texts[i], fl_secret_unref);
}

static GError *
explain_security (FlSerialAnswers *self)
{
  if (self->security == FL_SECURITY_ENTERPRISE)
    return g_error_new_literal (FL_ERROR, FL_ERROR_UNSUPPORTED,
                                "The device's console takes no enterprise networks");
  if (self->security == FL_SECURITY_WPA3)
    return g_error_new_literal (FL_ERROR, FL_ERROR_NETWORK_WPA3,
                                "The device's console takes no WPA3 networks");
  return g_error_new_literal (FL_ERROR, FL_ERROR_INVALID_INPUT,
                              _ ("The device asks for the kind of security of this network."));
}

/* Why there is no answer. */
static GError *
explain (FlSerialAnswers *self, FlSerialSaying question)
{
  const char *sentence = NULL;

  if (question == FL_SERIAL_SAYS_SECURITY || question == FL_SERIAL_SAYS_SECURITY_ENTERPRISE)
    return explain_security (self);
  if (question == FL_SERIAL_SAYS_EAP_TYPE || question == FL_SERIAL_SAYS_USERNAME)
    sentence = _ ("The device says that this network needs a user name.");
  else if (question == FL_SERIAL_SAYS_PASSWORD && self->security == FL_SECURITY_ENTERPRISE)
    sentence = _ ("The device says that this network needs a password, but no user name.");
  else if (question == FL_SERIAL_SAYS_PASSWORD)
    sentence = _ ("The device says that this network needs a password.");
  else
    sentence = _ ("The device asks for something that was not given.");
  return g_error_new_literal (FL_ERROR, FL_ERROR_INVALID_INPUT, sentence);
}

FlSecret *
fl_serial_answers_get (FlSerialAnswers *self,
                       FlSerialSaying question,
                       gboolean named,
                       GError **error)
{
  /* An account's password is nothing for a network that has one for everybody. */
  const gboolean fits =
      question != FL_SERIAL_SAYS_PASSWORD || named == (self->security == FL_SECURITY_ENTERPRISE);

  if (self->texts[question] != NULL && fits)
    return self->texts[question];
  g_propagate_error (error, explain (self, question));
  return NULL;
}

GError *
fl_serial_answers_explain_refusal (FlSerialAnswers *self, FlSerialSaying question)
{
  if (question == FL_SERIAL_SAYS_SECURITY && self->security == FL_SECURITY_WPA3)
    return explain_security (self);
  if (question == FL_SERIAL_SAYS_SECURITY_ENTERPRISE && self->security == FL_SECURITY_ENTERPRISE)
    return explain_security (self);
  return g_error_new_literal (FL_ERROR, FL_ERROR_INVALID_INPUT,
                              _ ("The device did not take the network's kind of security."));
}

static gboolean
contains (const guint8 *data, gsize size_bytes, const guint8 *part, gsize part_bytes)
{
  for (gsize i = 0; i + part_bytes <= size_bytes; i++)
    if (memcmp (data + i, part, part_bytes) == 0)
      return TRUE;
  return FALSE;
}

gboolean
fl_serial_answers_are_in (FlSerialAnswers *self, const guint8 *line, gsize size_bytes)
{
  FlSecret *password = self->texts[FL_SERIAL_SAYS_PASSWORD];
  FlSecret *key = self->texts[FL_SERIAL_SAYS_PRIVATE_KEY];
  const gsize password_bytes = password != NULL ? fl_secret_get_size (password) - 1 : 0;

  if (password_bytes > 0 && (password_bytes >= SHOWN_MIN_BYTES || password_bytes == size_bytes) &&
      contains (line, size_bytes, fl_secret_get_data (password), password_bytes))
    return TRUE;
  return key != NULL && size_bytes >= SHOWN_MIN_BYTES &&
         contains (fl_secret_get_data (key), fl_secret_get_size (key), line, size_bytes);
}

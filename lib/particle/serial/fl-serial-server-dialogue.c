/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-server-private.h"

#include <string.h>

/* Numbers to type. */
#define SECURITY_OPEN            0
#define SECURITY_WEP             1
#define SECURITY_WPA             2
#define SECURITY_WPA2            3
#define SECURITY_WPA_ENTERPRISE  4
#define SECURITY_WPA2_ENTERPRISE 5
#define SECURITY_WPA3            6
#define SECURITY_NOT_SET         255
#define EAP_PEAP                 0
#define EAP_TLS                  1

/* hal/src/photon/wlan_hal.cpp, wlan_set_credentials_internal(), tag v2.3.1 */
#define WEP_MIN_BYTES 5
#define WEP_MAX_BYTES 58
#define WPA_MIN_BYTES 8
#define WPA_MAX_BYTES 64
/* What setPassword() leaves of the dry run when nothing was typed. */
#define LEFT_PASSWORD "1"

void
fl_serial_server_clear_typed (FlSerialServer *self)
{
  g_clear_pointer (&self->ssid, g_bytes_unref);
  g_clear_pointer (&self->password, fl_secret_unref);
  g_clear_pointer (&self->identity, g_free);
  g_clear_pointer (&self->outer_identity, g_free);
  g_clear_pointer (&self->client_certificate, g_bytes_unref);
  g_clear_pointer (&self->ca_certificate, g_bytes_unref);
  g_clear_pointer (&self->private_key, fl_secret_unref);
  fl_wipe (self->pem->data, self->pem->len);
  g_byte_array_set_size (self->pem, 0);
  fl_serial_line_begin (&self->line, 0);
  self->security = SECURITY_NOT_SET;
  self->cipher = 0;
  self->eap_type = -1;
}

void
fl_serial_server_ask (FlSerialServer *self, FlSerialSaying question)
{
  g_autofree char *text = fl_serial_saying_dup_full_text (question, self->version);

  fl_serial_server_say (self, text);
  self->step = FL_SERIAL_STEP_QUESTION;
  self->question = question;
  self->pem_left = fl_serial_saying_get_pem_bytes (question);
  fl_wipe (self->pem->data, self->pem->len);
  g_byte_array_set_size (self->pem, 0);
  fl_serial_server_begin_line (self, self->pem_left > 0
                                         ? self->pem_left
                                         : fl_serial_saying_get_max_bytes (question));
}

void
fl_serial_server_begin_dialogue (FlSerialServer *self)
{
  fl_serial_server_clear_typed (self);
  fl_serial_server_ask (self, FL_SERIAL_SAYS_SSID);
}

static void
say_status (FlSerialServer *self, FlSerialSaying status)
{
  g_autofree char *text = fl_serial_saying_dup_full_text (status, self->version);

  fl_serial_server_say (self, text);
}

static void
begin_search (FlSerialServer *self, FlSerialStep step)
{
  self->step = step;
  fl_serial_server_sleep (self, self->vtable->get_scan_time (self->device));
}

static void
begin_save (FlSerialServer *self)
{
  say_status (self, FL_SERIAL_SAYS_SAVING);
  self->step = FL_SERIAL_STEP_SAVE;
}

static gboolean
is_enterprise (FlSerialServer *self)
{
  return self->security == SECURITY_WPA_ENTERPRISE || self->security == SECURITY_WPA2_ENTERPRISE;
}

static gboolean
has_password (FlSerialServer *self)
{
  return self->security == SECURITY_WEP || self->security == SECURITY_WPA ||
         self->security == SECURITY_WPA2 || self->security == SECURITY_WPA3;
}

static void
ask_for_login (FlSerialServer *self)
{
  if (has_password (self))
    fl_serial_server_ask (self, FL_SERIAL_SAYS_PASSWORD);
  else if (is_enterprise (self) && self->generation == FL_SERIAL_G2)
    fl_serial_server_ask (self, FL_SERIAL_SAYS_EAP_TYPE);
  else
    begin_save (self);
}

/* toSecurity() of the HAL searches when it is to find out the cipher. */
static void
begin_dry_run (FlSerialServer *self)
{
  gboolean searches = FALSE;

  switch (self->generation)
    {
    case FL_SERIAL_G0:
    case FL_SERIAL_G3:
      break;
    case FL_SERIAL_G1:
      searches = self->security == SECURITY_WPA || self->security == SECURITY_WPA2;
      break;
    case FL_SERIAL_G2:
      searches = self->cipher == 0 && self->security >= SECURITY_WPA;
      break;
    }
  self->step = FL_SERIAL_STEP_DRY_RUN;
  if (searches)
    begin_search (self, FL_SERIAL_STEP_DRY_RUN);
}

static void
end_dry_run (FlSerialServer *self)
{
  FlSerialFound found = { 0 };
  gboolean wants_cipher = FALSE;

  switch (self->generation)
    {
    case FL_SERIAL_G0:
      break;
    case FL_SERIAL_G1:
      wants_cipher = (self->security == SECURITY_WPA || self->security == SECURITY_WPA2) &&
                     !self->vtable->look_up (self->device, self->ssid, &found);
      break;
    case FL_SERIAL_G2: /* whatever the second search found, and without a cipher to find */
    case FL_SERIAL_G3:
      wants_cipher = self->cipher == 0;
      break;
    }
  if (wants_cipher)
    fl_serial_server_ask (self, FL_SERIAL_SAYS_CIPHER);
  else
    ask_for_login (self);
}

static void
ask_for_security (FlSerialServer *self)
{
  fl_serial_server_ask (self, self->generation == FL_SERIAL_G2 ? FL_SERIAL_SAYS_SECURITY_ENTERPRISE
                                                               : FL_SERIAL_SAYS_SECURITY);
}

static void
end_scan (FlSerialServer *self)
{
  FlSerialFound found = { 0 };

  if (!self->vtable->look_up (self->device, self->ssid, &found))
    {
      ask_for_security (self);
      return;
    }
  self->security = found.security;
  self->cipher = found.cipher;
  begin_dry_run (self);
}

static void
take_ssid (FlSerialServer *self, const char *text)
{
  const gboolean searches = self->generation == FL_SERIAL_G2 || self->generation == FL_SERIAL_G3;

  if (searches && *text == '\0')
    {
      fl_serial_server_ask (self, FL_SERIAL_SAYS_SSID);
      return;
    }
  g_clear_pointer (&self->ssid, g_bytes_unref);
  self->ssid = g_bytes_new (text, strlen (text));
  if (searches)
    begin_search (self, FL_SERIAL_STEP_SCAN);
  else
    ask_for_security (self);
}

static void
take_security (FlSerialServer *self, char digit)
{
  const gboolean is_wpa3 = digit == '0' + SECURITY_WPA3 && self->generation == FL_SERIAL_G3 &&
                           self->version >= FL_SERIAL_VERSION (5, 5, 0);
  const char last = self->question == FL_SERIAL_SAYS_SECURITY ? '3' : '5';

  if (!is_wpa3 && (digit < '0' || digit > last))
    {
      fl_serial_server_ask (self, self->question);
      return;
    }
  self->security = digit - '0';
  begin_dry_run (self);
}

static void
take_cipher (FlSerialServer *self, char digit)
{
  if (digit < '1' || digit > '3')
    {
      fl_serial_server_ask (self, FL_SERIAL_SAYS_CIPHER);
      return;
    }
  self->cipher = digit - '0';
  ask_for_login (self);
}

static void
take_eap_type (FlSerialServer *self, char digit)
{
  if (digit < '0' || digit > '1')
    {
      fl_serial_server_ask (self, FL_SERIAL_SAYS_EAP_TYPE);
      return;
    }
  self->eap_type = digit - '0';
  if (self->vtable->has_memory != NULL && !self->vtable->has_memory (self->device))
    {
      say_status (self, FL_SERIAL_SAYS_NO_MEMORY);
      fl_serial_server_clear_typed (self);
      self->step = FL_SERIAL_STEP_COMMAND;
      return;
    }
  fl_serial_server_ask (self, self->eap_type == EAP_TLS ? FL_SERIAL_SAYS_CLIENT_CERTIFICATE
                                                        : FL_SERIAL_SAYS_USERNAME);
}

static void
take_password (FlSerialServer *self, const char *text)
{
  g_clear_pointer (&self->password, fl_secret_unref);
  if (is_enterprise (self) && *text == '\0')
    text = LEFT_PASSWORD;
  self->password = fl_secret_new_from_string (text);
  if (is_enterprise (self))
    fl_serial_server_ask (self, FL_SERIAL_SAYS_OUTER_IDENTITY);
  else
    begin_save (self);
}

/* (nullable) (transfer full) the answer in several lines; memory is taken to end at its budget */
static FlSecret *
take_pem (FlSerialServer *self)
{
  const gsize most_bytes = fl_serial_saying_get_pem_bytes (self->question);
  gsize size_bytes = MIN (self->pem->len, most_bytes);
  FlSecret *pem = NULL;

  if (size_bytes > 0)
    pem = fl_secret_new (self->pem->data, size_bytes);
  fl_wipe (self->pem->data, self->pem->len);
  g_byte_array_set_size (self->pem, 0);
  return pem;
}

static GBytes *
to_bytes (FlSecret *pem)
{
  return pem != NULL ? g_bytes_new (fl_secret_get_data (pem), fl_secret_get_size (pem)) : NULL;
}

static void
end_pem (FlSerialServer *self)
{
  g_autoptr (FlSecret) pem = take_pem (self);

  if (self->question == FL_SERIAL_SAYS_CLIENT_CERTIFICATE)
    {
      g_clear_pointer (&self->client_certificate, g_bytes_unref);
      self->client_certificate = to_bytes (pem);
      fl_serial_server_ask (self, FL_SERIAL_SAYS_PRIVATE_KEY);
    }
  else if (self->question == FL_SERIAL_SAYS_PRIVATE_KEY)
    {
      g_clear_pointer (&self->private_key, fl_secret_unref);
      self->private_key = g_steal_pointer (&pem);
      fl_serial_server_ask (self, FL_SERIAL_SAYS_OUTER_IDENTITY);
    }
  else
    {
      g_clear_pointer (&self->ca_certificate, g_bytes_unref);
      self->ca_certificate = to_bytes (pem);
      begin_save (self);
    }
}

/* read_multiline(): line ends are stored, but not charged to the budget. */
static void
take_pem_line (FlSerialServer *self)
{
  const char *text = fl_serial_line_get_text (&self->line);
  const gsize size_bytes = MIN (strlen (text), self->pem_left);

  fl_serial_server_say (self, "\r\n");
  g_byte_array_append (self->pem, (const guint8 *) text, (guint) size_bytes);
  self->pem_left -= size_bytes;
  if (self->pem_left > 3 && size_bytes > 0)
    {
      g_byte_array_append (self->pem, (const guint8 *) "\r\n", 2);
      fl_serial_server_begin_line (self, self->pem_left);
      return;
    }
  if (size_bytes > 0)
    fl_serial_server_flush (self);
  end_pem (self);
}

void
fl_serial_server_take_line (FlSerialServer *self)
{
  const char *text = NULL;

  if (fl_serial_saying_get_pem_bytes (self->question) > 0)
    {
      take_pem_line (self);
      return;
    }
  fl_serial_server_say (self, "\r\n");
  fl_serial_server_flush (self);
  text = fl_serial_line_get_text (&self->line);
  if (self->question == FL_SERIAL_SAYS_SSID)
    take_ssid (self, text);
  else if (self->question == FL_SERIAL_SAYS_CIPHER)
    take_cipher (self, *text);
  else if (self->question == FL_SERIAL_SAYS_EAP_TYPE)
    take_eap_type (self, *text);
  else if (self->question == FL_SERIAL_SAYS_PASSWORD)
    take_password (self, text);
  else if (self->question == FL_SERIAL_SAYS_USERNAME)
    {
      g_free (self->identity);
      self->identity = g_strdup (text);
      fl_serial_server_ask (self, FL_SERIAL_SAYS_PASSWORD);
    }
  else if (self->question == FL_SERIAL_SAYS_OUTER_IDENTITY)
    {
      g_free (self->outer_identity);
      self->outer_identity = *text != '\0' ? g_strdup (text) : NULL;
      fl_serial_server_ask (self, FL_SERIAL_SAYS_ROOT_CA);
    }
  else
    take_security (self, *text);
}

static gboolean
has_length (FlSecret *password, gsize min_bytes, gsize max_bytes)
{
  const gsize size_bytes = password != NULL ? fl_secret_get_size (password) : 0;

  return size_bytes >= min_bytes && size_bytes <= max_bytes;
}

static gboolean
is_login_valid (FlSerialServer *self)
{
  if (self->eap_type == EAP_TLS)
    return self->client_certificate != NULL && self->private_key != NULL;
  return self->eap_type == EAP_PEAP && self->identity != NULL && *self->identity != '\0' &&
         has_length (self->password, 1, 64);
}

/* What the HAL refuses by its length alone. */
static gboolean
is_valid (FlSerialServer *self)
{
  if (self->ssid == NULL || g_bytes_get_size (self->ssid) == 0)
    return FALSE;
  if (self->generation == FL_SERIAL_G0 || self->generation == FL_SERIAL_G1)
    return TRUE;
  if (self->generation == FL_SERIAL_G3)
    return !is_enterprise (self) &&
           (!has_password (self) || has_length (self->password, 1, WPA_MAX_BYTES));
  if (is_enterprise (self))
    return is_login_valid (self);
  if (self->security == SECURITY_WEP)
    return has_length (self->password, WEP_MIN_BYTES, WEP_MAX_BYTES);
  if (self->security == SECURITY_WPA || self->security == SECURITY_WPA2)
    return has_length (self->password, WPA_MIN_BYTES, WPA_MAX_BYTES);
  return TRUE;
}

static FlSerialSave
save (FlSerialServer *self)
{
  const FlSerialTyped typed = {
    .ssid = self->ssid,
    .security = self->security,
    .cipher = self->cipher,
    .eap_type = self->eap_type,
    .password = self->password,
    .identity = self->identity,
    .outer_identity = self->outer_identity,
    .client_certificate = self->client_certificate,
    .ca_certificate = self->ca_certificate,
    .private_key = self->private_key,
  };

  return is_valid (self) ? self->vtable->save (self->device, &typed) : FL_SERIAL_SAVE_REFUSED;
}

static void
end_save (FlSerialServer *self)
{
  const gboolean done = save (self) == FL_SERIAL_SAVE_DONE;
  /* There the dry run has taken these for complete already. */
  const gboolean leaves = done || (self->generation == FL_SERIAL_G2 &&
                                   (self->security == SECURITY_OPEN || is_enterprise (self)));

  say_status (self, done ? FL_SERIAL_SAYS_SAVED : FL_SERIAL_SAYS_FAILED);
  fl_serial_server_clear_typed (self);
  self->step = leaves ? FL_SERIAL_STEP_LEAVE : FL_SERIAL_STEP_COMMAND;
}

void
fl_serial_server_do_step (FlSerialServer *self)
{
  if (self->step == FL_SERIAL_STEP_SCAN)
    end_scan (self);
  else if (self->step == FL_SERIAL_STEP_DRY_RUN)
    end_dry_run (self);
  else
    end_save (self);
}

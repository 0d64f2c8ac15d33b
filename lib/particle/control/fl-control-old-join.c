/* SPDX-License-Identifier: Apache-2.0 */
/* Gen 2: the device only stores a network. A join is then to let it go and to watch what comes of
 * it. PROTOCOL.md, "Gen 2". */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-old.h"

#include <string.h>

#include "fl-old-wifi.h"
#include "fl-reply-body.h"

/* The radio's SDK gives up after 60 s. The device answers little meanwhile. */
#define WATCH_MS      60000
#define WATCH_POLL_MS 1000
/* Set-up mode ends at the next turn of the system's loop, and is entered again when the first try
 * with a new network was in vain. */
#define LEFT_BY_NOW_MS 10000

/* particle-usb, src/device.js, enterListeningMode(): so often; so long is ours. */
#define LISTEN_POLL_MS 500
#define LISTEN_POLLS   10
/* It says that it listens before it has let its connections go. */
#define LISTEN_SETTLE_MS 1500

/* wlan_hal.cpp, check_enterprise_credentials() */
#define PEAP_MAX_BYTES 64

typedef struct
{
  FlCredentials *credentials;
  gboolean only_save;
  FlOldCipher cipher; /* as last sent */
  gint64 left_us;     /* when set-up mode was left */
  gboolean was_running;
  int mode, cloud;       /* as last polled; -1: not told */
  gboolean in_listening; /* it was led there */
  guint n_asked;
  guint n_pending;
  gboolean has_ended; /* while another answer is on its way */
} OldJoin;

static void
old_join_free (gpointer data)
{
  OldJoin *op = data;

  g_clear_pointer (&op->credentials, fl_credentials_unref);
  g_free (op);
}

static GError *
refuse (FlErrorCode code, const char *message)
{
  return g_error_new_literal (FL_ERROR, (int) code, message);
}

static GError *
check_enterprise (const FlCredentials *credentials)
{
  const FlEnterprise *enterprise = fl_credentials_get_enterprise (credentials);
  const FlSecret *password = fl_credentials_get_password (credentials);
  const char *identity = NULL;

  if (enterprise == NULL)
    return refuse (FL_ERROR_INVALID_INPUT, "This network needs a user name or a certificate");
  identity = fl_enterprise_get_identity (enterprise);
  switch (fl_enterprise_get_method (enterprise))
    {
    case FL_EAP_PEAP:
      if (identity == NULL || *identity == '\0' || strlen (identity) > PEAP_MAX_BYTES)
        return refuse (FL_ERROR_INVALID_INPUT, "A user name has 1 to 64 bytes");
      if (password == NULL || fl_secret_get_size (password) == 0 ||
          fl_secret_get_size (password) > PEAP_MAX_BYTES)
        return refuse (FL_ERROR_INVALID_INPUT, "A password has 1 to 64 bytes here");
      return NULL;
    case FL_EAP_TLS:
      if (fl_enterprise_get_client_certificate (enterprise) == NULL ||
          fl_enterprise_get_private_key (enterprise) == NULL)
        return refuse (FL_ERROR_INVALID_INPUT, "A certificate and its key are needed");
      return NULL;
    case FL_EAP_TTLS:
    case FL_EAP_FAST:
    case FL_EAP_LEAP:
    case FL_EAP_PWD:
      return refuse (FL_ERROR_INVALID_INPUT, "The device has PEAP and EAP-TLS only");
    }
  return NULL;
}

static GError *
check_credentials (const FlCredentials *credentials)
{
  switch (fl_credentials_get_security (credentials))
    {
    case FL_SECURITY_OPEN:
      return NULL;
    case FL_SECURITY_ENTERPRISE:
      return check_enterprise (credentials);
    case FL_SECURITY_WPA3:
      return refuse (FL_ERROR_NETWORK_WPA3, "A Photon or P1 has no WPA3");
    case FL_SECURITY_WEP:
      return refuse (FL_ERROR_UNSUPPORTED, "WEP keys need another form here");
    case FL_SECURITY_WPA:
    case FL_SECURITY_WPA2:
    case FL_SECURITY_WPA_WPA2:
    case FL_SECURITY_WPA2_WPA3:
    case FL_SECURITY_UNKNOWN:
      break;
    }
  return fl_credentials_get_password (credentials) == NULL
             ? refuse (FL_ERROR_INVALID_INPUT, "This network has a password")
             : NULL;
}

/* For a network that the device cannot see, and so cannot look at. */
static FlOldCipher
choose_cipher (FlSecurity security)
{
  return security == FL_SECURITY_WPA2 || security == FL_SECURITY_WPA2_WPA3 ||
                 security == FL_SECURITY_ENTERPRISE
             ? FL_OLD_CIPHER_AES
             : FL_OLD_CIPHER_AES_TKIP;
}

static gboolean
has_cipher (FlSecurity security)
{
  return security != FL_SECURITY_OPEN && security != FL_SECURITY_UNKNOWN;
}

static void poll (GTask *task);

static void
end (GTask *task, GError *error) /* (transfer full) (nullable) */
{
  OldJoin *op = g_task_get_task_data (task);

  op->has_ended = TRUE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
weigh (GTask *task)
{
  FlControlDriver *self = g_task_get_source_object (task);
  OldJoin *op = g_task_get_task_data (task);
  gint64 spent_ms = (fl_clock_now_us (self->clock) - op->left_us) / 1000;
  FlDeviceMode mode = fl_control_mode_from_particle (op->mode);
  FlCloudState cloud = fl_control_cloud_from_particle (op->cloud);

  op->was_running = op->was_running || mode == FL_MODE_RUNNING;
  if (mode != FL_MODE_UNKNOWN)
    self->mode = mode;
  /* It has no other way to its service than Wi-Fi. After a while it tells no more than it did. */
  if (mode != FL_MODE_LISTENING &&
      (cloud == FL_CLOUD_CONNECTING || cloud == FL_CLOUD_CONNECTED || spent_ms >= WATCH_MS))
    end (task, NULL);
  else if (mode == FL_MODE_LISTENING && (op->was_running || spent_ms >= LEFT_BY_NOW_MS))
    end (task, refuse (FL_ERROR_JOIN_UNCLEAR,
                       "Back in set-up mode: the network is stored, but did not work"));
  else
    fl_control_driver_wait (task, WATCH_POLL_MS, poll);
}

static void
on_poll_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  g_autoptr (GError) fault = error;
  OldJoin *op = g_task_get_task_data (task);
  int *value = type == FL_REQUEST_GET_DEVICE_MODE ? &op->mode : &op->cloud;

  op->n_pending--;
  if (op->has_ended)
    return;
  *value = -1;
  if (fault != NULL && !g_error_matches (fault, FL_ERROR, FL_ERROR_DEVICE_SILENT))
    end (task, g_steal_pointer (&fault));
  else if (payload != NULL && code == FL_RESULT_NOT_SUPPORTED)
    end (task, NULL); /* before 1.1.0: stored, and let go; that is all */
  else if (payload != NULL && code >= 0)
    fl_reply_unpack_number (type, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
                            value, NULL);
  if (op->n_pending == 0 && !op->has_ended)
    weigh (task);
}

static void
poll (GTask *task)
{
  OldJoin *op = g_task_get_task_data (task);

  op->n_pending = 2;
  fl_control_driver_send (task, FL_REQUEST_GET_DEVICE_MODE, NULL, FL_CONTROL_LIMIT_MS,
                          on_poll_reply);
  fl_control_driver_send (task, FL_REQUEST_CLOUD_GET_STATUS, NULL, FL_CONTROL_LIMIT_MS,
                          on_poll_reply);
}

static void
on_left (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  FlControlDriver *self = g_task_get_source_object (task);
  OldJoin *op = g_task_get_task_data (task);

  if (fl_control_driver_return_failure (task, type, code, error))
    return;
  op->left_us = fl_clock_now_us (self->clock);
  fl_control_driver_wait (task, WATCH_POLL_MS, poll);
}

static void
leave (GTask *task)
{
  fl_control_driver_send (task, FL_REQUEST_STOP_LISTENING, NULL, FL_CONTROL_LIMIT_MS, on_left);
}

static void ask_whether_listening (GTask *task);
static void send_credentials (GTask *task);

/* It comes to set-up mode in its own time; an end that comes first would be lost. What is stored
 * there, and only that, makes it come back when it did not work. */
static void
on_mode (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  FlControlDriver *self = g_task_get_source_object (task);
  OldJoin *op = g_task_get_task_data (task);
  int value = -1;

  if (error == NULL && code == FL_RESULT_NOT_SUPPORTED)
    {
      fl_control_driver_wait (task, LISTEN_POLL_MS * LISTEN_POLLS, send_credentials);
      return;
    }
  if (fl_control_driver_return_failure (task, type, code, error))
    return;
  fl_reply_unpack_number (type, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
                          &value, NULL);
  self->mode = fl_control_mode_from_particle (value);
  if (self->mode == FL_MODE_LISTENING || ++op->n_asked == LISTEN_POLLS)
    fl_control_driver_wait (task, LISTEN_SETTLE_MS, send_credentials);
  else
    fl_control_driver_wait (task, LISTEN_POLL_MS, ask_whether_listening);
}

static void
ask_whether_listening (GTask *task)
{
  fl_control_driver_send (task, FL_REQUEST_GET_DEVICE_MODE, NULL, FL_CONTROL_LIMIT_MS, on_mode);
}

static void
on_listening (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  if (!fl_control_driver_return_failure (task, type, code, error))
    ask_whether_listening (task);
}

/* A device that runs stays with the network that it has. Set-up mode makes it drop that, and its
 * end makes it try what is stored, the latest first. The network is stored once before all that, in
 * case that it is refused. */
static void
let_go (GTask *task)
{
  FlControlDriver *self = g_task_get_source_object (task);
  OldJoin *op = g_task_get_task_data (task);

  if (self->mode == FL_MODE_LISTENING || op->in_listening)
    {
      leave (task);
      return;
    }
  op->in_listening = TRUE; /* it will be; at most once */
  fl_control_driver_send (task, FL_REQUEST_START_LISTENING, NULL, FL_CONTROL_LIMIT_MS,
                          on_listening);
}

static void
on_stored (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  OldJoin *op = g_task_get_task_data (task);
  FlSecurity security = fl_credentials_get_security (op->credentials);

  if (error == NULL && code == FL_RESULT_UNKNOWN && op->cipher == FL_OLD_CIPHER_NONE &&
      has_cipher (security))
    {
      op->cipher = choose_cipher (security);
      send_credentials (task);
    }
  else if (error == NULL && code == FL_RESULT_UNKNOWN)
    g_task_return_new_error (task, FL_ERROR,
                             security == FL_SECURITY_ENTERPRISE ? FL_ERROR_LOGIN_REJECTED
                                                                : FL_ERROR_JOIN_UNCLEAR,
                             "The device did not take the credentials");
  else if (fl_control_old_return_failure (task, type, code, error))
    return;
  else if (op->only_save)
    g_task_return_boolean (task, TRUE);
  else
    let_go (task);
}

static void
send_credentials (GTask *task)
{
  OldJoin *op = g_task_get_task_data (task);
  g_autoptr (FlSecret) payload = fl_old_wifi_pack_credentials (op->credentials, op->cipher);

  fl_control_driver_send (task, FL_REQUEST_OLD_SET_CREDENTIALS, payload, FL_CONTROL_OLD_LIMIT_MS,
                          on_stored);
}

static void
start (GTask *task, FlCredentials *credentials, gboolean only_save)
{
  FlSecurity security = fl_credentials_get_security (credentials);
  GError *error = NULL;
  OldJoin *op = NULL;

  if (fl_control_old_return_unable (task, FL_CAN_JOIN) ||
      !fl_control_driver_check_ssid (task, fl_credentials_get_ssid (credentials)))
    return;
  error = check_credentials (credentials);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  op = g_new0 (OldJoin, 1);
  op->credentials = fl_credentials_ref (credentials);
  op->only_save = only_save;
  if (fl_credentials_get_hidden (credentials) && has_cipher (security))
    op->cipher = choose_cipher (security);
  g_task_set_task_data (task, op, old_join_free);
  send_credentials (task);
}

void
fl_control_old_join_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_old_join_async);
  start (task, credentials, FALSE);
}

void
fl_control_old_save_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_old_save_async);
  start (task, credentials, TRUE);
}

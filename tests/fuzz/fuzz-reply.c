/* SPDX-License-Identifier: Apache-2.0 */

/* Payloads that a device sends: the first two bytes choose the request, the rest is its reply. What
 * decodes is encoded and decoded again, and must not change. */

#include <string.h>

#include "fl-message.h"
#include "fl-old-wifi.h"
#include "fl-reply-body.h"
#include "fl-reply-modules.h"
#include "fl-requests.h"

#include "fuzz.h"

static void
round_trip (const ProtobufCMessageDescriptor *descriptor, const guint8 *data, gsize size_bytes)
{
  g_autoptr (ProtobufCMessage) first = NULL;
  g_autoptr (ProtobufCMessage) second = NULL;
  g_autoptr (FlSecret) packed = NULL;
  g_autoptr (FlSecret) again = NULL;

  if (descriptor == NULL ||
      (first = fl_message_unpack (descriptor, data, size_bytes, NULL)) == NULL)
    return;

  packed = fl_message_pack (first);
  if (fl_secret_get_size (packed) > FL_MESSAGE_MAX_BYTES)
    return; /* numbers written in more bytes than they need may grow elsewhere */
  second = fl_message_unpack (descriptor, fl_secret_get_data (packed), fl_secret_get_size (packed),
                              NULL);
  g_assert_nonnull (second);
  again = fl_message_pack (second);
  g_assert_true (fl_secret_equal (packed, again));
}

static void
read_simple (guint16 type, const guint8 *data, gsize size_bytes)
{
  gboolean state, overridden;
  guint32 index;
  int number;

  switch (type)
    {
    case FL_REQUEST_GET_DEVICE_ID:
    case FL_REQUEST_GET_SERIAL_NUMBER:
    case FL_REQUEST_GET_SYSTEM_VERSION:
    case FL_REQUEST_GET_NCP_VERSION:
      g_free (fl_reply_unpack_text (type, data, size_bytes, NULL));
      break;
    case FL_REQUEST_GET_DEVICE_MODE:
    case FL_REQUEST_IS_CLAIMED:
    case FL_REQUEST_CLOUD_GET_STATUS:
      fl_reply_unpack_number (type, data, size_bytes, &number, NULL);
      break;
    default:
      fl_reply_unpack_protected (data, size_bytes, &state, &overridden, NULL);
      fl_reply_find_interface (data, size_bytes, FL_INTERFACE_WIFI, &index, NULL);
    }
}

static void
read_lists (const guint8 *data, gsize size_bytes)
{
  g_autoptr (GPtrArray) scan = fl_reply_unpack_scan (data, size_bytes, FL_WIFI_GEN4, NULL);
  g_autoptr (GPtrArray) known = fl_reply_unpack_known (data, size_bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlNetwork) current = fl_reply_unpack_current (data, size_bytes, &error);
  FlInterface interface = { 0 };

  g_assert_true (scan == NULL || scan->len <= FL_REPLY_MAX_NETWORKS);
  g_assert_true (known == NULL || known->len <= FL_REPLY_MAX_NETWORKS);
  g_assert_true ((current == NULL) == (error != NULL));

  if (!fl_reply_unpack_interface (data, size_bytes, &interface, NULL))
    return;

  for (guint i = 0; i < interface.n_addresses; i++)
    {
      g_autofree char *address = fl_interface_dup_address (&interface, i);

      g_assert_nonnull (address);
    }
}

static void
read_modules (const guint8 *data, gsize size_bytes)
{
  g_autoptr (GPtrArray) modules = fl_reply_unpack_modules (data, size_bytes, NULL);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (FlSecret) packed = NULL;

  if (modules == NULL)
    return;
  g_assert_cmpuint (modules->len, <=, FL_REPLY_MAX_MODULES);
  packed = fl_reply_pack_modules (modules);
  again = fl_reply_unpack_modules (fl_secret_get_data (packed), fl_secret_get_size (packed), NULL);
  g_assert_cmpuint (again->len, ==, modules->len);
  for (guint i = 0; i < modules->len; i++)
    {
      const FlModule *a = modules->pdata[i], *b = again->pdata[i];

      g_assert_cmpint (a->kind, ==, b->kind);
      g_assert_cmpint (a->checked, ==, b->checked);
      g_assert_cmpstr (fl_module_kind_to_string (a->kind), !=, NULL);
    }
}

/* Gen 2, both ways. */
static void
read_old_wifi (const guint8 *data, gsize size_bytes)
{
  g_autoptr (GPtrArray) networks = fl_old_wifi_unpack_networks (data, size_bytes, NULL);
  g_autoptr (FlSecret) packed = NULL;
  FlCredentials *credentials;
  FlOldAntenna antenna;
  FlOldCipher cipher;

  g_assert_true (networks == NULL || networks->len <= FL_REPLY_MAX_NETWORKS);
  if (networks != NULL)
    packed = fl_old_wifi_pack_networks (networks);
  if (fl_old_wifi_unpack_antenna (data, size_bytes, &antenna, NULL))
    g_assert_true (antenna >= FL_OLD_ANTENNA_NONE && antenna <= FL_OLD_ANTENNA_AUTO);

  credentials = fl_old_wifi_unpack_credentials (data, size_bytes, &cipher, NULL);
  if (credentials == NULL)
    return;
  g_assert_cmpuint (g_bytes_get_size (fl_credentials_get_ssid (credentials)), <=,
                    FL_SSID_MAX_BYTES);
  g_clear_pointer (&packed, fl_secret_unref);
  packed = fl_old_wifi_pack_credentials (credentials, cipher);
  fl_credentials_unref (credentials);
}

/* The simulated device reads these. */
static void
read_requests (const guint8 *data, gsize size_bytes)
{
  g_autofree char *code = fl_request_unpack_claim_code (data, size_bytes, NULL);
  g_autoptr (GBytes) ssid = fl_request_unpack_ssid (data, size_bytes, NULL);
  FlCredentials *credentials;
  guint32 index;
  int type;

  fl_request_unpack_interface (data, size_bytes, &index, NULL);
  credentials = fl_request_unpack_join (data, size_bytes, &type, NULL);
  if (credentials == NULL)
    return;
  g_assert_cmpuint (g_bytes_get_size (fl_credentials_get_ssid (credentials)), <=,
                    FL_SSID_MAX_BYTES);
  fl_credentials_unref (credentials);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  const FlRequestInfo *info;
  guint16 type;

  if (size_bytes < 2)
    return 0;

  type = (guint16) (data[0] | data[1] << 8);
  if ((info = fl_request_get_info (type)) == NULL)
    return 0;

  round_trip (info->request, data + 2, size_bytes - 2);
  round_trip (info->reply, data + 2, size_bytes - 2);
  read_simple (type, data + 2, size_bytes - 2);
  read_lists (data + 2, size_bytes - 2);
  read_requests (data + 2, size_bytes - 2);
  read_modules (data + 2, size_bytes - 2);
  read_old_wifi (data + 2, size_bytes - 2);
  return 0;
}

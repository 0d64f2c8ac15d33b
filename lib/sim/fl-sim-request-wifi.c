/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-request.h"

#include "fl-sim-known.h"
#include "fl-sim-wifi-radio.h"
#include "fl-sim-wifi.h"
#include "particle-wifi.pb-c.h"

#define BUSY_AFTER_EMPTY_US G_GINT64_CONSTANT (3000000)
#define CREDENTIALS_OTHER   2 /* neither none nor a password: the firmware knows no more */

typedef Particle__Ctrl__Wifi__JoinNewNetworkRequest JoinRequest;

static gboolean
is_gen4 (FlSimDevice *device)
{
  return fl_sim_platform_get_info ((FlSimPlatform) device->spec->platform)->generation == 4;
}

/* Requests 500 and 507 have the same fields. An unknown security or an empty name cannot come from
 * a good client; they give NULL and a result. */
static FlSimKnown *
read_credentials (const guint8 *data, gsize size_bytes, gint32 *result)
{
  g_autoptr (ProtobufCMessage) message =
      fl_message_unpack (&particle__ctrl__wifi__join_new_network_request__descriptor, data,
                         size_bytes, NULL);
  const JoinRequest *request = (const JoinRequest *) message;
  g_autoptr (FlSecret) password = NULL;
  g_autoptr (GBytes) ssid = NULL;

  *result = FL_RESULT_NONE;
  if (request == NULL)
    *result = FL_RESULT_BAD_DATA;
  else if (request->credentials != NULL && (int) request->credentials->type >= CREDENTIALS_OTHER)
    *result = FL_RESULT_NOT_SUPPORTED;
  else if (request->ssid.len == 0 || request->ssid.len > FL_SSID_MAX_BYTES)
    *result = FL_RESULT_INVALID_ARGUMENT;
  if (*result != FL_RESULT_NONE)
    return NULL;

  if (request->credentials != NULL &&
      request->credentials->type == PARTICLE__CTRL__WIFI__CREDENTIALS_TYPE__PASSWORD)
    password =
        fl_secret_new (request->credentials->password.data, request->credentials->password.len);
  ssid = g_bytes_new (request->ssid.data, request->ssid.len);
  return fl_sim_known_new (ssid, fl_security_from_particle ((int) request->security, FL_WIFI_GEN4),
                           password, request->hidden);
}

/* Device OS 5.0 to 5.7 scans inside the join, which fails while the radio is off; 5.8.0 and 5.8.1
 * could not join from set-up mode (CHANGELOG.md, 5.8.2). */
static gboolean
cannot_join_now (FlSimDevice *device)
{
  guint version = device->spec->version;

  if (!is_gen4 (device))
    return FALSE;
  if (!fl_sim_version_has_58 (version))
    return !device->radio_on;
  return version < FL_SIM_VERSION (5, 8, 2) && device->listening;
}

static gboolean
is_radio_busy (FlSimDevice *device, gint64 now_us)
{
  return is_gen4 (device) && now_us < device->radio_busy_us;
}

static gint64
begin_join (FlSimDevice *device, FlSimKnown *wanted, gint64 now_us)
{
  FlSimRequest *request = &device->request;
  FlSimJoinOutcome outcome;

  request->known = wanted;
  if (is_radio_busy (device, now_us))
    {
      request->join_result = FL_RESULT_BUSY;
      return 0;
    }
  if (cannot_join_now (device))
    {
      request->join_result = FL_RESULT_INVALID_STATE;
      return 0;
    }
  fl_sim_course_stop (device);
  device->radio_on = TRUE;
  if (fl_sim_wifi_radio_try (device))
    return 0;
  outcome = fl_sim_wifi_try (device, wanted, &request->network, now_us);
  request->join_result = fl_sim_wifi_get_result (device, outcome);
  return fl_sim_device_fire_time (device, FL_SIM_FAULT_JOIN_SLOW,
                                  fl_sim_wifi_get_duration (device, outcome));
}

static gint64
begin_join_new (FlSimDevice *device, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  FlSimKnown *wanted = read_credentials (data, size_bytes, &device->request.join_result);

  return wanted != NULL ? begin_join (device, wanted, now_us) : 0;
}

static gint64
begin_join_known (FlSimDevice *device, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  g_autoptr (GBytes) ssid = fl_request_unpack_ssid (data, size_bytes, NULL);
  const FlSimKnown *known = NULL;

  /* Without a name it takes the first one. */
  if (size_bytes == 0 && device->known->len > 0)
    known = device->known->pdata[0];
  else if (ssid != NULL)
    known = fl_sim_known_find (device->known, ssid);
  device->request.join_result = FL_RESULT_NOT_FOUND;
  if (known == NULL)
    return 0;
  return begin_join (device,
                     fl_sim_known_new (known->ssid, known->security, known->password,
                                       known->hidden),
                     now_us);
}

static gint64
begin_scan (FlSimDevice *device, gint64 now_us)
{
  if (is_radio_busy (device, now_us))
    return 0;
  device->radio_on = TRUE;
  if (fl_sim_wifi_radio_scan_for_request (device))
    return 0;
  return fl_sim_device_fire_time (device, FL_SIM_FAULT_SCAN_SLOW, device->spec->scan_us);
}

gint64
fl_sim_request_begin_wifi (FlSimDevice *device,
                           guint16 type,
                           const guint8 *data,
                           gsize size_bytes,
                           gint64 now_us)
{
  switch (type)
    {
    case FL_REQUEST_JOIN_NEW_NETWORK:
      return begin_join_new (device, data, size_bytes, now_us);
    case FL_REQUEST_JOIN_KNOWN_NETWORK:
      return begin_join_known (device, data, size_bytes, now_us);
    case FL_REQUEST_SCAN_NETWORKS:
      return begin_scan (device, now_us);
    default: /* all others are quick */
      return 0;
    }
}

/* Stored only now: a failed join changes nothing in the list. From 5.8 on the trial connection is
 * given up and the network manager connects anew in the background. */
static void
join (FlSimDevice *device, const guint8 *data, gsize size_bytes, gint64 now_us, FlSimReply *reply)
{
  FlSimRequest *request = &device->request;

  reply->result = request->join_result;
  if (reply->result != FL_RESULT_NONE)
    {
      if (device->wifi == FL_SIM_WIFI_OFF && !device->listening)
        fl_sim_course_start (device, now_us);
      return;
    }
  fl_sim_known_store (device->known, g_steal_pointer (&request->known), FL_SIM_MAX_KNOWN);
  if (fl_sim_version_has_58 (device->spec->version))
    {
      fl_sim_known_move_to_front (device->known, request->network->ssid);
      fl_sim_course_start (device, now_us);
    }
  else
    fl_sim_course_associated (device, request->network, now_us);
}

static void
get_known (FlSimDevice *device,
           const guint8 *data,
           gsize size_bytes,
           gint64 now_us,
           FlSimReply *reply)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < device->known->len; i++)
    {
      const FlSimKnown *known = device->known->pdata[i];

      g_ptr_array_add (networks, fl_network_new (known->ssid, known->security, 0, 0));
    }
  reply->payload = fl_reply_pack_known (networks);
}

static void
remove_known (FlSimDevice *device,
              const guint8 *data,
              gsize size_bytes,
              gint64 now_us,
              FlSimReply *reply)
{
  g_autoptr (GBytes) ssid = fl_request_unpack_ssid (data, size_bytes, NULL);

  if (ssid == NULL)
    reply->result = FL_RESULT_BAD_DATA;
  else
    fl_sim_known_remove (device->known, ssid);
}

static void
clear_known (FlSimDevice *device,
             const guint8 *data,
             gsize size_bytes,
             gint64 now_us,
             FlSimReply *reply)
{
  g_ptr_array_set_size (device->known, 0);
}

static void
get_current (FlSimDevice *device,
             const guint8 *data,
             gsize size_bytes,
             gint64 now_us,
             FlSimReply *reply)
{
  const FlSimNetworkSpec *spec = device->network;
  g_autoptr (FlNetwork) network = NULL;
  g_autoptr (GBytes) bssid = NULL;

  if (spec == NULL)
    {
      reply->result = FL_RESULT_INVALID_STATE;
      return;
    }
  network = fl_network_new (spec->ssid, (FlSecurity) spec->security, spec->channel,
                            fl_sim_wifi_get_rssi (device, spec));
  bssid = g_bytes_new (spec->bssid, sizeof spec->bssid);
  reply->payload = fl_reply_pack_current (network, bssid);
}

static void
scan (FlSimDevice *device, const guint8 *data, gsize size_bytes, gint64 now_us, FlSimReply *reply)
{
  if (is_radio_busy (device, now_us))
    {
      reply->result = FL_RESULT_BUSY;
      return;
    }
  if (fl_sim_device_fire (device, FL_SIM_FAULT_SCAN_EMPTY) == NULL)
    reply->payload = fl_sim_wifi_pack_scan (device, now_us);
  /* Gen 4 takes an empty scan for a broken driver, resets it, and is busy meanwhile. */
  if (reply->payload == NULL)
    device->radio_busy_us = now_us + BUSY_AFTER_EMPTY_US;
  device->has_scanned = TRUE;
}

static void
save (FlSimDevice *device, const guint8 *data, gsize size_bytes, gint64 now_us, FlSimReply *reply)
{
  FlSimKnown *known = read_credentials (data, size_bytes, &reply->result);

  if (known != NULL)
    fl_sim_known_store (device->known, known, FL_SIM_MAX_KNOWN);
}

FlSimHandler
fl_sim_request_find_wifi (guint16 type)
{
  switch (type)
    {
    case FL_REQUEST_JOIN_NEW_NETWORK:
    case FL_REQUEST_JOIN_KNOWN_NETWORK:
      return join;
    case FL_REQUEST_GET_KNOWN_NETWORKS:
      return get_known;
    case FL_REQUEST_REMOVE_KNOWN_NETWORK:
      return remove_known;
    case FL_REQUEST_CLEAR_KNOWN_NETWORKS:
      return clear_known;
    case FL_REQUEST_GET_CURRENT_NETWORK:
      return get_current;
    case FL_REQUEST_SCAN_NETWORKS:
      return scan;
    case FL_REQUEST_SET_NETWORK_CREDENTIALS:
      return save;
    default: /* of another part */
      return NULL;
    }
}

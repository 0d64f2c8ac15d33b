/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-request.h"

#include "fl-sim-known.h"
#include "fl-sim-usb-private.h"

#define SHORT_US G_GINT64_CONSTANT (2000) /* a request that only looks something up */

/* particle-iot/device-os, system/src/control/: what a protected device still answers. */
static gboolean
is_open_when_protected (FlSimWay way, guint16 type)
{
  switch (type)
    {
    case FL_REQUEST_APP_CUSTOM:
    case FL_REQUEST_GET_DEVICE_ID:
    case FL_REQUEST_GET_PROTECTED_STATE:
    case FL_REQUEST_SET_PROTECTED_STATE:
      return TRUE;
    case FL_REQUEST_JOIN_NEW_NETWORK:
    case FL_REQUEST_CLEAR_KNOWN_NETWORKS:
    case FL_REQUEST_SCAN_NETWORKS:
      return way == FL_SIM_BY_BLUETOOTH;
    default: /* numbers from outside */
      return FALSE;
    }
}

/* Which firmware has a request: Device OS CHANGELOG.md and system/src/system_control_internal.cpp;
 * all others are as old as the oldest device here. */
static const struct
{
  guint16 type;
  guint8 first_generation, last_generation;
  guint since, until; /* versions; 0: no limit */
} gates[] = {
  { FL_REQUEST_ECHO, 2, 4, FL_SIM_VERSION (1, 5, 0), 0 },
  { FL_REQUEST_GET_NCP_VERSION, 3, 4, 0, 0 },
  { FL_REQUEST_GET_CAPABILITIES, 3, 4, 0, 0 },
  { FL_REQUEST_SET_FEATURE, 3, 4, 0, 0 },
  { FL_REQUEST_GET_FEATURE, 3, 4, 0, 0 },
  { FL_REQUEST_GET_DEVICE_MODE, 2, 4, FL_SIM_VERSION (0, 9, 0), 0 },
  { FL_REQUEST_SET_STARTUP_MODE, 3, 4, 0, 0 },
  { FL_REQUEST_GET_PROTECTED_STATE, 3, 4, FL_SIM_VERSION (6, 0, 0), 0 },
  { FL_REQUEST_SET_PROTECTED_STATE, 3, 4, FL_SIM_VERSION (6, 1, 0), 0 },
  { FL_REQUEST_GET_ASSET_INFO, 3, 4, FL_SIM_VERSION (5, 6, 0), 0 },
  { FL_REQUEST_OLD_SET_ANTENNA, 2, 2, 0, FL_SIM_VERSION (2, 0, 0) },
  { FL_REQUEST_OLD_GET_ANTENNA, 2, 2, 0, FL_SIM_VERSION (2, 0, 0) },
  { FL_REQUEST_OLD_SCAN, 2, 2, 0, FL_SIM_VERSION (2, 0, 0) },
  { FL_REQUEST_OLD_SET_CREDENTIALS, 2, 2, 0, FL_SIM_VERSION (2, 0, 0) },
  { FL_REQUEST_OLD_GET_CREDENTIALS, 2, 2, 0, FL_SIM_VERSION (2, 0, 0) },
  { FL_REQUEST_OLD_CLEAR_CREDENTIALS, 2, 2, 0, FL_SIM_VERSION (2, 0, 0) },
  { FL_REQUEST_CLOUD_GET_STATUS, 2, 4, FL_SIM_VERSION (0, 9, 0), 0 },
  { FL_REQUEST_CLOUD_CONNECT, 2, 4, FL_SIM_VERSION (0, 9, 0), 0 },
  { FL_REQUEST_CLOUD_DISCONNECT, 2, 4, FL_SIM_VERSION (0, 9, 0), 0 },
  { FL_REQUEST_GET_INTERFACE_LIST, 3, 4, 0, 0 },
  { FL_REQUEST_GET_INTERFACE, 3, 4, 0, 0 },
  { FL_REQUEST_JOIN_NEW_NETWORK, 3, 4, 0, 0 },
  { FL_REQUEST_JOIN_KNOWN_NETWORK, 3, 4, 0, 0 },
  { FL_REQUEST_GET_KNOWN_NETWORKS, 3, 4, 0, 0 },
  { FL_REQUEST_REMOVE_KNOWN_NETWORK, 3, 4, 0, 0 },
  { FL_REQUEST_CLEAR_KNOWN_NETWORKS, 3, 4, 0, 0 },
  { FL_REQUEST_GET_CURRENT_NETWORK, 3, 4, 0, 0 },
  { FL_REQUEST_SCAN_NETWORKS, 3, 4, 0, 0 },
  { FL_REQUEST_SET_NETWORK_CREDENTIALS, 3, 4, FL_SIM_VERSION (5, 8, 2), 0 },
};

static gboolean
is_in_firmware (FlSimDevice *device, guint16 type)
{
  guint version = device->spec->version, generation = fl_sim_device_get_generation (device);

  if (type == FL_REQUEST_SET_NETWORK_CREDENTIALS && !fl_sim_version_has_58 (version))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (gates); i++)
    if (gates[i].type == type)
      return generation >= gates[i].first_generation && generation <= gates[i].last_generation &&
             version >= gates[i].since && (gates[i].until == 0 || version < gates[i].until);
  return TRUE;
}

gboolean
fl_sim_request_is_protected (FlSimDevice *device)
{
  return device->spec->is_protected && !device->spec->in_service;
}

static FlSimHandler
find_handler (FlSimDevice *device, guint16 type)
{
  FlSimHandler handler = NULL;

  if (!is_in_firmware (device, type))
    return NULL;
  handler = fl_sim_request_find_wifi (type);
  if (handler == NULL)
    handler = fl_sim_request_find_old (type);
  if (handler == NULL)
    handler = fl_sim_request_find_app (type);
  if (handler == NULL)
    handler = fl_sim_request_find_network (type);
  if (handler == NULL)
    handler = fl_sim_request_find_system (type);
  return handler;
}

gboolean
fl_sim_request_unpack (const ProtobufCMessageDescriptor *descriptor,
                       const guint8 *data,
                       gsize size_bytes,
                       FlSimReply *reply,
                       ProtobufCMessage **message)
{
  *message = fl_message_unpack (descriptor, data, size_bytes, NULL);
  if (*message == NULL)
    reply->result = FL_RESULT_BAD_DATA;
  return *message != NULL;
}

void
fl_sim_reply_clear (FlSimReply *reply)
{
  g_clear_pointer (&reply->payload, fl_secret_unref);
  *reply = (FlSimReply){ 0 };
}

void
fl_sim_request_clear (FlSimRequest *request)
{
  g_clear_pointer (&request->data, fl_secret_unref);
  g_clear_pointer (&request->known, fl_sim_known_free);
  fl_sim_reply_clear (&request->reply);
  *request = (FlSimRequest){ 0 };
}

/* What decides over a request before its handler sees it. */
static gboolean
decide_early (FlSimDevice *self, guint16 type, gint32 *result)
{
  FlSimPlace place = { FL_SIM_PLACE_REQUEST, type };
  const FlSimFault *fault = fl_sim_device_fire_at (self, FL_SIM_FAULT_ANSWER, place);
  gboolean is_radio = type == FL_REQUEST_SCAN_NETWORKS || type == FL_REQUEST_JOIN_NEW_NETWORK ||
                      type == FL_REQUEST_JOIN_KNOWN_NETWORK || type == FL_REQUEST_OLD_SCAN;

  if (fault != NULL)
    *result = (gint32) fault->value;
  else if (fl_sim_request_is_protected (self) && !is_open_when_protected (self->request.way, type))
    *result = FL_RESULT_PROTECTED;
  else if (find_handler (self, type) == NULL)
    *result = FL_RESULT_NOT_SUPPORTED;
  else if (is_radio && fl_sim_device_fire (self, FL_SIM_FAULT_BUSY) != NULL)
    *result = FL_RESULT_BUSY;
  else
    return FALSE;
  return TRUE;
}

void
fl_sim_device_begin_request (FlSimDevice *self,
                             FlSimWay way,
                             guint16 type,
                             const guint8 *data,
                             gsize size_bytes,
                             gint64 now_us)
{
  FlSimRequest *request = &self->request;

  g_return_if_fail (!request->active);

  request->active = TRUE;
  request->way = way;
  request->type = type;
  request->data = fl_secret_new (data, size_bytes);
  request->done_us = now_us + SHORT_US;
  request->scripted = decide_early (self, type, &request->reply.result);
  if (!request->scripted)
    request->done_us = now_us + SHORT_US +
                       fl_sim_request_begin_wifi (self, type, data, size_bytes, now_us) +
                       fl_sim_request_begin_old (self, type, data, size_bytes, now_us) +
                       fl_sim_request_begin_app (self, type);
}

void
fl_sim_device_finish_request (FlSimDevice *self, gint64 now_us)
{
  FlSimRequest *request = &self->request;
  FlSimHandler handler = find_handler (self, request->type);

  request->done = TRUE;
  if (!request->scripted)
    handler (self, fl_secret_get_data (request->data), fl_secret_get_size (request->data), now_us,
             &request->reply);
  if (request->reply.link_lost)
    self->epoch++;
  if (request->way == FL_SIM_BY_USB)
    fl_sim_usb_finish_request (self, now_us);
  else if (request->forgotten)
    {
      fl_sim_request_clear (request);
      fl_sim_usb_wake (self, now_us);
    }
}

gboolean
fl_sim_device_take_reply (FlSimDevice *self, FlSimWay way, FlSimReply *reply)
{
  FlSimRequest *request = &self->request;

  if (!request->active || !request->done || request->way != way)
    return FALSE;
  *reply = request->reply;
  request->reply = (FlSimReply){ 0 };
  fl_sim_request_clear (request);
  return TRUE;
}

void
fl_sim_device_forget_request (FlSimDevice *self, FlSimWay way)
{
  FlSimRequest *request = &self->request;

  if (!request->active || request->way != way)
    return;
  if (request->done)
    fl_sim_request_clear (request);
  else
    request->forgotten = TRUE;
}

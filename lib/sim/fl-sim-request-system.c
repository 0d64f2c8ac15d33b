/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-request.h"

#include <string.h>

#include "particle-config.pb-c.h"

#define RESET_DELAY_US  G_GINT64_CONSTANT (1000000) /* between the reply and the reset */
#define CLAIM_CODE_SIZE 63

/* All handlers look alike. */
#define HANDLER(name)                                                                              \
  static void name (FlSimDevice *device, const guint8 *data, gsize size_bytes, gint64 now_us,      \
                    FlSimReply *reply)

HANDLER (echo) { reply->payload = fl_secret_new (data, size_bytes); }

HANDLER (get_device_id)
{
  reply->payload = fl_reply_pack_text (FL_REQUEST_GET_DEVICE_ID, device->spec->device_id);
}

HANDLER (get_serial)
{
  reply->payload = fl_reply_pack_text (FL_REQUEST_GET_SERIAL_NUMBER, device->spec->serial);
}

HANDLER (get_version)
{
  reply->payload = fl_reply_pack_text (FL_REQUEST_GET_SYSTEM_VERSION, device->spec->firmware);
}

HANDLER (get_ncp_version)
{
  Particle__Ctrl__GetNcpFirmwareVersionReply message =
      PARTICLE__CTRL__GET_NCP_FIRMWARE_VERSION_REPLY__INIT;
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) device->spec->platform);

  if (info->ncp_version != NULL)
    message.version = (char *) info->ncp_version;
  message.module_version = info->ncp_module_version;
  reply->payload = fl_message_pack (&message.base);
}

HANDLER (get_capabilities)
{
  Particle__Ctrl__GetSystemCapabilitiesReply message =
      PARTICLE__CTRL__GET_SYSTEM_CAPABILITIES_REPLY__INIT;

  message.flags = PARTICLE__CTRL__SYSTEM_CAPABILITY_FLAG__CAPABILITY_COMPRESSED_OTA;
  reply->payload = fl_message_pack (&message.base);
}

HANDLER (set_feature)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  const Particle__Ctrl__SetFeatureRequest *request;

  if (!fl_sim_request_unpack (&particle__ctrl__set_feature_request__descriptor, data, size_bytes,
                              reply, &message))
    return;
  request = (const Particle__Ctrl__SetFeatureRequest *) message;
  if (request->feature != PARTICLE__CTRL__FEATURE__FEATURE_ETHERNET_DETECTION)
    reply->result = FL_RESULT_NOT_SUPPORTED;
  else
    device->ethernet_detection = request->enabled;
}

HANDLER (get_feature)
{
  Particle__Ctrl__GetFeatureReply answer = PARTICLE__CTRL__GET_FEATURE_REPLY__INIT;
  g_autoptr (ProtobufCMessage) message = NULL;

  if (!fl_sim_request_unpack (&particle__ctrl__get_feature_request__descriptor, data, size_bytes,
                              reply, &message))
    return;
  if (((const Particle__Ctrl__GetFeatureRequest *) message)->feature !=
      PARTICLE__CTRL__FEATURE__FEATURE_ETHERNET_DETECTION)
    {
      reply->result = FL_RESULT_NOT_SUPPORTED;
      return;
    }
  answer.enabled = device->ethernet_detection;
  reply->payload = fl_message_pack (&answer.base);
}

HANDLER (reset) { fl_sim_device_reset_at (device, FL_SIM_RESET_NORMAL, now_us + RESET_DELAY_US); }

HANDLER (reset_to_factory)
{
  fl_sim_device_reset_at (device, FL_SIM_RESET_FACTORY, now_us + RESET_DELAY_US);
}

HANDLER (reset_to_dfu)
{
  fl_sim_device_reset_at (device, FL_SIM_RESET_DFU, now_us + RESET_DELAY_US);
}

HANDLER (reset_to_safe_mode)
{
  fl_sim_device_reset_at (device, FL_SIM_RESET_SAFE, now_us + RESET_DELAY_US);
}

HANDLER (start_listening)
{
  if (device->listening_disabled)
    reply->result = FL_RESULT_NOT_ALLOWED;
  else if (!device->listening)
    fl_sim_device_enter_listening (device);
}

/* Since 5.4.1 Gen 4 shuts its Bluetooth down with it when the application does not use Bluetooth,
 * before the reply is out (particle-iot/device-os, system/src/system_listening_mode_handler.cpp).
 */
HANDLER (stop_listening)
{
  gboolean is_gen4 =
      fl_sim_platform_get_info ((FlSimPlatform) device->spec->platform)->generation == 4;

  reply->link_lost = device->listening && is_gen4 && !device->spec->bluetooth_app &&
                     device->spec->version >= FL_SIM_VERSION (5, 4, 1);
  fl_sim_device_leave_listening (device, now_us);
}

HANDLER (get_mode)
{
  gboolean tells = device->listening && !fl_sim_request_is_protected (device);

  reply->payload = fl_reply_pack_number (FL_REQUEST_GET_DEVICE_MODE,
                                         tells ? PARTICLE__CTRL__DEVICE_MODE__MODE_LISTENING
                                               : PARTICLE__CTRL__DEVICE_MODE__MODE_NORMAL);
}

/* Since 4.0.0 there is nothing left to remember: set-up is always done. */
static gboolean
remembers_setup (FlSimDevice *device)
{
  return device->spec->version < FL_SIM_VERSION (4, 0, 0);
}

HANDLER (set_setup_done)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  gboolean is_done;

  if (!fl_sim_request_unpack (&particle__ctrl__set_device_setup_done_request__descriptor, data,
                              size_bytes, reply, &message))
    return;
  is_done = ((const Particle__Ctrl__SetDeviceSetupDoneRequest *) message)->done;
  if (remembers_setup (device))
    device->setup_done = is_done;
  else if (!is_done)
    reply->result = FL_RESULT_NOT_SUPPORTED;
}

HANDLER (is_setup_done)
{
  reply->payload = fl_reply_pack_number (FL_REQUEST_IS_SETUP_DONE,
                                         !remembers_setup (device) || device->setup_done);
}

HANDLER (set_startup_mode)
{
  g_autoptr (ProtobufCMessage) message = NULL;

  if (fl_sim_request_unpack (&particle__ctrl__set_startup_mode_request__descriptor, data,
                             size_bytes, reply, &message))
    device->start_listening = ((const Particle__Ctrl__SetStartupModeRequest *) message)->mode ==
                              PARTICLE__CTRL__DEVICE_MODE__MODE_LISTENING;
}

HANDLER (get_protected_state)
{
  reply->payload = fl_reply_pack_protected (device->spec->is_protected, device->spec->in_service);
}

/* The first half works for anybody; the second needs a signature of Particle's cloud, which nobody
 * in this world can make. */
HANDLER (set_protected_state)
{
  Particle__Ctrl__SetProtectedStateReply answer = PARTICLE__CTRL__SET_PROTECTED_STATE_REPLY__INIT;
  Particle__Ctrl__SetProtectedStateReply__Prepare prepare =
      PARTICLE__CTRL__SET_PROTECTED_STATE_REPLY__PREPARE__INIT;
  g_autoptr (ProtobufCMessage) message = NULL;
  guint8 nonce[32] = { 1 }, signature[64] = { 2 }, fingerprint[32] = { 3 };

  if (!fl_sim_request_unpack (&particle__ctrl__set_protected_state_request__descriptor, data,
                              size_bytes, reply, &message))
    return;
  switch ((int) ((const Particle__Ctrl__SetProtectedStateRequest *) message)->action)
    {
    case PARTICLE__CTRL__SET_PROTECTED_STATE_REQUEST__ACTION__RESET:
      break;
    case PARTICLE__CTRL__SET_PROTECTED_STATE_REQUEST__ACTION__PREPARE:
      prepare.device_nonce = (ProtobufCBinaryData){ sizeof nonce, nonce };
      prepare.device_signature = (ProtobufCBinaryData){ sizeof signature, signature };
      prepare.device_public_key_fingerprint =
          (ProtobufCBinaryData){ sizeof fingerprint, fingerprint };
      answer.prepare = &prepare;
      reply->payload = fl_message_pack (&answer.base);
      break;
    case PARTICLE__CTRL__SET_PROTECTED_STATE_REQUEST__ACTION__CONFIRM:
      reply->result = FL_RESULT_INVALID_SIGNATURE;
      break;
    default: /* a number from outside */
      reply->result = FL_RESULT_NOT_SUPPORTED;
      break;
    }
}

HANDLER (succeed) {}

HANDLER (set_claim_code)
{
  g_autofree char *code = fl_request_unpack_claim_code (data, size_bytes, NULL);

  if (code == NULL)
    reply->result = FL_RESULT_BAD_DATA;
  else if (strlen (code) != CLAIM_CODE_SIZE)
    reply->result = FL_RESULT_INVALID_ARGUMENT;
  else
    device->claimed = TRUE; /* it shows the code to the cloud at the next chance */
}

HANDLER (is_claimed)
{
  reply->payload = fl_reply_pack_number (FL_REQUEST_IS_CLAIMED, device->claimed);
}

HANDLER (start_nyan) { device->nyan = TRUE; }

HANDLER (stop_nyan) { device->nyan = FALSE; }

static const struct
{
  guint16 type;
  FlSimHandler handler;
} handlers[] = {
  { FL_REQUEST_ECHO, echo },
  { FL_REQUEST_GET_DEVICE_ID, get_device_id },
  { FL_REQUEST_GET_SERIAL_NUMBER, get_serial },
  { FL_REQUEST_GET_SYSTEM_VERSION, get_version },
  { FL_REQUEST_GET_NCP_VERSION, get_ncp_version },
  { FL_REQUEST_GET_CAPABILITIES, get_capabilities },
  { FL_REQUEST_SET_FEATURE, set_feature },
  { FL_REQUEST_GET_FEATURE, get_feature },
  { FL_REQUEST_RESET, reset },
  { FL_REQUEST_FACTORY_RESET, reset_to_factory },
  { FL_REQUEST_DFU_MODE, reset_to_dfu },
  { FL_REQUEST_SAFE_MODE, reset_to_safe_mode },
  { FL_REQUEST_START_LISTENING, start_listening },
  { FL_REQUEST_STOP_LISTENING, stop_listening },
  { FL_REQUEST_GET_DEVICE_MODE, get_mode },
  { FL_REQUEST_SET_SETUP_DONE, set_setup_done },
  { FL_REQUEST_IS_SETUP_DONE, is_setup_done },
  { FL_REQUEST_SET_STARTUP_MODE, set_startup_mode },
  { FL_REQUEST_GET_PROTECTED_STATE, get_protected_state },
  { FL_REQUEST_SET_PROTECTED_STATE, set_protected_state },
  { FL_REQUEST_GET_ASSET_INFO, succeed },
  { FL_REQUEST_DIAGNOSTIC_INFO, succeed },
  { FL_REQUEST_SET_CLAIM_CODE, set_claim_code },
  { FL_REQUEST_IS_CLAIMED, is_claimed },
  { FL_REQUEST_START_NYAN, start_nyan },
  { FL_REQUEST_STOP_NYAN, stop_nyan },
};

FlSimHandler
fl_sim_request_find_system (guint16 type)
{
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (handlers[i].type == type)
      return handlers[i].handler;
  return NULL;
}

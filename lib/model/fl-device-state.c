/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-device-state.h"

G_DEFINE_ENUM_TYPE (FlDeviceMode,
                    fl_device_mode,
                    G_DEFINE_ENUM_VALUE (FL_MODE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (FL_MODE_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (FL_MODE_LISTENING, "listening"),
                    G_DEFINE_ENUM_VALUE (FL_MODE_UPDATE, "update"),
                    G_DEFINE_ENUM_VALUE (FL_MODE_SAFE, "safe"))

G_DEFINE_ENUM_TYPE (FlCloudState,
                    fl_cloud_state,
                    G_DEFINE_ENUM_VALUE (FL_CLOUD_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (FL_CLOUD_DISCONNECTED, "disconnected"),
                    G_DEFINE_ENUM_VALUE (FL_CLOUD_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (FL_CLOUD_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (FL_CLOUD_DISCONNECTING, "disconnecting"))

G_DEFINE_BOXED_TYPE (FlDeviceState, fl_device_state, fl_device_state_copy, fl_device_state_free)
G_DEFINE_BOXED_TYPE (FlDeviceInfo, fl_device_info, fl_device_info_copy, fl_device_info_free)

FlDeviceState *
fl_device_state_new (void)
{
  return g_new0 (FlDeviceState, 1);
}

FlDeviceState *
fl_device_state_copy (const FlDeviceState *state)
{
  FlDeviceState *copy;

  g_return_val_if_fail (state != NULL, NULL);

  copy = g_memdup2 (state, sizeof *state);
  copy->addresses = g_strdupv (state->addresses);
  copy->mac = g_strdup (state->mac);
  copy->ssid = state->ssid != NULL ? g_bytes_ref (state->ssid) : NULL;
  return copy;
}

void
fl_device_state_free (FlDeviceState *state)
{
  g_return_if_fail (state != NULL);

  g_clear_pointer (&state->addresses, g_strfreev);
  g_clear_pointer (&state->mac, g_free);
  g_clear_pointer (&state->ssid, g_bytes_unref);
  g_free (state);
}

FlDeviceInfo *
fl_device_info_new (void)
{
  return g_new0 (FlDeviceInfo, 1);
}

FlDeviceInfo *
fl_device_info_copy (const FlDeviceInfo *info)
{
  FlDeviceInfo *copy;

  g_return_val_if_fail (info != NULL, NULL);

  copy = g_memdup2 (info, sizeof *info);
  copy->device_id = g_strdup (info->device_id);
  copy->serial = g_strdup (info->serial);
  copy->firmware = g_strdup (info->firmware);
  copy->ncp_firmware = g_strdup (info->ncp_firmware);
  copy->product = g_strdup (info->product);
  return copy;
}

void
fl_device_info_free (FlDeviceInfo *info)
{
  g_return_if_fail (info != NULL);

  g_clear_pointer (&info->device_id, g_free);
  g_clear_pointer (&info->serial, g_free);
  g_clear_pointer (&info->firmware, g_free);
  g_clear_pointer (&info->ncp_firmware, g_free);
  g_clear_pointer (&info->product, g_free);
  g_free (info);
}

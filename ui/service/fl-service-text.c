/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-text.h"

#include "fl-device-row.h"
#include "fl-text.h"

const char *
fl_service_get_heading (FlServiceColumn column)
{
  static const char *const headings[FL_SERVICE_N_COLUMNS] = {
    [FL_SERVICE_NAME] = N_ ("Name"),        [FL_SERVICE_SERIAL] = N_ ("Serial Number"),
    [FL_SERVICE_PRODUCT] = N_ ("Platform"), [FL_SERVICE_ROAD] = N_ ("Reached By"),
    [FL_SERVICE_MODE] = N_ ("Mode"),        [FL_SERVICE_FIRMWARE] = N_ ("Firmware"),
    [FL_SERVICE_NETWORK] = N_ ("Network"),  [FL_SERVICE_CLOUD] = N_ ("Service"),
    [FL_SERVICE_ERROR] = N_ ("Last Error"),
  };

  g_return_val_if_fail (column < FL_SERVICE_N_COLUMNS, "");

  return _ (headings[column]);
}

const char *
fl_service_get_mode (FlDeviceMode mode)
{
  switch (mode)
    {
    case FL_MODE_RUNNING:
      return _ ("Running");
    case FL_MODE_LISTENING:
      return _ ("Set-up mode");
    case FL_MODE_UPDATE:
      return _ ("Update mode");
    case FL_MODE_SAFE:
      return _ ("Safe mode");
    case FL_MODE_UNKNOWN:
      break;
    }
  return "";
}

const char *
fl_service_get_cloud (const FlDeviceState *state)
{
  if (state == NULL)
    return "";

  switch (state->cloud)
    {
    case FL_CLOUD_CONNECTED:
      return _ ("Connected");
    case FL_CLOUD_CONNECTING:
      return _ ("Connecting");
    case FL_CLOUD_DISCONNECTING:
      return _ ("Disconnecting");
    case FL_CLOUD_DISCONNECTED:
      return _ ("Not connected");
    case FL_CLOUD_UNKNOWN:
      break;
    }
  return "";
}

const char *
fl_service_get_cloud_cause (const FlDeviceState *state)
{
  if (state == NULL || state->cloud != FL_CLOUD_DISCONNECTED)
    return fl_service_get_cloud (state);

  if (state->wifi_known && !state->wifi_up)
    return _ ("Not connected: its Wi-Fi is off");
  if (state->wifi_known && !state->wifi_link)
    return _ ("Not connected: it is on no network");
  if (state->wifi_known && !state->has_ipv4)
    return _ ("Not connected: it has no address");
  return _ ("Not connected");
}

FlDeviceMode
fl_service_get_mode_of (FlVisit *visit)
{
  FlDeviceState *state = fl_visit_get_state (visit);
  FlDeviceInfo *info = fl_visit_get_info (visit);
  FlRoad *road = fl_device_get_best_road (fl_visit_get_device (visit));

  /* What is seen from outside is news: a device in update mode tells nothing else. */
  if (road != NULL && fl_road_get_mode (road) == FL_MODE_UPDATE)
    return FL_MODE_UPDATE;
  if (state != NULL && state->mode != FL_MODE_UNKNOWN)
    return state->mode;
  if (info != NULL && info->mode != FL_MODE_UNKNOWN)
    return info->mode;
  return road != NULL ? fl_road_get_mode (road) : FL_MODE_UNKNOWN;
}

gboolean
fl_service_is_unknown (FlVisit *visit)
{
  FlDevice *device = fl_visit_get_device (visit);
  FlDeviceInfo *info = fl_visit_get_info (visit);

  return fl_device_get_platform_id (device) == 0 && fl_device_get_serial (device) == NULL &&
         *fl_device_get_ending (device) == 0 && (info == NULL || info->platform_id == 0);
}

static char *
dup_mode (FlVisit *visit)
{
  FlDeviceMode mode = fl_service_get_mode_of (visit);
  const FlDeviceInfo *info = fl_visit_get_info (visit);
  const GError *error = fl_visit_get_error (visit);

  if (!fl_device_get_reachable (fl_visit_get_device (visit)))
    return g_strdup (_ ("Out of reach"));
  if (g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_BUSY))
    return g_strdup (_ ("Busy: updating"));
  if (mode == FL_MODE_UNKNOWN && info != NULL && info->is_protected)
    return g_strdup (_ ("Locked"));
  if (mode == FL_MODE_UNKNOWN && fl_service_is_unknown (visit))
    return g_strdup (_ ("Unknown"));
  return g_strdup (fl_service_get_mode (mode));
}

static char *
dup_firmware (FlVisit *visit)
{
  FlDeviceInfo *info = fl_visit_get_info (visit);
  FlRoad *road = fl_device_get_best_road (fl_visit_get_device (visit));

  if (info != NULL && info->firmware != NULL)
    return g_strdup (info->firmware);
  return g_strdup (road != NULL && fl_road_get_firmware (road) != NULL ? fl_road_get_firmware (road)
                                                                       : "");
}

static char *
dup_network (FlVisit *visit)
{
  FlDeviceState *state = fl_visit_get_state (visit);
  g_autofree char *name = NULL;

  if (state == NULL || !state->wifi_known)
    return g_strdup ("");
  if (!state->wifi_link || state->ssid == NULL)
    return g_strdup (_ ("No network"));

  name = fl_ssid_to_name (g_bytes_get_data (state->ssid, NULL), g_bytes_get_size (state->ssid));
  return fl_text_isolate (name);
}

static char *
dup_error (FlVisit *visit)
{
  const GError *error = fl_visit_get_error (visit);
  FlErrorText text = { 0 };

  if (error == NULL)
    {
      FlRoad *road = fl_device_get_best_road (fl_visit_get_device (visit));

      error = road != NULL ? fl_road_get_problem (road) : NULL;
    }
  if (g_error_matches (error, FL_ERROR, FL_ERROR_UPDATE_MODE))
    return g_strdup (""); /* its mode says so */
  if (error == NULL)
    return g_strdup (fl_journal_get_last_error_id (fl_visit_get_journal (visit)));

  fl_error_describe (error, &text);
  return g_strdup (text.title);
}

char *
fl_service_dup_text (FlVisit *visit, FlServiceColumn column)
{
  FlDevice *device = fl_visit_get_device (visit);
  FlDeviceInfo *info = fl_visit_get_info (visit);
  const char *serial = fl_device_get_serial (device);

  switch (column)
    {
    case FL_SERVICE_NAME:
      return g_strdup (fl_device_get_name (device));
    case FL_SERVICE_SERIAL:
      return g_strdup (serial != NULL ? serial : fl_device_get_ending (device));
    case FL_SERVICE_PRODUCT:
      if (fl_service_is_unknown (visit))
        return g_strdup (_ ("Unknown"));
      return g_strdup (info != NULL && info->product != NULL ? info->product
                                                             : fl_device_get_product (device));
    case FL_SERVICE_ROAD:
      return fl_device_dup_roads (device);
    case FL_SERVICE_MODE:
      return dup_mode (visit);
    case FL_SERVICE_FIRMWARE:
      return dup_firmware (visit);
    case FL_SERVICE_NETWORK:
      return dup_network (visit);
    case FL_SERVICE_CLOUD:
      return g_strdup (fl_service_get_cloud (fl_visit_get_state (visit)));
    case FL_SERVICE_ERROR:
      return dup_error (visit);
    case FL_SERVICE_N_COLUMNS:
      break;
    }
  return g_strdup ("");
}

char *
fl_service_dup_words (FlVisit *visit)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      g_autofree char *text = fl_service_dup_text (visit, (FlServiceColumn) i);

      if (text == NULL || *text == 0)
        continue;
      if (words->len > 0)
        g_string_append (words, ", ");
      /* A version or a name alone would say nothing. */
      if (i == FL_SERVICE_FIRMWARE || i == FL_SERVICE_NETWORK || i == FL_SERVICE_CLOUD ||
          i == FL_SERVICE_ERROR)
        g_string_append_printf (words, "%s ", fl_service_get_heading ((FlServiceColumn) i));
      g_string_append (words, text);
    }
  return g_strdup (words->str);
}

char *
fl_service_dup_search (FlVisit *visit)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      g_autofree char *text = fl_service_dup_text (visit, (FlServiceColumn) i);

      g_string_append_printf (words, "%s\n", text != NULL ? text : "");
    }
  return g_utf8_casefold (words->str, -1);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-sighting"
#include "config.h"

#include "fl-serial-sighting.h"

#include "fl-error.h"
#include "fl-usb-catalogue.h"

#include <string.h>

#define DEVICE_ID_DIGITS 24

/* Those with a Wi-Fi console: particle-iot/device-os, build/platform-id.mk, and
 * system/src/system_setup.cpp with Wiring_WiFi: Photon, P1, Argon, A SoM, P2 and Photon 2, M-SoM.
 */
static const int wifi_platforms[] = { 6, 8, 12, 22, 32, 35 };

static gboolean
has_console (const FlUsbCatalogueRow *row)
{
  if (row == NULL || row->mode == FL_MODE_UPDATE)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (wifi_platforms); i++)
    if (wifi_platforms[i] == row->platform_id)
      return TRUE;
  return FALSE;
}

/* (nullable) */
static const FlUsbCatalogueRow *
look_up (FlSerialPort *port)
{
  const FlUsbCatalogueRow *row = fl_usb_catalogue_lookup (fl_serial_port_get_vendor_id (port),
                                                          fl_serial_port_get_product_id (port));

  return has_console (row) ? row : NULL;
}

static int
get_platform_id (FlSerialPort *port)
{
  const FlUsbCatalogueRow *row = look_up (port);

  return row != NULL ? row->platform_id : 0;
}

/* (transfer full) (nullable) The first run of so many hexadecimal digits, in lower case, as
 * particle-iot/particle-cli looks for it (src/cmd/serial.js): old firmware says something else. */
static char *
make_device_id (const char *text)
{
  static const char digits[] = "0123456789abcdefABCDEF";

  while (text != NULL && *text != '\0')
    {
      gsize size = strspn (text, digits);
      g_autofree char *run = NULL;

      if (size >= DEVICE_ID_DIGITS)
        {
          run = g_strndup (text, DEVICE_ID_DIGITS);
          return g_ascii_strdown (run, -1);
        }
      text += MAX (size, 1);
    }
  return NULL;
}

/* An adapter's serial number says nothing of the device behind it. */
static const char *
get_serial_text (FlSerialPort *port)
{
  return look_up (port) != NULL ? fl_serial_port_get_serial (port) : NULL;
}

static void
describe (FlSerialSighting *self)
{
  g_autofree char *device_id = make_device_id (get_serial_text (self->port));

  fl_road_set_address (self->road, fl_serial_port_get_path (self->port));
  fl_road_set_alias (self->road, fl_serial_port_get_stable_path (self->port));
  fl_road_set_location (self->road, fl_serial_port_get_location (self->port));
  fl_road_set_platform_id (self->road, get_platform_id (self->port));
  fl_road_set_device_id (self->road, device_id);
  fl_serial_sighting_update_problem (self);
}

FlSerialSighting *
fl_serial_sighting_new (FlSerialPort *port)
{
  FlSerialSighting *self;

  if (look_up (port) == NULL && !fl_serial_port_get_is_named (port))
    return NULL;

  self = g_new0 (FlSerialSighting, 1);
  self->road = fl_road_new (FL_ROAD_SERIAL, fl_serial_port_get_path (port));
  self->serial_text = g_strdup (get_serial_text (port));
  self->is_named = fl_serial_port_get_is_named (port);
  self->port = g_object_ref (port);
  describe (self);
  return self;
}

void
fl_serial_sighting_free (gpointer sighting)
{
  FlSerialSighting *self = sighting;

  g_clear_object (&self->port);
  g_clear_object (&self->road);
  g_free (self->serial_text);
  g_free (self);
}

gboolean
fl_serial_sighting_fits (FlSerialSighting *self, FlSerialPort *port, gboolean *moved)
{
  const char *serial_text = get_serial_text (port);

  if (self->port != NULL || get_platform_id (port) != fl_road_get_platform_id (self->road))
    return FALSE;
  *moved = g_strcmp0 (fl_road_get_location (self->road), fl_serial_port_get_location (port)) != 0;
  if (self->serial_text == NULL && serial_text == NULL)
    return self->is_named && fl_serial_port_get_is_named (port);
  return self->serial_text != NULL && serial_text != NULL &&
         g_ascii_strcasecmp (self->serial_text, serial_text) == 0;
}

gboolean
fl_serial_sighting_may_return (FlSerialSighting *self)
{
  return self->is_named || self->serial_text != NULL;
}

void
fl_serial_sighting_plug (FlSerialSighting *self, FlSerialPort *port)
{
  g_set_object (&self->port, port);
  describe (self);
  fl_road_set_reachable (self->road, TRUE);
}

void
fl_serial_sighting_unplug (FlSerialSighting *self)
{
  g_clear_object (&self->port);
  fl_road_set_reachable (self->road, FALSE);
}

void
fl_serial_sighting_update_problem (FlSerialSighting *self)
{
  const GError *problem = fl_serial_port_get_problem (self->port);
  const GError *old = fl_road_get_problem (self->road);

  if (problem != NULL && old != NULL && g_error_matches (old, problem->domain, problem->code))
    return;
  fl_road_take_problem (self->road, problem != NULL ? g_error_copy (problem) : NULL);
}

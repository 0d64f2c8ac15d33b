/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-sighting"
#include "config.h"

#include "fl-usb-sighting.h"

#include "fl-error.h"
#include "fl-identity.h"
#include "fl-usb-catalogue.h"

#include <string.h>

#define DEVICE_ID_DIGITS 24
#define MAX_SERIAL_SIZE  31
#define NO_CODE          "XXXXXX" /* end of the serial number of a device that has none */

static const FlUsbCatalogueRow *
look_up (FlUsbPort *port)
{
  return fl_usb_catalogue_lookup (fl_usb_port_get_vendor_id (port),
                                  fl_usb_port_get_product_id (port));
}

/* (transfer full) (nullable) Lower case: PROTOCOL.md, "USB device". */
static char *
make_device_id (const char *text)
{
  if (text == NULL || strlen (text) != DEVICE_ID_DIGITS ||
      strspn (text, "0123456789abcdefABCDEF") != DEVICE_ID_DIGITS)
    return NULL;
  return g_ascii_strdown (text, -1);
}

/* P2 and Photon 2 have one product ID and may tell by this text which of them they are. */
static const char *
get_own_name (const char *product)
{
  static const char *const names[] = { "Photon 2", "P2" };

  for (gsize i = 0; product != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (product, names[i]))
      return names[i];
  return NULL;
}

/* As the device calls itself over Bluetooth, so that its row does not change with the roads. */
static void
name_road (FlUsbSighting *self)
{
  const char *own = get_own_name (fl_usb_port_get_product (self->port));
  g_autofree char *name = NULL;
  FlIdentity identity;

  if (own == NULL)
    return;
  fl_identity_init_from_road (&identity, self->road);
  if (identity.code[0] != '\0')
    name = g_strdup_printf ("%s-%s", own, identity.code);
  fl_road_set_name (self->road, name != NULL ? name : own);
}

static void
describe (FlUsbSighting *self)
{
  const FlUsbCatalogueRow *row = look_up (self->port);
  g_autofree char *device_id = make_device_id (self->serial_text);

  fl_road_set_address (self->road, fl_usb_port_get_location (self->port));
  fl_road_set_location (self->road, fl_usb_port_get_location (self->port));
  fl_road_set_platform_id (self->road, row->platform_id);
  fl_road_set_device_id (self->road, device_id);
  fl_road_set_mode (self->road, row->mode);
  name_road (self);
  fl_usb_sighting_update_problem (self);
}

FlUsbSighting *
fl_usb_sighting_new (FlUsbPort *port)
{
  FlUsbSighting *self;

  if (look_up (port) == NULL)
    return NULL;

  self = g_new0 (FlUsbSighting, 1);
  self->road = fl_road_new (FL_ROAD_USB, fl_usb_port_get_location (port));
  self->serial_text = g_strdup (fl_usb_port_get_serial (port));
  self->port = g_object_ref (port);
  describe (self);
  return self;
}

void
fl_usb_sighting_free (gpointer sighting)
{
  FlUsbSighting *self = sighting;

  g_clear_pointer (&self->probe, fl_usb_probe_free);
  g_clear_object (&self->port);
  g_clear_object (&self->road);
  g_clear_error (&self->refusal);
  g_free (self->serial_text);
  g_free (self);
}

gboolean
fl_usb_sighting_fits (FlUsbSighting *self, FlUsbPort *port, gboolean *moved)
{
  const char *serial_text = fl_usb_port_get_serial (port);
  const FlUsbCatalogueRow *row = look_up (port);

  if (self->port != NULL || self->serial_text == NULL || serial_text == NULL || row == NULL ||
      row->platform_id != fl_road_get_platform_id (self->road) ||
      g_ascii_strcasecmp (self->serial_text, serial_text) != 0)
    return FALSE;
  *moved = !g_str_equal (fl_road_get_address (self->road), fl_usb_port_get_location (port));
  return TRUE;
}

void
fl_usb_sighting_plug (FlUsbSighting *self, FlUsbPort *port)
{
  g_set_object (&self->port, port);
  self->was_probed = FALSE;
  g_clear_error (&self->refusal);
  describe (self);
  fl_road_set_reachable (self->road, TRUE);
}

void
fl_usb_sighting_unplug (FlUsbSighting *self)
{
  g_clear_pointer (&self->probe, fl_usb_probe_free);
  g_clear_object (&self->port);
  fl_road_set_reachable (self->road, FALSE);
}

static GError *
find_problem (FlUsbSighting *self)
{
  const FlUsbCatalogueRow *row = look_up (self->port);

  if (fl_usb_port_get_problem (self->port) != NULL)
    return g_error_copy (fl_usb_port_get_problem (self->port));
  if (self->refusal != NULL)
    return g_error_copy (self->refusal);
  if (row->mode == FL_MODE_UPDATE)
    return g_error_new (FL_ERROR, FL_ERROR_UPDATE_MODE, "%s is in its bootloader", row->product);
  if (!row->has_control_requests)
    return g_error_new (FL_ERROR, FL_ERROR_UNSUPPORTED, "%s has no control requests", row->product);
  return NULL;
}

void
fl_usb_sighting_update_problem (FlUsbSighting *self)
{
  g_autoptr (GError) problem = self->port != NULL ? find_problem (self) : NULL;
  const GError *old = fl_road_get_problem (self->road);

  if (self->port == NULL || (problem == NULL && old == NULL))
    return;
  if (problem != NULL && old != NULL && g_error_matches (old, problem->domain, problem->code))
    return;
  fl_road_take_problem (self->road, g_steal_pointer (&problem));
}

static gboolean
is_serial (const char *text)
{
  gsize size = text != NULL ? strlen (text) : 0;

  if (size == 0 || size > MAX_SERIAL_SIZE || g_str_has_suffix (text, NO_CODE))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, FL_ERROR, FL_ERROR_USB_ACCESS) ||
         g_error_matches (error, FL_ERROR, FL_ERROR_USB_CLAIMED);
}

void
fl_usb_sighting_take_answer (FlUsbSighting *self, const FlUsbAnswer *answer)
{
  if (answer->error != NULL)
    g_debug ("%s: %s", fl_road_get_address (self->road), answer->error->message);
  if (is_refusal (answer->error))
    {
      g_clear_error (&self->refusal);
      self->refusal = g_error_copy (answer->error);
      fl_usb_sighting_update_problem (self);
      return;
    }

  if (answer->firmware != NULL)
    fl_road_set_firmware (self->road, answer->firmware);
  if (answer->mode != FL_MODE_UNKNOWN)
    fl_road_set_mode (self->road, answer->mode);
  if (is_serial (answer->serial))
    fl_road_set_serial (self->road, answer->serial); /* may make it one row with another */
  name_road (self);
}

gboolean
fl_usb_sighting_wants_probe (FlUsbSighting *self)
{
  return self->port != NULL && self->probe == NULL && !self->was_probed && self->n_links == 0 &&
         fl_road_get_problem (self->road) == NULL;
}

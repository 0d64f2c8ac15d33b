/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-advert.h"

#include <string.h>

/* Bluetooth Assigned Numbers, section 2.3, "Common Data Types". */
enum
{
  AD_SERVICES_16_SOME = 0x02,
  AD_SERVICES_16_ALL = 0x03,
  AD_SERVICES_128_SOME = 0x06,
  AD_SERVICES_128_ALL = 0x07,
  AD_NAME_SHORT = 0x08,
  AD_NAME_WHOLE = 0x09,
  AD_MANUFACTURER = 0xff,
};

/* Least significant byte first, like everything on the air. */
static const guint8 base_uuid[16] = { 0xfb, 0x34, 0x9b, 0x5f, 0x80, 0x00, 0x00, 0x80,
                                      0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 };

static void
add_services (FlAdvert *advert, const guint8 *data, gsize size_bytes, gsize uuid_size)
{
  for (; size_bytes >= uuid_size; data += uuid_size, size_bytes -= uuid_size)
    {
      char text[FL_UUID_TEXT_SIZE];

      fl_advert_format_uuid (data, uuid_size, text);
      if (advert->n_services < G_N_ELEMENTS (advert->services) &&
          !fl_advert_has_service (advert, text))
        memcpy (advert->services[advert->n_services++], text, sizeof text);
    }
}

static void
set_name (FlAdvert *advert, const guint8 *data, gsize size_bytes)
{
  gsize size = MIN (size_bytes, FL_ADVERT_NAME_MAX);
  const char *end = NULL;

  /* Names are shown and travel in JSON and D-Bus: keep the valid part of a broken one. */
  g_utf8_validate_len ((const char *) data, size, &end);
  size = end - (const char *) data;
  memcpy (advert->name, data, size);
  advert->name[size] = '\0';
}

static void
add_structure (FlAdvert *advert, guint8 type, const guint8 *data, gsize size_bytes)
{
  switch (type)
    {
    case AD_SERVICES_16_SOME:
    case AD_SERVICES_16_ALL:
      add_services (advert, data, size_bytes, 2);
      break;
    case AD_SERVICES_128_SOME:
    case AD_SERVICES_128_ALL:
      add_services (advert, data, size_bytes, 16);
      break;
    case AD_NAME_SHORT:
    case AD_NAME_WHOLE:
      set_name (advert, data, size_bytes);
      break;
    case AD_MANUFACTURER:
      if (size_bytes < 2)
        break;
      advert->company_id = data[0] | data[1] << 8;
      fl_advert_parse_manufacturer (data + 2, size_bytes - 2, &advert->platform_id, advert->code);
      break;
    default: /* a type of the outside world that says nothing here */
      break;
    }
}

gboolean
fl_advert_parse_manufacturer (const guint8 *data,
                              gsize size_bytes,
                              int *platform_id,
                              char code[FL_ADVERT_CODE_SIZE + 1])
{
  code[0] = '\0';
  *platform_id = 0;
  if (size_bytes < 2)
    return FALSE;

  *platform_id = data[0] | data[1] << 8;
  if (size_bytes < 2 + FL_ADVERT_CODE_SIZE)
    return TRUE;

  for (guint i = 0; i < FL_ADVERT_CODE_SIZE; i++)
    if (!g_ascii_isgraph (data[2 + i]))
      return TRUE;
  memcpy (code, data + 2, FL_ADVERT_CODE_SIZE);
  code[FL_ADVERT_CODE_SIZE] = '\0';
  return TRUE;
}

void
fl_advert_parse (FlAdvert *advert, const guint8 *data, gsize size_bytes)
{
  gsize at = 0;

  while (at + 1 < size_bytes && data[at] != 0)
    {
      /* Photon 2 sends a last structure that claims more bytes than fit. */
      gsize length = MIN (data[at], size_bytes - at - 1);

      add_structure (advert, data[at + 1], data + at + 2, length - 1);
      at += 1 + length;
    }
}

gboolean
fl_advert_has_service (const FlAdvert *advert, const char *service)
{
  for (guint i = 0; i < advert->n_services; i++)
    if (strcmp (advert->services[i], service) == 0)
      return TRUE;
  return FALSE;
}

void
fl_advert_apply (const FlAdvert *advert, FlRoad *road)
{
  if (advert->name[0] != '\0')
    fl_road_set_name (road, advert->name);
  if (advert->code[0] != '\0')
    fl_road_set_setup_code (road, advert->code);
  if (advert->platform_id != 0)
    fl_road_set_platform_id (road, advert->platform_id);
}

void
fl_advert_format_uuid (const guint8 *bytes, gsize size_bytes, char text[FL_UUID_TEXT_SIZE])
{
  guint8 uuid[16];

  g_return_if_fail (size_bytes == 2 || size_bytes == 16);

  memcpy (uuid, base_uuid, sizeof uuid);
  memcpy (uuid + (size_bytes == 2 ? 12 : 0), bytes, size_bytes);
  g_snprintf (text, FL_UUID_TEXT_SIZE,
              "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", uuid[15],
              uuid[14], uuid[13], uuid[12], uuid[11], uuid[10], uuid[9], uuid[8], uuid[7], uuid[6],
              uuid[5], uuid[4], uuid[3], uuid[2], uuid[1], uuid[0]);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-identity.h"

#include <string.h>

#define CODE_SIZE      6
#define SERIAL_SIZE    15
#define DEVICE_ID_SIZE 24
/* A device without serial number says this: particle-iot/device-os,
 * system/src/system_control_internal and hal get_device_setup_code(). It tells nothing. */
#define NO_CODE "XXXXXX"

typedef struct
{
  const char *prefix;
  const char *product;
} PrefixRow;

/* Particle documentation, "Serial numbers"; cellular devices are named so that a person sees why
 * they cannot join a Wi-Fi network. New prefixes appear, so this is a hint. */
static const PrefixRow prefixes[] = {
  { "ARNH", "Argon" },    { "ARNK", "Argon" },   { "ARNT", "Argon" },   { "P046", "P2" },
  { "P051", "Photon 2" }, { "P054", "M-SoM" },   { "P055", "M-SoM" },   { "P068", "M-SoM" },
  { "B40H", "Boron" },    { "B40K", "Boron" },   { "B40T", "Boron" },   { "P028", "Boron" },
  { "P044", "Boron" },    { "P006", "B404" },    { "P007", "B404" },    { "P033", "B404" },
  { "P042", "B404" },     { "P019", "B523" },    { "P020", "B523" },    { "P034", "B523" },
  { "P056", "B504" },     { "P069", "B504" },    { "P024", "Tracker" }, { "P025", "Tracker" },
  { "P031", "Tracker" },  { "P032", "Tracker" }, { "PHHT", "Photon" },  { "PHNT", "Photon" },
  { "PHHM", "Photon" },   { "PHHK", "Photon" },  { "PHNM", "Photon" },  { "P1MD", "P1" },
  { "P0MD", "P0" },       { "XENT", "Xenon" },
};

typedef struct
{
  int platform_id;
  const char *product;
} PlatformRow;

/* particle-iot/device-os, hal/shared/platforms.h */
static const PlatformRow platforms[] = {
  { 6, "Photon" },  { 8, "P1" },       { 10, "Electron" }, { 12, "Argon" },
  { 13, "Boron" },  { 14, "Xenon" },   { 22, "A SoM" },    { 23, "B SoM" },
  { 25, "B5 SoM" }, { 26, "Tracker" }, { 28, "TrackerM" }, { 32, "P2 / Photon 2" },
  { 35, "M-SoM" },
};

#define PLATFORM_P2    32
#define PLATFORM_M_SOM 35

static gboolean
is_alnum (const char *text, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    if (!g_ascii_isalnum (text[i]))
      return FALSE;
  return TRUE;
}

static void
set_code (FlIdentity *self, const char *code, gsize size_bytes, gboolean from_name)
{
  for (gsize i = 0; i < size_bytes; i++)
    self->code[i] = g_ascii_toupper (code[i]);
  self->code[size_bytes] = '\0';
  self->code_from_name = from_name;
  if (strcmp (self->code, NO_CODE) == 0)
    self->code[0] = '\0';
}

static gboolean
has_strong_code (const FlIdentity *self)
{
  return self->code[0] != '\0' && !self->code_from_name;
}

static void
set_code_from_name (FlIdentity *self, const char *name)
{
  gsize size_bytes = name != NULL ? strlen (name) : 0;
  const char *end;

  if (size_bytes < CODE_SIZE)
    return;
  end = name + size_bytes - CODE_SIZE;
  if (is_alnum (end, CODE_SIZE) && (end == name || g_ascii_ispunct (end[-1])))
    set_code (self, end, CODE_SIZE, TRUE);
}

void
fl_identity_init_from_road (FlIdentity *self, FlRoad *road)
{
  const char *code = fl_road_get_setup_code (road);
  gsize code_size = code != NULL ? strlen (code) : 0;

  *self = (FlIdentity){
    .family = fl_road_get_family (road),
    .serial = fl_road_get_serial (road),
    .device_id = fl_road_get_device_id (road),
    .platform_id = fl_road_get_platform_id (road),
  };
  /* A shorter one was cut off in a full advertisement ("Photon 2-XXXXXX" takes 32 bytes of 31). */
  if (code_size >= CODE_SIZE && code_size <= FL_IDENTITY_CODE_MAX)
    set_code (self, code, code_size, FALSE);
  fl_identity_complete (self);
  if (self->code[0] == '\0')
    set_code_from_name (self, fl_road_get_name (road));
}

void
fl_identity_merge (FlIdentity *self, const FlIdentity *other)
{
  if (self->family == NULL)
    self->family = other->family;
  if (self->serial == NULL)
    self->serial = other->serial;
  if (self->device_id == NULL)
    self->device_id = other->device_id;
  if (self->platform_id == 0)
    self->platform_id = other->platform_id;
  if (!has_strong_code (self) && other->code[0] != '\0' &&
      (self->code[0] == '\0' || has_strong_code (other)))
    set_code (self, other->code, strlen (other->code), other->code_from_name);
}

void
fl_identity_complete (FlIdentity *self)
{
  if (has_strong_code (self))
    return;

  /* The end of the serial number is the set-up code. On P2, Photon 2 and M-SoM it is also the end
   * of the MAC address, and the device ID ends with that: particle-iot/device-os,
   * hal/src/rtl872x/deviceid_hal.cpp. */
  if (self->serial != NULL && strlen (self->serial) == SERIAL_SIZE)
    set_code (self, self->serial + SERIAL_SIZE - CODE_SIZE, CODE_SIZE, FALSE);
  else if ((self->platform_id == PLATFORM_P2 || self->platform_id == PLATFORM_M_SOM) &&
           self->device_id != NULL && strlen (self->device_id) == DEVICE_ID_SIZE)
    set_code (self, self->device_id + DEVICE_ID_SIZE - CODE_SIZE, CODE_SIZE, FALSE);
}

/* Serial number and device ID settle the question when both have them. */
static gboolean
compare_unique (const FlIdentity *self, const FlIdentity *other, gboolean *is_same)
{
  const char *a = self->serial, *b = other->serial;

  if (a == NULL || b == NULL)
    {
      a = self->device_id;
      b = other->device_id;
    }
  if (a == NULL || b == NULL)
    return FALSE;

  *is_same = g_ascii_strcasecmp (a, b) == 0;
  return TRUE;
}

static gboolean
is_other_kind (const FlIdentity *self, const FlIdentity *other)
{
  if (self->family != NULL && other->family != NULL && strcmp (self->family, other->family) != 0)
    return TRUE;
  return self->platform_id != 0 && other->platform_id != 0 &&
         self->platform_id != other->platform_id;
}

gboolean
fl_identity_is_same (const FlIdentity *self, const FlIdentity *other)
{
  gboolean is_same;

  if (compare_unique (self, other, &is_same))
    return is_same;
  if (self->code_from_name && other->code_from_name) /* two with the same fixed name */
    return FALSE;
  return self->code[0] != '\0' && strcmp (self->code, other->code) == 0 &&
         !is_other_kind (self, other);
}

gboolean
fl_identity_is_conflict (const FlIdentity *self, const FlIdentity *other)
{
  gboolean is_same;

  if (compare_unique (self, other, &is_same))
    return !is_same;
  if (has_strong_code (self) && has_strong_code (other) && strcmp (self->code, other->code) != 0)
    return TRUE;
  return is_other_kind (self, other);
}

const char *
fl_identity_get_product (const FlIdentity *self)
{
  if (self->serial != NULL && strlen (self->serial) == SERIAL_SIZE)
    for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
      if (g_ascii_strncasecmp (self->serial, prefixes[i].prefix, strlen (prefixes[i].prefix)) == 0)
        return prefixes[i].product;
  for (guint i = 0; i < G_N_ELEMENTS (platforms); i++)
    if (platforms[i].platform_id == self->platform_id)
      return platforms[i].product;
  return NULL;
}

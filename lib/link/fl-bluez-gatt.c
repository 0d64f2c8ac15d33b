/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-gatt"
#include "config.h"

#include "fl-bluez-gatt.h"

#define CAN_WRITE  (FL_GATT_WRITE | FL_GATT_WRITE_WITHOUT_RESPONSE)
#define CAN_NOTIFY (FL_GATT_NOTIFY | FL_GATT_INDICATE)

FlGattFlags
fl_gatt_flags_parse (const char *const *names)
{
  static const struct
  {
    const char *name;
    FlGattFlags flag;
  } known[] = {
    { "read", FL_GATT_READ },
    { "write", FL_GATT_WRITE },
    { "write-without-response", FL_GATT_WRITE_WITHOUT_RESPONSE },
    { "notify", FL_GATT_NOTIFY },
    { "indicate", FL_GATT_INDICATE },
  };
  FlGattFlags flags = 0;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (known); j++)
      if (g_str_equal (names[i], known[j].name))
        flags |= known[j].flag;
  return flags;
}

static gboolean
same_uuid (const char *a, const char *b)
{
  return a != NULL && b != NULL && g_ascii_strcasecmp (a, b) == 0;
}

/* The entry of the service that can do one of @any; of several the one named @uuid, else the
 * first. */
static int
pick (const FlGattEntry *entries,
      gsize n_entries,
      const char *service,
      FlGattFlags any,
      const char *uuid)
{
  int found = -1;

  for (gsize i = 0; i < n_entries; i++)
    {
      if (!same_uuid (entries[i].service, service) || (entries[i].flags & any) == 0)
        continue;
      if (same_uuid (entries[i].uuid, uuid))
        return (int) i;
      if (found < 0)
        found = (int) i;
    }
  return found;
}

/* Only one that cannot be written or subscribed to is surely the version when its name is not. */
static int
pick_version (const FlGattEntry *entries, gsize n_entries, const FlGattProfile *profile)
{
  int found = -1;

  for (gsize i = 0; i < n_entries; i++)
    {
      if (!same_uuid (entries[i].service, profile->service) ||
          (entries[i].flags & FL_GATT_READ) == 0)
        continue;
      if (same_uuid (entries[i].uuid, profile->version))
        return (int) i;
      if (found < 0 && entries[i].flags == FL_GATT_READ)
        found = (int) i;
    }
  return found;
}

gboolean
fl_gatt_choose (const FlGattEntry *entries,
                gsize n_entries,
                const FlGattProfile *profile,
                FlGattChoice *choice)
{
  choice->tx = pick (entries, n_entries, profile->service, CAN_NOTIFY, profile->tx);
  choice->rx = pick (entries, n_entries, profile->service, CAN_WRITE, profile->rx);
  choice->version = profile->version == NULL ? -1 : pick_version (entries, n_entries, profile);
  return choice->tx >= 0 && choice->rx >= 0;
}

gint64
fl_gatt_parse_version (const guint8 *data, gsize size_bytes)
{
  gint64 value = 0;

  if (size_bytes != 1 && size_bytes != 2 && size_bytes != 4)
    return -1;
  for (gsize i = size_bytes; i-- > 0;)
    value = value << 8 | data[i];
  return value;
}

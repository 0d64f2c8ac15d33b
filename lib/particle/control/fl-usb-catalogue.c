/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-usb-catalogue.h"

/* PROTOCOL.md, "USB device". npm @particle/device-constants; particle-usb, src/platforms.js. */
#define PARTICLE    0x2b04
#define OPENMOKO    0x1d50 /* lent its numbers to the Spark Core */
#define NORMAL(pid) (0xc000 | (pid))
#define DFU(pid)    (0xd000 | (pid))

/* A device whose product ID holds its platform, running Device OS and in its bootloader. */
#define DEVICE(platform, name, wifi)                                                               \
  { PARTICLE, NORMAL (platform), platform, name, FL_MODE_UNKNOWN, TRUE, wifi },                    \
  {                                                                                                \
    PARTICLE, DFU (platform), platform, name, FL_MODE_UPDATE, FALSE, wifi                          \
  }

static const FlUsbCatalogueRow table[] = {
  DEVICE (0x06, "Photon", TRUE),
  DEVICE (0x08, "P1", TRUE),
  DEVICE (0x0a, "Electron", FALSE),
  DEVICE (0x0c, "Argon", TRUE),
  DEVICE (0x0d, "Boron", FALSE),
  DEVICE (0x0e, "Xenon", FALSE),
  DEVICE (0x16, "A SoM", TRUE),
  DEVICE (0x17, "B SoM", FALSE),
  DEVICE (0x19, "B5 SoM", FALSE),
  DEVICE (0x1a, "Tracker", FALSE),
  DEVICE (0x1c, "TrackerM", FALSE),
  DEVICE (0x20, "P2 / Photon 2", TRUE),
  DEVICE (0x23, "M-SoM", TRUE),
  DEVICE (0x25, "Electron 2", FALSE),
  DEVICE (0x26, "Sulu", FALSE),
  /* It runs Linux and has its own ways. */
  { PARTICLE, NORMAL (0x2a), 0x2a, "Tachyon", FL_MODE_UNKNOWN, FALSE, TRUE },
  { OPENMOKO, 0x607d, 0, "Spark Core", FL_MODE_UNKNOWN, FALSE, TRUE },
  { OPENMOKO, 0x607f, 0, "Spark Core", FL_MODE_UPDATE, FALSE, TRUE },
};

const FlUsbCatalogueRow *
fl_usb_catalogue_lookup (guint16 vendor_id, guint16 product_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].vendor_id == vendor_id && table[i].product_id == product_id)
      return &table[i];
  return NULL;
}

const FlUsbCatalogueRow *
fl_usb_catalogue_get_table (guint *n_rows)
{
  *n_rows = G_N_ELEMENTS (table);
  return table;
}

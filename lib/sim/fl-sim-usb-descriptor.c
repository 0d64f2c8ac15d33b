/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "fl-sim-usb-private.h"

/* USB 2.0, 9.4 and 9.5 */
#define GET_STATUS           0
#define SET_ADDRESS          5
#define GET_DESCRIPTOR       6
#define GET_CONFIGURATION    8
#define SET_CONFIGURATION    9
#define GET_INTERFACE        10
#define SET_INTERFACE        11
#define TYPE_DEVICE          1
#define TYPE_CONFIGURATION   2
#define TYPE_STRING          3
#define MAX_DESCRIPTOR_BYTES 255

#define STRING_LANGUAGES    0
#define STRING_MANUFACTURER 1
#define STRING_PRODUCT      2
#define STRING_SERIAL       3
#define STRING_CONTROL      4
#define STRING_MEMORY       5
#define STRING_STATE        0xfa /* particle-iot/device-os, since 6.0: protection */
#define DEVICE_RELEASE      0x0251

/* Serial port: one interface that tells of its state, one for data. Then the one that Windows binds
 * its driver to; it has no endpoints. */
#define CDC(n)                                                                                     \
  8, 0x0b, n, 2, 2, 2, 0, 0,              /* belong together */                                    \
      9, 4, n, 0, 1, 2, 2, 1, 0,          /* communications, abstract control model */             \
      5, 0x24, 0, 0x10, 0x01,             /* header */                                             \
      5, 0x24, 1, 0, (n) + 1,             /* call management */                                    \
      4, 0x24, 2, 2,                      /* abstract control */                                   \
      5, 0x24, 6, n, (n) + 1,             /* union */                                              \
      7, 5, 0x82, 3, 8, 0, 255,           /* interrupt, in */                                      \
      9, 4, (n) + 1, 0, 2, 0x0a, 0, 0, 0, /* data */                                               \
      7, 5, 0x01, 2, 64, 0, 0,            /* bulk, out */                                          \
      7, 5, 0x81, 2, 64, 0, 0             /* bulk, in */
#define CONTROL(n)               9, 4, n, 0, 0, 0xff, 0xff, 0xff, STRING_CONTROL
#define HEAD(size, n_interfaces) 9, TYPE_CONFIGURATION, size, 0, n_interfaces, 1, 0, 0xc0, 250

#define SERIAL_GEN4  1
#define SERIAL_OLDER 0
static const guint8 running_gen4[] = { HEAD (84, 3), CONTROL (0), CDC (SERIAL_GEN4) };
static const guint8 running_older[] = { HEAD (84, 3), CDC (SERIAL_OLDER), CONTROL (2) };
/* USB Device Firmware Upgrade 1.1, 4.2 */
static const guint8 updating[] = {
  HEAD (27, 1), 9, 4, 0, 0, 0, 0xfe, 1, 2, STRING_MEMORY, 9, 0x21, 0x0b, 0xff, 0, 0, 16, 0x1a, 1,
};

G_STATIC_ASSERT (sizeof running_gen4 == 84 && sizeof running_older == 84 && sizeof updating == 27);

static GBytes *
create_reply (const guint8 *data, gsize size_bytes, const FlUsbSetup *setup)
{
  return g_bytes_new (data, MIN (size_bytes, setup->length));
}

static GBytes *
create_device (FlSimDevice *device, const FlUsbSetup *setup)
{
  gboolean is_dfu = device->power == FL_SIM_POWER_DFU;
  FlSimUsbIdentity identity;
  guint8 data[18] = { sizeof data, TYPE_DEVICE, 0, 2 };

  fl_sim_usb_get_identity (device, &identity);
  if (!is_dfu)
    memcpy (data + 4, (guint8[]){ 0xef, 2, 1 }, 3); /* interfaces that belong together */
  data[7] = 64;
  data[8] = identity.vendor_id & 0xff;
  data[9] = identity.vendor_id >> 8;
  data[10] = identity.product_id & 0xff;
  data[11] = identity.product_id >> 8;
  data[12] = DEVICE_RELEASE & 0xff;
  data[13] = DEVICE_RELEASE >> 8;
  data[14] = STRING_MANUFACTURER;
  data[15] = STRING_PRODUCT;
  data[16] = STRING_SERIAL;
  data[17] = 1;
  return create_reply (data, sizeof data, setup);
}

static GBytes *
create_configuration (FlSimDevice *device, const FlUsbSetup *setup)
{
  if (device->power == FL_SIM_POWER_DFU)
    return create_reply (updating, sizeof updating, setup);
  if (fl_sim_device_get_generation (device) == 4)
    return create_reply (running_gen4, sizeof running_gen4, setup);
  return create_reply (running_older, sizeof running_older, setup);
}

static const char *
get_state (const FlSimDeviceSpec *spec)
{
  if (spec->version < FL_SIM_VERSION (6, 0, 0))
    return NULL;
  if (!spec->is_protected)
    return "sm=o";
  return spec->in_service ? "sm=s" : "sm=p";
}

static const char *
get_text (FlSimDevice *device, guint8 index)
{
  FlSimUsbIdentity identity;

  fl_sim_usb_get_identity (device, &identity);
  switch (index)
    {
    case STRING_MANUFACTURER:
      return "Particle";
    case STRING_PRODUCT:
      return identity.product;
    case STRING_SERIAL:
      return identity.serial;
    case STRING_CONTROL:
      return device->power == FL_SIM_POWER_DFU ? NULL : "Control Interface";
    case STRING_MEMORY:
      return device->power == FL_SIM_POWER_DFU ? "@Internal Flash/0x08000000/1*001Kg" : NULL;
    case STRING_STATE:
      return get_state (device->spec);
    default: /* a number from outside */
      return NULL;
    }
}

static GBytes *
create_string (FlSimDevice *device, const FlUsbSetup *setup)
{
  static const guint8 languages[] = { 4, TYPE_STRING, 0x09, 0x04 }; /* English, United States */
  guint8 index = setup->value & 0xff;
  guint8 data[MAX_DESCRIPTOR_BYTES] = { 2, TYPE_STRING };
  const char *text;

  if (index == STRING_LANGUAGES)
    return create_reply (languages, sizeof languages, setup);
  text = get_text (device, index);
  if (text == NULL)
    return NULL;
  for (; *text != '\0'; text++, data[0] += 2) /* ASCII to UTF-16 */
    data[data[0]] = (guint8) *text;
  return create_reply (data, data[0], setup);
}

static GBytes *
create_descriptor (FlSimDevice *device, const FlUsbSetup *setup)
{
  switch (setup->value >> 8)
    {
    case TYPE_DEVICE:
      return create_device (device, setup);
    case TYPE_CONFIGURATION:
      return (setup->value & 0xff) == 0 ? create_configuration (device, setup) : NULL;
    case TYPE_STRING:
      return create_string (device, setup);
    default: /* a number from outside */
      return NULL;
    }
}

static GBytes *
create_answer (FlSimDevice *device, const FlUsbSetup *setup)
{
  static const guint8 self_powered[] = { 1, 0 }, configuration[] = { 1 }, alternate[] = { 0 };

  switch (setup->request)
    {
    case GET_STATUS:
      return create_reply (self_powered, sizeof self_powered, setup);
    case GET_DESCRIPTOR:
      return create_descriptor (device, setup);
    case GET_CONFIGURATION:
      return create_reply (configuration, sizeof configuration, setup);
    case GET_INTERFACE:
      return create_reply (alternate, sizeof alternate, setup);
    default: /* a number from outside */
      return NULL;
    }
}

FlSimUsbEnd
fl_sim_usb_control_standard (FlSimDevice *device, const FlUsbSetup *setup, GBytes **reply)
{
  gboolean is_set = setup->request == SET_ADDRESS || setup->request == SET_CONFIGURATION ||
                    setup->request == SET_INTERFACE;

  if ((setup->request_type & FL_USB_IN) == 0)
    return is_set ? FL_SIM_USB_DONE : FL_SIM_USB_STALLED;
  *reply = create_answer (device, setup);
  return *reply != NULL ? FL_SIM_USB_DONE : FL_SIM_USB_STALLED;
}

guint8
fl_sim_usb_get_serial_interface (FlSimDevice *device)
{
  return fl_sim_device_get_generation (device) == 4 ? SERIAL_GEN4 : SERIAL_OLDER;
}

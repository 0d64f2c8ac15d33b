/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-ffs.h"

#include <string.h>

#include "fl-usb-service.h"

/* include/uapi/linux/usb/functionfs.h; all numbers are little-endian. */
#define DESCRIPTORS_MAGIC 3 /* version 2 */
#define STRINGS_MAGIC     2
#define HAS_FULL_SPEED    1
#define HAS_HIGH_SPEED    2
#define ALL_RECIPIENTS    64 /* requests to the device, too, as Particle's are */
#define WITHOUT_CONFIG    128
#define EVENT_SETUP       4

/* USB 2.0, 9.4 to 9.6 */
#define GET_DESCRIPTOR      6
#define TYPE_DEVICE         1
#define TYPE_CONFIGURATION  2
#define TYPE_STRING         3
#define TYPE_INTERFACE      4
#define DEVICE_BYTES        18
#define CONFIGURATION_BYTES 9
#define INTERFACE_BYTES     9
#define MAX_BYTES           255
#define ENGLISH             0x409 /* United States */

/* (nullable) (transfer full), whole and no shorter than @min_bytes */
static GBytes *
read_descriptor (FlSimDevice *device,
                 guint attachment,
                 guint type,
                 guint number,
                 gsize min_bytes,
                 gint64 now_us)
{
  const FlUsbSetup setup = { FL_USB_IN, GET_DESCRIPTOR, (guint16) (type << 8 | number),
                             type == TYPE_STRING ? ENGLISH : 0, MAX_BYTES };
  GBytes *reply = NULL;

  if (fl_sim_usb_control (device, attachment, &setup, NULL, 0, now_us, &reply) == FL_SIM_USB_DONE &&
      g_bytes_get_size (reply) >= min_bytes)
    return reply;
  g_clear_pointer (&reply, g_bytes_unref);
  return NULL;
}

/* ASCII; "" when there is none. */
static char *
read_string (FlSimDevice *device, guint attachment, guint number, gint64 now_us)
{
  g_autoptr (GBytes) reply =
      number != 0 ? read_descriptor (device, attachment, TYPE_STRING, number, 2, now_us) : NULL;
  GString *text = g_string_new (NULL);
  gsize size_bytes = 0;
  const guint8 *data = reply != NULL ? g_bytes_get_data (reply, &size_bytes) : NULL;

  for (gsize i = 2; i + 1 < size_bytes; i += 2)
    g_string_append_c (text, (char) data[i]);
  return g_string_free (text, FALSE);
}

static guint16
get_16 (const guint8 *data)
{
  return (guint16) (data[0] | data[1] << 8);
}

/* The first interface without endpoints: its requests are all that it has. (nullable) */
static const guint8 *
find_interface (const guint8 *data, gsize size_bytes)
{
  for (gsize i = 0; i + 1 < size_bytes && data[i] > 0; i += data[i])
    if (data[i] == INTERFACE_BYTES && data[i + 1] == TYPE_INTERFACE &&
        i + INTERFACE_BYTES <= size_bytes && data[i + 4] == 0)
      return data + i;
  return NULL;
}

gboolean
fl_sim_ffs_facts_read (FlSimFfsFacts *facts, FlSimDevice *device, guint attachment, gint64 now_us)
{
  g_autoptr (GBytes) whole = NULL, configuration = NULL;
  const guint8 *data, *interface;
  gsize size_bytes;

  g_return_val_if_fail (facts != NULL && device != NULL, FALSE);

  *facts = (FlSimFfsFacts){ 0 };
  whole = read_descriptor (device, attachment, TYPE_DEVICE, 0, DEVICE_BYTES, now_us);
  configuration =
      read_descriptor (device, attachment, TYPE_CONFIGURATION, 0, CONFIGURATION_BYTES, now_us);
  if (whole == NULL || configuration == NULL)
    return FALSE;
  data = g_bytes_get_data (configuration, &size_bytes);
  interface = find_interface (data, size_bytes);
  if (interface == NULL)
    return FALSE;
  facts->attributes = data[7];
  facts->max_power_ma = 2 * data[8];
  facts->interface_class = interface[5];
  facts->interface_subclass = interface[6];
  facts->interface_protocol = interface[7];
  facts->interface = read_string (device, attachment, interface[8], now_us);
  data = g_bytes_get_data (whole, NULL);
  facts->usb_release = get_16 (data + 2);
  facts->class = data[4];
  facts->subclass = data[5];
  facts->protocol = data[6];
  facts->vendor_id = get_16 (data + 8);
  facts->product_id = get_16 (data + 10);
  facts->release = get_16 (data + 12);
  facts->manufacturer = read_string (device, attachment, data[14], now_us);
  facts->product = read_string (device, attachment, data[15], now_us);
  facts->serial = read_string (device, attachment, data[16], now_us);
  return TRUE;
}

void
fl_sim_ffs_facts_clear (FlSimFfsFacts *facts)
{
  g_clear_pointer (&facts->manufacturer, g_free);
  g_clear_pointer (&facts->product, g_free);
  g_clear_pointer (&facts->serial, g_free);
  g_clear_pointer (&facts->interface, g_free);
}

static void
append_32 (GByteArray *out, guint32 number)
{
  guint32 wire = GUINT32_TO_LE (number);

  g_byte_array_append (out, (const guint8 *) &wire, sizeof wire);
}

/* The second word is the size of all. */
static GBytes *
finish (GByteArray *out)
{
  guint32 wire = GUINT32_TO_LE (out->len);

  memcpy (out->data + sizeof wire, &wire, sizeof wire);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
fl_sim_ffs_create_descriptors (const FlSimFfsFacts *facts)
{
  GByteArray *out;

  g_return_val_if_fail (facts != NULL, NULL);

  out = g_byte_array_new ();
  append_32 (out, DESCRIPTORS_MAGIC);
  append_32 (out, 0);
  append_32 (out, HAS_FULL_SPEED | HAS_HIGH_SPEED | ALL_RECIPIENTS | WITHOUT_CONFIG);
  append_32 (out, 1); /* descriptor for full speed */
  append_32 (out, 1); /* for high speed */
  for (guint i = 0; i < 2; i++)
    {
      const guint8 interface[INTERFACE_BYTES] = {
        INTERFACE_BYTES,
        TYPE_INTERFACE,
        0,
        0,
        0,
        facts->interface_class,
        facts->interface_subclass,
        facts->interface_protocol,
        1, /* the first of our strings */
      };

      g_byte_array_append (out, interface, sizeof interface);
    }
  return finish (out);
}

GBytes *
fl_sim_ffs_create_strings (const FlSimFfsFacts *facts)
{
  const guint8 language[2] = { ENGLISH & 0xff, ENGLISH >> 8 };
  GByteArray *out;

  g_return_val_if_fail (facts != NULL && facts->interface != NULL, NULL);

  out = g_byte_array_new ();
  append_32 (out, STRINGS_MAGIC);
  append_32 (out, 0);
  append_32 (out, 1); /* string */
  append_32 (out, 1); /* language */
  g_byte_array_append (out, language, sizeof language);
  g_byte_array_append (out, (const guint8 *) facts->interface,
                       (guint) strlen (facts->interface) + 1);
  return finish (out);
}

gboolean
fl_sim_ffs_event_decode (const guint8 event[FL_SIM_FFS_EVENT_BYTES], FlUsbSetup *setup)
{
  g_return_val_if_fail (event != NULL && setup != NULL, FALSE);

  fl_usb_setup_decode (event, setup);
  return event[8] == EVENT_SETUP;
}

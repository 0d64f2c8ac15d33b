/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-meta-finder.h"
#include "fl-usb-finder.h"

#include "../lib/find/hand-finder.h"
#include "../lib/find/script-usb-bus.h"

#include <stdlib.h>
#include <time.h>

/* From "the system says that something was plugged in" to the row: processor work only, without a
 * turn of the main loop and without any time passing on the clock. Held against the row of a device
 * that was heard over Bluetooth, made in the same run; a computer with many devices plugged in must
 * not need longer for one more. */
#define FEW         8
#define MANY        200
#define ROUNDS      31
#define TARGET      1.2 /* against Bluetooth */
#define MANY_TARGET 1.2 /* against few */

typedef struct
{
  FlClock *clock;
  ScriptUsbBus *bus;
  FlFinder *usb;
  FlHandFinder *bluetooth;
  FlMetaFinder *meta;
  ScriptUsbDevice devices[MANY];
} Bench;

static gint64
get_processor_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
begin (Bench *bench)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();

  bench->clock = fl_virtual_clock_new ();
  bench->bus = script_usb_bus_new (bench->clock);
  bench->usb = FL_FINDER (fl_usb_finder_new (FL_USB_BUS (bench->bus), bench->clock, product));
  bench->bluetooth = g_object_new (FL_TYPE_HAND_FINDER, NULL);
  bench->meta = fl_meta_finder_new (bench->clock);
  fl_meta_finder_add (bench->meta, bench->usb);
  fl_meta_finder_add (bench->meta, FL_FINDER (bench->bluetooth));
  fl_meta_finder_start (bench->meta);
}

static void
end (Bench *bench)
{
  fl_meta_finder_stop (bench->meta);
  g_object_unref (bench->meta);
  g_object_unref (bench->usb);
  g_object_unref (bench->bluetooth);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (bench->bus);
  g_object_unref (bench->clock);
}

static void
assert_rows (Bench *bench, guint n_rows)
{
  if (g_list_model_get_n_items (fl_meta_finder_get_devices (bench->meta)) != n_rows)
    g_error ("The row is not there when the plug has been told of");
}

/* Nanoseconds for each of the last FEW of @n_devices. */
static gint64
plug (guint n_devices)
{
  Bench bench;
  gint64 before_ns = 0, spent_ns, begun_us;

  begin (&bench);
  begun_us = fl_clock_now_us (bench.clock);
  for (guint i = 0; i < n_devices; i++)
    bench.devices[i] = (ScriptUsbDevice){
      .location = g_strdup_printf ("1-%u", i + 1),
      .product_id = 0xc020,
      .serial_text = g_strdup_printf ("0a10aced202194944a%06x", i),
      .product = "P2",
    };
  for (guint i = 0; i < n_devices; i++)
    {
      if (i == n_devices - FEW)
        before_ns = get_processor_ns ();
      script_usb_bus_plug (bench.bus, &bench.devices[i]);
    }
  spent_ns = get_processor_ns () - before_ns;
  assert_rows (&bench, n_devices);
  if (fl_clock_now_us (bench.clock) != begun_us)
    g_error ("Time passed");
  end (&bench);
  for (guint i = 0; i < n_devices; i++)
    {
      g_free ((gpointer) bench.devices[i].location);
      g_free ((gpointer) bench.devices[i].serial_text);
    }
  return spent_ns / FEW;
}

static gint64
hear (void)
{
  Bench bench;
  gint64 before_ns, spent_ns;

  begin (&bench);
  before_ns = get_processor_ns ();
  for (guint i = 0; i < FEW; i++)
    {
      g_autofree char *address = g_strdup_printf ("AA:BB:CC:DD:EE:%02X", i);
      g_autofree char *code = g_strdup_printf ("C%05u", i);
      g_autofree char *name = g_strdup_printf ("P2-%s", code);
      g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_BLUETOOTH, address);

      fl_road_set_name (road, name);
      fl_road_set_setup_code (road, code);
      fl_road_set_platform_id (road, 32);
      fl_road_set_signal_dbm (road, -50);
      g_list_store_append (bench.bluetooth->roads, road);
    }
  spent_ns = get_processor_ns () - before_ns;
  assert_rows (&bench, FEW);
  end (&bench);
  return spent_ns / FEW;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 left = *(const gint64 *) a;
  const gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static double
median_us (gint64 samples[ROUNDS])
{
  qsort (samples, ROUNDS, sizeof samples[0], compare);
  return (double) samples[ROUNDS / 2] / 1e3;
}

int
main (void)
{
  gint64 few_ns[ROUNDS], many_ns[ROUNDS], heard_ns[ROUNDS];
  double few_us, many_us, heard_us;

  plug (FEW); /* types are registered once */
  hear ();
  for (guint i = 0; i < ROUNDS; i++)
    {
      heard_ns[i] = hear ();
      few_ns[i] = plug (FEW);
      many_ns[i] = plug (MANY);
    }

  heard_us = median_us (heard_ns);
  few_us = median_us (few_ns);
  many_us = median_us (many_ns);
  g_print ("plug to row: %.1f us, row over Bluetooth %.1f us, ratio %.2f (target %.1f); with %d "
           "plugged in %.1f us, ratio %.2f (target %.1f)\n",
           few_us, heard_us, few_us / heard_us, TARGET, MANY, many_us, many_us / few_us,
           MANY_TARGET);
  return few_us / heard_us <= TARGET && many_us / few_us <= MANY_TARGET ? 0 : 1;
}

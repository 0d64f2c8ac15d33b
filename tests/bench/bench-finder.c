/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-ble-finder.h"
#include "fl-meta-finder.h"
#include "mock-bluez.h"
#include "mock-clock.h"

#include <stdlib.h>
#include <time.h>

/* Processor time for one advertisement on its way from the message bus into the list of devices
 * must not depend on how many devices there are. This process is client and mock BlueZ in one, so
 * the figure has the sending in it; that costs the same for each advertisement, too. */
#define FEW     50
#define MANY    500
#define ADVERTS 10000 /* in each round */
#define ROUNDS  5
#define TARGET  1.2

typedef struct
{
  GDBusConnection *server, *client;
  MockBluez *mock;
  MockClock *clock;
  FlBluez *bluez;
  FlMetaFinder *meta;
  guint n_heard;
} Bench;

static GDBusConnection *
connect_to_bus (const char *address)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
on_changed (FlBluez *bluez,
            const char *path,
            const char *interface,
            GVariant *changed,
            Bench *bench)
{
  bench->n_heard++;
}

static void
add_devices (Bench *bench, guint n_devices)
{
  for (guint i = 0; i < n_devices; i++)
    {
      g_autofree char *address = g_strdup_printf ("AA:BB:CC:DD:%02X:%02X", i >> 8, i & 0xff);
      g_autofree char *code = g_strdup_printf ("C%05u", i);

      mock_bluez_add_device (bench->mock, address, code);
    }
}

static void
begin (Bench *bench, const char *address, guint n_devices)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlFinder) finder = NULL;
  GListModel *devices;

  bench->server = connect_to_bus (address);
  bench->client = connect_to_bus (address);
  bench->clock = mock_clock_new ();
  bench->mock = mock_bluez_new (bench->server);
  mock_bluez_add_adapter (bench->mock, TRUE);
  add_devices (bench, n_devices);
  mock_bluez_start (bench->mock);
  bench->bluez = fl_bluez_new (bench->client, FL_CLOCK (bench->clock));
  finder = FL_FINDER (fl_ble_finder_new (bench->bluez, FL_CLOCK (bench->clock), product));
  bench->meta = fl_meta_finder_new (FL_CLOCK (bench->clock));
  fl_meta_finder_add (bench->meta, finder);
  fl_meta_finder_start (bench->meta);
  devices = fl_meta_finder_get_devices (bench->meta);
  while (g_list_model_get_n_items (devices) < n_devices)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (bench->bluez, "properties-changed", G_CALLBACK (on_changed), bench);
}

static void
end (Bench *bench)
{
  gpointer bluez = bench->bluez;

  fl_meta_finder_stop (bench->meta);
  g_clear_object (&bench->meta);
  g_object_add_weak_pointer (G_OBJECT (bench->bluez), &bluez);
  g_clear_object (&bench->bluez);
  while (bluez != NULL)
    g_main_context_iteration (NULL, TRUE);
  mock_bluez_free (bench->mock);
  g_object_unref (bench->clock);
  g_dbus_connection_close_sync (bench->client, NULL, NULL);
  g_dbus_connection_close_sync (bench->server, NULL, NULL);
  g_object_unref (bench->client);
  g_object_unref (bench->server);
}

static gint64
get_processor_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/* Every device in turn, with a signal that goes up and down, a hundred under way at most. */
static gint64
run_round (Bench *bench)
{
  guint n_devices = mock_bluez_get_n_devices (bench->mock);
  gint64 before_ns = get_processor_ns ();

  bench->n_heard = 0;
  for (guint i = 0; i < ADVERTS; i++)
    {
      MockDevice *device = mock_bluez_get_device (bench->mock, i % n_devices);

      device->rssi[0] = -40 - (int) (i * 7 % 50);
      mock_device_advertise (device);
      while (i + 1 - bench->n_heard > 100)
        g_main_context_iteration (NULL, TRUE);
    }
  while (bench->n_heard < ADVERTS)
    g_main_context_iteration (NULL, TRUE);
  return get_processor_ns () - before_ns;
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
  return samples[ROUNDS / 2] / 1e3 / ADVERTS;
}

int
main (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  Bench few = { NULL }, many = { NULL };
  gint64 few_ns[ROUNDS], many_ns[ROUNDS];
  double few_us, many_us;

  g_test_dbus_up (bus);
  for (guint i = 0; i < ROUNDS; i++)
    {
      begin (&few, g_test_dbus_get_bus_address (bus), FEW);
      few_ns[i] = run_round (&few);
      end (&few);
      begin (&many, g_test_dbus_get_bus_address (bus), MANY);
      many_ns[i] = run_round (&many);
      end (&many);
    }
  g_test_dbus_stop (bus);

  few_us = median_us (few_ns);
  many_us = median_us (many_ns);
  g_print ("advertisement: %.1f us with %d devices, %.1f us with %d, ratio %.3f (target %.1f)\n",
           few_us, FEW, many_us, MANY, many_us / few_us, TARGET);
  return many_us / few_us <= TARGET ? 0 : 1;
}

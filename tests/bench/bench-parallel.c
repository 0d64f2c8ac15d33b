/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Eight devices on one hub are set up at the same time, in virtual time, against the slowest of
 * them alone. A control transfer takes a frame of a millisecond, and a frame has room for one of
 * each device; so whatever makes them wait for one another is in this program.
 */
#include "config.h"

#include <string.h>

#include "fl-setup.h"
#include "fl-sim-usb-bus.h"
#include "fl-sim-world.h"
#include "fl-system-random.h"
#include "fl-usb-finder.h"

#define N_DEVICES  8
#define MAX_RATIO  1.3
#define GIVE_UP_US (10 * 60 * G_USEC_PER_SEC)
#define SERIAL     "P046AB245AB000%u"
#define NETWORK_TEXT                                                                               \
  "[World]\nseed=8\n[Network home]\nssid=Home\npassword=correct horse\nrssi=-50\n"

typedef struct
{
  FlClock *clock;
  FlEngine *engine;
  FlSetup *setups[N_DEVICES];
  guint n_online;
} Hub;

/* They differ, as devices do: a slow scan here, a slow join there. */
static void
describe (GString *text, guint i)
{
  g_string_append_printf (text,
                          "[Device d%u]\nserial=" SERIAL "\nusb=yes\nbluetooth=no\n"
                          "location=1-4.%u\nscan-time=%us\njoin-time=%us\n",
                          i, i, i + 1, 1 + i % 3, 2 + i % 4);
}

static void
join (FlSetup *setup)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("correct horse");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);

  fl_setup_join (setup, credentials);
}

/* The person is quick: the network is chosen when the device has seen what there is. */
static void
on_change (FlSetup *setup, GParamSpec *pspec, Hub *hub)
{
  FlStage stage = fl_setup_get_stage (setup);

  if (stage == FL_STAGE_FAILED)
    g_error ("Failed: %s", fl_setup_get_error (setup)->message);
  if (stage == FL_STAGE_ONLINE && g_str_equal (pspec->name, "stage"))
    hub->n_online++;
  if (stage == FL_STAGE_CHOOSING && !fl_setup_get_scanning (setup) &&
      fl_setup_get_credentials (setup) == NULL)
    join (setup);
}

static void
start (Hub *hub, FlSimWorld *world, guint n)
{
  g_autoptr (FlMetaFinder) meta = fl_meta_finder_new (hub->clock);
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlUsbBus) bus = fl_sim_usb_bus_new (world, hub->clock);
  g_autoptr (FlFinder) finder = FL_FINDER (fl_usb_finder_new (bus, hub->clock, product));

  fl_meta_finder_add (meta, finder);
  hub->engine = fl_engine_new (hub->clock, meta, product, fl_system_random, NULL);
  for (guint i = 0; i < n; i++)
    hub->setups[i] = fl_setup_new (hub->engine);
}

/* Milliseconds until the devices from @first on are online, @n of them, and no others there. */
static gint64
measure (guint first, guint n)
{
  Hub hub = { .clock = fl_virtual_clock_new () };
  g_autoptr (GString) text = g_string_new (NETWORK_TEXT);
  g_autoptr (GError) error = NULL;
  FlSimWorld *world;
  gint64 began_us = fl_clock_now_us (hub.clock), spent_us;

  for (guint i = 0; i < n; i++)
    describe (text, first + i);
  world = fl_sim_world_parse (text->str, text->len, "hub", 0, &error);
  if (world == NULL)
    g_error ("%s", error->message);
  start (&hub, world, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf (SERIAL, first + i);

      g_signal_connect (hub.setups[i], "notify", G_CALLBACK (on_change), &hub);
      fl_setup_set_target (hub.setups[i], serial);
      fl_setup_start (hub.setups[i]);
    }
  while (hub.n_online < n && fl_clock_now_us (hub.clock) - began_us < GIVE_UP_US)
    g_main_context_iteration (NULL, TRUE);
  if (hub.n_online < n)
    g_error ("Only %u of %u are online", hub.n_online, n);
  spent_us = fl_clock_now_us (hub.clock) - began_us;

  for (guint i = 0; i < n; i++)
    {
      g_signal_handlers_disconnect_by_data (hub.setups[i], &hub);
      fl_setup_close (hub.setups[i]);
      g_object_unref (hub.setups[i]);
    }
  fl_meta_finder_stop (fl_engine_get_finder (hub.engine));
  g_object_unref (hub.engine);
  g_object_unref (world);
  g_object_unref (hub.clock);
  return spent_us / 1000;
}

int
main (int argc, char *argv[])
{
  gint64 together_ms = measure (0, N_DEVICES), slowest_ms = 0;
  double ratio;

  for (guint i = 0; i < N_DEVICES; i++)
    slowest_ms = MAX (slowest_ms, measure (i, 1));
  ratio = (double) together_ms / (double) slowest_ms;
  g_print ("%d devices at once: %" G_GINT64_FORMAT " ms, the slowest alone: %" G_GINT64_FORMAT
           " ms, ratio %.3f (target %.1f)\n",
           N_DEVICES, together_ms, slowest_ms, ratio, MAX_RATIO);
  return ratio <= MAX_RATIO ? 0 : 1;
}

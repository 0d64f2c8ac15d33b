/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: bench-adverts
 *
 * Processor time for one advertisement, from its bytes to the device in the list, with 50 and with
 * 500 devices in the room: parsed, put with its device by FlBleSightings, merged by FlMetaFinder.
 * Only the message bus is left out, which bench-finder has. Growing old is in it, once for each
 * second of devices that advertise every 250 ms. Prints the medians and the ratio; the target is
 * 1.3 and a miss fails, so build it without sanitizers.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fl-advert.h"
#include "fl-ble-sightings.h"
#include "fl-meta-finder.h"

#define FEW      50
#define MANY     500
#define ADVERTS  100000 /* in each round */
#define ROUNDS   11
#define EVERY_US 250000
#define TARGET   1.3

/* A finder that only has what was heard. */
#define TYPE_EAR (ear_get_type ())
G_DECLARE_FINAL_TYPE (Ear, ear, BENCH, EAR, GObject)

struct _Ear
{
  GObject parent_instance;

  FlBleSightings *sightings;
};

static void ear_iface_init (FlFinderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Ear,
                               ear,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_FINDER, ear_iface_init))

typedef enum
{
  PROP_PROBLEM = 1,
  PROP_KIND
} EarProperty;

static void
start (FlFinder *finder)
{
}

static GListModel *
get_sightings (FlFinder *finder)
{
  return fl_ble_sightings_get_roads (BENCH_EAR (finder)->sightings);
}

static void
ear_iface_init (FlFinderInterface *iface)
{
  iface->start = start;
  iface->stop = start;
  iface->get_sightings = get_sightings;
}

static void
ear_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((EarProperty) id)
    {
    case PROP_PROBLEM:
      break; /* none */
    case PROP_KIND:
      g_value_set_enum (value, FL_ROAD_BLUETOOTH);
      break;
    }
}

static void
ear_finalize (GObject *object)
{
  fl_ble_sightings_free (BENCH_EAR (object)->sightings);

  G_OBJECT_CLASS (ear_parent_class)->finalize (object);
}

static void
ear_class_init (EarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ear_finalize;
  G_OBJECT_CLASS (klass)->get_property = ear_get_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_PROBLEM, "problem");
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_KIND, "kind");
}

static void
ear_init (Ear *self)
{
  self->sightings = fl_ble_sightings_new ();
}

typedef struct
{
  Ear *ear;
  FlMetaFinder *meta;
  FlClock *clock;
  guint n_devices;
  guint n_heard;
  gint64 now_us;
  gint64 aged_us;
} Room;

static FlBleEar
listens (const char *adapter, const char *path, gint64 *since_us, gpointer data)
{
  *since_us = 0;
  return FL_BLE_EAR_OPEN;
}

/* What device @index sends: a name, a set-up code, and the service in the scan response, as
 * fl-advert.h describes them. */
static void
advertise (guint index, FlAdvert *advert)
{
  static const guint8 response[] = { 17,   0x07, 0xfc, 0x36, 0x6f, 0x54, 0x30, 0x80, 0xf4,
                                     0x94, 0xa8, 0x48, 0x4e, 0x5c, 0x01, 0x00, 0xa9, 0x6f };
  guint8 data[] = { 2,   0x01, 0x06, 10,   0x09, 'P',  '2', '-', 'D', 'D', 'D', 'D', 'D',
                    'D', 11,   0xff, 0x62, 0x06, 0x20, 0,   'D', 'D', 'D', 'D', 'D', 'D' };
  char code[FL_ADVERT_CODE_SIZE + 1];

  g_snprintf (code, sizeof code, "D%05u", index);
  memcpy (data + 8, code, FL_ADVERT_CODE_SIZE);
  memcpy (data + 20, code, FL_ADVERT_CODE_SIZE);
  fl_advert_parse (advert, data, sizeof data);
  fl_advert_parse (advert, response, sizeof response);
}

static void
hear_one (Room *room)
{
  guint index = room->n_heard % room->n_devices;
  char address[sizeof "AA:BB:CC:DD:00:00"];
  char path[64];
  FlBleHeard heard = { .path = path,
                       .adapter = "/org/bluez/hci0",
                       .address = address,
                       .advert = FL_ADVERT_INIT,
                       .signal_dbm = -40 - (int) (room->n_heard * 7 % 50) };

  g_snprintf (address, sizeof address, "AA:BB:CC:DD:%02X:%02X", index >> 8, index & 0xff);
  g_snprintf (path, sizeof path, "/org/bluez/hci0/dev_AA_BB_CC_DD_%02X_%02X", index >> 8,
              index & 0xff);
  advertise (index, &heard.advert);
  fl_ble_sightings_hear (room->ear->sightings, &heard, room->now_us);

  room->n_heard++;
  room->now_us += EVERY_US / room->n_devices;
  if (room->now_us - room->aged_us < G_USEC_PER_SEC)
    return;
  room->aged_us = room->now_us;
  fl_ble_sightings_age (room->ear->sightings, room->now_us, listens, NULL);
}

static gint64
get_processor_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
begin (Room *room, guint n_devices)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();

  memset (room, 0, sizeof *room);
  room->n_devices = n_devices;
  room->clock = fl_clock_new ();
  room->ear = g_object_new (TYPE_EAR, NULL);
  fl_ble_sightings_add_product (room->ear->sightings, product);
  room->meta = fl_meta_finder_new (room->clock);
  fl_meta_finder_add (room->meta, FL_FINDER (room->ear));
  fl_meta_finder_start (room->meta);
  for (guint i = 0; i < 2 * n_devices; i++)
    hear_one (room);
  g_assert_cmpuint (g_list_model_get_n_items (fl_meta_finder_get_devices (room->meta)), ==,
                    n_devices);
}

static void
end (Room *room)
{
  fl_meta_finder_stop (room->meta);
  g_assert_finalize_object (room->meta);
  g_assert_finalize_object (room->ear);
  g_assert_finalize_object (room->clock);
}

static gint64
run_round (Room *room)
{
  gint64 before_ns = get_processor_ns ();

  for (guint i = 0; i < ADVERTS; i++)
    hear_one (room);
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
get_median_us (gint64 samples[ROUNDS])
{
  qsort (samples, ROUNDS, sizeof samples[0], compare);
  return (double) samples[ROUNDS / 2] / 1000 / ADVERTS;
}

int
main (void)
{
  gint64 few_ns[ROUNDS], many_ns[ROUNDS];
  double few_us, many_us;
  Room few, many;

  begin (&few, FEW);
  begin (&many, MANY);
  for (guint i = 0; i < ROUNDS; i++)
    {
      few_ns[i] = run_round (&few);
      many_ns[i] = run_round (&many);
    }
  end (&few);
  end (&many);

  few_us = get_median_us (few_ns);
  many_us = get_median_us (many_ns);
  g_print ("advert: %.2f us with %u devices, %.2f us with %u, ratio %.2f (target %.1f)\n", many_us,
           MANY, few_us, FEW, many_us / few_us, TARGET);
  return many_us / few_us <= TARGET ? 0 : 1;
}

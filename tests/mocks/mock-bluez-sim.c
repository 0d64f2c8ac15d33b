/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-bluez-sim.h"

#include "fl-advert.h"
#include "fl-sim-air.h"
#include "fl-sim-connection.h"

#define ADVERT_MS  100
#define CLIENT_MTU 517 /* what BlueZ offers */

typedef struct
{
  MockBluezSim *sim;
  FlSimDevice *device;
  MockDevice *mock;
  FlSimConnection *connection; /* (nullable) */
  guint timer_id;
} Station;

struct _MockBluezSim
{
  MockAdapter *adapter; /* NULL when unplugged */
  FlSimWorld *world;
  FlClock *clock;
  Station *stations;
  guint n_stations;
  guint advert_id;
};

static void on_timer (gpointer data);

static gint64
now (Station *station)
{
  return fl_clock_now_us (station->sim->clock);
}

static void
pump (Station *station)
{
  gint64 deadline_us;

  fl_clock_clear (station->sim->clock, &station->timer_id);
  if (station->connection == NULL)
    return;
  fl_sim_connection_tick (station->connection, now (station));
  mock_device_pump (station->mock);
  if (fl_sim_connection_is_closed (station->connection) != FL_SIM_OPEN)
    {
      mock_device_drop (station->mock);
      return;
    }
  deadline_us = fl_sim_connection_get_deadline (station->connection);
  if (deadline_us != G_MAXINT64)
    station->timer_id = fl_clock_add_at (station->sim->clock, deadline_us, on_timer, station);
}

static void
on_timer (gpointer data)
{
  Station *station = data;

  station->timer_id = 0;
  pump (station);
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
copy_services (Station *station)
{
  FlSimService services[FL_SIM_MAX_SERVICES];
  guint n_services = fl_sim_connection_list_services (station->connection, services);
  g_autoptr (GBytes) version = fl_sim_connection_read_version (station->connection);
  MockDevice *mock = station->mock;
  const char *found[4] = { NULL };

  mock->strange = TRUE; /* until the service is seen */
  for (guint i = 0; i < n_services; i++)
    for (guint j = 0; j < services[i].n_characteristics; j++)
      {
        FlSimRole role = services[i].characteristics[j].role;

        if (role == FL_SIM_ROLE_OTHER)
          continue;
        mock->strange = FALSE;
        set_text (&mock->service, services[i].uuid);
        found[role] = services[i].characteristics[j].uuid;
      }
  set_text (&mock->rx, found[FL_SIM_ROLE_RX]);
  set_text (&mock->tx, found[FL_SIM_ROLE_TX]);
  set_text (&mock->version, found[FL_SIM_ROLE_VERSION]);
  mock->version_value = ((const guint8 *) g_bytes_get_data (version, NULL))[0];
}

static gboolean
on_accept (gpointer data)
{
  Station *station = data;
  g_autoptr (GError) error = NULL;

  station->connection = fl_sim_device_connect (station->device, now (station), &error);
  if (station->connection == NULL)
    return FALSE;
  station->mock->mtu = (guint16) fl_sim_connection_exchange_mtu (station->connection, CLIENT_MTU);
  copy_services (station);
  pump (station);
  return TRUE;
}

static void
on_connected (gpointer data, gboolean connected)
{
  Station *station = data;

  if (connected)
    return;
  fl_clock_clear (station->sim->clock, &station->timer_id);
  if (station->connection != NULL)
    fl_sim_connection_close (station->connection, now (station));
  g_clear_pointer (&station->connection, fl_sim_connection_free);
}

static void
on_subscribed (gpointer data, gboolean on)
{
  Station *station = data;

  if (station->connection != NULL)
    fl_sim_connection_subscribe (station->connection, on);
  pump (station);
}

static void
on_received (gpointer data, GBytes *bytes)
{
  Station *station = data;
  gsize size;
  const guint8 *packet = g_bytes_get_data (bytes, &size);

  if (station->connection != NULL)
    fl_sim_connection_write (station->connection, packet, size, now (station));
  pump (station);
}

static GBytes *
on_take (gpointer data, gsize max_bytes)
{
  Station *station = data;

  return station->connection == NULL ? NULL : fl_sim_connection_take (station->connection);
}

static void
set_manufacturer (MockDevice *mock, const FlAdvert *advert)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  const guint8 platform[2] = { advert->platform_id & 0xff, advert->platform_id >> 8 & 0xff };

  /* BlueZ drops a structure that claims more bytes than there are (src/eir.c). */
  mock->company_id = advert->code[0] == '\0' ? -1 : advert->company_id;
  g_byte_array_append (data, platform, sizeof platform);
  g_byte_array_append (data, (const guint8 *) advert->code, FL_ADVERT_CODE_SIZE);
  g_clear_pointer (&mock->manufacturer, g_bytes_unref);
  mock->manufacturer = g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

static void
advertise (Station *station)
{
  guint8 advert[FL_SIM_AIR_SIZE], response[FL_SIM_AIR_SIZE];
  gsize advert_size, response_size;
  MockDevice *mock = station->mock;
  FlAdvert heard = FL_ADVERT_INIT;

  fl_sim_device_tick (station->device, now (station));
  mock->advertising = fl_sim_device_advertise (station->device, advert, &advert_size, response,
                                               &response_size, now (station));
  if (!mock->advertising)
    return;
  fl_advert_parse (&heard, advert, advert_size);
  fl_advert_parse (&heard, response, response_size);
  set_text (&mock->name, heard.name);
  set_text (&mock->service, heard.n_services > 0 ? heard.services[0] : "");
  set_manufacturer (mock, &heard);
  mock_device_advertise (mock);
}

static void
follow_adapter (MockBluezSim *sim)
{
  if (sim->adapter == NULL)
    return;
  switch (fl_sim_world_get_adapter (sim->world, fl_clock_now_us (sim->clock)))
    {
    case FL_SIM_ADAPTER_ON:
    case FL_SIM_ADAPTER_DEAF: /* as BlueZ is concerned */
      break;
    case FL_SIM_ADAPTER_OFF:
      /* Somebody may turn it on again over the bus. */
      if (sim->adapter->powered && sim->adapter->n_power == 0)
        mock_adapter_set_powered (sim->adapter, FALSE);
      else if (sim->adapter->powered)
        fl_sim_world_turn_on_adapter (sim->world);
      break;
    case FL_SIM_ADAPTER_REMOVED:
      mock_adapter_remove (g_steal_pointer (&sim->adapter));
      break;
    }
}

static void
on_advert (gpointer data)
{
  MockBluezSim *sim = data;

  sim->advert_id = fl_clock_add_ms (sim->clock, ADVERT_MS, on_advert, sim);
  fl_sim_world_tick (sim->world, fl_clock_now_us (sim->clock));
  follow_adapter (sim);
  for (guint i = 0; i < sim->n_stations; i++)
    if (sim->stations[i].connection == NULL)
      advertise (&sim->stations[i]);
}

MockBluezSim *
mock_bluez_sim_new (MockBluez *bluez, MockAdapter *adapter, FlSimWorld *world, FlClock *clock)
{
  static const MockPeer peer = { .accept = on_accept,
                                 .connected = on_connected,
                                 .subscribed = on_subscribed,
                                 .received = on_received,
                                 .take = on_take };
  MockBluezSim *sim = g_new0 (MockBluezSim, 1);

  sim->adapter = adapter;
  sim->world = g_object_ref (world);
  sim->clock = g_object_ref (clock);
  sim->n_stations = fl_sim_world_get_n_devices (world);
  sim->stations = g_new0 (Station, MAX (1, sim->n_stations));
  for (guint i = 0; i < sim->n_stations; i++)
    {
      Station *station = &sim->stations[i];
      const FlSimDeviceSpec *spec;

      station->sim = sim;
      station->device = fl_sim_world_get_device (world, i);
      spec = fl_sim_device_get_spec (station->device);
      station->mock = mock_bluez_add_device (bluez, spec->address, spec->code);
      station->mock->rssi[0] = spec->rssi_dbm;
      station->mock->advertising = FALSE;
      station->mock->peer = peer;
      station->mock->peer_data = station;
    }
  sim->advert_id = fl_clock_add_ms (clock, 0, on_advert, sim);
  return sim;
}

void
mock_bluez_sim_free (MockBluezSim *sim)
{
  static const MockPeer nobody = { 0 };

  fl_clock_clear (sim->clock, &sim->advert_id);
  for (guint i = 0; i < sim->n_stations; i++)
    {
      on_connected (&sim->stations[i], FALSE);
      sim->stations[i].mock->peer = nobody;
    }
  g_free (sim->stations);
  g_object_unref (sim->world);
  g_object_unref (sim->clock);
  g_free (sim);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fake-station.h"

#include <stdarg.h>
#include <string.h>

static void fake_station_iface_init (FlSimStationInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeStation,
                               fake_station,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SIM_STATION, fake_station_iface_init))

static void
scan (FlSimStation *station)
{
  FAKE_STATION (station)->n_scans++;
}

static void
join (FlSimStation *station, const FlSimKnown *wanted)
{
  FakeStation *self = FAKE_STATION (station);
  gsize size_bytes;
  const char *ssid = g_bytes_get_data (wanted->ssid, &size_bytes);

  self->n_joins++;
  g_free (self->ssid);
  self->ssid = g_strndup (ssid, size_bytes);
  g_free (self->password);
  self->password =
      wanted->password != NULL ? g_strdup (fl_secret_get_text (wanted->password)) : NULL;
  self->security = wanted->security;
  g_clear_pointer (&self->enterprise, fl_enterprise_unref);
  if (wanted->enterprise != NULL)
    self->enterprise = fl_enterprise_ref (wanted->enterprise);
}

static void
leave (FlSimStation *station)
{
  FAKE_STATION (station)->n_leaves++;
}

static void
reach (FlSimStation *station, const char *device_id)
{
  FakeStation *self = FAKE_STATION (station);

  self->n_reaches++;
  g_free (self->device_id);
  self->device_id = g_strdup (device_id);
}

static void
part (FlSimStation *station)
{
  FAKE_STATION (station)->n_parts++;
}

static void
fake_station_iface_init (FlSimStationInterface *iface)
{
  iface->scan = scan;
  iface->join = join;
  iface->leave = leave;
  iface->reach = reach;
  iface->part = part;
}

static void
fake_station_finalize (GObject *object)
{
  FakeStation *self = FAKE_STATION (object);

  g_free (self->ssid);
  g_free (self->password);
  g_free (self->device_id);
  g_clear_pointer (&self->enterprise, fl_enterprise_unref);
  G_OBJECT_CLASS (fake_station_parent_class)->finalize (object);
}

static void
fake_station_class_init (FakeStationClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fake_station_finalize;
}

static void
fake_station_init (FakeStation *self)
{
}

FakeStation *
fake_station_new (void)
{
  return g_object_new (TYPE_FAKE_STATION, NULL);
}

FlSimNetworkSpec *
fake_network_new (const char *ssid, FlSecurity security, int channel)
{
  FlSimNetworkSpec *network = fl_sim_network_spec_new ();

  network->ssid = g_bytes_new (ssid, strlen (ssid));
  network->security = security;
  network->channel = channel;
  network->rssi_dbm = -45;
  memcpy (network->bssid, "\x02\0\0\0\0\1", sizeof network->bssid);
  return network;
}

GPtrArray *
fake_networks_new (FlSimNetworkSpec *first, ...)
{
  GPtrArray *networks = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_sim_network_spec_free);
  va_list rest;

  va_start (rest, first);
  for (FlSimNetworkSpec *network = first; network != NULL;
       network = va_arg (rest, FlSimNetworkSpec *))
    g_ptr_array_add (networks, network);
  va_end (rest);
  return networks;
}

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-station.h"

/* A radio that says what the test says, and remembers what it is asked. */
#define TYPE_FAKE_STATION (fake_station_get_type ())
G_DECLARE_FINAL_TYPE (FakeStation, fake_station, FAKE, STATION, GObject)

struct _FakeStation
{
  GObject parent_instance;

  guint n_scans, n_joins, n_leaves, n_reaches, n_parts;
  char *ssid;     /* (nullable) of the latest join() */
  char *password; /* (nullable) */
  FlSecurity security;
  FlEnterprise *enterprise; /* (nullable) */
  char *device_id;          /* (nullable) that the service is told */
};

FakeStation *fake_station_new (void);
/* One access point. (transfer full) */
FlSimNetworkSpec *fake_network_new (const char *ssid, FlSecurity security, int channel);
/* Several, ended by NULL. (transfer full) */
GPtrArray *fake_networks_new (FlSimNetworkSpec *first, ...) G_GNUC_NULL_TERMINATED;

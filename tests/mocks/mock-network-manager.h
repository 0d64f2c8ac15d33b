/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "mock-object.h"

G_BEGIN_DECLS

/**
 * MockNetworkManager:
 *
 * NetworkManager 1.42 on a bus of its own, as far as a client without rights sees it: its objects,
 * access points, stored connections and their secrets. Answers from the main context.
 */
typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *bus;
  guint name_id;
  gboolean has_name;
  MockObjects *objects;
  MockObject *radio;
  guint n_scans;
  const char *refusal; /* (nullable) the D-Bus error that GetSecrets ends with */
  GVariant *secrets;   /* (nullable) a{sa{sv}} */
  gboolean is_slow;    /* GetSecrets is never answered */
} MockNetworkManager;

void mock_network_manager_start (MockNetworkManager *self);
void mock_network_manager_stop (MockNetworkManager *self);
/* @flags, @wpa, @rsn: as the daemon has them. */
MockObject *mock_network_manager_add_point (MockNetworkManager *self,
                                            guint number,
                                            const char *ssid,
                                            guint32 flags,
                                            guint32 wpa,
                                            guint32 rsn,
                                            guint32 mhz,
                                            guint8 strength);
/* @settings: a{sa{sv}}, floating is taken. */
void
mock_network_manager_add_connection (MockNetworkManager *self, guint number, GVariant *settings);
/* The daemon ends, and comes back. */
void mock_network_manager_leave (MockNetworkManager *self);
void mock_network_manager_return (MockNetworkManager *self);

G_END_DECLS

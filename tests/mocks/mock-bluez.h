/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A stand-in for bluetoothd: org.bluez on any message bus, with adapters and devices whose
 * behaviour, faults included, is in plain fields that a test changes at any time. Interfaces,
 * property and error names: BlueZ doc/adapter-api.txt, device-api.txt, gatt-api.txt. */

typedef struct _MockBluez MockBluez;
typedef struct _MockAdapter MockAdapter;
typedef struct _MockDevice MockDevice;
typedef struct _MockNode MockNode;

#define MOCK_MAX_ADAPTERS 4

/* What is behind a device: it gets and gives bytes. All functions may be NULL. */
typedef struct
{
  gboolean (*accept) (gpointer data); /* FALSE: Connect fails; services and MTU may be set here */
  void (*connected) (gpointer data, gboolean connected);
  void (*subscribed) (gpointer data, gboolean on);
  void (*received) (gpointer data, GBytes *bytes);
  GBytes *(*take) (gpointer data, gsize max_bytes); /* next packet, (nullable) */
} MockPeer;

struct _MockAdapter
{
  /* Faults. */
  gboolean blocked;        /* Powered cannot be set */
  gboolean hides_state;    /* as BlueZ before 5.68: no PowerState */
  const char *start_error; /* StartDiscovery fails with this name */
  guint n_busy;            /* so often first: InProgress, as when it has just started */
  const char *power_error; /* setting Powered fails with this name */

  /* What was done. */
  guint n_starts, n_stops, n_power;
  gboolean filter_is_le, filter_has_duplicates;
  GStrv filter_services; /* (nullable) */
  gboolean connected_while_listening;
  guint n_collisions; /* two connection attempts at a time */

  /* State. */
  MockBluez *bluez;
  struct _MockObject *object;
  guint index;
  gboolean powered;
  char *listener; /* (nullable) bus name of who discovers */
  guint n_connecting;
};

struct _MockDevice
{
  /* What it is. */
  char *address, *name;
  int company_id; /* -1: no manufacturer data */
  GBytes *manufacturer;
  char *service, *rx, *tx, *version; /* NULL: it has no such characteristic */
  guint8 version_value;
  guint16 mtu;
  int rssi[MOCK_MAX_ADAPTERS]; /* 0: out of range */
  gboolean advertising;
  MockPeer peer;
  gpointer peer_data;

  /* Faults. */
  guint connect_failures;
  const char *connect_error; /* name for these failures */
  gboolean connect_silent;   /* Connect never answers */
  gboolean vanishes;         /* once: its object goes when it is to be connected */
  gboolean drops_on_connect; /* it disconnects before services are known */
  gboolean never_resolves;
  gboolean connects_quietly; /* that it is connected is not signalled */
  gboolean late_services;    /* they come after it was signalled that they are resolved */
  /* As BlueZ (src/device.c, DISCONNECT_TIMER): a link goes a while after Disconnect or
   * RemoveDevice, then comes the answer, and till then Connect says that all is well; here
   * mock_device_let_go() is the end of that while. */
  gboolean slow_disconnect;
  gboolean stale;       /* other services until RemoveDevice */
  gboolean strange;     /* other services always */
  gboolean visited;     /* until RemoveDevice it is shown with what a program found once */
  gboolean left_early;  /* the same, and that program ended before it found anything */
  gboolean half_stored; /* the same: only name and service are known, and it is not heard */
  gboolean paired;
  gboolean blocked;
  gboolean no_sockets; /* AcquireWrite is not supported */
  gboolean hides_mtu;

  /* What was done. */
  guint n_connects, n_disconnects, n_removed, n_start_notify, n_stop_notify, n_acquire_notify;
  guint n_write_values, n_packets; /* by method, by socket */
  gboolean was_request;            /* type of the last WriteValue */
  gboolean socket_open_at_disconnect;

  /* State. */
  MockBluez *bluez;
  MockNode *link; /* (nullable) over which it is connected */
  GPtrArray *nodes;
};

MockBluez *mock_bluez_new (GDBusConnection *connection);
/* Also stops. */
void mock_bluez_free (MockBluez *bluez);
void mock_bluez_start (MockBluez *bluez); /* takes the name */
/* As a crash: the name goes and all sockets close; objects are gone. Adapters stay. */
void mock_bluez_stop (MockBluez *bluez);
/* Everything is answered with AccessDenied. */
void mock_bluez_set_denied (MockBluez *bluez, gboolean denied);

MockAdapter *mock_bluez_add_adapter (MockBluez *bluez, gboolean powered);
void mock_adapter_remove (MockAdapter *adapter); /* unplugged; frees it */
void mock_adapter_set_powered (MockAdapter *adapter, gboolean powered);
void mock_adapter_set_blocked (MockAdapter *adapter, gboolean blocked);

/* A P2 in listening mode with set-up code @code, in range of the first adapter. */
MockDevice *mock_bluez_add_device (MockBluez *bluez, const char *address, const char *code);
guint mock_bluez_get_n_devices (MockBluez *bluez);
MockDevice *mock_bluez_get_device (MockBluez *bluez, guint index);
/* One advertisement: whoever listens hears it. */
void mock_device_advertise (MockDevice *device);
/* Known to BlueZ from before: an object without RSSI. */
void mock_device_remember (MockDevice *device, MockAdapter *adapter);
/* As a link of another program that lives (@notifying), or of one that was killed. */
void mock_device_occupy (MockDevice *device, MockAdapter *adapter, gboolean notifying);
/* The answer to a Connect that was silent. */
void mock_device_accept (MockDevice *device);
/* BlueZ forgets it: it was not heard for a while. */
void mock_device_forget (MockDevice *device);
/* The link breaks, or the device disconnects. */
void mock_device_drop (MockDevice *device);
/* With slow_disconnect. */
gboolean mock_device_is_leaving (MockDevice *device);
void mock_device_let_go (MockDevice *device);
/* The peer may have something to send. */
void mock_device_pump (MockDevice *device);
gboolean mock_device_is_connected (MockDevice *device);
gboolean mock_device_is_subscribed (MockDevice *device);

G_END_DECLS

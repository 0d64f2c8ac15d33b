/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-network.h"
#include "fl-secret.h"
#include "fl-sim-fault.h"
#include "fl-sim-platform.h"

G_BEGIN_DECLS

#define FL_SIM_MAX_DEVICES  1000
#define FL_SIM_MAX_NETWORKS 500

typedef enum
{
  FL_SIM_MODE_LISTENING,
  FL_SIM_MODE_RUNNING,
  FL_SIM_MODE_PROVISIONING,
  FL_SIM_MODE_DFU,  /* waits in its bootloader */
  FL_SIM_MODE_SAFE, /* runs without its application */
} FlSimMode;

/* What is the matter with its firmware modules. */
typedef enum
{
  FL_SIM_MODULES_GOOD,
  FL_SIM_MODULES_BROKEN,  /* the application is not whole */
  FL_SIM_MODULES_TOO_NEW, /* the application needs a newer Device OS */
  FL_SIM_MODULES_NONE,    /* there is no application */
} FlSimModules;

/* What the application makes of requests of its own (type 10). */
typedef enum
{
  FL_SIM_APP_NONE,
  FL_SIM_APP_ECHO, /* the same bytes */
  FL_SIM_APP_JSON, /* tells how many bytes came, as JSON */
  FL_SIM_APP_SLOW, /* the same bytes, after a long time */
} FlSimAppRequest;

typedef enum
{
  FL_SIM_APPLICATION_AUTOMATIC, /* Device OS connects to the cloud by itself */
  FL_SIM_APPLICATION_MANUAL,
} FlSimApplication;

/**
 * FlSimDeviceSpec:
 *
 * One device as the scenario describes it, every open value filled in.
 */
typedef struct
{
  char *name;   /* in the scenario; unique */
  int platform; /* FlSimPlatform */
  char *firmware;
  guint version; /* of firmware, FL_SIM_VERSION() */
  char *serial;
  char *code; /* set-up code */
  FlSecret *secret;
  char *device_id;
  guint8 mac[6];          /* Wi-Fi */
  char *address;          /* Bluetooth, "AA:BB:CC:DD:EE:FF" */
  int mode;               /* FlSimMode at power-on */
  int application;        /* FlSimApplication */
  gboolean bluetooth_app; /* the application itself uses Bluetooth */
  gboolean is_protected;
  gboolean in_service; /* and yet open at present */
  gboolean is_claimed;
  char *fixed_name; /* (nullable) BLE.setDeviceName() */
  char *prefix;     /* (nullable) DCT ssid_prefix: the whole name, too */
  int company_id;
  char *service, *rx, *tx, *version_uuid;
  char **known; /* (nullable) names of networks it has stored */
  gboolean has_bluetooth;
  gint64 usb_us;            /* when the cable is plugged in; 0: from the beginning; -1: never */
  gboolean tells_id;        /* its USB device's serial number is the device ID */
  char *location;           /* of its USB port: "1-2.3" */
  gboolean has_serial_port; /* the computer shows it */
  gboolean has_log;         /* its application prints the system's log on its serial port */
  int modules;              /* FlSimModules */
  int app_request;          /* FlSimAppRequest */
  int rssi_dbm;
  int mtu;
  int interval_ms;
  int packets; /* per connection event and direction */
  int pool_bytes;
  gint64 boot_us, connect_us, handshake_us, scan_us, join_us, associate_us, address_us, cloud_us;
  GArray *faults; /* (nullable) of FlSimFault */
  int count;      /* in the scenario: how many like this */
} FlSimDeviceSpec;

/* What a network's server thinks of the name that is not encrypted. */
typedef enum
{
  FL_SIM_OUTER_ANY,
  FL_SIM_OUTER_REQUIRED, /* the true one, outside too */
} FlSimOuter;

/**
 * FlSimNetworkSpec:
 *
 * One access point.
 */
typedef struct
{
  char *name;
  GBytes *ssid;       /* may be of size 0 */
  int security;       /* FlSecurity */
  FlSecret *password; /* (nullable) */
  int channel;
  int rssi_dbm;
  char **rssi_at;    /* (nullable) "DEVICE:DBM" */
  char **mac_filter; /* (nullable) devices it refuses; "all" */
  char **accounts;   /* (nullable) of an enterprise network: "NAME:PASSWORD" */
  char **eap;        /* methods that its server does: "peap", "tls" */
  char *server_path; /* (nullable) file beside the scenario: its server's certificate and chain */
  char *client_path; /* (nullable) another: the CA of the clients that it trusts */
  int outer;         /* FlSimOuter */
  int date;          /* of its server, 20260601; 0: it does not look at dates */
  GBytes *server_chain, *client_ca; /* (nullable) what is in these files: PEM */
  gboolean dhcp, internet, cloud, hidden;
  gint64 leaves_at_us; /* 0: stays */
  guint8 bssid[6];
  int count;
} FlSimNetworkSpec;

/**
 * FlSimScenario:
 *
 * A whole world on paper.
 */
typedef struct
{
  char *title;
  int seed;
  int links;        /* that the computer's adapter holds at once */
  char **camera;    /* (nullable) devices whose labels pass the camera; "all"; NULL: the first that
                       waits for set-up */
  gint64 advert_us; /* a device is heard about that often */
  int advert_loss;  /* per cent */
  GArray *faults;   /* (nullable) of FlSimFault */
  gboolean cloud_up;
  GPtrArray *devices;  /* of FlSimDeviceSpec */
  GPtrArray *networks; /* of FlSimNetworkSpec */
} FlSimScenario;

/* @seed: instead of the scenario's own; 0: that one. Broken: FL_ERROR_INVALID_INPUT, message
 * "ORIGIN:LINE: reason". */
FlSimScenario *fl_sim_scenario_parse (const char *data,
                                      gsize size_bytes,
                                      const char *origin,
                                      guint64 seed,
                                      GError **error);
void fl_sim_scenario_free (FlSimScenario *scenario);

/* A file beside the scenario, by a relative path without "..". (transfer full) */
typedef GBytes *(*FlSimReadFile) (const char *path, gpointer data, GError **error);

/* Reads the certificates that its networks name. What is no certificate is
 * FL_ERROR_INVALID_INPUT. Without this call servers have none, and trust everybody. */
gboolean fl_sim_scenario_read_files (FlSimScenario *scenario,
                                     FlSimReadFile read,
                                     gpointer data,
                                     GError **error);

/* The tables of keys, and a spec with its defaults; for the parser. */
FlSimScenario *fl_sim_scenario_new (void);
FlSimDeviceSpec *fl_sim_device_spec_new (void);
FlSimNetworkSpec *fl_sim_network_spec_new (void);
void fl_sim_device_spec_free (FlSimDeviceSpec *spec);
void fl_sim_network_spec_free (FlSimNetworkSpec *spec);
gboolean
fl_sim_world_set (FlSimScenario *scenario, const char *key, const char *value, char **reason);
gboolean
fl_sim_cloud_set (FlSimScenario *scenario, const char *key, const char *value, char **reason);
gboolean
fl_sim_device_spec_set (FlSimDeviceSpec *spec, const char *key, const char *value, char **reason);
gboolean
fl_sim_network_spec_set (FlSimNetworkSpec *spec, const char *key, const char *value, char **reason);
/* Fills in identities that the scenario left open and derives the rest. FALSE: *@reason. */
gboolean
fl_sim_device_spec_complete (FlSimDeviceSpec *spec, guint index, guint64 seed, char **reason);
gboolean
fl_sim_network_spec_complete (FlSimNetworkSpec *spec, guint index, guint64 seed, char **reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimScenario, fl_sim_scenario_free)

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-doctor.h"
#include "fl-usb-rule-private.h"

G_BEGIN_DECLS

/* A Particle device that is plugged in. */
typedef struct
{
  char *location; /* "1-2.3" */
  char *product;  /* (nullable) as it calls itself */
  gboolean is_bootloader;
  gboolean is_openable;
} FlDoctorPlugged;

/* Something that takes pictures. */
typedef struct
{
  char *node; /* "/dev/video0" */
  char *name; /* (nullable) as it calls itself */
  gboolean has_node;
  gboolean is_openable;
  char *group; /* (nullable) whose members may open it, when this program may not */
} FlDoctorCamera;

/* A serial port of a Particle device. */
typedef struct
{
  char *node;    /* "/dev/ttyACM0" */
  char *product; /* (nullable) as its device calls itself */
  gboolean is_openable;
  char *user; /* (nullable) a program that has it open */
} FlDoctorSerial;

typedef enum
{
  FL_SANDBOX_NONE,
  FL_SANDBOX_FLATPAK,
  FL_SANDBOX_SNAP,
} FlSandbox;

/* What the files of this computer say. */
typedef struct
{
  FlSandbox sandbox;
  gboolean sandbox_bluetooth; /* what the sandbox permits, as far as it is known */
  gboolean sandbox_usb;
  gboolean sandbox_camera; /* without asking the desktop */

  gboolean sees_usb;
  FlUsbRuleFacts rule;
  GPtrArray *plugged; /* FlDoctorPlugged, by location */
  GPtrArray *serial;  /* FlDoctorSerial, by node */

  guint n_radios;           /* Bluetooth adapters of the kernel */
  gboolean is_switched_off; /* by a switch of the computer */
  gboolean is_blocked;      /* by software */

  GPtrArray *cameras; /* FlDoctorCamera, by node */
} FlDoctorFiles;

typedef enum
{
  FL_SERVICE_UNKNOWN, /* it could not be asked */
  FL_SERVICE_ABSENT,
  FL_SERVICE_SLEEPS, /* not running, starts when it is needed */
  FL_SERVICE_RUNS,
  FL_SERVICE_DENIED,
} FlServiceState;

/* NMConnectivityState */
typedef enum
{
  FL_CONNECTIVITY_UNKNOWN = 0,
  FL_CONNECTIVITY_NONE = 1,
  FL_CONNECTIVITY_PORTAL = 2,
  FL_CONNECTIVITY_LIMITED = 3,
  FL_CONNECTIVITY_FULL = 4,
} FlConnectivity;

/* What the system's services say. */
typedef struct
{
  FlServiceState bluetooth;
  guint n_adapters, n_powered;
  FlServiceState modem_manager;
  FlConnectivity connectivity;
} FlDoctorServices;

/* fl-doctor-files.c */
FlDoctorFiles *fl_doctor_files_read (const char *root);
/* Of a computer whose files cannot be read. */
FlDoctorFiles *fl_doctor_files_new_blind (void);
void fl_doctor_files_free (FlDoctorFiles *self);

/* fl-doctor-camera.c (transfer full) of FlDoctorCamera */
GPtrArray *fl_doctor_cameras_read (const char *root);
void fl_doctor_camera_free (gpointer data);

/* fl-doctor-serial.c (transfer full) of FlDoctorSerial. @plugged: of FlDoctorPlugged */
GPtrArray *fl_doctor_serial_read (const char *root, GPtrArray *plugged);
void fl_doctor_serial_free (gpointer data);

/* fl-doctor-bus.c: @bus (nullable): the system's own. Never fails: what could not be asked is
 * unknown. */
void fl_doctor_services_ask_async (GDBusConnection *bus,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void fl_doctor_services_ask_finish (GAsyncResult *result, FlDoctorServices *services);

/* fl-doctor-findings.c: what it means. (transfer full) */
GListStore *fl_doctor_make_findings (const FlDoctorFiles *files, const FlDoctorServices *services);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlDoctorFiles, fl_doctor_files_free)

G_END_DECLS

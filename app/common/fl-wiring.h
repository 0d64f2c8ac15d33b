/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez.h"
#include "fl-camera-list.h"
#include "fl-computer-wifi.h"
#include "fl-engine.h"
#include "fl-sim-world.h"

G_BEGIN_DECLS

/* What the programs' options say about the world they work in. */
typedef struct
{
  gboolean simulate;
  gboolean virtual_time; /* with simulate: waiting costs no time */
  const char *scenario;  /* (nullable) name or path; NULL: the default one */
  guint64 seed;          /* 0: the scenario's own */
  const char *product;   /* (nullable) profile path or id; NULL: the built-in one */
  const char *camera;    /* (nullable) as fl_camera_list_new_for_source(); NULL: the real ones, with
                            simulate one that sees the labels of the devices */
  const char *serial;    /* (nullable) path of a serial port to look at besides */
} FlWiringOptions;

/**
 * FlWiring:
 *
 * The object graph of a program: the engine and the parts it is made of. Built here and nowhere
 * else.
 */
typedef struct
{
  FlEngine *engine;
  FlCameraList *cameras; /* not started */
  FlComputerWifi *wifi;  /* of this computer; not started */
  FlSimWorld *world;     /* (nullable) */
  FlBluez *bluez;        /* (nullable) */
} FlWiring;

/* Never blocks on a bus or a device. FL_ERROR_INVALID_INPUT for a broken scenario or profile, or a
 * camera that is no picture. */
FlWiring *fl_wiring_new (const FlWiringOptions *options, GError **error);
/* Closes what is open; without simulation it waits up to 2 s until bluetoothd has heard of that,
 * and up to 2 s for libusb. */
void fl_wiring_free (FlWiring *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlWiring, fl_wiring_free)

G_END_DECLS

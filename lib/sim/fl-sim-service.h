/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"

G_BEGIN_DECLS

/**
 * FlSimService:
 *
 * A simulated device's connection to its service, over one network interface and no other: it
 * sends its device ID in a line, the service answers with a line, and then it is on line for as
 * long as both keep the connection.
 */
typedef struct _FlSimService FlSimService;

/* @is_reached: FALSE: not, or not any more; nothing follows. It may free the service. */
typedef void (*FlSimServiceFunc) (gboolean is_reached, gpointer data);

/* @place: "HOST:PORT". @func: never from within this call. */
FlSimService *fl_sim_service_new (const char *place,
                                  const char *interface,
                                  const char *device_id,
                                  FlClock *clock,
                                  FlSimServiceFunc func,
                                  gpointer data);
void fl_sim_service_free (FlSimService *self);

G_END_DECLS

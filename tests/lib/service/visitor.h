/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"
#include "fl-visit.h"
#include "../setup/journey.h"

/**
 * Visitor:
 *
 * A visit to the device of a journey's world, which has been found, and what came of its last
 * order.
 */
typedef struct
{
  Journey *journey;
  FlVisit *visit;
  guint n_ended;
  gboolean ok;   /* of the last that ended */
  GError *error; /* of that */
} Visitor;

/* As journey_new(); the label is given unless there is a cable. */
Visitor *visitor_new (const char *device, const char *more);
void visitor_free (Visitor *self);

/* Opens and runs until all blocks are read, or it is clear that they will not be. */
gboolean visitor_open (Visitor *self);
void visitor_run_to_rest (Visitor *self); /* nothing is busy, nothing being read */
/* For the orders: callback and data. */
void visitor_on_end (GObject *source, GAsyncResult *result, gpointer visitor);
/* Runs until all orders have ended; whether the last did what it was to do. */
gboolean visitor_wait (Visitor *self);
#define visitor_assert_error(self, code_) g_assert_error ((self)->error, FL_ERROR, (int) (code_))

FlCredentials *visitor_credentials (const char *ssid, const char *password, FlSecurity security);
GBytes *visitor_ssid (const char *name);
/* "Home Guests": the stored ones, as the visit knows them, and as the device has them. */
char *visitor_dup_known (Visitor *self);
char *visitor_dup_device_known (Visitor *self);
FlSimDevice *visitor_get_device (Visitor *self);

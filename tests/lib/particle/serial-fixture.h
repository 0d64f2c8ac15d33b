/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "console-link.h"
#include "fl-serial-driver.h"
#include "script-channel.h"

G_BEGIN_DECLS

#define PHOTON 6
#define ARGON  12
#define P2     32

#define LISTENING 1 /* of request 72 */
#define RUNNING   0

/**
 * SerialFixture:
 *
 * A driver over a simulated console, with a scripted companion or without, in virtual time. Declare
 * it with g_auto and zeroed.
 */
typedef struct
{
  FlClock *clock;
  ConsoleLink *link;
  ScriptChannel *channel; /* (nullable) */
  FlDriver *companion;    /* (nullable) */
  FlDriver *driver;
  guint n_sent, n_closed;
  int ignores; /* 70 or 71: it does nothing */
} SerialFixture;

/* @mode: of the companion; -1: there is none. The console listens unless it is RUNNING. */
void serial_fixture_start (SerialFixture *fixture, int platform_id, const char *version, int mode);
void serial_fixture_stop (SerialFixture *fixture);
/* From now on requests 72 and 300 tell this; @cloud: 0 disconnected, 1 connecting, 2 connected. */
void serial_fixture_tell (SerialFixture *fixture, int mode, int cloud);
void serial_fixture_on_result (GObject *source, GAsyncResult *result, gpointer data);
void serial_fixture_run_ms (SerialFixture *fixture, guint ms);
/* Connects, or fails with @expected (FlErrorCode). */
void serial_fixture_connect (SerialFixture *fixture, int expected);
/* (transfer full) (nullable) Connects and reads. */
FlDeviceInfo *serial_fixture_open (SerialFixture *fixture, GError **error);
void serial_fixture_open_well (SerialFixture *fixture);
/* Waits for an operation without an answer; @expected: 0 or an FlErrorCode. */
void serial_fixture_finish (SerialFixture *fixture, GAsyncResult **result, int expected);
void serial_fixture_join (SerialFixture *fixture, FlCredentials *credentials, int expected);
/* (transfer full) */
FlCredentials *serial_fixture_home (void);
FlCredentials *serial_fixture_school (void);
/* (transfer full) (nullable) */
FlDeviceState *serial_fixture_read_state (SerialFixture *fixture, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SerialFixture, serial_fixture_stop)

G_END_DECLS

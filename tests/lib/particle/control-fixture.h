/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-control-driver.h"
#include "script-channel.h"

G_BEGIN_DECLS

#define PHOTON 6
#define ARGON  12
#define P2     32

/**
 * ControlFixture:
 *
 * A driver over a scripted channel, in virtual time. Declare it with g_auto and zeroed.
 */
typedef struct
{
  FlClock *clock;
  ScriptChannel *channel;
  FlDriver *driver;
  GPtrArray *found; /* FlNetwork */
  guint n_sent, n_closed;
} ControlFixture;

void control_fixture_start (ControlFixture *fixture, int platform_id, gboolean provisioning);
/* The same over a USB cable. */
void control_fixture_start_usb (ControlFixture *fixture, int platform_id);
void control_fixture_stop (ControlFixture *fixture);
void control_fixture_on_result (GObject *source, GAsyncResult *result, gpointer data);
void control_fixture_wait (GAsyncResult **result);
/* Waits for an operation without an answer; @expected: 0 or an FlErrorCode. */
void control_fixture_finish (ControlFixture *fixture, GAsyncResult **result, int expected);
FlDeviceInfo *control_fixture_read_info (ControlFixture *fixture, GError **error);
void control_fixture_answer_info (ControlFixture *fixture, const char *version, int mode);
/* A driver that knows its device. */
void control_fixture_start_with_version (ControlFixture *fixture,
                                         int platform_id,
                                         const char *version,
                                         int mode);
void control_fixture_start_usb_with_version (ControlFixture *fixture,
                                             int platform_id,
                                             const char *version,
                                             int mode);
/* The payload of the last request of @type. */
void control_fixture_assert_sent (ControlFixture *fixture,
                                  guint16 type,
                                  const char *bytes,
                                  gsize size_bytes);
/* A scan reply of "net 0", "net 1", … */
FlSecret *control_fixture_pack_networks (guint n);
/* Joins or saves "MyNet"; @expected: 0 or an FlErrorCode. */
void control_fixture_join (ControlFixture *fixture,
                           FlSecurity security,
                           const char *password,
                           gboolean hidden,
                           gboolean only_save,
                           int expected);
void control_fixture_scan (ControlFixture *fixture, int expected);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ControlFixture, control_fixture_stop)

G_END_DECLS

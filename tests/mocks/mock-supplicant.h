/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "mock-object.h"

G_BEGIN_DECLS

/**
 * MockSupplicant:
 *
 * wpa_supplicant 2.10 with one radio, on the bus of the test, which becomes the system bus of this
 * process. It does what it is asked and keeps what it was given; what happens on the air the test
 * says. Answers from the main context.
 */
typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *bus;
  guint name_id;
  gboolean has_name;
  MockObjects *objects;
  MockObject *radio;
  gboolean knows_radio;  /* else it has to be created */
  gboolean refuses_scan; /* it looks around by itself */
  guint n_created, n_scans, n_selected, n_removed;
  GVariant *network; /* (nullable) a{sv}, the latest */
  GHashTable *blobs; /* name → GBytes */
  GPtrArray *points; /* of MockObject */
} MockSupplicant;

#define MOCK_SUPPLICANT_RADIO "lo" /* that every computer has */

/* Once per process, before anything asks for the system bus. */
void mock_supplicant_start (MockSupplicant *self);
void mock_supplicant_stop (MockSupplicant *self);
/* As at first, for the next test. */
void mock_supplicant_clear (MockSupplicant *self);
/* @rsn: (nullable) key management */
void mock_supplicant_add_point (MockSupplicant *self,
                                const char *ssid,
                                const char *rsn,
                                guint16 mhz,
                                gint16 signal_dbm,
                                guint32 age_s);
void mock_supplicant_end_scan (MockSupplicant *self, gboolean is_whole);
void mock_supplicant_set_state (MockSupplicant *self, const char *state);
/* "DisconnectReason", "AuthStatusCode" */
void mock_supplicant_set_number (MockSupplicant *self, const char *property, gint32 value);
void mock_supplicant_say_eap (MockSupplicant *self, const char *status, const char *parameter);
/* It ends. */
void mock_supplicant_leave (MockSupplicant *self);

G_END_DECLS

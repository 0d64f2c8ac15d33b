/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-message.h"
#include "fl-request-body.h"
#include "fl-requests.h"
#include "fl-secure-session.h"
#include "fl-sim-connection.h"

/* A client for tests of the simulated device: the real session over a connection, in virtual time
 * that it keeps itself. */
typedef struct
{
  FlSimWorld *world;
  FlSimDevice *device;
  FlSimConnection *connection; /* (nullable) */
  FlSecureSession *session;    /* (nullable) */
  GRand *random;
  guint16 id;
  gint64 now_us;
  guint n_notifications;
  gsize largest; /* notification */
} SimClient;

/* A world from scenario text; the first device. */
SimClient *sim_client_new (const char *scenario);
void sim_client_free (SimClient *self);

/* Connects, exchanges the MTU (0: not), subscribes. Asserts that it works. */
void sim_client_connect (SimClient *self, guint mtu);
void sim_client_disconnect (SimClient *self);
/* Starts the handshake with the label's secret and lets time pass until it is over. FALSE: failed,
 * closed, or nothing for 20 s. */
gboolean sim_client_secure (SimClient *self);
/* connect and secure, asserted */
void sim_client_open (SimClient *self);
/* Sends, and lets time pass until the reply is there, the link is closed, or @limit_us is over.
 * FALSE: no reply. @reply: (out) (optional) (nullable) free with fl_secure_message_free(). */
gboolean sim_client_request (SimClient *self,
                             guint16 type,
                             FlSecret *payload,
                             gint64 limit_us,
                             FlSecureMessage **reply);
/* The same with 90 s and an asserted reply: its result. */
int sim_client_ask (SimClient *self, guint16 type, FlSecret *payload);
/* and the reply as a message; asserts result 0. Free with fl_message_free(). */
ProtobufCMessage *sim_client_read (SimClient *self, guint16 type, FlSecret *payload);
int sim_client_join (SimClient *self, const char *ssid, int security, const char *password);
/* Lets time pass. */
void sim_client_wait (SimClient *self, gint64 time_us);
gboolean sim_client_is_open (SimClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimClient, sim_client_free)

#define SECONDS(n) ((gint64) ((n) *1000000))

/* The start of most scenarios here. */
#define TEST_NETWORKS                                                                              \
  "[Network Home]\npassword=lighthouse7\n"                                                         \
  "[Network Open]\nsecurity=open\n"

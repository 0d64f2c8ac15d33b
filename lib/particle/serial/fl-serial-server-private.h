/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-server.h"

#include "fl-serial-server-line.h"

G_BEGIN_DECLS

/* What the device does when it is awake. */
typedef enum
{
  FL_SERIAL_STEP_COMMAND,  /* reads a command letter */
  FL_SERIAL_STEP_QUESTION, /* reads the answer to a question */
  FL_SERIAL_STEP_SCAN,     /* searches for the network */
  FL_SERIAL_STEP_DRY_RUN,  /* tries whether the credentials are enough; may search again */
  FL_SERIAL_STEP_SAVE,
  FL_SERIAL_STEP_LEAVE, /* the dialogue is over, and listening mode with it */
  FL_SERIAL_STEP_CLAIM_CODE,
  FL_SERIAL_STEP_NO_TRANSFER, /* what Device OS 6 says to 'f', after a pause */
  FL_SERIAL_STEP_TRANSFER,    /* waits for a file */
} FlSerialStep;

struct _FlSerialServer
{
  FlSerialGeneration generation;
  guint version;
  const FlSerialDevice *vtable;
  gpointer device;

  gboolean listening;
  gboolean echo;
  gboolean in_callback;
  FlSerialStep step;
  FlSerialSaying question;
  gint64 now_us;
  gint64 wake_us;     /* until then the device does something else; G_MININT64: it is awake */
  GByteArray *input;  /* its receive buffer, and what the cable holds back */
  GByteArray *output; /* to be taken */
  GByteArray *held;   /* printed when it wakes */
  FlSerialLine line;
  GByteArray *pem; /* the answer in several lines so far */
  gsize pem_left;  /* of its budget */

  /* Typed so far. */
  GBytes *ssid;
  int security, cipher, eap_type;
  FlSecret *password;
  char *identity, *outer_identity;
  GBytes *client_certificate, *ca_certificate;
  FlSecret *private_key;
};

void fl_serial_server_say (FlSerialServer *self, const char *text);
void fl_serial_server_sleep (FlSerialServer *self, gint64 time_us);
/* All that is in the receive buffer is thrown away. */
void fl_serial_server_flush (FlSerialServer *self);
void fl_serial_server_begin_line (FlSerialServer *self, gsize max_bytes);

/* The "w" dialogue. */
void fl_serial_server_begin_dialogue (FlSerialServer *self);
void fl_serial_server_clear_typed (FlSerialServer *self);
void fl_serial_server_ask (FlSerialServer *self, FlSerialSaying question);
void fl_serial_server_take_line (FlSerialServer *self);
void fl_serial_server_do_step (FlSerialServer *self);

G_END_DECLS

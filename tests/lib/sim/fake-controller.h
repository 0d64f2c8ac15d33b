/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FakeController:
 *
 * A virtual radio on a unix socket with room for one device: its controller, and a central that
 * hears it, connects and speaks with its attributes. Commands that a controller would refuse are
 * asserted not to come.
 */
typedef struct
{
  char *folder, *path;
  GSocketService *service;
  GSocketConnection *device; /* (nullable): no radio is on */
  GCancellable *cancellable; /* of reading */
  guint n_reading;
  GByteArray *input;
  guint n_opened; /* how often a radio was turned on */

  guint8 address[6];               /* as on the air */
  guint8 advert[32], response[32]; /* with the size in the first byte */
  gboolean is_advertising;
  gboolean is_connected;
  guint8 reason; /* of the device that disconnected; 0: it did not */
  guint
      n_unfinished; /* packets that the device sent, and nobody has told it yet that they are out */
  gboolean holds;   /* does not tell so */

  GByteArray *frame; /* of the device, not whole yet */
  GQueue pdus;       /* of GBytes: attribute PDUs of the device */
  GQueue others;     /* of GBytes: frames on other channels, with their headers */
} FakeController;

FakeController *fake_controller_new (void);
void fake_controller_free (FakeController *self);
/* The radio is gone, and whoever is on it hears of it. */
void fake_controller_shut (FakeController *self);

void fake_controller_connect (FakeController *self);
void fake_controller_disconnect (FakeController *self);
void fake_controller_send_frame (FakeController *self,
                                 guint16 channel,
                                 const void *data,
                                 gsize size_bytes);
void fake_controller_send_pdu (FakeController *self, const void *data, gsize size_bytes);
/* Tells that the device's packets are out. */
void fake_controller_finish_packets (FakeController *self);
/* The next attribute PDU. (transfer full) (nullable) */
GBytes *fake_controller_take_pdu (FakeController *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeController, fake_controller_free)

G_END_DECLS

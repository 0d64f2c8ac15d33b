/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-link.h"
#include "fl-secure-session.h"

G_BEGIN_DECLS

/**
 * DeviceLink:
 *
 * A link with the device's half of a secure session at its other end, in virtual time. Each opening
 * gets a new session.
 */
#define DEVICE_TYPE_LINK (device_link_get_type ())
G_DECLARE_FINAL_TYPE (DeviceLink, device_link, DEVICE, LINK, GObject)

typedef void (*DeviceLinkHandler) (DeviceLink *self, FlSecureMessage *request, gpointer data);

struct _DeviceLink
{
  GObject parent_instance;

  FlClock *clock;
  FlSecret *secret;
  guint64 seed;
  FlSecureSession *device; /* while open */
  guint timer_id;

  gsize packet_size;
  gboolean deaf; /* what is sent goes nowhere */
  int drop_at;   /* the link goes away instead of this packet, counted from 0; -1 never */
  int n_packets; /* both ways */
  guint n_openings;
  DeviceLinkHandler handler; /* (nullable): requests are then not answered */
  gpointer handler_data;
};

DeviceLink *device_link_new (FlClock *clock, const char *secret, gsize packet_size);
void device_link_reply (DeviceLink *self, guint16 id, int code, const void *data, gsize size_bytes);
/* Bytes that the session did not make. */
void device_link_inject (DeviceLink *self, const void *data, gsize size_bytes);
void device_link_drop (DeviceLink *self, int error);

G_END_DECLS

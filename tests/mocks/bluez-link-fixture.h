/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "bluez-fixture.h"
#include "fl-bluez-link.h"
#include "fl-error.h"

G_BEGIN_DECLS

/* A BluezFixture with a link to its device. */
typedef struct
{
  BluezFixture base; /* first: its functions work on this too */
  FlLink *link;
  gboolean open_done;
  GError *open_error; /* (nullable) */
  guint n_closed;
  GError *closed_reason; /* (nullable) of the last time */
  GByteArray *received;
  gboolean send_done;
  GError *send_error; /* (nullable) */
} LinkFixture;

extern const FlGattProfile fixture_profile;

/* Everything is started, and the device has been seen. */
void link_fixture_set_up (LinkFixture *f, gconstpointer bus_address);
void link_fixture_tear_down (LinkFixture *f, gconstpointer bus_address);
void link_fixture_start_open (LinkFixture *f, GCancellable *cancellable);
/* Opens and waits; the result is in the fields. */
void link_fixture_open (LinkFixture *f);
void link_fixture_start_send (LinkFixture *f, const void *data, gsize size, GCancellable *c);
/* Sends, and waits until as much came back. */
void link_fixture_echo (LinkFixture *f, const void *data, gsize size);

G_END_DECLS

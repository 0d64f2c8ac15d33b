/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-usbip-session.h"

#include <string.h>

#include "fl-sim-usbip-pdu.h"

#define PHOTON                                                                                     \
  "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\n[Network Home]\npassword=lighthouse7\n"
#define HEADER_BYTES 48

typedef struct
{
  FlSimWorld *world;
  FlSimUsbipSession *session;
  gint64 now_us;
} Fixture;

static void
create (Fixture *self, const char *scenario)
{
  g_autoptr (GError) error = NULL;
  FlSimDevice *device;

  self->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  device = fl_sim_world_get_device (self->world, 0);
  self->now_us = 1000;
  self->session =
      fl_sim_usbip_session_new (device, fl_sim_usb_get_attachment (device, self->now_us));
}

static void
clear (Fixture *self)
{
  fl_sim_usbip_session_free (self->session);
  g_object_unref (self->world);
}

/* A header in words: command, sequence, device, direction, endpoint, flags or victim, length, start
 * frame, packets, interval; then the setup packet. */
static void
build (guint8 header[HEADER_BYTES], const guint32 words[10], const char *setup)
{
  for (guint i = 0; i < 10; i++)
    for (guint byte = 0; byte < 4; byte++)
      header[4 * i + byte] = (guint8) (words[i] >> (24 - 8 * byte));
  memcpy (header + 40, setup != NULL ? setup : "\0\0\0\0\0\0\0\0", 8);
}

static gboolean
feed (Fixture *self, const guint32 words[10], const char *setup)
{
  guint8 header[HEADER_BYTES];

  build (header, words, setup);
  return fl_sim_usbip_session_feed (self->session, header, sizeof header, self->now_us);
}

/* Takes what is to be sent: one answer's header, in the same words. */
static void
expect (Fixture *self, guint command, guint sequence, gint32 status, guint length)
{
  g_autoptr (GBytes) bytes = fl_sim_usbip_session_take (self->session);
  const guint8 *data;
  gsize size_bytes;

  g_assert_nonnull (bytes);
  data = g_bytes_get_data (bytes, &size_bytes);
  g_assert_cmpuint (size_bytes, >=, HEADER_BYTES);
  g_assert_cmpuint (data[3], ==, command);
  g_assert_cmpuint ((guint) data[6] << 8 | data[7], ==, sequence);
  g_assert_cmpint ((gint32) ((guint) data[20] << 24 | (guint) data[21] << 16 |
                             (guint) data[22] << 8 | data[23]),
                   ==, status);
  g_assert_cmpuint ((guint) data[26] << 8 | data[27], ==, length);
}

static void
expect_nothing (Fixture *self)
{
  g_autoptr (GBytes) bytes = fl_sim_usbip_session_take (self->session);

  g_assert_null (bytes);
}

/* The bytes of an answer to the last: linux, Documentation/usb/usbip_protocol.rst. */
static void
test_bytes (void)
{
  static const guint8 asked[HEADER_BYTES] = "\0\0\0\1\0\0\0\x0d\0\1\0\2\0\0\0\1\0\0\0\0"
                                            "\0\0\2\0\0\0\0\x12\0\0\0\0\xff\xff\xff\xff\0\0\0\0"
                                            "\x80\6\0\1\0\0\x12";
  static const guint8 answered[HEADER_BYTES + 18] =
      "\0\0\0\3\0\0\0\x0d\0\0\0\0\0\0\0\0\0\0\0\0"
      "\0\0\0\0\0\0\0\x12\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
      "\x12\1\0\2\xef\2\1\x40\x04\x2b\6\xc0\x51\2\1\2\3\1";
  Fixture self = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) expected = g_bytes_new_static (answered, sizeof answered);

  create (&self, PHOTON);
  /* byte by byte: however the socket cuts it */
  for (gsize i = 0; i < sizeof asked; i++)
    {
      expect_nothing (&self);
      g_assert_true (fl_sim_usbip_session_feed (self.session, asked + i, 1, self.now_us));
    }
  bytes = fl_sim_usbip_session_take (self.session);
  g_assert_true (g_bytes_equal (bytes, expected));
  clear (&self);
}

/* What waits for data is given up; what was answered already has its answer. */
static void
test_unlink (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON);
  g_assert_true (feed (&self, (guint32[10]){ 1, 5, 0, 1, 1, 0, 64 }, NULL));
  expect_nothing (&self);
  g_assert_true (feed (&self, (guint32[10]){ 2, 6, 0, 0, 0, 5 }, NULL));
  expect (&self, 4, 6, -104, 0);
  g_assert_true (feed (&self, (guint32[10]){ 2, 7, 0, 0, 0, 5 }, NULL));
  expect (&self, 4, 7, 0, 0);
  clear (&self);
}

/* By fault the device never ends a transfer; the computer's own limit does. */
static void
test_silent (void)
{
  Fixture self = { 0 };

  create (&self, "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\nfaults=usb-silent=1\n");
  g_assert_true (
      feed (&self, (guint32[10]){ 1, 1, 0, 1, 0, 0, 64 }, "\xc0\x50\x00\x00\x1e\x00\x40\x00"));
  expect_nothing (&self);
  g_assert_true (feed (&self, (guint32[10]){ 2, 2, 0, 0, 0, 1 }, NULL));
  expect (&self, 4, 2, -104, 0);
  g_assert_true (
      feed (&self, (guint32[10]){ 1, 3, 0, 1, 0, 0, 64 }, "\xc0\x50\x00\x00\x1e\x00\x40\x00"));
  expect (&self, 3, 3, 0, 5);
  clear (&self);
}

static void
test_endpoints (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON);
  g_assert_true (feed (&self, (guint32[10]){ 1, 1, 0, 1, 5, 0, 64 }, NULL));
  expect (&self, 3, 1, -32, 0);
  g_assert_true (feed (&self, (guint32[10]){ 1, 2, 0, 0, 2, 0, 0 }, NULL));
  expect (&self, 3, 2, -32, 0);
  clear (&self);
}

/* The setup packet says other things than the header. */
static void
test_at_odds (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON);
  g_assert_true (
      feed (&self, (guint32[10]){ 1, 1, 0, 1, 0, 0, 18 }, "\x80\x06\x00\x01\x00\x00\xff\x00"));
  expect (&self, 3, 1, -32, 0);
  g_assert_true (
      feed (&self, (guint32[10]){ 1, 2, 0, 1, 0, 0, 18 }, "\x00\x06\x00\x01\x00\x00\x12\x00"));
  expect (&self, 3, 2, -32, 0);
  clear (&self);
}

typedef struct
{
  const char *name;
  guint32 words[10];
} Hostile;

static const Hostile hostiles[] = {
  { "command", { 3, 1, 0, 1, 0, 0, 18 } },
  { "direction", { 1, 1, 0, 2, 0, 0, 18 } },
  { "endpoint", { 1, 1, 0, 1, 16, 0, 18 } },
  { "length", { 1, 1, 0, 0, 1, 0, FL_SIM_USBIP_MAX_BYTES + 1 } },
  { "negative-length", { 1, 1, 0, 0, 1, 0, 0xffffffff } },
  { "isochronous", { 1, 1, 0, 1, 1, 0, 18, 0, 4 } },
};

static void
test_hostile (gconstpointer data)
{
  const Hostile *hostile = data;
  Fixture self = { 0 };

  create (&self, PHOTON);
  g_assert_false (feed (&self, hostile->words, NULL));
  expect_nothing (&self);
  clear (&self);
}

static void
test_too_many (void)
{
  Fixture self = { 0 };
  guint n = 0;

  create (&self, PHOTON);
  while (n < 1000 && feed (&self, (guint32[10]){ 1, n, 0, 1, 1, 0, 64 }, NULL))
    n++;
  g_assert_cmpuint (n, >=, 64);
  g_assert_cmpuint (n, <, 1000);
  clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sim-usbip-session/bytes", test_bytes);
  g_test_add_func ("/sim-usbip-session/unlink", test_unlink);
  g_test_add_func ("/sim-usbip-session/silent/unlinked", test_silent);
  g_test_add_func ("/sim-usbip-session/endpoints/unknown", test_endpoints);
  g_test_add_func ("/sim-usbip-session/setup/at-odds", test_at_odds);
  for (guint i = 0; i < G_N_ELEMENTS (hostiles); i++)
    {
      g_autofree char *path = g_strconcat ("/sim-usbip-session/hostile/", hostiles[i].name, NULL);

      g_test_add_data_func (path, &hostiles[i], test_hostile);
    }
  g_test_add_func ("/sim-usbip-session/hostile/too-many-waiting", test_too_many);

  return g_test_run ();
}

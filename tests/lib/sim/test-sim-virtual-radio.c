/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-virtual-radio.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#include "fake-controller.h"
#include "fl-sim-air.h"
#include "fl-sim-device.h"
#include "sim-client.h"
#include "wait.h"

#define BOARD   "[Device Board]\nplatform=p2\ncode=ABC123\n"
#define TX_CCCD 18
#define TX      17
#define RX      20

typedef struct
{
  FlClock *clock;
  FlSimWorld *world;
  FlSimDevice *device;
  FakeController *radio;
  FlSimVirtualRadio *shell;
} Fixture;

static Fixture *
fixture_new (const char *scenario)
{
  g_autoptr (GError) error = NULL;
  Fixture *self = g_new0 (Fixture, 1);

  self->clock = fl_virtual_clock_new ();
  self->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  self->device = fl_sim_world_get_device (self->world, 0);
  self->radio = fake_controller_new ();
  self->shell =
      fl_sim_virtual_radio_new (self->world, self->device, self->clock, self->radio->path, &error);
  g_assert_no_error (error);
  return self;
}

static void
fixture_free (Fixture *self)
{
  g_assert_finalize_object (self->shell);
  fake_controller_free (self->radio);
  g_assert_finalize_object (self->world);
  g_object_unref (self->clock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static gint64
now (Fixture *self)
{
  return fl_clock_now_us (self->clock);
}

static void
pass (Fixture *self, gint64 time_us)
{
  gint64 end_us = now (self) + time_us;

  WAIT_FOR (now (self) >= end_us);
}

static GBytes *
wait_pdu (Fixture *self)
{
  WAIT_FOR (!g_queue_is_empty (&self->radio->pdus));
  return fake_controller_take_pdu (self->radio);
}

static void
ask (Fixture *self, const void *data, gsize size, const void *answer, gsize answer_size)
{
  g_autoptr (GBytes) got = NULL;

  fake_controller_send_pdu (self->radio, data, size);
  got = wait_pdu (self);
  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), answer, answer_size);
}

#define BYTES(text)              (text), sizeof (text) - 1
#define ASK(fixture, data, text) ask (fixture, BYTES (data), BYTES (text))

/* With the device's own question about the MTU answered, and TX subscribed to. */
static void
connect (Fixture *self)
{
  g_autoptr (GBytes) question = NULL;

  WAIT_FOR (self->radio->is_advertising);
  fake_controller_connect (self->radio);
  question = wait_pdu (self);
  g_assert_cmpmem (g_bytes_get_data (question, NULL), g_bytes_get_size (question), "\x02\xf7\0", 3);
  fake_controller_send_pdu (self->radio, "\x03\x05\x02", 3);
  ASK (self, "\x12\x12\x00\x01\x00", "\x13");
}

static void
test_adverts (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);
  static const guint8 address[3] = { 0x30, 0x4e, 0xc0 };
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (self->device);
  guint8 expected[FL_SIM_AIR_SIZE];
  gsize size = fl_sim_air_build_advert (spec, expected);

  WAIT_FOR (self->radio->is_advertising);
  g_assert_cmpmem (self->radio->advert + 1, self->radio->advert[0], expected, size);
  size = fl_sim_air_build_response (spec, expected);
  g_assert_cmpmem (self->radio->response + 1, self->radio->response[0], expected, size);
  g_assert_cmpmem (self->radio->address + 3, 3, address, 3);
  g_assert_cmpstr (fl_sim_shell_get_place (FL_SIM_SHELL (self->shell)), ==, spec->address);
}

static void
test_alternating (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD "bluetooth-app=yes\n");

  WAIT_FOR (self->radio->is_advertising && self->radio->response[0] > 0);
  WAIT_FOR (self->radio->response[0] == 0);
  g_assert_cmpuint (self->radio->advert[0], ==, 7);
  WAIT_FOR (self->radio->response[0] > 0);
  g_assert_cmpuint (self->radio->advert[0], >, 7);
}

/* A device that runs is silent until somebody presses its button. */
static void
test_mode (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD "mode=running\n");

  pass (self, SECONDS (2));
  g_assert_false (self->radio->is_advertising);
  fl_sim_device_hold_button (self->device, now (self));
  WAIT_FOR (self->radio->is_advertising);
}

static gboolean
make_random (gpointer data, guint8 *out, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    out[i] = (guint8) g_rand_int_range (data, 0, 256);
  return TRUE;
}

static void
write_all (Fixture *self, FlSecureSession *session)
{
  guint8 packet[3 + 244] = { 0x52, RX, 0 };
  GBytes *part;

  while ((part = fl_secure_session_take (session, 244, now (self))) != NULL)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (part, &size);

      memcpy (packet + 3, data, size);
      fake_controller_send_pdu (self->radio, packet, 3 + size);
      g_bytes_unref (part);
    }
}

/* Speaks with the device until it has said something more. */
static void
converse (Fixture *self, FlSecureSession *session)
{
  g_autoptr (GBytes) said = NULL;
  const guint8 *data;
  gsize size;

  write_all (self, session);
  said = wait_pdu (self);
  data = g_bytes_get_data (said, &size);
  g_assert_cmpuint (size, >, 3);
  g_assert_cmpuint (data[0], ==, 0x1b);
  g_assert_cmpuint (data[1], ==, TX);
  fl_secure_session_feed (session, data + 3, size - 3, now (self));
}

/* The client's own session, up to a reply, in packets of 27 bytes. */
static void
test_session (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  FlSecret *secret = fl_sim_device_get_spec (self->device)->secret;
  g_autoptr (FlSecureSession) session = NULL;
  g_autoptr (FlSecureMessage) reply = NULL;

  connect (self);
  session = fl_secure_session_new (FL_SECURE_CLIENT, secret, make_random, random, now (self));
  while (fl_secure_session_get_state (session) == FL_SECURE_HANDSHAKE)
    converse (self, session);
  g_assert_cmpint (fl_secure_session_get_state (session), ==, FL_SECURE_OPEN);
  g_assert_true (fl_secure_session_send_request (session, 1, FL_REQUEST_GET_DEVICE_MODE, NULL));
  while ((reply = fl_secure_session_pop (session)) == NULL)
    converse (self, session);
  g_assert_cmpint (reply->result, ==, 0);
}

/* Nothing is answered before the next connection event. */
static void
test_pace (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD "interval-ms=50\n");
  gint64 began_us;

  connect (self);
  began_us = now (self);
  ASK (self, "\x0a\x0f\x00", "\x0b\x02");
  ASK (self, "\x0a\x0f\x00", "\x0b\x02");
  g_assert_cmpint (now (self) - began_us, >=, 100000);
  g_assert_cmpint (now (self) - began_us, <=, 150000);
}

static void
test_buffers (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);
  g_autoptr (GBytes) answer = NULL;

  connect (self);
  self->radio->holds = TRUE;
  fake_controller_send_pdu (self->radio, BYTES ("\x08\x0d\x00\x14\x00\x03\x28"));
  WAIT_FOR (self->radio->n_unfinished == 2);
  pass (self, SECONDS (1));
  g_assert_true (g_queue_is_empty (&self->radio->pdus));
  self->radio->holds = FALSE;
  fake_controller_finish_packets (self->radio);
  answer = wait_pdu (self);
  g_assert_cmpuint (g_bytes_get_size (answer), ==, 2 + 3 * 21);
}

static void
test_pairing (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);
  g_autoptr (GBytes) answer = NULL;

  connect (self);
  fake_controller_send_frame (self->radio, 6, BYTES ("\x01\x03\x00\x01\x10\x07\x07"));
  WAIT_FOR (!g_queue_is_empty (&self->radio->others));
  answer = g_queue_pop_head (&self->radio->others);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "\2\0\6\0\5\5", 6);
}

static void
test_central_leaves (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);

  for (guint i = 0; i < 3; i++)
    {
      connect (self);
      fake_controller_disconnect (self->radio);
      WAIT_FOR (self->radio->is_advertising);
    }
  g_assert_cmpuint (self->radio->n_opened, ==, 1);
}

/* A handshake message of no bytes: the device ends the link, and says so. */
static void
test_device_leaves (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);

  connect (self);
  fake_controller_send_pdu (self->radio, BYTES ("\x52\x14\x00\x00\x00"));
  WAIT_FOR (!self->radio->is_connected);
  g_assert_cmpuint (self->radio->reason, ==, 0x13);
  WAIT_FOR (self->radio->is_advertising);
  g_assert_cmpuint (self->radio->n_opened, ==, 1);
}

static void
test_power (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);

  connect (self);
  fl_sim_device_power_off (self->device, now (self));
  WAIT_FOR (self->radio->device == NULL);
  g_assert_cmpuint (self->radio->reason, ==, 0);
  g_assert_null (fl_sim_shell_get_place (FL_SIM_SHELL (self->shell)));
  pass (self, SECONDS (10));
  g_assert_cmpuint (self->radio->n_opened, ==, 1);
  fl_sim_device_power_on (self->device, now (self));
  WAIT_FOR (self->radio->is_advertising);
  g_assert_cmpuint (self->radio->n_opened, ==, 2);
  g_assert_nonnull (fl_sim_shell_get_place (FL_SIM_SHELL (self->shell)));
  connect (self);
}

static void
test_reset (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);

  connect (self);
  fl_sim_device_press_reset (self->device, now (self));
  WAIT_FOR (self->radio->device == NULL);
  g_assert_cmpuint (self->radio->reason, ==, 0);
  WAIT_FOR (self->radio->is_advertising);
  connect (self);
}

/* Silence, and no farewell, until the supervision time-out. */
static void
test_away (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);

  connect (self);
  fl_sim_device_carry_away (self->device, now (self));
  fake_controller_send_pdu (self->radio, BYTES ("\x0a\x0f\x00"));
  pass (self, SECONDS (4.8));
  g_assert_true (g_queue_is_empty (&self->radio->pdus));
  g_assert_nonnull (self->radio->device);
  WAIT_FOR (self->radio->device == NULL);
  g_assert_cmpuint (self->radio->reason, ==, 0);
  pass (self, SECONDS (5));
  g_assert_null (self->radio->device);
  fl_sim_device_carry_back (self->device, now (self));
  WAIT_FOR (self->radio->is_advertising);
  connect (self);
}

/* Back before that: what was asked meanwhile is answered. */
static void
test_short_absence (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);
  g_autoptr (GBytes) answer = NULL;

  connect (self);
  fl_sim_device_carry_away (self->device, now (self));
  pass (self, SECONDS (1));
  fake_controller_send_pdu (self->radio, BYTES ("\x0a\x0f\x00"));
  pass (self, SECONDS (1));
  g_assert_true (g_queue_is_empty (&self->radio->pdus));
  fl_sim_device_carry_back (self->device, now (self));
  answer = wait_pdu (self);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "\x0b\x02", 2);
  g_assert_cmpuint (self->radio->n_opened, ==, 1);
}

static void
test_away_unconnected (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);

  WAIT_FOR (self->radio->is_advertising);
  fl_sim_device_carry_away (self->device, now (self));
  WAIT_FOR (!self->radio->is_advertising);
  fl_sim_device_carry_back (self->device, now (self));
  WAIT_FOR (self->radio->is_advertising);
}

/* By fault it does not answer whoever connects. */
static void
test_refused (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD "faults=connect-fails=1\n");

  WAIT_FOR (self->radio->is_advertising);
  fake_controller_connect (self->radio);
  WAIT_FOR (!self->radio->is_connected);
  WAIT_FOR (self->radio->n_opened == 2);
  connect (self);
}

static void
on_failed (FlSimShell *shell, const GError *error, guint *n)
{
  g_assert_nonnull (error);
  ++*n;
}

static void
test_radio_gone (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);
  guint n_failed = 0;

  g_signal_connect (self->shell, "failed", G_CALLBACK (on_failed), &n_failed);
  connect (self);
  fake_controller_shut (self->radio);
  WAIT_FOR (n_failed > 0);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_null (fl_sim_shell_get_place (FL_SIM_SHELL (self->shell)));
}

static void
test_no_radio (void)
{
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (FlSimWorld) world = fl_sim_world_parse (BOARD, strlen (BOARD), "test", 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_sim_virtual_radio_new (world, fl_sim_world_get_device (world, 0), clock,
                                           "/nonexistent/radio", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* A socket takes so many at once, and refuses the others for a while. */
static void
test_crowded_radio (void)
{
  g_autofree char *folder = g_dir_make_tmp ("radio-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "radio", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) radio = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_autoptr (GSocket) other = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (FlSimWorld) world = fl_sim_world_parse (BOARD, strlen (BOARD), "test", 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) first = NULL;
  g_autoptr (GSocket) second = NULL;
  g_autoptr (FlSimVirtualRadio) shell = NULL;

  g_socket_set_listen_backlog (radio, 0); /* one at a time */
  g_assert_true (g_socket_bind (radio, address, FALSE, &error) && g_socket_listen (radio, &error));
  g_assert_true (g_socket_connect (other, address, NULL, &error));
  shell = fl_sim_virtual_radio_new (world, fl_sim_world_get_device (world, 0), clock, path, &error);
  g_assert_no_error (error);
  g_assert_null (fl_sim_shell_get_place (FL_SIM_SHELL (shell)));

  first = g_socket_accept (radio, NULL, &error);
  g_assert_no_error (error);
  WAIT_FOR (fl_sim_shell_get_place (FL_SIM_SHELL (shell)) != NULL);
  second = g_socket_accept (radio, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_rmdir (folder);
}

/* Bytes that no controller sends. */
static void
test_nonsense (void)
{
  g_autoptr (Fixture) self = fixture_new (BOARD);
  guint n_failed = 0;
  GOutputStream *out;

  g_signal_connect (self->shell, "failed", G_CALLBACK (on_failed), &n_failed);
  WAIT_FOR (self->radio->is_advertising);
  out = g_io_stream_get_output_stream (G_IO_STREAM (self->radio->device));
  g_assert_true (g_output_stream_write_all (out, "GET / HTTP/1.1", 14, NULL, NULL, NULL));
  WAIT_FOR (n_failed > 0);
  g_assert_cmpuint (n_failed, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/radio/advert/as-the-device-says", test_adverts);
  g_test_add_func ("/radio/advert/in-turn-with-the-application", test_alternating);
  g_test_add_func ("/radio/advert/follows-the-mode", test_mode);
  g_test_add_func ("/radio/connection/whole-session", test_session);
  g_test_add_func ("/radio/connection/answers-in-the-next-event", test_pace);
  g_test_add_func ("/radio/connection/as-much-as-the-controller-takes", test_buffers);
  g_test_add_func ("/radio/connection/pairing-is-refused", test_pairing);
  g_test_add_func ("/radio/connection/central-leaves", test_central_leaves);
  g_test_add_func ("/radio/connection/device-leaves", test_device_leaves);
  g_test_add_func ("/radio/connection/device-does-not-answer", test_refused);
  g_test_add_func ("/radio/power/off-and-on", test_power);
  g_test_add_func ("/radio/power/reset", test_reset);
  g_test_add_func ("/radio/away/until-the-link-is-dead", test_away);
  g_test_add_func ("/radio/away/for-a-moment", test_short_absence);
  g_test_add_func ("/radio/away/not-to-be-heard", test_away_unconnected);
  g_test_add_func ("/radio/radio/goes", test_radio_gone);
  g_test_add_func ("/radio/radio/is-not-there", test_no_radio);
  g_test_add_func ("/radio/radio/is-crowded", test_crowded_radio);
  g_test_add_func ("/radio/radio/talks-nonsense", test_nonsense);
  return g_test_run ();
}

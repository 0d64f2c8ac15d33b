/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-hci.h"

#include <string.h>

static const guint8 address[6] = { 0xc0, 0x4e, 0x30, 0x01, 0x02, 0x03 };

#define FEED(hci, ...)                                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    static const guint8 bytes[] = { __VA_ARGS__ };                                                 \
    fl_sim_hci_feed (hci, bytes, sizeof bytes);                                                    \
  }                                                                                                \
  G_STMT_END

/* Asserts the next packet for the controller. */
#define TAKE(hci, ...)                                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    static const guint8 bytes[] = { __VA_ARGS__ };                                                 \
    g_autoptr (GBytes) packet = fl_sim_hci_take (hci);                                             \
    g_assert_nonnull (packet);                                                                     \
    g_assert_cmpmem (g_bytes_get_data (packet, NULL), g_bytes_get_size (packet), bytes,            \
                     sizeof bytes);                                                                \
  }                                                                                                \
  G_STMT_END

/* A result of a command: success. */
#define DONE(hci, low, high) FEED (hci, 0x04, 0x0e, 4, 1, low, high, 0)

static void
set_up (FlSimHci *hci)
{
  TAKE (hci, 0x01, 0x03, 0x0c, 0);
  g_assert_null (fl_sim_hci_take (hci)); /* one after another */
  DONE (hci, 0x03, 0x0c);
  TAKE (hci, 0x01, 0x01, 0x0c, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0x00, 0x20);
  DONE (hci, 0x01, 0x0c);
  TAKE (hci, 0x01, 0x01, 0x20, 8, 0x01, 0x02, 0, 0, 0, 0, 0, 0);
  DONE (hci, 0x01, 0x20);
  TAKE (hci, 0x01, 0x02, 0x20, 0);
  FEED (hci, 0x04, 0x0e, 7, 1, 0x02, 0x20, 0, 27, 0, 2);
  TAKE (hci, 0x01, 0x05, 0x20, 6, 0x03, 0x02, 0x01, 0x30, 0x4e, 0xc0);
  DONE (hci, 0x05, 0x20);
  TAKE (hci, 0x01, 0x06, 0x20, 15, 32, 0, 32, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 0);
  DONE (hci, 0x06, 0x20);
  g_assert_null (fl_sim_hci_take (hci));
}

static void
take_command (FlSimHci *hci, guint8 low, guint8 high, const void *parameters, gsize size)
{
  g_autoptr (GBytes) packet = fl_sim_hci_take (hci);
  const guint8 done[] = { 0x04, 0x0e, 4, 1, low, high, 0 };
  const guint8 *data;

  g_assert_nonnull (packet);
  data = g_bytes_get_data (packet, NULL);
  g_assert_cmpuint (data[0], ==, 1);
  g_assert_cmpuint (data[1], ==, low);
  g_assert_cmpuint (data[2], ==, high);
  g_assert_cmpuint (data[3], ==, g_bytes_get_size (packet) - 4);
  g_assert_cmpuint (data[3], >=, size);
  g_assert_cmpmem (data + 4, size, parameters, size);
  fl_sim_hci_feed (hci, done, sizeof done);
}

static FlSimHciAdvert
make_advert (const char *advert, const char *response)
{
  FlSimHciAdvert made = { .advert_size = strlen (advert), .response_size = strlen (response) };

  memcpy (made.advert, advert, made.advert_size);
  memcpy (made.response, response, made.response_size);
  return made;
}

static void
advertise (FlSimHci *hci)
{
  const FlSimHciAdvert advert = make_advert ("abc", "de");

  fl_sim_hci_advertise (hci, &advert);
  take_command (hci, 0x08, 0x20, "\3abc", 4);
  take_command (hci, 0x09, 0x20, "\2de", 3);
  take_command (hci, 0x0a, 0x20, "\1", 1);
  g_assert_null (fl_sim_hci_take (hci));
}

static void
assert_event (FlSimHci *hci, FlSimHciEventType type, guint8 code)
{
  g_auto (FlSimHciEvent) event = { 0 };

  g_assert_true (fl_sim_hci_take_event (hci, &event));
  g_assert_cmpint (event.type, ==, type);
  g_assert_cmpuint (event.code, ==, code);
}

static void
assert_no_event (FlSimHci *hci)
{
  FlSimHciEvent event = { 0 };

  g_assert_false (fl_sim_hci_take_event (hci, &event));
}

/* Handle 0x042, as peripheral. */
static void
connect_plain (FlSimHci *hci)
{
  FEED (hci, 0x04, 0x3e, 19, 0x01, 0, 0x42, 0, 1, 1, 1, 2, 3, 4, 5, 0xc0, 24, 0, 0, 0, 42, 0, 0);
  assert_event (hci, FL_SIM_HCI_CONNECTED, 0);
}

static FlSimHci *
create_connected (void)
{
  FlSimHci *hci = fl_sim_hci_new (address);

  set_up (hci);
  advertise (hci);
  connect_plain (hci);
  return hci;
}

static void
test_set_up (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);

  set_up (hci);
  advertise (hci);
  assert_no_event (hci);
}

/* What was wanted before the controller was ready is told when it is. */
static void
test_early_advert (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);
  const FlSimHciAdvert advert = make_advert ("abc", "");

  fl_sim_hci_advertise (hci, &advert);
  TAKE (hci, 0x01, 0x03, 0x0c, 0);
  DONE (hci, 0x03, 0x0c);
  TAKE (hci, 0x01, 0x01, 0x0c, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0x00, 0x20);
  DONE (hci, 0x01, 0x0c);
  take_command (hci, 0x01, 0x20, "\1\2", 2);
  TAKE (hci, 0x01, 0x02, 0x20, 0);
  FEED (hci, 0x04, 0x0e, 7, 1, 0x02, 0x20, 0, 27, 0, 2);
  take_command (hci, 0x05, 0x20, "\3", 1);
  take_command (hci, 0x06, 0x20, "\x20", 1);
  take_command (hci, 0x08, 0x20, "\3abc", 4);
  take_command (hci, 0x0a, 0x20, "\1", 1);
  g_assert_null (fl_sim_hci_take (hci));
}

static void
test_shared_buffers (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);

  take_command (hci, 0x03, 0x0c, "", 0);
  take_command (hci, 0x01, 0x0c, "\xff", 1);
  take_command (hci, 0x01, 0x20, "\1", 1);
  TAKE (hci, 0x01, 0x02, 0x20, 0);
  FEED (hci, 0x04, 0x0e, 7, 1, 0x02, 0x20, 0, 0, 0, 0);
  take_command (hci, 0x05, 0x20, "\3", 1);
  take_command (hci, 0x06, 0x20, "\x20", 1);
  TAKE (hci, 0x01, 0x05, 0x10, 0);
  FEED (hci, 0x04, 0x0e, 11, 1, 0x05, 0x10, 0, 0xc0, 0, 60, 4, 0, 8, 0);
  connect_plain (hci);
  g_assert_cmpuint (fl_sim_hci_get_room (hci), ==, 192);
}

static void
test_advert_changes (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);
  const FlSimHciAdvert other = make_advert ("xyz", "de");

  set_up (hci);
  advertise (hci);
  fl_sim_hci_advertise (hci, &other);
  take_command (hci, 0x08, 0x20, "\3xyz", 4);
  g_assert_null (fl_sim_hci_take (hci)); /* the rest is known */
  fl_sim_hci_advertise (hci, &other);
  g_assert_null (fl_sim_hci_take (hci));
  fl_sim_hci_advertise (hci, NULL);
  take_command (hci, 0x0a, 0x20, "\0", 1);
  fl_sim_hci_advertise (hci, &other);
  take_command (hci, 0x0a, 0x20, "\1", 1);
  g_assert_null (fl_sim_hci_take (hci));
}

/* A controller that never answers is told nothing more, and costs nothing more. */
static void
test_silent_controller (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);
  guint n = 0;
  GBytes *packet;

  set_up (hci);
  for (guint i = 0; i < 1000; i++)
    {
      const FlSimHciAdvert advert = make_advert (i % 2 == 0 ? "a" : "b", "c");

      fl_sim_hci_advertise (hci, &advert);
    }
  while ((packet = fl_sim_hci_take (hci)) != NULL)
    {
      n++;
      g_bytes_unref (packet);
    }
  g_assert_cmpuint (n, ==, 1);
  DONE (hci, 0x08, 0x20);
  take_command (hci, 0x09, 0x20, "\1c", 2);
}

static void
test_connections (void)
{
  g_autoptr (FlSimHci) hci = create_connected ();
  const FlSimHciAdvert other = make_advert ("xyz", "de");

  fl_sim_hci_advertise (hci, &other);
  g_assert_null (fl_sim_hci_take (hci)); /* not while somebody is connected */
  FEED (hci, 0x04, 0x05, 4, 0, 0x41, 0, 0x13);
  assert_no_event (hci); /* another connection */
  FEED (hci, 0x04, 0x05, 4, 0, 0x42, 0, 0x08);
  assert_event (hci, FL_SIM_HCI_DISCONNECTED, 0x08);
  take_command (hci, 0x08, 0x20, "\3xyz", 4);
  take_command (hci, 0x0a, 0x20, "\1", 1);
  FEED (hci, 0x04, 0x3e, 31, 0x0a, 0, 0x07, 0, 1, 1, 1, 2, 3, 4, 5, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 24, 0, 0, 0, 42, 0, 0);
  assert_event (hci, FL_SIM_HCI_CONNECTED, 0);
  g_assert_cmpuint (fl_sim_hci_get_room (hci), ==, 27);
}

static void
test_failed_connection (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);

  set_up (hci);
  advertise (hci);
  FEED (hci, 0x04, 0x3e, 19, 0x01, 0x3e, 0x42, 0, 1, 1, 1, 2, 3, 4, 5, 0xc0, 24, 0, 0, 0, 42, 0, 0);
  assert_no_event (hci);
  take_command (hci, 0x0a, 0x20, "\1", 1);
}

static void
test_disconnect (void)
{
  g_autoptr (FlSimHci) hci = create_connected ();

  fl_sim_hci_disconnect (hci, 0x13);
  TAKE (hci, 0x01, 0x06, 0x04, 3, 0x42, 0, 0x13);
  FEED (hci, 0x04, 0x0f, 4, 0, 1, 0x06, 0x04);
  FEED (hci, 0x04, 0x05, 4, 0, 0x42, 0, 0x16);
  assert_event (hci, FL_SIM_HCI_DISCONNECTED, 0x16);
  fl_sim_hci_disconnect (hci, 0x13);
  take_command (hci, 0x0a, 0x20, "\1", 1);
  g_assert_null (fl_sim_hci_take (hci));
}

static void
test_data (void)
{
  g_autoptr (FlSimHci) hci = create_connected ();
  g_auto (FlSimHciEvent) first = { 0 };
  g_auto (FlSimHciEvent) rest = { 0 };

  FEED (hci, 0x02, 0x42, 0x20, 3, 0, 1, 2, 3, 0x02, 0x42, 0x10, 1, 0, 4);
  FEED (hci, 0x02, 0x43, 0x20, 3, 0, 1, 2, 3); /* nobody's */
  g_assert_true (fl_sim_hci_take_event (hci, &first));
  g_assert_cmpint (first.type, ==, FL_SIM_HCI_DATA);
  g_assert_true (first.starts);
  g_assert_cmpmem (g_bytes_get_data (first.data, NULL), g_bytes_get_size (first.data), "\1\2\3", 3);
  g_assert_true (fl_sim_hci_take_event (hci, &rest));
  g_assert_false (rest.starts);
  g_assert_cmpmem (g_bytes_get_data (rest.data, NULL), g_bytes_get_size (rest.data), "\4", 1);
  assert_no_event (hci);
}

static void
test_flow_control (void)
{
  g_autoptr (FlSimHci) hci = create_connected ();

  fl_sim_hci_send (hci, TRUE, (const guint8 *) "ab", 2);
  fl_sim_hci_send (hci, FALSE, (const guint8 *) "c", 1);
  g_assert_cmpuint (fl_sim_hci_get_room (hci), ==, 0);
  TAKE (hci, 0x02, 0x42, 0x00, 2, 0, 'a', 'b');
  TAKE (hci, 0x02, 0x42, 0x10, 1, 0, 'c');
  FEED (hci, 0x04, 0x13, 5, 1, 0x41, 0, 1, 0); /* of another connection */
  g_assert_cmpuint (fl_sim_hci_get_room (hci), ==, 0);
  FEED (hci, 0x04, 0x13, 9, 2, 0x41, 0, 1, 0, 0x42, 0, 1, 0);
  g_assert_cmpuint (fl_sim_hci_get_room (hci), ==, 27);
  FEED (hci, 0x04, 0x13, 5, 1, 0x42, 0, 0xff, 0xff); /* more than there are */
  fl_sim_hci_send (hci, TRUE, (const guint8 *) "d", 1);
  fl_sim_hci_send (hci, TRUE, (const guint8 *) "e", 1);
  g_assert_cmpuint (fl_sim_hci_get_room (hci), ==, 0);
}

/* What the controller still held is gone with the connection. */
static void
test_new_connection_has_room (void)
{
  g_autoptr (FlSimHci) hci = create_connected ();

  fl_sim_hci_send (hci, TRUE, (const guint8 *) "a", 1);
  fl_sim_hci_send (hci, TRUE, (const guint8 *) "b", 1);
  FEED (hci, 0x04, 0x05, 4, 0, 0x42, 0, 0x08);
  assert_event (hci, FL_SIM_HCI_DISCONNECTED, 0x08);
  take_command (hci, 0x0a, 0x20, "\1", 1);
  g_assert_null (fl_sim_hci_take (hci));
  g_assert_cmpuint (fl_sim_hci_get_room (hci), ==, 0);
  connect_plain (hci);
  g_assert_cmpuint (fl_sim_hci_get_room (hci), ==, 27);
}

static void
test_byte_by_byte (void)
{
  static const guint8 bytes[] = { 0x04, 0x3e, 19, 0x01, 0, 0x42, 0, 1, 1,    1,    2,    3, 4, 5,
                                  0xc0, 24,   0,  0,    0, 42,   0, 0, 0x02, 0x42, 0x20, 1, 0, 9 };
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);
  g_auto (FlSimHciEvent) event = { 0 };

  set_up (hci);
  for (guint i = 0; i < sizeof bytes; i++)
    fl_sim_hci_feed (hci, &bytes[i], 1);
  assert_event (hci, FL_SIM_HCI_CONNECTED, 0);
  g_assert_true (fl_sim_hci_take_event (hci, &event));
  g_assert_cmpuint (g_bytes_get_size (event.data), ==, 1);
}

static void
test_refusals (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);
  g_auto (FlSimHciEvent) event = { 0 };

  TAKE (hci, 0x01, 0x03, 0x0c, 0);
  FEED (hci, 0x04, 0x0e, 4, 1, 0x03, 0x0c, 0x1f);
  g_assert_true (fl_sim_hci_take_event (hci, &event));
  g_assert_cmpint (event.type, ==, FL_SIM_HCI_FAILED);
  g_assert_cmpuint (event.command, ==, 0x0c03);
  g_assert_cmpuint (event.code, ==, 0x1f);
  g_assert_null (fl_sim_hci_take (hci));
}

/* That it advertises already is no harm. */
static void
test_harmless_refusal (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);
  const FlSimHciAdvert advert = make_advert ("abc", "");

  set_up (hci);
  fl_sim_hci_advertise (hci, &advert);
  take_command (hci, 0x08, 0x20, "\3abc", 4);
  TAKE (hci, 0x01, 0x0a, 0x20, 1, 1);
  FEED (hci, 0x04, 0x0e, 4, 1, 0x0a, 0x20, 0x0c);
  assert_no_event (hci);
}

static void
test_garbage (void)
{
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);

  set_up (hci);
  FEED (hci, 0x04, 0x0e, 2, 1, 0x03); /* too short for what they claim to be */
  FEED (hci, 0x04, 0x3e, 0);
  FEED (hci, 0x04, 0x3e, 3, 0x01, 0, 0x42);
  FEED (hci, 0x04, 0x13, 1, 9);
  FEED (hci, 0x04, 0x05, 1, 0);
  assert_no_event (hci);
  FEED (hci, 0x77);
  assert_event (hci, FL_SIM_HCI_FAILED, 0);
  FEED (hci, 0x04, 0x3e, 19, 0x01, 0, 0x42, 0, 1, 1, 1, 2, 3, 4, 5, 0xc0, 24, 0, 0, 0, 42, 0, 0);
  assert_no_event (hci);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hci/set-up/one-command-at-a-time", test_set_up);
  g_test_add_func ("/hci/set-up/advert-waits-for-it", test_early_advert);
  g_test_add_func ("/hci/set-up/buffers-of-the-classic-radio", test_shared_buffers);
  g_test_add_func ("/hci/advert/only-changes-are-told", test_advert_changes);
  g_test_add_func ("/hci/advert/silent-controller-is-told-nothing-more", test_silent_controller);
  g_test_add_func ("/hci/connection/comes-and-goes", test_connections);
  g_test_add_func ("/hci/connection/that-failed-advertises-again", test_failed_connection);
  g_test_add_func ("/hci/connection/device-ends-it", test_disconnect);
  g_test_add_func ("/hci/connection/new-one-has-all-room", test_new_connection_has_room);
  g_test_add_func ("/hci/data/of-this-connection", test_data);
  g_test_add_func ("/hci/data/as-much-as-the-controller-takes", test_flow_control);
  g_test_add_func ("/hci/input/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/hci/refusal/is-told", test_refusals);
  g_test_add_func ("/hci/refusal/of-what-is-so-already", test_harmless_refusal);
  g_test_add_func ("/hci/input/garbage", test_garbage);
  return g_test_run ();
}

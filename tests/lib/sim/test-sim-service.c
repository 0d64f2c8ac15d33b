/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-service.h"

#include <gio/gio.h>
#include <string.h>

#include "mock-clock.h"
#include "wait.h"

typedef struct
{
  GSocketListener *listener;
  guint16 port;
  GSocketConnection *peer; /* (nullable) */
  MockClock *clock;
  FlSimService *service;
  int n_reached, n_lost;
} Test;

static void
on_service (gboolean is_reached, gpointer data)
{
  Test *test = data;

  if (is_reached)
    test->n_reached++;
  else
    {
      test->n_lost++;
      g_clear_pointer (&test->service, fl_sim_service_free);
    }
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer data)
{
  Test *test = data;
  g_autoptr (GError) error = NULL;

  test->peer = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test->clock = mock_clock_new ();
  test->listener = g_socket_listener_new ();
  test->port = g_socket_listener_add_any_inet_port (test->listener, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_clear_pointer (&test->service, fl_sim_service_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&test->peer);
  g_clear_object (&test->listener);
  g_assert_cmpuint (mock_clock_get_n_timers (test->clock), ==, 0);
  g_assert_finalize_object (test->clock);
}

static void
reach (Test *test)
{
  g_autofree char *place = g_strdup_printf ("127.0.0.1:%u", test->port);

  test->service =
      fl_sim_service_new (place, "lo", "0a10aced2021", FL_CLOCK (test->clock), on_service, test);
}

/* Nobody else wakes the loop when something comes. */
static gboolean
on_idle (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
accept_device (Test *test)
{
  guint idle_id;
  char line[64] = "";
  gsize n_bytes;
  g_autoptr (GError) error = NULL;

  g_socket_listener_accept_async (test->listener, NULL, on_accepted, test);
  reach (test);
  WAIT_FOR (test->peer != NULL);
  idle_id = g_idle_add (on_idle, NULL);
  WAIT_FOR (g_socket_get_available_bytes (g_socket_connection_get_socket (test->peer)) >= 13);
  g_source_remove (idle_id);
  n_bytes = (gsize) g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (test->peer)),
                                         line, sizeof line - 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, ==, 13);
  g_assert_cmpstr (line, ==, "0a10aced2021\n");
}

static void
answer (Test *test, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (test->peer)), text,
                             strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_reached (Test *test, gconstpointer data)
{
  accept_device (test);
  answer (test, "welc");
  answer (test, "ome\n");
  WAIT_FOR (test->n_reached == 1);
  answer (test, "and much more");
  mock_clock_advance (test->clock, 60000);
  g_assert_cmpint (test->n_lost, ==, 0);
  g_clear_object (&test->peer);
  WAIT_FOR (test->n_lost == 1);
}

static void
test_refused (Test *test, gconstpointer data)
{
  g_socket_listener_close (test->listener);
  reach (test);
  WAIT_FOR (test->n_lost == 1);
}

static void
test_silent (Test *test, gconstpointer data)
{
  accept_device (test);
  mock_clock_advance (test->clock, 14999);
  g_assert_cmpint (test->n_lost, ==, 0);
  mock_clock_advance (test->clock, 1);
  g_assert_cmpint (test->n_lost, ==, 1);
}

static void
test_babbles (Test *test, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1000, 'x');

  accept_device (test);
  answer (test, text);
  WAIT_FOR (test->n_lost == 1);
}

static void
test_let_go (Test *test, gconstpointer data)
{
  accept_device (test);
  answer (test, "welcome\n");
  g_clear_pointer (&test->service, fl_sim_service_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (test->n_reached + test->n_lost, ==, 0);
}

static void
add (const char *path, void (*function) (Test *test, gconstpointer data))
{
  g_test_add (path, Test, NULL, set_up, function, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/service/reached/until-it-hangs-up", test_reached);
  add ("/service/refused/is-told", test_refused);
  add ("/service/silent/has-a-limit", test_silent);
  add ("/service/babbles/is-no-line", test_babbles);
  add ("/service/let-go/says-nothing", test_let_go);
  return g_test_run ();
}

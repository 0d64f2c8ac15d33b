/* SPDX-License-Identifier: Apache-2.0 */
#include "console-client.h"

#include <string.h>

#define SECOND_US G_TIME_SPAN_SECOND
#define PHOTON    "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\n"
#define NETWORKS                                                                                   \
  "[Network Home]\npassword=lighthouse7\n"                                                         \
  "[Network Hidden]\npassword=whisper123\nhidden=yes\n"                                            \
  "[Network Office]\nsecurity=enterprise\naccounts=ann:tide-table\n"

static const ConsoleAnswers home = { .ssid = "Home", .cipher = "1", .password = "lighthouse7" };
static const ConsoleAnswers office = { .ssid = "Office",
                                       .eap_type = "0",
                                       .username = "ann",
                                       .password = "tide-table",
                                       .ca = "ca.pem" };

static ConsoleClient *
create (const char *faults)
{
  g_autofree char *scenario = g_strdup_printf (PHOTON "faults=%s\n" NETWORKS, faults);

  return console_client_new (scenario, NULL);
}

static void
test_silent (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-silent");
  g_autofree char *text = console_client_ask (client, "w");

  g_assert_cmpstr (text, ==, "");
}

/* Between a prompt and the one before there is a line of somebody else. */
static void
test_noise (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-noise");
  const char *noise, *prompt;

  console_client_type (client, "w");
  g_assert_true (console_client_expect (client, "SSID: ", SECOND_US));
  noise = strstr (client->said->str, "\x1b[36m");
  prompt = strstr (client->said->str, "SSID: ");
  g_assert_true (noise != NULL && noise < prompt);
  console_client_type (client, "Home\n");
  g_assert_true (console_client_expect (client, "Password: ", 10 * SECOND_US));
  g_assert_true (g_str_has_prefix (client->said->str, "Home\r\n\x1b[36m"));
  console_client_type (client, "lighthouse7\n");
  g_assert_true (console_client_expect (client, "<3 you!", 10 * SECOND_US));
  g_assert_true (console_client_is_online (client));
}

static void
test_chunk (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-chunk");
  gint64 now_us = client->now_us;
  guint n_pieces = 0;

  fl_sim_console_feed (client->console, (const guint8 *) "w", 1, now_us);
  while (now_us != G_MAXINT64)
    {
      g_autoptr (GBytes) piece = NULL;

      fl_sim_console_tick (client->console, now_us);
      piece = fl_sim_console_take (client->console);
      g_assert_true (piece == NULL || g_bytes_get_size (piece) == 1);
      n_pieces += piece != NULL;
      now_us = fl_sim_console_get_deadline (client->console);
    }
  g_assert_cmpuint (n_pieces, ==, strlen ("SSID: "));
}

static void
test_no_echo (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-no-echo");

  console_client_type (client, "w");
  g_assert_true (console_client_expect (client, "SSID: ", SECOND_US));
  console_client_type (client, "Home\n");
  g_assert_true (console_client_expect (client, "Password: ", 10 * SECOND_US));
  g_assert_cmpstr (client->said->str, ==, "\r\nPassword: ");
  console_client_type (client, "lighthouse7\n");
  g_assert_true (console_client_expect (client, "<3 you!", 10 * SECOND_US));
  g_assert_null (strstr (client->said->str, "lighthouse7"));
}

/* Whatever prompt it was left in: a few lines, and it takes commands again. */
static void
test_stuck (gconstpointer data)
{
  g_autofree char *faults = g_strconcat ("serial-stuck=", data, NULL);
  g_autoptr (ConsoleClient) client = create (faults);
  g_autofree char *text = console_client_ask (client, "w");

  /* It is an answer, or the beginning of one. */
  g_assert_cmpstr (text, ==, "w");
  for (guint i = 0; i < 12; i++)
    {
      console_client_type (client, i == 0 ? "\n" : "1\n");
      console_client_wait (client, 6 * SECOND_US);
    }
  console_client_close (client);
  fl_sim_device_press_reset (client->device, client->now_us);
  console_client_wait (client, 5 * SECOND_US);
  console_client_open (client);
  g_assert_true (console_client_set_up (client, &home));
}

/* Who comes back to the same port is still asked the same. */
static void
test_left_in_prompt (void)
{
  g_autoptr (ConsoleClient) client = create ("");

  console_client_type (client, "w");
  g_assert_true (console_client_expect (client, "SSID: ", SECOND_US));
  console_client_close (client);
  console_client_open (client);
  console_client_type (client, "Home\n");
  g_assert_true (console_client_expect (client, "Password: ", 10 * SECOND_US));
}

typedef struct
{
  const char *prompt;
  ConsoleAnswers answers;
} Prompt;

static const Prompt prompts[] = {
  { "ssid", { .ssid = "Home" } },
  { "security", { .ssid = "Hidden", .security = "3" } },
  { "cipher", { .ssid = "Hidden", .security = "3", .cipher = "1" } },
  { "password", { .ssid = "Home", .password = "lighthouse7" } },
  { "eap-type", { .ssid = "Office", .eap_type = "0" } },
  { "username", { .ssid = "Office", .eap_type = "0", .username = "ann" } },
  { "client-certificate", { .ssid = "Office", .eap_type = "1", .certificate = "keeper.pem" } },
  { "private-key",
    { .ssid = "Office", .eap_type = "1", .certificate = "keeper.pem", .key = "keeper-key.pem" } },
  { "outer-identity",
    { .ssid = "Office", .eap_type = "0", .username = "ann", .password = "tide-table" } },
  { "root-ca", { .ssid = "Office", .eap_type = "0", .username = "ann", .password = "tide-table" } },
};

static void
test_close_at (gconstpointer data)
{
  const Prompt *test = data;
  g_autofree char *faults =
      g_strdup_printf ("serial-close-at=%s x1; usb-replug-after=3s", test->prompt);
  g_autoptr (ConsoleClient) client = create (faults);

  g_assert_false (console_client_set_up (client, &test->answers));
  g_assert_true (fl_sim_console_is_closed (client->console, client->now_us));
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 0);
  g_assert_cmpuint (fl_sim_console_get_attachment (client->device, client->now_us), ==, 0);
  console_client_close (client);
  console_client_wait (client, 5 * SECOND_US);
  g_assert_cmpuint (fl_sim_console_get_attachment (client->device, client->now_us), ==, 2);
}

/* Nobody can know how it ended; it was stored. */
static void
test_close_after_thanks (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-close-after-thanks");

  g_assert_false (console_client_set_up (client, &home));
  g_assert_null (strstr (client->said->str, "Awesome"));
  g_assert_true (fl_sim_console_is_closed (client->console, client->now_us));
  g_assert_true (console_client_is_online (client));
}

static void
test_close_after_awesome (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-close-after-awesome");

  g_assert_true (console_client_set_up (client, &home));
  console_client_wait (client, SECOND_US);
  g_assert_null (strstr (client->said->str, "<3"));
  g_assert_true (fl_sim_console_is_closed (client->console, client->now_us));
  g_assert_true (console_client_is_online (client));
}

static void
test_no_memory (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-no-memory x1");

  g_assert_false (console_client_set_up (client, &office));
  g_assert_true (fl_sim_device_is_listening (client->device));
  g_assert_true (console_client_set_up (client, &home));
}

static void
test_derp (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-derp x1");

  g_assert_false (console_client_set_up (client, &home));
  console_client_wait (client, 5 * SECOND_US);
  g_assert_true (fl_sim_device_is_listening (client->device));
  g_assert_true (console_client_set_up (client, &home));
  g_assert_true (console_client_is_online (client));
}

static void
test_unexpected (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-unexpected");

  console_client_type (client, "w");
  g_assert_true (console_client_expect (client, "SSID: ", SECOND_US));
  console_client_type (client, "Home\n");
  g_assert_true (console_client_expect (client, "Security Cipher 1=AES, 2=TKIP, 3=AES+TKIP: ",
                                        10 * SECOND_US));
}

/* Not allowed, then somebody else has it, then free, then open. */
static void
test_access (void)
{
  g_autoptr (ConsoleClient) client = create ("serial-busy=5s; serial-permission x1");

  console_client_close (client);
  g_assert_cmpint (fl_sim_console_get_access (client->device, client->now_us), ==,
                   FL_SIM_CONSOLE_REFUSED);
  fl_sim_console_recheck (client->device);
  g_assert_cmpint (fl_sim_console_get_access (client->device, client->now_us), ==,
                   FL_SIM_CONSOLE_BUSY);
  console_client_wait (client, 5 * SECOND_US);
  g_assert_cmpint (fl_sim_console_get_access (client->device, client->now_us), ==,
                   FL_SIM_CONSOLE_FREE);
  console_client_open (client);
  g_assert_cmpint (fl_sim_console_get_access (client->device, client->now_us), ==,
                   FL_SIM_CONSOLE_BUSY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sim-console-faults/silent", test_silent);
  g_test_add_func ("/sim-console-faults/noise", test_noise);
  g_test_add_func ("/sim-console-faults/chunk", test_chunk);
  g_test_add_func ("/sim-console-faults/no-echo", test_no_echo);
  g_test_add_func ("/sim-console-faults/left-in-prompt", test_left_in_prompt);
  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autofree char *stuck = g_strconcat ("/sim-console-faults/stuck/", prompts[i].prompt, NULL);
      g_autofree char *close =
          g_strconcat ("/sim-console-faults/close-at/", prompts[i].prompt, NULL);

      g_test_add_data_func (stuck, prompts[i].prompt, test_stuck);
      g_test_add_data_func (close, &prompts[i], test_close_at);
    }
  g_test_add_func ("/sim-console-faults/close-after-thanks", test_close_after_thanks);
  g_test_add_func ("/sim-console-faults/close-after-awesome", test_close_after_awesome);
  g_test_add_func ("/sim-console-faults/no-memory", test_no_memory);
  g_test_add_func ("/sim-console-faults/derp", test_derp);
  g_test_add_func ("/sim-console-faults/unexpected", test_unexpected);
  g_test_add_func ("/sim-console-faults/busy-and-permission", test_access);

  return g_test_run ();
}

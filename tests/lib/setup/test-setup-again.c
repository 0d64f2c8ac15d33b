/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody does after, or in the middle of, something that went wrong. */
#include "config.h"

#include "journey.h"

/* A listener that acts on the news of a stage while it is being told. */
typedef struct
{
  FlStage stage;
  void (*act) (FlSetup *setup);
  guint n_acted;
} Reaction;

static void
on_stage (FlSetup *setup, GParamSpec *pspec, Reaction *reaction)
{
  if (fl_setup_get_stage (setup) != reaction->stage || reaction->n_acted > 0)
    return;
  reaction->n_acted++;
  reaction->act (setup);
}

static void
react (Journey *journey, Reaction *reaction)
{
  g_signal_connect (journey->setup, "notify::stage", G_CALLBACK (on_stage), reaction);
}

static void
start_join (Journey *journey)
{
  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
}

static void
run_past_choosing (Journey *journey, FlStage stage)
{
  if (stage > FL_STAGE_CHOOSING)
    start_join (journey);
  else
    journey_start (journey, JOURNEY_LABEL);
}

static void
test_cancel_from_listener (void)
{
  for (FlStage stage = FL_STAGE_CONNECTING; stage < FL_STAGE_ONLINE; stage++)
    {
      Journey *journey = journey_new (NULL, NULL);
      Reaction reaction = { stage, fl_setup_cancel, 0 };

      react (journey, &reaction);
      run_past_choosing (journey, stage);
      journey_run_ms (journey, 120000);
      g_assert_cmpuint (reaction.n_acted, ==, 1);
      g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
      journey_assert_error (journey, FL_ERROR_CANCELLED, stage);
      g_assert_null (fl_setup_get_driver (journey->setup));
      journey_assert_nothing_lost (journey);
      g_signal_handlers_disconnect_by_data (journey->setup, &reaction);
      journey_free (journey);
    }
}

static void
test_close_from_listener (void)
{
  for (FlStage stage = FL_STAGE_CONNECTING; stage <= FL_STAGE_ONLINE; stage++)
    {
      Journey *journey = journey_new (NULL, NULL);
      Reaction reaction = { stage, fl_setup_close, 0 };

      react (journey, &reaction);
      run_past_choosing (journey, stage);
      journey_run_ms (journey, 120000);
      g_assert_cmpuint (reaction.n_acted, ==, 1);
      g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, stage);
      g_signal_handlers_disconnect_by_data (journey->setup, &reaction);
      journey_free (journey);
    }
}

static void
on_note (FlSetup *setup, const char *id, const char *text, gpointer data)
{
  if (g_str_equal (id, "searching-again") || g_str_equal (id, "retry"))
    fl_setup_cancel (setup);
}

static void
test_cancel_from_note (void)
{
  static const char *const faults[] = { "faults=drop-link-after=20s\n", "faults=drop-link-at=8\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      Journey *journey = journey_new (faults[i], NULL);

      g_signal_connect (journey->setup, "note", G_CALLBACK (on_note), NULL);
      journey_start (journey, JOURNEY_LABEL);
      journey_run_ms (journey, 120000);
      g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
      journey_free (journey);
    }
}

/* As a classroom does: join at once. */
static void
join_home (FlSetup *setup)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("correct horse");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);

  fl_setup_join (setup, credentials);
}

static void
test_join_from_listener (void)
{
  Journey *journey = journey_new (NULL, NULL);
  Reaction reaction = { FL_STAGE_CHOOSING, join_home, 0 };

  react (journey, &reaction);
  journey_start (journey, JOURNEY_LABEL);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  g_signal_handlers_disconnect_by_data (journey->setup, &reaction);
  journey_free (journey);
}

static void
test_retry_from_listener (void)
{
  Journey *journey = journey_new ("faults=silent-at=handshake-1 x1\n", NULL);
  Reaction reaction = { FL_STAGE_FAILED, fl_setup_retry, 0 };

  react (journey, &reaction);
  journey_start (journey, JOURNEY_LABEL);
  while (fl_setup_get_stage (journey->setup) != FL_STAGE_CHOOSING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (reaction.n_acted, ==, 1);
  g_signal_handlers_disconnect_by_data (journey->setup, &reaction);
  journey_free (journey);
}

/* Once the fault is gone, trying again reaches the end: nothing of the first try is in the way. */
static void
test_retry_after_each_failure (gconstpointer data)
{
  Journey *journey = journey_new (data, NULL);
  guint n_retries = 0;

  journey_start (journey, JOURNEY_LABEL);
  while (n_retries < 5)
    {
      if (journey_run_to (journey, FL_STAGE_ONLINE))
        break;
      if (fl_setup_get_stage (journey->setup) == FL_STAGE_CHOOSING && journey->credentials == NULL)
        {
          journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
          continue;
        }
      g_assert_nonnull (fl_setup_get_error (journey->setup));
      n_retries++;
      fl_setup_retry (journey->setup);
      if (journey->credentials == NULL && journey_run_to (journey, FL_STAGE_CHOOSING))
        {
          journey_run_to_networks (journey);
          journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
        }
    }
  if (fl_setup_get_stage (journey->setup) != FL_STAGE_ONLINE)
    g_error ("Not online: %s", journey->story->str);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_cmpuint (n_retries, >=, 1);
  journey_assert_nothing_lost (journey);
  journey_free (journey);
}

static void
test_cancel_during_recovery (void)
{
  Journey *journey = journey_new ("faults=drop-link-after=20s x1; vanish-at=20s\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  while (strstr (journey->story->str, "[searching-again]") == NULL)
    g_main_context_iteration (NULL, TRUE);
  journey_run_ms (journey, 3000);
  fl_setup_cancel (journey->setup);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
  journey_run_ms (journey, 60000);
  journey_assert_error (journey, FL_ERROR_CANCELLED, FL_STAGE_CHOOSING);
  journey_assert_nothing_lost (journey);

  /* The end of a cancelled journey: nothing but a new start leads out of it. */
  fl_setup_choose_again (journey->setup);
  fl_setup_retry (journey->setup);
  fl_setup_keep_waiting (journey->setup);
  join_home (journey->setup);
  journey_run_ms (journey, 60000);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
  journey_free (journey);
}

static void
test_second_press (void)
{
  Journey *journey = journey_new (NULL, NULL);
  FlCredentials *first;

  start_join (journey);
  first = fl_setup_get_credentials (journey->setup);
  join_home (journey->setup);
  g_assert_true (fl_setup_get_credentials (journey->setup) == first);
  g_assert_true (journey_run_to (journey, FL_STAGE_ADDRESSING));
  join_home (journey->setup);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup) & FL_PROOF_JOINED, !=, 0);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

/* The page still says "joining" while the link is opened again; a press then must not forget what
 * is proven already. */
static void
test_second_press_while_reconnecting (void)
{
  Journey *journey = journey_new ("cloud-time=30s\nfaults=drop-link-after=20s x1\n", NULL);
  FlProof proof;

  start_join (journey);
  while (strstr (journey->story->str, "[searching-again]") == NULL)
    g_main_context_iteration (NULL, TRUE);
  proof = fl_setup_get_proof (journey->setup);
  g_assert_cmpuint (proof & FL_PROOF_STORED, !=, 0);
  join_home (journey->setup);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, proof);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

/* Back and connect again within one turn of the main loop: the end of the first try does not
 * belong to the second. */
static void
test_choose_again_and_join_at_once (void)
{
  Journey *journey = journey_new (NULL, NULL);

  start_join (journey);
  g_assert_true (journey_run_to (journey, FL_STAGE_JOINING));
  fl_setup_choose_again (journey->setup);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_JOINING));
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

static void
test_choose_again_after_no_address (void)
{
  Journey *journey =
      journey_new (NULL, "[Network dry]\nssid=Dry\nsecurity=open\nrssi=-50\ndhcp=no\n");

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey_join (journey, "Dry", NULL, FL_SECURITY_OPEN);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_NO_ADDRESS, FL_STAGE_ADDRESSING);
  fl_setup_choose_again (journey->setup);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

static void
test_keep_waiting (void)
{
  Journey *journey = journey_new ("cloud-time=100s\n", NULL);

  start_join (journey);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_CLOUD_UNREACHABLE, FL_STAGE_REACHING);
  g_assert_cmpint (fl_setup_get_stage_ms (journey->setup, FL_STAGE_REACHING), <=, 61000);
  fl_setup_keep_waiting (journey->setup);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_REACHING);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

static void
test_save_again (void)
{
  Journey *journey = journey_new ("faults=answer=507:-110 x1\n", NULL);
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Elsewhere", 9);
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_OPEN, NULL, FALSE, NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  fl_setup_save (journey->setup, credentials);
  while (fl_setup_get_error (journey->setup) == NULL)
    g_main_context_iteration (NULL, TRUE);
  journey_assert_error (journey, FL_ERROR_DEVICE_BUSY, FL_STAGE_SENDING);
  fl_setup_retry (journey->setup);
  journey_run_ms (journey, 5000);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_STORED);
  g_assert_null (strstr (journey->story->str, "joining"));
  journey_free (journey);
}

/* The label may come while finding; until then no device is meant. */
static void
test_label_while_finding (void)
{
  Journey *journey = journey_new (NULL, NULL);
  g_autoptr (FlLabel) label = fl_label_parse (JOURNEY_LABEL, -1, NULL);

  journey_start (journey, NULL);
  journey_run_ms (journey, 5000);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_FINDING);
  fl_setup_set_label (journey->setup, label);
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_free (journey);
}

/* The adapter goes off at some moment, whatever the journey is doing, and comes back. */
static void
test_adapter_off_at_any_time (void)
{
  guint seen = 0;

  for (guint ms = 300; ms < 16000; ms += 350)
    {
      g_autofree char *faults =
          g_strdup_printf ("faults=adapter-off-at=%ums; adapter-back-at=60s\n", ms);
      Journey *journey = journey_new ("cloud-time=6s\n", faults);
      guint n_retries = 0;

      journey_start (journey, JOURNEY_LABEL);
      while (fl_setup_get_stage (journey->setup) != FL_STAGE_ONLINE && n_retries < 9)
        {
          if (fl_setup_get_stage (journey->setup) == FL_STAGE_CHOOSING &&
              journey->credentials == NULL)
            journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
          if (journey_run_to (journey,
                              journey->credentials != NULL ? FL_STAGE_ONLINE : FL_STAGE_CHOOSING))
            continue;
          seen |= 1u << fl_setup_get_failed_stage (journey->setup);
          g_assert_nonnull (fl_setup_get_error (journey->setup));
          if (!g_error_matches (fl_setup_get_error (journey->setup), FL_ERROR,
                                FL_ERROR_BLUETOOTH_OFF))
            g_error ("Off at %u ms: %s: %s", ms, fl_setup_get_error (journey->setup)->message,
                     journey->story->str);
          journey_assert_nothing_lost (journey);
          journey_run_ms (journey, 60000);
          n_retries++;
          fl_setup_retry (journey->setup);
        }
      if (fl_setup_get_stage (journey->setup) != FL_STAGE_ONLINE)
        g_error ("Off at %u ms: %s", ms, journey->story->str);
      journey_free (journey);
    }
  g_assert_cmpuint (seen & (1u << FL_STAGE_SECURING), !=, 0);
  g_assert_cmpuint (seen & (1u << FL_STAGE_JOINING), !=, 0);
  g_assert_cmpuint (seen & (1u << FL_STAGE_REACHING), !=, 0);
}

static void
test_limits (void)
{
  static const struct
  {
    const char *device;
    FlErrorCode code;
    FlStage stage;
    int limit_ms; /* of its stage, from the moment it begins */
  } cases[] = {
    { "associate-time=5min\njoin-time=1s\n", FL_ERROR_JOIN_TIMEOUT, FL_STAGE_JOINING, 32000 },
    { "faults=no-address\n", FL_ERROR_NO_ADDRESS, FL_STAGE_ADDRESSING, 20000 },
    { "faults=no-cloud\n", FL_ERROR_CLOUD_UNREACHABLE, FL_STAGE_REACHING, 60000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Journey *journey = journey_new (cases[i].device, NULL);

      start_join (journey);
      g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
      journey_assert_error (journey, cases[i].code, cases[i].stage);
      g_assert_cmpint (fl_setup_get_stage_ms (journey->setup, cases[i].stage), <=,
                       cases[i].limit_ms + 100);
      g_assert_cmpint (fl_setup_get_stage_ms (journey->setup, cases[i].stage), >=,
                       cases[i].limit_ms - 3000);
      journey_free (journey);
    }
}

/* On line is proven, but the device does not say that it left set-up mode. */
static void
test_silent_at_the_end (void)
{
  Journey *journey = journey_new ("faults=silent-at=request:71 x1\n", NULL);

  start_join (journey);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_NOT_REPORTED, FL_STAGE_REACHING);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup) & FL_PROOF_CLOUD, !=, 0);
  journey_assert_nothing_lost (journey);
  journey_free (journey);
}

static void
test_reset_while_choosing (void)
{
  Journey *journey = journey_new ("faults=reset-at=request:30 x2\n", NULL);

  start_join (journey);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  static const char *const passing[] = {
    "faults=silent-at=handshake-2 x1\n",
    "faults=silent-at=confirmation x1\n",
    "faults=silent-at=request:30 x1\n",
    "faults=connect-fails=6\n",
    "faults=answer=500:-250 x1\n",
    "faults=answer=500:-160 x1\n",
    "faults=answer=500:-1000 x1\n",
    "faults=busy=9\n",
    "cloud-time=90s\n",
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (passing); i++)
    {
      g_autofree char *word = g_strstrip (g_strdup (passing[i]));
      g_autofree char *path = g_strconcat ("/setup/retry/reaches-online-after/", word, NULL);

      g_test_add_data_func (path, passing[i], test_retry_after_each_failure);
    }
  g_test_add_func ("/setup/listener/cancels-at-each-stage", test_cancel_from_listener);
  g_test_add_func ("/setup/listener/closes-at-each-stage", test_close_from_listener);
  g_test_add_func ("/setup/listener/cancels-on-a-note", test_cancel_from_note);
  g_test_add_func ("/setup/listener/joins-at-once", test_join_from_listener);
  g_test_add_func ("/setup/listener/retries-at-once", test_retry_from_listener);
  g_test_add_func ("/setup/cancel/while-looking-again", test_cancel_during_recovery);
  g_test_add_func ("/setup/join/second-press", test_second_press);
  g_test_add_func ("/setup/join/second-press-while-reconnecting",
                   test_second_press_while_reconnecting);
  g_test_add_func ("/setup/join/again-in-the-same-turn", test_choose_again_and_join_at_once);
  g_test_add_func ("/setup/choose-again/after-no-address", test_choose_again_after_no_address);
  g_test_add_func ("/setup/keep-waiting/then-the-cloud-comes", test_keep_waiting);
  g_test_add_func ("/setup/save/retry-saves-again", test_save_again);
  g_test_add_func ("/setup/label/comes-while-finding", test_label_while_finding);
  g_test_add_func ("/setup/adapter/off-at-any-time", test_adapter_off_at_any_time);
  g_test_add_func ("/setup/limits/of-each-stage", test_limits);
  g_test_add_func ("/setup/leaving/silent", test_silent_at_the_end);
  g_test_add_func ("/setup/reset/while-reading", test_reset_while_choosing);
  return g_test_run ();
}

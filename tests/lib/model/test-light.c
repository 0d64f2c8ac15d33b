/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-light.h"

#include <string.h>

static const FlLight *
next_light (guint *state)
{
  return *state <= FL_LIGHT_STATE_CLEARED ? fl_light_get ((FlLightState) (*state)++) : NULL;
}

static void
test_light_of_every_state_is_complete (void)
{
  const FlLight *light;

  for (guint i = 0; (light = next_light (&i)) != NULL;)
    {
      guint total_ms = 0;

      g_test_message ("%s: %s", fl_light_get_words (light), fl_light_get_meaning (light));
      g_assert_cmpuint (light->state, ==, i - 1);
      g_assert_cmpstr (fl_light_get_words (light), !=, "");
      g_assert_cmpstr (fl_light_get_meaning (light), !=, "");
      g_assert_cmpuint (strlen (fl_light_get_rhythm (light)), >, 0);
      for (guint j = 0; j < light->n_steps; j++)
        total_ms += light->steps[j].duration_ms;
      if (light->pattern == FL_LIGHT_SOLID)
        g_assert_cmpuint (light->n_steps, ==, 1);
      else if (light->pattern == FL_LIGHT_BREATHE || light->pattern == FL_LIGHT_OFF)
        g_assert_cmpuint (light->n_steps, ==, 0);
      else
        g_assert_cmpuint (total_ms, ==, light->period_ms);
    }
}

static void
test_light_follows_the_firmware (void)
{
  static const struct
  {
    FlLightState state;
    FlLightPattern pattern;
    guint32 rgb;
    guint period_ms;
    const char *words;
  } rows[] = {
    { FL_LIGHT_STATE_WIFI_OFF, FL_LIGHT_BREATHE, 0xffffff, 4000, "fades in and out, white" },
    { FL_LIGHT_STATE_WIFI_IDLE, FL_LIGHT_BREATHE, 0x0000ff, 4000, "fades in and out, blue" },
    { FL_LIGHT_STATE_WIFI_CONNECTING, FL_LIGHT_BLINK, 0x00ff00, 200, "blinks, green" },
    { FL_LIGHT_STATE_WIFI_ADDRESS, FL_LIGHT_RAPID, 0x00ff00, 100, "blinks fast, green" },
    { FL_LIGHT_STATE_WIFI_READY, FL_LIGHT_BREATHE, 0x00ff00, 4000, "fades in and out, green" },
    { FL_LIGHT_STATE_CLOUD_CONNECTING, FL_LIGHT_BLINK, 0x00ffff, 200, "blinks, cyan" },
    { FL_LIGHT_STATE_CLOUD_HANDSHAKE, FL_LIGHT_RAPID, 0x00ffff, 100, "blinks fast, cyan" },
    { FL_LIGHT_STATE_CLOUD_CONNECTED, FL_LIGHT_BREATHE, 0x00ffff, 4000, "fades in and out, cyan" },
    { FL_LIGHT_STATE_SAFE_MODE, FL_LIGHT_BREATHE, 0xff00ff, 4000, "fades in and out, magenta" },
    { FL_LIGHT_STATE_UPDATING, FL_LIGHT_RAPID, 0xff00ff, 100, "blinks fast, magenta" },
    { FL_LIGHT_STATE_LISTENING, FL_LIGHT_BLINK, 0x0000ff, 500, "blinks slowly, blue" },
    { FL_LIGHT_STATE_DFU, FL_LIGHT_BLINK, 0xffff00, 200, "blinks, yellow" },
    { FL_LIGHT_STATE_NYAN, FL_LIGHT_SEQUENCE, 0xff0000, 700, "runs through all colours" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const FlLight *light = fl_light_get (rows[i].state);

      g_assert_cmpint (light->pattern, ==, rows[i].pattern);
      g_assert_cmphex (light->rgb, ==, rows[i].rgb);
      g_assert_cmpuint (light->period_ms, ==, rows[i].period_ms);
      g_assert_cmpstr (fl_light_get_words (light), ==, rows[i].words);
    }
}

/* Blinks of @rgb in one period. */
static guint
count_steps (FlLightState state, guint32 rgb)
{
  const FlLight *light = fl_light_get (state);
  guint count = 0;

  for (guint i = 0; i < light->n_steps; i++)
    count += light->steps[i].rgb == rgb;
  return count;
}

static void
test_light_errors_count_their_blinks (void)
{
  g_assert_cmpuint (count_steps (FL_LIGHT_STATE_NO_INTERNET, 0xff6000), ==, 2);
  g_assert_cmpuint (count_steps (FL_LIGHT_STATE_NO_CLOUD, 0xff6000), ==, 3);
  g_assert_cmpuint (count_steps (FL_LIGHT_STATE_KEYS_OTHER, 0xff0000), ==, 1);
  g_assert_cmpuint (count_steps (FL_LIGHT_STATE_KEYS_DECRYPTION, 0xff6000), ==, 1);
  g_assert_cmpuint (count_steps (FL_LIGHT_STATE_KEYS_AUTHENTICATION, 0xff00ff), ==, 1);
  g_assert_cmpuint (count_steps (FL_LIGHT_STATE_CRASH, 0xff0000), ==, 10); /* SOS and one */
}

static void
test_light_rhythms_differ_without_colour (void)
{
  const char *slow = fl_light_get_rhythm (fl_light_get (FL_LIGHT_STATE_LISTENING));
  const char *blink = fl_light_get_rhythm (fl_light_get (FL_LIGHT_STATE_WIFI_CONNECTING));
  const char *rapid = fl_light_get_rhythm (fl_light_get (FL_LIGHT_STATE_WIFI_ADDRESS));
  const char *breathe = fl_light_get_rhythm (fl_light_get (FL_LIGHT_STATE_CLOUD_CONNECTED));

  g_assert_cmpstr (slow, ==, "▮▯▮▯");
  g_assert_cmpstr (rapid, ==, "▮▮▯▮▮");
  g_assert_cmpstr (breathe, ==, "▁▃▅▃▁");
  g_assert_cmpstr (blink, !=, slow);
  g_assert_cmpstr (blink, !=, rapid);
}

static void
test_light_from_what_the_device_reports (void)
{
  static const struct
  {
    FlDeviceState state;
    FlLightState light;
  } rows[] = {
    { { .mode = FL_MODE_UNKNOWN }, FL_LIGHT_STATE_UNKNOWN },
    { { .mode = FL_MODE_LISTENING, .wifi_known = TRUE, .wifi_up = TRUE, .wifi_link = TRUE },
      FL_LIGHT_STATE_LISTENING },
    { { .mode = FL_MODE_UPDATE }, FL_LIGHT_STATE_DFU },
    { { .mode = FL_MODE_RUNNING }, FL_LIGHT_STATE_UNKNOWN },
    { { .mode = FL_MODE_RUNNING, .wifi_known = TRUE, .cloud = FL_CLOUD_DISCONNECTED },
      FL_LIGHT_STATE_WIFI_OFF },
    { { .mode = FL_MODE_RUNNING, .wifi_known = TRUE, .wifi_up = TRUE },
      FL_LIGHT_STATE_WIFI_CONNECTING },
    { { .mode = FL_MODE_RUNNING, .wifi_known = TRUE, .wifi_up = TRUE, .wifi_link = TRUE },
      FL_LIGHT_STATE_WIFI_ADDRESS },
    { { .mode = FL_MODE_RUNNING,
        .wifi_known = TRUE,
        .wifi_up = TRUE,
        .wifi_link = TRUE,
        .has_ipv4 = TRUE,
        .cloud = FL_CLOUD_DISCONNECTED },
      FL_LIGHT_STATE_WIFI_READY },
    { { .mode = FL_MODE_RUNNING,
        .wifi_known = TRUE,
        .wifi_up = TRUE,
        .wifi_link = TRUE,
        .has_ipv4 = TRUE,
        .cloud = FL_CLOUD_DISCONNECTING },
      FL_LIGHT_STATE_WIFI_READY },
    { { .mode = FL_MODE_RUNNING,
        .wifi_known = TRUE,
        .wifi_up = TRUE,
        .wifi_link = TRUE,
        .has_ipv4 = TRUE,
        .cloud = FL_CLOUD_CONNECTING },
      FL_LIGHT_STATE_CLOUD_CONNECTING },
    { { .mode = FL_MODE_RUNNING, .cloud = FL_CLOUD_CONNECTED }, FL_LIGHT_STATE_CLOUD_CONNECTED },
    { { .mode = FL_MODE_SAFE, .cloud = FL_CLOUD_CONNECTED }, FL_LIGHT_STATE_SAFE_MODE },
    { { .mode = FL_MODE_SAFE, .cloud = FL_CLOUD_CONNECTING }, FL_LIGHT_STATE_CLOUD_CONNECTING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fl_light_from_state (&rows[i].state)->state, ==, rows[i].light);
}

static void
test_light_from_the_stage (void)
{
  static const struct
  {
    FlStage stage;
    FlLightState listening, provisioning;
  } rows[] = {
    { FL_STAGE_FINDING, FL_LIGHT_STATE_LISTENING, FL_LIGHT_STATE_UNKNOWN },
    { FL_STAGE_CHOOSING, FL_LIGHT_STATE_LISTENING, FL_LIGHT_STATE_UNKNOWN },
    { FL_STAGE_SENDING, FL_LIGHT_STATE_LISTENING, FL_LIGHT_STATE_UNKNOWN },
    { FL_STAGE_JOINING, FL_LIGHT_STATE_WIFI_CONNECTING, FL_LIGHT_STATE_WIFI_CONNECTING },
    { FL_STAGE_ADDRESSING, FL_LIGHT_STATE_WIFI_ADDRESS, FL_LIGHT_STATE_WIFI_ADDRESS },
    { FL_STAGE_REACHING, FL_LIGHT_STATE_CLOUD_CONNECTING, FL_LIGHT_STATE_CLOUD_CONNECTING },
    { FL_STAGE_ONLINE, FL_LIGHT_STATE_CLOUD_CONNECTED, FL_LIGHT_STATE_CLOUD_CONNECTED },
    { FL_STAGE_FAILED, FL_LIGHT_STATE_UNKNOWN, FL_LIGHT_STATE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (fl_light_from_stage (rows[i].stage, FALSE)->state, ==, rows[i].listening);
      g_assert_cmpint (fl_light_from_stage (rows[i].stage, TRUE)->state, ==, rows[i].provisioning);
    }
}

static void
test_light_resting_states_need_no_advice (void)
{
  static const FlLightState stuck[] = {
    FL_LIGHT_STATE_WIFI_CONNECTING, FL_LIGHT_STATE_WIFI_ADDRESS, FL_LIGHT_STATE_NO_INTERNET,
    FL_LIGHT_STATE_NO_CLOUD,        FL_LIGHT_STATE_KEYS_OTHER,   FL_LIGHT_STATE_LISTENING,
    FL_LIGHT_STATE_SAFE_MODE,       FL_LIGHT_STATE_UPDATING,
  };

  for (guint i = 0; i < G_N_ELEMENTS (stuck); i++)
    g_assert_true (g_str_has_suffix (fl_light_get_stuck_advice (fl_light_get (stuck[i])), "."));
  g_assert_cmpstr (fl_light_get_stuck_advice (fl_light_get (FL_LIGHT_STATE_CLOUD_CONNECTED)), ==,
                   "");
  g_assert_cmpstr (fl_light_get_stuck_advice (fl_light_get (FL_LIGHT_STATE_NYAN)), ==, "");
}

static double
sample (FlLightState state, gint64 at_ms)
{
  double brightness = -1;

  fl_light_sample (fl_light_get (state), at_ms, &brightness);
  return brightness;
}

static void
test_light_sample_blink_has_edges_of_60_ms (void)
{
  FlLightState state = FL_LIGHT_STATE_LISTENING;

  g_assert_cmpfloat (sample (state, 0), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (sample (state, 30), 0.5, 1e-9);
  g_assert_cmpfloat (sample (state, 60), ==, 1.0);
  g_assert_cmpfloat (sample (state, 249), ==, 1.0);
  g_assert_cmpfloat_with_epsilon (sample (state, 280), 0.5, 1e-9);
  g_assert_cmpfloat (sample (state, 310), ==, 0.0);
  g_assert_cmpfloat (sample (state, 499), ==, 0.0);
}

static void
test_light_sample_breathe_fades_out_and_in (void)
{
  FlLightState state = FL_LIGHT_STATE_CLOUD_CONNECTED;

  g_assert_cmpfloat (sample (state, 0), ==, 1.0);
  g_assert_cmpfloat (sample (state, 2000), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (sample (state, 1000), 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (sample (state, 3000), 0.5, 1e-9);
  g_assert_cmpfloat (sample (state, 4000), ==, 1.0);
  for (int at_ms = 0; at_ms < 2000; at_ms += 10)
    g_assert_cmpfloat (sample (state, at_ms), >, sample (state, at_ms + 10));
}

static void
test_light_sample_repeats_and_stays_in_range (void)
{
  const FlLight *light;

  for (guint i = 0; (light = next_light (&i)) != NULL;)
    for (int at_ms = 0; at_ms < 6000; at_ms += 7)
      {
        double now = -1, later = -1, before = -1;
        guint32 rgb = fl_light_sample (light, at_ms, &now);

        g_assert_cmphex (fl_light_sample (light, at_ms + 10LL * light->period_ms, &later), ==, rgb);
        g_assert_cmphex (fl_light_sample (light, at_ms - 3LL * light->period_ms, &before), ==, rgb);
        g_assert_cmpfloat (now, ==, later);
        g_assert_cmpfloat (now, ==, before);
        g_assert_true (now >= 0.0 && now <= 1.0);
        g_assert_cmphex (fl_light_sample (light, at_ms, NULL), ==, rgb);
      }
}

static void
test_light_sample_never_jumps_between_frames (void)
{
  const FlLight *light;

  for (guint i = 0; (light = next_light (&i)) != NULL;)
    for (guint at_ms = 0; at_ms < light->period_ms; at_ms++)
      g_assert_cmpfloat (ABS (sample (light->state, at_ms + 1) - sample (light->state, at_ms)), <,
                         0.07);
}

static void
test_light_sample_rainbow_shows_each_colour (void)
{
  const FlLight *light = fl_light_get (FL_LIGHT_STATE_NYAN);

  g_assert_cmpuint (light->n_steps, ==, 7);
  for (guint i = 0; i < light->n_steps; i++)
    {
      double brightness;

      g_assert_cmphex (fl_light_sample (light, i * 100 + 50, &brightness), ==, light->steps[i].rgb);
      g_assert_cmpfloat (brightness, ==, 1.0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/light/every-state/is-complete", test_light_of_every_state_is_complete);
  g_test_add_func ("/light/table/follows-the-firmware", test_light_follows_the_firmware);
  g_test_add_func ("/light/errors/count-their-blinks", test_light_errors_count_their_blinks);
  g_test_add_func ("/light/rhythms/differ-without-colour",
                   test_light_rhythms_differ_without_colour);
  g_test_add_func ("/light/state/from-what-the-device-reports",
                   test_light_from_what_the_device_reports);
  g_test_add_func ("/light/stage/tells-what-it-should-be", test_light_from_the_stage);
  g_test_add_func ("/light/resting-states/need-no-advice",
                   test_light_resting_states_need_no_advice);
  g_test_add_func ("/light/sample/blink-has-edges-of-60-ms",
                   test_light_sample_blink_has_edges_of_60_ms);
  g_test_add_func ("/light/sample/breathe-fades-out-and-in",
                   test_light_sample_breathe_fades_out_and_in);
  g_test_add_func ("/light/sample/repeats-and-stays-in-range",
                   test_light_sample_repeats_and_stays_in_range);
  g_test_add_func ("/light/sample/never-jumps", test_light_sample_never_jumps_between_frames);
  g_test_add_func ("/light/sample/rainbow-shows-each-colour",
                   test_light_sample_rainbow_shows_each_colour);
  return g_test_run ();
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-light.h"
#include "fl-light-table.h"

#include <glib/gi18n-lib.h>

/* A drawn light needs some time to come and go; a real one is seen so as well. */
#define EDGE_MS 60

G_DEFINE_ENUM_TYPE (FlLightPattern,
                    fl_light_pattern,
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_SOLID, "solid"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_BLINK, "blink"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_RAPID, "rapid"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_BREATHE, "breathe"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_SEQUENCE, "sequence"))

G_DEFINE_ENUM_TYPE (FlLightState,
                    fl_light_state,
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_WIFI_OFF, "wifi-off"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_WIFI_IDLE, "wifi-idle"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_WIFI_CONNECTING, "wifi-connecting"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_WIFI_ADDRESS, "wifi-address"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_WIFI_READY, "wifi-ready"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_CLOUD_CONNECTING, "cloud-connecting"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_CLOUD_HANDSHAKE, "cloud-handshake"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_CLOUD_CONNECTED, "cloud-connected"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_SAFE_MODE, "safe-mode"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_UPDATING, "updating"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_LISTENING, "listening"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_DFU, "dfu"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_POWER_OFF, "power-off"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_NYAN, "nyan"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_NO_INTERNET, "no-internet"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_NO_CLOUD, "no-cloud"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_KEYS_OTHER, "keys-other"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_KEYS_DECRYPTION, "keys-decryption"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_KEYS_AUTHENTICATION, "keys-authentication"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_CRASH, "crash"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_SIGNAL_BARS, "signal-bars"),
                    G_DEFINE_ENUM_VALUE (FL_LIGHT_STATE_CLEARED, "cleared"))

/* Rows begin with their light. */
static const FlLightRow *
get_row (const FlLight *light)
{
  return fl_light_table_get (light->state);
}

const FlLight *
fl_light_get (FlLightState state)
{
  return &fl_light_table_get (state)->light;
}

const char *
fl_light_get_words (const FlLight *light)
{
  g_return_val_if_fail (light != NULL, NULL);

  return _ (get_row (light)->words);
}

const char *
fl_light_get_meaning (const FlLight *light)
{
  g_return_val_if_fail (light != NULL, NULL);

  return _ (get_row (light)->meaning);
}

const char *
fl_light_get_stuck_advice (const FlLight *light)
{
  const char *advice;

  g_return_val_if_fail (light != NULL, NULL);

  advice = get_row (light)->stuck_advice;
  return advice != NULL ? _ (advice) : "";
}

const char *
fl_light_get_rhythm (const FlLight *light)
{
  g_return_val_if_fail (light != NULL, NULL);

  return get_row (light)->rhythm;
}

static FlLightState
derive_from_wifi (const FlDeviceState *state)
{
  if (!state->wifi_known)
    return FL_LIGHT_STATE_UNKNOWN;
  if (!state->wifi_up)
    return FL_LIGHT_STATE_WIFI_OFF;
  if (!state->wifi_link)
    return FL_LIGHT_STATE_WIFI_CONNECTING;
  return state->has_ipv4 ? FL_LIGHT_STATE_WIFI_READY : FL_LIGHT_STATE_WIFI_ADDRESS;
}

/* The cloud first: its signals have a higher priority on the device than those of the network. */
static FlLightState
derive_running (const FlDeviceState *state)
{
  switch (state->cloud)
    {
    case FL_CLOUD_CONNECTED:
      return state->mode == FL_MODE_SAFE ? FL_LIGHT_STATE_SAFE_MODE
                                         : FL_LIGHT_STATE_CLOUD_CONNECTED;
    case FL_CLOUD_CONNECTING:
      return FL_LIGHT_STATE_CLOUD_CONNECTING;
    case FL_CLOUD_UNKNOWN:
    case FL_CLOUD_DISCONNECTED:
    case FL_CLOUD_DISCONNECTING:
      break;
    }
  return derive_from_wifi (state);
}

const FlLight *
fl_light_from_state (const FlDeviceState *state)
{
  g_return_val_if_fail (state != NULL, fl_light_get (FL_LIGHT_STATE_UNKNOWN));

  switch (state->mode)
    {
    case FL_MODE_LISTENING:
      return fl_light_get (FL_LIGHT_STATE_LISTENING);
    case FL_MODE_UPDATE:
      return fl_light_get (FL_LIGHT_STATE_DFU);
    case FL_MODE_RUNNING:
    case FL_MODE_SAFE:
    case FL_MODE_UNKNOWN:
      break;
    }
  return fl_light_get (derive_running (state));
}

const FlLight *
fl_light_from_stage (FlStage stage, gboolean provisioning_mode)
{
  switch (stage)
    {
    case FL_STAGE_FINDING:
    case FL_STAGE_CONNECTING:
    case FL_STAGE_SECURING:
    case FL_STAGE_READING:
    case FL_STAGE_CHOOSING:
    case FL_STAGE_SENDING:
      /* In provisioning mode the program of the device goes on, and so does its light. */
      return fl_light_get (provisioning_mode ? FL_LIGHT_STATE_UNKNOWN : FL_LIGHT_STATE_LISTENING);
    case FL_STAGE_JOINING:
      return fl_light_get (FL_LIGHT_STATE_WIFI_CONNECTING);
    case FL_STAGE_ADDRESSING:
      return fl_light_get (FL_LIGHT_STATE_WIFI_ADDRESS);
    case FL_STAGE_REACHING:
      return fl_light_get (FL_LIGHT_STATE_CLOUD_CONNECTING);
    case FL_STAGE_ONLINE:
      return fl_light_get (FL_LIGHT_STATE_CLOUD_CONNECTED);
    case FL_STAGE_FAILED:
    case FL_STAGE_CANCELLED:
      break;
    }
  return fl_light_get (FL_LIGHT_STATE_UNKNOWN);
}

/* Rises from 0 to 1 without corners. */
static double
smooth (double x)
{
  return x * x * (3.0 - 2.0 * x);
}

static guint32
sample_breathe (const FlLight *light, guint at_ms, double *brightness)
{
  double phase = (double) at_ms / light->period_ms;

  *brightness = smooth (phase < 0.5 ? 1.0 - 2.0 * phase : 2.0 * phase - 1.0);
  return light->rgb;
}

static guint32
sample_steps (const FlLight *light, guint at_ms, double *brightness)
{
  const FlLightStep *step = light->steps, *previous = &light->steps[light->n_steps - 1];
  double edge_ms, progress;

  while (at_ms >= step->duration_ms)
    {
      at_ms -= step->duration_ms;
      previous = step++;
    }

  edge_ms = MIN (EDGE_MS, step->duration_ms / 2.0);
  progress = smooth (MIN (1.0, at_ms / edge_ms));
  if (step->rgb == 0)
    {
      *brightness = previous->rgb != 0 ? 1.0 - progress : 0.0;
      return previous->rgb;
    }
  *brightness = previous->rgb != 0 ? 1.0 : progress;
  return step->rgb;
}

guint32
fl_light_sample (const FlLight *light, gint64 at_ms, double *brightness)
{
  guint phase_ms;
  double unused;

  g_return_val_if_fail (light != NULL, 0);

  if (brightness == NULL)
    brightness = &unused;
  *brightness = light->pattern == FL_LIGHT_OFF ? 0.0 : 1.0;
  if (light->period_ms == 0)
    return light->rgb;

  phase_ms = (guint) (((at_ms % light->period_ms) + light->period_ms) % light->period_ms);
  if (light->pattern == FL_LIGHT_BREATHE)
    return sample_breathe (light, phase_ms, brightness);
  return sample_steps (light, phase_ms, brightness);
}

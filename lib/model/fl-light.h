/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device-state.h"
#include "fl-stage.h"

G_BEGIN_DECLS

/* Nicks: "solid", "blink", "rapid", "breathe", "sequence", "off". */
typedef enum
{
  FL_LIGHT_OFF,
  FL_LIGHT_SOLID,
  FL_LIGHT_BLINK,
  FL_LIGHT_RAPID,
  FL_LIGHT_BREATHE,
  FL_LIGHT_SEQUENCE,
} FlLightPattern;

#define FL_TYPE_LIGHT_PATTERN (fl_light_pattern_get_type ())
GType fl_light_pattern_get_type (void);

/* Every row of PROTOCOL.md, "status light". The nick is the state's name in JSON. */
typedef enum
{
  FL_LIGHT_STATE_UNKNOWN,
  FL_LIGHT_STATE_WIFI_OFF,
  FL_LIGHT_STATE_WIFI_IDLE,
  FL_LIGHT_STATE_WIFI_CONNECTING,
  FL_LIGHT_STATE_WIFI_ADDRESS,
  FL_LIGHT_STATE_WIFI_READY,
  FL_LIGHT_STATE_CLOUD_CONNECTING,
  FL_LIGHT_STATE_CLOUD_HANDSHAKE,
  FL_LIGHT_STATE_CLOUD_CONNECTED,
  FL_LIGHT_STATE_SAFE_MODE,
  FL_LIGHT_STATE_UPDATING,
  FL_LIGHT_STATE_LISTENING,
  FL_LIGHT_STATE_DFU,
  FL_LIGHT_STATE_POWER_OFF,
  FL_LIGHT_STATE_NYAN,
  FL_LIGHT_STATE_NO_INTERNET,
  FL_LIGHT_STATE_NO_CLOUD,
  FL_LIGHT_STATE_KEYS_OTHER,
  FL_LIGHT_STATE_KEYS_DECRYPTION,
  FL_LIGHT_STATE_KEYS_AUTHENTICATION,
  FL_LIGHT_STATE_CRASH,
  FL_LIGHT_STATE_SIGNAL_BARS,
  FL_LIGHT_STATE_CLEARED,
} FlLightState;

#define FL_TYPE_LIGHT_STATE (fl_light_state_get_type ())
GType fl_light_state_get_type (void);

/* One step of a rhythm: a colour (0xRRGGBB, 0 is dark) for some time. */
typedef struct
{
  guint32 rgb;
  guint16 duration_ms;
} FlLightStep;

/**
 * FlLight:
 *
 * The device's light as data; static, one per state. For "breathe" the widget fades over period_ms
 * and steps is empty; for the others steps hold one whole period.
 */
typedef struct
{
  FlLightState state;
  FlLightPattern pattern;
  guint period_ms; /* on + off; 0 for solid and off */
  guint32 rgb;     /* main colour, 0xRRGGBB */
  const FlLightStep *steps;
  guint n_steps;
} FlLight;

const FlLight *fl_light_get (FlLightState state);
const char *fl_light_get_words (const FlLight *light);   /* translated: "blinks slowly, blue" */
const char *fl_light_get_meaning (const FlLight *light); /* translated: "waits for set-up" */
/* Advice when the light stays like this (PROTOCOL.md, "stuck at"); "" when it is a resting state.
 */
const char *fl_light_get_stuck_advice (const FlLight *light);
const char *fl_light_get_rhythm (const FlLight *light); /* "▮▯▮▯", "▮▮▯▮▮", "▁▃▅▃▁" … */

/* From what the device reports; from the stage where it reports nothing (the caller says "should").
 */
const FlLight *fl_light_from_state (const FlDeviceState *state);
const FlLight *fl_light_from_stage (FlStage stage, gboolean provisioning_mode);

/* Colour at a time since the pattern began: what a perfect drawing shows. Brightness 0..1. */
guint32 fl_light_sample (const FlLight *light, gint64 at_ms, double *brightness);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-light.h"

G_BEGIN_DECLS

/* A light with what is said about it; strings are marked for translation, not translated. */
typedef struct
{
  FlLight light;
  const char *rhythm;
  const char *words;
  const char *meaning;
  const char *stuck_advice; /* (nullable) */
} FlLightRow;

#define FL_LIGHT_N_STATES (FL_LIGHT_STATE_CLEARED + 1)

/* The row of @state; never NULL, static. */
const FlLightRow *fl_light_table_get (FlLightState state);

G_END_DECLS

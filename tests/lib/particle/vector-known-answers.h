/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Adds a test for each entry of a file in the format particle-ble-known-answers/1. */
void vector_known_answers_add (const char *file, JsonArray *vectors);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

/* The one function of a fuzz target; libFuzzer or corpus-main.c calls it. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes);

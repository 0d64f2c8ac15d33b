/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-output.h"
#include "fl-scanner.h"

G_BEGIN_DECLS

/* The event "label": one code that was read. @file: (nullable) where it was; NULL for a camera.
 * @show_secret: the whole text, too. */
void fl_cli_label_event (FlCliOutput *output, const char *file, FlScan *scan, gboolean show_secret);

G_END_DECLS

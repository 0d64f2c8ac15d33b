/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A limit of time that the reader keeps. The clock is the caller's, so that the reader is pure and
 * a test can count looks at the clock instead of time. */
typedef struct
{
  gint64 (*now_us) (gpointer clock); /* rising; NULL: no limit */
  gpointer clock;
  gint64 until_us;
} FlBudget;

/* @budget: (nullable) no limit. Cheap enough to be asked for every hypothesis. */
gboolean fl_budget_is_over (const FlBudget *budget);

G_END_DECLS

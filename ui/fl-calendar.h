/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-reminder.h"

G_BEGIN_DECLS

/* Shows @reminder to the person's calendar, which asks before it takes it; where there is none,
 * asks where a file of it shall be saved. */
void fl_calendar_add (GtkWindow *parent, const FlReminder *reminder);

G_END_DECLS

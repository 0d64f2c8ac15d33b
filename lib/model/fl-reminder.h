/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day that a calendar shall remind of. All texts are UTF-8. */
typedef struct
{
  const char *uid;         /* tells the entry from others, for ever */
  const char *summary;     /* one line */
  const char *description; /* (nullable) */
  gint64 due_s;            /* seconds since 1970; its day in UTC is the day of the entry */
  guint days_before;       /* when the calendar speaks up */
  gint64 now_s;            /* when the entry is made, seconds since 1970 */
} FlReminder;

/* Pure. (transfer full) a calendar with this one entry, for the whole day: iCalendar (RFC 5545),
 * CRLF line ends, lines of at most 75 bytes. NULL when @due_s or @now_s is in no calendar. */
char *fl_reminder_to_ics (const FlReminder *reminder);

G_END_DECLS

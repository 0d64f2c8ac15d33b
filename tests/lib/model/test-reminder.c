/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "fl-reminder.h"

#define MAY_3_2027 1809345600 /* 2027-05-03T12:00:00Z */
#define NOW        1795000000 /* 2026-11-18T11:06:40Z */

static char *
write_one (const char *summary, const char *description)
{
  const FlReminder reminder = {
    .uid = "one@example",
    .summary = summary,
    .description = description,
    .due_s = MAY_3_2027,
    .days_before = 14,
    .now_s = NOW,
  };

  return fl_reminder_to_ics (&reminder);
}

static void
test_reminder_has_the_day (void)
{
  g_autofree char *text = write_one ("Certificate", NULL);

  g_assert_cmpstr (text, ==,
                   "BEGIN:VCALENDAR\r\n"
                   "VERSION:2.0\r\n"
                   "PRODID:-//First Light//First Light//EN\r\n"
                   "BEGIN:VEVENT\r\n"
                   "UID:one@example\r\n"
                   "DTSTAMP:20261118T110640Z\r\n"
                   "DTSTART;VALUE=DATE:20270503\r\n"
                   "SUMMARY:Certificate\r\n"
                   "TRANSP:TRANSPARENT\r\n"
                   "BEGIN:VALARM\r\n"
                   "ACTION:DISPLAY\r\n"
                   "TRIGGER:-P14D\r\n"
                   "DESCRIPTION:Certificate\r\n"
                   "END:VALARM\r\n"
                   "END:VEVENT\r\n"
                   "END:VCALENDAR\r\n");
}

/* The name of a network may hold anything; it must not become a property of its own. */
static void
test_reminder_escapes_what_would_end_a_value (void)
{
  g_autofree char *text = write_one ("a;b,c\\d\nEND:VEVENT\r\x01z", NULL);

  g_assert_nonnull (strstr (text, "\r\nSUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENTz\r\n"));
  g_assert_null (strstr (text, "\nEND:VEVENT\r\x01"));
}

static void
test_reminder_keeps_lines_short_and_characters_whole (void)
{
  g_autoptr (GString) long_one = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *unfolded = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) parts = NULL;

  for (guint i = 0; i < 60; i++)
    g_string_append (long_one, "aé漢😀");
  text = write_one ("Certificate", long_one->str);

  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
    }

  parts = g_strsplit (text, "\r\n ", -1);
  unfolded = g_strjoinv ("", parts);
  g_assert_nonnull (strstr (unfolded, long_one->str));
}

static void
test_reminder_invalid_utf8_is_replaced (void)
{
  g_autofree char *text = write_one ("Caf\xe9", NULL);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (strstr (text, "SUMMARY:Caf\xef\xbf\xbd\r\n"));
}

static void
test_reminder_without_a_day_is_none (void)
{
  const FlReminder reminder = { "x", "y", NULL, G_MAXINT64, 14, NOW };

  g_assert_null (fl_reminder_to_ics (&reminder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reminder/entry/has-the-day", test_reminder_has_the_day);
  g_test_add_func ("/reminder/text/escapes-what-would-end-a-value",
                   test_reminder_escapes_what_would_end_a_value);
  g_test_add_func ("/reminder/text/keeps-lines-short-and-characters-whole",
                   test_reminder_keeps_lines_short_and_characters_whole);
  g_test_add_func ("/reminder/text/invalid-utf8-is-replaced",
                   test_reminder_invalid_utf8_is_replaced);
  g_test_add_func ("/reminder/entry/without-a-day-is-none", test_reminder_without_a_day_is_none);

  return g_test_run ();
}

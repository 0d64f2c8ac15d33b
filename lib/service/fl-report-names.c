/* SPDX-License-Identifier: Apache-2.0 */
/* Names of networks tell where people live and work: a report can do without them. */
#include "config.h"

#include "fl-report-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Shorter ones are parts of ordinary text: they are replaced between quotation marks only. */
#define MIN_BARE_CHARACTERS 3

struct _FlReportNames
{
  GHashTable *stand_ins; /* name → what stands for it; NULL: names are shown */
  GPtrArray *by_length;  /* of the names, borrowed, longest first */
  char *last;            /* of fl_report_names_get_ssid() */
};

/* A, B … Z, AA, AB … */
static char *
dup_letters (guint index)
{
  GString *letters = g_string_new (NULL);

  for (guint rest = index + 1; rest > 0; rest = (rest - 1) / 26)
    g_string_prepend_c (letters, (char) ('A' + (rest - 1) % 26));
  return g_string_free (letters, FALSE);
}

static void
add (FlReportNames *names, const char *name)
{
  g_autofree char *letters = NULL;

  if (name == NULL || *name == '\0' || g_hash_table_contains (names->stand_ins, name))
    return;

  letters = dup_letters (g_hash_table_size (names->stand_ins));
  g_hash_table_insert (names->stand_ins, g_strdup (name),
                       /* Translators: stands for the name of a network; %s is a letter. */
                       g_strdup_printf (_ ("Network %s"), letters));
}

static void
add_ssid (FlReportNames *names, GBytes *ssid)
{
  gsize size_bytes = 0;
  const guint8 *data = ssid != NULL ? g_bytes_get_data (ssid, &size_bytes) : NULL;
  g_autofree char *name = data != NULL ? fl_ssid_to_name (data, size_bytes) : NULL;

  add (names, name);
}

static void
add_model (FlReportNames *names, GListModel *model)
{
  for (guint i = 0; i < fl_report_count (model); i++)
    add (names, fl_network_get_name (fl_report_peek (model, i)));
}

static int
compare_length (gconstpointer left, gconstpointer right)
{
  gsize left_size = strlen (*(const char *const *) left);
  gsize right_size = strlen (*(const char *const *) right);

  return left_size < right_size ? 1 : left_size > right_size ? -1 : 0;
}

static void
collect (FlReportNames *names, const FlReportFacts *facts)
{
  FlDeviceState *state;
  GHashTableIter iter;
  gpointer name;

  add_model (names, facts->known);
  if (facts->state != NULL)
    add_ssid (names, facts->state->ssid);
  add_model (names, facts->networks);
  if (facts->setup != NULL)
    {
      FlCredentials *credentials = fl_setup_get_credentials (facts->setup);

      add_model (names, fl_setup_get_networks (facts->setup));
      add (names, credentials != NULL ? fl_credentials_get_name (credentials) : NULL);
      state = fl_setup_get_state (facts->setup);
      add_ssid (names, state != NULL ? state->ssid : NULL);
    }
  for (guint i = 0; facts->names != NULL && facts->names[i] != NULL; i++)
    add (names, facts->names[i]);

  g_hash_table_iter_init (&iter, names->stand_ins);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names->by_length, name);
  g_ptr_array_sort (names->by_length, compare_length);
}

FlReportNames *
fl_report_names_new (const FlReportFacts *facts)
{
  FlReportNames *names = g_new0 (FlReportNames, 1);

  if (!facts->hide_names)
    return names;

  names->stand_ins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names->by_length = g_ptr_array_new ();
  collect (names, facts);
  return names;
}

void
fl_report_names_free (FlReportNames *names)
{
  g_clear_pointer (&names->by_length, g_ptr_array_unref);
  g_clear_pointer (&names->stand_ins, g_hash_table_unref);
  g_free (names->last);
  g_free (names);
}

const char *
fl_report_names_get (FlReportNames *names, const char *name)
{
  const char *stand_in;

  if (names->stand_ins == NULL || name == NULL || *name == '\0')
    return name;
  stand_in = g_hash_table_lookup (names->stand_ins, name);
  return stand_in != NULL ? stand_in : _ ("a network"); /* never the name, whatever was missed */
}

const char *
fl_report_names_get_ssid (FlReportNames *names, GBytes *ssid)
{
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (ssid, &size_bytes);

  g_free (names->last);
  names->last = fl_ssid_to_name (data, size_bytes);
  return fl_report_names_get (names, names->last);
}

static gboolean
is_word_character (gunichar c)
{
  return c != (gunichar) -1 && g_unichar_isalnum (c);
}

static gboolean
is_quote (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_INITIAL_PUNCTUATION ||
         g_unichar_type (c) == G_UNICODE_FINAL_PUNCTUATION || c == '"' || c == 0x201E ||
         c == 0x2068 || c == 0x2069; /* FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE */
}

/* Whether the name stands at @at as a word, not as a part of one. */
static gboolean
stands_alone (const char *text, const char *at, const char *name)
{
  const char *end = at + strlen (name);
  const char *before_at = g_utf8_find_prev_char (text, at);
  gunichar before = before_at != NULL ? g_utf8_get_char (before_at) : ' ';
  gunichar after = *end != '\0' ? g_utf8_get_char (end) : ' ';

  if (g_utf8_strlen (name, -1) < MIN_BARE_CHARACTERS)
    return is_quote (before) && is_quote (after);
  if (is_word_character (g_utf8_get_char (name)) && is_word_character (before))
    return FALSE;
  return !(is_word_character (g_utf8_get_char (g_utf8_prev_char (end))) &&
           is_word_character (after));
}

static const char *
find_name (FlReportNames *names, const char *text, const char *at)
{
  for (guint i = 0; i < names->by_length->len; i++)
    if (g_str_has_prefix (at, names->by_length->pdata[i]) &&
        stands_alone (text, at, names->by_length->pdata[i]))
      return names->by_length->pdata[i];
  return NULL;
}

/* Once from left to right: what was put in is not looked at again. */
char *
fl_report_names_apply (FlReportNames *names, const char *text)
{
  g_autofree char *valid = NULL;
  GString *result;

  if (text == NULL)
    return NULL;
  valid = g_utf8_make_valid (text, -1);
  if (names->stand_ins == NULL)
    return g_steal_pointer (&valid);

  result = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at != '\0';)
    {
      const char *name = find_name (names, valid, at);

      if (name != NULL)
        {
          g_string_append (result, g_hash_table_lookup (names->stand_ins, name));
          at += strlen (name);
          continue;
        }
      g_string_append_unichar (result, g_utf8_get_char (at));
      at = g_utf8_next_char (at);
    }
  return g_string_free (result, FALSE);
}

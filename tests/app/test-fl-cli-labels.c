/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-cli-labels.h"
#include "fl-error.h"

#include <string.h>

#define FIRST  "P046AB245AB12CD Q7XK2MRW9TZ4HVB"
#define SECOND "ARNKAB245EF34GH BBBBBBBBBBBBBBB"

static GPtrArray *
parse (const char *text, guint max, GError **error)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (text);

  return fl_cli_labels_parse (secret, max, error);
}

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    guint n;
    const char *last_code;
  } cases[] = {
    { FIRST, 1, "AB12CD" },
    { "P046AB245AB12CD\nQ7XK2MRW9TZ4HVB\n", 1, "AB12CD" },
    { FIRST "\n" SECOND, 2, "EF34GH" },
    { "\n\n  " FIRST "\r\n\r\n\t" SECOND "  \r\n\n", 2, "EF34GH" },
    { FIRST "\nef34gh BBBBBBBBBBBBBBB", 2, "EF34GH" },
    { "ab12cd Q7XK2MRW9TZ4HVB", 1, "AB12CD" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) labels = parse (cases[i].text, 10, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (labels->len, ==, cases[i].n);
      g_assert_cmpstr (fl_label_get_setup_code (labels->pdata[labels->len - 1]), ==,
                       cases[i].last_code);
      g_assert_nonnull (fl_label_get_secret (labels->pdata[labels->len - 1]));
    }
}

static void
test_bad (void)
{
  static const char *const cases[] = {
    "", "\n\n", "https://example.com/", FIRST "\nrubbish", "rubbish\n" FIRST, FIRST "\n" SECOND "X"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) labels = parse (cases[i], 10, &error);

      g_assert_null (labels);
      g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
      g_assert_null (strstr (error->message, "Q7XK"));
    }
}

static void
test_limit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fits = parse (FIRST "\n" SECOND "\n", 2, &error);
  g_autoptr (GPtrArray) labels = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (fits->len, ==, 2);
  labels = parse (FIRST "\n" SECOND "\n" FIRST "\n", 2, &error);
  g_assert_null (labels);
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
}

static void
test_find (void)
{
  /* The same set-up code twice: only the serial number tells them apart. */
  g_autoptr (GPtrArray) labels =
      parse ("P046AB245AB12CD Q7XK2MRW9TZ4HVB\nP051ZZ999AB12CD BBBBBBBBBBBBBBB\n"
             "EF34GH CCCCCCCCCCCCCCC\n",
             10, NULL);

  g_assert_true (fl_cli_labels_find (labels, "ab12cd", NULL) == labels->pdata[0]);
  g_assert_true (fl_cli_labels_find (labels, "AB12CD", "p051zz999ab12cd") == labels->pdata[1]);
  g_assert_null (fl_cli_labels_find (labels, "AB12CD", "P051ZZ998AB12CD"));
  g_assert_true (fl_cli_labels_find (labels, "EF34GH", "P046AB245EF34GH") == labels->pdata[2]);
  g_assert_null (fl_cli_labels_find (labels, NULL, NULL));
  g_assert_null (fl_cli_labels_find (labels, "AA:BB:CC:DD:EE:FF", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli-labels/parse/one-label-or-one-a-line", test_good);
  g_test_add_func ("/cli-labels/parse/refuses-what-is-no-label", test_bad);
  g_test_add_func ("/cli-labels/parse/bounded", test_limit);
  g_test_add_func ("/cli-labels/find/serial-before-code", test_find);
  return g_test_run ();
}

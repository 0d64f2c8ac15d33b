/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-label-text.h"

#include <string.h>

#include "fl-error.h"

#define SERIAL "P046AB12CD4F2A1"
#define SECRET "aB3$efGhIj1k2L~"
/* Luhn's digits are right: 3GPP's and E.118's own rules. */
#define IMEI      "490154203237518"
#define ICCID_19  "8944500102198304826"
#define ICCID_20  "89445001021983048261"
#define DEVICE_ID "0a10aced202194944a0003c8"

static FlLabelText *
read_text (const char *text, gssize size_bytes)
{
  g_autoptr (FlSecret) secret =
      fl_secret_new (text, size_bytes < 0 ? strlen (text) : (gsize) size_bytes);

  return fl_label_text_new (secret);
}

typedef struct
{
  const char *text;
  FlLabelKind kind;
  const char *number;
} Row;

static const Row rows[] = {
  { SERIAL " " SECRET, FL_LABEL_KIND_SERIAL_SECRET, SERIAL },
  { SERIAL "\n" SECRET, FL_LABEL_KIND_SERIAL_SECRET, SERIAL },
  { SERIAL "\r\n" SECRET "\r\n", FL_LABEL_KIND_SERIAL_SECRET, SERIAL },
  { "\v" SERIAL "\t \v\f  " SECRET "\v", FL_LABEL_KIND_SERIAL_SECRET, SERIAL },
  { "p046ab12cd4f2a1 " SECRET, FL_LABEL_KIND_SERIAL_SECRET, SERIAL },
  { "XYZWAB12CD4F2A1 " SECRET, FL_LABEL_KIND_SERIAL_SECRET, "XYZWAB12CD4F2A1" },
  { "P011AB12CD4F2A1 " SECRET, FL_LABEL_KIND_SERIAL_SECRET, "P011AB12CD4F2A1" },
  { SERIAL, FL_LABEL_KIND_SERIAL, SERIAL },
  { "PHHTAB712345678", FL_LABEL_KIND_SERIAL, "PHHTAB712345678" }, /* Photon */
  { "P1MDAB712345678", FL_LABEL_KIND_SERIAL, "P1MDAB712345678" }, /* P1 */
  { "012345678901234", FL_LABEL_KIND_SERIAL, "012345678901234" }, /* Luhn says: no IMEI */
  { SERIAL " " IMEI, FL_LABEL_KIND_SERIAL, SERIAL },
  { SERIAL " " ICCID_19, FL_LABEL_KIND_SERIAL, SERIAL },
  { SERIAL " " IMEI " " ICCID_20, FL_LABEL_KIND_SERIAL, SERIAL },
  { SERIAL " 123456789012", FL_LABEL_KIND_SHORT_SECRET, SERIAL },
  { SERIAL " 1234567890123", FL_LABEL_KIND_SHORT_SECRET, SERIAL },
  { SERIAL "\n12345678901234", FL_LABEL_KIND_SHORT_SECRET, SERIAL },
  { "P010AB12CD4F2A1", FL_LABEL_KIND_KIT, "P010AB12CD4F2A1" },
  { "P011AB12CD4F2A1", FL_LABEL_KIND_KIT, "P011AB12CD4F2A1" },
  { "p013ab12cd4f2a1\n", FL_LABEL_KIND_KIT, "P013AB12CD4F2A1" },
  { ICCID_19, FL_LABEL_KIND_ICCID, ICCID_19 },
  { ICCID_20, FL_LABEL_KIND_ICCID, ICCID_20 },
  { ICCID_19 "F", FL_LABEL_KIND_ICCID, ICCID_19 "F" },
  { "ICCID:" ICCID_19, FL_LABEL_KIND_ICCID, ICCID_19 },
  { IMEI, FL_LABEL_KIND_IMEI, IMEI },
  { "IMEI: " IMEI, FL_LABEL_KIND_IMEI, IMEI },
  { IMEI " " ICCID_19, FL_LABEL_KIND_IMEI, IMEI },
  { ICCID_20 "," IMEI, FL_LABEL_KIND_ICCID, ICCID_20 },
  { "IMEI:" IMEI ";ICCID:" ICCID_19, FL_LABEL_KIND_IMEI, IMEI },
  { IMEI " 001010123456789", FL_LABEL_KIND_IMEI, IMEI }, /* and a subscriber's */
  { DEVICE_ID, FL_LABEL_KIND_DEVICE_ID, DEVICE_ID },
  { "E00FCE6812345678ABCDEF01\n", FL_LABEL_KIND_DEVICE_ID, "e00fce6812345678abcdef01" },
  { "123456789012345678901234", FL_LABEL_KIND_DEVICE_ID, "123456789012345678901234" },
  { "", FL_LABEL_KIND_FOREIGN, NULL },
  { " \n\v ", FL_LABEL_KIND_FOREIGN, NULL },
  { "https://example.com/d/" SERIAL, FL_LABEL_KIND_FOREIGN, NULL },
  { "WIFI:T:WPA;S:Home;P:topsecret12345;;", FL_LABEL_KIND_FOREIGN, NULL },
  { "BEGIN:VCARD\nFN:A B\nEND:VCARD", FL_LABEL_KIND_FOREIGN, NULL },
  { "4006381333931", FL_LABEL_KIND_FOREIGN, NULL }, /* EAN-13 */
  { "490154203237519 " SECRET " more", FL_LABEL_KIND_FOREIGN, NULL },
  { "8944500102198304827", FL_LABEL_KIND_FOREIGN, NULL }, /* Luhn says: no ICCID */
  { SERIAL SECRET, FL_LABEL_KIND_FOREIGN, NULL },
  { SERIAL " " SECRET "x", FL_LABEL_KIND_FOREIGN, NULL },
  { SERIAL " 12345678901", FL_LABEL_KIND_FOREIGN, NULL },
  { SERIAL " " SECRET " more", FL_LABEL_KIND_FOREIGN, NULL },
  { SERIAL " 1234567890123\xc3\xa9", FL_LABEL_KIND_FOREIGN, NULL },
  { "P046-B12CD4F2A1 " SECRET, FL_LABEL_KIND_FOREIGN, NULL },
  { "IMEI:", FL_LABEL_KIND_FOREIGN, NULL },
  { ",,;;//", FL_LABEL_KIND_FOREIGN, NULL },
  { "\xff\xfe\x01", FL_LABEL_KIND_FOREIGN, NULL },
};

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlLabelText) text = read_text (rows[i].text, -1);

      g_test_message ("row %u", i);
      g_assert_cmpstr (fl_label_kind_get_id (fl_label_text_get_kind (text)), ==,
                       fl_label_kind_get_id (rows[i].kind));
      g_assert_cmpstr (fl_label_text_get_number (text), ==, rows[i].number);
    }
}

static void
test_bytes (void)
{
  static const char with_nul[] = SERIAL "\0" SECRET;
  g_autofree char *too_long = g_strnfill (4097, ' ');
  g_autoptr (FlLabelText) nul = read_text (with_nul, sizeof with_nul - 1);
  g_autoptr (FlLabelText) largest = NULL, longer = NULL;

  memcpy (too_long, SERIAL " " SECRET, 31);
  largest = read_text (too_long, 4096);
  longer = read_text (too_long, 4097);
  g_assert_cmpint (fl_label_text_get_kind (nul), ==, FL_LABEL_KIND_FOREIGN);
  g_assert_cmpint (fl_label_text_get_kind (largest), ==, FL_LABEL_KIND_SERIAL_SECRET);
  g_assert_cmpint (fl_label_text_get_kind (longer), ==, FL_LABEL_KIND_FOREIGN);
}

static void
test_uses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlLabelText) text = read_text (rows[i].text, -1);
      FlLabelUse uses = fl_label_text_get_uses (text);
      FlLabel *label = fl_label_text_get_label (text);
      FlLabelKind kind = rows[i].kind;

      g_assert_cmpint ((uses & FL_LABEL_USE_PROVE) != 0, ==, kind == FL_LABEL_KIND_SERIAL_SECRET);
      g_assert_cmpint ((uses & FL_LABEL_USE_FIND) != 0, ==,
                       kind == FL_LABEL_KIND_SERIAL_SECRET || kind == FL_LABEL_KIND_SERIAL ||
                           kind == FL_LABEL_KIND_SHORT_SECRET || kind == FL_LABEL_KIND_DEVICE_ID);
      g_assert_cmpint (label != NULL, ==,
                       (uses & FL_LABEL_USE_FIND) != 0 && kind != FL_LABEL_KIND_DEVICE_ID);
      if (label != NULL)
        g_assert_cmpint (fl_label_get_secret (label) != NULL, ==,
                         kind == FL_LABEL_KIND_SERIAL_SECRET);
      g_assert_cmpstr (fl_label_text_get_device_id (text), ==,
                       kind == FL_LABEL_KIND_DEVICE_ID ? rows[i].number : NULL);
    }
}

static void
test_whole_label (void)
{
  g_autoptr (FlLabelText) text = read_text (SERIAL " " SECRET, -1);
  FlLabel *label = fl_label_text_get_label (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (fl_label_text_check (text, FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fl_label_get_setup_code (label), ==, "D4F2A1");
  g_assert_cmpstr (fl_secret_get_text (fl_label_get_secret (label)), ==, SECRET);
}

/* The sentence names the thing, never its text. */
static void
test_why_not (void)
{
  static const struct
  {
    const char *text;
    FlLabelUse wanted;
    const char *word;
  } cases[] = {
    { SERIAL, FL_LABEL_USE_PROVE, "USB cable" },
    { SERIAL " 123456789012", FL_LABEL_USE_PROVE, "USB cable" },
    { SERIAL " 123456789012", FL_LABEL_USE_PROVE, "short secret" },
    { DEVICE_ID, FL_LABEL_USE_PROVE, "device ID" },
    { "P011AB12CD4F2A1", FL_LABEL_USE_FIND, "kit" },
    { ICCID_19, FL_LABEL_USE_FIND, "SIM card" },
    { IMEI, FL_LABEL_USE_FIND, "modem" },
    { "https://example.com/topsecret", FL_LABEL_USE_FIND, "web address" },
    { "WIFI:S:Home;P:topsecret;;", FL_LABEL_USE_FIND, "wireless network" },
    { "BEGIN:VCARD\nFN:topsecret", FL_LABEL_USE_FIND, "visiting card" },
    { "MECARD:N:topsecret;;", FL_LABEL_USE_FIND, "visiting card" },
    { "4006381333931", FL_LABEL_USE_FIND, "product" },
    { "", FL_LABEL_USE_FIND, "empty" },
    { "topsecret", FL_LABEL_USE_FIND, "another kind" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FlLabelText) text = read_text (cases[i].text, -1);
      g_autoptr (GError) error = NULL;

      g_assert_true (fl_label_text_check (text, FL_LABEL_USE_NONE, NULL));
      g_assert_false (fl_label_text_check (text, cases[i].wanted, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
      g_assert_nonnull (strstr (error->message, cases[i].word));
      g_assert_null (strstr (error->message, "topsecret"));
      g_assert_null (strstr (error->message, "D4F2A1"));
      g_assert_null (strstr (error->message, "123456789012"));
    }
}

static void
test_finding_needs_no_secret (void)
{
  static const char *const texts[] = { SERIAL, SERIAL " 123456789012", DEVICE_ID };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FlLabelText) text = read_text (texts[i], -1);

      g_assert_true (fl_label_text_check (text, FL_LABEL_USE_FIND, NULL));
    }
}

static gboolean
are_equal (const char *a, const char *b)
{
  g_autoptr (FlLabelText) first = read_text (a, -1);
  g_autoptr (FlLabelText) second = read_text (b, -1);

  return fl_label_text_equal (first, second);
}

static void
test_equal (void)
{
  g_assert_true (are_equal (SERIAL " " SECRET, SERIAL "\n" SECRET));
  g_assert_true (are_equal (SERIAL " " SECRET, "p046ab12cd4f2a1"));
  g_assert_true (are_equal (DEVICE_ID, "0A10ACED202194944A0003C8"));
  g_assert_true (are_equal ("one text", "one text"));
  g_assert_false (are_equal ("one text", "other text"));
  g_assert_false (are_equal ("one text", SERIAL));
  g_assert_false (are_equal (SERIAL, "P046AB12CD4F2A2"));
  g_assert_false (are_equal (SERIAL, DEVICE_ID));
}

static void
test_names (void)
{
  for (int kind = FL_LABEL_KIND_SERIAL_SECRET; kind <= FL_LABEL_KIND_FOREIGN; kind++)
    {
      g_assert_cmpuint (strlen (fl_label_kind_get_name ((FlLabelKind) kind)), >, 0);
      for (int other = FL_LABEL_KIND_SERIAL_SECRET; other < kind; other++)
        g_assert_cmpstr (fl_label_kind_get_id ((FlLabelKind) kind), !=,
                         fl_label_kind_get_id ((FlLabelKind) other));
    }
}

static void
test_boxed (void)
{
  g_autoptr (FlLabelText) text = read_text (SERIAL, -1);
  FlLabelText *copy = g_boxed_copy (FL_TYPE_LABEL_TEXT, text);

  g_assert_true (copy == text);
  g_boxed_free (FL_TYPE_LABEL_TEXT, copy);
  g_assert_cmpstr (fl_label_text_get_number (text), ==, SERIAL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-text/every-payload/its-kind", test_kinds);
  g_test_add_func ("/label-text/bytes/bounded", test_bytes);
  g_test_add_func ("/label-text/every-payload/its-uses", test_uses);
  g_test_add_func ("/label-text/whole-label/finds-and-proves", test_whole_label);
  g_test_add_func ("/label-text/not-usable/says-why", test_why_not);
  g_test_add_func ("/label-text/without-secret/finds", test_finding_needs_no_secret);
  g_test_add_func ("/label-text/again/equal", test_equal);
  g_test_add_func ("/label-text/kinds/have-names", test_names);
  g_test_add_func ("/label-text/boxed/shares-it", test_boxed);
  return g_test_run ();
}

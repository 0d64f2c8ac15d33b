/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-profile-xml.h"

#include <string.h>

#include "fl-error.h"
#include "fl-profile-plist.h"

static FlXmlNode *
parse (const char *text, GError **error)
{
  g_autoptr (FlSecret) contents = fl_secret_new_from_string (text);

  return fl_xml_parse (contents, error);
}

/* What is refused for what it declares is told apart from what is damaged. */
static void
assert_refused (const char *text, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlXmlNode) root = parse (text, &error);

  g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
  g_assert_null (root);
  g_assert_nonnull (strstr (error->message, reason));
}

#define DECLARES "declares parts of its own"
#define DAMAGED  "is damaged in line"

static void
test_xml_reads_elements_and_texts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlXmlNode) root = parse ("<?xml version=\"1.0\"?>\n<!-- a -->\n"
                                      "<n:a xmlns:n=\"urn:x\" k='1' lang=\"d&amp;e\">t&lt;"
                                      "<b>x<![CDATA[<y>]]>&#x41;</b>u<b/></n:a>",
                                      &error);

  g_assert_no_error (error);
  g_assert_cmpstr (root->name, ==, "a");
  g_assert_cmpstr (root->text, ==, "t<u");
  g_assert_cmpstr (fl_xml_node_get_attribute (root, "k"), ==, "1");
  g_assert_cmpstr (fl_xml_node_get_attribute (root, "lang"), ==, "d&e");
  g_assert_null (fl_xml_node_get_attribute (root, "d"));
  g_assert_cmpuint (root->children->len, ==, 2);
  g_assert_cmpstr (fl_xml_node_get_child_text (root, "b"), ==, "x<y>A");
  g_assert_null (fl_xml_node_find (root, "c"));
  g_assert_null (fl_xml_node_find (NULL, "c"));
}

static void
test_xml_reads_other_encodings (void)
{
  static const guint8 utf16[] = { 0xff, 0xfe, '<', 0,   'a', 0,   '>', 0,   0xe9,
                                  0,    '<',  0,   '/', 0,   'a', 0,   '>', 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlXmlNode) latin =
      parse ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe9</a>", &error);
  g_autoptr (FlSecret) contents = fl_secret_new (utf16, sizeof utf16);
  g_autoptr (FlXmlNode) wide = fl_xml_parse (contents, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (latin->text, ==, "é");
  g_assert_nonnull (wide);
  g_assert_cmpstr (wide->text, ==, "é");
}

static void
test_xml_takes_a_document_type_it_does_not_load (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlXmlNode) root =
      parse ("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
             "\"http://127.0.0.1:9/PropertyList-1.0.dtd\">\n<plist>a</plist>",
             &error);

  g_assert_no_error (error);
  g_assert_cmpstr (root->text, ==, "a");
}

/* Ten entities, each ten of the one before. */
static void
test_xml_refuses_a_billion_laughs (void)
{
  g_autoptr (GString) text = g_string_new ("<!DOCTYPE a [<!ENTITY l0 \"lol\">\n");

  for (int i = 1; i < 10; i++)
    {
      g_string_append_printf (text, "<!ENTITY l%d \"", i);
      for (int n = 0; n < 10; n++)
        g_string_append_printf (text, "&l%d;", i - 1);
      g_string_append (text, "\">\n");
    }
  g_string_append (text, "]><a>&l9;</a>");
  assert_refused (text->str, DECLARES);
}

/* One long entity, used often. */
static void
test_xml_refuses_a_quadratic_blow_up (void)
{
  g_autoptr (GString) text = g_string_new ("<!DOCTYPE a [<!ENTITY x \"");

  for (int i = 0; i < 50000; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\">]><a>");
  for (int i = 0; i < 50000; i++)
    g_string_append (text, "&x;");
  g_string_append (text, "</a>");
  assert_refused (text->str, DECLARES);
}

static void
test_xml_refuses_entities_of_any_kind (void)
{
  static const char *const texts[] = {
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY x PUBLIC \"p\" \"http://127.0.0.1:9/x\">]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY % x SYSTEM \"file:///etc/passwd\"> %x;]><a/>",
    "<!DOCTYPE a [<!ENTITY % x \"<!ENTITY y 'z'>\"> %x;]><a>&y;</a>",
    "<!DOCTYPE a [<!NOTATION n SYSTEM \"n\"><!ENTITY x SYSTEM \"f\" NDATA n>]><a/>",
    "<!DOCTYPE a [<!ENTITY x \"harmless\">]><a/>",
    "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x.dtd\" [<!ENTITY x \"y\">]><a/>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], DECLARES);
}

static void
test_xml_refuses_declarations_that_add_contents (void)
{
  assert_refused ("<!DOCTYPE a [<!ATTLIST a b CDATA \"c\">]><a/>", DECLARES);
  assert_refused ("<!DOCTYPE a [<!ATTLIST a b (x|y) \"x\">]><a/>", DECLARES);
  assert_refused ("<!DOCTYPE a [<!ELEMENT a (b)>]><a/>", DECLARES);
}

/* Their texts would be missing without a word. */
static void
test_xml_refuses_entities_it_does_not_know (void)
{
  static const char *const texts[] = {
    "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x.dtd\"><a>b&x;c</a>",
    "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x.dtd\"><a b=\"&x;\"/>",
    "<a>b&x;c</a>",
    "<a b=\"&x;\"/>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlXmlNode) root = parse (texts[i], &error);

      g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
      g_assert_null (root);
    }
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "<a>");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "</a>");
  return g_string_free (text, FALSE);
}

static void
test_xml_refuses_deep_nesting (void)
{
  g_autofree char *deep = nest (65), *deeper = nest (100000), *allowed = nest (64);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlXmlNode) root = parse (allowed, &error);

  g_assert_no_error (error);
  assert_refused (deep, "built in a way");
  assert_refused (deeper, "built in a way");
}

static void
test_xml_refuses_too_many_elements (void)
{
  g_autoptr (GString) text = g_string_new ("<a>");

  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "<b/>");
  g_string_append (text, "</a>");
  assert_refused (text->str, "built in a way");
}

static void
test_xml_names_the_damaged_line (void)
{
  assert_refused ("<a>\n<b>\n</a>", "line 3");
  assert_refused ("", DAMAGED);
  assert_refused ("text", "line 1");
  assert_refused ("<a>", DAMAGED);
  assert_refused ("<a></a><b></b>", DAMAGED);
  assert_refused ("<a>\xff\xfe</a>", DAMAGED);
  assert_refused ("<a>\x01</a>", DAMAGED);
}

/* libxml2 has faults that it would print. */
static void
test_xml_damaged_encodings_are_quiet (void)
{
  if (g_test_subprocess ())
    {
      assert_refused ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\xc3\xa9</a>", DAMAGED);
      assert_refused ("<?xml version=\"1.0\" encoding=\"EUC-JP\"?><a>\xff\xff\xff</a>", DAMAGED);
      assert_refused ("<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>", DAMAGED);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr_unmatched ("*error*");
}

static void
test_xml_refuses_bytes_of_zero (void)
{
  static const char text[] = "<a>b\0c</a>";
  g_autoptr (FlSecret) contents = fl_secret_new (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlXmlNode) root = fl_xml_parse (contents, &error);

  g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
  g_assert_null (root);
}

static void
test_xml_long_texts_stay_whole (void)
{
  g_autoptr (GString) text = g_string_new ("<a>");
  g_autoptr (GError) error = NULL;
  g_autoptr (FlXmlNode) root = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "0123456789");
  g_string_append (text, "</a>");
  root = parse (text->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (root->text_bytes, ==, 1000000);
  g_assert_true (g_str_has_suffix (root->text, "56789"));
}

static void
test_plist_reads_values (void)
{
  g_autoptr (FlXmlNode) dict =
      parse ("<dict><key>s</key><string> x</string><key>i</key><integer>-7</integer>"
             "<key>t</key><true/><key>f</key><false/><key>d</key><data>aGk=\n</data>"
             "<key>w</key><date>2027-01-02T03:04:05Z</date>"
             "<key>a</key><array><string>y</string></array></dict>",
             NULL);
  g_autoptr (FlSecret) data = fl_plist_dup_data (dict, "d");
  gint64 value = 0;

  g_assert_true (fl_plist_is_valid (dict));
  g_assert_cmpstr (fl_plist_get_string (dict, "s"), ==, " x");
  g_assert_true (fl_plist_node_get_integer (fl_plist_lookup (dict, "i"), &value));
  g_assert_cmpint (value, ==, -7);
  g_assert_true (fl_plist_get_boolean (dict, "t"));
  g_assert_false (fl_plist_get_boolean (dict, "f"));
  g_assert_false (fl_plist_get_boolean (dict, "s"));
  g_assert_cmpmem (fl_secret_get_data (data), fl_secret_get_size (data), "hi", 2);
  g_assert_cmpint (fl_plist_get_date (dict, "w"), ==, 1798859045);
  g_assert_cmpuint (fl_plist_get_length (fl_plist_lookup (dict, "a")), ==, 1);
  g_assert_null (fl_plist_get_item (fl_plist_lookup (dict, "a"), 1));
  g_assert_null (fl_plist_get_string (dict, "i"));
  g_assert_null (fl_plist_get_string (dict, "nothing"));
  g_assert_null (fl_plist_dup_data (dict, "s"));
  g_assert_cmpint (fl_plist_get_date (dict, "s"), ==, 0);
}

static void
test_plist_finds_wrong_structures (void)
{
  static const char *const texts[] = {
    "<plist/>",
    "<dict><key>a</key></dict>",
    "<dict><string>a</string><string>b</string></dict>",
    "<dict><key>a</key><key>b</key></dict>",
    "<dict><key>a</key><what/></dict>",
    "<array><dict><key>a<b/></key><true/></dict></array>",
    "<dict><key>a</key><string><b/></string></dict>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FlXmlNode) root = parse (texts[i], NULL);

      g_assert_nonnull (root);
      g_assert_false (fl_plist_is_valid (root));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/xml/parse/elements-and-texts", test_xml_reads_elements_and_texts);
  g_test_add_func ("/xml/parse/other-encodings", test_xml_reads_other_encodings);
  g_test_add_func ("/xml/parse/document-type-not-loaded",
                   test_xml_takes_a_document_type_it_does_not_load);
  g_test_add_func ("/xml/parse/long-texts-stay-whole", test_xml_long_texts_stay_whole);
  g_test_add_func ("/xml/hostile/billion-laughs", test_xml_refuses_a_billion_laughs);
  g_test_add_func ("/xml/hostile/quadratic-blow-up", test_xml_refuses_a_quadratic_blow_up);
  g_test_add_func ("/xml/hostile/entities-of-any-kind", test_xml_refuses_entities_of_any_kind);
  g_test_add_func ("/xml/hostile/declarations-that-add-contents",
                   test_xml_refuses_declarations_that_add_contents);
  g_test_add_func ("/xml/hostile/unknown-entities", test_xml_refuses_entities_it_does_not_know);
  g_test_add_func ("/xml/hostile/deep-nesting", test_xml_refuses_deep_nesting);
  g_test_add_func ("/xml/hostile/too-many-elements", test_xml_refuses_too_many_elements);
  g_test_add_func ("/xml/damaged/names-the-line", test_xml_names_the_damaged_line);
  g_test_add_func ("/xml/damaged/encodings-are-quiet", test_xml_damaged_encodings_are_quiet);
  g_test_add_func ("/xml/damaged/bytes-of-zero", test_xml_refuses_bytes_of_zero);
  g_test_add_func ("/plist/reads/values", test_plist_reads_values);
  g_test_add_func ("/plist/refuses/wrong-structures", test_plist_finds_wrong_structures);
  return g_test_run ();
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-product.h"

#include <string.h>

#include "fl-error.h"

#define LEAST "[Product]\nid=x\nname=X\n"
#define UUIDS                                                                                      \
  "service=6E400021-B5A3-F393-E0A9-E50E24DCCA9E\nrx=1822\n"                                        \
  "tx=6e400023-b5a3-f393-e0a9-e50e24dcca9e\nversion=6e400024-b5a3-f393-e0a9-e50e24dcca9e\n"

static FlProduct *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FlProduct *product = fl_product_parse (text, strlen (text), "f", NULL, &error);

  g_assert_no_error (error);
  return product;
}

static FlProduct *
load_shipped (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".product", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "products", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return parse (text);
}

static void
test_product_factory_equals_the_shipped_file (void)
{
  g_autoptr (FlProduct) built_in = fl_product_new_factory ();
  g_autoptr (FlProduct) shipped = load_shipped ("particle-factory");
  const FlGattProfile *a = fl_product_get_gatt (built_in), *b = fl_product_get_gatt (shipped);

  g_assert_cmpstr (fl_product_get_id (built_in), ==, fl_product_get_id (shipped));
  g_assert_cmpstr (fl_product_get_name (built_in), ==, fl_product_get_name (shipped));
  g_assert_cmpstr (fl_product_get_vendor (built_in), ==, fl_product_get_vendor (shipped));
  g_assert_cmpstr (fl_product_get_accent (built_in), ==, fl_product_get_accent (shipped));
  g_assert_cmpstr (fl_product_get_logo (built_in), ==, fl_product_get_logo (shipped));
  g_assert_cmpstr (fl_product_get_help_uri (built_in), ==, fl_product_get_help_uri (shipped));
  g_assert_cmpstr (fl_product_get_privacy_uri (built_in), ==, fl_product_get_privacy_uri (shipped));
  g_assert_cmpstr (fl_product_get_contact_uri (built_in), ==, fl_product_get_contact_uri (shipped));
  g_assert_cmpstr (a->service, ==, b->service);
  g_assert_cmpstr (a->rx, ==, b->rx);
  g_assert_cmpstr (a->tx, ==, b->tx);
  g_assert_cmpstr (a->version, ==, b->version);
  g_assert_cmpint (a->version_value, ==, b->version_value);
  g_assert_cmpint (fl_product_get_company_id (built_in), ==, fl_product_get_company_id (shipped));
  g_assert_cmpint (fl_product_get_name_rule (built_in), ==, fl_product_get_name_rule (shipped));
  g_assert_cmpint (fl_product_get_code_source (built_in), ==, fl_product_get_code_source (shipped));
  g_assert_cmpint (fl_product_get_secret_source (built_in), ==,
                   fl_product_get_secret_source (shipped));
  g_assert_cmpint (fl_product_is_provisioning (built_in), ==, fl_product_is_provisioning (shipped));
  g_assert_true (fl_product_allows_family (built_in, "particle"));
  g_assert_true (fl_product_allows_family (shipped, "particle"));
}

static void
test_product_four_methods_ship (void)
{
  static const struct
  {
    const char *id, *service, *rx;
    gboolean provisioning;
    FlNameRule name_rule;
    FlCodeSource code_source;
    FlSecretSource secret_source;
    const char *fixed_name, *secret;
  } rows[] = {
    { "particle-factory", "6fa90001-5c4e-48a8-94f4-8030546f36fc",
      "6fa90004-5c4e-48a8-94f4-8030546f36fc", FALSE, FL_NAME_SUFFIX, FL_CODE_SCAN, FL_SECRET_LABEL,
      NULL, NULL },
    { "particle-provisioning", "6e400021-b5a3-f393-e0a9-e50e24dcca9e",
      "6e400022-b5a3-f393-e0a9-e50e24dcca9e", TRUE, FL_NAME_SUFFIX, FL_CODE_SCAN, FL_SECRET_LABEL,
      NULL, NULL },
    { "particle-fixed-secret", "6e400021-b5a3-f393-e0a9-e50e24dcca9e",
      "6e400022-b5a3-f393-e0a9-e50e24dcca9e", TRUE, FL_NAME_SUFFIX, FL_CODE_TYPED,
      FL_SECRET_CONSTANT, NULL, "AAAAAAAAAAAAAAA" },
    { "particle-fixed-id", "6e400021-b5a3-f393-e0a9-e50e24dcca9e",
      "6e400022-b5a3-f393-e0a9-e50e24dcca9e", TRUE, FL_NAME_FIXED, FL_CODE_NONE, FL_SECRET_CONSTANT,
      "aabbcc", "AAAAAAAAAAAAAAA" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlProduct) product = load_shipped (rows[i].id);
      FlSecret *secret = fl_product_get_secret (product);

      g_assert_cmpstr (fl_product_get_id (product), ==, rows[i].id);
      g_assert_cmpstr (fl_product_get_gatt (product)->service, ==, rows[i].service);
      g_assert_cmpstr (fl_product_get_gatt (product)->rx, ==, rows[i].rx);
      g_assert_cmpint (fl_product_get_gatt (product)->version_value, ==, 2);
      g_assert_cmpint (fl_product_is_provisioning (product), ==, rows[i].provisioning);
      g_assert_cmpint (fl_product_get_name_rule (product), ==, rows[i].name_rule);
      g_assert_cmpint (fl_product_get_code_source (product), ==, rows[i].code_source);
      g_assert_cmpint (fl_product_get_secret_source (product), ==, rows[i].secret_source);
      g_assert_cmpstr (fl_product_get_fixed_name (product), ==, rows[i].fixed_name);
      g_assert_cmpstr (secret != NULL ? fl_secret_get_text (secret) : NULL, ==, rows[i].secret);
    }
}

static void
test_product_least_profile_has_defaults (void)
{
  g_autoptr (FlProduct) product = parse (LEAST);

  g_assert_cmpstr (fl_product_get_gatt (product)->service, ==,
                   "6fa90001-5c4e-48a8-94f4-8030546f36fc");
  g_assert_cmpint (fl_product_get_company_id (product), ==, -1);
  g_assert_cmpint (fl_product_get_name_rule (product), ==, FL_NAME_SUFFIX);
  g_assert_cmpint (fl_product_get_code_source (product), ==, FL_CODE_SCAN);
  g_assert_true (fl_product_allows_family (product, "particle"));
  g_assert_false (fl_product_allows_family (product, "blynk"));
  g_assert_null (fl_product_get_vendor (product));
  g_assert_null (fl_product_get_logo (product));
}

static void
test_product_own_profile_is_read_whole (void)
{
  static const char text[] =
      "# a lamp\n" LEAST "vendor=Ex\xc3\xa4mple\naccent=#1A73E8\nlogo=img/lamp.svg\n"
      "help=https://lamp.example/help\nprivacy=https://lamp.example/p\n"
      "contact=mailto:support@lamp.example\ndoor=service\nfamilies=particle, blynk\n"
      "[Bluetooth]\n" UUIDS "version-value=3\ncompany-id=0x1234\nname-rule=any\n"
      "provisioning=true\n[Code]\nsource=typed\n[Secret]\nsource=typed\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product = fl_product_parse (text, strlen (text), "f", "/some", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (fl_product_get_vendor (product), ==, "Ex\xc3\xa4mple");
  g_assert_cmpstr (fl_product_get_accent (product), ==, "#1a73e8");
  g_assert_cmpstr (fl_product_get_logo (product), ==, "/some/img/lamp.svg");
  g_assert_cmpstr (fl_product_get_contact_uri (product), ==, "mailto:support@lamp.example");
  g_assert_cmpstr (fl_product_get_door (product), ==, "service");
  g_assert_cmpstr (fl_product_get_gatt (product)->service, ==,
                   "6e400021-b5a3-f393-e0a9-e50e24dcca9e");
  g_assert_cmpstr (fl_product_get_gatt (product)->rx, ==, "00001822-0000-1000-8000-00805f9b34fb");
  g_assert_cmpint (fl_product_get_gatt (product)->version_value, ==, 3);
  g_assert_cmpint (fl_product_get_company_id (product), ==, 0x1234);
  g_assert_true (fl_product_allows_family (product, "blynk"));
  g_assert_cmpint (fl_product_get_secret_source (product), ==, FL_SECRET_TYPED);
}

static const struct
{
  const char *text;
  const char *start; /* of the message, with the line */
} broken_rows[] = {
  { "", "f:1: the product has no id" },
  { "[Product]\nname=X\n", "f:1: the product has no id" },
  { "\n[Product]\nid=x\n", "f:2: the product has no name" },
  { LEAST "[Produkt]\n", "f:4: there is no such group" },
  { LEAST "colour=#123456\n", "f:4: there is no such key" },
  { LEAST "name=Y\n", "f:4: the key is there twice" },
  { LEAST "[Request]\npayload=\n", "f:5: a request is a JSON object or array" },
  { LEAST "[Request]\npayload=hello\n", "f:5: a request is a JSON object or array" },
  { LEAST "[Request]\npayload={\n", "f:5: a request is a JSON object or array" },
  { LEAST "[Request]\npayload={]\n", "f:5: a request is a JSON object or array" },
  { LEAST "[Request]\nfile={}\n", "f:5: there is no such key" },
  { LEAST "what is this\n", "f:4: neither a group, a key nor a comment" },
  { "[Product]\nid=Big Letters\n", "f:2: an id has" },
  { "[Product]\nid=\n", "f:2: an id has" },
  { "[Product]\nid=x\nname=\n", "f:3: the value is empty" },
  { "[Product]\nid=x\nname=a\x01"
    "b\n",
    "f:3: the text has control characters" },
  { "[Product]\nid=x\nname=\xff\n", "f:3: the text is not UTF-8" },
  { LEAST "accent=blue\n", "f:4: a colour is written" },
  { LEAST "accent=#12345\n", "f:4: a colour is written" },
  { LEAST "accent=#12345g\n", "f:4: a colour is written" },
  { LEAST "accent=#1234567\n", "f:4: a colour is written" },
  { LEAST "logo=../../etc/passwd\n", "f:4: the logo may not" },
  { LEAST "help=http://x.example/\n", "f:4: a link begins with https" },
  { LEAST "help=https://\n", "f:4: a link begins with https" },
  { LEAST "help=javascript:alert(1)\n", "f:4: a link begins with https" },
  { LEAST "privacy=https://a b\n", "f:4: a link begins with https" },
  { LEAST "door=back\n", "f:4: a door is set-up or service" },
  { LEAST "contact=mailto:\n", "f:4: a contact begins with" },
  { LEAST "families=particle,,x\n", "f:4: families are words" },
  { LEAST "[Bluetooth]\nservice=6e400021\n", "f:5: a UUID has" },
  { LEAST "[Bluetooth]\nrx=6e400021-b5a3-f393-e0a9-e50e24dcca9g\n", "f:5: a UUID has" },
  { LEAST "[Bluetooth]\nrx=6e400021-b5a3-f393-e0a9-e50e24dcca9e1\n", "f:5: a UUID has" },
  { LEAST "[Bluetooth]\nrx=12g4\n", "f:5: a UUID has" },
  { LEAST "[Bluetooth]\nrx=1822\n", "f:4: service, rx, tx and version belong together" },
  { LEAST "[Bluetooth]\nservice=1\n", "f:5: a UUID has" },
  { LEAST "[Bluetooth]\nservice=1822\nrx=1823\ntx=1823\nversion=1824\nprovisioning=true\n",
    "f:5: two UUIDs are the same" },
  { LEAST "[Bluetooth]\n" UUIDS, "f:5: another service than Particle's needs" },
  { LEAST "[Bluetooth]\nversion-value=256\n", "f:5: a version is a number" },
  { LEAST "[Bluetooth]\nversion-value=-1\n", "f:5: a version is a number" },
  { LEAST "[Bluetooth]\ncompany-id=0x10000\n", "f:5: a company ID is" },
  { LEAST "[Bluetooth]\ncompany-id=0x\n", "f:5: a company ID is" },
  { LEAST "[Bluetooth]\nname-rule=prefix\n", "f:5: a name rule is" },
  { LEAST "[Bluetooth]\nprovisioning=yes\n", "f:5: the value is true or false" },
  { LEAST "[Bluetooth]\nname-rule=fixed\n", "f:5: a fixed name rule needs a name" },
  { LEAST "[Bluetooth]\nname=lamp\n", "f:5: a name needs name-rule=fixed" },
  { LEAST "[Code]\nsource=guess\n", "f:5: the code comes from" },
  { LEAST "[Code]\nsource=none\n", "f:5: without a code the device needs a fixed name" },
  { LEAST "[Bluetooth]\nname-rule=fixed\nname=lamp\n[Code]\nsource=none\n",
    "f:1: a label with the secret has the code too" },
  { LEAST "[Secret]\nsource=cloud\n", "f:5: the secret comes from" },
  { LEAST "[Secret]\nsource=constant\n", "f:5: a constant secret needs its value" },
  { LEAST "[Secret]\nvalue=AAAAAAAAAAAAAAA\n", "f:5: a value needs source=constant" },
  { LEAST "[Secret]\nsource=constant\nvalue=AAAAAAAAAAAAAA\n", "f:6: a constant secret has 15" },
  { LEAST "[Secret]\nsource=constant\nvalue=AAAAAAAAAAAAAAAA\n", "f:6: a constant secret has 15" },
  { LEAST "[Secret]\nsource=constant\nvalue=AAAAAAA AAAAAAA\n", "f:6: a constant secret has 15" },
};

static void
test_product_broken_profile_names_line_and_reason (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken_rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("row %u", i);
      g_assert_null (
          fl_product_parse (broken_rows[i].text, strlen (broken_rows[i].text), "f", NULL, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      if (!g_str_has_prefix (error->message, broken_rows[i].start))
        g_assert_cmpstr (error->message, ==, broken_rows[i].start);
      g_assert_null (strstr (error->message, "AAAA"));
    }
}

static void
test_product_larger_than_64_kib_is_refused (void)
{
  GString *text = g_string_new (LEAST);
  g_autofree char *large = NULL;
  g_autoptr (FlProduct) largest = NULL;
  g_autoptr (GError) error = NULL;

  while (text->len < 64 * 1024)
    g_string_append_c (text, '\n');
  largest = fl_product_parse (text->str, text->len, "f", NULL, NULL);
  g_assert_nonnull (largest);
  g_string_append_c (text, '\n');
  g_assert_null (fl_product_parse (text->str, text->len, "f", NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_cmpstr (error->message, ==, "f:1: the file is larger than 64 KiB");
  large = g_string_free (text, FALSE);
}

#define FIXED_NAME                                                                                 \
  LEAST "[Bluetooth]\nname-rule=fixed\nname=Lamp\n[Code]\nsource=none\n[Secret]\nsource=typed\n"
#define ANY_NAME LEAST "[Bluetooth]\nname-rule=any\ncompany-id=4660\n"

static void
test_product_accepts_roads_by_its_rules (void)
{
  static const struct
  {
    const char *product;
    const char *name, *code;
    int company_id;
    const char *asked;
    gboolean accepts;
  } rows[] = {
    { LEAST, "P2-4F2A1C", "4F2A1C", 0x662, "4f2a1c", TRUE },
    { LEAST, "P2-4F2A1C", NULL, -1, "4f2a1c", TRUE },
    { LEAST, "P2-4F2A1C", "4F2A1C", 0x662, "4F2A1D", FALSE },
    { LEAST, "P2-4F2A1C", "4F2A1C", 0x662, NULL, TRUE },
    { FIXED_NAME, "Lamp", "4F2A1C", 0x662, NULL, TRUE },
    { FIXED_NAME, "lamp", "4F2A1C", 0x662, "4F2A1D", TRUE }, /* no code is asked for */
    { FIXED_NAME, "Lamp 2", "4F2A1C", 0x662, NULL, FALSE },
    { FIXED_NAME, NULL, "4F2A1C", 0x662, NULL, FALSE },
    { ANY_NAME, "Kitchen", "4F2A1C", 0x1234, "4f2a1c", TRUE },
    { ANY_NAME, "Kitchen", "4F2A1C", 0x1234, "4f2a1d", FALSE },
    { ANY_NAME, "Kitchen", NULL, -1, "4f2a1c", TRUE },
    { ANY_NAME, "Kitchen", "4F2A1C", 0x662, "4f2a1c", FALSE },
    { ANY_NAME, "Kitchen", "4F2A1C", 0x1234, NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlProduct) product = parse (rows[i].product);
      g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_BLUETOOTH, "AA");

      g_test_message ("row %u", i);
      fl_road_set_name (road, rows[i].name);
      fl_road_set_setup_code (road, rows[i].code);
      g_assert_cmpint (fl_product_accepts_road (product, road, rows[i].company_id, rows[i].asked),
                       ==, rows[i].accepts);
      fl_road_set_family (road, "microchip");
      g_assert_false (fl_product_accepts_road (product, road, rows[i].company_id, rows[i].asked));
    }
}

static void
test_product_request_up_to_1024_bytes (void)
{
  g_autoptr (FlProduct) without = parse (LEAST);
  g_autoptr (FlProduct) list = parse (LEAST "[Request]\npayload= [ ] \n");
  g_autofree char *filling = g_strnfill (1024 - 2, ' ');
  g_autofree char *most = g_strconcat (LEAST "[Request]\npayload={", filling, "}\n", NULL);
  g_autofree char *more = g_strconcat (LEAST "[Request]\npayload={ ", filling, "}\n", NULL);
  g_autoptr (FlProduct) longest = parse (most);
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_product_get_request (without));
  g_assert_cmpstr (fl_product_get_request (list), ==, "[ ]");
  g_assert_cmpuint (strlen (fl_product_get_request (longest)), ==, 1024);
  g_assert_null (fl_product_parse (more, strlen (more), "f", NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_cmpstr (error->message, ==, "f:5: the request is longer than 1024 bytes");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/product/factory/equals-the-shipped-file",
                   test_product_factory_equals_the_shipped_file);
  g_test_add_func ("/product/four-methods/ship", test_product_four_methods_ship);
  g_test_add_func ("/product/least-profile/has-defaults", test_product_least_profile_has_defaults);
  g_test_add_func ("/product/own-profile/is-read-whole", test_product_own_profile_is_read_whole);
  g_test_add_func ("/product/broken-profile/names-line-and-reason",
                   test_product_broken_profile_names_line_and_reason);
  g_test_add_func ("/product/larger-than-64-kib/is-refused",
                   test_product_larger_than_64_kib_is_refused);
  g_test_add_func ("/product/request/up-to-1024-bytes", test_product_request_up_to_1024_bytes);
  g_test_add_func ("/product/roads/are-accepted-by-its-rules",
                   test_product_accepts_roads_by_its_rules);
  return g_test_run ();
}

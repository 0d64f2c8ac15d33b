/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-product-loader.h"

#include <string.h>
#include <glib/gstdio.h>

#include "fl-error.h"

#define LAMP "[Product]\nid=lamp\nname=Lamp\n"

/* A file that goes with its variable. */
typedef char TempFile;

static void
temp_file_free (TempFile *path)
{
  g_assert_cmpint (g_remove (path), ==, 0);
  g_free (path);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TempFile, temp_file_free)

static TempFile *
write_in (const char *data_dir, const char *name, const char *text, gssize size_bytes)
{
  g_autofree char *folder = g_build_filename (data_dir, "first-light", "products", NULL);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, size_bytes, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_refused (const char *path_or_id, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_product_load (path_or_id, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  if (strstr (error->message, reason) == NULL)
    g_assert_cmpstr (error->message, ==, reason);
}

static void
test_loader_built_in_profiles_load_by_id (void)
{
  static const char *const ids[] = { "particle-factory", "particle-fixed-id",
                                     "particle-fixed-secret", "particle-provisioning" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlProduct) product = fl_product_load (ids[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (fl_product_get_id (product), ==, ids[i]);
    }
}

static void
test_loader_unknown_profile_is_refused (void)
{
  assert_refused ("no-such-thing", "There is no product profile");
  assert_refused ("", "There is no product profile");
  assert_refused ("/nowhere/x.product", "/nowhere/x.product: ");
  assert_refused ("nowhere.product", "nowhere.product: ");
}

static void
test_loader_user_hides_system_hides_built_in (void)
{
  g_autoptr (TempFile) system = write_in (g_get_system_data_dirs ()[0], "particle-factory.product",
                                          "[Product]\nid=particle-factory\nname=System\n", -1);
  g_autoptr (FlProduct) first = fl_product_load ("particle-factory", NULL);
  g_autoptr (TempFile) user = write_in (g_get_user_data_dir (), "particle-factory.product",
                                        "[Product]\nid=particle-factory\nname=User\n", -1);
  g_autoptr (FlProduct) second = fl_product_load ("particle-factory", NULL);

  g_assert_cmpstr (fl_product_get_name (first), ==, "System");
  g_assert_cmpstr (fl_product_get_name (second), ==, "User");
}

static void
test_loader_broken_profile_names_file_line_and_reason (void)
{
  g_autoptr (TempFile) path =
      write_in (g_get_user_data_dir (), "broken.product", LAMP "accent=blue\n", -1);
  g_autofree char *expected = g_strconcat (path, ":4: a colour is written #rrggbb", NULL);
  g_autoptr (TempFile) other = write_in (g_get_user_data_dir (), "other.product", LAMP, -1);

  assert_refused (path, expected);
  assert_refused ("broken", expected);
  assert_refused ("other", ":1: the id is not the name of the file");
}

static void
test_loader_special_and_large_files_are_refused (void)
{
  g_autofree char *large_text = g_strnfill (64 * 1024 + 1, '\n');
  g_autoptr (TempFile) large =
      write_in (g_get_user_data_dir (), "large.product", large_text, 64 * 1024 + 1);

  assert_refused ("/dev/zero", "not a regular file");
  assert_refused ("/", "not a regular file");
  assert_refused (large, "the file is too large");
}

static void
test_loader_request_must_be_json (void)
{
  const char *home = g_get_user_data_dir ();
  g_autoptr (TempFile) good =
      write_in (home, "good.product", LAMP "[Request]\npayload={\"do\": [1, \"\u00e4\"]}\n", -1);
  g_autoptr (TempFile) bad =
      write_in (home, "bad.product", LAMP "[Request]\npayload={\"do\": }\n", -1);
  g_autoptr (TempFile) list = write_in (home, "list.product", LAMP "[Request]\npayload=[1,]\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product = fl_product_load (good, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (fl_product_get_request (product), ==, "{\"do\": [1, \"\u00e4\"]}");
  assert_refused (bad, ":5: the request is no JSON");
  assert_refused (list, ":5: the request is no JSON");
}

static void
test_loader_logo_must_be_a_small_file (void)
{
  const char *home = g_get_user_data_dir ();
  g_autoptr (TempFile) path = write_in (home, "lamp.product", LAMP "logo=lamp.svg\n", -1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *logo = g_build_filename (folder, "lamp.svg", NULL);
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, 'x');
  g_autoptr (FlProduct) product = NULL;

  assert_refused (path, ":4: the logo cannot be used");
  g_assert_cmpint (g_mkdir (logo, 0700), ==, 0);
  assert_refused (path, ":4: the logo cannot be used: this is not a regular file");
  g_assert_cmpint (g_rmdir (logo), ==, 0);
  g_assert_true (g_file_set_contents (logo, large, 1024 * 1024 + 1, NULL));
  assert_refused (path, ":4: the logo cannot be used: the file is too large");
  g_assert_true (g_file_set_contents (logo, "<svg/>", -1, NULL));
  product = fl_product_load (path, NULL);
  g_assert_cmpstr (fl_product_get_logo (product), ==, logo);
  g_assert_cmpint (g_remove (logo), ==, 0);
}

static void
test_loader_list_has_each_id_once_and_no_broken_ones (void)
{
  g_autoptr (TempFile) broken = write_in (g_get_user_data_dir (), "broken.product", "what", -1);
  g_autoptr (TempFile) lamp = write_in (g_get_user_data_dir (), "lamp.product", LAMP, -1);
  g_autoptr (TempFile) again = write_in (g_get_system_data_dirs ()[0], "lamp.product", LAMP, -1);
  g_autoptr (TempFile) not_one = write_in (g_get_user_data_dir (), "README.md", "text", -1);
  g_autoptr (GPtrArray) products = fl_product_list ();
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < products->len; i++)
    g_string_append_printf (ids, "%s ", fl_product_get_id (products->pdata[i]));
  g_assert_cmpstr (ids->str, ==,
                   "lamp particle-factory particle-fixed-id particle-fixed-secret "
                   "particle-provisioning ");
}

static void
remove_tree (const char *root, const char *data_dir)
{
  g_autofree char *data = g_build_filename (root, data_dir, NULL);
  g_autofree char *ours = g_build_filename (data, "first-light", NULL);
  g_autofree char *products = g_build_filename (ours, "products", NULL);

  g_rmdir (products);
  g_rmdir (ours);
  g_rmdir (data);
}

/* Not G_TEST_OPTION_ISOLATE_DIRS: it leaks, and the leak checker is on. */
int
main (int argc, char *argv[])
{
  g_autofree char *root = g_dir_make_tmp ("fl-products-XXXXXX", NULL);
  g_autofree char *user = g_build_filename (root, "user", NULL);
  g_autofree char *system = g_build_filename (root, "system", NULL);
  int status;

  g_setenv ("XDG_DATA_HOME", user, TRUE);
  g_setenv ("XDG_DATA_DIRS", system, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/product-loader/request/must-be-json", test_loader_request_must_be_json);
  g_test_add_func ("/product-loader/built-in/load-by-id", test_loader_built_in_profiles_load_by_id);
  g_test_add_func ("/product-loader/unknown/is-refused", test_loader_unknown_profile_is_refused);
  g_test_add_func ("/product-loader/user/hides-system-hides-built-in",
                   test_loader_user_hides_system_hides_built_in);
  g_test_add_func ("/product-loader/broken/names-file-line-and-reason",
                   test_loader_broken_profile_names_file_line_and_reason);
  g_test_add_func ("/product-loader/special-and-large-files/are-refused",
                   test_loader_special_and_large_files_are_refused);
  g_test_add_func ("/product-loader/logo/must-be-a-small-file",
                   test_loader_logo_must_be_a_small_file);
  g_test_add_func ("/product-loader/list/has-each-id-once-and-no-broken-ones",
                   test_loader_list_has_each_id_once_and_no_broken_ones);
  status = g_test_run ();
  remove_tree (root, "user");
  remove_tree (root, "system");
  g_rmdir (root);
  return status;
}

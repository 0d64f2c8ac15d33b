/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-module.h"

static void
test_every_kind_has_nick_and_label (void)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_MODULE_KIND);
  g_autoptr (GHashTable) nicks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (class->n_values, ==, FL_MODULE_ASSET + 1);
  for (guint i = 0; i < class->n_values; i++)
    {
      FlModuleKind kind = (FlModuleKind) class->values[i].value;

      g_assert_cmpstr (fl_module_kind_to_string (kind), ==, class->values[i].value_nick);
      g_assert_true (g_hash_table_add (nicks, (char *) fl_module_kind_to_string (kind)));
      g_assert_true (g_hash_table_add (labels, (char *) fl_module_kind_get_label (kind)));
    }
}

static void
test_copy (void)
{
  g_autoptr (FlModule) module = fl_module_new ();
  g_autoptr (FlModule) copy = NULL;

  module->kind = FL_MODULE_SYSTEM_PART;
  module->version = 6200;
  copy = g_boxed_copy (FL_TYPE_MODULE, module);
  module->version = 1;
  g_assert_cmpint (copy->kind, ==, FL_MODULE_SYSTEM_PART);
  g_assert_cmpuint (copy->version, ==, 6200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/module/kinds/have-nicks-and-labels", test_every_kind_has_nick_and_label);
  g_test_add_func ("/module/copy/is-its-own", test_copy);
  return g_test_run ();
}

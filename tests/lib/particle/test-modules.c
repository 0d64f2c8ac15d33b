/* SPDX-License-Identifier: Apache-2.0 */

/* The reply to request 90. The bytes were put together by hand from the field numbers of
 * device-os-protobuf, control/storage.proto and cloud/describe.proto. */

#include <string.h>

#include "fl-error.h"
#include "fl-reply-modules.h"

static GPtrArray *
unpack (const char *data, gsize size_bytes)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *modules = fl_reply_unpack_modules ((const guint8 *) data, size_bytes, &error);

  g_assert_no_error (error);
  return modules;
}

static void
assert_module (const FlModule *module,
               FlModuleKind kind,
               guint version,
               gboolean checked,
               gboolean is_sound,
               gboolean dependencies_met)
{
  g_assert_cmpint (module->kind, ==, kind);
  g_assert_cmpuint (module->version, ==, version);
  g_assert_cmpint (module->checked, ==, checked);
  g_assert_cmpint (module->is_sound, ==, is_sound);
  g_assert_cmpint (module->dependencies_met, ==, dependencies_met);
}

static void
test_flags (void)
{
  static const char reply[] =
      /* bootloader, version 3010, all checked and passed */
      "\x12\x0f\x08\x02\x18\xc2\x17\x35\x1e\x00\x00\x00\x3d\x1e\x00\x00\x00"
      /* system part 1, 6200: the integrity failed */
      "\x12\x11\x08\x04\x10\x01\x18\xb8\x30\x35\x1e\x00\x00\x00\x3d\x1c\x00\x00\x00"
      /* user part, 6: the dependencies failed */
      "\x12\x0e\x08\x05\x18\x06\x35\x1e\x00\x00\x00\x3d\x1a\x00\x00\x00"
      /* NCP, 5: never checked */
      "\x12\x04\x08\x07\x18\x05"
      /* a copy of the application for a factory reset */
      "\x12\x06\x08\x05\x18\x05\x20\x01"
      /* a kind of a later version, in another place: passed flags that nobody checked */
      "\x12\x07\x08\x63\x3d\x02\x00\x00\x00";
  g_autoptr (GPtrArray) modules = unpack (reply, sizeof reply - 1);

  g_assert_cmpuint (modules->len, ==, 5);
  assert_module (modules->pdata[0], FL_MODULE_BOOTLOADER, 3010, TRUE, TRUE, TRUE);
  assert_module (modules->pdata[1], FL_MODULE_SYSTEM_PART, 6200, TRUE, FALSE, TRUE);
  g_assert_cmpuint (((FlModule *) modules->pdata[1])->index, ==, 1);
  assert_module (modules->pdata[2], FL_MODULE_USER_PART, 6, TRUE, TRUE, FALSE);
  assert_module (modules->pdata[3], FL_MODULE_NCP, 5, FALSE, TRUE, TRUE);
  assert_module (modules->pdata[4], FL_MODULE_OTHER, 0, FALSE, TRUE, TRUE);
}

static void
test_old_form (void)
{
  static const char reply[] = "\x0a\x09\x08\x02\x10\x01\x18\xaa\x15\x28\x02" /* system part 2730 */
                              "\x0a\x04\x08\x03\x28\x01";                    /* application */
  g_autoptr (GPtrArray) modules = unpack (reply, sizeof reply - 1);

  g_assert_cmpuint (modules->len, ==, 2);
  assert_module (modules->pdata[0], FL_MODULE_SYSTEM_PART, 2730, TRUE, TRUE, FALSE);
  assert_module (modules->pdata[1], FL_MODULE_USER_PART, 0, TRUE, FALSE, TRUE);
}

static void
test_new_form_goes_first (void)
{
  g_autoptr (GPtrArray) modules = unpack ("\x0a\x02\x08\x03\x12\x02\x08\x04", 8);

  g_assert_cmpuint (modules->len, ==, 1);
  assert_module (modules->pdata[0], FL_MODULE_SYSTEM_PART, 0, FALSE, TRUE, TRUE);
}

static void
test_there_and_back (void)
{
  g_autoptr (GPtrArray) modules = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_module_free);
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (FlSecret) packed = NULL;

  for (guint i = 0; i <= FL_MODULE_ASSET; i++)
    {
      FlModule *module = fl_module_new ();

      module->kind = (FlModuleKind) i;
      module->index = i % 3;
      module->version = 100 * i;
      module->size_bytes = 1000 + i;
      module->checked = i != 5;
      module->is_sound = i != 6;
      module->dependencies_met = i != 7;
      module->has_hash = i != 8;
      memset (module->hash, (int) (i + 1), i != 8 ? sizeof module->hash : 0);
      g_ptr_array_add (modules, module);
    }
  packed = fl_reply_pack_modules (modules);
  back = unpack ((const char *) fl_secret_get_data (packed), fl_secret_get_size (packed));
  g_assert_cmpuint (back->len, ==, modules->len);
  for (guint i = 0; i < back->len; i++)
    {
      FlModule *module = back->pdata[i];

      assert_module (module, (FlModuleKind) i, 100 * i, i != 5, i != 6, i != 7);
      g_assert_cmpuint (module->index, ==, i % 3);
      g_assert_cmpuint (module->size_bytes, ==, 1000 + i);
      g_assert_cmpint (module->has_hash, ==, i != 8);
      g_assert_cmpuint (module->hash[FL_MODULE_HASH_BYTES - 1], ==, i != 8 ? i + 1 : 0);
    }
}

static void
test_bounded (void)
{
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  g_autoptr (GPtrArray) modules = NULL;

  for (guint i = 0; i < 30000; i++)
    g_byte_array_append (reply, (const guint8 *) "\x12\x00", 2);
  modules = unpack ((const char *) reply->data, reply->len);
  g_assert_cmpuint (modules->len, ==, FL_REPLY_MAX_MODULES);
}

static void
test_broken (void)
{
  g_autoptr (GPtrArray) none = unpack (NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (fl_reply_unpack_modules ((const guint8 *) "\x12\x05\x08", 3, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/modules/flags/say-what-failed", test_flags);
  g_test_add_func ("/modules/old-form/says-what-failed", test_old_form);
  g_test_add_func ("/modules/both-forms/the-new-one-counts", test_new_form_goes_first);
  g_test_add_func ("/modules/all-kinds/there-and-back", test_there_and_back);
  g_test_add_func ("/modules/too-many/bounded", test_bounded);
  g_test_add_func ("/modules/broken/refused", test_broken);
  return g_test_run ();
}

/* SPDX-License-Identifier: Apache-2.0 */

/* Every recording of protobuf messages in $FL_VECTORS/protobuf, or in tests/data/vectors. Their
 * format, particle-protobuf-vectors/1: an entry with "json" is encoded and decoded; an entry with
 * "protoc" is only decoded, as protoc does; protobufjs, which reads past ends, is only asked about
 * values.
 * Where protobuf-c is known to differ is in message-differences.h; no recording of ours needs it.
 */

#include <string.h>

#include "fl-message.h"
#include "fl-requests.h"

#include "message-differences.h"
#include "message-json.h"

static GHashTable *registry;
static gboolean foreign; /* the recordings are not ours: they may have messages we do not use */

static const ProtobufCMessageDescriptor *
find_message (JsonObject *entry)
{
  const char *name = json_object_get_string_member (entry, "message");
  const ProtobufCMessageDescriptor *descriptor = g_hash_table_lookup (registry, name);

  if (descriptor == NULL && foreign)
    g_test_skip ("a message outside the catalogue");
  else if (descriptor == NULL)
    g_test_message ("no message %s", name);
  g_assert_true (descriptor != NULL || foreign);
  return descriptor;
}

static ProtobufCMessage *
unpack_hex (const ProtobufCMessageDescriptor *descriptor, JsonObject *entry, const char *member)
{
  g_autoptr (GByteArray) bytes = bytes_from_hex (json_object_get_string_member (entry, member));

  return fl_message_unpack (descriptor, bytes->data, bytes->len, NULL);
}

static void
assert_packs_to (const ProtobufCMessage *message, const char *hex)
{
  g_autoptr (FlSecret) packed = fl_message_pack (message);
  g_autoptr (GByteArray) expected = bytes_from_hex (hex);

  g_assert_cmpmem (fl_secret_get_data (packed), fl_secret_get_size (packed), expected->data,
                   expected->len);
}

static void
check_type (JsonObject *entry)
{
  JsonNode *node = json_object_get_member (entry, "type_id");
  const FlRequestInfo *info = NULL;

  if (node == NULL || json_node_is_null (node))
    return;
  info = fl_request_get_info ((guint16) json_node_get_int (node));
  g_assert_nonnull (info);
  g_assert_cmpstr (info->request->name, ==, json_object_get_string_member (entry, "message"));
}

static void
test_encode (gconstpointer data)
{
  JsonObject *entry = (JsonObject *) data;
  const ProtobufCMessageDescriptor *descriptor = find_message (entry);
  g_autoptr (GPtrArray) pool = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ProtobufCMessage) decoded = NULL;
  g_autoptr (ProtobufCMessage) from_explicit = NULL;
  ProtobufCMessage *built = NULL;
  JsonObject *json = json_object_get_object_member (entry, "json");
  const char *hex = json_object_get_string_member (entry, "hex");

  if (descriptor == NULL)
    return;
  check_type (entry);

  built = message_from_json (descriptor, json, pool);
  g_assert_nonnull (built);
  assert_packs_to (built, hex);

  decoded = unpack_hex (descriptor, entry, "hex");
  g_assert_nonnull (decoded);
  message_assert_json (decoded, json);
  assert_packs_to (decoded, hex);

  if (!json_object_has_member (entry, "vendor_js_explicit_defaults_hex"))
    return;
  from_explicit = unpack_hex (descriptor, entry, "vendor_js_explicit_defaults_hex");
  g_assert_nonnull (from_explicit);
  message_assert_json (from_explicit, json);
  assert_packs_to (from_explicit, hex);
}

/* protoc prints unknown fields as "99: 42". */
static gboolean
mentions_unknown (const char *text)
{
  return g_regex_match_simple ("^ *[0-9]+(:| {)", text, G_REGEX_MULTILINE, 0);
}

/* TRUE: accepted, as it should be. */
static gboolean
check_verdict (const ProtobufCMessageDescriptor *descriptor,
               JsonObject *entry,
               const ProtobufCMessage *message)
{
  g_autoptr (GByteArray) bytes = bytes_from_hex (json_object_get_string_member (entry, "hex"));
  gboolean wanted =
      json_object_get_boolean_member (json_object_get_object_member (entry, "protoc"), "ok");
  const char *excuse = NULL;

  if (wanted == (message != NULL))
    return wanted;
  excuse = wanted ? message_excuse_refusal (descriptor, bytes->data, bytes->len)
                  : message_excuse_acceptance (message);
  g_assert_nonnull (excuse);
  g_test_skip (excuse);
  return FALSE;
}

static void
test_decode (gconstpointer data)
{
  JsonObject *entry = (JsonObject *) data;
  const ProtobufCMessageDescriptor *descriptor = find_message (entry);
  JsonObject *protoc = json_object_get_object_member (entry, "protoc");
  JsonObject *js = json_object_get_object_member (entry, "protobufjs");
  g_autoptr (ProtobufCMessage) message = NULL;
  g_autoptr (ProtobufCMessage) again = NULL;
  g_autoptr (FlSecret) packed = NULL;

  if (descriptor == NULL)
    return;
  message = unpack_hex (descriptor, entry, "hex");
  if (!check_verdict (descriptor, entry, message))
    return;

  if (js != NULL && json_object_get_boolean_member (js, "ok"))
    message_assert_json (message, json_object_get_object_member (js, "json"));
  g_assert_cmpint (message_count_unknown (message) > 0, ==,
                   mentions_unknown (json_object_get_string_member (protoc, "text")));

  /* Nothing is lost on the way back. */
  packed = fl_message_pack (message);
  again = fl_message_unpack (descriptor, fl_secret_get_data (packed), fl_secret_get_size (packed),
                             NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (message_count_unknown (again), ==, message_count_unknown (message));
  if (js != NULL && json_object_get_boolean_member (js, "ok"))
    message_assert_json (again, json_object_get_object_member (js, "json"));
}

static void
add_file (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *vectors = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  vectors = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                          "vectors");
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *entry = json_array_get_object_element (vectors, i);
      g_autofree char *test_path = g_strdup_printf ("/message-vectors/%s/%u-%s", name, i,
                                                    json_object_get_string_member (entry, "name"));

      g_test_add_data_func_full (test_path, json_object_ref (entry),
                                 json_object_has_member (entry, "protoc") ? test_decode
                                                                          : test_encode,
                                 (GDestroyNotify) json_object_unref);
    }
}

/* The excuses hold for what they name, and for nothing else. */
static void
test_excuses (void)
{
  static const struct
  {
    const char *name;
    const char *hex;
    gboolean accepted, excused;
  } rows[] = {
    { "particle.ctrl.wifi.GetCurrentNetworkReply", "0a0178", TRUE, FALSE },
    { "particle.ctrl.wifi.GetCurrentNetworkReply", "1a0178", FALSE, TRUE },   /* channel as bytes */
    { "particle.ctrl.wifi.GetCurrentNetworkReply", "0a017803", FALSE, TRUE }, /* a group */
    { "particle.ctrl.wifi.GetCurrentNetworkReply", "0a02c3", FALSE, FALSE },  /* cut short */
    { "particle.ctrl.wifi.GetCurrentNetworkReply", "0a01ff", TRUE, TRUE },    /* no UTF-8 */
    { "particle.ctrl.wifi.GetCurrentNetworkReply", "800001", FALSE, FALSE },  /* field 0 */
    { "particle.ctrl.wifi.ScanNetworksReply", "0a02080a", FALSE, TRUE },      /* name as number */
    { "particle.ctrl.wifi.ScanNetworksReply", "0a03800001", FALSE, FALSE },   /* field 0 inside */
    { "particle.ctrl.wifi.ScanNetworksReply", "0a030a01ff", TRUE, TRUE },
    { "particle.ctrl.GetSystemVersionReply", "0a01ff", TRUE, TRUE },
    { "particle.ctrl.GetInterfaceReply", "0a09320a0a000a050d00000000", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const ProtobufCMessageDescriptor *descriptor = g_hash_table_lookup (registry, rows[i].name);
      g_autoptr (GByteArray) bytes = bytes_from_hex (rows[i].hex);
      g_autoptr (ProtobufCMessage) message =
          fl_message_unpack (descriptor, bytes->data, bytes->len, NULL);
      const char *excuse = message != NULL
                               ? message_excuse_acceptance (message)
                               : message_excuse_refusal (descriptor, bytes->data, bytes->len);

      g_test_message ("%s %s", rows[i].name, rows[i].hex);
      g_assert_cmpint (message != NULL, ==, rows[i].accepted);
      g_assert_cmpint (excuse != NULL, ==, rows[i].excused);
    }
}

static char *
find_directory (void)
{
  const char *vectors = g_getenv ("FL_VECTORS");

  foreign = vectors != NULL;
  if (foreign)
    return g_build_filename (vectors, "protobuf", NULL);
  return g_test_build_filename (G_TEST_DIST, "data", "vectors", "protobuf", NULL);
}

static void
test_there_are_some (void)
{
  g_autofree char *path = find_directory ();
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);

  if (directory == NULL && foreign)
    g_test_skip ("no folder protobuf");
  else
    g_assert_nonnull (directory);
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GDir) directory = NULL;
  const char *name = NULL;
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  registry = message_registry_new ();
  path = find_directory ();
  directory = g_dir_open (path, 0, NULL);
  g_test_add_func ("/message-vectors/folder/there-is-one", test_there_are_some);
  g_test_add_func ("/message-vectors/differences/only-what-is-documented", test_excuses);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      add_file (path, name);
  status = g_test_run ();
  g_hash_table_unref (registry);
  return status;
}

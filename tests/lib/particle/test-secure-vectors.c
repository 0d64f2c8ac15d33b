/* SPDX-License-Identifier: Apache-2.0 */

/* Both halves of the secure session against recordings of the vendor's own code: every JSON file in
 * ble/ of the folder FL_VECTORS, or of tests/data/vectors. */

#include "vector-known-answers.h"
#include "vector-replay.h"

typedef struct
{
  VectorSession *session;
  VectorCut cut;
} Case;

static guint n_sessions;

static void
replay_client (gconstpointer data)
{
  const Case *one = data;

  vector_replay_client (one->session, one->cut);
}

static void
replay_device (gconstpointer data)
{
  const Case *one = data;

  vector_replay_device (one->session, one->cut);
}

static void
case_free (gpointer data)
{
  Case *one = data;

  vector_session_free (one->session);
  g_free (one);
}

static void
add_case (const char *path, JsonObject *root, const char *half, VectorCut cut)
{
  static const char *const cuts[] = { "as-recorded", "byte-by-byte", "coalesced" };
  g_autofree char *full = g_strdup_printf ("%s/%s/%s", path, half, cuts[cut]);
  Case *one = g_new0 (Case, 1);

  one->session = vector_session_new (path, root);
  one->cut = cut;
  g_test_add_data_func_full (full, one,
                             g_str_equal (half, "client") ? replay_client : replay_device,
                             case_free);
}

static void
add_session (const char *file, JsonObject *root)
{
  g_autofree char *path =
      g_strdup_printf ("/vectors/ble/%s/%s", file, json_object_get_string_member (root, "name"));
  g_autoptr (VectorSession) session = vector_session_new (path, root);

  n_sessions++;
  for (VectorCut cut = VECTOR_AS_RECORDED; cut <= VECTOR_COALESCED; cut++)
    {
      if (vector_replay_has_client (session))
        add_case (path, root, "client", cut);
      add_case (path, root, "device", cut);
    }
}

static void
add_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".json"));
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonObject *root;
  const char *format;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  format = json_object_get_string_member (root, "format");

  if (g_str_equal (format, "particle-ble-known-answers/1"))
    {
      vector_known_answers_add (stem, json_object_get_array_member (root, "vectors"));
      return;
    }
  g_assert_cmpstr (format, ==, "particle-ble-vectors/1");
  for (guint i = 0; i < json_array_get_length (json_object_get_array_member (root, "sessions"));
       i++)
    add_session (stem,
                 json_array_get_object_element (json_object_get_array_member (root, "sessions"),
                                                i));
}

static void
sessions_were_read (void)
{
  g_assert_cmpuint (n_sessions, >, 0);
}

int
main (int argc, char **argv)
{
  const char *vectors = g_getenv ("FL_VECTORS");
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);

  folder = vectors != NULL && *vectors != '\0'
               ? g_build_filename (vectors, "ble", NULL)
               : g_test_build_filename (G_TEST_DIST, "data", "vectors", "ble", NULL);
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      add_file (folder, name);
  g_test_add_func ("/vectors/ble/some-were-read", sessions_were_read);

  return g_test_run ();
}

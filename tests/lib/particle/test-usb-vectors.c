/* SPDX-License-Identifier: Apache-2.0 */

/* Both halves of USB service requests against recordings of the vendor's own code: every JSON file
 * in usb/ of the folder FL_VECTORS, or of tests/data/vectors. */

#include "vector-usb.h"

static guint n_sessions;

static void
replay_device (gconstpointer data)
{
  vector_usb_replay_device ((JsonObject *) data);
}

static void
replay_client (gconstpointer data)
{
  vector_usb_replay_client ((JsonObject *) data);
}

/* Where what was recorded is what a right client does; the others misuse the device. */
static gboolean
has_client (const char *file)
{
  return g_str_equal (file, "basic") || g_str_equal (file, "vendor_client");
}

/* Raw vendor requests are for the simulated device, which is held to them in its own test. */
static gboolean
has_service_requests (JsonObject *session)
{
  JsonArray *steps = json_object_get_array_member (session, "steps");

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      if (json_object_has_member (step, "bRequest") &&
          json_object_get_int_member (step, "bRequest") < FL_USB_SERVICE_RAW)
        return TRUE;
    }
  return FALSE;
}

static void
add_session (const char *file, JsonObject *session)
{
  const char *name = json_object_get_string_member (session, "name");
  g_autofree char *device_path = g_strdup_printf ("/vectors/usb/%s/%s/device", file, name);
  g_autofree char *client_path = g_strdup_printf ("/vectors/usb/%s/%s/client", file, name);

  n_sessions++;
  if (has_service_requests (session))
    g_test_add_data_func_full (device_path, json_object_ref (session), replay_device,
                               (GDestroyNotify) json_object_unref);
  if (has_client (file))
    g_test_add_data_func_full (client_path, json_object_ref (session), replay_client,
                               (GDestroyNotify) json_object_unref);
}

static void
add_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".json"));
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonObject *root = NULL;
  JsonArray *sessions = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "format"), ==, "particle-usb-vectors/1");
  sessions = json_object_get_array_member (root, "sessions");
  for (guint i = 0; i < json_array_get_length (sessions); i++)
    add_session (stem, json_array_get_object_element (sessions, i));
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
  const char *name = NULL;

  g_test_init (&argc, &argv, NULL);

  folder = vectors != NULL && *vectors != '\0'
               ? g_build_filename (vectors, "usb", NULL)
               : g_test_build_filename (G_TEST_DIST, "data", "vectors", "usb", NULL);
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      add_file (folder, name);
  g_test_add_func ("/vectors/usb/some-were-read", sessions_were_read);

  return g_test_run ();
}

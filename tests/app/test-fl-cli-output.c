/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-cli-output.h"
#include "fl-cli-text.h"

#include <signal.h>
#include <unistd.h>

static void
test_printable (void)
{
  static const struct
  {
    const char *text;
    const char *shown;
  } cases[] = {
    { "Home 2", "Home 2" },
    { "Café ☕ 家", "Café ☕ 家" },
    { "\033[2Jgone\007", "\\x1B[2Jgone\\x07" },
    { "a\r\nb\tc", "a\\x0D\\x0Ab\\x09c" },
    { "\xc2\x9b"
      "31m",
      "\\x9B31m" }, /* the one-byte CSI in UTF-8 */
    { "abc\xe2\x80\xae"
      "def",
      "abcdef" },                               /* right-to-left override */
    { "\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd" }, /* no UTF-8 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = fl_cli_printable (cases[i].text);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_faces_child (void)
{
  g_autoptr (FlCliOutput) output = fl_cli_output_new (NULL);
  JsonBuilder *json;

  g_assert_null (fl_cli_output_begin (output, "note"));
  fl_cli_output_say (output, "for %s", "people");
  fl_cli_output_draw (output, "never in a pipe");
  fl_cli_output_set_json (output, TRUE);
  fl_cli_output_say (output, "not in JSON");
  json = fl_cli_output_begin (output, "note");
  fl_cli_json_string (json, "text", "\"quoted\"\n\xff");
  fl_cli_json_string (json, "absent", NULL);
  fl_cli_json_known_int (json, "unknown", 0);
  fl_cli_output_end (output, json);
}

static void
test_faces (void)
{
  g_test_trap_subprocess ("/cli-output/faces/subprocess/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*for people\n{\"event\":\"note\",\"at_ms\":*,"
                             "\"text\":\"\\\"quoted\\\"\\n\xef\xbf\xbd\",\"absent\":null,"
                             "\"unknown\":null}\n*");
  g_test_trap_assert_stdout_unmatched ("*not in JSON*");
  g_test_trap_assert_stdout_unmatched ("*never in a pipe*");
}

static void
test_broken_pipe_child (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FlCliOutput) output = fl_cli_output_new (cancellable);
  int pipe_fds[2];

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  close (pipe_fds[0]);
  g_assert_cmpint (dup2 (pipe_fds[1], STDOUT_FILENO), ==, STDOUT_FILENO);
  close (pipe_fds[1]);
  signal (SIGPIPE, SIG_IGN);
  fl_cli_output_say (output, "nobody reads this");
  _exit (g_cancellable_is_cancelled (cancellable) ? 0 : 1);
}

static void
test_broken_pipe (void)
{
  g_test_trap_subprocess ("/cli-output/broken-pipe/subprocess/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli-output/printable/moves-no-cursor", test_printable);
  g_test_add_func ("/cli-output/faces/keep-apart", test_faces);
  g_test_add_func ("/cli-output/faces/subprocess/child", test_faces_child);
  g_test_add_func ("/cli-output/broken-pipe/cancels", test_broken_pipe);
  g_test_add_func ("/cli-output/broken-pipe/subprocess/child", test_broken_pipe_child);
  return g_test_run ();
}

/* SPDX-License-Identifier: Apache-2.0 */
/* usage: label-picture FOLDER FRAMES
 *
 * Draws what a camera sees of labels: for each line of the standard input, which is the text of one
 * label, FRAMES pictures of it on a desk; for an empty line, of the desk alone. They are
 * FOLDER/00000.pgm and so on, in the order of the lines. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fl-sim-frame.h"

#define WIDTH  640
#define HEIGHT 480
#define SCALE  0.6 /* 3.6 pixels for a module */

static FlSimSticker *
make_sticker (const char *text)
{
  static const char *const words[] = { "SERIAL NUMBER", "MODEL", NULL };
  FlMatrixGrid grid;

  if (!fl_matrix_encode (text, strlen (text), NULL, &grid))
    g_error ("a text of %u bytes does not fit into a label", (guint) strlen (text));
  return fl_sim_sticker_new (&grid, words);
}

static void
save (const char *path, const FlSimFrame *frame)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (file, "P5\n%u %u\n255\n", frame->width, frame->height);
  g_string_append_len (file, (const char *) frame->pixels, (gssize) frame->width * frame->height);
  if (!g_file_set_contents (path, file->str, (gssize) file->len, &error))
    g_error ("%s", error->message);
}

static void
draw (const char *path, const char *text, guint number)
{
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
  FlSimFrame frame = { pixels, WIDTH, HEIGHT };
  const FlSimPose pose = { .x = WIDTH / 2.0,
                           .y = HEIGHT / 2.0,
                           .angle = 0.02 * (number % 20) - 0.2,
                           .scale = SCALE,
                           .blur = 0.7,
                           .fading = 1 };

  fl_sim_frame_draw_desk (&frame, 1);
  if (*text != '\0')
    {
      g_autoptr (FlSimSticker) sticker = make_sticker (text);

      fl_sim_frame_draw_sticker (&frame, sticker, &pose);
    }
  fl_sim_frame_expose (&frame, 1, 2, 1, number);
  save (path, &frame);
}

int
main (int argc, char **argv)
{
  char line[512];
  guint n = 0, frames;

  if (argc != 3 || (frames = (guint) strtoul (argv[2], NULL, 10)) == 0)
    {
      fprintf (stderr, "usage: %s FOLDER FRAMES < TEXTS\n", argv[0]);
      return 2;
    }

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_autofree char *first = g_strdup_printf ("%s/%05u.pgm", argv[1], n);

      line[strcspn (line, "\n")] = '\0';
      draw (first, line, n++);
      for (guint i = 1; i < frames; i++, n++)
        {
          g_autofree char *path = g_strdup_printf ("%s/%05u.pgm", argv[1], n);

          if (link (first, path) != 0)
            g_error ("%s cannot be made", path);
        }
    }
  return 0;
}

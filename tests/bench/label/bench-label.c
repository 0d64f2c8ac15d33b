/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: bench-label [--budget MS] [--max N] [--burst N] [--memory] FOLDER
 *        bench-label --dmtx MS [--max N] FOLDER
 *
 * Reads every picture that FOLDER/truth.tsv names, by our own reader or by libdmtx alone with a
 * limit of time. One line a picture: its file, milliseconds of this thread's processor time, then
 * two fields for each symbol: the text in hexadecimal and its corners as in truth.tsv ('-' of
 * libdmtx, which has none of its own). --burst: the picture's place in a burst of N is the reader's
 * strategy, as the camera does it. --memory: one line instead, the bytes that our reader needed
 * at its peak on top of the pictures (growth of the largest resident set).
 */
#include <dmtx.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fl-matrix-reader.h"

typedef struct
{
  char *name;
  GBytes *file;
  FlLuma luma;
} Picture;

typedef struct
{
  double budget_ms;
  int dmtx_ms;
  int max;
  int burst;
  gboolean memory;
} Options;

static gint64
thread_us (gpointer unused)
{
  struct timespec at;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &at);
  return (gint64) at.tv_sec * G_USEC_PER_SEC + at.tv_nsec / 1000;
}

static double
thread_ms (void)
{
  struct timespec at;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &at);
  return (double) at.tv_sec * 1e3 + (double) at.tv_nsec / 1e6;
}

static void
picture_free (Picture *picture)
{
  g_free (picture->name);
  g_clear_pointer (&picture->file, g_bytes_unref);
  g_free (picture);
}

/* The corpus writes "P5\nWIDTH HEIGHT\n255\n" and nothing else. */
static Picture *
picture_load (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  Picture *picture = g_new0 (Picture, 1);
  char *data = NULL;
  gsize size, header;
  guint width, height;
  int end = 0;

  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  picture->file = g_bytes_new_take (data, size);
  if (size < 16 || sscanf (data, "P5\n%u %u\n255%n", &width, &height, &end) != 2 || end == 0)
    g_error ("%s is no picture of the corpus", path);
  header = (gsize) end + 1;
  if (width > FL_LUMA_MAX_SIDE || height > FL_LUMA_MAX_SIDE ||
      size != header + (gsize) width * height)
    g_error ("%s is damaged", path);

  picture->name = g_strdup (name);
  picture->luma = (FlLuma){ (const guint8 *) data + header, width, height, width };
  return picture;
}

static char **
names_of_folder (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "truth.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  char **lines;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    (*line)[strcspn (*line, "\t")] = '\0';
  return lines;
}

static void
print_hex (const guint8 *bytes, gsize size)
{
  g_print ("\t");
  for (gsize i = 0; i < size; i++)
    g_print ("%02x", bytes[i]);
}

static void
print_reading (const FlReading *reading)
{
  for (guint i = 0; i < reading->matrices->len; i++)
    {
      const FlMatrix *matrix = g_ptr_array_index (reading->matrices, i);
      const FlPoint *corners = fl_matrix_get_corners (matrix);
      FlSecret *text = fl_matrix_get_text (matrix);

      print_hex (fl_secret_get_data (text), fl_secret_get_size (text));
      for (guint k = 0; k < 4; k++)
        g_print ("%s%.1f,%.1f", k == 0 ? "\t" : ";", corners[k].x, corners[k].y);
    }
}

static double
read_ours (FlMatrixReader *reader, const Picture *picture, const Options *options, guint index)
{
  FlBudget budget = { thread_us, NULL, 0 };
  FlReadOptions how = { .max = (guint) options->max,
                        .strategy = options->burst > 0 ? index % (guint) options->burst : 0,
                        .budget = options->budget_ms > 0 ? &budget : NULL };
  double begin = thread_ms (), ms;
  g_auto (FlReading) reading = { NULL };

  budget.until_us = thread_us (NULL) + (gint64) (options->budget_ms * 1000);
  reading = fl_matrix_reader_read (reader, &picture->luma, &how);
  ms = thread_ms () - begin;
  if (!options->memory)
    {
      g_print ("%s\t%.3f", picture->name, ms);
      print_reading (&reading);
      g_print ("\n");
    }
  return ms;
}

/* As dmtxread does it, one region after another. */
static void
read_dmtx (const Picture *picture, const Options *options)
{
  const FlLuma *luma = &picture->luma;
  double begin = thread_ms ();
  DmtxTime until = dmtxTimeAdd (dmtxTimeNow (), options->dmtx_ms);
  DmtxImage *image = dmtxImageCreate ((unsigned char *) luma->pixels, (int) luma->width,
                                      (int) luma->height, DmtxPack8bppK);
  DmtxDecode *decode = dmtxDecodeCreate (image, 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  DmtxRegion *region;

  while (texts->len < (guint) options->max &&
         (region = dmtxRegionFindNext (decode, &until)) != NULL)
    {
      DmtxMessage *message = dmtxDecodeMatrixRegion (decode, region, DmtxUndefined);

      if (message != NULL)
        g_ptr_array_add (texts, g_bytes_new (message->output, (gsize) message->outputIdx));
      dmtxMessageDestroy (&message);
      dmtxRegionDestroy (&region);
    }
  dmtxDecodeDestroy (&decode);
  dmtxImageDestroy (&image);

  g_print ("%s\t%.3f", picture->name, thread_ms () - begin);
  for (guint i = 0; i < texts->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (texts, i), &size);

      print_hex (data, size);
      g_print ("\t-");
    }
  g_print ("\n");
}

/* Not getrusage(): its figure begins with that of the process that started this one. */
static gsize
peak_bytes (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) ||
      (line = strstr (text, "VmHWM:")) == NULL)
    g_error ("/proc/self/status does not tell the largest resident set");
  return (gsize) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024; /* KiB */
}

/* All pictures stay in memory, so what the largest resident set grows by is the reader's. */
static void
measure_memory (GPtrArray *pictures, const Options *options)
{
  gsize before = peak_bytes ();
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();

  for (guint i = 0; i < pictures->len; i++)
    read_ours (reader, g_ptr_array_index (pictures, i), options, i);
  g_print ("%" G_GSIZE_FORMAT "\n", peak_bytes () - before);
}

static void
read_folder (const char *folder, char **names, const Options *options)
{
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      Picture *picture = picture_load (folder, names[i]);

      if (options->dmtx_ms > 0)
        {
          read_dmtx (picture, options);
        }
      else
        {
          if (i == 0) /* once for nothing: caches and scratch memory are there in a live picture */
            fl_reading_clear (&(FlReading[]){
                fl_matrix_reader_read (reader, &picture->luma, &(FlReadOptions){ .max = 1 }) }[0]);
          read_ours (reader, picture, options, i);
        }
      picture_free (picture);
    }
}

int
main (int argc, char *argv[])
{
  Options options = { .budget_ms = 13, .max = 1 };
  GOptionEntry entries[] = {
    { "budget", 0, 0, G_OPTION_ARG_DOUBLE, &options.budget_ms, "Limit for a picture; 0: none",
      "MS" },
    { "dmtx", 0, 0, G_OPTION_ARG_INT, &options.dmtx_ms, "libdmtx with this limit", "MS" },
    { "max", 0, 0, G_OPTION_ARG_INT, &options.max, "Symbols wanted", "N" },
    { "burst", 0, 0, G_OPTION_ARG_INT, &options.burst, "Pictures in a burst", "N" },
    { "memory", 0, 0, G_OPTION_ARG_NONE, &options.memory, "Measure memory", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "one folder is wanted");
      return EXIT_FAILURE;
    }
  names = names_of_folder (argv[1]);
  if (options.memory)
    {
      g_autoptr (GPtrArray) pictures =
          g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);

      for (char **name = names; *name != NULL; name++)
        g_ptr_array_add (pictures, picture_load (argv[1], *name));
      measure_memory (pictures, &options);
    }
  else
    {
      read_folder (argv[1], names, &options);
    }
  return EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: bench-first-frame REFERENCE -- PROGRAM [ARGUMENT]…     (needs an X server of its own,
 * DISPLAY)
 *
 * Starts both programs in turn, eleven times each, and measures from fork to the first painted
 * pixel of a mapped window, and the peak memory. Prints the medians and the ratios; the targets
 * are 1.5 for both, and a miss fails.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include <glib.h>

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS     11
#define LIMIT_US   (60 * G_USEC_PER_SEC)
#define SETTLE_US  (300 * 1000) /* more memory may be taken right after the first frame */
#define TARGET     1.5
#define MIN_PIXELS 200 /* smaller windows are helpers of the toolkit */

typedef struct
{
  double ms;
  double mib;
} Sample;

static int
ignore_x_error (Display *display, XErrorEvent *event)
{
  return 0; /* windows come and go while they are looked at */
}

/* A window shows nothing, or black, until its first frame is there. */
static gboolean
is_painted (Display *display, Window window)
{
  XWindowAttributes attributes = { 0 };
  XImage *image;
  gboolean painted = FALSE;

  if (!XGetWindowAttributes (display, window, &attributes) || attributes.map_state != IsViewable ||
      attributes.width < MIN_PIXELS || attributes.height < MIN_PIXELS)
    return FALSE;

  image = XGetImage (display, window, attributes.width / 2, attributes.height / 2, 16, 16,
                     AllPlanes, ZPixmap);
  if (image == NULL)
    return FALSE;
  for (int i = 0; i < 16 && !painted; i++)
    painted = (XGetPixel (image, i, i) & 0xffffff) != 0;
  XDestroyImage (image);
  return painted;
}

static gboolean
any_painted (Display *display)
{
  Window root, parent, *children = NULL;
  unsigned int n_children = 0;
  gboolean painted = FALSE;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &children, &n_children))
    return FALSE;
  for (unsigned int i = 0; i < n_children && !painted; i++)
    painted = is_painted (display, children[i]);
  if (children != NULL)
    XFree (children);
  return painted;
}

static Sample
run (Display *display, char **command)
{
  gint64 begin_us = g_get_monotonic_time ();
  struct rusage usage = { 0 };
  Sample sample = { 0 };
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      execv (command[0], command);
      _exit (127);
    }

  while (!any_painted (display))
    {
      if (g_get_monotonic_time () - begin_us > LIMIT_US ||
          waitpid (child, &status, WNOHANG) == child)
        g_error ("%s shows no window", command[0]);
      g_usleep (500);
    }
  sample.ms = (double) (g_get_monotonic_time () - begin_us) / 1000;
  g_usleep (SETTLE_US);
  kill (child, SIGKILL);
  wait4 (child, &status, 0, &usage);
  sample.mib = (double) usage.ru_maxrss / 1024;
  while (any_painted (display))
    g_usleep (1000);
  return sample;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
get_median (const Sample *samples, gsize offset)
{
  double values[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    values[i] = G_STRUCT_MEMBER (double, &samples[i], offset);
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

/* Whether the target is met. */
static gboolean
report (const char *what, const char *unit, double bare, double ours)
{
  g_print ("%s: first-light %.1f %s, bare window %.1f %s, ratio %.2f (target %.1f)\n", what, ours,
           unit, bare, unit, ours / bare, TARGET);
  return ours / bare <= TARGET;
}

int
main (int argc, char *argv[])
{
  Display *display = XOpenDisplay (NULL);
  char *reference[] = { argc > 1 ? argv[1] : NULL, NULL };
  Sample bare[ROUNDS], ours[ROUNDS];
  gsize ms = G_STRUCT_OFFSET (Sample, ms), mib = G_STRUCT_OFFSET (Sample, mib);
  gboolean is_fast, is_small;

  if (display == NULL || argc < 4 || strcmp (argv[2], "--") != 0)
    {
      g_printerr ("usage: bench-first-frame REFERENCE -- PROGRAM [ARGUMENT]…, with an X server of "
                  "its own\n");
      return 2;
    }
  XSetErrorHandler (ignore_x_error);

  run (display, reference); /* both are read from disk once before anything counts */
  run (display, &argv[3]);
  for (int i = 0; i < ROUNDS; i++)
    {
      bare[i] = run (display, reference);
      ours[i] = run (display, &argv[3]);
    }

  XCloseDisplay (display);
  is_fast = report ("first frame", "ms", get_median (bare, ms), get_median (ours, ms));
  is_small = report ("peak memory", "MiB", get_median (bare, mib), get_median (ours, mib));
  return is_fast && is_small ? 0 : 1;
}

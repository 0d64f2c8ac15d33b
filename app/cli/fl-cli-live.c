/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-cli-live.h"

#include "fl-cli-text.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct _FlCliLive
{
  GPtrArray *lines; /* of char *, (nullable) elements: their numbers count */
  guint n_drawn;    /* the cursor stands at the end of so many */
};

FlCliLive *
fl_cli_live_new (void)
{
  FlCliLive *self = g_new0 (FlCliLive, 1);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
fl_cli_live_free (FlCliLive *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* ECMA-48: carriage return, erase to the end of the line, cursor up. */
void
fl_cli_live_erase (FlCliLive *self)
{
  for (; self->n_drawn > 0; self->n_drawn--)
    fputs (self->n_drawn > 1 ? "\r\033[K\033[A" : "\r\033[K", stdout);
}

static void
draw_line (FlCliLive *self, const char *text, guint columns)
{
  g_autofree char *cut = g_strdup (text);

  fl_cli_cut_columns (cut, columns);
  g_print ("%s%s", self->n_drawn > 0 ? "\n" : "", cut);
  self->n_drawn++;
}

static void
draw_rest (FlCliLive *self, guint n_rest, guint columns)
{
  g_autofree char *text = NULL;

  if (n_rest == 0)
    return;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… and %u more", "… and %u more", n_rest),
                          n_rest);
  draw_line (self, text, columns);
}

void
fl_cli_live_draw (FlCliLive *self)
{
  struct winsize size = { 0 };
  guint rows = 24, columns = 80, n_rest = 0;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
    {
      rows = size.ws_row;
      columns = size.ws_col;
    }
  fl_cli_live_erase (self);
  for (guint i = 0; i < self->lines->len; i++)
    {
      if (self->lines->pdata[i] == NULL)
        continue;
      /* One row for the rest, and one that scrolled away could not be erased. */
      if (self->n_drawn + 2 < MAX (rows, 3))
        draw_line (self, self->lines->pdata[i], columns);
      else
        n_rest++;
    }
  draw_rest (self, n_rest, columns);
}

void
fl_cli_live_set (FlCliLive *self, guint number, const char *text)
{
  if (number >= self->lines->len)
    g_ptr_array_set_size (self->lines, (int) number + 1);
  g_clear_pointer (&self->lines->pdata[number], g_free);
  if (text != NULL && *text != '\0')
    self->lines->pdata[number] = g_strdup (text);
  fl_cli_live_draw (self);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-named-port"
#include "config.h"

#include "fl-named-port.h"

#include <glib/gstdio.h>

/* Links that lead to links; udev makes one. */
#define MAX_LINKS 8

struct _FlNamedPort
{
  FlNamedPortFunc changed;
  gpointer owner;
  GPtrArray *chain;    /* of paths, from the named one to the last that links lead to */
  GPtrArray *monitors; /* GFileMonitor of their folders */
  char *target;        /* (nullable) */
};

static void look_again (FlNamedPort *self);

/* (transfer full) (nullable) Where the link @path leads; NULL: it is none. */
static char *
follow (const char *path)
{
  g_autofree char *target = g_file_read_link (path, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  return target != NULL ? g_canonicalize_filename (target, folder) : NULL;
}

static GPtrArray *
make_chain (const char *path)
{
  GPtrArray *chain = g_ptr_array_new_with_free_func (g_free);
  char *next = g_strdup (path);

  while (next != NULL && chain->len <= MAX_LINKS)
    {
      g_ptr_array_add (chain, next);
      next = follow (next);
    }
  g_free (next);
  return chain;
}

static gboolean
is_terminal (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && S_ISCHR (info.st_mode);
}

static gboolean
is_in_chain (FlNamedPort *self, const char *path)
{
  for (guint i = 0; i < self->chain->len; i++)
    if (g_strcmp0 (self->chain->pdata[i], path) == 0)
      return TRUE;
  return FALSE;
}

static void
tell (FlNamedPort *self)
{
  if (self->changed != NULL)
    self->changed (self->owner);
}

static void
on_folder_changed (GFileMonitor *monitor,
                   GFile *file,
                   GFile *other,
                   GFileMonitorEvent event,
                   FlNamedPort *self)
{
  if (!is_in_chain (self, g_file_peek_path (file)))
    return;
  if (event == G_FILE_MONITOR_EVENT_DELETED && self->target != NULL)
    {
      g_clear_pointer (&self->target, g_free);
      tell (self);
    }
  look_again (self);
}

static void
monitor_free (gpointer data)
{
  g_file_monitor_cancel (data);
  g_object_unref (data);
}

static void
watch (FlNamedPort *self, const char *path)
{
  g_autofree char *name = g_path_get_dirname (path);
  g_autoptr (GFile) folder = g_file_new_for_path (name);
  g_autoptr (GError) error = NULL;
  GFileMonitor *monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, &error);

  if (monitor == NULL)
    {
      g_debug ("%s: %s", name, error->message);
      return;
    }
  g_signal_connect (monitor, "changed", G_CALLBACK (on_folder_changed), self);
  g_ptr_array_add (self->monitors, monitor);
}

static void
set_monitors (FlNamedPort *self)
{
  /* The new ones first: nothing shall happen in between. */
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->monitors);

  self->monitors = g_ptr_array_new_with_free_func (monitor_free);
  for (guint i = 0; i < self->chain->len; i++)
    watch (self, self->chain->pdata[i]);
  for (guint i = 0; old != NULL && i < old->len; i++)
    g_signal_handlers_disconnect_by_data (old->pdata[i], self);
}

static gboolean
is_same_chain (GPtrArray *a, GPtrArray *b)
{
  gboolean is_same = a->len == b->len;

  for (guint i = 0; is_same && i < a->len; i++)
    is_same = g_str_equal (a->pdata[i], b->pdata[i]);
  return is_same;
}

void
fl_named_port_look (FlNamedPort *self)
{
  GPtrArray *chain = make_chain (self->chain->pdata[0]);
  const char *last = chain->pdata[chain->len - 1];

  g_free (self->target);
  self->target = is_terminal (last) ? g_strdup (last) : NULL;
  if (is_same_chain (chain, self->chain) && self->monitors != NULL)
    {
      g_ptr_array_unref (chain);
      return;
    }
  g_ptr_array_unref (self->chain);
  self->chain = chain;
  set_monitors (self);
  /* What came while its folder was not watched yet. */
  g_free (self->target);
  self->target = is_terminal (last) ? g_strdup (last) : NULL;
}

static void
look_again (FlNamedPort *self)
{
  g_autofree char *before = g_strdup (self->target);

  fl_named_port_look (self);
  if (g_strcmp0 (before, self->target) != 0)
    tell (self);
}

FlNamedPort *
fl_named_port_new (const char *path, FlNamedPortFunc changed, gpointer owner)
{
  FlNamedPort *self = g_new0 (FlNamedPort, 1);

  self->changed = changed;
  self->owner = owner;
  self->chain = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->chain, g_canonicalize_filename (path, NULL));
  fl_named_port_look (self);
  return self;
}

void
fl_named_port_free (FlNamedPort *self)
{
  for (guint i = 0; i < self->monitors->len; i++)
    g_signal_handlers_disconnect_by_data (self->monitors->pdata[i], self);
  g_ptr_array_unref (self->monitors);
  g_ptr_array_unref (self->chain);
  g_free (self->target);
  g_free (self);
}

const char *
fl_named_port_get_target (FlNamedPort *self)
{
  return self->target;
}

gboolean
fl_named_port_leads_by (FlNamedPort *self, const char *path)
{
  return self->target != NULL && is_in_chain (self, path);
}

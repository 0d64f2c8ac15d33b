/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @self may not be freed in it. */
typedef void (*FlNamedPortFunc) (gpointer owner);

/**
 * FlNamedPort:
 *
 * A path of a serial port that may come and go, possibly by symbolic links that lead to it. Watched
 * without polling.
 */
typedef struct _FlNamedPort FlNamedPort;

/* @changed: the target is another one, or the same name is another terminal: told as gone first. */
FlNamedPort *fl_named_port_new (const char *path, FlNamedPortFunc changed, gpointer owner);
void fl_named_port_free (FlNamedPort *self);
/* Looks now, without telling. */
void fl_named_port_look (FlNamedPort *self);
/* (nullable) Where the path leads at present, links resolved; NULL: there is no character device
 * there. */
const char *fl_named_port_get_target (FlNamedPort *self);
/* Whether @path is the named path or on the way from it to its target, and the target is there. */
gboolean fl_named_port_leads_by (FlNamedPort *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlNamedPort, fl_named_port_free)

G_END_DECLS

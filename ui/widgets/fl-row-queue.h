/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlRowQueue:
 *
 * Rows of one list that have to be drawn anew because their items changed. A few are done at once,
 * the others some in each frame: after a scan hundreds change together, and few of them can be
 * seen.
 */
typedef struct _FlRowQueue FlRowQueue;

FlRowQueue *fl_row_queue_new (GtkWidget *list); /* borrowed, must outlive the queue */
void fl_row_queue_free (FlRowQueue *self);
/* Calls @update (@row) now or in one of the next frames, once however often it is asked for before.
 * A row that goes meanwhile is left out. */
void fl_row_queue_add (FlRowQueue *self, GtkWidget *row, void (*update) (GtkWidget *row));

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlRowQueue, fl_row_queue_free)

G_END_DECLS

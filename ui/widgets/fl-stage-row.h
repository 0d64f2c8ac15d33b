/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  FL_STAGE_ROW_PENDING,
  FL_STAGE_ROW_RUNNING,
  FL_STAGE_ROW_DONE,
  FL_STAGE_ROW_FAILED,
} FlStageRowState;

/**
 * FlStageRow:
 *
 * One line of the check list: a mark, what happens, and the proof that it happened.
 */
#define FL_TYPE_STAGE_ROW (fl_stage_row_get_type ())
G_DECLARE_FINAL_TYPE (FlStageRow, fl_stage_row, FL, STAGE_ROW, GtkBox)

GtkWidget *fl_stage_row_new (void);
void fl_stage_row_set_title (FlStageRow *self, const char *title);
void fl_stage_row_set_detail (FlStageRow *self, const char *detail); /* (nullable) */
void fl_stage_row_set_state (FlStageRow *self, FlStageRowState state);
FlStageRowState fl_stage_row_get_state (FlStageRow *self);
/* Only a running row turns, and only after a while. */
void fl_stage_row_set_spinning (FlStageRow *self, gboolean spinning);

G_END_DECLS

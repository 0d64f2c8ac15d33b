/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FlItemList:
 *
 * A list in a card that scrolls by itself, however long it is: one selection, arrows, Home, End,
 * letters (type-ahead), Enter or a double click activates.
 *
 * The rows are widgets of one type with the properties "item" (GObject) and "words" (what a screen
 * reader says for the row).
 *
 * Property: "selected" (GObject, nullable). Signals: "activated" (GObject *item);
 * "clicked" (GObject *item), once by the pointer, after it was selected; "pointed" (gboolean):
 * pointer or focus came into the list or left it.
 */
#define FL_TYPE_ITEM_LIST (fl_item_list_get_type ())
G_DECLARE_FINAL_TYPE (FlItemList, fl_item_list, FL, ITEM_LIST, AdwBin)

typedef const char *(*FlItemNameFunc) (gpointer item);

/* @model (nullable); @name: by what filter and type-ahead look; static after the first call. */
void
fl_item_list_set_model (FlItemList *self, GListModel *model, GType row_type, FlItemNameFunc name);
void fl_item_list_set_label (FlItemList *self, const char *label); /* for a screen reader */
gpointer fl_item_list_get_selected (FlItemList *self);             /* (nullable), borrowed */
void fl_item_list_select (FlItemList *self, gpointer item);        /* (nullable) */
void fl_item_list_set_filter (FlItemList *self, const char *text); /* part of the name; "" all */
guint fl_item_list_get_n_shown (FlItemList *self);
/* Back to the first row, when nobody has chosen one; the focus goes along if it is in the list. */
void fl_item_list_show_first (FlItemList *self);
/* The selected row or else the first one; FALSE: there is none. */
gboolean fl_item_list_focus (FlItemList *self);
/* The row that shows @item at the moment; (nullable), borrowed. */
GtkWidget *fl_item_list_get_row (FlItemList *self, gpointer item);
/* For a row whose item changed: calls @update (@row) now, or in one of the next frames when
 * hundreds change at once. */
void fl_item_list_update_row (GtkWidget *row, void (*update) (GtkWidget *row));

G_END_DECLS

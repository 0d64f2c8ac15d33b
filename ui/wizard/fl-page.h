/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-error.h"

G_BEGIN_DECLS

/**
 * FlPage:
 *
 * One question of the wizard. A page owns its content and says through properties what the wizard
 * shall show around it; it never touches the buttons.
 *
 * Properties: "title"; "subtitle" (nullable); "action-label" (nullable: no main button), with
 * mnemonic; "complete": the main button can be pressed; "busy": a wait is running, the main button
 * rests; "can-go-back"; "cancel-label" (nullable: no Cancel), with mnemonic; "error" (nullable):
 * shown above the content with the buttons of the catalogue; "actions" (guint64): bits of the
 * FlErrorAction values that can act here, see fl_action_bit(); "width" (int): the most that the
 * content takes, in pixels; "content" (GtkWidget).
 *
 * Signals: "go-back", when Back was pressed and the page did not handle it itself; "cancelled";
 * "error-action" (int, an FlErrorAction).
 */
#define FL_TYPE_PAGE (fl_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (FlPage, fl_page, FL, PAGE, AdwBin)

struct _FlPageClass
{
  AdwBinClass parent_class;

  void (*activate) (FlPage *self);    /* the main button */
  void (*enter) (FlPage *self);       /* shown now: put the focus where acting begins */
  gboolean (*go_back) (FlPage *self); /* TRUE: handled inside the page */
  void (*cancel) (FlPage *self);      /* default: emits "cancelled" */
  void (*refresh) (FlPage *self);     /* Ctrl+R, F5; (nullable) */
  void (*find) (FlPage *self);        /* Ctrl+F; (nullable) */
  /* Ctrl+C without an error of its own: another error box of this page. Borrowed; (nullable) */
  GtkWidget *(*get_error_box) (FlPage *self);
};

#define fl_action_bit(action) (G_GUINT64_CONSTANT (1) << (action))

void fl_page_activate (FlPage *self); /* nothing while incomplete or busy */
void fl_page_enter (FlPage *self);
void fl_page_go_back (FlPage *self); /* nothing when it cannot */
void fl_page_cancel (FlPage *self);
void fl_page_refresh (FlPage *self);
void fl_page_find (FlPage *self);

const char *fl_page_get_title (FlPage *self);
void fl_page_set_title (FlPage *self, const char *title);
const char *fl_page_get_subtitle (FlPage *self);
void fl_page_set_subtitle (FlPage *self, const char *subtitle);
const char *fl_page_get_action_label (FlPage *self);
void fl_page_set_action_label (FlPage *self, const char *label);
const char *fl_page_get_cancel_label (FlPage *self);
void fl_page_set_cancel_label (FlPage *self, const char *label);
gboolean fl_page_get_complete (FlPage *self);
void fl_page_set_complete (FlPage *self, gboolean complete);
gboolean fl_page_get_busy (FlPage *self);
void fl_page_set_busy (FlPage *self, gboolean busy);
gboolean fl_page_get_can_go_back (FlPage *self);
void fl_page_set_can_go_back (FlPage *self, gboolean can_go_back);
const GError *fl_page_get_error (FlPage *self);
void fl_page_set_error (FlPage *self, const GError *error);
/* Words for the present error that know more than the catalogue; NULL: the catalogue's. */
void fl_page_set_error_title (FlPage *self, const char *title);
void fl_page_set_actions (FlPage *self, guint64 actions);

/* Ctrl+C: the details of the error go to the clipboard; nothing without one. */
void fl_page_copy_error (FlPage *self);
/* Moves the focus to the first button of the error; FALSE when there is none to focus. */
gboolean fl_page_focus_error (FlPage *self);

G_END_DECLS

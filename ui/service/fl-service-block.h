/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-visit.h"

G_BEGIN_DECLS

/* What a person wants of the device, or of its page. With a network: TRY, REMOVE, REPLACE. */
typedef enum
{
  FL_WISH_BLINK,
  FL_WISH_STOP_BLINKING,
  FL_WISH_LISTEN,
  FL_WISH_STOP_LISTENING,
  FL_WISH_RESTART,
  FL_WISH_SAFE_MODE,
  FL_WISH_LEAVE_UPDATE_MODE,
  FL_WISH_SETUP_DONE,
  FL_WISH_SETUP_NOT_DONE,
  FL_WISH_ADD,
  FL_WISH_TRY,
  FL_WISH_REMOVE,
  FL_WISH_REPLACE,
  FL_WISH_CLEAR,
  FL_WISH_CHECK,
  FL_WISH_REPORT,
  FL_WISH_COPY_MAC,
} FlWish;

/**
 * FlServiceBlock:
 *
 * One part of a device's page that fills by itself: a heading, what is waited for, what went wrong
 * with its own Try Again, and the content.
 *
 * Signal: "wish" (int, an FlWish; FlNetwork *, nullable).
 */
#define FL_TYPE_SERVICE_BLOCK (fl_service_block_get_type ())
G_DECLARE_DERIVABLE_TYPE (FlServiceBlock, fl_service_block, FL, SERVICE_BLOCK, GtkBox)

struct _FlServiceBlockClass
{
  GtkBoxClass parent_class;

  /* Shows what @visit knows now. */
  void (*update) (FlServiceBlock *self, FlVisit *visit);
};

void fl_service_block_set_visit (FlServiceBlock *self, FlVisit *visit); /* (nullable) */
void fl_service_block_update (FlServiceBlock *self); /* nothing without a visit */

/* For the parts. */
void fl_service_block_set_title (FlServiceBlock *self, const char *title);
void fl_service_block_set_note (FlServiceBlock *self, const char *note);    /* beside the heading */
void fl_service_block_add_button (FlServiceBlock *self, GtkWidget *button); /* beside the heading */
void fl_service_block_set_content (FlServiceBlock *self, GtkWidget *content);
/* Shows the status of what the part reads, and the content when there is something to see. */
void fl_service_block_show_status (FlServiceBlock *self, FlVisit *visit, FlVisitBlock block);
/* A part of a device that cannot be opened is not there. */
void fl_service_block_hide_empty (FlServiceBlock *self, FlVisit *visit, FlVisitBlock block);
void fl_service_block_wish (FlServiceBlock *self, FlWish wish, FlNetwork *network);
/* A list in a card, for rows. */
GtkWidget *fl_service_block_new_list (const char *label);
void fl_service_block_clear_list (GtkWidget *list);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-label-text.h"

G_BEGIN_DECLS

typedef enum
{
  FL_STREAM_NEW,       /* a label of a device, not seen before */
  FL_STREAM_DUPLICATE, /* it was here already, and has been away from the camera since */
  FL_STREAM_SAME,      /* still the one that is held in the frame */
  FL_STREAM_REFUSED,   /* a code of another kind */
} FlStreamNews;

/* One line of the list: lists hold objects only. Its text never changes. */
#define FL_TYPE_LABEL_ITEM (fl_label_item_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelItem, fl_label_item, FL, LABEL_ITEM, GObject)
FlLabelText *fl_label_item_get_text (FlLabelItem *self); /* borrowed */

/**
 * FlLabelStream:
 *
 * The labels that passed one camera: each once, the last one first. A GListModel of FlLabelItem.
 */
#define FL_TYPE_LABEL_STREAM (fl_label_stream_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelStream, fl_label_stream, FL, LABEL_STREAM, GObject)

/* Time without a label in the frame after which the same one counts as held up again. */
#define FL_STREAM_AWAY_MS 1500

FlLabelStream *fl_label_stream_new (void);
/* @now_ms: a rising time. A better text of a label that is there (serial alone, then serial and
 * secret) replaces it, becomes the first and is NEW. Texts that find no device are refused: they
 * are not kept, but repeat like the others: SAME while held. */
FlStreamNews fl_label_stream_add (FlLabelStream *self, FlLabelText *text, gint64 now_ms);
/* By place in the list; Undo of the last one is position 0. While it is still held in the frame it
 * does not come back. */
void fl_label_stream_remove (FlLabelStream *self, guint position);
/* Forgets everything. */
void fl_label_stream_clear (FlLabelStream *self);
/* The label with this serial number, where it is known to both, else with this set-up code;
 * (nullable), borrowed. */
FlLabel *fl_label_stream_find (FlLabelStream *self, const char *serial, const char *setup_code);

G_END_DECLS

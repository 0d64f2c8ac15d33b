/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlLabelPhoto:
 *
 * A photo of a label, however it comes: chosen as a file, dropped onto a page, or pasted there.
 *
 * Property "busy" (boolean, notified): one is being read. Signals: "read" (GPtrArray of FlScan,
 * never empty); "failed" (GError).
 */
#define FL_TYPE_LABEL_PHOTO (fl_label_photo_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelPhoto, fl_label_photo, FL, LABEL_PHOTO, GObject)

/* @page: owns it and takes drops and pastes. */
FlLabelPhoto *fl_label_photo_new (GtkWidget *page);
/* Open Photo…: asks for a file. */
void fl_label_photo_choose (FlLabelPhoto *self);
void fl_label_photo_read_file (FlLabelPhoto *self, GFile *file);
void fl_label_photo_read_texture (FlLabelPhoto *self, GdkTexture *texture);
/* What is on the clipboard, as by Ctrl+V. FALSE: that is no picture, or it is a text and the focus
 * is in a field. */
gboolean fl_label_photo_paste (FlLabelPhoto *self);
void fl_label_photo_cancel (FlLabelPhoto *self); /* says nothing more */
gboolean fl_label_photo_get_busy (FlLabelPhoto *self);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera.h"

G_BEGIN_DECLS

/* In the main context. */
typedef void (*FlPreviewSlotFunc) (const FlPreview *preview, GObject *owner);

/**
 * FlPreviewSlot:
 *
 * Brings pictures from a camera's thread to the main context, the newest only: one at most waits
 * there.
 */
typedef struct _FlPreviewSlot FlPreviewSlot;

FlPreviewSlot *fl_preview_slot_new (FlPreviewSlotFunc func, GObject *owner); /* @owner: weak */
void fl_preview_slot_put (FlPreviewSlot *self, const FlPreview *preview);    /* from any thread */
void fl_preview_slot_clear (FlPreviewSlot *self); /* what waits is forgotten */
void fl_preview_slot_unref (FlPreviewSlot *self);

G_END_DECLS

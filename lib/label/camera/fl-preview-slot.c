/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-preview-slot"
#include "config.h"

#include "fl-preview-slot.h"

struct _FlPreviewSlot
{
  gatomicrefcount refs;
  FlPreviewSlotFunc func;
  GWeakRef owner;
  GMainContext *context;

  GMutex lock;       /* of the rest */
  FlPreview preview; /* pixels NULL: nothing waits */
  gboolean is_pending;
};

static gboolean
on_turn (gpointer data)
{
  FlPreviewSlot *self = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  g_autoptr (GBytes) pixels = NULL;
  FlPreview preview = { 0 };

  g_mutex_lock (&self->lock);
  self->is_pending = FALSE;
  preview = self->preview;
  pixels = g_steal_pointer (&self->preview.pixels);
  g_mutex_unlock (&self->lock);
  if (owner != NULL && pixels != NULL)
    self->func (&preview, owner);
  return G_SOURCE_REMOVE;
}

FlPreviewSlot *
fl_preview_slot_new (FlPreviewSlotFunc func, GObject *owner)
{
  FlPreviewSlot *self = g_new0 (FlPreviewSlot, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  g_weak_ref_init (&self->owner, owner);
  self->context = g_main_context_ref_thread_default ();
  self->func = func;
  return self;
}

void
fl_preview_slot_put (FlPreviewSlot *self, const FlPreview *preview)
{
  g_autoptr (GSource) source = NULL;
  GBytes *before = NULL;

  g_mutex_lock (&self->lock);
  before = self->preview.pixels;
  self->preview = *preview;
  self->preview.pixels = g_bytes_ref (preview->pixels);
  if (!self->is_pending)
    source = g_idle_source_new ();
  self->is_pending = TRUE;
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&before, g_bytes_unref);
  if (source == NULL)
    return;
  g_atomic_ref_count_inc (&self->refs);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_turn, self, (GDestroyNotify) fl_preview_slot_unref);
  g_source_attach (source, self->context);
}

void
fl_preview_slot_clear (FlPreviewSlot *self)
{
  GBytes *before = NULL;

  g_mutex_lock (&self->lock);
  before = g_steal_pointer (&self->preview.pixels);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&before, g_bytes_unref);
}

void
fl_preview_slot_unref (FlPreviewSlot *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->preview.pixels, g_bytes_unref);
  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self);
}

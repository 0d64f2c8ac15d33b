/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-chime.h"

#include "fl-memory.h"

/* A sound file would need a media back end of GTK, which many systems do not have. */
gboolean
fl_chime_ring (GtkWidget *widget)
{
  gboolean has_event_sounds = FALSE;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-event-sounds", &has_event_sounds,
                NULL);
  if (!has_event_sounds || !fl_memory_get_sounds ())
    return FALSE;

  gdk_display_beep (gtk_widget_get_display (widget));
  return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FlCapsNote:
 *
 * "Caps Lock is on.", below an entry for a password; takes no place while it is off.
 */
#define FL_TYPE_CAPS_NOTE (fl_caps_note_get_type ())
G_DECLARE_FINAL_TYPE (FlCapsNote, fl_caps_note, FL, CAPS_NOTE, AdwBin)

G_END_DECLS

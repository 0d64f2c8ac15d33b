/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlLabel:
 *
 * What a device's label says. Boxed, reference counted, immutable. Source:
 * lib/particle/control/PROTOCOL.md, "Labels and identities".
 */
typedef struct _FlLabel FlLabel;

#define FL_TYPE_LABEL (fl_label_get_type ())
GType fl_label_get_type (void);

#define FL_SETUP_CODE_SIZE    6
#define FL_MOBILE_SECRET_SIZE 15

/* Pure. Whole label text: serial, any white space, mobile secret. Errors: FL_ERROR_LABEL_OTHER_CODE
 * when it is no such label (message says why, without the text). A serial alone is a label without
 * secret. */
FlLabel *fl_label_parse (const char *text, gssize size_bytes, GError **error);
/* Typed by hand: @setup_code: 6 letters or digits, any case, or a serial; @secret (nullable): as
 * typed; white space around either is left out. Errors: FL_ERROR_INVALID_INPUT, message translated,
 * for the person. */
FlLabel *fl_label_new_typed (const char *setup_code, const char *secret, GError **error);
FlLabel *fl_label_ref (FlLabel *self);
void fl_label_unref (FlLabel *self);
const char *fl_label_get_serial (const FlLabel *self);     /* (nullable) upper case */
const char *fl_label_get_setup_code (const FlLabel *self); /* upper case, never NULL */
FlSecret *fl_label_get_secret (const FlLabel *self);       /* (nullable), borrowed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlLabel, fl_label_unref)

G_END_DECLS

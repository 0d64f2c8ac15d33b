/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-label.h"

G_BEGIN_DECLS

/* What the text of a code turned out to be. Source: lib/particle/control/PROTOCOL.md, "Labels and
 * identities". */
typedef enum
{
  FL_LABEL_KIND_SERIAL_SECRET, /* a device's whole label */
  FL_LABEL_KIND_SERIAL,        /* a serial number alone: Gen 2, or beside the square */
  FL_LABEL_KIND_SHORT_SECRET,  /* serial and a secret of 12 to 14 characters: a faulty batch */
  FL_LABEL_KIND_KIT,           /* the number of a kit, on the outer box */
  FL_LABEL_KIND_ICCID,         /* a SIM card's number */
  FL_LABEL_KIND_IMEI,          /* a modem's number */
  FL_LABEL_KIND_DEVICE_ID,     /* 24 hexadecimal digits */
  FL_LABEL_KIND_FOREIGN,       /* any other text */
} FlLabelKind;

/* What a text can be used for. */
typedef enum
{
  FL_LABEL_USE_NONE = 0,
  FL_LABEL_USE_FIND = 1 << 0,  /* finds the device: it has the set-up code or the device ID */
  FL_LABEL_USE_PROVE = 1 << 1, /* opens a secure Bluetooth session: it has the mobile secret */
} FlLabelUse;

/**
 * FlLabelText:
 *
 * The text of a code that was read, classified. Boxed, reference counted, immutable. Never fails: a
 * foreign code is a result too. The text itself is not kept beyond what the label keeps.
 */
typedef struct _FlLabelText FlLabelText;

#define FL_TYPE_LABEL_TEXT (fl_label_text_get_type ())
GType fl_label_text_get_type (void);

FlLabelText *fl_label_text_new (const FlSecret *text); /* any bytes; pure */
FlLabelText *fl_label_text_ref (FlLabelText *self);
void fl_label_text_unref (FlLabelText *self);
FlLabelKind fl_label_text_get_kind (const FlLabelText *self);
const char *
fl_label_kind_get_id (FlLabelKind kind); /* "serial-secret" …, for JSON; never changes */
const char *fl_label_kind_get_name (FlLabelKind kind); /* translated: "Label of a device" … */
FlLabelUse fl_label_text_get_uses (const FlLabelText *self);
/* For SERIAL_SECRET, SERIAL and SHORT_SECRET (this one without its secret); else NULL. Borrowed. */
FlLabel *fl_label_text_get_label (const FlLabelText *self);
const char *fl_label_text_get_device_id (const FlLabelText *self); /* (nullable) lower case */
/* What may be shown of it: the serial number, kit number, ICCID, IMEI or device ID; (nullable) for
 * a foreign text, which may be anybody's secret. */
const char *fl_label_text_get_number (const FlLabelText *self);
/* Whether it can be used for all of @wanted; FALSE sets FL_ERROR_LABEL_OTHER_CODE whose message is
 * one translated sentence that says what it is and what to do instead. */
gboolean fl_label_text_check (const FlLabelText *self, FlLabelUse wanted, GError **error);
/* The same label again; by serial number or device ID, foreign ones by a hash of the text. */
gboolean fl_label_text_equal (const FlLabelText *a, const FlLabelText *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlLabelText, fl_label_text_unref)

G_END_DECLS

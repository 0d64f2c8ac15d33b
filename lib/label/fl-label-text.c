/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-label-text.h"
#include "fl-error.h"
#include "fl-label-classify.h"

#include <glib/gi18n-lib.h>

struct _FlLabelText
{
  gatomicrefcount ref_count;
  FlLabelKind kind;
  FlForeign foreign;
  char *number;   /* NULL for a foreign text */
  FlLabel *label; /* (nullable) */
  guint64 hash;   /* of the whole text */
};

G_DEFINE_BOXED_TYPE (FlLabelText, fl_label_text, fl_label_text_ref, fl_label_text_unref)

/* FNV-1a, 64 bits (draft-eastlake-fnv): unlike GChecksum it keeps no copy of the text. */
static guint64
get_hash (FlWord text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < text.size_bytes; i++)
    {
      hash ^= (guint8) text.start[i];
      hash *= G_GUINT64_CONSTANT (0x100000001b3);
    }
  return hash;
}

FlLabelText *
fl_label_text_new (const FlSecret *text)
{
  FlLabelText *self;
  FlWord word;
  FlClassified found;

  g_return_val_if_fail (text != NULL, NULL);

  word = (FlWord){ fl_secret_get_text (text), fl_secret_get_size (text) };
  found = fl_label_classify (word);
  self = g_new0 (FlLabelText, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->kind = found.kind;
  self->foreign = found.foreign;
  self->hash = get_hash (word);
  if (found.kind == FL_LABEL_KIND_DEVICE_ID)
    self->number = g_ascii_strdown (found.number.start, (gssize) found.number.size_bytes);
  else if (found.kind != FL_LABEL_KIND_FOREIGN)
    self->number = g_ascii_strup (found.number.start, (gssize) found.number.size_bytes);
  if (found.kind == FL_LABEL_KIND_SERIAL_SECRET || found.kind == FL_LABEL_KIND_SERIAL ||
      found.kind == FL_LABEL_KIND_SHORT_SECRET)
    self->label = fl_label_new_from_words (found.number, found.secret);
  return self;
}

FlLabelText *
fl_label_text_ref (FlLabelText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fl_label_text_unref (FlLabelText *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->label, fl_label_unref);
  g_free (self);
}

FlLabelKind
fl_label_text_get_kind (const FlLabelText *self)
{
  g_return_val_if_fail (self != NULL, FL_LABEL_KIND_FOREIGN);

  return self->kind;
}

const char *
fl_label_kind_get_id (FlLabelKind kind)
{
  switch (kind)
    {
    case FL_LABEL_KIND_SERIAL_SECRET:
      return "serial-secret";
    case FL_LABEL_KIND_SERIAL:
      return "serial";
    case FL_LABEL_KIND_SHORT_SECRET:
      return "short-secret";
    case FL_LABEL_KIND_KIT:
      return "kit";
    case FL_LABEL_KIND_ICCID:
      return "iccid";
    case FL_LABEL_KIND_IMEI:
      return "imei";
    case FL_LABEL_KIND_DEVICE_ID:
      return "device-id";
    case FL_LABEL_KIND_FOREIGN:
      return "foreign";
    }
  g_return_val_if_reached ("foreign");
}

const char *
fl_label_kind_get_name (FlLabelKind kind)
{
  switch (kind)
    {
    case FL_LABEL_KIND_SERIAL_SECRET:
      return _ ("Label of a device");
    case FL_LABEL_KIND_SERIAL:
      return _ ("Serial number");
    case FL_LABEL_KIND_SHORT_SECRET:
      return _ ("Label with a short secret");
    case FL_LABEL_KIND_KIT:
      return _ ("Number of a kit");
    case FL_LABEL_KIND_ICCID:
      return _ ("Number of a SIM card");
    case FL_LABEL_KIND_IMEI:
      return _ ("Number of a modem");
    case FL_LABEL_KIND_DEVICE_ID:
      return _ ("Device ID");
    case FL_LABEL_KIND_FOREIGN:
      return _ ("Another code");
    }
  g_return_val_if_reached ("");
}

FlLabelUse
fl_label_text_get_uses (const FlLabelText *self)
{
  g_return_val_if_fail (self != NULL, FL_LABEL_USE_NONE);

  if (self->kind == FL_LABEL_KIND_SERIAL_SECRET)
    return FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE;
  if (self->label != NULL || self->kind == FL_LABEL_KIND_DEVICE_ID)
    return FL_LABEL_USE_FIND;
  return FL_LABEL_USE_NONE;
}

FlLabel *
fl_label_text_get_label (const FlLabelText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->label;
}

const char *
fl_label_text_get_device_id (const FlLabelText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind == FL_LABEL_KIND_DEVICE_ID ? self->number : NULL;
}

const char *
fl_label_text_get_number (const FlLabelText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->number;
}

static const char *
describe_foreign (FlForeign foreign)
{
  switch (foreign)
    {
    case FL_FOREIGN_EMPTY:
      return _ ("This code is empty: the right one is the small square next to the serial number.");
    case FL_FOREIGN_WEB:
      return _ ("This is a web address: the right code is the small square next to the serial "
                "number.");
    case FL_FOREIGN_NETWORK:
      return _ ("This is the code of a wireless network: the right one is the small square next to "
                "the serial number.");
    case FL_FOREIGN_CONTACT:
      return _ ("This is a visiting card: the right code is the small square next to the serial "
                "number.");
    case FL_FOREIGN_PRODUCT:
      return _ ("This is the number of a product, from its package: the right code is the small "
                "square next to the serial number.");
    case FL_FOREIGN_OTHER:
      return _ ("This is another kind of code: the right one is the small square next to the "
                "serial number.");
    }
  g_return_val_if_reached ("");
}

static const char *
describe (const FlLabelText *self)
{
  switch (self->kind)
    {
    case FL_LABEL_KIND_SERIAL_SECRET:
      return _ ("This is the whole label of a device.");
    case FL_LABEL_KIND_SERIAL:
      return _ ("This code holds a serial number but no secret: scan another small square of the "
                "label, or use a USB cable.");
    case FL_LABEL_KIND_SHORT_SECRET:
      return _ ("This label has a short secret, from a faulty batch of labels: use a USB cable.");
    case FL_LABEL_KIND_KIT:
      return _ ("This is the number of a kit, from its box: the right code is on the device "
                "itself, next to its serial number.");
    case FL_LABEL_KIND_ICCID:
      return _ ("This is the number of a SIM card: the right code is the small square next to the "
                "serial number.");
    case FL_LABEL_KIND_IMEI:
      return _ ("This is the number of a modem: the right code is the small square next to the "
                "serial number.");
    case FL_LABEL_KIND_DEVICE_ID:
      return _ ("This is a device ID, which holds no secret: scan the small square next to the "
                "serial number, or use a USB cable.");
    case FL_LABEL_KIND_FOREIGN:
      return describe_foreign (self->foreign);
    }
  g_return_val_if_reached ("");
}

gboolean
fl_label_text_check (const FlLabelText *self, FlLabelUse wanted, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if ((fl_label_text_get_uses (self) & wanted) == wanted)
    return TRUE;
  g_set_error_literal (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE, describe (self));
  return FALSE;
}

gboolean
fl_label_text_equal (const FlLabelText *a, const FlLabelText *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->number != NULL || b->number != NULL)
    return g_strcmp0 (a->number, b->number) == 0;
  return a->hash == b->hash;
}

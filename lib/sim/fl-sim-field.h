/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a value in a scenario may be, and the member it goes to. */
typedef enum
{
  FL_SIM_FIELD_TEXT,   /* char *, 1 to 64 characters of UTF-8 */
  FL_SIM_FIELD_BYTES,  /* GBytes *, with \xNN and \\ escapes, 0 to 32 bytes without NUL */
  FL_SIM_FIELD_SECRET, /* FlSecret *, escapes as above, up to 64 bytes */
  FL_SIM_FIELD_INT,    /* int within min and max; 0x… is hexadecimal */
  FL_SIM_FIELD_BOOL,   /* gboolean: yes, no */
  FL_SIM_FIELD_TIME,   /* gint64, microseconds */
  FL_SIM_FIELD_DATE,   /* int, 20260601 of 2026-06-01 */
  FL_SIM_FIELD_PLUG,   /* gint64, microseconds: yes is 0, no is -1, "later TIME" */
  FL_SIM_FIELD_WORD,   /* int: index in words */
  FL_SIM_FIELD_LIST,   /* char **, separated by semicolons, up to 100 */
  FL_SIM_FIELD_UUID,   /* char *, 128-bit, lower case, dashed */
  FL_SIM_FIELD_FAULTS, /* GArray of FlSimFault; max 1: of the world */
} FlSimFieldKind;

typedef struct
{
  const char *key;
  FlSimFieldKind kind;
  gsize offset;
  gint64 min, max;
  const char *const *words;
} FlSimField;

/* Sets the member of @target that @key names. FALSE: *@reason says why (transfer full). */
gboolean fl_sim_field_set (const FlSimField *fields,
                           guint n_fields,
                           gpointer target,
                           const char *key,
                           const char *value,
                           char **reason);
/* Frees what the members of @target own. */
void fl_sim_fields_clear (const FlSimField *fields, guint n_fields, gpointer target);

G_END_DECLS

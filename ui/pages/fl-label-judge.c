/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-label-judge.h"

#include "fl-error.h"

#define MAX_SEEN 8 /* codes before the camera at a time */

typedef struct
{
  FlLabelText *text;
  gint64 first_us;
  gint64 last_us;
  gboolean told; /* or taken */
  gboolean right;
} Seen;

struct _FlLabelJudge
{
  FlLabelUse uses;
  char *ending;
  GArray *seen; /* of Seen, the oldest first */
};

static void
clear_seen (gpointer data)
{
  g_clear_pointer (&((Seen *) data)->text, fl_label_text_unref);
}

FlLabelJudge *
fl_label_judge_new (void)
{
  FlLabelJudge *self = g_new0 (FlLabelJudge, 1);

  self->uses = FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE;
  self->seen = g_array_new (FALSE, TRUE, sizeof (Seen));
  g_array_set_clear_func (self->seen, clear_seen);
  return self;
}

void
fl_label_judge_free (FlLabelJudge *self)
{
  g_array_unref (self->seen);
  g_free (self->ending);
  g_free (self);
}

void
fl_label_judge_set_wanted (FlLabelJudge *self, FlLabelUse uses, const char *ending)
{
  self->uses = uses;
  if (g_strcmp0 (self->ending, ending) == 0)
    return;

  /* What was another device's label may be this one's. */
  g_free (self->ending);
  self->ending = g_strdup (ending);
  g_array_set_size (self->seen, 0);
}

gboolean
fl_label_judge_fits (FlLabelJudge *self, const FlLabelText *text, GError **error)
{
  FlLabel *label;

  if (!fl_label_text_check (text, self->uses, error))
    return FALSE;

  label = fl_label_text_get_label (text);
  if (label == NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE, "No label of a device");
      return FALSE;
    }
  if (self->ending != NULL && g_strcmp0 (self->ending, fl_label_get_setup_code (label)) != 0)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE,
                   "The label's serial number ends with %s, the device's with %s",
                   fl_label_get_setup_code (label), self->ending);
      return FALSE;
    }
  return TRUE;
}

static void
forget_those_away (FlLabelJudge *self, gint64 now_us)
{
  for (guint i = self->seen->len; i > 0; i--)
    if (now_us - g_array_index (self->seen, Seen, i - 1).last_us >= FL_JUDGE_AWAY_MS * 1000)
      g_array_remove_index (self->seen, i - 1);
}

static Seen *
find (FlLabelJudge *self, FlLabelText *text, gint64 now_us)
{
  Seen fresh = { .first_us = now_us, .last_us = now_us };

  for (guint i = 0; i < self->seen->len; i++)
    if (fl_label_text_equal (g_array_index (self->seen, Seen, i).text, text))
      return &g_array_index (self->seen, Seen, i);

  if (self->seen->len == MAX_SEEN)
    g_array_remove_index (self->seen, 0);
  fresh.text = fl_label_text_ref (text);
  g_array_append_val (self->seen, fresh);
  return &g_array_index (self->seen, Seen, self->seen->len - 1);
}

FlLabelVerdict
fl_label_judge_take (FlLabelJudge *self, FlLabelText *text, gint64 now_us, GError **error)
{
  g_autoptr (GError) problem = NULL;
  Seen *seen;

  forget_those_away (self, now_us);
  seen = find (self, text, now_us);
  seen->last_us = now_us;
  if (seen->told)
    return FL_JUDGED_HELD;

  seen->right = fl_label_judge_fits (self, text, &problem);
  if (!seen->right && now_us - seen->first_us < FL_JUDGE_SURE_MS * 1000)
    return FL_JUDGED_HELD;

  seen->told = TRUE;
  if (seen->right)
    return FL_JUDGED_RIGHT;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FL_JUDGED_WRONG;
}

void
fl_label_judge_forgive (FlLabelJudge *self)
{
  for (guint i = self->seen->len; i > 0; i--)
    if (g_array_index (self->seen, Seen, i - 1).right)
      g_array_remove_index (self->seen, i - 1);
}

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-label-text.h"

G_BEGIN_DECLS

/* What a page makes of a code that the camera read. */
typedef enum
{
  FL_JUDGED_RIGHT, /* the label that is wanted */
  FL_JUDGED_WRONG, /* not it: to be told now */
  FL_JUDGED_HELD,  /* judged before, and still before the camera; or not sure yet */
} FlLabelVerdict;

#define FL_JUDGE_AWAY_MS 1500 /* without a code, after which the same one is judged anew */
#define FL_JUDGE_SURE_MS 300  /* a wrong code has to be held for */

/**
 * FlLabelJudge:
 *
 * Says which of the codes before a camera is the label that is wanted. A wrong one is told once
 * while it is held there, and not at all when it only passes by. Pure.
 */
typedef struct _FlLabelJudge FlLabelJudge;

FlLabelJudge *fl_label_judge_new (void);
void fl_label_judge_free (FlLabelJudge *self);
/* @ending (nullable): the set-up code of the device that was chosen. */
void fl_label_judge_set_wanted (FlLabelJudge *self, FlLabelUse uses, const char *ending);
/* @now_us: a rising time. @error: FL_ERROR_LABEL_OTHER_CODE or FL_ERROR_LABEL_OTHER_DEVICE with
 * FL_JUDGED_WRONG. */
FlLabelVerdict
fl_label_judge_take (FlLabelJudge *self, FlLabelText *text, gint64 now_us, GError **error);
/* The same without time, for a photo: FALSE sets @error. */
gboolean fl_label_judge_fits (FlLabelJudge *self, const FlLabelText *text, GError **error);
/* A label that turned out not to work is taken again at once: the person asks for it. */
void fl_label_judge_forgive (FlLabelJudge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlLabelJudge, fl_label_judge_free)

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-error.h"

G_BEGIN_DECLS

/* Nicks: "good", "doubtful", "broken", "unknown". */
typedef enum
{
  FL_VERDICT_GOOD,
  FL_VERDICT_DOUBTFUL,
  FL_VERDICT_BROKEN,
  FL_VERDICT_UNKNOWN, /* could not be looked at, or an earlier break makes it pointless */
} FlVerdict;

/* Nicks: "nobody", "device", "network", "computer". */
typedef enum
{
  FL_BLAME_NOBODY,
  FL_BLAME_DEVICE,
  FL_BLAME_NETWORK,
  FL_BLAME_COMPUTER,
} FlBlame;

#define FL_TYPE_VERDICT (fl_verdict_get_type ())
GType fl_verdict_get_type (void);
#define FL_TYPE_BLAME (fl_blame_get_type ())
GType fl_blame_get_type (void);
const char *fl_verdict_to_string (FlVerdict verdict); /* static nick */
const char *fl_blame_to_string (FlBlame blame);       /* static nick */

/**
 * FlFinding:
 *
 * One thing that was looked at, on a device or on this computer, and what came of it. Immutable.
 */
#define FL_TYPE_FINDING (fl_finding_get_type ())
G_DECLARE_FINAL_TYPE (FlFinding, fl_finding, FL, FINDING, GObject)

/* @id: stable, for JSON: "usb-rule", "address". @title: translated, header capitals: what was
 * looked at. @sentence: translated: what was found. @error: (nullable) the catalogue's entry that
 * fits, copied. @blame and @sure: who has to act when it is not good, and whether that is certain.
 */
FlFinding *fl_finding_new (const char *id,
                           const char *title,
                           FlVerdict verdict,
                           const char *sentence,
                           const GError *error,
                           FlBlame blame,
                           gboolean sure);
const char *fl_finding_get_id (FlFinding *self);
const char *fl_finding_get_title (FlFinding *self);
FlVerdict fl_finding_get_verdict (FlFinding *self);
const char *fl_finding_get_sentence (FlFinding *self);
const GError *fl_finding_get_error (FlFinding *self); /* (nullable) */
FlBlame fl_finding_get_blame (FlFinding *self);
gboolean fl_finding_get_sure (FlFinding *self);

G_END_DECLS

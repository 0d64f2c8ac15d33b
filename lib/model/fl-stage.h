/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The stages of one device's journey. Nicks ("finding", …) are part of the command line's contract.
 */
typedef enum
{
  FL_STAGE_FINDING,
  FL_STAGE_CONNECTING,
  FL_STAGE_SECURING,
  FL_STAGE_READING,
  FL_STAGE_CHOOSING,
  FL_STAGE_SENDING,
  FL_STAGE_JOINING,
  FL_STAGE_ADDRESSING,
  FL_STAGE_REACHING,
  FL_STAGE_ONLINE,
  FL_STAGE_FAILED,
  FL_STAGE_CANCELLED,
} FlStage;

#define FL_TYPE_STAGE (fl_stage_get_type ())
GType fl_stage_get_type (void);
const char *fl_stage_to_string (FlStage stage); /* static nick */

G_END_DECLS

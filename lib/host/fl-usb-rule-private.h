/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-rule.h"

G_BEGIN_DECLS

/* What the rules of this computer do for Particle devices. */
typedef struct
{
  gboolean gives_access;
  gboolean ignores_modem; /* ModemManager is kept off */
} FlUsbRuleFacts;

/* @root: as in FlDoctorContext, never NULL. Blocks for the time of reading the rule files. */
void fl_usb_rule_read (const char *root, FlUsbRuleFacts *facts);
/* Whether this program runs in a sandbox, which has its own files and no rights outside. */
gboolean fl_usb_rule_is_sandboxed (const char *root);

G_END_DECLS

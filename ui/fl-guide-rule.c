/* SPDX-License-Identifier: Apache-2.0 */
/* Add Rule: this computer may use the device from then on. */
#define G_LOG_DOMAIN "fl-guide-rule"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-guide-private.h"

#include "fl-usb-rule.h"

static void
on_rule_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlGuide) self = data;
  g_autoptr (GError) error = NULL;
  FlFinder *finder = fl_guide_find_finder (self, FL_ROAD_USB);

  if (!fl_usb_rule_add_finish (result, &error))
    {
      g_debug ("The rule was not added: %s", error->message);
      if (!g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED))
        {
          g_autoptr (GError) access = g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS, "");

          fl_guide_show_how (self, access);
        }
      return;
    }

  if (finder != NULL)
    fl_finder_repair (finder, FL_ACTION_ADD_RULE);
  fl_guide_toast (self, _ ("The rule was added."));
  if (self->setup != NULL && fl_setup_get_stage (self->setup) == FL_STAGE_FAILED)
    fl_setup_retry (self->setup);
}

void
fl_guide_add_rule (FlGuide *self)
{
  fl_usb_rule_add_async (NULL, on_rule_added, g_object_ref (self));
}

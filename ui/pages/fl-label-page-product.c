/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked for: by the product, and of which device. */
#define G_LOG_DOMAIN "fl-label-page-product"
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-label-page-private.h"

void
fl_label_page_update_subtitle (FlLabelPage *self, gboolean scans)
{
  g_autofree char *subtitle = NULL;

  if (self->device_name != NULL && scans)
    /* Translators: %s is the name of a device */
    subtitle = g_strdup_printf (_ ("The small square is on the label of “%s”."), self->device_name);
  else if (self->device_name != NULL)
    /* Translators: %s is the name of a device */
    subtitle = g_strdup_printf (_ ("It is on the label of “%s”."), self->device_name);
  else if (scans)
    subtitle = g_strdup (_ ("The small square is on the label of the device."));
  else
    subtitle = g_strdup (_ ("It is on the label of the device, beside the small square."));
  fl_page_set_subtitle (FL_PAGE (self), subtitle);
}

static void
set_wanted (FlLabelPage *self, FlProduct *product, FlDevice *device)
{
  const char *ending = device != NULL ? fl_device_get_ending (device) : NULL;
  FlLabelUse uses = FL_LABEL_USE_NONE;

  self->need = fl_need_of (product, device);
  self->has_secret_in_square = fl_product_get_secret_source (product) == FL_SECRET_LABEL;
  self->can_scan =
      self->has_secret_in_square || fl_product_get_code_source (product) == FL_CODE_SCAN;
  if ((self->need & FL_NEED_CODE) != 0)
    uses |= FL_LABEL_USE_FIND;
  if ((self->need & FL_NEED_SECRET) != 0 && self->has_secret_in_square)
    uses |= FL_LABEL_USE_PROVE;
  fl_label_judge_set_wanted (self->judge, uses,
                             ending != NULL && strlen (ending) == FL_SETUP_CODE_SIZE ? ending
                                                                                     : NULL);
}

void
fl_label_page_set_product (FlLabelPage *self, FlProduct *product, FlDevice *device)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  set_wanted (self, product, device);
  fl_label_typed_set_product (self->typed, product, device);
  g_free (self->device_name);
  self->device_name = device != NULL ? g_strdup (fl_device_get_name (device)) : NULL;
  fl_label_page_update_feed (self);
  fl_label_page_update (self);
}

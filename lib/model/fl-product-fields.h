/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-product.h"

G_BEGIN_DECLS

/* What a product profile holds; fl-product-fields.c reads it, FlProduct keeps it. */
typedef struct
{
  char *id, *name, *vendor, *accent, *logo, *help, *privacy, *contact, *door;
  char **families;

  FlGattProfile gatt;
  int company_id; /* -1: any */
  FlNameRule name_rule;
  char *fixed_name;
  gboolean provisioning;

  FlCodeSource code_source;
  FlSecretSource secret_source;
  FlSecret *secret;

  char *request; /* JSON for the device's application */
} FlProductFields;

/* Pure; arguments and errors as in fl_product_parse(). (transfer full) */
FlProductFields *fl_product_fields_parse (const char *data,
                                          gsize size_bytes,
                                          const char *origin,
                                          const char *directory,
                                          GError **error);
void fl_product_fields_free (FlProductFields *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlProductFields, fl_product_fields_free)

G_END_DECLS

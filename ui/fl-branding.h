/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-product.h"

G_BEGIN_DECLS

/**
 * FlBranding:
 *
 * Puts a product's accent colour on a display, readable on light and dark, while it lives.
 */
#define FL_TYPE_BRANDING (fl_branding_get_type ())
G_DECLARE_FINAL_TYPE (FlBranding, fl_branding, FL, BRANDING, GObject)

FlBranding *fl_branding_new (GdkDisplay *display, FlProduct *product);

/* The style of an accent "#rrggbb"; NULL accent or one that is no colour gives "". Pure. (transfer
 * full) */
char *fl_branding_to_css (const char *accent, gboolean dark);

/* The product's logo, or NULL when it has none or its file is no picture. (transfer full) */
GdkPaintable *fl_branding_load_logo (FlProduct *product);

G_END_DECLS

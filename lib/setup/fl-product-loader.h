/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-product.h"

G_BEGIN_DECLS

/* Product profiles from disk: "first-light/products" in the user's and the system's data folders,
 * those of the installation, and the four that are built in; the first one with an id counts. */

/* (transfer full) @path_or_id: a file, if it has a slash or ends in ".product", else an id, whose
 * file is ID.product. Blocks for one small local file. Errors: FL_ERROR_INVALID_INPUT; a broken
 * profile gives "FILE:LINE: reason". */
FlProduct *fl_product_load (const char *path_or_id, GError **error);
/* (transfer full) All of them, of FlProduct, by id; broken ones are left out and logged. */
GPtrArray *fl_product_list (void);

G_END_DECLS

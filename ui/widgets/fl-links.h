/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-product.h"

G_BEGIN_DECLS

/* Fills @box with the product's Help and Privacy links, as far as it has them; hides it when it has
 * none. */
void fl_links_fill (GtkBox *box, FlProduct *product);

G_END_DECLS

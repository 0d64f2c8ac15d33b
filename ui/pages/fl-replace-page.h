/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-network.h"
#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlReplacePage:
 *
 * The device is full: which of its stored networks shall go? Signal: "chosen" (FlNetwork *).
 */
#define FL_TYPE_REPLACE_PAGE (fl_replace_page_get_type ())
G_DECLARE_FINAL_TYPE (FlReplacePage, fl_replace_page, FL, REPLACE_PAGE, FlPage)

FlPage *fl_replace_page_new (void);
void fl_replace_page_set_known (FlReplacePage *self, GListModel *networks); /* of FlNetwork */

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-credentials.h"
#include "fl-device-state.h"
#include "fl-page.h"
#include "fl-product.h"

G_BEGIN_DECLS

/**
 * FlDonePage:
 *
 * What was reached, in facts. Signals: "finished"; "another": the next device with the same
 * network.
 */
#define FL_TYPE_DONE_PAGE (fl_done_page_get_type ())
G_DECLARE_FINAL_TYPE (FlDonePage, fl_done_page, FL, DONE_PAGE, FlPage)

FlPage *fl_done_page_new (void);
void fl_done_page_set_product (FlDonePage *self, FlProduct *product);
/* @online: FALSE when the device joined but its service was not seen; then the page says just that.
 * @state, @info (nullable): what the device reported last. */
void fl_done_page_set_result (FlDonePage *self,
                              gboolean online,
                              const char *network,
                              const FlDeviceState *state,
                              const FlDeviceInfo *info);
/* When the certificate that was sent ends, seconds since 1970; 0: none was, and no row. */
void fl_done_page_set_expiry (FlDonePage *self, gint64 expiry_s);
/* What the device's application had to say; NULL or "": nothing, and no row. */
void fl_done_page_set_reply (FlDonePage *self, const char *reply);

G_END_DECLS

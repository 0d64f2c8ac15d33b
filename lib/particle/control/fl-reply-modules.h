/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-message.h"
#include "fl-module.h"

G_BEGIN_DECLS

/* The reply to request 90: both sides' codec. Data to unpack is untrusted. Pure. */

#define FL_REPLY_MAX_MODULES 64 /* a device has about ten, assets included */

/* @modules: of FlModule; one that was checked was checked for everything. */
FlSecret *fl_reply_pack_modules (GPtrArray *modules);
/* (transfer full) of FlModule, those that are in their place; copies for recovery are left out. The
 * form of Device OS before 5.6, which lists only faults, is read as well. FL_ERROR_UNEXPECTED when
 * it does not decode. */
GPtrArray *fl_reply_unpack_modules (const guint8 *data, gsize size_bytes, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FlSimAddress:
 *
 * Watches the IPv4 address of a network interface, which somebody else gives it.
 */
typedef struct _FlSimAddress FlSimAddress;

/* @address: network order; 0: it has none any more. */
typedef void (*FlSimAddressFunc) (guint32 address, guint8 prefix, gpointer data);

/* @func: whenever anything about it changes. FALSE: there is no such interface. */
FlSimAddress *
fl_sim_address_new (const char *interface, FlSimAddressFunc func, gpointer data, GError **error);
void fl_sim_address_free (FlSimAddress *self);
/* At present. 0: none */
guint32 fl_sim_address_read (const char *interface, guint8 *prefix);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez.h"

G_BEGIN_DECLS

/* For fl-bluez-refresh.c: @properties, a{sv}, in place of those that are known. */
void fl_bluez_replace_properties (FlBluez *self,
                                  const char *path,
                                  const char *interface,
                                  GVariant *properties);

/* For fl-bluez-farewell.c. */
/* The device was removed on our behalf; bluetoothd tells so some time after its reply. */
void fl_bluez_forget_device (FlBluez *self, const char *device_path);
void fl_bluez_set_leaving (FlBluez *self, const char *device_path, gboolean leaving);
guint fl_bluez_get_n_leaving (FlBluez *self);

G_END_DECLS

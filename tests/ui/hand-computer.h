/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-computer-wifi.h"

G_BEGIN_DECLS

/**
 * HandComputer:
 *
 * A computer with one stored login, whose key file the test gives.
 */
#define HAND_TYPE_COMPUTER (hand_computer_get_type ())
G_DECLARE_FINAL_TYPE (HandComputer, hand_computer, HAND, COMPUTER, GObject)

/* @key_file: (nullable): the desktop refuses. */
FlComputerWifi *hand_computer_new (const char *key_file);

G_END_DECLS

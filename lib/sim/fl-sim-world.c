/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-world.h"

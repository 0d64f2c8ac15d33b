/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-prompt.h"

#include "fl-control-capabilities.h"

#define VERSION(major, minor, patch) ((guint) (major) << 16 | (minor) << 8 | (patch))

/* particle-iot/device-os, system/src/system_setup.cpp, tags v0.4.5 to v6.2.0 */
FlSerialGeneration
fl_serial_generation_of (int platform_id, guint version)
{
  if (platform_id != FL_PLATFORM_PHOTON && platform_id != FL_PLATFORM_P1)
    return FL_SERIAL_G3;
  if (version >= VERSION (0, 7, 0))
    return FL_SERIAL_G2;
  return version >= VERSION (0, 4, 6) ? FL_SERIAL_G1 : FL_SERIAL_G0;
}

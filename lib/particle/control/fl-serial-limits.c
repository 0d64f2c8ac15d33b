/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-limits.h"

/* particle-iot/device-os, tag v2.3.1: the methods, the lengths of answers and the budgets of
 * certificate and key (what is stored of them has two bytes for each line end, and strictly less
 * than 4096 and 2048 bytes) in system/src/system_setup.cpp; "anonymous" for an empty outer
 * identity, in hal/src/photon/wlan_hal.cpp. Of elliptic curves it is only known that the PEM reader
 * may take them, so RSA is all that is promised. TLS 1.1 and a server whose name is not compared:
 * WICED's supplicant. */
static const FlEnterpriseLimits limits = {
  .methods = fl_eap_bit (FL_EAP_PEAP) | fl_eap_bit (FL_EAP_TLS),
  .identity_bytes = 64,
  .password_bytes = 64,
  .certificate_bytes = 4095,
  .key_bytes = 2047,
  .rsa_only = TRUE,
  .checks_name = FALSE,
  .newest_tls = "1.1",
  .blank_outer = "anonymous",
};

const FlEnterpriseLimits *
fl_serial_enterprise_limits (void)
{
  return &limits;
}

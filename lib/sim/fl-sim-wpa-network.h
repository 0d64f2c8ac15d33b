/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

#include "fl-sim-device.h"

G_BEGIN_DECLS

/* A network that a device wants to join, in the words of wpa_supplicant.conf(5). Pure. The values
 * contain secrets. */

/* Certificates and the key: (say), name and contents. Floating. */
GVariant *fl_sim_wpa_network_write_blobs (const FlSimKnown *wanted);
/* For AddNetwork(): a{sv}, with references to those blobs. Floating. */
GVariant *fl_sim_wpa_network_write (const FlSimKnown *wanted);

#define FL_SIM_WPA_BLOB_CA          "firstlight-ca"
#define FL_SIM_WPA_BLOB_CERTIFICATE "firstlight-certificate"
#define FL_SIM_WPA_BLOB_KEY         "firstlight-key"

G_END_DECLS

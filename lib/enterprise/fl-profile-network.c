/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-profile.h"

FlProfileNetwork *
fl_profile_network_new (void)
{
  FlProfileNetwork *network = g_new0 (FlProfileNetwork, 1);

  network->ssids = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  network->server_names = g_ptr_array_new_with_free_func (g_free);
  network->security = FL_SECURITY_ENTERPRISE;
  return network;
}

void
fl_profile_network_free (FlProfileNetwork *network)
{
  g_ptr_array_unref (network->ssids);
  g_ptr_array_unref (network->server_names);
  g_clear_pointer (&network->enterprise, fl_enterprise_unref);
  g_clear_pointer (&network->password, fl_secret_unref);
  g_free (network->realm);
  g_free (network->ca_path);
  g_free (network->certificate_path);
  g_free (network->key_path);
  g_free (network);
}

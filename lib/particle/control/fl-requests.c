/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-requests.h"

#include "particle-cloud.pb-c.h"
#include "particle-config.pb-c.h"
#include "particle-network.pb-c.h"
#include "particle-storage.pb-c.h"
#include "particle-wifi-old.pb-c.h"
#include "particle-wifi.pb-c.h"

/* By rising type. */
static const FlRequestInfo table[] = {
  { FL_REQUEST_ECHO, "Echo", NULL, NULL },
  { FL_REQUEST_APP_CUSTOM, "AppCustom", NULL, NULL },
  { FL_REQUEST_GET_DEVICE_ID, "GetDeviceId", &particle__ctrl__get_device_id_request__descriptor,
    &particle__ctrl__get_device_id_reply__descriptor },
  { FL_REQUEST_GET_SERIAL_NUMBER, "GetSerialNumber",
    &particle__ctrl__get_serial_number_request__descriptor,
    &particle__ctrl__get_serial_number_reply__descriptor },
  { FL_REQUEST_GET_SYSTEM_VERSION, "GetSystemVersion",
    &particle__ctrl__get_system_version_request__descriptor,
    &particle__ctrl__get_system_version_reply__descriptor },
  { FL_REQUEST_GET_NCP_VERSION, "GetNcpFirmwareVersion",
    &particle__ctrl__get_ncp_firmware_version_request__descriptor,
    &particle__ctrl__get_ncp_firmware_version_reply__descriptor },
  { FL_REQUEST_GET_CAPABILITIES, "GetSystemCapabilities",
    &particle__ctrl__get_system_capabilities_request__descriptor,
    &particle__ctrl__get_system_capabilities_reply__descriptor },
  { FL_REQUEST_SET_FEATURE, "SetFeature", &particle__ctrl__set_feature_request__descriptor,
    &particle__ctrl__set_feature_reply__descriptor },
  { FL_REQUEST_GET_FEATURE, "GetFeature", &particle__ctrl__get_feature_request__descriptor,
    &particle__ctrl__get_feature_reply__descriptor },
  { FL_REQUEST_RESET, "Reset", &particle__ctrl__system_reset_request__descriptor,
    &particle__ctrl__system_reset_reply__descriptor },
  { FL_REQUEST_FACTORY_RESET, "FactoryReset", NULL, NULL },
  { FL_REQUEST_DFU_MODE, "DfuMode", NULL, NULL },
  { FL_REQUEST_SAFE_MODE, "SafeMode", NULL, NULL },
  { FL_REQUEST_START_LISTENING, "StartListening",
    &particle__ctrl__start_listening_mode_request__descriptor,
    &particle__ctrl__start_listening_mode_reply__descriptor },
  { FL_REQUEST_STOP_LISTENING, "StopListening",
    &particle__ctrl__stop_listening_mode_request__descriptor,
    &particle__ctrl__stop_listening_mode_reply__descriptor },
  { FL_REQUEST_GET_DEVICE_MODE, "GetDeviceMode",
    &particle__ctrl__get_device_mode_request__descriptor,
    &particle__ctrl__get_device_mode_reply__descriptor },
  { FL_REQUEST_SET_SETUP_DONE, "SetDeviceSetupDone",
    &particle__ctrl__set_device_setup_done_request__descriptor,
    &particle__ctrl__set_device_setup_done_reply__descriptor },
  { FL_REQUEST_IS_SETUP_DONE, "IsDeviceSetupDone",
    &particle__ctrl__is_device_setup_done_request__descriptor,
    &particle__ctrl__is_device_setup_done_reply__descriptor },
  { FL_REQUEST_SET_STARTUP_MODE, "SetStartupMode",
    &particle__ctrl__set_startup_mode_request__descriptor,
    &particle__ctrl__set_startup_mode_reply__descriptor },
  { FL_REQUEST_GET_PROTECTED_STATE, "GetProtectedState",
    &particle__ctrl__get_protected_state_request__descriptor,
    &particle__ctrl__get_protected_state_reply__descriptor },
  { FL_REQUEST_SET_PROTECTED_STATE, "SetProtectedState",
    &particle__ctrl__set_protected_state_request__descriptor,
    &particle__ctrl__set_protected_state_reply__descriptor },
  { FL_REQUEST_GET_MODULE_INFO, "GetModuleInfo",
    &particle__ctrl__get_module_info_request__descriptor,
    &particle__ctrl__get_module_info_reply__descriptor },
  { FL_REQUEST_GET_ASSET_INFO, "GetAssetInfo", &particle__ctrl__get_asset_info_request__descriptor,
    &particle__ctrl__get_asset_info_reply__descriptor },
  { FL_REQUEST_DIAGNOSTIC_INFO, "DiagnosticInfo", NULL, NULL },
  { FL_REQUEST_OLD_SET_ANTENNA, "WiFiSetAntenna",
    &particle__ctrl__wi_fi_set_antenna_request__descriptor,
    &particle__ctrl__wi_fi_set_antenna_reply__descriptor },
  { FL_REQUEST_OLD_GET_ANTENNA, "WiFiGetAntenna",
    &particle__ctrl__wi_fi_get_antenna_request__descriptor,
    &particle__ctrl__wi_fi_get_antenna_reply__descriptor },
  { FL_REQUEST_OLD_SCAN, "WiFiScan", &particle__ctrl__wi_fi_scan_request__descriptor,
    &particle__ctrl__wi_fi_scan_reply__descriptor },
  { FL_REQUEST_OLD_SET_CREDENTIALS, "WiFiSetCredentials",
    &particle__ctrl__wi_fi_set_credentials_request__descriptor,
    &particle__ctrl__wi_fi_set_credentials_reply__descriptor },
  { FL_REQUEST_OLD_GET_CREDENTIALS, "WiFiGetCredentials",
    &particle__ctrl__wi_fi_get_credentials_request__descriptor,
    &particle__ctrl__wi_fi_get_credentials_reply__descriptor },
  { FL_REQUEST_OLD_CLEAR_CREDENTIALS, "WiFiClearCredentials",
    &particle__ctrl__wi_fi_clear_credentials_request__descriptor,
    &particle__ctrl__wi_fi_clear_credentials_reply__descriptor },
  { FL_REQUEST_SET_CLAIM_CODE, "SetClaimCode", &particle__ctrl__set_claim_code_request__descriptor,
    &particle__ctrl__set_claim_code_reply__descriptor },
  { FL_REQUEST_IS_CLAIMED, "IsClaimed", &particle__ctrl__is_claimed_request__descriptor,
    &particle__ctrl__is_claimed_reply__descriptor },
  { FL_REQUEST_SET_SECURITY_KEY, "SetSecurityKey",
    &particle__ctrl__set_security_key_request__descriptor,
    &particle__ctrl__set_security_key_reply__descriptor },
  { FL_REQUEST_GET_SECURITY_KEY, "GetSecurityKey",
    &particle__ctrl__get_security_key_request__descriptor,
    &particle__ctrl__get_security_key_reply__descriptor },
  { FL_REQUEST_SET_SERVER_ADDRESS, "SetServerAddress",
    &particle__ctrl__set_server_address_request__descriptor,
    &particle__ctrl__set_server_address_reply__descriptor },
  { FL_REQUEST_GET_SERVER_ADDRESS, "GetServerAddress",
    &particle__ctrl__get_server_address_request__descriptor,
    &particle__ctrl__get_server_address_reply__descriptor },
  { FL_REQUEST_SET_SERVER_PROTOCOL, "SetServerProtocol",
    &particle__ctrl__set_server_protocol_request__descriptor,
    &particle__ctrl__set_server_protocol_reply__descriptor },
  { FL_REQUEST_GET_SERVER_PROTOCOL, "GetServerProtocol",
    &particle__ctrl__get_server_protocol_request__descriptor,
    &particle__ctrl__get_server_protocol_reply__descriptor },
  { FL_REQUEST_START_NYAN, "StartNyanSignal",
    &particle__ctrl__start_nyan_signal_request__descriptor,
    &particle__ctrl__start_nyan_signal_reply__descriptor },
  { FL_REQUEST_STOP_NYAN, "StopNyanSignal", &particle__ctrl__stop_nyan_signal_request__descriptor,
    &particle__ctrl__stop_nyan_signal_reply__descriptor },
  { FL_REQUEST_SET_SOFTAP_SSID, "SetSoftApSsid",
    &particle__ctrl__set_soft_ap_ssid_request__descriptor,
    &particle__ctrl__set_soft_ap_ssid_reply__descriptor },
  { FL_REQUEST_CLOUD_GET_STATUS, "GetConnectionStatus",
    &particle__ctrl__cloud__get_connection_status_request__descriptor,
    &particle__ctrl__cloud__get_connection_status_reply__descriptor },
  { FL_REQUEST_CLOUD_CONNECT, "CloudConnect", &particle__ctrl__cloud__connect_request__descriptor,
    &particle__ctrl__cloud__connect_reply__descriptor },
  { FL_REQUEST_CLOUD_DISCONNECT, "CloudDisconnect",
    &particle__ctrl__cloud__disconnect_request__descriptor,
    &particle__ctrl__cloud__disconnect_reply__descriptor },
  { FL_REQUEST_GET_INTERFACE_LIST, "GetInterfaceList",
    &particle__ctrl__get_interface_list_request__descriptor,
    &particle__ctrl__get_interface_list_reply__descriptor },
  { FL_REQUEST_GET_INTERFACE, "GetInterface", &particle__ctrl__get_interface_request__descriptor,
    &particle__ctrl__get_interface_reply__descriptor },
  { FL_REQUEST_JOIN_NEW_NETWORK, "JoinNewNetwork",
    &particle__ctrl__wifi__join_new_network_request__descriptor,
    &particle__ctrl__wifi__join_new_network_reply__descriptor },
  { FL_REQUEST_JOIN_KNOWN_NETWORK, "JoinKnownNetwork",
    &particle__ctrl__wifi__join_known_network_request__descriptor,
    &particle__ctrl__wifi__join_known_network_reply__descriptor },
  { FL_REQUEST_GET_KNOWN_NETWORKS, "GetKnownNetworks",
    &particle__ctrl__wifi__get_known_networks_request__descriptor,
    &particle__ctrl__wifi__get_known_networks_reply__descriptor },
  { FL_REQUEST_REMOVE_KNOWN_NETWORK, "RemoveKnownNetwork",
    &particle__ctrl__wifi__remove_known_network_request__descriptor,
    &particle__ctrl__wifi__remove_known_network_reply__descriptor },
  { FL_REQUEST_CLEAR_KNOWN_NETWORKS, "ClearKnownNetworks",
    &particle__ctrl__wifi__clear_known_networks_request__descriptor,
    &particle__ctrl__wifi__clear_known_networks_reply__descriptor },
  { FL_REQUEST_GET_CURRENT_NETWORK, "GetCurrentNetwork",
    &particle__ctrl__wifi__get_current_network_request__descriptor,
    &particle__ctrl__wifi__get_current_network_reply__descriptor },
  { FL_REQUEST_SCAN_NETWORKS, "ScanNetworks",
    &particle__ctrl__wifi__scan_networks_request__descriptor,
    &particle__ctrl__wifi__scan_networks_reply__descriptor },
  { FL_REQUEST_SET_NETWORK_CREDENTIALS, "SetNetworkCredentials",
    &particle__ctrl__wifi__set_network_credentials_request__descriptor,
    &particle__ctrl__wifi__set_network_credentials_reply__descriptor },
};

const FlRequestInfo *
fl_request_get_table (guint *n_rows)
{
  g_return_val_if_fail (n_rows != NULL, NULL);

  *n_rows = G_N_ELEMENTS (table);
  return table;
}

const FlRequestInfo *
fl_request_get_info (guint16 type)
{
  guint low = 0, high = G_N_ELEMENTS (table);

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if ((guint) table[middle].type == type)
        return &table[middle];
      if ((guint) table[middle].type < type)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

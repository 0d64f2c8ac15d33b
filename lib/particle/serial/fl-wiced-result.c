/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-wiced-result.h"

#include <string.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  int first, last;
  const char *name;
  const char *sentence;
  FlErrorCode error; /* of a network without logins */
} Result;

/* Single codes first, then the ranges they are in: hal/src/photon/wiced/WWD/include/
 * wwd_constants.h and hal/src/photon/wiced/include/wiced_result.h. */
static const Result results[] = {
  { 1, 1, "PENDING", N_ ("The device is still busy."), FL_ERROR_JOIN_UNCLEAR },
  { 2, 2, "TIMEOUT", N_ ("Joining took too long."), FL_ERROR_JOIN_TIMEOUT },
  { 4, 4, "ERROR", N_ ("Joining failed, and the device gives no reason."), FL_ERROR_JOIN_UNCLEAR },
  { 5, 5, "BADARG", N_ ("The stored network cannot be used."), FL_ERROR_JOIN_UNCLEAR },
  { 10, 10, "UNFINISHED", N_ ("Joining did not come to an end."), FL_ERROR_JOIN_UNCLEAR },
  { 12, 12, "NOT_FOUND", N_ ("The device does not see the network."), FL_ERROR_NETWORK_TOO_FAR },
  { 29, 29, "NO_STORED_AP_IN_DCT", N_ ("The device has no network stored."),
    FL_ERROR_JOIN_UNCLEAR },
  { 30, 30, "STA_JOIN_FAILED", N_ ("The device could not join the network."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1003, 1003, "PARTIAL_RESULTS", N_ ("The search for networks was cut short."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1004, 1004, "INVALID_KEY", N_ ("The password does not fit this kind of network."),
    FL_ERROR_WRONG_PASSWORD },
  { 1005, 1005, "DOES_NOT_EXIST", N_ ("The radio does not know what it was asked for."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1006, 1006, "NOT_AUTHENTICATED",
    N_ ("The network did not let the device in. The password may be wrong, or the signal weak."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1007, 1007, "NOT_KEYED",
    N_ ("The device reached the network, but they did not agree on a key. The password may be "
        "wrong."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1012, 1012, "CONNECTION_LOST", N_ ("The connection to the network broke off."),
    FL_ERROR_JOIN_WEAK },
  { 1020, 1020, "UNSUPPORTED", N_ ("The device cannot use this network's security."),
    FL_ERROR_JOIN_SECURITY },
  { 1023, 1023, "JOIN_IN_PROGRESS", N_ ("The device is still joining."), FL_ERROR_JOIN_UNCLEAR },
  { 1024, 1024, "NETWORK_NOT_FOUND",
    N_ ("The device does not see the network. Its name may be wrong, or it is out of reach or on "
        "5 GHz only."),
    FL_ERROR_NETWORK_TOO_FAR },
  { 1025, 1025, "INVALID_JOIN_STATUS",
    N_ ("Joining ended half-way. The signal may be weak, or the device short of memory."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1043, 1043, "PMK_WRONG_LENGTH", N_ ("The stored key has the wrong length."),
    FL_ERROR_WRONG_PASSWORD },
  { 1044, 1044, "UNKNOWN_SECURITY_TYPE",
    N_ ("The device does not understand the security that was stored."), FL_ERROR_JOIN_SECURITY },
  { 1045, 1045, "WEP_NOT_ALLOWED", N_ ("The device does not join networks with WEP."),
    FL_ERROR_JOIN_SECURITY },
  { 1046, 1046, "WPA_KEYLEN_BAD", N_ ("The password must have 8 to 64 characters."),
    FL_ERROR_WRONG_PASSWORD },
  { 1054, 1054, "WAIT_ABORTED", N_ ("Joining was broken off."), FL_ERROR_JOIN_UNCLEAR },
  { 1055, 1055, "SET_BLOCK_ACK_WINDOW_FAIL",
    N_ ("The radio did not start well. The device starts it again by itself."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1058, 1058, "WEP_KEYLEN_BAD", N_ ("The password must have 5 or 13 characters."),
    FL_ERROR_WRONG_PASSWORD },
  { 1061, 1061, "EAPOL_KEY_PACKET_M1_TIMEOUT",
    N_ ("The network did not begin to agree on a key. The signal may be weak."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1062, 1062, "EAPOL_KEY_PACKET_M3_TIMEOUT",
    N_ ("The network did not accept the key. The password is probably wrong."),
    FL_ERROR_WRONG_PASSWORD },
  { 1063, 1063, "EAPOL_KEY_PACKET_G1_TIMEOUT",
    N_ ("The network did not give the key that its devices share. The signal may be weak."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1064, 1064, "EAPOL_KEY_FAILURE", N_ ("The device and the network did not agree on a key."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1065, 1065, "MALLOC_FAILURE", N_ ("The device has too little memory to join."),
    FL_ERROR_JOIN_UNCLEAR },
  { 1066, 1066, "ACCESS_POINT_NOT_FOUND", N_ ("The device does not see the access point."),
    FL_ERROR_NETWORK_TOO_FAR },
  { 1000, 1099, "Wi-Fi driver error", N_ ("The Wi-Fi driver of the device reports a fault."),
    FL_ERROR_JOIN_UNCLEAR },
  { 2000, 2999, "radio error", N_ ("The radio of the device reports a fault."),
    FL_ERROR_JOIN_UNCLEAR },
  { 3000, 3999, "supplicant error", N_ ("Signing in to the network failed on the device."),
    FL_ERROR_LOGIN_REJECTED },
  { 5000, 5999, "TLS error",
    N_ ("The device and the network's server did not agree on certificates or on TLS."),
    FL_ERROR_LOGIN_REJECTED },
};

/* What the firmware and programs made with it print before the code:
 * hal/src/photon/wlan_hal.cpp, wlan_join(). */
static const char *const marks[] = { "wiced_join_ap_specific(), result: ", "Join result " };

static const Result *
find (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    if (code >= results[i].first && code <= results[i].last)
      return &results[i];
  return NULL;
}

const char *
fl_wiced_result_get_name (int code)
{
  const Result *result = find (code);

  return result != NULL ? result->name : NULL;
}

const char *
fl_wiced_result_get_sentence (int code)
{
  const Result *result = find (code);

  return result != NULL ? _ (result->sentence) : NULL;
}

FlErrorCode
fl_wiced_result_get_error (int code, gboolean enterprise)
{
  const Result *result = find (code);
  const FlErrorCode error = result != NULL ? result->error : FL_ERROR_JOIN_UNCLEAR;

  /* With a login there is no password of the network that could be wrong; what says that the
   * device was not let in is about the login. */
  if (enterprise && (error == FL_ERROR_WRONG_PASSWORD || code == 1006 || code == 1007))
    return FL_ERROR_LOGIN_REJECTED;
  return error;
}

int
fl_wiced_result_find (const char *line)
{
  g_return_val_if_fail (line != NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *at = strstr (line, marks[i]);
      gint64 code = 0;

      if (at == NULL || !g_ascii_isdigit (at[strlen (marks[i])]))
        continue;
      code = g_ascii_strtoll (at + strlen (marks[i]), NULL, 10);
      if (code <= G_MAXINT && find ((int) code) != NULL)
        return (int) code;
    }
  return 0;
}

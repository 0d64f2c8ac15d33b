/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-result.h"

#include "fl-requests.h"

/* What is meant whatever was asked; 0: that depends on the request. */
typedef struct
{
  FlResultCode code;
  const char *name;
  int error;
} Result;

static const Result results[] = {
  { FL_RESULT_NONE, "NONE", 0 },
  { FL_RESULT_UNKNOWN, "UNKNOWN", 0 },
  { FL_RESULT_BUSY, "BUSY", FL_ERROR_DEVICE_BUSY },
  { FL_RESULT_NOT_SUPPORTED, "NOT_SUPPORTED", FL_ERROR_UNSUPPORTED },
  { FL_RESULT_NOT_ALLOWED, "NOT_ALLOWED", FL_ERROR_UNSUPPORTED },
  { FL_RESULT_CANCELLED, "CANCELLED", FL_ERROR_DEVICE_BUSY },
  { FL_RESULT_ABORTED, "ABORTED", FL_ERROR_LINK_LOST },
  { FL_RESULT_TIMEOUT, "TIMEOUT", 0 },
  { FL_RESULT_NOT_FOUND, "NOT_FOUND", 0 },
  { FL_RESULT_ALREADY_EXISTS, "ALREADY_EXISTS", 0 },
  { FL_RESULT_TOO_LARGE, "TOO_LARGE", FL_ERROR_UNEXPECTED },
  { FL_RESULT_NOT_ENOUGH_DATA, "NOT_ENOUGH_DATA", FL_ERROR_UNEXPECTED },
  { FL_RESULT_LIMIT_EXCEEDED, "LIMIT_EXCEEDED", FL_ERROR_DEVICE_BUSY },
  { FL_RESULT_END_OF_STREAM, "END_OF_STREAM", FL_ERROR_DEVICE_BUSY },
  { FL_RESULT_INVALID_STATE, "INVALID_STATE", 0 },
  { FL_RESULT_FLASH_IO, "FLASH_IO", FL_ERROR_UNEXPECTED },
  { FL_RESULT_IO, "IO", FL_ERROR_UNEXPECTED },
  { FL_RESULT_WOULD_BLOCK, "WOULD_BLOCK", FL_ERROR_DEVICE_BUSY },
  { FL_RESULT_FILE, "FILE", FL_ERROR_UNEXPECTED },
  { FL_RESULT_PATH_TOO_LONG, "PATH_TOO_LONG", FL_ERROR_UNEXPECTED },
  { FL_RESULT_NETWORK, "NETWORK", 0 },
  { FL_RESULT_PROTOCOL, "PROTOCOL", FL_ERROR_UNEXPECTED },
  { FL_RESULT_INTERNAL, "INTERNAL", 0 },
  { FL_RESULT_NO_MEMORY, "NO_MEMORY", FL_ERROR_UNEXPECTED },
  { FL_RESULT_INVALID_ARGUMENT, "INVALID_ARGUMENT", 0 },
  { FL_RESULT_BAD_DATA, "BAD_DATA", FL_ERROR_UNEXPECTED },
  { FL_RESULT_ENCODING_FAILED, "ENCODING_FAILED", FL_ERROR_UNEXPECTED },
  { FL_RESULT_OUT_OF_RANGE, "OUT_OF_RANGE", FL_ERROR_UNEXPECTED },
  { FL_RESULT_DEPRECATED, "DEPRECATED", FL_ERROR_UNSUPPORTED },
  { FL_RESULT_AT_NOT_OK, "AT_NOT_OK", 0 },
  { FL_RESULT_AT_RESPONSE_UNEXPECTED, "AT_RESPONSE_UNEXPECTED", 0 },
  { FL_RESULT_PROTECTED, "PROTECTED", FL_ERROR_PROTECTED },
  { FL_RESULT_KEY_MISMATCH, "KEY_MISMATCH", FL_ERROR_PROTECTED },
  { FL_RESULT_INVALID_SIGNATURE, "INVALID_SIGNATURE", FL_ERROR_PROTECTED },
  { FL_RESULT_FILESYSTEM_NO_SPACE, "FILESYSTEM_NO_SPACE", FL_ERROR_UNEXPECTED },
};

static const Result *
find_result (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    if ((int) results[i].code == code)
      return &results[i];
  return NULL;
}

const char *
fl_result_get_name (int code)
{
  const Result *result = find_result (code);

  return result != NULL ? result->name : "";
}

/* No code tells a wrong password for certain: Gen 4 says INTERNAL (or INVALID_ARGUMENT for a key of
 * impossible length), Argon AT_NOT_OK, and Device OS before 5.8 turns nearly every failure into
 * NOT_FOUND. */
static FlErrorCode
explain_join (int code)
{
  return code == FL_RESULT_TIMEOUT ? FL_ERROR_JOIN_TIMEOUT : FL_ERROR_JOIN_UNCLEAR;
}

/* A radio that is off, resetting or in the middle of something. */
static FlErrorCode
explain_scan (int code)
{
  return code == FL_RESULT_INVALID_STATE || code == FL_RESULT_TIMEOUT ? FL_ERROR_DEVICE_BUSY
                                                                      : FL_ERROR_UNEXPECTED;
}

GError *
fl_result_to_error (int code, guint16 type)
{
  const Result *result = find_result (code);
  const FlRequestInfo *info = fl_request_get_info (type);
  FlErrorCode error = FL_ERROR_UNEXPECTED;

  if (code >= 0)
    return NULL;

  if (result != NULL && result->error != 0)
    error = (FlErrorCode) result->error;
  else if (type == FL_REQUEST_JOIN_NEW_NETWORK || type == FL_REQUEST_JOIN_KNOWN_NETWORK)
    error = explain_join (code);
  else if (type == FL_REQUEST_SCAN_NETWORKS)
    error = explain_scan (code);

  return g_error_new (FL_ERROR, (int) error, "%s (%u): result %d %s",
                      info != NULL ? info->name : "request", type, code, fl_result_get_name (code));
}

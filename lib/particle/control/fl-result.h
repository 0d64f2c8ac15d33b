/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-error.h"

G_BEGIN_DECLS

/* Results of control requests: device-os, services/inc/system_error.h. Devices may send others. */
typedef enum
{
  FL_RESULT_NONE = 0,
  FL_RESULT_UNKNOWN = -100,
  FL_RESULT_BUSY = -110,
  FL_RESULT_NOT_SUPPORTED = -120,
  FL_RESULT_NOT_ALLOWED = -130,
  FL_RESULT_CANCELLED = -140,
  FL_RESULT_ABORTED = -150,
  FL_RESULT_TIMEOUT = -160,
  FL_RESULT_NOT_FOUND = -170,
  FL_RESULT_ALREADY_EXISTS = -180,
  FL_RESULT_TOO_LARGE = -190,
  FL_RESULT_NOT_ENOUGH_DATA = -191,
  FL_RESULT_LIMIT_EXCEEDED = -200,
  FL_RESULT_END_OF_STREAM = -201,
  FL_RESULT_INVALID_STATE = -210,
  FL_RESULT_FLASH_IO = -219,
  FL_RESULT_IO = -220,
  FL_RESULT_WOULD_BLOCK = -221,
  FL_RESULT_FILE = -225,
  FL_RESULT_PATH_TOO_LONG = -226,
  FL_RESULT_NETWORK = -230,
  FL_RESULT_PROTOCOL = -240,
  FL_RESULT_INTERNAL = -250,
  FL_RESULT_NO_MEMORY = -260,
  FL_RESULT_INVALID_ARGUMENT = -270,
  FL_RESULT_BAD_DATA = -280,
  FL_RESULT_ENCODING_FAILED = -281,
  FL_RESULT_OUT_OF_RANGE = -290,
  FL_RESULT_DEPRECATED = -300,
  FL_RESULT_AT_NOT_OK = -1200,
  FL_RESULT_AT_RESPONSE_UNEXPECTED = -1210,
  FL_RESULT_PROTECTED = -1801,
  FL_RESULT_KEY_MISMATCH = -1802,
  FL_RESULT_INVALID_SIGNATURE = -1803,
  FL_RESULT_FILESYSTEM_NO_SPACE = -1911,
} FlResultCode;

/* "INTERNAL" …; "" for a code without a name. Static. */
const char *fl_result_get_name (int code);

/* What @code means as the answer to request @type (FlRequestType). NULL for success, which includes
 * positive values. Pure. */
GError *fl_result_to_error (int code, guint16 type);

G_END_DECLS

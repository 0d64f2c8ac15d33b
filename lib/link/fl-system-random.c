/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-system-random.h"

#include <errno.h>
#include <sys/random.h>

gboolean
fl_system_random (gpointer data, guint8 *out, gsize size_bytes)
{
  while (size_bytes > 0)
    {
      ssize_t got = getrandom (out, size_bytes, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return FALSE;
      out += got;
      size_bytes -= (gsize) got;
    }
  return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-prompt.h"

#include "fl-control-capabilities.h"

#include <string.h>

/* Lengths of answers: the arguments of read_line() and read_multiline(), tag v2.3.1;
 * CERTIFICATE_SIZE is 4096 and PRIVATE_KEY_SIZE 2048 in hal/src/photon/wlan_internal.h and dct.h.
 */
static const struct
{
  const char *text;
  gsize max_bytes;
  gsize pem_bytes;
} sayings[FL_SERIAL_N_SAYINGS] = {
  [FL_SERIAL_SAYS_SSID] = { "SSID: ", 32, 0 },
  [FL_SERIAL_SAYS_SECURITY] = { "Security 0=unsecured, 1=WEP, 2=WPA, 3=WPA2: ", 1, 0 },
  [FL_SERIAL_SAYS_SECURITY_ENTERPRISE] = { "Security 0=unsecured, 1=WEP, 2=WPA, 3=WPA2, "
                                           "4=WPA Enterprise, 5=WPA2 Enterprise: ",
                                           1, 0 },
  [FL_SERIAL_SAYS_CIPHER] = { "Security Cipher 1=AES, 2=TKIP, 3=AES+TKIP: ", 1, 0 },
  [FL_SERIAL_SAYS_PASSWORD] = { "Password: ", 64, 0 },
  [FL_SERIAL_SAYS_EAP_TYPE] = { "EAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ", 1, 0 },
  [FL_SERIAL_SAYS_USERNAME] = { "Username: ", 64, 0 },
  [FL_SERIAL_SAYS_CLIENT_CERTIFICATE] = { "Client certificate in PEM format:\r\n", 0, 4095 },
  [FL_SERIAL_SAYS_PRIVATE_KEY] = { "Private key in PEM format:\r\n", 0, 2047 },
  [FL_SERIAL_SAYS_OUTER_IDENTITY] = { "Outer identity (optional): ", 64, 0 },
  [FL_SERIAL_SAYS_ROOT_CA] = { "Root CA in PEM format (optional):\r\n", 0, 4095 },
  [FL_SERIAL_SAYS_SAVING] = { "Thanks! Wait ", 0, 0 },
  [FL_SERIAL_SAYS_SAVED] = { "Awesome. Now we'll connect!", 0, 0 },
  [FL_SERIAL_SAYS_LOVE] = { "<3 you!", 0, 0 },
  [FL_SERIAL_SAYS_FAILED] = { "Derp. Sorry, we couldn't save the credentials.", 0, 0 },
  [FL_SERIAL_SAYS_NO_MEMORY] = { "Error while preparing to store enterprise credentials.", 0, 0 },
};

/* particle-iot/device-os, system/src/system_setup.cpp, tags v0.4.5 to v6.2.0 */
FlSerialGeneration
fl_serial_generation_of (int platform_id, guint version)
{
  if (platform_id != FL_PLATFORM_PHOTON && platform_id != FL_PLATFORM_P1)
    return FL_SERIAL_G3;
  if (version >= FL_SERIAL_VERSION (0, 7, 0))
    return FL_SERIAL_G2;
  return version >= FL_SERIAL_VERSION (0, 4, 6) ? FL_SERIAL_G1 : FL_SERIAL_G0;
}

const char *
fl_serial_saying_get_text (FlSerialSaying saying)
{
  g_return_val_if_fail (saying < FL_SERIAL_N_SAYINGS, NULL);

  return sayings[saying].text;
}

char *
fl_serial_saying_dup_full_text (FlSerialSaying saying, guint version)
{
  const char *text = fl_serial_saying_get_text (saying);

  switch (saying)
    {
    case FL_SERIAL_SAYS_SAVING:
      return g_strconcat (text, "while I save those credentials...\r\n\r\n", NULL);
    case FL_SERIAL_SAYS_SAVED:
      return g_strconcat (text, "\r\n\r\nIf you see a pulsing cyan light, your device",
                          version >= FL_SERIAL_VERSION (1, 5, 0) ? " " : "",
                          "\r\nhas connected to the Cloud and is ready to go!\r\n\r\n"
                          "If your LED flashes red or you encounter any other problems,\r\n"
                          "visit https://www.particle.io/support to debug.\r\n\r\n    Particle ",
                          fl_serial_saying_get_text (FL_SERIAL_SAYS_LOVE), "\r\n\r\n", NULL);
    case FL_SERIAL_SAYS_FAILED:
    case FL_SERIAL_SAYS_NO_MEMORY:
      return g_strconcat (text, "\r\n\r\n", NULL);
    case FL_SERIAL_SAYS_SSID:
    case FL_SERIAL_SAYS_SECURITY:
    case FL_SERIAL_SAYS_SECURITY_ENTERPRISE:
    case FL_SERIAL_SAYS_CIPHER:
    case FL_SERIAL_SAYS_PASSWORD:
    case FL_SERIAL_SAYS_EAP_TYPE:
    case FL_SERIAL_SAYS_USERNAME:
    case FL_SERIAL_SAYS_CLIENT_CERTIFICATE:
    case FL_SERIAL_SAYS_PRIVATE_KEY:
    case FL_SERIAL_SAYS_OUTER_IDENTITY:
    case FL_SERIAL_SAYS_ROOT_CA:
    case FL_SERIAL_SAYS_LOVE:
    case FL_SERIAL_N_SAYINGS:
      break;
    }
  return g_strdup (text);
}

gboolean
fl_serial_saying_is_question (FlSerialSaying saying)
{
  return fl_serial_saying_get_max_bytes (saying) > 0 || fl_serial_saying_get_pem_bytes (saying) > 0;
}

gsize
fl_serial_saying_get_max_bytes (FlSerialSaying saying)
{
  g_return_val_if_fail (saying < FL_SERIAL_N_SAYINGS, 0);

  return sayings[saying].max_bytes;
}

gsize
fl_serial_saying_get_pem_bytes (FlSerialSaying saying)
{
  g_return_val_if_fail (saying < FL_SERIAL_N_SAYINGS, 0);

  return sayings[saying].pem_bytes;
}

/* The saying that begins at @data. @may_begin: (inout) TRUE: it may be one when more has come. */
static gboolean
match (const guint8 *data, gsize size_bytes, FlSerialSaying *saying, gboolean *may_begin)
{
  for (guint i = 0; i < FL_SERIAL_N_SAYINGS; i++)
    {
      const gsize length = strlen (sayings[i].text);

      if (memcmp (data, sayings[i].text, MIN (length, size_bytes)) != 0)
        continue;
      if (length <= size_bytes)
        {
          *saying = i;
          return TRUE;
        }
      *may_begin = TRUE;
    }
  return FALSE;
}

gboolean
fl_serial_find_saying (const guint8 *data,
                       gsize size_bytes,
                       FlSerialSaying *saying,
                       gsize *start,
                       gsize *end,
                       gsize *keep_bytes)
{
  g_return_val_if_fail (data != NULL || size_bytes == 0, FALSE);
  g_return_val_if_fail (saying != NULL && start != NULL && end != NULL && keep_bytes != NULL,
                        FALSE);

  *keep_bytes = 0;
  for (gsize i = 0; i < size_bytes; i++)
    {
      gboolean may_begin = FALSE;

      if (match (data + i, size_bytes - i, saying, &may_begin))
        {
          *start = i;
          *end = i + strlen (sayings[*saying].text);
          return TRUE;
        }
      if (may_begin && *keep_bytes == 0)
        *keep_bytes = size_bytes - i;
    }
  return FALSE;
}

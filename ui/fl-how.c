/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-how.h"

#include "fl-error.h"
#include "fl-usb-rule.h"

#define APPLICATION "io.github.firstlight.FirstLight"

/* flatpak's documentation, "Sandbox permissions": there is such a file in every sandbox. */
static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
explain_bluetooth (FlHow *how)
{
  if (is_sandboxed ())
    {
      how->body = _ ("This command lets the sandbox of this program use Bluetooth. Start the "
                     "program again afterwards.");
      how->command = g_strdup ("flatpak override --user --socket=system-bus " APPLICATION);
      return;
    }
  how->body = _ ("This command lets your account use Bluetooth. Log in again afterwards.");
  how->command = g_strdup ("sudo usermod --append --groups bluetooth $USER");
}

static void
explain_usb (FlHow *how)
{
  if (is_sandboxed ())
    {
      how->body = _ ("This command lets the sandbox of this program use USB. Start the program "
                     "again afterwards.");
      how->command = g_strdup ("flatpak override --user --device=all " APPLICATION);
      return;
    }
  how->body = _ ("The system shows this program no USB devices at all. A computer inside another "
                 "one, or a terminal without rights, is the usual reason.");
}

gboolean
fl_how_find (const GError *error, FlHow *how)
{
  *how = (FlHow){ 0 };
  if (g_error_matches (error, FL_ERROR, FL_ERROR_BLUETOOTH_PERMISSION))
    explain_bluetooth (how);
  else if (g_error_matches (error, FL_ERROR, FL_ERROR_USB_PERMISSION))
    explain_usb (how);
  else if (g_error_matches (error, FL_ERROR, FL_ERROR_USB_ACCESS))
    {
      how->body = _ ("Add Rule asks for the password of this computer and does it. This command "
                     "does the same. Plug the device in again afterwards.");
      how->command = fl_usb_rule_dup_command ();
    }
  else if (g_error_matches (error, FL_ERROR, FL_ERROR_UPDATE_MODE))
    how->body = _ ("The light blinks yellow. Press the button marked “Reset” once and let it go. "
                   "Do not hold the other button meanwhile.");
  else if (g_error_matches (error, FL_ERROR, FL_ERROR_OTHER_ROAD))
    how->body = _ ("Hold the button marked “Setup” for three seconds, until the light blinks blue. "
                   "The device then opens a serial port on the cable, and the set-up goes on over "
                   "it. A cable that only charges has no such port.");
  else if (g_error_matches (error, FL_ERROR, FL_ERROR_NOT_LISTENING))
    how->body = _ ("Hold the button marked “Mode” or “Setup” for three seconds, until the light "
                   "blinks blue.");
  return how->body != NULL;
}

gboolean
fl_how_exists (const GError *error)
{
  g_auto (FlHow) how = { 0 };

  return fl_how_find (error, &how);
}

void
fl_how_clear (FlHow *how)
{
  g_clear_pointer (&how->command, g_free);
}

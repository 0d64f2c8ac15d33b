/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-peripheral-error.h"

#include <glib/gi18n-lib.h>

#include "fl-bluez-error.h"

GError *
fl_sim_peripheral_error_new (FlErrorCode code, const char *adapter, const char *detail)
{
  const char *name = adapter != NULL ? adapter : "";

  switch ((int) code)
    {
    case FL_ERROR_NO_BLUETOOTH:
      return adapter == NULL
                 ? g_error_new_literal (FL_ERROR, (int) code, _ ("There is no Bluetooth adapter"))
                 : g_error_new (FL_ERROR, (int) code, _ ("There is no Bluetooth adapter “%s”"),
                                name);
    case FL_ERROR_BLUETOOTH_OFF:
      return g_error_new (FL_ERROR, (int) code, _ ("The Bluetooth adapter “%s” is off"), name);
    case FL_ERROR_BLUETOOTH_BLOCKED:
      return g_error_new (FL_ERROR, (int) code,
                          _ ("The Bluetooth adapter “%s” is blocked by a switch (rfkill)"), name);
    case FL_ERROR_BLUETOOTH_SERVICE:
      return g_error_new_literal (FL_ERROR, (int) code, _ ("BlueZ (bluetoothd) does not run"));
    case FL_ERROR_BLUETOOTH_PERMISSION:
      return g_error_new_literal (FL_ERROR, (int) code, _ ("You may not use Bluetooth here"));
    case FL_ERROR_BLUETOOTH_BUSY:
      return g_error_new (FL_ERROR, (int) code,
                          _ ("Other programs hold the Bluetooth adapter “%s”"), name);
    case FL_ERROR_UNSUPPORTED:
      return g_error_new (FL_ERROR, (int) code,
                          _ ("The Bluetooth adapter “%s” cannot be a peripheral"), name);
    default:
      return g_error_new (FL_ERROR, (int) code, _ ("BlueZ does not take the simulated device: %s"),
                          detail);
    }
}

/* Names: BlueZ doc/advertising-api.txt, doc/gatt-api.txt. */
GError *
fl_sim_peripheral_error_translate (const GError *error, const char *adapter)
{
  g_autoptr (GError) known = fl_bluez_error_translate (error, FL_ERROR_UNEXPECTED);
  FlErrorCode code = (FlErrorCode) known->code;

  if (fl_bluez_error_is (error, "NotPermitted") || fl_bluez_error_is (error, "AlreadyExists"))
    code = FL_ERROR_BLUETOOTH_BUSY;
  else if (fl_bluez_error_is (error, "NotSupported") || fl_bluez_error_is_vanished (error))
    code = FL_ERROR_UNSUPPORTED; /* it has no such manager */
  return fl_sim_peripheral_error_new (code, adapter, error->message);
}

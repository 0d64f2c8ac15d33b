/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-shells.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "fl-error.h"
#include "fl-sim-gadget.h"
#include "fl-sim-peripheral.h"
#include "fl-sim-pty.h"
#include "fl-sim-usbip.h"
#include "fl-sim-vhci.h"
#include "fl-sim-virtual-radio.h"

static gboolean
check_cable (FlSimDevice *device, GError **error)
{
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (device);

  if (spec->usb_us >= 0)
    return TRUE;
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("“%s” is on no cable"), spec->name);
  return FALSE;
}

static FlSimShell *
open_serial (FlSimDevice *device, FlClock *clock, const FlSimServeOptions *options, GError **error)
{
  FlSimPty *pty =
      fl_sim_pty_new (fl_sim_device_get_world (device), device, clock, options->link, error);

  return pty != NULL ? FL_SIM_SHELL (pty) : NULL;
}

static gboolean
check_bluetooth (FlSimDevice *device, GError **error)
{
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (device);

  if (spec->has_bluetooth)
    return TRUE;
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("“%s” has no Bluetooth"), spec->name);
  return FALSE;
}

/* (nullable): not named. */
static const char *
find_adapter (FlSimDevice *device, const FlSimServeOptions *options)
{
  FlSimWorld *world = fl_sim_device_get_world (device);

  for (guint i = 0; options->adapters != NULL && options->adapters[i] != NULL; i++)
    {
      if (options->devices[i] == NULL)
        break;
      if (fl_sim_world_find_device (world, options->devices[i]) == device)
        return options->adapters[i];
    }
  return NULL;
}

static FlSimShell *
open_bluetooth (FlSimDevice *device,
                FlClock *clock,
                const FlSimServeOptions *options,
                GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, &trouble);

  if (bus == NULL)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_BLUETOOTH_SERVICE, _ ("There is no system bus: %s"),
                   trouble->message);
      return NULL;
    }
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  return FL_SIM_SHELL (fl_sim_peripheral_new (fl_sim_device_get_world (device), device, clock, bus,
                                              find_adapter (device, options)));
}

static FlSimShell *
open_radio (FlSimDevice *device, FlClock *clock, const FlSimServeOptions *options, GError **error)
{
  FlSimVirtualRadio *radio = fl_sim_virtual_radio_new (fl_sim_device_get_world (device), device,
                                                       clock, options->socket, error);

  return radio != NULL ? FL_SIM_SHELL (radio) : NULL;
}

static FlSimShell *
open_usb (FlSimDevice *device, FlClock *clock, const FlSimServeOptions *options, GError **error)
{
  g_autoptr (FlSimUsbipHost) host = fl_sim_vhci_new (FL_SIM_VHCI_FOLDER, error);
  FlSimUsbip *usbip =
      host != NULL ? fl_sim_usbip_new (fl_sim_device_get_world (device), device, clock, host, error)
                   : NULL;

  return usbip != NULL ? FL_SIM_SHELL (usbip) : NULL;
}

static FlSimShell *
open_gadget (FlSimDevice *device, FlClock *clock, const FlSimServeOptions *options, GError **error)
{
  FlSimGadget *gadget =
      fl_sim_gadget_new (fl_sim_device_get_world (device), device, clock, options->udc, error);

  return gadget != NULL ? FL_SIM_SHELL (gadget) : NULL;
}

static const FlSimShellKind kinds[] = {
  { "bluetooth", check_bluetooth, open_bluetooth },
  { "gadget", check_cable, open_gadget },
  { "radio", check_bluetooth, open_radio },
  { "serial", check_cable, open_serial },
  { "usb", check_cable, open_usb },
};

const FlSimShellKind *
fl_sim_shells_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return &kinds[i];
  return NULL;
}

char *
fl_sim_shells_list (void)
{
  GString *text = g_string_new (kinds[0].name);

  for (guint i = 1; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (text, ", %s", kinds[i].name);
  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-doctor"
#include "config.h"

#include "fl-doctor-private.h"

#include <glib/gi18n-lib.h>

#define SURE   TRUE
#define LIKELY FALSE

/* What comes of one look. @code: 0 for none. */
typedef struct
{
  FlVerdict verdict;
  const char *sentence; /* translated */
  int code;
  gboolean sure;
} Look;

static void
add_with_blame (GListStore *findings,
                const char *id,
                const char *title,
                const Look *look,
                FlBlame blame)
{
  g_autoptr (GError) error =
      look->code != 0 ? g_error_new_literal (FL_ERROR, look->code, look->sentence) : NULL;
  g_autoptr (FlFinding) finding =
      fl_finding_new (id, title, look->verdict, look->sentence, error, blame, look->sure);

  g_list_store_append (findings, finding);
}

static void
add (GListStore *findings, const char *id, const char *title, Look look)
{
  add_with_blame (findings, id, title, &look,
                  look.verdict == FL_VERDICT_GOOD ? FL_BLAME_NOBODY : FL_BLAME_COMPUTER);
}

static Look
good (const char *sentence)
{
  return (Look){ FL_VERDICT_GOOD, sentence, 0, SURE };
}

static Look
unknown (const char *sentence)
{
  return (Look){ FL_VERDICT_UNKNOWN, sentence, 0, SURE };
}

static Look
broken (int code, const char *sentence)
{
  return (Look){ FL_VERDICT_BROKEN, sentence, code, SURE };
}

static Look
doubtful (int code, const char *sentence)
{
  return (Look){ FL_VERDICT_DOUBTFUL, sentence, code, LIKELY };
}

static Look
look_at_sandbox (const FlDoctorFiles *files)
{
  switch (files->sandbox)
    {
    case FL_SANDBOX_NONE:
      break;
    case FL_SANDBOX_SNAP:
      return doubtful (0, _ ("This program is a snap. Its connections decide what it may use."));
    case FL_SANDBOX_FLATPAK:
      if (!files->sandbox_usb && !files->sandbox_bluetooth)
        return broken (FL_ERROR_USB_PERMISSION,
                       _ ("This installation may use neither USB nor Bluetooth."));
      if (!files->sandbox_usb)
        return broken (FL_ERROR_USB_PERMISSION, _ ("This installation may not use USB."));
      if (!files->sandbox_bluetooth)
        return broken (FL_ERROR_BLUETOOTH_PERMISSION,
                       _ ("This installation may not use Bluetooth."));
      return good (_ ("This installation may use USB and Bluetooth."));
    }
  return good (_ ("Nothing is forbidden to this program."));
}

static Look
look_at_usb (const FlDoctorFiles *files)
{
  if (files->sees_usb)
    return good (_ ("The devices plugged into this computer can be seen."));
  if (files->sandbox != FL_SANDBOX_NONE)
    return broken (FL_ERROR_USB_PERMISSION, _ ("USB is hidden from this installation."));
  return broken (FL_ERROR_USB_PERMISSION, _ ("This computer shows no USB at all."));
}

static gboolean
is_any_closed (const FlDoctorFiles *files)
{
  for (guint i = 0; i < files->plugged->len; i++)
    if (!((FlDoctorPlugged *) g_ptr_array_index (files->plugged, i))->is_openable)
      return TRUE;
  return FALSE;
}

static Look
look_at_rule (const FlDoctorFiles *files)
{
  if (files->rule.gives_access)
    return good (_ ("The rule for these devices is installed."));
  if (files->sandbox != FL_SANDBOX_NONE)
    return unknown (_ ("The rules of this computer cannot be seen from here."));
  if (is_any_closed (files))
    return broken (FL_ERROR_USB_ACCESS, _ ("The rule that lets you use these devices is missing."));
  if (files->plugged->len > 0)
    return good (_ ("There is no rule, but the devices can be used without one."));
  return doubtful (FL_ERROR_USB_ACCESS,
                   _ ("There is no rule for these devices. Most computers need one."));
}

static void
add_plugged (GListStore *findings, const FlDoctorFiles *files, const FlDoctorPlugged *plugged)
{
  const char *name = plugged->product != NULL ? plugged->product : _ ("Device");
  /* Translators: a device and where it is plugged in: "Argon (1-2.3)" */
  g_autofree char *title = g_strdup_printf (_ ("%s (%s)"), name, plugged->location);
  Look look = good (_ ("This device can be used."));

  if (!plugged->is_openable && files->sandbox != FL_SANDBOX_NONE)
    look = broken (FL_ERROR_USB_PERMISSION, _ ("This installation may not use this device."));
  else if (!plugged->is_openable && files->rule.gives_access) /* it was added after plugging in */
    look = (Look){ FL_VERDICT_BROKEN,
                   _ ("This device cannot be used yet. Plugging it in again may help."),
                   FL_ERROR_USB_ACCESS, LIKELY };
  else if (!plugged->is_openable)
    look = broken (FL_ERROR_USB_ACCESS, _ ("This device cannot be used yet: the rule is missing."));
  else if (plugged->is_bootloader)
    {
      look = broken (FL_ERROR_UPDATE_MODE, _ ("This device is in update mode."));
      add_with_blame (findings, "usb-device", title, &look, FL_BLAME_DEVICE);
      return;
    }
  add (findings, "usb-device", title, look);
}

static void
add_all_plugged (GListStore *findings, const FlDoctorFiles *files)
{
  for (guint i = 0; i < files->plugged->len; i++)
    add_plugged (findings, files, g_ptr_array_index (files->plugged, i));
  if (files->plugged->len == 0)
    add (findings, "usb-device", _ ("Device on a Cable"), unknown (_ ("No device is plugged in.")));
}

static void
add_serial_port (GListStore *findings, const FlDoctorFiles *files, const FlDoctorSerial *port)
{
  const char *name = port->product != NULL ? port->product : _ ("Device");
  /* Translators: a device and its serial port: "Photon (/dev/ttyACM0)" */
  g_autofree char *title = g_strdup_printf (_ ("%s (%s)"), name, port->node);
  g_autofree char *words = NULL;
  Look look = good (_ ("This serial port can be used."));

  if (!port->is_openable && files->sandbox != FL_SANDBOX_NONE)
    look = broken (FL_ERROR_USB_PERMISSION, _ ("This installation may not use this serial port."));
  else if (!port->is_openable && files->rule.gives_access)
    look =
        (Look){ FL_VERDICT_BROKEN,
                _ ("This serial port cannot be used yet. Plugging the device in again may help."),
                FL_ERROR_USB_ACCESS, LIKELY };
  else if (!port->is_openable)
    look = broken (FL_ERROR_USB_ACCESS,
                   _ ("This serial port cannot be used yet: the rule is missing."));
  else if (port->user != NULL)
    {
      /* Translators: the placeholder is the name of a program, such as "minicom" */
      words = g_strdup_printf (_ ("Another program uses this serial port: “%s”. Close it first."),
                               port->user);
      look = (Look){ FL_VERDICT_DOUBTFUL, words, FL_ERROR_SERIAL_BUSY, SURE };
    }
  add (findings, "serial-port", title, look);
}

static Look
look_at_modem_manager (const FlDoctorFiles *files, const FlDoctorServices *services)
{
  switch (services->modem_manager)
    {
    case FL_SERVICE_UNKNOWN:
    case FL_SERVICE_DENIED:
      return unknown (_ ("It could not be seen whether this computer looks for modems."));
    case FL_SERVICE_ABSENT:
      return good (_ ("This computer does not look for modems."));
    case FL_SERVICE_SLEEPS:
    case FL_SERVICE_RUNS:
      break;
    }
  if (files->rule.ignores_modem)
    return good (_ ("This computer leaves these devices alone when it looks for modems."));
  if (services->modem_manager == FL_SERVICE_SLEEPS)
    return good (_ ("This computer is not looking for modems now."));
  return doubtful (FL_ERROR_SERIAL_BUSY,
                   _ ("This computer may take a device for a modem and keep it busy for up to 20 "
                      "seconds."));
}

static gboolean
has_adapter (const FlDoctorFiles *files, const FlDoctorServices *services)
{
  return files->n_radios > 0 || services->n_adapters > 0;
}

static Look
look_at_adapter (const FlDoctorFiles *files, const FlDoctorServices *services)
{
  if (has_adapter (files, services))
    return good (_ ("This computer has Bluetooth."));
  return broken (FL_ERROR_NO_BLUETOOTH, _ ("This computer has no Bluetooth."));
}

static Look
look_at_service (const FlDoctorFiles *files, const FlDoctorServices *services)
{
  if (!files->sandbox_bluetooth)
    return broken (FL_ERROR_BLUETOOTH_PERMISSION, _ ("This installation may not use Bluetooth."));
  switch (services->bluetooth)
    {
    case FL_SERVICE_UNKNOWN:
      return unknown (_ ("The services of this computer could not be asked."));
    case FL_SERVICE_ABSENT:
      return broken (FL_ERROR_BLUETOOTH_SERVICE,
                     _ ("The Bluetooth service of this computer is not running."));
    case FL_SERVICE_SLEEPS:
      return doubtful (FL_ERROR_BLUETOOTH_SERVICE,
                       _ ("The Bluetooth service is not running. It starts when it is needed."));
    case FL_SERVICE_RUNS:
      return good (_ ("The Bluetooth service of this computer answers."));
    case FL_SERVICE_DENIED:
      return broken (FL_ERROR_BLUETOOTH_PERMISSION,
                     _ ("The Bluetooth service refuses to answer this program."));
    }
  return unknown (_ ("The services of this computer could not be asked."));
}

/* One adapter that works is enough, whatever blocks another. */
static Look
look_at_block (const FlDoctorFiles *files, const FlDoctorServices *services)
{
  if (services->n_powered > 0 || (!files->is_switched_off && !files->is_blocked))
    return good (_ ("Nothing blocks Bluetooth."));
  if (files->is_switched_off)
    return broken (FL_ERROR_BLUETOOTH_BLOCKED,
                   _ ("A switch or a key of this computer blocks Bluetooth."));
  return broken (FL_ERROR_BLUETOOTH_BLOCKED, _ ("Aeroplane mode, or a setting, blocks Bluetooth."));
}

static Look
look_at_power (const FlDoctorFiles *files, const FlDoctorServices *services)
{
  if (services->n_powered > 0)
    return good (_ ("Bluetooth is on."));
  if (services->n_adapters == 0)
    return unknown (_ ("It cannot be seen whether Bluetooth is on."));
  if (files->is_switched_off || files->is_blocked)
    return unknown (_ ("Bluetooth cannot be turned on while it is blocked."));
  return broken (FL_ERROR_BLUETOOTH_OFF, _ ("Bluetooth is off."));
}

/* A code can be typed, too: no camera is no break. */
static void
add_camera (GListStore *findings, const FlDoctorCamera *camera)
{
  const char *name = camera->name != NULL ? camera->name : _ ("Camera");
  /* Translators: a camera and its place in the system: "Integrated Camera (/dev/video0)" */
  g_autofree char *title = g_strdup_printf (_ ("%s (%s)"), name, camera->node);
  g_autofree char *words = NULL;

  if (camera->is_openable)
    add (findings, "camera", title, good (_ ("This camera can read labels.")));
  else if (!camera->has_node)
    add (findings, "camera", title,
         doubtful (FL_ERROR_CAMERA_REFUSED,
                   _ ("This camera is there, but this program cannot reach it.")));
  else if (camera->group != NULL)
    {
      /* Translators: the placeholder is the name of a group of users, such as "video" */
      words = g_strdup_printf (_ ("This program may not use this camera. Members of the group "
                                  "“%s” may."),
                               camera->group);
      add (findings, "camera", title,
           (Look){ FL_VERDICT_DOUBTFUL, words, FL_ERROR_CAMERA_REFUSED, SURE });
    }
  else
    add (findings, "camera", title,
         (Look){ FL_VERDICT_DOUBTFUL, _ ("This program may not use this camera."),
                 FL_ERROR_CAMERA_REFUSED, SURE });
}

static void
add_cameras (GListStore *findings, const FlDoctorFiles *files)
{
  const gboolean asks_desktop = files->sandbox == FL_SANDBOX_FLATPAK && !files->sandbox_camera;

  if (asks_desktop)
    add (findings, "camera", _ ("Camera"),
         unknown (_ ("The desktop is asked for the camera when a label is read.")));
  for (guint i = 0; !asks_desktop && i < files->cameras->len; i++)
    add_camera (findings, g_ptr_array_index (files->cameras, i));
  if (!asks_desktop && files->cameras->len == 0)
    add (findings, "camera", _ ("Camera"),
         (Look){ FL_VERDICT_UNKNOWN, _ ("This computer has no camera. Labels can be typed."),
                 FL_ERROR_NO_CAMERA, SURE });
}

static Look
look_at_internet (const FlDoctorServices *services)
{
  switch (services->connectivity)
    {
    case FL_CONNECTIVITY_FULL:
      return good (_ ("This computer is online."));
    case FL_CONNECTIVITY_PORTAL:
      return doubtful (FL_ERROR_COMPUTER_OFFLINE,
                       _ ("The network of this computer asks for a sign-in first."));
    case FL_CONNECTIVITY_NONE:
      return doubtful (FL_ERROR_COMPUTER_OFFLINE,
                       _ ("This computer is offline. Wi-Fi can be set up all the same."));
    case FL_CONNECTIVITY_LIMITED:
      return doubtful (FL_ERROR_COMPUTER_OFFLINE,
                       _ ("This computer has a network, but seems not to reach the internet."));
    case FL_CONNECTIVITY_UNKNOWN:
      break;
    }
  return unknown (_ ("It could not be seen whether this computer is online."));
}

GListStore *
fl_doctor_make_findings (const FlDoctorFiles *files, const FlDoctorServices *services)
{
  GListStore *findings = g_list_store_new (FL_TYPE_FINDING);

  add (findings, "sandbox", _ ("Permissions"), look_at_sandbox (files));
  add (findings, "usb", _ ("USB"), look_at_usb (files));
  add (findings, "usb-rule", _ ("USB Rule"), look_at_rule (files));
  add_all_plugged (findings, files);
  for (guint i = 0; i < files->serial->len; i++)
    add_serial_port (findings, files, g_ptr_array_index (files->serial, i));
  add (findings, "modem-manager", _ ("Modem Search"), look_at_modem_manager (files, services));
  add (findings, "bluetooth-adapter", _ ("Bluetooth Adapter"), look_at_adapter (files, services));
  if (has_adapter (files, services))
    {
      add (findings, "bluetooth-service", _ ("Bluetooth Service"),
           look_at_service (files, services));
      add (findings, "bluetooth-block", _ ("Bluetooth Switch"), look_at_block (files, services));
      add (findings, "bluetooth-power", _ ("Bluetooth Power"), look_at_power (files, services));
    }
  add_cameras (findings, files);
  add (findings, "internet", _ ("Internet"), look_at_internet (services));
  return findings;
}

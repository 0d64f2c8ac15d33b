/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-error"
#include "config.h"

#include "fl-bluez-error.h"

#define BLUEZ_ERROR "org.bluez.Error."
#define DBUS_ERROR  "org.freedesktop.DBus.Error."

/* Names: BlueZ src/error.h, doc/adapter-api.txt; D-Bus specification. */
static const struct
{
  const char *name;
  FlErrorCode code;
} names[] = {
  { BLUEZ_ERROR "NotReady", FL_ERROR_BLUETOOTH_OFF },
  { BLUEZ_ERROR "Blocked", FL_ERROR_BLUETOOTH_BLOCKED },
  { BLUEZ_ERROR "InProgress", FL_ERROR_BLUETOOTH_BUSY },
  { BLUEZ_ERROR "Busy", FL_ERROR_BLUETOOTH_BUSY },
  { BLUEZ_ERROR "NotAuthorized", FL_ERROR_BLUETOOTH_PERMISSION },
  { BLUEZ_ERROR "NoSuchAdapter", FL_ERROR_NO_BLUETOOTH },
  { DBUS_ERROR "AccessDenied", FL_ERROR_BLUETOOTH_PERMISSION },
  { DBUS_ERROR "AuthFailed", FL_ERROR_BLUETOOTH_PERMISSION },
  { DBUS_ERROR "InteractiveAuthorizationRequired", FL_ERROR_BLUETOOTH_PERMISSION },
  { DBUS_ERROR "ServiceUnknown", FL_ERROR_BLUETOOTH_SERVICE },
  { DBUS_ERROR "NameHasNoOwner", FL_ERROR_BLUETOOTH_SERVICE },
  { DBUS_ERROR "NoServer", FL_ERROR_BLUETOOTH_SERVICE },
  { DBUS_ERROR "Disconnected", FL_ERROR_BLUETOOTH_SERVICE },
  { DBUS_ERROR "NoReply", FL_ERROR_BLUETOOTH_SERVICE },
  { DBUS_ERROR "Timeout", FL_ERROR_BLUETOOTH_SERVICE },
  { DBUS_ERROR "TimedOut", FL_ERROR_BLUETOOTH_SERVICE },
  { DBUS_ERROR "Spawn.ChildExited", FL_ERROR_BLUETOOTH_SERVICE },
  { DBUS_ERROR "Spawn.ExecFailed", FL_ERROR_BLUETOOTH_SERVICE },
  { "org.freedesktop.systemd1.NoSuchUnit", FL_ERROR_BLUETOOTH_SERVICE },
};

/* Errors of the way to the bus, before any name travels over it. */
static gboolean
translate_io (const GError *error, FlErrorCode *code)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    *code = FL_ERROR_BLUETOOTH_PERMISSION;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    *code = FL_ERROR_BLUETOOTH_SERVICE;
  else
    return FALSE;
  return TRUE;
}

gboolean
fl_bluez_error_is (const GError *error, const char *name)
{
  g_autofree char *remote = error == NULL ? NULL : g_dbus_error_get_remote_error (error);

  return remote != NULL && g_str_has_prefix (remote, BLUEZ_ERROR) &&
         g_str_equal (remote + strlen (BLUEZ_ERROR), name);
}

gboolean
fl_bluez_error_is_vanished (const GError *error)
{
  return fl_bluez_error_is (error, "DoesNotExist") ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
}

GError *
fl_bluez_error_translate (const GError *error, FlErrorCode fallback)
{
  g_autofree char *remote = g_dbus_error_get_remote_error (error);
  FlErrorCode code = fallback;

  if (error->domain == FL_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (remote == NULL)
    translate_io (error, &code);
  /* Before 5.65 the name was only Failed (BlueZ src/adapter.c, property_set_mode_complete). */
  else if (g_str_equal (remote, BLUEZ_ERROR "Failed") && strstr (error->message, "rfkill") != NULL)
    code = FL_ERROR_BLUETOOTH_BLOCKED;
  else
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      if (g_str_equal (remote, names[i].name))
        code = names[i].code;

  return g_error_new_literal (FL_ERROR, code, error->message);
}

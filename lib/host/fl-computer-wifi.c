/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-computer-wifi.h"

G_DEFINE_INTERFACE (FlComputerWifi, fl_computer_wifi, G_TYPE_OBJECT)

static void
fl_computer_wifi_default_init (FlComputerWifiInterface *iface)
{
  g_object_interface_install_property (iface, g_param_spec_boolean ("available", NULL, NULL, FALSE,
                                                                    G_PARAM_READABLE |
                                                                        G_PARAM_STATIC_STRINGS));
}

void
fl_computer_login_free (FlComputerLogin *login)
{
  g_free (login->id);
  g_free (login->name);
  g_bytes_unref (login->ssid);
  g_free (login);
}

gboolean
fl_computer_wifi_is_available (FlComputerWifi *self)
{
  g_return_val_if_fail (FL_IS_COMPUTER_WIFI (self), FALSE);

  return FL_COMPUTER_WIFI_GET_IFACE (self)->is_available (self);
}

void
fl_computer_wifi_start (FlComputerWifi *self)
{
  g_return_if_fail (FL_IS_COMPUTER_WIFI (self));

  FL_COMPUTER_WIFI_GET_IFACE (self)->start (self);
}

void
fl_computer_wifi_stop (FlComputerWifi *self)
{
  g_return_if_fail (FL_IS_COMPUTER_WIFI (self));

  FL_COMPUTER_WIFI_GET_IFACE (self)->stop (self);
}

GListModel *
fl_computer_wifi_get_networks (FlComputerWifi *self)
{
  g_return_val_if_fail (FL_IS_COMPUTER_WIFI (self), NULL);

  return FL_COMPUTER_WIFI_GET_IFACE (self)->get_networks (self);
}

void
fl_computer_wifi_list_logins_async (FlComputerWifi *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (FL_IS_COMPUTER_WIFI (self));

  FL_COMPUTER_WIFI_GET_IFACE (self)->list_logins_async (self, cancellable, callback, user_data);
}

GPtrArray *
fl_computer_wifi_list_logins_finish (FlComputerWifi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
fl_computer_wifi_read_login_async (FlComputerWifi *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (FL_IS_COMPUTER_WIFI (self));
  g_return_if_fail (id != NULL);

  FL_COMPUTER_WIFI_GET_IFACE (self)->read_login_async (self, id, cancellable, callback, user_data);
}

FlSecret *
fl_computer_wifi_read_login_finish (FlComputerWifi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

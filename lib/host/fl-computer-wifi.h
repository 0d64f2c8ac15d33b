/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-network.h"
#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlComputerWifi:
 *
 * What this computer itself knows of Wi-Fi: the networks it sees, which stand in where a device
 * cannot list its own, and the logins it has stored, which a person may hand on. Property:
 * "available" (gboolean, notified): there is something to ask.
 */
#define FL_TYPE_COMPUTER_WIFI (fl_computer_wifi_get_type ())
G_DECLARE_INTERFACE (FlComputerWifi, fl_computer_wifi, FL, COMPUTER_WIFI, GObject)

/* A stored login: plain text fields, no secrets. */
typedef struct
{
  char *id;   /* for fl_computer_wifi_read_login_async() */
  char *name; /* as the desktop shows it */
  GBytes *ssid;
} FlComputerLogin;

void fl_computer_login_free (FlComputerLogin *login);

struct _FlComputerWifiInterface
{
  GTypeInterface g_iface;

  gboolean (*is_available) (FlComputerWifi *self);
  void (*start) (FlComputerWifi *self);
  void (*stop) (FlComputerWifi *self);
  GListModel *(*get_networks) (FlComputerWifi *self);
  void (*list_logins_async) (FlComputerWifi *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
  void (*read_login_async) (FlComputerWifi *self,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
};

gboolean fl_computer_wifi_is_available (FlComputerWifi *self);
/* Both idempotent, nothing blocks. While started the networks are kept up to date, and a scan is
 * asked for now and then. */
void fl_computer_wifi_start (FlComputerWifi *self);
void fl_computer_wifi_stop (FlComputerWifi *self);
GListModel *fl_computer_wifi_get_networks (FlComputerWifi *self); /* borrowed, of FlNetwork */
/* Logins at networks with user names that the computer has stored. */
void fl_computer_wifi_list_logins_async (FlComputerWifi *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* (transfer full) of FlComputerLogin */
GPtrArray *
fl_computer_wifi_list_logins_finish (FlComputerWifi *self, GAsyncResult *result, GError **error);
/* With its secrets: the desktop may ask the person for permission. */
void fl_computer_wifi_read_login_async (FlComputerWifi *self,
                                        const char *id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* (transfer full) A NetworkManager key file (nm-settings-keyfile(5)). FL_ERROR_INVALID_INPUT, a
 * sentence, when permission was refused. */
FlSecret *
fl_computer_wifi_read_login_finish (FlComputerWifi *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlComputerLogin, fl_computer_login_free)

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FlSimUsbipHost:
 *
 * A computer with ports that devices behind sockets can be attached to: this one's kernel
 * (FlSimVhci), or a test.
 */
#define FL_TYPE_SIM_USBIP_HOST (fl_sim_usbip_host_get_type ())
G_DECLARE_INTERFACE (FlSimUsbipHost, fl_sim_usbip_host, FL, SIM_USBIP_HOST, GObject)

struct _FlSimUsbipHostInterface
{
  GTypeInterface parent_interface;

  int (*attach) (FlSimUsbipHost *self, int socket, int wanted, GError **error);
  void (*detach) (FlSimUsbipHost *self, int port);
  char *(*dup_place) (FlSimUsbipHost *self, int port);
};

/* Plugs what speaks USB/IP on the other end of @socket into a port: @wanted, if it is free, else
 * another one; -1: any. @socket stays the caller's, and can be closed. Returns the port; -1: there
 * is none. Errors: G_FILE_ERROR; G_FILE_ERROR_NOSPC when no port is free, which may pass. */
int fl_sim_usbip_host_attach (FlSimUsbipHost *self, int socket, int wanted, GError **error);
/* Pulls the plug. */
void fl_sim_usbip_host_detach (FlSimUsbipHost *self, int port);
/* How that computer calls the port; (transfer full). */
char *fl_sim_usbip_host_dup_place (FlSimUsbipHost *self, int port);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-bluez-private.h"

#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define OTHER_SERVICE "0000180a-0000-1000-8000-00805f9b34fb"

static void
set_subscribed (MockNode *node, gboolean on)
{
  MockDevice *device = node->device;

  if (device->peer.subscribed != NULL)
    device->peer.subscribed (device->peer_data, on);
  if (on)
    mock_gatt_pump (node);
}

static void
close_write (MockNode *node)
{
  g_clear_handle_id (&node->write_watch, g_source_remove);
  if (node->write_fd >= 0)
    close (node->write_fd);
  node->write_fd = -1;
}

static void
receive (MockNode *node, const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  if (node->device->peer.received != NULL)
    node->device->peer.received (node->device->peer_data, bytes);
}

static gboolean
on_packet (int fd, GIOCondition condition, gpointer user_data)
{
  MockNode *node = user_data;
  guint8 packet[517];
  gssize size = recv (fd, packet, sizeof packet, MSG_DONTWAIT);

  if (size > 0)
    {
      /* bluetoothd cannot send more than one packet of the air at once. */
      g_assert_cmpint (size, <=, node->device->mtu - 3);
      node->device->n_packets++;
      receive (node, packet, (gsize) size);
      return G_SOURCE_CONTINUE;
    }
  node->write_watch = 0;
  close_write (node);
  return G_SOURCE_REMOVE;
}

static void
return_socket (MockNode *node, GDBusMethodInvocation *invocation, int *ours)
{
  g_autoptr (GUnixFDList) list = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), ==,
                   0);
  *ours = ends[0];
  list = g_unix_fd_list_new_from_array (&ends[1], 1);
  g_dbus_method_invocation_return_value_with_unix_fd_list (
      invocation, g_variant_new ("(hq)", 0, node->device->mtu), list);
}

static void
acquire_write (MockNode *node, GDBusMethodInvocation *invocation)
{
  if (node->device->no_sockets)
    {
      mock_fail (invocation, BLUEZ_ERROR "NotSupported");
      return;
    }
  return_socket (node, invocation, &node->write_fd);
  node->write_watch = g_unix_fd_add (node->write_fd, G_IO_IN | G_IO_HUP, on_packet, node);
}

/* bluetoothd has it, and may crash by it. */
static void
acquire_notify (MockNode *node, GDBusMethodInvocation *invocation)
{
  node->device->n_acquire_notify++;
  mock_fail (invocation, BLUEZ_ERROR "NotSupported");
}

static void
set_notifying (MockNode *node, gboolean on, GDBusMethodInvocation *invocation)
{
  node->device->n_start_notify += on;
  node->device->n_stop_notify += !on;
  node->notifying = on;
  mock_object_set (node->tx, CHARACTERISTIC, "Notifying", g_variant_new_boolean (on));
  mock_succeed (invocation);
  set_subscribed (node, on);
}

static void
write_value (MockNode *node, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);
  const char *type = "";

  g_variant_lookup (options, "type", "&s", &type);
  node->device->was_request = g_str_equal (type, "request");
  node->device->n_write_values++;
  mock_succeed (invocation);
  receive (node, g_variant_get_data (value), g_variant_get_size (value));
}

static void
on_characteristic_call (MockObject *object,
                        const char *interface,
                        const char *method,
                        GVariant *parameters,
                        GDBusMethodInvocation *invocation)
{
  MockNode *node = mock_object_get_owner (object);
  guint8 version = node->device->version_value;

  if (object == node->version && g_str_equal (method, "ReadValue"))
    g_dbus_method_invocation_return_value (
        invocation,
        g_variant_new ("(@ay)", g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, &version, 1, 1)));
  else if (object == node->rx && g_str_equal (method, "WriteValue"))
    write_value (node, parameters, invocation);
  else if (object == node->rx && g_str_equal (method, "AcquireWrite"))
    acquire_write (node, invocation);
  else if (object == node->tx && g_str_equal (method, "AcquireNotify"))
    acquire_notify (node, invocation);
  else if (object == node->tx && g_str_equal (method, "StartNotify"))
    set_notifying (node, TRUE, invocation);
  else if (object == node->tx && g_str_equal (method, "StopNotify"))
    set_notifying (node, FALSE, invocation);
  else
    mock_fail (invocation, BLUEZ_ERROR "NotPermitted");
}

static void
on_service_call (MockObject *object,
                 const char *interface,
                 const char *method,
                 GVariant *parameters,
                 GDBusMethodInvocation *invocation)
{
  mock_fail (invocation, "org.freedesktop.DBus.Error.UnknownMethod");
}

static MockObject *
add_service (MockNode *node, const char *uuid)
{
  g_autofree char *path = g_strdup_printf ("%s/service0010", mock_object_get_path (node->object));
  MockObject *service =
      mock_object_new (node->adapter->bluez->objects, path, on_service_call, node);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "UUID", g_variant_new_string (uuid));
  mock_object_add (service, SERVICE, g_variant_builder_end (&builder));
  mock_object_announce (service);
  return service;
}

static MockObject *
add_characteristic (MockNode *node, const char *tail, const char *uuid, const char *const *flags)
{
  const char *parent = mock_object_get_path (node->service);
  g_autofree char *path = g_strdup_printf ("%s/%s", parent, tail);
  MockObject *object;
  GVariantBuilder builder;

  if (uuid == NULL)
    return NULL;
  object = mock_object_new (node->adapter->bluez->objects, path, on_characteristic_call, node);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "UUID", g_variant_new_string (uuid));
  g_variant_builder_add (&builder, "{sv}", "Service", g_variant_new_object_path (parent));
  g_variant_builder_add (&builder, "{sv}", "Flags", g_variant_new_strv (flags, -1));
  if (!node->device->hides_mtu)
    g_variant_builder_add (&builder, "{sv}", "MTU", g_variant_new_uint16 (node->device->mtu));
  mock_object_add (object, CHARACTERISTIC, g_variant_builder_end (&builder));
  mock_object_announce (object);
  return object;
}

void
mock_gatt_add (MockNode *node)
{
  static const char *const reads[] = { "read", NULL };
  static const char *const notifies[] = { "notify", NULL };
  static const char *const writes[] = { "write", "write-without-response", NULL };
  MockDevice *device = node->device;
  gboolean other = device->stale || device->strange;

  node->service = add_service (node, other ? OTHER_SERVICE : device->service);
  node->version = add_characteristic (node, "char0011", device->version, reads);
  node->tx = add_characteristic (node, "char0013", device->tx, notifies);
  node->rx = add_characteristic (node, "char0016", device->rx, writes);
}

void
mock_gatt_remove (MockNode *node)
{
  close_write (node);
  node->notifying = FALSE;
  if (node->service == NULL)
    return;
  g_clear_pointer (&node->rx, mock_object_remove);
  g_clear_pointer (&node->tx, mock_object_remove);
  g_clear_pointer (&node->version, mock_object_remove);
  g_clear_pointer (&node->service, mock_object_remove);
}

void
mock_gatt_pump (MockNode *node)
{
  MockDevice *device = node->device;
  GBytes *bytes;

  while (node->notifying && device->peer.take != NULL &&
         (bytes = device->peer.take (device->peer_data, device->mtu - 3)) != NULL)
    {
      mock_object_set (node->tx, CHARACTERISTIC, "Value",
                       g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
      g_bytes_unref (bytes);
    }
}

gboolean
mock_gatt_is_subscribed (MockNode *node)
{
  return node->notifying;
}

gboolean
mock_gatt_has_sockets (MockNode *node)
{
  struct pollfd entry = { .fd = node->write_fd, .events = POLLIN };

  return node->write_fd >= 0 && poll (&entry, 1, 0) >= 0 && (entry.revents & POLLHUP) == 0;
}

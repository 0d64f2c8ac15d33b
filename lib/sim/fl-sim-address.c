/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib-unix.h>
#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER_BYTES 8192 /* more than the kernel puts into one message: netlink(7) */

struct _FlSimAddress
{
  char *interface;
  FlSimAddressFunc func;
  gpointer data;
  int fd;
  guint source_id;
};

guint32
fl_sim_address_read (const char *interface, guint8 *prefix)
{
  struct ifaddrs *all = NULL;
  guint32 address = 0;

  *prefix = 0;
  if (getifaddrs (&all) != 0)
    return 0;
  for (const struct ifaddrs *each = all; each != NULL && address == 0; each = each->ifa_next)
    {
      struct sockaddr_in own, mask;

      if (strcmp (each->ifa_name, interface) != 0 || each->ifa_addr == NULL ||
          each->ifa_addr->sa_family != AF_INET || each->ifa_netmask == NULL)
        continue;
      memcpy (&own, each->ifa_addr, sizeof own);
      memcpy (&mask, each->ifa_netmask, sizeof mask);
      address = own.sin_addr.s_addr;
      *prefix = (guint8) __builtin_popcount (mask.sin_addr.s_addr);
    }
  freeifaddrs (all);
  return address;
}

/* Whether one of the messages is about that interface; lost ones may be. */
static gboolean
is_about (const FlSimAddress *self, const guint8 *buffer, gssize size_bytes)
{
  unsigned int index = if_nametoindex (self->interface);
  const struct nlmsghdr *header = (const struct nlmsghdr *) buffer;
  unsigned int left = (unsigned int) MAX (size_bytes, 0);

  for (; NLMSG_OK (header, left); header = NLMSG_NEXT (header, left))
    {
      const struct ifaddrmsg *message = NLMSG_DATA (header);

      if ((header->nlmsg_type == RTM_NEWADDR || header->nlmsg_type == RTM_DELADDR) &&
          header->nlmsg_len >= NLMSG_LENGTH (sizeof *message) && message->ifa_index == index)
        return TRUE;
    }
  return size_bytes < 0;
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  FlSimAddress *self = data;
  _Alignas(struct nlmsghdr) guint8 buffer[BUFFER_BYTES];
  gssize size_bytes = recv (fd, buffer, sizeof buffer, 0);
  guint32 address;
  guint8 prefix;

  if (size_bytes < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (!is_about (self, buffer, size_bytes))
    return G_SOURCE_CONTINUE;
  address = fl_sim_address_read (self->interface, &prefix);
  self->func (address, prefix, self->data);
  return G_SOURCE_CONTINUE;
}

static int
open_netlink (GError **error)
{
  struct sockaddr_nl name = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_IPV4_IFADDR };
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
  int number;

  if (fd >= 0 && bind (fd, (const struct sockaddr *) &name, sizeof name) == 0)
    return fd;
  number = errno;
  if (fd >= 0)
    close (fd);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "rtnetlink: %s",
               g_strerror (number));
  return -1;
}

FlSimAddress *
fl_sim_address_new (const char *interface, FlSimAddressFunc func, gpointer data, GError **error)
{
  FlSimAddress *self;
  int fd;

  if (if_nametoindex (interface) == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no interface %s", interface);
      return NULL;
    }
  fd = open_netlink (error);
  if (fd < 0)
    return NULL;
  self = g_new0 (FlSimAddress, 1);
  self->interface = g_strdup (interface);
  self->func = func;
  self->data = data;
  self->fd = fd;
  self->source_id = g_unix_fd_add (fd, G_IO_IN | G_IO_ERR, on_readable, self);
  return self;
}

void
fl_sim_address_free (FlSimAddress *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  close (self->fd);
  g_free (self->interface);
  g_free (self);
}

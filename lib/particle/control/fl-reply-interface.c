/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-reply-body.h"

#include <arpa/inet.h>
#include <string.h>

#include "particle-network.pb-c.h"

typedef Particle__Ctrl__InterfaceAddress Address;

FlSecret *
fl_reply_pack_interfaces (const FlInterface *interfaces, guint n_interfaces)
{
  Particle__Ctrl__GetInterfaceListReply message = PARTICLE__CTRL__GET_INTERFACE_LIST_REPLY__INIT;
  g_autofree Particle__Ctrl__InterfaceEntry *entries = NULL;
  g_autofree Particle__Ctrl__InterfaceEntry **pointers = NULL;

  entries = g_new0 (Particle__Ctrl__InterfaceEntry, n_interfaces);
  pointers = g_new0 (Particle__Ctrl__InterfaceEntry *, n_interfaces);
  for (guint i = 0; i < n_interfaces; i++)
    {
      particle__ctrl__interface_entry__init (&entries[i]);
      entries[i].index = interfaces[i].index;
      entries[i].name = (char *) interfaces[i].name;
      entries[i].type = (Particle__Ctrl__InterfaceType) interfaces[i].type;
      pointers[i] = &entries[i];
    }
  message.n_interfaces = n_interfaces;
  message.interfaces = pointers;
  return fl_message_pack (&message.base);
}

gboolean
fl_reply_find_interface (const guint8 *data,
                         gsize size_bytes,
                         int type,
                         guint32 *index,
                         GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  const Particle__Ctrl__GetInterfaceListReply *reply = NULL;

  g_return_val_if_fail (index != NULL, FALSE);

  *index = 0;
  message = fl_message_unpack (&particle__ctrl__get_interface_list_reply__descriptor, data,
                               size_bytes, error);
  if (message == NULL)
    return FALSE;
  reply = (const Particle__Ctrl__GetInterfaceListReply *) message;
  for (gsize i = 0; i < reply->n_interfaces && *index == 0; i++)
    if ((int) reply->interfaces[i]->type == type)
      *index = reply->interfaces[i]->index;
  return TRUE;
}

/* The pieces of an address, in memory that packing can point to. */
typedef struct
{
  Address address;
  Particle__Ctrl__IpAddress ip;
  Particle__Ctrl__Ipv4Address v4;
  Particle__Ctrl__Ipv6Address v6;
} PackedAddress;

static void
fill_address (PackedAddress *packed, const FlInterface *interface, guint n)
{
  const guint8 *bytes = interface->addresses[n];

  particle__ctrl__interface_address__init (&packed->address);
  particle__ctrl__ip_address__init (&packed->ip);
  packed->address.address = &packed->ip;
  if (interface->address_sizes[n] == 4)
    {
      particle__ctrl__ipv4_address__init (&packed->v4);
      packed->v4.address =
          (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
      packed->address.prefix_length = 24;
      packed->ip.address_case = PARTICLE__CTRL__IP_ADDRESS__ADDRESS_V4;
      packed->ip.v4 = &packed->v4;
      return;
    }
  particle__ctrl__ipv6_address__init (&packed->v6);
  packed->v6.address.data = (uint8_t *) bytes;
  packed->v6.address.len = 16;
  packed->address.prefix_length = 64;
  packed->ip.address_case = PARTICLE__CTRL__IP_ADDRESS__ADDRESS_V6;
  packed->ip.v6 = &packed->v6;
}

FlSecret *
fl_reply_pack_interface (const FlInterface *interface)
{
  Particle__Ctrl__GetInterfaceReply message = PARTICLE__CTRL__GET_INTERFACE_REPLY__INIT;
  Particle__Ctrl__Interface body = PARTICLE__CTRL__INTERFACE__INIT;
  Particle__Ctrl__Ipv4Config ipv4 = PARTICLE__CTRL__IPV4_CONFIG__INIT;
  Particle__Ctrl__Ipv6Config ipv6 = PARTICLE__CTRL__IPV6_CONFIG__INIT;
  PackedAddress packed[FL_REPLY_MAX_ADDRESSES];
  Address *v4[FL_REPLY_MAX_ADDRESSES], *v6[FL_REPLY_MAX_ADDRESSES];

  g_return_val_if_fail (interface != NULL, NULL);
  g_return_val_if_fail (interface->n_addresses <= FL_REPLY_MAX_ADDRESSES, NULL);

  message.interface = &body;
  body.index = interface->index;
  body.name = (char *) interface->name;
  body.type = (Particle__Ctrl__InterfaceType) interface->type;
  body.flags = interface->flags;
  body.mtu = interface->mtu;
  body.ipv4_config = &ipv4;
  body.ipv6_config = &ipv6;
  ipv4.addresses = v4;
  ipv6.addresses = v6;
  if (interface->has_mac)
    {
      body.hw_address.data = (uint8_t *) interface->mac;
      body.hw_address.len = sizeof interface->mac;
    }
  for (guint i = 0; i < interface->n_addresses; i++)
    {
      fill_address (&packed[i], interface, i);
      if (interface->address_sizes[i] == 4)
        v4[ipv4.n_addresses++] = &packed[i].address;
      else
        v6[ipv6.n_addresses++] = &packed[i].address;
    }
  return fl_message_pack (&message.base);
}

static void
add_address (FlInterface *interface, const Address *address)
{
  const Particle__Ctrl__IpAddress *ip = address->address;
  guint8 *out = NULL;

  if (ip == NULL || interface->n_addresses == FL_REPLY_MAX_ADDRESSES)
    return;

  out = interface->addresses[interface->n_addresses];
  if (ip->address_case == PARTICLE__CTRL__IP_ADDRESS__ADDRESS_V4)
    {
      guint32 value = GUINT32_TO_BE (ip->v4->address);

      memcpy (out, &value, 4);
      interface->address_sizes[interface->n_addresses++] = 4;
    }
  else if (ip->address_case == PARTICLE__CTRL__IP_ADDRESS__ADDRESS_V6 && ip->v6->address.len == 16)
    {
      memcpy (out, ip->v6->address.data, 16);
      interface->address_sizes[interface->n_addresses++] = 16;
    }
}

gboolean
fl_reply_unpack_interface (const guint8 *data,
                           gsize size_bytes,
                           FlInterface *interface,
                           GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  const Particle__Ctrl__Interface *body = NULL;

  g_return_val_if_fail (interface != NULL, FALSE);

  memset (interface, 0, sizeof *interface);
  message =
      fl_message_unpack (&particle__ctrl__get_interface_reply__descriptor, data, size_bytes, error);
  if (message == NULL)
    return FALSE;
  body = ((const Particle__Ctrl__GetInterfaceReply *) message)->interface;
  if (body == NULL)
    return TRUE;

  interface->index = body->index;
  interface->type = (int) body->type;
  interface->flags = body->flags;
  interface->mtu = body->mtu;
  g_strlcpy (interface->name, body->name, sizeof interface->name);
  interface->has_mac = body->hw_address.len == sizeof interface->mac;
  if (interface->has_mac)
    memcpy (interface->mac, body->hw_address.data, sizeof interface->mac);
  for (gsize i = 0; body->ipv4_config != NULL && i < body->ipv4_config->n_addresses; i++)
    add_address (interface, body->ipv4_config->addresses[i]);
  for (gsize i = 0; body->ipv6_config != NULL && i < body->ipv6_config->n_addresses; i++)
    add_address (interface, body->ipv6_config->addresses[i]);
  return TRUE;
}

char *
fl_interface_dup_address (const FlInterface *interface, guint n)
{
  char text[INET6_ADDRSTRLEN] = "";

  g_return_val_if_fail (interface != NULL && n < interface->n_addresses, NULL);

  inet_ntop (interface->address_sizes[n] == 4 ? AF_INET : AF_INET6, interface->addresses[n], text,
             sizeof text);
  return g_strdup (text);
}

gboolean
fl_interface_has_ipv4 (const FlInterface *interface)
{
  static const guint8 none[4] = { 0 };

  g_return_val_if_fail (interface != NULL, FALSE);

  for (guint i = 0; i < interface->n_addresses; i++)
    {
      const guint8 *address = interface->addresses[i];

      if (interface->address_sizes[i] == 4 && memcmp (address, none, 4) != 0 &&
          !(address[0] == 169 && address[1] == 254))
        return TRUE;
    }
  return FALSE;
}

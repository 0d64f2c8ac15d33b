/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-link"
#include "config.h"

#include "fl-serial-link.h"

G_DEFINE_INTERFACE (FlSerialLink, fl_serial_link, FL_TYPE_LINK)

static void
fl_serial_link_default_init (FlSerialLinkInterface *iface)
{
}

gboolean
fl_serial_link_set_rate (FlSerialLink *self, FlSerialRate rate, GError **error)
{
  g_return_val_if_fail (FL_IS_SERIAL_LINK (self), FALSE);

  return FL_SERIAL_LINK_GET_IFACE (self)->set_rate (self, rate, error);
}

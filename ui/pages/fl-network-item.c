/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-network-item"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-network-item.h"

#include "fl-error.h"

struct _FlNetworkItem
{
  GObject parent_instance;

  FlNetwork *network;
  GError *problem;
  const char *reason; /* translated, static */
};

G_DEFINE_FINAL_TYPE (FlNetworkItem, fl_network_item, G_TYPE_OBJECT)

typedef struct
{
  FlErrorCode code;
  const char *reason;
} Obstacle;

/* What keeps a device of these capabilities away; code 0: nothing. */
static Obstacle
find_obstacle (FlNetwork *network, FlCapabilities capabilities)
{
  switch (fl_network_get_security (network))
    {
    case FL_SECURITY_ENTERPRISE:
      if ((capabilities & FL_CAN_ENTERPRISE) == 0)
        return (Obstacle){ FL_ERROR_NETWORK_ENTERPRISE,
                           N_ ("Needs a user name. This device cannot do that.") };
      break;
    case FL_SECURITY_WPA3:
      if ((capabilities & FL_CAN_WPA3) == 0)
        return (Obstacle){ FL_ERROR_NETWORK_WPA3,
                           N_ ("The device cannot use this kind of security.") };
      break;
    case FL_SECURITY_WEP:
      if ((capabilities & FL_CAN_WEP) == 0)
        return (Obstacle){ FL_ERROR_NETWORK_WPA3,
                           N_ ("The device cannot use this kind of security.") };
      break;
    case FL_SECURITY_OPEN:
    case FL_SECURITY_WPA:
    case FL_SECURITY_WPA2:
    case FL_SECURITY_WPA_WPA2:
    case FL_SECURITY_WPA2_WPA3:
    case FL_SECURITY_UNKNOWN:
      break;
    }

  if (fl_network_is_5ghz (network) && (capabilities & FL_CAN_5GHZ) == 0)
    return (Obstacle){ FL_ERROR_NETWORK_5_GHZ, N_ ("The device cannot use 5 GHz.") };

  return (Obstacle){ 0, NULL };
}

static void
fl_network_item_finalize (GObject *object)
{
  FlNetworkItem *self = FL_NETWORK_ITEM (object);

  g_clear_object (&self->network);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (fl_network_item_parent_class)->finalize (object);
}

static void
fl_network_item_class_init (FlNetworkItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fl_network_item_finalize;
}

static void
fl_network_item_init (FlNetworkItem *self)
{
}

FlNetworkItem *
fl_network_item_new (FlNetwork *network, FlCapabilities capabilities)
{
  FlNetworkItem *self = g_object_new (FL_TYPE_NETWORK_ITEM, NULL);
  Obstacle obstacle = find_obstacle (network, capabilities);

  self->network = g_object_ref (network);
  if (obstacle.reason != NULL)
    {
      self->reason = _ (obstacle.reason);
      self->problem = g_error_new (FL_ERROR, (int) obstacle.code, "Security %s, channel %d",
                                   fl_security_to_string (fl_network_get_security (network)),
                                   fl_network_get_channel (network));
    }
  return self;
}

FlNetwork *
fl_network_item_get_network (FlNetworkItem *self)
{
  g_return_val_if_fail (FL_IS_NETWORK_ITEM (self), NULL);

  return self->network;
}

const GError *
fl_network_item_get_problem (FlNetworkItem *self)
{
  g_return_val_if_fail (FL_IS_NETWORK_ITEM (self), NULL);

  return self->problem;
}

const char *
fl_network_item_get_reason (FlNetworkItem *self)
{
  g_return_val_if_fail (FL_IS_NETWORK_ITEM (self), NULL);

  return self->reason;
}

char *
fl_network_item_dup_words (FlNetworkItem *self)
{
  const char *name, *signal_word;
  gboolean open;

  g_return_val_if_fail (FL_IS_NETWORK_ITEM (self), NULL);

  name = fl_network_get_name (self->network);
  signal_word = fl_network_get_signal_word (self->network);
  open = fl_network_get_security (self->network) == FL_SECURITY_OPEN;

  if (self->reason != NULL)
    /* Translators: name of a network, then why the device cannot use it */
    return g_strdup_printf (_ ("%s, not usable. %s"), name, self->reason);
  if (*signal_word == 0) /* one that the device knows: no password is needed again */
    return open ? g_strdup_printf (_ ("%s, open"), name) : g_strdup (name);

  if (fl_network_get_security (self->network) == FL_SECURITY_ENTERPRISE)
    /* Translators: name of a network, then the signal in words: "Campus, strong, user name needed"
     */
    return g_strdup_printf (_ ("%s, %s, user name needed"), name, signal_word);
  /* Translators: name of a network, then the signal in words: "Campus, strong, password needed" */
  return g_strdup_printf (open ? _ ("%s, %s, open") : _ ("%s, %s, password needed"), name,
                          signal_word);
}

int
fl_network_item_compare (gconstpointer a, gconstpointer b, gpointer unused)
{
  FlNetworkItem *left = FL_NETWORK_ITEM ((gpointer) a);
  FlNetworkItem *right = FL_NETWORK_ITEM ((gpointer) b);
  int left_dbm = fl_network_get_rssi (left->network);
  int right_dbm = fl_network_get_rssi (right->network);

  if ((left->problem != NULL) != (right->problem != NULL))
    return left->problem != NULL ? 1 : -1;
  if (left_dbm != right_dbm) /* 0 is unknown: last */
    return (left_dbm == 0 ? G_MININT : left_dbm) > (right_dbm == 0 ? G_MININT : right_dbm) ? -1 : 1;
  return g_strcmp0 (fl_network_get_name (left->network), fl_network_get_name (right->network));
}

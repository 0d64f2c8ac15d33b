/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-visit"
#include "config.h"

#include "fl-sim-visit.h"

#define ATT_HEADER 3

struct _FlSimVisit
{
  char *central;
  FlSimConnection *connection; /* (nullable) */
};

FlSimVisit *
fl_sim_visit_new (FlSimDevice *device, const char *central, gint64 now_us)
{
  FlSimVisit *self = g_new0 (FlSimVisit, 1);
  g_autoptr (GError) error = NULL;

  self->central = g_strdup (central);
  self->connection = fl_sim_device_connect (device, now_us, &error);
  if (self->connection == NULL)
    g_debug ("%s: %s", central, error->message);
  return self;
}

void
fl_sim_visit_free (FlSimVisit *self)
{
  g_clear_pointer (&self->connection, fl_sim_connection_free);
  g_free (self->central);
  g_free (self);
}

const char *
fl_sim_visit_get_central (FlSimVisit *self)
{
  return self->central;
}

gboolean
fl_sim_visit_is_over (FlSimVisit *self)
{
  return self->connection == NULL;
}

void
fl_sim_visit_subscribe (FlSimVisit *self, gboolean on)
{
  if (self->connection != NULL)
    fl_sim_connection_subscribe (self->connection, on);
}

static void
set_mtu (FlSimVisit *self, guint mtu)
{
  if (mtu > fl_sim_connection_get_mtu (self->connection))
    fl_sim_connection_exchange_mtu (self->connection, mtu);
}

static void
end_if_closed (FlSimVisit *self)
{
  if (self->connection != NULL && fl_sim_connection_is_closed (self->connection) != FL_SIM_OPEN)
    g_clear_pointer (&self->connection, fl_sim_connection_free);
}

gboolean
fl_sim_visit_write (FlSimVisit *self, guint mtu, GBytes *value, gint64 now_us)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (value, &size);
  gboolean is_good = TRUE;

  if (self->connection == NULL)
    return FALSE;
  set_mtu (self, mtu);
  for (gsize at = 0; is_good && at < size;)
    {
      gsize part = MIN (size - at, fl_sim_connection_get_mtu (self->connection) - ATT_HEADER);

      is_good = fl_sim_connection_write (self->connection, data + at, part, now_us);
      at += part;
    }
  end_if_closed (self);
  return is_good;
}

GBytes *
fl_sim_visit_read_version (FlSimVisit *self, guint mtu)
{
  if (self->connection == NULL)
    return NULL;
  set_mtu (self, mtu);
  return fl_sim_connection_read_version (self->connection);
}

void
fl_sim_visit_tick (FlSimVisit *self, gint64 now_us)
{
  if (self->connection != NULL)
    fl_sim_connection_tick (self->connection, now_us);
}

GBytes *
fl_sim_visit_take (FlSimVisit *self)
{
  GBytes *packet = self->connection != NULL ? fl_sim_connection_take (self->connection) : NULL;

  if (packet == NULL)
    end_if_closed (self); /* what it said before it ended was heard */
  return packet;
}

gint64
fl_sim_visit_get_deadline (FlSimVisit *self)
{
  return self->connection != NULL ? fl_sim_connection_get_deadline (self->connection) : G_MAXINT64;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-known.h"

static int
find_index (GPtrArray *list, GBytes *ssid)
{
  for (guint i = 0; i < list->len; i++)
    if (g_bytes_equal (((FlSimKnown *) list->pdata[i])->ssid, ssid))
      return (int) i;
  return -1;
}

FlSimKnown *
fl_sim_known_new (GBytes *ssid, FlSecurity security, FlSecret *password, gboolean hidden)
{
  FlSimKnown *known = g_new0 (FlSimKnown, 1);

  known->ssid = g_bytes_ref (ssid);
  known->security = security;
  known->password = password != NULL ? fl_secret_ref (password) : NULL;
  known->hidden = hidden;
  return known;
}

FlSimKnown *
fl_sim_known_copy (const FlSimKnown *known)
{
  FlSimKnown *copy =
      fl_sim_known_new (known->ssid, known->security, known->password, known->hidden);

  if (known->enterprise != NULL)
    copy->enterprise = fl_enterprise_ref (known->enterprise);
  copy->is_void = known->is_void;
  return copy;
}

void
fl_sim_known_free (FlSimKnown *known)
{
  g_bytes_unref (known->ssid);
  g_clear_pointer (&known->password, fl_secret_unref);
  g_clear_pointer (&known->enterprise, fl_enterprise_unref);
  g_free (known);
}

void
fl_sim_known_store (GPtrArray *list, FlSimKnown *known, guint max_known)
{
  int index = find_index (list, known->ssid);

  if (index < 0 && list->len < max_known)
    {
      g_ptr_array_add (list, known);
      return;
    }
  if (index < 0)
    index = (int) max_known - 1;
  fl_sim_known_free (list->pdata[index]);
  list->pdata[index] = known;
}

void
fl_sim_known_move_to_front (GPtrArray *list, GBytes *ssid)
{
  int index = find_index (list, ssid);

  if (index > 0)
    g_ptr_array_insert (list, 0, g_ptr_array_steal_index (list, (guint) index));
}

void
fl_sim_known_remove (GPtrArray *list, GBytes *ssid)
{
  int index = find_index (list, ssid);

  if (index >= 0)
    g_ptr_array_remove_index (list, (guint) index);
}

FlSimKnown *
fl_sim_known_find (GPtrArray *list, GBytes *ssid)
{
  int index = find_index (list, ssid);

  return index >= 0 ? list->pdata[index] : NULL;
}

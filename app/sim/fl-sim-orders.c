/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-orders.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fl-error.h"
#include "fl-sim-device.h"
#include "fl-sim-usb.h"

static const struct
{
  const char *verb;
  void (*obey) (FlSimDevice *device, gint64 now_us);
} orders[] = {
  { "power-off", fl_sim_device_power_off }, { "power-on", fl_sim_device_power_on },
  { "reset", fl_sim_device_press_reset },   { "button", fl_sim_device_hold_button },
  { "unplug", fl_sim_usb_unplug },          { "plug", fl_sim_usb_plug },
  { "away", fl_sim_device_carry_away },     { "back", fl_sim_device_carry_back },
};

char *
fl_sim_orders_list (void)
{
  GString *text = g_string_new (orders[0].verb);

  for (guint i = 1; i < G_N_ELEMENTS (orders); i++)
    g_string_append_printf (text, ", %s", orders[i].verb);
  return g_string_free (text, FALSE);
}

gboolean
fl_sim_orders_obey (FlSimWorld *world, const char *line, gint64 now_us, GError **error)
{
  g_autofree char *name = g_strstrip (g_strdup (line));
  char *verb = strrchr (name, ' ');
  FlSimDevice *device = NULL;

  if (verb != NULL)
    {
      *verb++ = '\0';
      device = fl_sim_world_find_device (world, g_strchomp (name));
    }
  for (guint i = 0; device != NULL && i < G_N_ELEMENTS (orders); i++)
    if (strcmp (orders[i].verb, verb) == 0)
      {
        orders[i].obey (device, now_us);
        return TRUE;
      }
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("Not understood: “%s”"), line);
  return FALSE;
}

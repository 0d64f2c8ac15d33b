/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "visitor.h"

#include <string.h>

#define TEN_MINUTES_US (10 * 60 * G_USEC_PER_SEC)

Visitor *
visitor_new (const char *device, const char *more)
{
  Visitor *self = g_new0 (Visitor, 1);
  FlMetaFinder *finder;
  g_autoptr (FlDevice) found = NULL;
  g_autoptr (FlLabel) label = fl_label_parse (JOURNEY_LABEL, -1, NULL);

  self->journey = journey_new (device, more);
  finder = fl_engine_get_finder (self->journey->engine);
  fl_meta_finder_start (finder);
  while (g_list_model_get_n_items (fl_meta_finder_get_devices (finder)) == 0)
    g_main_context_iteration (NULL, TRUE);
  found = g_list_model_get_item (fl_meta_finder_get_devices (finder), 0);
  self->visit = fl_visit_new (self->journey->engine, found);
  if (device == NULL || strstr (device, "usb=") == NULL)
    fl_visit_set_label (self->visit, label);
  return self;
}

void
visitor_free (Visitor *self)
{
  fl_visit_close (self->visit);
  visitor_wait (self);
  journey_run_ms (self->journey, 8000); /* what was cancelled ends */
  g_assert_finalize_object (self->visit);
  journey_free (self->journey);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
is_reading (FlVisit *visit)
{
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    if (fl_visit_get_status (visit, (FlVisitBlock) i) == FL_BLOCK_READING)
      return TRUE;
  return FALSE;
}

void
visitor_run_to_rest (Visitor *self)
{
  gint64 end_us = fl_clock_now_us (self->journey->clock) + TEN_MINUTES_US;

  while (fl_visit_get_busy (self->visit) || is_reading (self->visit))
    {
      g_assert_cmpint (fl_clock_now_us (self->journey->clock), <, end_us);
      g_main_context_iteration (NULL, TRUE);
    }
}

gboolean
visitor_open (Visitor *self)
{
  gint64 end_us = fl_clock_now_us (self->journey->clock) + TEN_MINUTES_US;

  fl_visit_open (self->visit);
  while (!fl_visit_get_open (self->visit) && fl_visit_get_error (self->visit) == NULL)
    {
      g_assert_cmpint (fl_clock_now_us (self->journey->clock), <, end_us);
      g_main_context_iteration (NULL, TRUE);
    }
  visitor_run_to_rest (self);
  return fl_visit_get_open (self->visit);
}

void
visitor_on_end (GObject *source, GAsyncResult *result, gpointer data)
{
  Visitor *self = data;

  g_clear_error (&self->error);
  self->ok = fl_visit_finish (FL_VISIT (source), result, &self->error);
  g_assert_true (self->ok == (self->error == NULL));
  self->n_ended++;
}

gboolean
visitor_wait (Visitor *self)
{
  gint64 end_us = fl_clock_now_us (self->journey->clock) + TEN_MINUTES_US;

  while (fl_visit_get_busy (self->visit))
    {
      g_assert_cmpint (fl_clock_now_us (self->journey->clock), <, end_us);
      g_main_context_iteration (NULL, TRUE);
    }
  journey_run_ms (self->journey, 1); /* the answer is on its way */
  return self->ok;
}

FlCredentials *
visitor_credentials (const char *ssid, const char *password, FlSecurity security)
{
  g_autoptr (GBytes) bytes = visitor_ssid (ssid);
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;

  return fl_credentials_new (bytes, security, secret, FALSE, NULL);
}

GBytes *
visitor_ssid (const char *name)
{
  return g_bytes_new (name, strlen (name));
}

char *
visitor_dup_known (Visitor *self)
{
  GListModel *known = fl_visit_get_known (self->visit);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (known); i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (known, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", fl_network_get_name (network));
    }
  return g_string_free (text, FALSE);
}

FlSimDevice *
visitor_get_device (Visitor *self)
{
  return fl_sim_world_get_device (self->journey->world, 0);
}

char *
visitor_dup_device_known (Visitor *self)
{
  FlSimDevice *device = visitor_get_device (self);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fl_sim_device_get_n_known (device); i++)
    {
      gsize size = 0;
      const char *ssid = g_bytes_get_data (fl_sim_device_get_known (device, i)->ssid, &size);

      g_string_append_printf (text, "%s%.*s", i > 0 ? " " : "", (int) size, ssid);
    }
  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "journey.h"

#include <string.h>

#include "fl-serial-finder.h"
#include "fl-sim-finder.h"
#include "fl-sim-usb.h"
#include "fl-system-random.h"
#include "fl-usb-finder.h"

#define TEN_MINUTES_US (10 * 60 * G_USEC_PER_SEC)

static const char world_text[] = "[World]\n"
                                 "title=Journey\n"
                                 "seed=7\n"
                                 "%s\n"
                                 "[Network home]\n"
                                 "ssid=Home\n"
                                 "security=wpa2\n"
                                 "password=correct horse\n"
                                 "channel=6\n"
                                 "rssi=-50\n"
                                 "\n"
                                 "[Network guests]\n"
                                 "ssid=Guests\n"
                                 "security=open\n"
                                 "channel=11\n"
                                 "rssi=-60\n"
                                 "\n"
                                 "[Device one]\n"
                                 "%s"
                                 "secret=" JOURNEY_SECRET "\n"
                                 "%s\n";

static void
on_stage (FlSetup *setup, GParamSpec *pspec, Journey *self)
{
  g_string_append_printf (self->story, "%s ", fl_stage_to_string (fl_setup_get_stage (setup)));
}

static void
on_note (FlSetup *setup, const char *id, const char *text, Journey *self)
{
  g_assert_cmpuint (strlen (text), >, 0);
  g_string_append_printf (self->story, "[%s] ", id);
}

Journey *
journey_new_for_product (const char *device, const char *more, FlProduct *product)
{
  Journey *self = g_new0 (Journey, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlMetaFinder) meta = NULL;
  g_autoptr (FlFinder) finder = NULL, usb = NULL;
  const char *extra = device != NULL ? device : "";
  const char *identity =
      strstr (extra, "platform=") != NULL ? "" : "platform=p2\nserial=" JOURNEY_SERIAL "\n";
  g_autofree char *text = g_strdup_printf (world_text, more != NULL ? more : "", identity, extra);

  self->story = g_string_new (NULL);
  self->clock = fl_virtual_clock_new ();
  self->world = fl_sim_world_parse (text, strlen (text), "journey", 0, &error);
  g_assert_no_error (error);
  meta = fl_meta_finder_new (self->clock);
  finder = FL_FINDER (fl_sim_finder_new (self->world, self->clock, product));
  fl_meta_finder_add (meta, finder);
  self->bus = fl_sim_usb_bus_new (self->world, self->clock);
  usb = FL_FINDER (fl_usb_finder_new (self->bus, self->clock, product));
  fl_meta_finder_add (meta, usb);
  self->engine = fl_engine_new (self->clock, meta, product, fl_system_random, NULL);
  self->setup = fl_setup_new (self->engine);
  g_signal_connect (self->setup, "notify::stage", G_CALLBACK (on_stage), self);
  g_signal_connect (self->setup, "note", G_CALLBACK (on_note), self);
  return self;
}

Journey *
journey_new (const char *device, const char *more)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();

  return journey_new_for_product (device, more, product);
}

void
journey_add_serial (Journey *self)
{
  g_autoptr (FlFinder) finder = NULL;

  self->serial_bus = fl_sim_serial_bus_new (self->world, self->clock);
  finder = FL_FINDER (
      fl_serial_finder_new (self->serial_bus, self->clock, fl_engine_get_product (self->engine)));
  fl_meta_finder_add (fl_engine_get_finder (self->engine), finder);
}

static void
on_time_up (gpointer data)
{
  *(gboolean *) data = TRUE;
}

void
journey_run_ms (Journey *self, guint ms)
{
  gboolean is_up = FALSE;

  fl_clock_add_ms (self->clock, ms, on_time_up, &is_up);
  while (!is_up)
    g_main_context_iteration (NULL, TRUE);
}

void
journey_free (Journey *self)
{
  fl_setup_close (self->setup);
  /* What was cancelled ends in the main loop; nothing there waits for time to pass. */
  journey_run_ms (self, 8000);
  g_signal_handlers_disconnect_by_data (self->setup, self);
  g_assert_finalize_object (self->setup);
  fl_meta_finder_stop (fl_engine_get_finder (self->engine));
  journey_run_ms (self, 1000);
  g_assert_finalize_object (self->engine);
  g_assert_finalize_object (self->bus);
  if (self->serial_bus != NULL)
    g_assert_finalize_object (self->serial_bus);
  g_assert_finalize_object (self->world);
  g_assert_finalize_object (self->clock);
  g_clear_pointer (&self->credentials, fl_credentials_unref);
  g_string_free (self->story, TRUE);
  g_free (self);
}

void
journey_start (Journey *self, const char *label_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlLabel) label = NULL;

  if (label_text != NULL)
    {
      label = fl_label_parse (label_text, -1, &error);
      g_assert_no_error (error);
      fl_setup_set_label (self->setup, label);
    }
  fl_setup_start (self->setup);
}

gboolean
journey_run_to (Journey *self, FlStage stage)
{
  gint64 end_us = fl_clock_now_us (self->clock) + TEN_MINUTES_US;

  while (fl_setup_get_stage (self->setup) != stage)
    {
      if (fl_setup_get_stage (self->setup) >= FL_STAGE_ONLINE)
        return FALSE;
      if (fl_clock_now_us (self->clock) > end_us)
        return FALSE;
      if (stage == FL_STAGE_ONLINE && fl_setup_get_stage (self->setup) == FL_STAGE_CHOOSING &&
          fl_setup_get_error (self->setup) != NULL)
        return FALSE;
      g_main_context_iteration (NULL, TRUE);
    }
  return TRUE;
}

void
journey_run_to_networks (Journey *self)
{
  if (!journey_run_to (self, FL_STAGE_CHOOSING))
    g_error ("No networks: %s (%s)", self->story->str,
             fl_setup_get_error (self->setup) != NULL ? fl_setup_get_error (self->setup)->message
                                                      : "");
  while (fl_setup_get_stage (self->setup) == FL_STAGE_CHOOSING &&
         (fl_setup_get_scanning (self->setup) || fl_setup_get_driver (self->setup) == NULL))
    g_main_context_iteration (NULL, TRUE);
}

void
journey_join (Journey *self, const char *ssid, const char *password, FlSecurity security)
{
  g_autoptr (GBytes) bytes = g_bytes_new (ssid, strlen (ssid));
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;

  g_clear_pointer (&self->credentials, fl_credentials_unref);
  self->credentials = fl_credentials_new (bytes, security, secret, FALSE, NULL);
  fl_setup_join (self->setup, self->credentials);
}

FlDevice *
journey_get_device (Journey *self, guint index)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (self->engine));
  g_autoptr (FlDevice) device = g_list_model_get_item (devices, index);

  return device; /* the list keeps it */
}

FlFinder *
journey_get_finder (Journey *self, FlRoadKind kind)
{
  GListModel *finders = fl_meta_finder_get_finders (fl_engine_get_finder (self->engine));

  for (guint i = 0; i < g_list_model_get_n_items (finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (finders, i);

      if (fl_finder_get_kind (finder) == kind)
        return finder;
    }
  return NULL;
}

void
journey_start_chosen (Journey *self)
{
  fl_meta_finder_start (fl_engine_get_finder (self->engine));
  for (guint i = 0; i < 600 && journey_get_device (self, 0) == NULL; i++)
    journey_run_ms (self, 100);
  g_assert_nonnull (journey_get_device (self, 0));
  fl_setup_set_device (self->setup, journey_get_device (self, 0));
  fl_setup_start (self->setup);
}

gboolean
journey_join_home (Journey *self)
{
  journey_join (self, "Home", "correct horse", FL_SECURITY_WPA2);
  return journey_run_to (self, FL_STAGE_ONLINE);
}

void
journey_plug (Journey *self)
{
  fl_sim_usb_plug (fl_sim_world_get_device (self->world, 0), fl_clock_now_us (self->clock));
}

void
journey_unplug (Journey *self)
{
  fl_sim_usb_unplug (fl_sim_world_get_device (self->world, 0), fl_clock_now_us (self->clock));
}

gboolean
journey_run_whole (Journey *self)
{
  journey_start (self, JOURNEY_LABEL);
  if (!journey_run_to (self, FL_STAGE_CHOOSING))
    return FALSE;
  journey_run_to_networks (self);
  if (fl_setup_get_stage (self->setup) != FL_STAGE_CHOOSING)
    return FALSE;
  journey_join (self, "Home", "correct horse", FL_SECURITY_WPA2);
  return journey_run_to (self, FL_STAGE_ONLINE);
}

void
journey_assert_error (Journey *self, FlErrorCode code, FlStage failed_stage)
{
  const GError *error = fl_setup_get_error (self->setup);

  if (!g_error_matches (error, FL_ERROR, (int) code) ||
      fl_setup_get_failed_stage (self->setup) != failed_stage)
    g_error ("Wanted %d in %s, got %s %d (%s) in %s. Story: %s", code,
             fl_stage_to_string (failed_stage),
             error != NULL ? fl_error_get_id (error) : "no error", error != NULL ? error->code : 0,
             error != NULL ? error->message : "",
             fl_stage_to_string (fl_setup_get_failed_stage (self->setup)), self->story->str);
}

void
journey_assert_nothing_lost (Journey *self)
{
  g_assert_nonnull (fl_setup_get_label (self->setup));
  if (self->credentials != NULL)
    g_assert_true (fl_setup_get_credentials (self->setup) == self->credentials);
}

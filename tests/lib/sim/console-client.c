/* SPDX-License-Identifier: Apache-2.0 */
#include "console-client.h"

#include <string.h>

#include "fl-serial-prompt.h"
#include "fl-sim-loader.h"

#define STEP_US   10000
#define SECOND_US G_TIME_SPAN_SECOND
#define MAX_STEPS 40

ConsoleClient *
console_client_new (const char *scenario, const char *device)
{
  ConsoleClient *self = g_new0 (ConsoleClient, 1);
  g_autoptr (GError) error = NULL;

  self->now_us = SECOND_US;
  self->said = g_string_new (NULL);
  self->world = device != NULL
                    ? fl_sim_world_load (scenario, 0, &error)
                    : fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  self->device = device != NULL ? fl_sim_world_find_device (self->world, device)
                                : fl_sim_world_get_device (self->world, 0);
  g_assert_nonnull (self->device);
  fl_sim_world_tick (self->world, self->now_us);
  console_client_open (self);
  return self;
}

void
console_client_free (ConsoleClient *self)
{
  console_client_close (self);
  g_object_unref (self->world);
  g_string_free (self->said, TRUE);
  g_free (self);
}

void
console_client_open (ConsoleClient *self)
{
  g_assert_null (self->console);
  self->console = fl_sim_console_new (self->device, self->now_us);
}

void
console_client_close (ConsoleClient *self)
{
  g_clear_pointer (&self->console, fl_sim_console_free);
}

static void
hear (ConsoleClient *self)
{
  GBytes *bytes;

  while (self->console != NULL && (bytes = fl_sim_console_take (self->console)) != NULL)
    {
      g_string_append_len (self->said, g_bytes_get_data (bytes, NULL),
                           (gssize) g_bytes_get_size (bytes));
      g_bytes_unref (bytes);
    }
}

static void
step (ConsoleClient *self, gint64 time_us)
{
  self->now_us += time_us;
  fl_sim_world_tick (self->world, self->now_us);
  if (self->console != NULL)
    fl_sim_console_tick (self->console, self->now_us);
  hear (self);
}

void
console_client_wait (ConsoleClient *self, gint64 time_us)
{
  for (gint64 i = 0; i < time_us; i += STEP_US)
    step (self, STEP_US);
}

void
console_client_type (ConsoleClient *self, const char *text)
{
  g_string_truncate (self->said, 0);
  fl_sim_console_feed (self->console, (const guint8 *) text, strlen (text), self->now_us);
  hear (self);
}

gboolean
console_client_expect (ConsoleClient *self, const char *text, gint64 time_us)
{
  for (gint64 i = 0; i < time_us; i += STEP_US)
    {
      if (strstr (self->said->str, text) != NULL)
        return TRUE;
      step (self, STEP_US);
    }
  return FALSE;
}

char *
console_client_ask (ConsoleClient *self, const char *letter)
{
  console_client_type (self, letter);
  console_client_wait (self, 2 * SECOND_US);
  return g_strdup (self->said->str);
}

char *
console_client_read (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "scenarios", "campus", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Ended by an empty line. */
static char *
get_pem (const char *file)
{
  g_autofree char *text = file != NULL ? console_client_read (file) : g_strdup ("");

  return g_strconcat (text, "\n", NULL);
}

static char *
get_line (const char *answer)
{
  return g_strconcat (answer != NULL ? answer : "", "\n", NULL);
}

/* (transfer full) (nullable): no question */
static char *
get_answer (const ConsoleAnswers *answers, FlSerialSaying saying)
{
  switch (saying)
    {
    case FL_SERIAL_SAYS_SSID:
      return get_line (answers->ssid);
    case FL_SERIAL_SAYS_SECURITY:
    case FL_SERIAL_SAYS_SECURITY_ENTERPRISE:
      return get_line (answers->security);
    case FL_SERIAL_SAYS_CIPHER:
      return get_line (answers->cipher);
    case FL_SERIAL_SAYS_PASSWORD:
      return get_line (answers->password);
    case FL_SERIAL_SAYS_EAP_TYPE:
      return get_line (answers->eap_type);
    case FL_SERIAL_SAYS_USERNAME:
      return get_line (answers->username);
    case FL_SERIAL_SAYS_OUTER_IDENTITY:
      return get_line (answers->outer);
    case FL_SERIAL_SAYS_CLIENT_CERTIFICATE:
      return get_pem (answers->certificate);
    case FL_SERIAL_SAYS_PRIVATE_KEY:
      return get_pem (answers->key);
    case FL_SERIAL_SAYS_ROOT_CA:
      return get_pem (answers->ca);
    case FL_SERIAL_SAYS_SAVING:
    case FL_SERIAL_SAYS_SAVED:
    case FL_SERIAL_SAYS_LOVE:
    case FL_SERIAL_SAYS_FAILED:
    case FL_SERIAL_SAYS_NO_MEMORY:
    case FL_SERIAL_N_SAYINGS:
      break;
    }
  return NULL;
}

/* FALSE: the port is gone, or nothing of the dialogue is said in a minute. */
static gboolean
find_saying (ConsoleClient *self, FlSerialSaying *saying)
{
  gsize start, end, keep;

  for (gint64 i = 0; i < 60 * SECOND_US; i += STEP_US)
    {
      if (fl_serial_find_saying ((const guint8 *) self->said->str, self->said->len, saying, &start,
                                 &end, &keep))
        {
          g_string_erase (self->said, 0, (gssize) end);
          return TRUE;
        }
      if (fl_sim_console_is_closed (self->console, self->now_us))
        return FALSE;
      step (self, STEP_US);
    }
  return FALSE;
}

gboolean
console_client_set_up (ConsoleClient *self, const ConsoleAnswers *answers)
{
  FlSerialSaying saying;

  console_client_type (self, "w");
  for (guint i = 0; i < MAX_STEPS && find_saying (self, &saying); i++)
    {
      g_autofree char *answer = get_answer (answers, saying);

      if (saying == FL_SERIAL_SAYS_SAVED || saying == FL_SERIAL_SAYS_FAILED ||
          saying == FL_SERIAL_SAYS_NO_MEMORY)
        {
          step (self, STEP_US);
          return saying == FL_SERIAL_SAYS_SAVED;
        }
      if (answer != NULL)
        console_client_type (self, answer);
    }
  return FALSE;
}

gboolean
console_client_is_online (ConsoleClient *self)
{
  for (gint64 i = 0; i < 60 * SECOND_US; i += STEP_US)
    {
      if (fl_sim_device_get_cloud (self->device) == FL_SIM_CLOUD_CONNECTED)
        return TRUE;
      step (self, STEP_US);
      if (fl_sim_device_is_listening (self->device) && i > SECOND_US)
        return FALSE;
    }
  return FALSE;
}

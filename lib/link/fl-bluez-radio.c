/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-radio"
#include "config.h"

#include "fl-bluez-radio.h"

#include "fl-bluez-error.h"

/* Nothing heard for this long makes one ask whether discovery still works; after a probe that
 * heard something there is less doubt. */
#define SILENCE_MS      20000
#define TRUST_MS        60000
#define RETRY_MIN_MS    1000
#define RETRY_MAX_MS    8000
#define BLOCKED_POLL_MS 2000
#define CALL_LIMIT_MS   10000

typedef enum
{
  DISCOVERY_IDLE,
  DISCOVERY_STARTING,
  DISCOVERY_ON,
  DISCOVERY_STOPPING
} Discovery;

struct _FlBluezRadio
{
  GObject parent_instance;

  FlBluez *bluez; /* not owned: it owns this; NULL after detach */
  FlClock *clock;
  char *path;
  GCancellable *cancellable;
  GCancellable *attempt; /* of the calls that start and stop discovery */
  gulong changed_id, added_id;

  int wants, searches, rests, holds;
  GQueue turns; /* of owners, not owned */
  Discovery discovery;
  gboolean renew; /* stop and start anew, with another filter */
  gboolean wide;  /* without the list of services: is there anybody at all? */
  gboolean deaf;
  gboolean restarting;     /* the power is off for a moment on purpose */
  GError *discovery_error; /* (nullable) */
  GError *power_error;     /* (nullable) */
  GError *problem;         /* (nullable) derived */
  gint64 listening_since_us;
  guint retry_id, silence_id, blocked_id;
  guint retry_ms;
};

G_DEFINE_FINAL_TYPE (FlBluezRadio, fl_bluez_radio, G_TYPE_OBJECT)

static guint changed_signal;

static void update (FlBluezRadio *self); /* start and stop end in an update */

static gboolean
is_blocked (FlBluezRadio *self)
{
  g_autoptr (GVariant) state =
      fl_bluez_get (self->bluez, self->path, FL_BLUEZ_ADAPTER, "PowerState", G_VARIANT_TYPE_STRING);
  g_autofree char *name = g_path_get_basename (self->path);

  if (state != NULL)
    return g_str_equal (g_variant_get_string (state, NULL), "off-blocked");
  return fl_bluez_is_blocked (self->bluez, name); /* BlueZ before 5.68 does not tell */
}

static GError *
find_problem (FlBluezRadio *self)
{
  if (self->bluez == NULL || self->restarting)
    return NULL;
  if (!fl_bluez_radio_get_powered (self))
    {
      if (is_blocked (self))
        return g_error_new (FL_ERROR, FL_ERROR_BLUETOOTH_BLOCKED, "%s is blocked", self->path);
      if (self->power_error != NULL)
        return g_error_copy (self->power_error);
      return g_error_new (FL_ERROR, FL_ERROR_BLUETOOTH_OFF, "%s is off", self->path);
    }
  if (self->discovery_error != NULL)
    return g_error_copy (self->discovery_error);
  if (self->deaf)
    return g_error_new (FL_ERROR, FL_ERROR_BLUETOOTH_DEAF, "%s hears nothing", self->path);
  return NULL;
}

static void
on_blocked_poll (gpointer data)
{
  FlBluezRadio *self = FL_BLUEZ_RADIO (data);

  self->blocked_id = 0;
  update (self);
}

/* rfkill is no D-Bus service: when BlueZ would not tell that it is open again, look. */
static void
watch_block (FlBluezRadio *self)
{
  g_autoptr (GVariant) state = NULL;

  fl_clock_clear (self->clock, &self->blocked_id);
  if (self->bluez != NULL)
    state = fl_bluez_get (self->bluez, self->path, FL_BLUEZ_ADAPTER, "PowerState",
                          G_VARIANT_TYPE_STRING);
  if (state == NULL && self->wants > 0 &&
      g_error_matches (self->problem, FL_ERROR, FL_ERROR_BLUETOOTH_BLOCKED))
    self->blocked_id = fl_clock_add_ms (self->clock, BLOCKED_POLL_MS, on_blocked_poll, self);
}

static void
refresh (FlBluezRadio *self)
{
  g_clear_error (&self->problem);
  self->problem = find_problem (self);
  watch_block (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
stop_listening (FlBluezRadio *self)
{
  /* An answer that is still under way belongs to the past. */
  g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  self->attempt = g_cancellable_new ();
  self->discovery = DISCOVERY_IDLE;
  self->listening_since_us = 0;
  self->renew = FALSE;
  fl_clock_clear (self->clock, &self->silence_id);
}

static void
on_silence (gpointer data)
{
  FlBluezRadio *self = FL_BLUEZ_RADIO (data);

  self->silence_id = 0;
  if (!self->wide)
    {
      /* With a filter silence may only mean that no device is in set-up mode. Without it some
       * phone or watch is nearly always heard, so that silence means something. */
      self->wide = TRUE;
      self->renew = TRUE;
    }
  else
    self->deaf = TRUE;
  update (self);
}

static void
watch_silence (FlBluezRadio *self, guint limit_ms)
{
  fl_clock_clear (self->clock, &self->silence_id);
  if (self->discovery == DISCOVERY_ON)
    self->silence_id = fl_clock_add_ms (self->clock, limit_ms, on_silence, self);
}

static void
hear (FlBluezRadio *self)
{
  gboolean was_deaf = self->deaf;

  self->deaf = FALSE;
  if (self->wide)
    {
      self->wide = FALSE;
      self->renew = self->discovery == DISCOVERY_ON;
      update (self);
    }
  else if (was_deaf)
    refresh (self);
  watch_silence (self, TRUST_MS);
}

static void
on_retry (gpointer data)
{
  FlBluezRadio *self = FL_BLUEZ_RADIO (data);

  self->retry_id = 0;
  update (self);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FlBluezRadio) self = FL_BLUEZ_RADIO (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->discovery_error);
  if (reply != NULL)
    {
      self->discovery = DISCOVERY_ON;
      self->listening_since_us = fl_clock_now_us (self->clock);
      self->retry_ms = RETRY_MIN_MS;
      watch_silence (self, SILENCE_MS);
    }
  else
    {
      stop_listening (self);
      self->discovery_error = fl_bluez_error_translate (error, FL_ERROR_BLUETOOTH_BUSY);
      g_debug ("%s: StartDiscovery: %s", self->path, error->message);
      self->retry_id = fl_clock_add_ms (self->clock, self->retry_ms, on_retry, self);
      self->retry_ms = MIN (2 * self->retry_ms, RETRY_MAX_MS);
    }
  update (self);
}

static void
on_filter_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FlBluezRadio) self = FL_BLUEZ_RADIO (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Without a filter it works too, only slower; a real obstacle meets the next call as well. */
  if (reply == NULL)
    g_debug ("%s: SetDiscoveryFilter: %s", self->path, error->message);
  fl_bluez_call_async (self->bluez, self->path, FL_BLUEZ_ADAPTER, "StartDiscovery", NULL,
                       CALL_LIMIT_MS, self->attempt, on_started, g_object_ref (self));
}

/* A filter also keeps BlueZ from pausing 5 s after each 10 s (BlueZ src/adapter.c). DuplicateData
 * makes it report each advertisement, so that a device that went away is noticed. */
static void
start_discovery (FlBluezRadio *self)
{
  GVariantBuilder filter;

  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", "Transport", g_variant_new_string ("le"));
  g_variant_builder_add (&filter, "{sv}", "DuplicateData", g_variant_new_boolean (TRUE));
  if (!self->wide && fl_bluez_get_services (self->bluez)[0] != NULL)
    g_variant_builder_add (&filter, "{sv}", "UUIDs",
                           g_variant_new_strv (fl_bluez_get_services (self->bluez), -1));
  self->renew = FALSE;
  self->discovery = DISCOVERY_STARTING;
  fl_bluez_call_async (self->bluez, self->path, FL_BLUEZ_ADAPTER, "SetDiscoveryFilter",
                       g_variant_new ("(a{sv})", &filter), CALL_LIMIT_MS, self->attempt,
                       on_filter_set, g_object_ref (self));
}

static void
on_discovery_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FlBluezRadio) self = FL_BLUEZ_RADIO (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  stop_listening (self); /* an error says that it did not run: just as well */
  update (self);
}

static void
update (FlBluezRadio *self)
{
  gboolean powered = fl_bluez_radio_get_powered (self);
  gboolean wanted = self->searches > 0 || (self->wants > 0 && self->rests == 0);
  gboolean should = powered && !self->restarting && wanted && self->holds == 0;

  if (self->bluez == NULL)
    return;
  if (!powered)
    {
      /* BlueZ forgets the discovery of an adapter that goes off. */
      stop_listening (self);
      g_clear_error (&self->discovery_error);
      fl_clock_clear (self->clock, &self->retry_id);
    }
  if (self->discovery == DISCOVERY_IDLE && should && self->retry_id == 0)
    start_discovery (self);
  else if (self->discovery == DISCOVERY_ON && (!should || self->renew))
    {
      self->discovery = DISCOVERY_STOPPING;
      self->listening_since_us = 0;
      fl_clock_clear (self->clock, &self->silence_id);
      fl_bluez_call_async (self->bluez, self->path, FL_BLUEZ_ADAPTER, "StopDiscovery", NULL,
                           CALL_LIMIT_MS, self->attempt, on_discovery_stopped, g_object_ref (self));
    }
  refresh (self);
}

static gboolean
is_mine (FlBluezRadio *self, const char *path)
{
  gsize length = strlen (self->path);

  return strncmp (path, self->path, length) == 0 && path[length] == '/';
}

static void
on_properties_changed (FlBluez *bluez,
                       const char *path,
                       const char *interface,
                       GVariant *changed,
                       FlBluezRadio *self)
{
  if (g_str_equal (interface, FL_BLUEZ_DEVICE))
    {
      if (is_mine (self, path) && (g_variant_lookup (changed, "RSSI", "n", NULL) ||
                                   g_variant_lookup (changed, "ManufacturerData", "a{qv}", NULL)))
        hear (self);
    }
  else if (g_str_equal (path, self->path) && (g_variant_lookup (changed, "Powered", "b", NULL) ||
                                              g_variant_lookup (changed, "PowerState", "s", NULL)))
    {
      g_clear_error (&self->power_error);
      update (self);
    }
}

static void
on_interface_added (FlBluez *bluez, const char *path, const char *interface, FlBluezRadio *self)
{
  if (g_str_equal (interface, FL_BLUEZ_DEVICE) && is_mine (self, path) &&
      self->discovery == DISCOVERY_ON)
    hear (self);
}

static void
fl_bluez_radio_dispose (GObject *object)
{
  fl_bluez_radio_detach (FL_BLUEZ_RADIO (object));
  G_OBJECT_CLASS (fl_bluez_radio_parent_class)->dispose (object);
}

static void
fl_bluez_radio_finalize (GObject *object)
{
  FlBluezRadio *self = FL_BLUEZ_RADIO (object);

  g_queue_clear (&self->turns);
  g_clear_object (&self->attempt);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_clear_error (&self->discovery_error);
  g_clear_error (&self->power_error);
  g_clear_error (&self->problem);
  g_free (self->path);
  G_OBJECT_CLASS (fl_bluez_radio_parent_class)->finalize (object);
}

static void
fl_bluez_radio_class_init (FlBluezRadioClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fl_bluez_radio_dispose;
  G_OBJECT_CLASS (class)->finalize = fl_bluez_radio_finalize;
  changed_signal = g_signal_new ("changed", FL_TYPE_BLUEZ_RADIO, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
fl_bluez_radio_init (FlBluezRadio *self)
{
  self->cancellable = g_cancellable_new ();
  self->attempt = g_cancellable_new ();
  self->retry_ms = RETRY_MIN_MS;
  g_queue_init (&self->turns);
}

FlBluezRadio *
fl_bluez_radio_new (FlBluez *bluez, const char *path)
{
  FlBluezRadio *self = g_object_new (FL_TYPE_BLUEZ_RADIO, NULL);

  self->bluez = bluez;
  self->clock = g_object_ref (fl_bluez_get_clock (bluez));
  self->path = g_strdup (path);
  self->changed_id =
      g_signal_connect (bluez, "properties-changed", G_CALLBACK (on_properties_changed), self);
  self->added_id =
      g_signal_connect (bluez, "interface-added", G_CALLBACK (on_interface_added), self);
  g_clear_error (&self->problem);
  self->problem = find_problem (self);
  return self;
}

void
fl_bluez_radio_detach (FlBluezRadio *self)
{
  if (self->bluez == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_signal_handler (&self->changed_id, self->bluez);
  g_clear_signal_handler (&self->added_id, self->bluez);
  stop_listening (self);
  fl_clock_clear (self->clock, &self->retry_id);
  fl_clock_clear (self->clock, &self->blocked_id);
  self->bluez = NULL;
  g_signal_emit (self, changed_signal, 0);
}

const char *
fl_bluez_radio_get_path (FlBluezRadio *self)
{
  return self->path;
}

gboolean
fl_bluez_radio_is_present (FlBluezRadio *self)
{
  return self->bluez != NULL;
}

gboolean
fl_bluez_radio_get_powered (FlBluezRadio *self)
{
  return self->bluez != NULL &&
         fl_bluez_get_boolean (self->bluez, self->path, FL_BLUEZ_ADAPTER, "Powered");
}

gboolean
fl_bluez_radio_get_listening (FlBluezRadio *self)
{
  return self->discovery == DISCOVERY_ON;
}

gint64
fl_bluez_radio_get_listening_since_us (FlBluezRadio *self)
{
  return self->listening_since_us;
}

const GError *
fl_bluez_radio_get_problem (FlBluezRadio *self)
{
  return self->problem;
}

void
fl_bluez_radio_want (FlBluezRadio *self, int change)
{
  g_return_if_fail (FL_IS_BLUEZ_RADIO (self));

  self->wants += change;
  update (self);
}

void
fl_bluez_radio_search (FlBluezRadio *self, int change)
{
  g_return_if_fail (FL_IS_BLUEZ_RADIO (self));

  self->searches += change;
  update (self);
}

void
fl_bluez_radio_rest (FlBluezRadio *self, int change)
{
  g_return_if_fail (FL_IS_BLUEZ_RADIO (self));

  self->rests += change;
  update (self);
}

void
fl_bluez_radio_hold (FlBluezRadio *self, int change)
{
  g_return_if_fail (FL_IS_BLUEZ_RADIO (self));

  self->holds += change;
  update (self);
}

gboolean
fl_bluez_radio_is_quiet (FlBluezRadio *self)
{
  return self->holds > 0 && self->discovery == DISCOVERY_IDLE;
}

void
fl_bluez_radio_listen_anew (FlBluezRadio *self)
{
  self->renew = self->discovery == DISCOVERY_ON || self->discovery == DISCOVERY_STARTING;
  update (self);
}

void
fl_bluez_radio_enqueue (FlBluezRadio *self, gpointer owner)
{
  g_queue_push_tail (&self->turns, owner);
}

gboolean
fl_bluez_radio_has_turn (FlBluezRadio *self, gpointer owner)
{
  return g_queue_peek_head (&self->turns) == owner;
}

gboolean
fl_bluez_radio_is_connecting (FlBluezRadio *self)
{
  return !g_queue_is_empty (&self->turns);
}

void
fl_bluez_radio_leave (FlBluezRadio *self, gpointer owner)
{
  g_queue_remove (&self->turns, owner);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_powered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FlBluezRadio) self = FL_BLUEZ_RADIO (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (self->bluez == NULL)
    return;

  self->restarting = FALSE;
  g_clear_error (&self->power_error);
  if (error != NULL)
    self->power_error = fl_bluez_error_translate (error, FL_ERROR_BLUETOOTH_OFF);
  update (self);
}

void
fl_bluez_radio_turn_on (FlBluezRadio *self)
{
  g_return_if_fail (FL_IS_BLUEZ_RADIO (self));

  if (self->bluez != NULL)
    fl_bluez_set_async (self->bluez, self->path, FL_BLUEZ_ADAPTER, "Powered",
                        g_variant_new_boolean (TRUE), self->cancellable, on_powered,
                        g_object_ref (self));
}

static void
on_unpowered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FlBluezRadio) self = FL_BLUEZ_RADIO (user_data);
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, NULL);

  fl_bluez_radio_turn_on (self); /* whatever came of it, it has to be on in the end */
}

void
fl_bluez_radio_restart (FlBluezRadio *self)
{
  g_return_if_fail (FL_IS_BLUEZ_RADIO (self));

  if (self->bluez == NULL || self->restarting)
    return;

  self->restarting = TRUE;
  self->deaf = FALSE;
  self->wide = FALSE;
  fl_bluez_set_async (self->bluez, self->path, FL_BLUEZ_ADAPTER, "Powered",
                      g_variant_new_boolean (FALSE), self->cancellable, on_unpowered,
                      g_object_ref (self));
  refresh (self);
}

void
fl_bluez_radio_retry (FlBluezRadio *self)
{
  g_return_if_fail (FL_IS_BLUEZ_RADIO (self));

  fl_clock_clear (self->clock, &self->retry_id);
  update (self);
}

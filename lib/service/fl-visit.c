/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-visit"
#include "config.h"

#include "fl-visit-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* Ten are stored on a device at a time. */
#define MAX_NAMES 100

G_DEFINE_FINAL_TYPE (FlVisit, fl_visit, G_TYPE_OBJECT)

typedef enum
{
  PROP_DEVICE = 1,
  PROP_OPEN,
  PROP_BUSY,
  PROP_ERROR,
  PROP_STATUS
} FlVisitProperty;
static GParamSpec *props[PROP_STATUS + 1];

static void
notify (FlVisit *self, FlVisitProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

void
fl_visit_take_error (FlVisit *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR);
}

void
fl_visit_note (FlVisit *self, const char *id, const char *text)
{
  g_ptr_array_insert (self->notes, (int) self->notes->len - 1, g_strdup (text));
  fl_journal_add (self->journal, "note", id, text);
}

void
fl_visit_remember_name (FlVisit *self, GBytes *ssid)
{
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (ssid, &size_bytes);
  g_autofree char *name = fl_ssid_to_name (data, size_bytes);

  for (guint i = 0; i + 1 < self->names->len; i++)
    if (g_str_equal (self->names->pdata[i], name))
      return;
  if (self->names->len > MAX_NAMES)
    g_ptr_array_remove_index (self->names, 0);
  g_ptr_array_insert (self->names, (int) self->names->len - 1, g_steal_pointer (&name));
}

FlRoad *
fl_visit_get_update_road (FlVisit *self)
{
  FlRoad *road = fl_device_get_road (self->device, FL_ROAD_USB);

  if (road == NULL || !fl_road_get_reachable (road) || fl_road_get_mode (road) != FL_MODE_UPDATE)
    return NULL;
  return road;
}

/* Its own search has ended in vain. */
static gboolean
has_failed (FlVisit *self)
{
  FlStage stage = fl_setup_get_stage (self->setup);

  return stage == FL_STAGE_FAILED || stage == FL_STAGE_CANCELLED;
}

static void
opened (FlVisit *self)
{
  FlDeviceInfo *info = fl_setup_get_info (self->setup);

  self->is_open = TRUE;
  self->info_is_fresh = info != NULL;
  if (info != NULL)
    fl_visit_take_info (self, fl_device_info_copy (info));
  fl_visit_take_error (self, NULL);
  notify (self, PROP_OPEN);
  fl_visit_read (self, self->presence == FL_PRESENCE_GLANCE ? FL_VISIT_BRIEF : FL_VISIT_ALL);
}

static void
closed (FlVisit *self)
{
  self->is_open = FALSE;
  fl_visit_stop_reading (self);
  notify (self, PROP_OPEN);
}

static void
failed (FlVisit *self)
{
  const GError *error = fl_setup_get_error (self->setup);

  fl_visit_orders_fail (self, error);
  if (self->current != NULL || !has_failed (self))
    return; /* an order that knows how to go on, or somebody else did */

  fl_visit_give_up_reading (self, error);
  fl_visit_take_error (self, error != NULL ? g_error_copy (error) : NULL);
  if (self->presence == FL_PRESENCE_GLANCE)
    self->presence = FL_PRESENCE_AWAY;
}

/* Looks at the journey as it is now, after all that happened in this turn of the main loop. */
static void
on_settle (gpointer data)
{
  g_autoptr (FlVisit) self = g_object_ref (data);
  gboolean is_live = fl_setup_is_live (self->setup);

  self->settle_id = 0;
  if (self->presence == FL_PRESENCE_AWAY)
    return;

  if (is_live && !self->is_open)
    opened (self);
  else if (!is_live && self->is_open)
    closed (self);
  fl_visit_orders_settle (self);
  if (has_failed (self))
    failed (self);
  fl_visit_go_on (self);
}

static void
on_setup_changed (FlVisit *self)
{
  if (self->settle_id == 0)
    self->settle_id = fl_clock_add_ms (self->clock, 0, on_settle, self);
}

/* What a journey hears while it follows the device. */
static void
on_setup_state (FlVisit *self)
{
  FlDeviceState *state = fl_setup_get_state (self->setup);

  if (state != NULL)
    fl_visit_take_state (self, fl_device_state_copy (state));
}

static void
begin (FlVisit *self)
{
  FlStage stage = fl_setup_get_stage (self->setup);

  fl_visit_take_error (self, NULL);
  if (!self->is_open && (stage == FL_STAGE_FINDING || has_failed (self)))
    fl_setup_start (self->setup);
  on_setup_changed (self);
}

void
fl_visit_set_presence (FlVisit *self, FlPresence presence)
{
  FlPresence before = self->presence;

  if (presence == FL_PRESENCE_AWAY)
    {
      self->presence = presence;
      self->leaving = FALSE;
      self->identifying = FALSE;
      fl_clock_clear (self->clock, &self->settle_id);
      if (self->is_open)
        closed (self);
      fl_visit_stop_reading (self);
      fl_visit_give_up_reading (self, NULL);
      fl_setup_let_go (self->setup);
      fl_visit_go_on (self); /* an order that only waited for what it changed */
      return;
    }

  self->leaving = FALSE;
  self->presence = MAX (before, presence);
  if (before == FL_PRESENCE_AWAY || has_failed (self))
    begin (self);
  else if (before == FL_PRESENCE_GLANCE && presence == FL_PRESENCE_STAY && self->is_open)
    fl_visit_read (self, FL_VISIT_ALL);
}

/* A device that was away, or could not be used, and is wanted is opened again. */
static void
on_roads_changed (FlVisit *self)
{
  if (fl_device_get_reachable (self->device) && self->presence == FL_PRESENCE_STAY &&
      has_failed (self))
    begin (self);
}

static void
watch_device (FlVisit *self, FlDevice *device)
{
  static const char *const road_signals[] = { "notify::reachable", "notify::best-road",
                                              "notify::problem" };

  if (self->device != NULL)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_set_object (&self->device, device);
  for (gsize i = 0; i < G_N_ELEMENTS (road_signals); i++)
    g_signal_connect_object (device, road_signals[i], G_CALLBACK (on_roads_changed), self,
                             G_CONNECT_SWAPPED);
}

/* The journey found it as another object. */
static void
on_setup_device (FlVisit *self)
{
  FlDevice *device = fl_setup_get_device (self->setup);

  if (device != NULL)
    fl_visit_set_device (self, device);
}

void
fl_visit_set_device (FlVisit *self, FlDevice *device)
{
  if (device == self->device)
    return;

  watch_device (self, device);
  fl_setup_set_device (self->setup, device);
  notify (self, PROP_DEVICE);
  on_roads_changed (self);
}

static gboolean
is_same (const char *left, const char *right)
{
  return left != NULL && right != NULL && *left != '\0' && g_ascii_strcasecmp (left, right) == 0;
}

gboolean
fl_visit_owns (FlVisit *self, FlDevice *device)
{
  const char *device_id = fl_device_get_device_id (self->device);
  const char *serial = fl_device_get_serial (self->device);

  if (device == self->device)
    return TRUE;
  if (device_id != NULL && fl_device_get_device_id (device) != NULL)
    return is_same (device_id, fl_device_get_device_id (device));
  if (serial != NULL && fl_device_get_serial (device) != NULL)
    return is_same (serial, fl_device_get_serial (device));
  return is_same (fl_device_get_ending (self->device), fl_device_get_ending (device));
}

static void
fl_visit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlVisit *self = FL_VISIT (object);

  switch ((FlVisitProperty) id)
    {
    case PROP_DEVICE:
      g_value_set_object (value, self->device);
      break;
    case PROP_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, fl_visit_get_busy (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_STATUS:
      {
        guint figure = 0; /* any change changes it */

        for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
          figure = figure * 8 + self->blocks[i].status;
        g_value_set_uint (value, figure);
        break;
      }
    }
}

static void
fl_visit_dispose (GObject *object)
{
  FlVisit *self = FL_VISIT (object);

  self->presence = FL_PRESENCE_AWAY;
  if (self->setup != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->setup, self);
      fl_visit_stop_reading (self);
      fl_clock_clear (self->clock, &self->settle_id);
      fl_setup_close (self->setup);
    }
  if (self->device != NULL)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_clear_object (&self->setup);
  g_clear_object (&self->device);
  g_clear_object (&self->journal);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (fl_visit_parent_class)->dispose (object);
}

static void
fl_visit_finalize (GObject *object)
{
  FlVisit *self = FL_VISIT (object);

  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    g_clear_error (&self->blocks[i].error);
  g_clear_error (&self->error);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->info, fl_device_info_free);
  g_clear_pointer (&self->state, fl_device_state_free);
  g_clear_pointer (&self->modules, g_ptr_array_unref);
  g_clear_object (&self->known);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_visit_parent_class)->finalize (object);
}

static void
fl_visit_class_init (FlVisitClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fl_visit_get_property;
  object_class->dispose = fl_visit_dispose;
  object_class->finalize = fl_visit_finalize;

  props[PROP_DEVICE] = g_param_spec_object ("device", NULL, NULL, FL_TYPE_DEVICE, flags);
  props[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, flags);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_STATUS] = g_param_spec_uint ("status", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_visit_init (FlVisit *self)
{
  g_queue_init (&self->orders);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->notes, NULL);
  self->names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->names, NULL);
  self->known = g_list_store_new (FL_TYPE_NETWORK);
  self->setup_done = -1;
}

FlVisit *
fl_visit_new (FlEngine *engine, FlDevice *device)
{
  FlVisit *self;

  g_return_val_if_fail (FL_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (FL_IS_DEVICE (device), NULL);

  self = g_object_new (FL_TYPE_VISIT, NULL);
  self->engine = g_object_ref (engine);
  self->clock = g_object_ref (fl_engine_get_clock (engine));
  watch_device (self, device);
  self->journal = fl_journal_new (self->clock);
  self->setup = fl_setup_new (engine);
  fl_setup_set_scan (self->setup, FALSE);
  fl_setup_set_stay (self->setup, TRUE);
  fl_setup_set_device (self->setup, device);
  fl_journal_watch (self->journal, self->setup);
  g_signal_connect_swapped (self->setup, "notify::stage", G_CALLBACK (on_setup_changed), self);
  g_signal_connect_swapped (self->setup, "notify::error", G_CALLBACK (on_setup_changed), self);
  g_signal_connect_swapped (self->setup, "notify::link-open", G_CALLBACK (on_setup_changed), self);
  g_signal_connect_swapped (self->setup, "notify::info", G_CALLBACK (on_setup_changed), self);
  g_signal_connect_swapped (self->setup, "notify::device", G_CALLBACK (on_setup_device), self);
  g_signal_connect_swapped (self->setup, "notify::state", G_CALLBACK (on_setup_state), self);
  return self;
}

void
fl_visit_open (FlVisit *self)
{
  g_return_if_fail (FL_IS_VISIT (self));

  fl_visit_set_presence (self, FL_PRESENCE_STAY);
}

void
fl_visit_glance (FlVisit *self)
{
  g_return_if_fail (FL_IS_VISIT (self));

  if (self->presence == FL_PRESENCE_AWAY)
    fl_visit_set_presence (self, FL_PRESENCE_GLANCE);
}

/* The light of a device that is called by it must not go on for ever. */
static void
on_dark (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisit *self = FL_VISIT (source);

  if (self->leaving)
    fl_visit_set_presence (self, FL_PRESENCE_AWAY);
}

void
fl_visit_close (FlVisit *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FL_IS_VISIT (self));

  if (self->presence == FL_PRESENCE_AWAY || self->leaving)
    return;

  g_object_ref (self);
  error = g_error_new_literal (FL_ERROR, FL_ERROR_CANCELLED, "The visit was closed");
  fl_visit_orders_fail (self, error);
  if (self->identifying && self->is_open)
    {
      fl_visit_identify_async (self, FALSE, NULL, on_dark, NULL);
      self->leaving = TRUE;
    }
  else
    fl_visit_set_presence (self, FL_PRESENCE_AWAY);
  g_object_unref (self);
}

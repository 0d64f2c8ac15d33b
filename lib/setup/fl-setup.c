/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-setup"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (FlSetup, fl_setup, G_TYPE_OBJECT)

typedef enum
{
  PROP_STAGE = 1,
  PROP_ERROR,
  PROP_DEVICE,
  PROP_SCANNING,
  PROP_LIGHT,
  PROP_LIGHT_IS_REPORTED,
  PROP_PROOF,
  PROP_SLOW,
  PROP_INFO,
  PROP_STATE,
  PROP_LINK_OPEN,
  PROP_REPLY
} FlSetupProperty;
static GParamSpec *props[PROP_REPLY + 1];

static guint note_signal;

/* When a stage takes longer than usual. */
static guint
get_slow_ms (FlStage stage)
{
  switch (stage)
    {
    case FL_STAGE_SENDING:
      return 5000;
    case FL_STAGE_FINDING:
    case FL_STAGE_CONNECTING:
    case FL_STAGE_SECURING:
    case FL_STAGE_READING:
    case FL_STAGE_JOINING:
    case FL_STAGE_ADDRESSING:
      return 8000;
    case FL_STAGE_REACHING:
      return 10000;
    case FL_STAGE_CHOOSING:
    case FL_STAGE_ONLINE:
    case FL_STAGE_FAILED:
    case FL_STAGE_CANCELLED:
      return 0;
    }
  return 0;
}

static void
notify (FlSetup *self, FlSetupProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

static void
set_slow (FlSetup *self, gboolean slow)
{
  if (self->slow == slow)
    return;

  self->slow = slow;
  notify (self, PROP_SLOW);
}

static void
on_slow (gpointer data)
{
  FlSetup *self = data;

  self->slow_id = 0;
  set_slow (self, TRUE);
}

/* What the light should look like where the device does not say it. */
void
fl_setup_expect_light (FlSetup *self)
{
  gboolean is_provisioning = fl_product_is_provisioning (fl_engine_get_product (self->engine));
  gboolean is_listening = self->info != NULL && self->info->mode == FL_MODE_LISTENING;

  /* The light of set-up mode covers all others until that mode is left (PROTOCOL.md, "Status
   * light"). */
  if (is_listening && self->stage >= FL_STAGE_SENDING && self->stage < FL_STAGE_ONLINE)
    fl_setup_set_light (self, fl_light_get (FL_LIGHT_STATE_LISTENING), FALSE);
  else
    fl_setup_set_light (self, fl_light_from_stage (self->stage, is_provisioning), FALSE);
}

static void
show_light (FlSetup *self)
{
  if (self->stage >= FL_STAGE_FAILED || (self->light_is_reported && self->stage > FL_STAGE_JOINING))
    return;
  fl_setup_expect_light (self);
}

void
fl_setup_left_listening (FlSetup *self)
{
  if (self->info == NULL || self->info->mode != FL_MODE_LISTENING)
    return;

  self->info->mode = FL_MODE_UNKNOWN;
  show_light (self);
  notify (self, PROP_INFO);
}

/* The only place where the stage changes. */
static void
set_stage (FlSetup *self, FlStage stage)
{
  gint64 now_us = fl_clock_now_us (self->clock);

  self->stage_us[self->stage] += now_us - self->stage_started_us;
  self->stage_started_us = now_us;
  self->stage = stage;
  self->stage_seen[stage] = TRUE;
  g_debug ("Stage %s", fl_stage_to_string (stage));

  fl_clock_clear (self->clock, &self->limit_id);
  fl_clock_clear (self->clock, &self->slow_id);
  set_slow (self, FALSE);
  if (get_slow_ms (stage) != 0)
    self->slow_id = fl_clock_add_ms (self->clock, get_slow_ms (stage), on_slow, self);

  show_light (self);
  notify (self, PROP_STAGE);
}

/* Only a new start leads out of "cancelled". */
gboolean
fl_setup_enter (FlSetup *self, FlStage stage)
{
  if (self->closing || (self->stage == FL_STAGE_CANCELLED && stage != FL_STAGE_FINDING))
    return FALSE;
  if (self->recovering || self->stage == stage)
    return TRUE;

  set_stage (self, stage);
  return self->stage == stage && !self->recovering && !self->closing;
}

static void
take_error (FlSetup *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR);
}

void
fl_setup_clear_error (FlSetup *self)
{
  if (self->error != NULL)
    take_error (self, NULL);
}

/* A device that is not found again is not "not found": what was proven before stays true. */
static GError *
weigh_recovery (FlSetup *self, GError *error) /* (transfer full) both */
{
  if (!self->recovering || error->domain != FL_ERROR || error->code <= FL_ERROR_USB_PERMISSION ||
      error->code == FL_ERROR_UPDATE_MODE || error->code == FL_ERROR_OTHER_ROAD)
    return error;
  /* Only a device that got a network left set-up mode for that. */
  if (error->code == FL_ERROR_NOT_LISTENING && self->goal != FL_GOAL_RESUME)
    return error;
  /* Asked for this road, or for one that needs the label, a person wants to know that. */
  if ((self->road_fixed && error->code == FL_ERROR_DEVICE_NOT_FOUND) ||
      (!self->secret_proven && error->code == FL_ERROR_WRONG_SECRET))
    return error;

  error->code = (self->proof & FL_PROOF_STORED) ? FL_ERROR_NOT_REPORTED : FL_ERROR_LINK_LOST;
  return error;
}

void
fl_setup_take_failure (FlSetup *self, GError *error)
{
  if (self->stage == FL_STAGE_CANCELLED)
    {
      g_error_free (error);
      return;
    }
  error = weigh_recovery (self, error);
  g_debug ("Failed in %s: %s", fl_stage_to_string (self->stage), error->message);
  fl_setup_stop_finding (self);
  self->leave_waits = FALSE; /* its answer may still come, and is then told */
  fl_setup_stop_op (self);
  self->recovering = FALSE;
  if (self->stage != FL_STAGE_FAILED)
    self->failed_stage = self->stage;
  take_error (self, error);
  set_stage (self, FL_STAGE_FAILED);
}

void
fl_setup_take_choice_error (FlSetup *self, GError *error)
{
  g_debug ("Back to choosing from %s: %s", fl_stage_to_string (self->stage), error->message);
  self->failed_stage = self->stage;
  self->light_is_reported = FALSE;
  take_error (self, error);
  fl_setup_enter (self, FL_STAGE_CHOOSING);
}

void
fl_setup_set_light (FlSetup *self, const FlLight *light, gboolean is_reported)
{
  if (self->light == light && self->light_is_reported == is_reported)
    return;

  self->light = light;
  self->light_is_reported = is_reported;
  notify (self, PROP_LIGHT_IS_REPORTED);
  notify (self, PROP_LIGHT);
}

void
fl_setup_set_link_open (FlSetup *self, gboolean open)
{
  if (self->link_open == open)
    return;

  self->link_open = open;
  notify (self, PROP_LINK_OPEN);
}

void
fl_setup_take_info (FlSetup *self, FlDeviceInfo *info)
{
  g_clear_pointer (&self->info, fl_device_info_free);
  self->info = info;
  notify (self, PROP_INFO);
}

void
fl_setup_take_state (FlSetup *self, FlDeviceState *state)
{
  g_clear_pointer (&self->state, fl_device_state_free);
  self->state = state;
  notify (self, PROP_STATE);
}

void
fl_setup_add_proof (FlSetup *self, FlProof proof)
{
  if ((self->proof & proof) == proof)
    return;

  self->proof |= proof;
  notify (self, PROP_PROOF);
}

void
fl_setup_drop_proof (FlSetup *self)
{
  if (self->proof == 0)
    return;

  self->proof = 0;
  notify (self, PROP_PROOF);
}

void
fl_setup_set_found_device (FlSetup *self, FlDevice *device)
{
  if (self->device == device)
    return;

  if (self->device != NULL)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_set_object (&self->device, device);
  if (device != NULL)
    g_signal_connect_swapped (device, "notify::best-road", G_CALLBACK (fl_setup_on_roads_changed),
                              self);
  notify (self, PROP_DEVICE);
}

void
fl_setup_scanning_changed (FlSetup *self)
{
  notify (self, PROP_SCANNING);
}

gboolean
fl_setup_note (FlSetup *self, const char *id, const char *text)
{
  g_debug ("Note %s", id);
  g_signal_emit (self, note_signal, 0, id, text);
  return self->stage != FL_STAGE_CANCELLED && !self->closing;
}

void
fl_setup_arm_limit (FlSetup *self, guint limit_ms, GSourceOnceFunc on_limit)
{
  fl_clock_clear (self->clock, &self->limit_id);
  self->limit_id = fl_clock_add_ms (self->clock, limit_ms, on_limit, self);
}

FlSetupOp *
fl_setup_begin_op (FlSetup *self)
{
  FlSetupOp *op = g_new0 (FlSetupOp, 1);

  fl_setup_stop_op (self);
  self->op = g_cancellable_new ();
  op->setup = g_object_ref (self);
  op->cancellable = g_object_ref (self->op);
  return op;
}

gboolean
fl_setup_end_op (FlSetupOp *op, GError **error)
{
  FlSetup *self = op->setup;
  gboolean wanted = self->op == op->cancellable;

  if (wanted)
    g_clear_object (&self->op);
  else
    g_clear_error (error);
  g_object_unref (op->cancellable);
  g_object_unref (op->setup);
  g_free (op);
  return wanted;
}

void
fl_setup_stop_op (FlSetup *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->op);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static void
fl_setup_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlSetup *self = FL_SETUP (object);

  switch ((FlSetupProperty) id)
    {
    case PROP_STAGE:
      g_value_set_enum (value, (int) self->stage);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_DEVICE:
      g_value_set_object (value, self->device);
      break;
    case PROP_SCANNING:
      g_value_set_boolean (value, self->scan_op != NULL);
      break;
    case PROP_LIGHT:
      g_value_set_pointer (value, (gpointer) self->light);
      break;
    case PROP_LIGHT_IS_REPORTED:
      g_value_set_boolean (value, self->light_is_reported);
      break;
    case PROP_PROOF:
      g_value_set_uint (value, self->proof);
      break;
    case PROP_SLOW:
      g_value_set_boolean (value, self->slow);
      break;
    case PROP_INFO:
      g_value_set_boxed (value, self->info);
      break;
    case PROP_STATE:
      g_value_set_boxed (value, self->state);
      break;
    case PROP_LINK_OPEN:
      g_value_set_boolean (value, self->link_open);
      break;
    case PROP_REPLY:
      g_value_set_string (value, self->reply);
      break;
    }
}

static void
fl_setup_dispose (GObject *object)
{
  FlSetup *self = FL_SETUP (object);

  self->closing = TRUE;
  if (self->engine != NULL)
    {
      fl_setup_stop_finding (self);
      fl_setup_drop_driver (self);
      fl_clock_clear (self->clock, &self->slow_id);
    }
  g_clear_object (&self->road);
  g_clear_object (&self->lost_road);
  if (self->device != NULL)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_clear_object (&self->device);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (fl_setup_parent_class)->dispose (object);
}

static void
fl_setup_finalize (GObject *object)
{
  FlSetup *self = FL_SETUP (object);

  g_clear_pointer (&self->label, fl_label_unref);
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->reply, g_free);
  g_clear_pointer (&self->failed_roads, g_hash_table_unref);
  g_clear_pointer (&self->networks_by_ssid, g_hash_table_unref);
  g_clear_pointer (&self->ssids_seen, g_hash_table_unref);
  g_clear_object (&self->networks);
  g_clear_pointer (&self->credentials, fl_credentials_unref);
  g_clear_pointer (&self->info, fl_device_info_free);
  g_clear_pointer (&self->state, fl_device_state_free);
  g_clear_error (&self->error);
  g_clear_error (&self->scan_error);
  G_OBJECT_CLASS (fl_setup_parent_class)->finalize (object);
}

static void
fl_setup_class_init (FlSetupClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fl_setup_get_property;
  object_class->dispose = fl_setup_dispose;
  object_class->finalize = fl_setup_finalize;

  props[PROP_STAGE] =
      g_param_spec_enum ("stage", NULL, NULL, FL_TYPE_STAGE, FL_STAGE_FINDING, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_DEVICE] = g_param_spec_object ("device", NULL, NULL, FL_TYPE_DEVICE, flags);
  props[PROP_SCANNING] = g_param_spec_boolean ("scanning", NULL, NULL, FALSE, flags);
  props[PROP_LIGHT] = g_param_spec_pointer ("light", NULL, NULL, flags);
  props[PROP_LIGHT_IS_REPORTED] =
      g_param_spec_boolean ("light-is-reported", NULL, NULL, FALSE, flags);
  props[PROP_PROOF] = g_param_spec_uint ("proof", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SLOW] = g_param_spec_boolean ("slow", NULL, NULL, FALSE, flags);
  props[PROP_INFO] = g_param_spec_boxed ("info", NULL, NULL, FL_TYPE_DEVICE_INFO, flags);
  props[PROP_STATE] = g_param_spec_boxed ("state", NULL, NULL, FL_TYPE_DEVICE_STATE, flags);
  props[PROP_LINK_OPEN] = g_param_spec_boolean ("link-open", NULL, NULL, FALSE, flags);
  props[PROP_REPLY] = g_param_spec_string ("reply", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  note_signal = g_signal_new ("note", FL_TYPE_SETUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
fl_setup_init (FlSetup *self)
{
  self->scan_wanted = TRUE;
  self->networks = g_list_store_new (FL_TYPE_NETWORK);
  self->networks_by_ssid = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                  (GDestroyNotify) g_bytes_unref, g_object_unref);
  self->ssids_seen =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  self->failed_roads = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

FlSetup *
fl_setup_new (FlEngine *engine)
{
  FlSetup *self;

  g_return_val_if_fail (FL_IS_ENGINE (engine), NULL);

  self = g_object_new (FL_TYPE_SETUP, NULL);
  self->engine = g_object_ref (engine);
  self->clock = fl_engine_get_clock (engine);
  self->stage_started_us = fl_clock_now_us (self->clock);
  self->light = fl_light_from_stage (FL_STAGE_FINDING,
                                     fl_product_is_provisioning (fl_engine_get_product (engine)));
  return self;
}

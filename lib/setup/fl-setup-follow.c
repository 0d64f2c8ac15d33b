/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-setup-follow"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* Limits that people bear, each from the beginning of its stage. */
#define JOINING_MS    30000
#define ADDRESSING_MS 20000
#define REACHING_MS   60000
#define FOLLOWING_MS  (JOINING_MS + ADDRESSING_MS + REACHING_MS)
/* The radio of Photon and P1 tries for 60 s, and only then the device says that it was in vain, by
 * going back to set-up mode (PROTOCOL.md, "After saving"). */
#define GEN2_JOINING_MS 75000
/* Set-up mode ends at the next turn of the device's own loop. */
#define LEFT_BY_NOW_US (10 * G_USEC_PER_SEC)

/* The driver ends its own requests before that. */
#define LEAVING_MS 30000

/* A state report is three small messages: often at first, when things change, then seldom. */
#define FAST_POLL_MS 300
#define SLOW_POLL_MS 1000
#define FAST_POLLS   20

/* Answers without sense, one after the other, until something is wrong with the device. */
#define MAX_SPOILT 3

static void poll (FlSetup *self);

static GError *
explain_limit (FlSetup *self)
{
  switch ((int) self->stage)
    {
    case FL_STAGE_JOINING:
      if (self->state == NULL || !self->state->wifi_known)
        return g_error_new (FL_ERROR, FL_ERROR_NOT_REPORTED,
                            "Stored, but the device does not tell whether it has joined");
      return g_error_new (FL_ERROR, FL_ERROR_JOIN_TIMEOUT, "Stored, but not associated in time");
    case FL_STAGE_ADDRESSING:
      return g_error_new (FL_ERROR, FL_ERROR_NO_ADDRESS, "Associated, no address in time");
    default:
      if (self->proof & FL_PROOF_CLOUD)
        return g_error_new (FL_ERROR, FL_ERROR_NOT_REPORTED,
                            "On line, but no word of the end of set-up mode");
      if (self->cloud_tried)
        return g_error_new (FL_ERROR, FL_ERROR_CLOUD_UNREACHABLE,
                            "The device tried its service in vain");
      return g_error_new (FL_ERROR, FL_ERROR_NOT_REPORTED, "The device has not tried its service");
    }
}

static void
on_limit (gpointer data)
{
  FlSetup *self = data;

  self->limit_id = 0;
  fl_setup_stop_polling (self);
  fl_setup_stop_op (self);
  fl_setup_take_failure (self, explain_limit (self));
}

/* Where the device tells nothing of its Wi-Fi, its service is the proof: it has no other way there.
 */
static gboolean
tells_only_of_cloud (FlSetup *self)
{
  return (fl_driver_get_capabilities (self->driver) & FL_CAN_PROVE_ADDRESS) == 0;
}

/* Then the end of a join in vain is worth waiting for. */
static gboolean
tells_of_failure (FlSetup *self)
{
  return fl_road_get_kind (self->road) == FL_ROAD_SERIAL && tells_only_of_cloud (self) &&
         (fl_driver_get_capabilities (self->driver) & FL_CAN_PROVE_CLOUD) != 0;
}

static guint
get_limit_ms (FlSetup *self, FlStage stage)
{
  switch ((int) stage)
    {
    case FL_STAGE_JOINING:
      return tells_of_failure (self) ? GEN2_JOINING_MS : JOINING_MS;
    case FL_STAGE_ADDRESSING:
      return ADDRESSING_MS;
    default:
      return REACHING_MS;
    }
}

static void
arm_limit (FlSetup *self)
{
  gint64 left_ms = (self->follow_until_us - fl_clock_now_us (self->clock)) / 1000;

  fl_setup_arm_limit (self, (guint) CLAMP (left_ms, 1, get_limit_ms (self, self->stage)), on_limit);
}

static gboolean
advance (FlSetup *self, FlStage stage)
{
  if (self->stage == stage && self->limit_id != 0)
    return TRUE;

  if (!fl_setup_enter (self, stage))
    return FALSE;
  arm_limit (self);
  return TRUE;
}

static gboolean
is_on_chosen_network (FlSetup *self, const FlDeviceState *state)
{
  return state->wifi_link && state->ssid != NULL &&
         g_bytes_equal (state->ssid, fl_credentials_get_ssid (self->credentials));
}

static void
finish_online (FlSetup *self)
{
  fl_setup_stop_polling (self);
  fl_clock_clear (self->clock, &self->limit_id);
  /* The last report may be from before the device left set-up mode, whose light covers all others.
   */
  if (self->state->mode == FL_MODE_LISTENING && !self->stay)
    fl_setup_set_light (self, fl_light_get (FL_LIGHT_STATE_CLOUD_CONNECTED), FALSE);
  fl_setup_enter (self, FL_STAGE_ONLINE);
}

static void
not_left (FlSetup *self, const char *reason)
{
  fl_setup_take_failure (self, g_error_new (FL_ERROR, FL_ERROR_NOT_REPORTED,
                                            "On line, but still in set-up mode: %s", reason));
}

/* A device that only says that it runs, and that its service is not reached, does not say what its
 * light does: then it is what it should be. */
static void
weigh_light (FlSetup *self, const FlDeviceState *state)
{
  const FlLight *light = fl_light_from_state (state);

  if (state->mode == FL_MODE_RUNNING || state->mode == FL_MODE_SAFE)
    fl_setup_left_listening (self);
  if (light->state != FL_LIGHT_STATE_UNKNOWN)
    fl_setup_set_light (self, light, TRUE);
  else
    fl_setup_expect_light (self);
}

/* The link outlived the end of set-up mode, so the device can still say that it ended. */
static void
on_verified (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  if (!fl_setup_end_op (data, &error))
    return;
  if (state == NULL)
    {
      finish_online (self); /* the radio went after all */
      return;
    }
  if (state->mode == FL_MODE_LISTENING)
    {
      not_left (self, "it says so");
      return;
    }
  weigh_light (self, state);
  fl_setup_take_state (self, g_steal_pointer (&state));
  finish_online (self);
}

static void
verify (FlSetup *self)
{
  FlSetupOp *op = fl_setup_begin_op (self);

  fl_driver_read_state_async (self->driver, op->cancellable, on_verified, op);
}

/* The device left set-up mode, or its link went away for that very reason. */
static void
on_left (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_setup_end_op (data, &error))
    return;
  if (error != NULL)
    not_left (self, error->message);
  else if (self->link_open && self->state->mode == FL_MODE_LISTENING)
    verify (self);
  else
    finish_online (self);
}

/* All is proven; what is left is the device's mode, which must be asked for last: on some devices
 * the answer never arrives because the radio goes (PROTOCOL.md, "Leaving"). */
void
fl_setup_leave (FlSetup *self)
{
  FlSetupOp *op = NULL;

  fl_setup_stop_polling (self);
  fl_setup_arm_limit (self, LEAVING_MS, on_limit);
  if (fl_setup_waits_for_reply (self))
    return;
  if (self->stay)
    {
      finish_online (self);
      return;
    }
  op = fl_setup_begin_op (self);
  fl_driver_leave_async (self->driver, op->cancellable, on_left, op);
}

/* The network does not work: it is chosen or typed again, with the session still open. */
static void
refuse_network (FlSetup *self, GError *error) /* (transfer full) */
{
  gboolean is_stored = (self->proof & FL_PROOF_STORED) != 0;

  fl_setup_stop_polling (self);
  fl_setup_stop_request (self);
  fl_setup_drop_proof (self);
  if (is_stored)
    fl_setup_add_proof (self, FL_PROOF_IN_VAIN);
  self->join_sent = FALSE;
  fl_setup_take_choice_error (self, fl_setup_weigh_join (self, error));
}

/* Photon and P1 go back to set-up mode when their first try with a new network was in vain. */
static gboolean
has_come_back (FlSetup *self, const FlDeviceState *state)
{
  gint64 spent_us = fl_clock_now_us (self->clock) - self->follow_from_us;

  if (state->mode == FL_MODE_RUNNING || state->mode == FL_MODE_SAFE)
    self->was_running = TRUE;
  return state->mode == FL_MODE_LISTENING && (self->proof & FL_PROOF_STORED) &&
         !(self->info != NULL && self->info->is_protected) &&
         (self->was_running || spent_us >= LEFT_BY_NOW_US);
}

static void
weigh_cloud (FlSetup *self, const FlDeviceState *state)
{
  gboolean reaches = state->mode != FL_MODE_LISTENING &&
                     (state->cloud == FL_CLOUD_CONNECTING || state->cloud == FL_CLOUD_CONNECTED);

  if (has_come_back (self, state))
    {
      refuse_network (self, g_error_new (FL_ERROR, FL_ERROR_JOIN_UNCLEAR,
                                         "Back in set-up mode: the network did not work"));
      return;
    }
  if (!advance (self, reaches ? FL_STAGE_REACHING : FL_STAGE_JOINING) || !reaches ||
      state->cloud != FL_CLOUD_CONNECTED)
    return;
  fl_setup_add_proof (self, FL_PROOF_CLOUD);
  fl_setup_leave (self);
}

static void
weigh (FlSetup *self, const FlDeviceState *state)
{
  weigh_light (self, state);

  if (state->cloud == FL_CLOUD_CONNECTING)
    self->cloud_tried = TRUE;

  if (tells_only_of_cloud (self))
    {
      weigh_cloud (self, state);
      return;
    }
  if (!is_on_chosen_network (self, state))
    {
      advance (self, FL_STAGE_JOINING);
      return;
    }
  fl_setup_add_proof (self, FL_PROOF_STORED | FL_PROOF_JOINED);

  if (!state->has_ipv4 && (state->addresses == NULL || state->addresses[0] == NULL))
    {
      advance (self, FL_STAGE_ADDRESSING);
      return;
    }
  fl_setup_add_proof (self, FL_PROOF_ADDRESS);
  if (!advance (self, FL_STAGE_REACHING) || state->cloud != FL_CLOUD_CONNECTED)
    return;
  fl_setup_add_proof (self, FL_PROOF_CLOUD);
  fl_setup_leave (self);
}

static void
follow_failed (FlSetup *self, GError *error) /* (transfer full) */
{
  if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_SILENT))
    {
      g_error_free (error);
      fl_setup_recover (self, FL_GOAL_RESUME);
      return;
    }
  /* What the device's log or diagnostics say of a join that was in vain. */
  if (fl_road_get_kind (self->road) == FL_ROAD_SERIAL && fl_setup_is_about_choice (error) &&
      !g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED))
    {
      refuse_network (self, error);
      return;
    }
  /* The network was accepted; a device that keeps the rest to itself has not failed. */
  if ((g_error_matches (error, FL_ERROR, FL_ERROR_PROTECTED) ||
       g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED)) &&
      (self->proof & FL_PROOF_STORED))
    error->code = FL_ERROR_NOT_REPORTED;
  fl_setup_take_failure (self, error);
}

static void
on_poll (gpointer data)
{
  FlSetup *self = data;

  self->poll_id = 0;
  poll (self);
}

static gboolean
excuse_silence (FlSetup *self, const GError *error)
{
  if (!g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_SILENT) || self->silences_excused == 0)
    return FALSE;
  self->silences_excused--;
  return TRUE;
}

/* One bad transfer does not undo what the device has said before; it is just asked again. */
static gboolean
excuse_nonsense (FlSetup *self, const GError *error)
{
  return g_error_matches (error, FL_ERROR, FL_ERROR_UNEXPECTED) && self->link_open &&
         self->spoilt++ < MAX_SPOILT;
}

static void
on_state (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  if (!fl_setup_end_op (data, &error))
    return;
  if (error != NULL && (g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_BUSY) ||
                        excuse_silence (self, error) || excuse_nonsense (self, error)))
    {
      self->poll_id = fl_clock_add_ms (self->clock, SLOW_POLL_MS, on_poll, self);
      return;
    }
  if (error != NULL)
    {
      follow_failed (self, g_steal_pointer (&error));
      return;
    }

  self->spoilt = 0;
  fl_setup_take_state (self, g_steal_pointer (&state));
  self->poll_id =
      fl_clock_add_ms (self->clock, self->polls++ < FAST_POLLS ? FAST_POLL_MS : SLOW_POLL_MS,
                       on_poll, self);
  weigh (self, self->state);
}

static void
poll (FlSetup *self)
{
  FlSetupOp *op = fl_setup_begin_op (self);

  fl_driver_read_state_async (self->driver, op->cancellable, on_state, op);
}

void
fl_setup_stop_polling (FlSetup *self)
{
  fl_clock_clear (self->clock, &self->poll_id);
}

void
fl_setup_follow_longer (FlSetup *self)
{
  if (self->stage < FL_STAGE_JOINING || self->stage > FL_STAGE_REACHING || self->leave_waits)
    return;
  self->follow_until_us = fl_clock_now_us (self->clock) + (gint64) FOLLOWING_MS * 1000;
  arm_limit (self);
}

void
fl_setup_follow (FlSetup *self)
{
  fl_setup_stop_polling (self);
  self->polls = 0;
  self->spoilt = 0;
  self->was_running = FALSE;
  self->follow_from_us = fl_clock_now_us (self->clock);
  self->follow_until_us = self->follow_from_us + (gint64) FOLLOWING_MS * 1000;
  if (tells_of_failure (self))
    self->follow_until_us += (gint64) (GEN2_JOINING_MS - JOINING_MS) * 1000;
  arm_limit (self);
  fl_setup_send_request (self);
  poll (self);
}

static void
send_again (FlSetup *self)
{
  self->goal = FL_GOAL_JOIN;
  if (fl_setup_note (self, "sending-again",
                     _ ("The device does not have the network yet. Sending again.")))
    fl_setup_send (self);
}

/* Not on the network after a loss in the middle of a join: did the device keep the credentials? */
static void
on_known (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = fl_driver_list_known_finish (FL_DRIVER (source), result, &error);

  if (!fl_setup_end_op (data, &error))
    return;
  if (error != NULL && !g_error_matches (error, FL_ERROR, FL_ERROR_PROTECTED) &&
      !g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED))
    {
      follow_failed (self, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; known != NULL && i < known->len; i++)
    if (g_bytes_equal (fl_network_get_ssid (known->pdata[i]),
                       fl_credentials_get_ssid (self->credentials)))
      {
        fl_setup_add_proof (self, FL_PROOF_STORED);
        fl_setup_follow (self);
        return;
      }

  /* It does not have them: sending once more changes nothing but replaces what is not there. */
  send_again (self);
}

/* What the device keeps it does not tell. One that waits for a network did not take it; one that
 * left set-up mode did so with the network, if at all. */
static void
on_resumed (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  if (!fl_setup_end_op (data, &error))
    return;
  if (error != NULL)
    follow_failed (self, g_steal_pointer (&error));
  else if (state->mode == FL_MODE_LISTENING)
    send_again (self);
  else
    fl_setup_follow (self);
}

/* Connected again after the link went away while or after joining. */
void
fl_setup_resume (FlSetup *self)
{
  FlSetupOp *op;

  if (self->proof & FL_PROOF_STORED)
    {
      fl_setup_follow (self);
      return;
    }
  op = fl_setup_begin_op (self);
  if (fl_road_get_kind (self->road) == FL_ROAD_SERIAL)
    {
      fl_driver_read_state_async (self->driver, op->cancellable, on_resumed, op);
      return;
    }
  fl_driver_list_known_async (self->driver, op->cancellable, on_known, op);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-setup-join"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* Some firmware must search once more before it can take credentials, which the driver does here.
 */
#define SENDING_MS 45000
/* A console's dialogue has a dozen steps, and two searches of 30 s; each has a limit of its own
 * (PROTOCOL.md, "Time limits"). */
#define TALKING_MS 240000
#define JOINING_MS                                                                                 \
  100000 /* the driver's own limit for a join is 90 s; this is for a driver that forgets */

/* Below this an access point is heard but hardly understood. */
#define WEAK_DBM -80

static void
on_limit (gpointer data)
{
  FlSetup *self = data;

  self->limit_id = 0;
  fl_setup_drop_driver (self);
  fl_setup_take_failure (self, g_error_new (FL_ERROR, FL_ERROR_DEVICE_SILENT,
                                            "The device did not answer the credentials"));
}

static void
on_sent (FlDriver *driver, FlSetup *self)
{
  if (self->stage != FL_STAGE_SENDING)
    return;

  self->join_sent = TRUE;
  if (self->goal != FL_GOAL_JOIN)
    return;
  if (!fl_setup_enter (self, FL_STAGE_JOINING))
    return;
  fl_setup_arm_limit (self, JOINING_MS, on_limit);
}

/* What the person can mend by choosing or typing again, with the session still open. */
static const FlErrorCode choice_errors[] = {
  FL_ERROR_UNSUPPORTED,    FL_ERROR_DEVICE_BUSY,     FL_ERROR_NETWORK_5_GHZ,
  FL_ERROR_NETWORK_WPA3,   FL_ERROR_NETWORK_TOO_FAR, FL_ERROR_NETWORK_ENTERPRISE,
  FL_ERROR_WRONG_PASSWORD, FL_ERROR_JOIN_UNCLEAR,    FL_ERROR_JOIN_WEAK,
  FL_ERROR_JOIN_REFUSED,   FL_ERROR_JOIN_SECURITY,   FL_ERROR_JOIN_TIMEOUT,
  FL_ERROR_NETWORKS_FULL,  FL_ERROR_LOGIN_REJECTED,  FL_ERROR_INVALID_INPUT,
};

gboolean
fl_setup_is_about_choice (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (choice_errors); i++)
    if (g_error_matches (error, FL_ERROR, (int) choice_errors[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_weak (FlSetup *self)
{
  FlNetwork *network = fl_setup_find_network (self, fl_credentials_get_ssid (self->credentials));

  return network != NULL && fl_network_get_rssi (network) != 0 &&
         fl_network_get_rssi (network) < WEAK_DBM;
}

/* The device says only that it could not join. A weak signal is the likelier cause; else it is what
 * the person typed, which is a login where the network has those. */
GError *
fl_setup_weigh_join (FlSetup *self, GError *error)
{
  gboolean is_unclear = g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_UNCLEAR);

  if (!is_unclear && !g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_TIMEOUT))
    return error;
  if (is_weak (self))
    error->code = FL_ERROR_JOIN_WEAK;
  else if (is_unclear && fl_credentials_get_security (self->credentials) == FL_SECURITY_ENTERPRISE)
    error->code = FL_ERROR_LOGIN_REJECTED;
  return error;
}

static void
send_failed (FlSetup *self, GError *error) /* (transfer full) */
{
  if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    {
      g_error_free (error);
      fl_setup_recover (self, self->join_sent && self->goal == FL_GOAL_JOIN ? FL_GOAL_RESUME
                                                                            : self->goal);
      return;
    }

  if (g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED) &&
      (fl_driver_get_capabilities (self->driver) & FL_CAN_JOIN) == 0)
    {
      g_error_free (error);
      fl_setup_leave_road (self);
      return;
    }
  error = fl_setup_weigh_join (self, error);
  if (!fl_setup_is_about_choice (error))
    {
      fl_setup_take_failure (self, error); /* nobody knows whether the device has them */
      return;
    }
  self->join_sent = FALSE;
  fl_setup_take_choice_error (self, error);
}

static void
on_joined (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_setup_end_op (data, &error))
    return; /* the handler may be that of a later try already */
  g_signal_handlers_disconnect_by_func (source, on_sent, self);
  if (error != NULL)
    {
      send_failed (self, g_steal_pointer (&error));
      return;
    }

  fl_setup_forget_known (self);
  fl_setup_add_proof (self, FL_PROOF_STORED);
  if (fl_road_get_kind (self->road) == FL_ROAD_SERIAL)
    fl_setup_left_listening (self); /* with the last word of the dialogue */
  if (self->goal == FL_GOAL_SAVE)
    {
      if (fl_setup_enter (self, FL_STAGE_CHOOSING))
        fl_setup_note (self, "saved", _ ("The device keeps the network and has not tried it yet."));
      return;
    }
  if (fl_setup_enter (self, FL_STAGE_JOINING))
    fl_setup_follow (self);
}

/* Before a byte is sent: a device that cannot is not given the login either. */
static gboolean
can_take (FlSetup *self)
{
  FlCapabilities can = fl_driver_get_capabilities (self->driver);
  GError *error = NULL;

  if (self->goal == FL_GOAL_JOIN && (can & FL_CAN_JOIN) == 0)
    {
      fl_setup_leave_road (self);
      return FALSE;
    }
  if ((can & FL_CAN_ENTERPRISE) == 0 &&
      fl_credentials_get_security (self->credentials) == FL_SECURITY_ENTERPRISE)
    error = g_error_new (FL_ERROR, FL_ERROR_NETWORK_ENTERPRISE,
                         "The device has no networks with user names");
  if (error != NULL)
    fl_setup_take_choice_error (self, error);
  return error == NULL;
}

/* FALSE: whoever was told ended the journey. */
static gboolean
tell_doubt (FlSetup *self)
{
  if ((fl_driver_get_capabilities (self->driver) & FL_DOUBTS_OPEN) == 0 ||
      fl_credentials_get_security (self->credentials) != FL_SECURITY_OPEN)
    return TRUE;
  return fl_setup_note (self, "open-doubtful",
                        _ ("The device’s software may not join open networks that it is given "
                           "over this cable."));
}

void
fl_setup_send (FlSetup *self)
{
  gboolean is_talk = FALSE;
  FlSetupOp *op;

  self->join_sent = FALSE;
  fl_setup_stop_scan (self);
  if (!fl_setup_enter (self, FL_STAGE_SENDING) || self->driver == NULL || !can_take (self) ||
      !tell_doubt (self))
    return;
  is_talk = fl_road_get_kind (self->road) == FL_ROAD_SERIAL;
  fl_setup_arm_limit (self, is_talk ? TALKING_MS : SENDING_MS, on_limit);
  if (!fl_setup_has_room (self))
    return;
  g_signal_handlers_disconnect_by_func (self->driver, on_sent, self);
  g_signal_connect (self->driver, "sent", G_CALLBACK (on_sent), self);
  op = fl_setup_begin_op (self);
  if (self->goal == FL_GOAL_SAVE)
    fl_driver_save_async (self->driver, self->credentials, op->cancellable, on_joined, op);
  else
    fl_driver_join_async (self->driver, self->credentials, op->cancellable, on_joined, op);
}

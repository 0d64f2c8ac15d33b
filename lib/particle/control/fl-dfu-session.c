/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-dfu-session"
#include "config.h"

#include "fl-dfu-session.h"

#include "fl-error.h"

/* DFU 1.1, chapter 3: class requests to the interface. The bootloaders have one, number 0:
 * particle-usb, src/dfu.js, DEFAULT_INTERFACE. */
#define CLASS_OUT 0x21
#define CLASS_IN  (CLASS_OUT | FL_USB_IN)
#define INTERFACE 0
/* ST's AN3156: blocks 0 and 1 are commands, so the empty one that leaves is number 2. */
#define LEAVE_BLOCK 2

/* One clears an error; a bootloader in any other state refuses it, which is an error, and takes the
 * next. */
#define CLEAR_TRIES 3
/* What was lost on the way of a device that is about to reset is asked for again so often. */
#define AGAIN_US (100 * G_TIME_SPAN_MILLISECOND)

typedef enum
{
  STEP_ASK,    /* GETSTATUS: can it be told to leave? */
  STEP_CLEAR,  /* CLRSTATUS */
  STEP_LEAVE,  /* an empty DNLOAD */
  STEP_FOLLOW, /* GETSTATUS, until it leaves */
  STEP_END,
} Step;

struct _FlDfuSession
{
  Step step;
  guint n_clears;
  gboolean out;  /* a transfer is */
  gboolean told; /* the device was told to leave */
  gint64 due_us; /* when the next transfer may go */
  gint64 limit_us;
  GError *error; /* (nullable) */
};

static void
enter (FlDfuSession *self, Step step, gint64 due_us)
{
  static const char *const names[] = { "ask", "clear", "leave", "follow", "end" };

  g_debug ("%s", names[step]);
  self->step = step;
  self->due_us = due_us;
}

static void
fail (FlDfuSession *self, GError *error) /* (transfer full) */
{
  g_clear_error (&self->error);
  self->error = error;
  enter (self, STEP_END, G_MAXINT64);
}

FlDfuSession *
fl_dfu_session_new (guint limit_ms, gint64 now_us)
{
  FlDfuSession *self = g_new0 (FlDfuSession, 1);

  self->limit_us = now_us + limit_ms * G_TIME_SPAN_MILLISECOND;
  self->due_us = now_us;
  return self;
}

void
fl_dfu_session_free (FlDfuSession *self)
{
  if (self == NULL)
    return;

  g_clear_error (&self->error);
  g_free (self);
}

gboolean
fl_dfu_session_take_transfer (FlDfuSession *self, FlUsbSetup *setup, gint64 now_us)
{
  fl_dfu_session_tick (self, now_us);
  *setup = (FlUsbSetup){ .request_type = CLASS_OUT, .index = INTERFACE };
  if (self->out || self->step == STEP_END || now_us < self->due_us)
    return FALSE;

  switch (self->step)
    {
    case STEP_ASK:
    case STEP_FOLLOW:
      setup->request_type = CLASS_IN;
      setup->request = FL_DFU_GETSTATUS;
      setup->length = FL_DFU_STATUS_BYTES;
      break;
    case STEP_CLEAR:
      setup->request = FL_DFU_CLRSTATUS;
      break;
    case STEP_LEAVE:
      setup->request = FL_DFU_DNLOAD;
      setup->value = LEAVE_BLOCK;
      self->told = TRUE;
      break;
    case STEP_END:
      break;
    }
  self->out = TRUE;
  return TRUE;
}

/* bStatus, bwPollTimeout (24 bits), bState, iString. FALSE: that is no answer. */
static gboolean
read_status (const guint8 *data, gsize size_bytes, guint *state, gint64 *wait_us)
{
  if (size_bytes != FL_DFU_STATUS_BYTES)
    return FALSE;
  *wait_us = (data[1] | data[2] << 8 | data[3] << 16) * G_TIME_SPAN_MILLISECOND;
  *state = data[4];
  return TRUE;
}

static void
end_ask (FlDfuSession *self, gboolean answered, guint state, gint64 now_us)
{
  if (answered && (state == FL_DFU_DEVICE_IDLE || state == FL_DFU_DEVICE_DNLOAD_IDLE))
    enter (self, STEP_LEAVE, now_us);
  else if (self->n_clears < CLEAR_TRIES)
    enter (self, STEP_CLEAR, now_us);
  else
    fail (self,
          g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "The bootloader stays in state %u", state));
}

/* Gen 2 calls it "download idle" to please another program: particle-usb, src/dfu.js, leave(). */
static void
end_follow (FlDfuSession *self, gboolean answered, guint state, gint64 wait_us, gint64 now_us)
{
  if (!answered)
    enter (self, STEP_FOLLOW, now_us + AGAIN_US);
  else if (state == FL_DFU_DEVICE_MANIFEST || state == FL_DFU_DEVICE_DNLOAD_IDLE ||
           state == FL_DFU_DEVICE_MANIFEST_WAIT_RESET)
    enter (self, STEP_END, G_MAXINT64);
  else if (state == FL_DFU_DEVICE_ERROR)
    fail (self,
          g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED, "The bootloader reports an error"));
  else
    enter (self, STEP_FOLLOW, now_us + MAX (wait_us, G_TIME_SPAN_MILLISECOND));
}

/* A device that resets may take the transfer with it. */
static void
end_broken (FlDfuSession *self, const GError *error, gint64 now_us)
{
  const gboolean is_silent = g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_SILENT);

  if (!is_silent)
    fl_dfu_session_link_closed (self, error);
  else if (self->told)
    enter (self, STEP_FOLLOW, now_us);
  else
    fail (self, g_error_copy (error));
}

void
fl_dfu_session_feed (FlDfuSession *self,
                     FlUsbOutcome outcome,
                     const guint8 *data,
                     gsize size_bytes,
                     const GError *error,
                     gint64 now_us)
{
  guint state = 0;
  gint64 wait_us = 0;
  gboolean answered = FALSE;

  g_return_if_fail (self->out);

  self->out = FALSE;
  if (self->step == STEP_END)
    return;
  if (error != NULL)
    {
      end_broken (self, error, now_us);
      return;
    }
  if (outcome == FL_USB_DONE)
    answered = read_status (data, size_bytes, &state, &wait_us);

  switch (self->step)
    {
    case STEP_ASK:
      end_ask (self, answered, state, now_us);
      break;
    case STEP_CLEAR: /* refused or not, what it did shows */
      self->n_clears++;
      enter (self, STEP_ASK, now_us);
      break;
    case STEP_LEAVE:
      if (outcome == FL_USB_STALLED)
        fail (self, g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED,
                                         "The bootloader refuses to leave"));
      else
        enter (self, STEP_FOLLOW, now_us);
      break;
    case STEP_FOLLOW:
      end_follow (self, answered, state, wait_us, now_us);
      break;
    case STEP_END:
      break;
    }
}

void
fl_dfu_session_link_closed (FlDfuSession *self, const GError *reason)
{
  if (self->step == STEP_END)
    return;
  if (self->told)
    enter (self, STEP_END, G_MAXINT64);
  else if (reason != NULL)
    fail (self, g_error_copy (reason));
  else
    fail (self, g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, "The link was closed"));
}

void
fl_dfu_session_tick (FlDfuSession *self, gint64 now_us)
{
  if (self->step != STEP_END && now_us >= self->limit_us)
    fail (self, g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT,
                                     "The bootloader did not leave in time"));
}

gint64
fl_dfu_session_get_deadline (FlDfuSession *self)
{
  if (self->step == STEP_END)
    return G_MAXINT64;
  return self->out ? self->limit_us : MIN (self->limit_us, self->due_us);
}

FlDfuState
fl_dfu_session_get_state (FlDfuSession *self)
{
  if (self->step != STEP_END)
    return FL_DFU_RUNNING;
  return self->error != NULL ? FL_DFU_FAILED : FL_DFU_DONE;
}

const GError *
fl_dfu_session_get_error (FlDfuSession *self)
{
  return self->error;
}

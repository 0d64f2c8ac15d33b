/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-session"
#include "config.h"

#include "fl-serial-session-private.h"

#include "fl-error.h"
#include "fl-serial-answer.h"

#include <string.h>

/* The device's receive buffer has 257 bytes, and it echoes each of them; USB holds back the rest.
 */
#define TAKE_MAX_BYTES 512

/* PROTOCOL.md, "Times". */
#define DRAIN_US (250 * G_TIME_SPAN_MILLISECOND)
#define QUIET_US (250 * G_TIME_SPAN_MILLISECOND)
#define STUCK_US (500 * G_TIME_SPAN_MILLISECOND)

/* Ours. */
#define LOG_MAX_BYTES 512
#define MAX_LOGS      64

static void
event_free (gpointer data)
{
  fl_serial_event_clear (data);
  g_free (data);
}

void
fl_serial_event_clear (FlSerialEvent *event)
{
  g_clear_pointer (&event->text, fl_secret_unref);
  g_clear_error (&event->error);
}

FlSerialSession *
fl_serial_session_new (void)
{
  FlSerialSession *self = g_new0 (FlSerialSession, 1);

  self->events = g_queue_new ();
  self->limit_us = G_MAXINT64;
  self->question = FL_SERIAL_N_SAYINGS;
  fl_serial_input_init (&self->input);
  return self;
}

void
fl_serial_session_free (FlSerialSession *self)
{
  if (self == NULL)
    return;

  fl_serial_answers_clear (&self->answers);
  fl_serial_input_clear (&self->input);
  g_clear_pointer (&self->out, fl_secret_unref);
  g_queue_free_full (self->events, event_free);
  g_free (self);
}

void
fl_serial_session_enter (FlSerialSession *self, FlSerialState state, gint64 limit_us)
{
  self->state = state;
  self->limit_us = limit_us;
  if (state == FL_SERIAL_STATE_IDLE || state == FL_SERIAL_STATE_THANKS)
    fl_serial_answers_clear (&self->answers);
  if (state == FL_SERIAL_STATE_IDLE)
    fl_serial_input_drop_all (&self->input);
}

void
fl_serial_session_send (FlSerialSession *self, FlSecret *text)
{
  g_clear_pointer (&self->out, fl_secret_unref);
  self->out = fl_secret_ref (text);
  self->out_sent = 0;
}

void
fl_serial_session_send_letter (FlSerialSession *self, char letter)
{
  g_autoptr (FlSecret) text = fl_secret_new (&letter, 1);

  fl_serial_session_send (self, text);
}

FlSerialEvent *
fl_serial_session_push (FlSerialSession *self, FlSerialEventKind kind)
{
  FlSerialEvent *event = g_new0 (FlSerialEvent, 1);

  event->kind = kind;
  event->ask = self->ask;
  event->saying = self->question;
  g_queue_push_tail (self->events, event);
  return event;
}

void
fl_serial_session_fail (FlSerialSession *self, GError *error)
{
  g_debug ("%s", error->message);
  fl_serial_session_push (self, FL_SERIAL_EVENT_FAILED)->error = error;
  g_clear_pointer (&self->out, fl_secret_unref);
  fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
}

/* A line of others, if there is still room for it. */
static void
push_log (FlSerialSession *self, const guint8 *line, gsize size_bytes)
{
  g_autofree char *text = NULL;

  while (size_bytes > 0 && g_ascii_isspace (line[size_bytes - 1]))
    size_bytes--;
  if (size_bytes == 0 || self->n_logs == MAX_LOGS ||
      fl_serial_answers_are_in (&self->answers, line, size_bytes))
    return;
  text = g_utf8_make_valid ((const char *) line, (gssize) MIN (size_bytes, LOG_MAX_BYTES));
  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  fl_serial_session_push (self, FL_SERIAL_EVENT_LOG)->text = fl_secret_new_from_string (text);
  self->n_logs++;
}

void
fl_serial_session_log (FlSerialSession *self, gsize size_bytes)
{
  const guint8 *data = self->input.bytes->data;
  const guint8 *end = NULL;
  gsize done_bytes = 0;

  while (done_bytes < size_bytes &&
         (end = memchr (data + done_bytes, '\n', size_bytes - done_bytes)) != NULL)
    {
      const gsize line_bytes = (gsize) (end - data) - done_bytes;

      push_log (self, data + done_bytes, line_bytes);
      done_bytes += line_bytes + 1;
    }
  fl_serial_input_drop (&self->input, done_bytes);
}

void
fl_serial_session_ask (FlSerialSession *self, FlSerialAsk what, gint64 now_us)
{
  g_return_if_fail (!fl_serial_session_is_busy (self));

  fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
  self->ask = what;
  self->last_us = now_us;
  fl_serial_session_send_letter (self, (char) what);
  fl_serial_session_enter (self, FL_SERIAL_STATE_ASKING,
                           now_us + fl_serial_answer_get_limit_us (what));
}

gboolean
fl_serial_session_join (FlSerialSession *self,
                        FlCredentials *credentials,
                        gint64 now_us,
                        GError **error)
{
  FlSerialAnswers answers;

  g_return_val_if_fail (!fl_serial_session_is_busy (self), FALSE);
  g_return_val_if_fail (credentials != NULL, FALSE);

  if (!fl_serial_answers_init (&answers, credentials, error))
    return FALSE;
  fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
  self->answers = answers;
  self->n_opened = 0;
  self->saving = FALSE;
  self->question = FL_SERIAL_N_SAYINGS;
  memset (self->n_asked, 0, sizeof self->n_asked);
  fl_serial_session_enter (self, FL_SERIAL_STATE_DRAINING, now_us + DRAIN_US);
  return TRUE;
}

static void
send_and_forget (FlSerialSession *self, char letter)
{
  fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
  fl_serial_session_send_letter (self, letter);
}

void
fl_serial_session_leave (FlSerialSession *self, gint64 now_us)
{
  g_return_if_fail (!fl_serial_session_is_busy (self));

  send_and_forget (self, 'x');
}

void
fl_serial_session_restart (FlSerialSession *self, gint64 now_us)
{
  g_return_if_fail (!fl_serial_session_is_busy (self));

  send_and_forget (self, 'L');
}

gboolean
fl_serial_session_is_busy (FlSerialSession *self)
{
  return self->state != FL_SERIAL_STATE_IDLE && self->state != FL_SERIAL_STATE_THANKS;
}

gboolean
fl_serial_session_is_stuck (FlSerialSession *self)
{
  return self->stuck;
}

gboolean
fl_serial_session_is_saving (FlSerialSession *self)
{
  return self->saving;
}

static void
finish_ask (FlSerialSession *self)
{
  const GByteArray *bytes = self->input.bytes;

  fl_serial_session_push (self, FL_SERIAL_EVENT_ANSWER)->text =
      fl_secret_new (bytes->data, bytes->len);
  fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
}

static FlSerialAnswerState
get_answer_state (FlSerialSession *self)
{
  return fl_serial_answer_get_state (self->ask, self->input.bytes->data, self->input.bytes->len);
}

/* The letter has come back: it was typed into a question. */
static gboolean
is_letter_echoed (FlSerialSession *self, char letter)
{
  return self->input.bytes->len == 1 && self->input.bytes->data[0] == (guint8) letter;
}

static void
fail_stuck (FlSerialSession *self)
{
  self->stuck = TRUE;
  fl_serial_session_fail (
      self, g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_BUSY,
                                 "The console waits for the answer to an earlier question"));
}

static void
tick_ask (FlSerialSession *self, gint64 now_us)
{
  if (get_answer_state (self) == FL_SERIAL_ANSWER_MAY_GO_ON && now_us >= self->last_us + QUIET_US)
    finish_ask (self);
  else if (is_letter_echoed (self, (char) self->ask) && now_us >= self->last_us + STUCK_US)
    fail_stuck (self);
  else if (now_us >= self->limit_us && self->input.bytes->len > 0)
    fl_serial_session_fail (self, g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                                               "No answer to '%c' in what the device said",
                                               (int) self->ask));
  else if (now_us >= self->limit_us)
    fl_serial_session_fail (self, g_error_new (FL_ERROR, FL_ERROR_DEVICE_SILENT,
                                               "No answer to '%c' in time", (int) self->ask));
}

/* Nothing of ours: while a dialogue hangs it may be the rest of an echo. */
static void
read_others (FlSerialSession *self)
{
  if (self->stuck)
    fl_serial_input_drop_all (&self->input);
  else
    fl_serial_session_log (self, self->input.bytes->len);
}

/* The text of thanks goes on to its last words. */
static void
read_thanks (FlSerialSession *self)
{
  const char *love = fl_serial_saying_get_text (FL_SERIAL_SAYS_LOVE);
  const gsize love_bytes = strlen (love);
  const GByteArray *bytes = self->input.bytes;

  for (gsize i = 0; i + love_bytes <= bytes->len; i++)
    if (memcmp (bytes->data + i, love, love_bytes) == 0)
      {
        fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
        return;
      }
}

void
fl_serial_session_feed (FlSerialSession *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  g_return_if_fail (data != NULL || size_bytes == 0);

  fl_serial_session_tick (self, now_us);
  fl_serial_input_feed (&self->input, data, size_bytes);
  self->last_us = now_us;
  switch (self->state)
    {
    case FL_SERIAL_STATE_IDLE:
    case FL_SERIAL_STATE_DRAINING:
      read_others (self);
      break;
    case FL_SERIAL_STATE_ASKING:
      if (get_answer_state (self) == FL_SERIAL_ANSWER_COMPLETE)
        finish_ask (self);
      break;
    case FL_SERIAL_STATE_OPENING:
    case FL_SERIAL_STATE_DIALOGUE:
    case FL_SERIAL_STATE_SAVING:
      fl_serial_session_read_dialogue (self, now_us);
      break;
    case FL_SERIAL_STATE_THANKS:
      read_thanks (self);
      break;
    case FL_SERIAL_STATE_RECOVERING:
      fl_serial_session_read_recovery (self, now_us);
      break;
    }
}

void
fl_serial_session_tick (FlSerialSession *self, gint64 now_us)
{
  switch (self->state)
    {
    case FL_SERIAL_STATE_IDLE:
      break;
    case FL_SERIAL_STATE_ASKING:
      tick_ask (self, now_us);
      break;
    case FL_SERIAL_STATE_DRAINING:
      if (now_us >= self->limit_us)
        fl_serial_session_begin_dialogue (self, now_us);
      break;
    case FL_SERIAL_STATE_OPENING:
      if (is_letter_echoed (self, 'w') && now_us >= self->last_us + STUCK_US)
        fail_stuck (self);
      else
        fl_serial_session_tick_dialogue (self, now_us);
      break;
    case FL_SERIAL_STATE_DIALOGUE:
    case FL_SERIAL_STATE_SAVING:
      fl_serial_session_tick_dialogue (self, now_us);
      break;
    case FL_SERIAL_STATE_THANKS:
      if (now_us >= self->limit_us)
        fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
      break;
    case FL_SERIAL_STATE_RECOVERING:
      fl_serial_session_tick_recovery (self, now_us);
      break;
    }
}

gint64
fl_serial_session_get_deadline (FlSerialSession *self)
{
  gint64 deadline_us = self->limit_us;

  if (self->state == FL_SERIAL_STATE_ASKING &&
      get_answer_state (self) == FL_SERIAL_ANSWER_MAY_GO_ON)
    deadline_us = MIN (deadline_us, self->last_us + QUIET_US);
  if ((self->state == FL_SERIAL_STATE_ASKING && is_letter_echoed (self, (char) self->ask)) ||
      (self->state == FL_SERIAL_STATE_OPENING && is_letter_echoed (self, 'w')))
    deadline_us = MIN (deadline_us, self->last_us + STUCK_US);
  return MIN (deadline_us, fl_serial_session_get_dialogue_deadline (self));
}

FlSecret *
fl_serial_session_take (FlSerialSession *self)
{
  FlSecret *part = NULL;
  gsize left_bytes = 0;

  if (self->out == NULL)
    return NULL;
  left_bytes = fl_secret_get_size (self->out) - self->out_sent;
  part = fl_secret_new (fl_secret_get_data (self->out) + self->out_sent,
                        MIN (left_bytes, TAKE_MAX_BYTES));
  self->out_sent += fl_secret_get_size (part);
  if (self->out_sent == fl_secret_get_size (self->out))
    g_clear_pointer (&self->out, fl_secret_unref);
  return part;
}

gboolean
fl_serial_session_next_event (FlSerialSession *self, FlSerialEvent *event)
{
  FlSerialEvent *next = g_queue_pop_head (self->events);

  *event = (FlSerialEvent){ 0 };
  if (next == NULL)
    return FALSE;

  *event = *next;
  g_free (next);
  if (event->kind == FL_SERIAL_EVENT_LOG)
    self->n_logs--;
  return TRUE;
}

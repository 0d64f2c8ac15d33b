/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-session"
#include "config.h"

#include "fl-serial-session-private.h"

#include "fl-error.h"

/* PROTOCOL.md, "A console that is stuck". */
#define ROUND_US   (500 * G_TIME_SPAN_MILLISECOND)
#define SEARCH_US  (45 * G_TIME_SPAN_SECOND) /* the device may be searching for a network */
#define SAVE_US    (40 * G_TIME_SPAN_SECOND)
#define THANKS_US  (2 * G_TIME_SPAN_SECOND)
#define MAX_ROUNDS 15

/* Deletes what was typed into the question before, our own letters among it; where there is nothing
 * to delete, nothing happens. */
#define EMPTY_LINE DELETE_8 DELETE_8 DELETE_8 DELETE_8 DELETE_8 DELETE_8 DELETE_8 DELETE_8 "\n"
#define DELETE_8   "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"
#define DELETE     0x7f

/* What leads to the end without anything stored, as far as that is possible: a personal
 * network without a password is refused from 0.7.0 on. */
static const char *
choose_answer (FlSerialSaying question, guint n_asked)
{
  if (question == FL_SERIAL_SAYS_SSID)
    return n_asked > 0 ? "x\n" : "\n"; /* before 0.7.0 the empty one is refused at the end */
  if (question == FL_SERIAL_SAYS_SECURITY || question == FL_SERIAL_SAYS_SECURITY_ENTERPRISE)
    return "3\n";
  if (question == FL_SERIAL_SAYS_CIPHER)
    return "1\n";
  if (question == FL_SERIAL_SAYS_EAP_TYPE)
    return "0\n";
  return "\n";
}

/* @blind: not to a question that has been seen; if nothing comes back, there is none. */
static void
type (FlSerialSession *self, const char *text, gboolean blind, gint64 limit_us)
{
  g_autoptr (FlSecret) answer = fl_secret_new_from_string (text);

  self->n_rounds++;
  self->heard = FALSE;
  self->is_blind = blind;
  fl_serial_session_send (self, answer);
  fl_serial_input_drop_all (&self->input);
  fl_serial_session_enter (self, FL_SERIAL_STATE_RECOVERING, limit_us);
}

void
fl_serial_session_recover (FlSerialSession *self, gint64 now_us)
{
  g_return_if_fail (!fl_serial_session_is_busy (self));

  fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
  self->n_rounds = 0;
  self->saving = FALSE;
  for (guint i = 0; i < FL_SERIAL_N_SAYINGS; i++)
    self->n_asked[i] = 0;
  self->stuck = TRUE;
  type (self, EMPTY_LINE, TRUE, now_us + ROUND_US);
}

static void
finish (FlSerialSession *self, FlSerialSaying saying, gint64 now_us)
{
  self->stuck = FALSE;
  fl_serial_session_push (self, FL_SERIAL_EVENT_FREE);
  if (saying == FL_SERIAL_SAYS_SAVED)
    fl_serial_session_enter (self, FL_SERIAL_STATE_THANKS, now_us + THANKS_US);
  else
    fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
}

static gboolean
give_up (FlSerialSession *self)
{
  if (self->n_rounds < MAX_ROUNDS)
    return FALSE;
  fl_serial_session_fail (self,
                          g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT,
                                               "The console does not come out of a question"));
  return TRUE;
}

static void
on_question (FlSerialSession *self, FlSerialSaying question, gint64 now_us)
{
  const char *text = choose_answer (question, self->n_asked[question]);

  self->n_asked[question]++;
  if (!give_up (self))
    type (self, text, FALSE, now_us + SEARCH_US);
}

/* The end of its line has come back, alone: it was in a question indeed. */
static gboolean
is_line_end_echoed (const GByteArray *bytes)
{
  for (gsize i = 0; i + 2 <= bytes->len; i++)
    if ((i == 0 || bytes->data[i - 1] == '\n' || bytes->data[i - 1] == DELETE) &&
        bytes->data[i] == '\r' && bytes->data[i + 1] == '\n')
      return TRUE;
  return FALSE;
}

void
fl_serial_session_read_recovery (FlSerialSession *self, gint64 now_us)
{
  const GByteArray *bytes = self->input.bytes;
  FlSerialSaying saying = FL_SERIAL_N_SAYINGS;
  gsize start = 0, end = 0, keep_bytes = 0;

  while (self->state == FL_SERIAL_STATE_RECOVERING &&
         fl_serial_find_saying (bytes->data, bytes->len, &saying, &start, &end, &keep_bytes))
    {
      fl_serial_input_drop (&self->input, end);
      if (fl_serial_saying_is_question (saying))
        on_question (self, saying, now_us);
      else if (saying == FL_SERIAL_SAYS_SAVING)
        fl_serial_session_enter (self, FL_SERIAL_STATE_RECOVERING, now_us + SAVE_US);
      else
        finish (self, saying, now_us);
    }
  if (self->state != FL_SERIAL_STATE_RECOVERING || self->heard || !is_line_end_echoed (bytes))
    return;
  self->heard = TRUE;
  self->limit_us = MAX (self->limit_us, now_us + SEARCH_US);
}

void
fl_serial_session_tick_recovery (FlSerialSession *self, gint64 now_us)
{
  if (now_us < self->limit_us)
    return;
  if (!self->heard && self->is_blind)
    finish (self, FL_SERIAL_N_SAYINGS, now_us);
  else if (!give_up (self))
    type (self, EMPTY_LINE, TRUE, now_us + ROUND_US);
}

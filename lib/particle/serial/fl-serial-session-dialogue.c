/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-session"
#include "config.h"

#include "fl-serial-session-private.h"

#include "fl-error.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* PROTOCOL.md, "Times". */
#define OPEN_US   (5 * G_TIME_SPAN_SECOND)
#define SCAN_US   (45 * G_TIME_SPAN_SECOND) /* the device's own limit is 30 s */
#define CHOICE_US (10 * G_TIME_SPAN_SECOND)
#define ANSWER_US (20 * G_TIME_SPAN_SECOND)
#define SAVE_US   (40 * G_TIME_SPAN_SECOND)
#define DRAIN_US  (250 * G_TIME_SPAN_MILLISECOND)
#define THANKS_US (2 * G_TIME_SPAN_SECOND)

/* Ours. How long the console must be silent before an echo that did not come, or not as it was
 * typed, is given up; longer in the middle of one. */
#define LOST_ECHO_US   (500 * G_TIME_SPAN_MILLISECOND)
#define BROKEN_ECHO_US (2 * G_TIME_SPAN_SECOND)

#define MAX_OPENED 2
#define MAX_ASKED  3
#define MAX_SSIDS  2 /* asked again, it saw an empty line */
#define DELETE     0x7f

void
fl_serial_session_begin_dialogue (FlSerialSession *self, gint64 now_us)
{
  self->n_opened++;
  fl_serial_input_drop_all (&self->input);
  fl_serial_session_send_letter (self, 'w');
  fl_serial_session_enter (self, FL_SERIAL_STATE_OPENING, now_us + OPEN_US);
}

static gint64
get_limit_us (FlSerialSaying question)
{
  if (question == FL_SERIAL_SAYS_SSID || question == FL_SERIAL_SAYS_SECURITY ||
      question == FL_SERIAL_SAYS_SECURITY_ENTERPRISE)
    return SCAN_US;
  if (question == FL_SERIAL_SAYS_CIPHER || question == FL_SERIAL_SAYS_EAP_TYPE)
    return CHOICE_US;
  return ANSWER_US;
}

/* A "w" that came late was typed into the name: it is deleted, which does nothing if there is none.
 */
static FlSecret *
add_deletion (FlSecret *answer)
{
  const gsize size_bytes = fl_secret_get_size (answer);
  FlSecret *text = fl_secret_new_zeroed (size_bytes + 1);

  fl_secret_get_writable (text)[0] = DELETE;
  memcpy (fl_secret_get_writable (text) + 1, fl_secret_get_data (answer), size_bytes);
  return text;
}

static void
answer (FlSerialSession *self, FlSecret *text, gint64 now_us)
{
  g_autoptr (FlSecret) whole = NULL;

  if (self->question == FL_SERIAL_SAYS_SSID && self->n_opened > 1)
    whole = add_deletion (text);
  else
    whole = fl_secret_ref (text);
  fl_serial_session_push (self, FL_SERIAL_EVENT_QUESTION);
  fl_serial_session_send (self, whole);
  fl_serial_input_expect (&self->input, text);
  fl_serial_session_enter (self, FL_SERIAL_STATE_DIALOGUE, now_us + get_limit_us (self->question));
}

/* (nullable) (transfer full) what is wrong with being asked that again */
static GError *
check_repeat (FlSerialSession *self, FlSerialSaying question)
{
  const gboolean again = self->question == question;
  const guint most = question == FL_SERIAL_SAYS_SSID ? MAX_SSIDS : MAX_ASKED;

  if (again && fl_serial_saying_get_max_bytes (question) == 1)
    return fl_serial_answers_explain_refusal (&self->answers, question);
  if (self->n_asked[question] >= most)
    return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "The device asked \"%s\" again and again",
                        fl_serial_saying_get_text (question));
  return NULL;
}

static void
on_question (FlSerialSession *self, FlSerialSaying question, gint64 now_us)
{
  const gboolean named = self->n_asked[FL_SERIAL_SAYS_USERNAME] > 0;
  GError *error = check_repeat (self, question);
  FlSecret *text = NULL;

  if (error == NULL)
    text = fl_serial_answers_get (&self->answers, question, named, &error);
  if (text == NULL)
    {
      fl_serial_session_fail (self, error);
      return;
    }
  self->question = question;
  self->n_asked[question]++;
  answer (self, text, now_us);
}

static void
on_saved (FlSerialSession *self, FlSerialSaying saying, gint64 now_us)
{
  self->stuck = FALSE;
  if (!self->saving)
    fl_serial_session_push (self, FL_SERIAL_EVENT_SAVING);
  self->saving = TRUE;
  fl_serial_session_push (self, FL_SERIAL_EVENT_SAVED);
  if (saying == FL_SERIAL_SAYS_LOVE)
    fl_serial_session_enter (self, FL_SERIAL_STATE_IDLE, G_MAXINT64);
  else
    fl_serial_session_enter (self, FL_SERIAL_STATE_THANKS, now_us + THANKS_US);
}

static void
on_refused (FlSerialSession *self, FlSerialSaying saying)
{
  self->stuck = FALSE;
  self->saving = FALSE;
  if (saying == FL_SERIAL_SAYS_NO_MEMORY)
    fl_serial_session_fail (self, g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_BUSY,
                                                       "The device has no memory for a login"));
  else
    fl_serial_session_fail (self,
                            g_error_new_literal (FL_ERROR, FL_ERROR_INVALID_INPUT,
                                                 _ ("The device did not take these details.")));
}

static gboolean
is_end (FlSerialSaying saying)
{
  return saying == FL_SERIAL_SAYS_SAVED || saying == FL_SERIAL_SAYS_LOVE ||
         saying == FL_SERIAL_SAYS_FAILED || saying == FL_SERIAL_SAYS_NO_MEMORY;
}

/* The first thing a dialogue says is "SSID"; else it is somebody else's. */
static void
on_opening (FlSerialSession *self, FlSerialSaying saying, gint64 now_us)
{
  if (is_end (saying) || saying == FL_SERIAL_SAYS_SAVING)
    return; /* of an earlier one */
  self->stuck = TRUE;
  if (saying == FL_SERIAL_SAYS_SSID)
    on_question (self, saying, now_us);
  else
    fl_serial_session_fail (self, g_error_new (FL_ERROR, FL_ERROR_DEVICE_BUSY,
                                               "The console was in the middle of a dialogue: %s",
                                               fl_serial_saying_get_text (saying)));
}

static void
on_saying (FlSerialSession *self, FlSerialSaying saying, gint64 now_us)
{
  if (self->state == FL_SERIAL_STATE_OPENING)
    on_opening (self, saying, now_us);
  else if (saying == FL_SERIAL_SAYS_SAVED || saying == FL_SERIAL_SAYS_LOVE)
    on_saved (self, saying, now_us);
  else if (is_end (saying))
    on_refused (self, saying);
  else if (saying == FL_SERIAL_SAYS_SAVING)
    {
      self->saving = TRUE;
      fl_serial_session_push (self, FL_SERIAL_EVENT_SAVING);
      fl_serial_session_enter (self, FL_SERIAL_STATE_SAVING, now_us + SAVE_US);
    }
  else if (self->state == FL_SERIAL_STATE_SAVING)
    fl_serial_session_fail (self,
                            g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED,
                                                 "The device asked again while it was saving"));
  else
    on_question (self, saying, now_us);
}

static gboolean
is_talking (FlSerialSession *self)
{
  return self->state == FL_SERIAL_STATE_OPENING || self->state == FL_SERIAL_STATE_DIALOGUE ||
         self->state == FL_SERIAL_STATE_SAVING;
}

/* Takes out the earliest saying. FALSE: there is none. */
static gboolean
read_saying (FlSerialSession *self, gint64 now_us)
{
  FlSerialSaying saying = FL_SERIAL_N_SAYINGS;
  gsize start = 0, end = 0, keep_bytes = 0;
  const GByteArray *bytes = self->input.bytes;

  if (!fl_serial_find_saying (bytes->data, bytes->len, &saying, &start, &end, &keep_bytes))
    {
      if (self->state == FL_SERIAL_STATE_SAVING) /* the rest of its own sentence */
        fl_serial_input_drop (&self->input, bytes->len - keep_bytes);
      else
        fl_serial_session_log (self, bytes->len - keep_bytes);
      return FALSE;
    }
  fl_serial_input_drop (&self->input, end);
  on_saying (self, saying, now_us);
  return TRUE;
}

void
fl_serial_session_read_dialogue (FlSerialSession *self, gint64 now_us)
{
  while (is_talking (self) && fl_serial_input_settle (&self->input))
    if (!read_saying (self, now_us))
      return;
}

/* The last saying of what has come. FALSE: none. */
static gboolean
find_last (FlSerialSession *self, FlSerialSaying *last, gsize *end)
{
  const GByteArray *bytes = self->input.bytes;
  FlSerialSaying saying = FL_SERIAL_N_SAYINGS;
  gsize from = 0, next_start = 0, next_end = 0, keep_bytes = 0;

  while (fl_serial_find_saying (bytes->data + from, bytes->len - from, &saying, &next_start,
                                &next_end, &keep_bytes))
    {
      *last = saying;
      from += next_end;
    }
  *end = from;
  return from > 0;
}

/* When the echo is given up: the console has said something after it and is silent. */
static gint64
get_echo_limit_us (FlSerialSession *self)
{
  FlSerialSaying saying = FL_SERIAL_N_SAYINGS;
  gsize end = 0;

  if (!is_talking (self) || self->input.echo == NULL || !find_last (self, &saying, &end))
    return G_MAXINT64;
  return self->last_us +
         (fl_serial_input_is_echoing (&self->input) ? BROKEN_ECHO_US : LOST_ECHO_US);
}

/* Whatever came before the last saying may be a part of the echo, and is shown to nobody. */
static void
give_up_echo (FlSerialSession *self, gint64 now_us)
{
  FlSerialSaying saying = FL_SERIAL_N_SAYINGS;
  gsize end = 0;

  if (!find_last (self, &saying, &end))
    return;
  g_debug ("An echo was not as it was typed");
  g_clear_pointer (&self->input.echo, fl_secret_unref);
  fl_serial_input_drop (&self->input, end);
  on_saying (self, saying, now_us);
  fl_serial_session_read_dialogue (self, now_us);
}

static void
expire_opening (FlSerialSession *self, gint64 now_us)
{
  if (self->n_opened < MAX_OPENED)
    {
      fl_serial_input_drop_all (&self->input);
      fl_serial_session_enter (self, FL_SERIAL_STATE_DRAINING, now_us + DRAIN_US);
      return;
    }
  fl_serial_session_fail (self, g_error_new_literal (FL_ERROR, FL_ERROR_NOT_LISTENING,
                                                     "The console did not answer to 'w'"));
}

static void
expire (FlSerialSession *self, gint64 now_us)
{
  const GByteArray *bytes = self->input.bytes;

  if (self->state == FL_SERIAL_STATE_OPENING)
    expire_opening (self, now_us);
  else if (self->state == FL_SERIAL_STATE_DIALOGUE && self->input.echo == NULL && bytes->len > 0)
    fl_serial_session_fail (self,
                            g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED,
                                                 "The device asked something that is not known"));
  else
    fl_serial_session_fail (self, g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT,
                                                       "The console said nothing more"));
}

void
fl_serial_session_tick_dialogue (FlSerialSession *self, gint64 now_us)
{
  if (now_us >= get_echo_limit_us (self))
    give_up_echo (self, now_us);
  else if (now_us >= self->limit_us)
    expire (self, now_us);
}

gint64
fl_serial_session_get_dialogue_deadline (FlSerialSession *self)
{
  return get_echo_limit_us (self);
}

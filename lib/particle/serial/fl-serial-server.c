/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-server-private.h"

#include <string.h>

/* In 0.4.x print() waits so long after each character: system/src/system_setup.cpp, tag v0.4.9. */
#define PRINT_US (1 * G_TIME_SPAN_MILLISECOND)
/* The pause before 'f' is refused. */
#define NO_TRANSFER_US   (100 * G_TIME_SPAN_MILLISECOND)
#define CLAIM_CODE_BYTES 63

/* Ours: a cable holds back what does not fit, but not without end. */
#define INPUT_MAX_BYTES  8192
#define OUTPUT_MAX_BYTES 4096

/* Lines of one byte, with their ends; never grows, so that no copy of a key stays behind. */
#define PEM_MAX_BYTES (3 * 4096)

/* system/src/system_setup.cpp, tags v0.4.4 to v6.2.0 */
static const struct
{
  char letter;
  guint since;
} commands[] = {
  { 'i', 0 },
  { 'm', 0 },
  { 'v', FL_SERIAL_VERSION (0, 4, 5) },
  { 's', FL_SERIAL_VERSION (0, 4, 5) },
  { 'w', 0 },
  { 'x', 0 },
  { 'f', 0 },
  { 'L', FL_SERIAL_VERSION (0, 5, 0) },
  { 'c', FL_SERIAL_VERSION (0, 6, 0) },
  { 'C', FL_SERIAL_VERSION (0, 6, 0) },
  { 'd', FL_SERIAL_VERSION (0, 8, 0) },
};

FlSerialServer *
fl_serial_server_new (FlSerialGeneration generation,
                      guint version,
                      const FlSerialDevice *vtable,
                      gpointer device)
{
  FlSerialServer *self = NULL;

  g_return_val_if_fail (vtable != NULL, NULL);

  self = g_new0 (FlSerialServer, 1);
  self->generation = generation;
  self->version = version;
  self->vtable = vtable;
  self->device = device;
  self->listening = TRUE;
  self->echo = TRUE;
  self->now_us = G_MININT64;
  self->wake_us = G_MININT64;
  self->question = FL_SERIAL_N_SAYINGS;
  self->input = g_byte_array_new ();
  self->output = g_byte_array_new ();
  self->held = g_byte_array_new ();
  self->pem = g_byte_array_sized_new (PEM_MAX_BYTES);
  fl_serial_line_init (&self->line);
  return self;
}

void
fl_serial_server_free (FlSerialServer *self)
{
  if (self == NULL)
    return;

  fl_serial_server_clear_typed (self);
  fl_serial_line_clear (&self->line);
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->output);
  g_byte_array_unref (self->held);
  g_byte_array_unref (self->pem);
  g_free (self);
}

void
fl_serial_server_sleep (FlSerialServer *self, gint64 time_us)
{
  if (time_us < 0)
    self->wake_us = G_MAXINT64; /* until somebody wakes it */
  else if (self->wake_us != G_MAXINT64)
    self->wake_us = MAX (self->wake_us, self->now_us) + time_us;
}

static void
print (FlSerialServer *self, const void *data, gsize size_bytes)
{
  if (self->version < FL_SERIAL_VERSION (0, 5, 0))
    fl_serial_server_sleep (self, (gint64) size_bytes * PRINT_US);
  g_byte_array_append (self->wake_us > self->now_us ? self->held : self->output, data,
                       (guint) size_bytes);
}

void
fl_serial_server_say (FlSerialServer *self, const char *text)
{
  print (self, text, strlen (text));
}

void
fl_serial_server_flush (FlSerialServer *self)
{
  g_byte_array_set_size (self->input, 0);
}

void
fl_serial_server_begin_line (FlSerialServer *self, gsize max_bytes)
{
  fl_serial_line_begin (&self->line, max_bytes);
}

static gboolean
knows (FlSerialServer *self, char letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].letter == letter)
      return self->version >= commands[i].since;
  return FALSE;
}

static void
answer (FlSerialServer *self, char letter)
{
  FlSecret *text = self->vtable->answer (self->device, letter);

  if (text == NULL)
    return;
  print (self, fl_secret_get_data (text), fl_secret_get_size (text));
  fl_secret_unref (text);
}

static void
call_command (FlSerialServer *self, char letter)
{
  self->in_callback = TRUE;
  self->vtable->command (self->device, letter);
  self->in_callback = FALSE;
}

static void
begin_transfer (FlSerialServer *self)
{
  fl_serial_server_say (self,
                        "Waiting for the binary file to be sent ... (press 'a' to abort)\r\n");
  self->step = FL_SERIAL_STEP_TRANSFER;
  if (self->version < FL_SERIAL_VERSION (6, 0, 0))
    return;
  self->step = FL_SERIAL_STEP_NO_TRANSFER;
  fl_serial_server_sleep (self, NO_TRANSFER_US);
}

static void
begin_claim_code (FlSerialServer *self)
{
  fl_serial_server_say (self, "Enter 63-digit claim code: ");
  fl_serial_server_begin_line (self, CLAIM_CODE_BYTES);
  self->step = FL_SERIAL_STEP_CLAIM_CODE;
}

static void
run_command (FlSerialServer *self, char letter)
{
  if (!knows (self, letter))
    return;
  switch (letter)
    {
    case 'w':
      fl_serial_server_begin_dialogue (self);
      break;
    case 'x':
    case 'L':
      call_command (self, letter);
      break;
    case 'f':
      begin_transfer (self);
      break;
    case 'C':
      begin_claim_code (self);
      break;
    default:
      answer (self, letter);
      break;
    }
}

static void
take_claim_code (FlSerialServer *self)
{
  const char *code = fl_serial_line_get_text (&self->line);

  fl_serial_server_say (self, "\r\n");
  fl_serial_server_flush (self);
  if (strlen (code) == CLAIM_CODE_BYTES)
    {
      if (self->vtable->claim != NULL)
        self->vtable->claim (self->device, code);
      fl_serial_server_say (self, "Claim code set to: ");
      fl_serial_server_say (self, code);
    }
  else
    fl_serial_server_say (self,
                          "Sorry, claim code is not 63 characters long. Claim code unchanged.");
  fl_serial_server_say (self, "\r\n");
  self->step = FL_SERIAL_STEP_COMMAND;
}

static void
take_line_byte (FlSerialServer *self, guint8 byte)
{
  switch (fl_serial_line_feed (&self->line, byte))
    {
    case FL_SERIAL_LINE_TAKEN:
      if (self->echo) /* at once, in every version */
        g_byte_array_append (self->output, &byte, 1);
      break;
    case FL_SERIAL_LINE_IGNORED:
      break;
    case FL_SERIAL_LINE_ENDED:
      if (self->step == FL_SERIAL_STEP_CLAIM_CODE)
        take_claim_code (self);
      else
        fl_serial_server_take_line (self);
      break;
    }
}

static void
take_byte (FlSerialServer *self, guint8 byte)
{
  switch (self->step)
    {
    case FL_SERIAL_STEP_COMMAND:
      run_command (self, (char) byte);
      break;
    case FL_SERIAL_STEP_QUESTION:
    case FL_SERIAL_STEP_CLAIM_CODE:
      take_line_byte (self, byte);
      break;
    case FL_SERIAL_STEP_TRANSFER:
      if (byte == 'a')
        self->step = FL_SERIAL_STEP_COMMAND;
      break;
    case FL_SERIAL_STEP_SCAN:
    case FL_SERIAL_STEP_DRY_RUN:
    case FL_SERIAL_STEP_SAVE:
    case FL_SERIAL_STEP_LEAVE:
    case FL_SERIAL_STEP_NO_TRANSFER:
      g_return_if_reached (); /* they read nothing */
    }
}

/* FALSE: nothing to read. */
static gboolean
read_byte (FlSerialServer *self)
{
  guint8 byte = 0;

  if (!self->listening && self->step == FL_SERIAL_STEP_COMMAND)
    fl_serial_server_flush (self);
  if (self->input->len == 0 || self->output->len >= OUTPUT_MAX_BYTES)
    return FALSE;
  byte = self->input->data[0];
  g_byte_array_remove_index (self->input, 0);
  take_byte (self, byte);
  return TRUE;
}

/* FALSE: nothing to do. */
static gboolean
do_step (FlSerialServer *self)
{
  switch (self->step)
    {
    case FL_SERIAL_STEP_COMMAND:
    case FL_SERIAL_STEP_QUESTION:
    case FL_SERIAL_STEP_CLAIM_CODE:
    case FL_SERIAL_STEP_TRANSFER:
      return read_byte (self);
    case FL_SERIAL_STEP_NO_TRANSFER:
      fl_serial_server_say (self, "\x18\x18\x18\x18"
                                  "Serial/YModem flashing is no longer supported\r\n");
      self->step = FL_SERIAL_STEP_COMMAND;
      return TRUE;
    case FL_SERIAL_STEP_LEAVE:
      self->step = FL_SERIAL_STEP_COMMAND;
      if (self->listening)
        call_command (self, 'x');
      return TRUE;
    case FL_SERIAL_STEP_SCAN:
    case FL_SERIAL_STEP_DRY_RUN:
    case FL_SERIAL_STEP_SAVE:
      self->in_callback = TRUE;
      fl_serial_server_do_step (self);
      self->in_callback = FALSE;
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static void
run (FlSerialServer *self)
{
  if (self->in_callback)
    return;
  do
    {
      if (self->wake_us > self->now_us)
        return;
      self->wake_us = G_MININT64;
      g_byte_array_append (self->output, self->held->data, self->held->len);
      g_byte_array_set_size (self->held, 0);
    }
  while (do_step (self));
}

void
fl_serial_server_set_listening (FlSerialServer *self, gboolean listening)
{
  if (self->listening == listening)
    return;
  self->listening = listening;
  if (listening || self->in_callback)
    return;
  self->step = FL_SERIAL_STEP_COMMAND;
  self->wake_us = G_MININT64;
  g_byte_array_set_size (self->held, 0);
  fl_serial_server_flush (self);
  fl_serial_server_clear_typed (self);
}

void
fl_serial_server_feed (FlSerialServer *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  g_return_if_fail (data != NULL || size_bytes == 0);

  g_byte_array_append (self->input, data,
                       (guint) MIN (size_bytes, INPUT_MAX_BYTES - self->input->len));
  fl_serial_server_tick (self, now_us);
}

void
fl_serial_server_tick (FlSerialServer *self, gint64 now_us)
{
  self->now_us = MAX (self->now_us, now_us);
  run (self);
}

gint64
fl_serial_server_get_deadline (FlSerialServer *self)
{
  return self->wake_us == G_MININT64 ? G_MAXINT64 : self->wake_us;
}

void
fl_serial_server_wake (FlSerialServer *self, gint64 now_us)
{
  if (self->wake_us != G_MAXINT64)
    return;
  self->wake_us = now_us;
  fl_serial_server_tick (self, now_us);
}

GBytes *
fl_serial_server_take (FlSerialServer *self)
{
  GBytes *bytes = NULL;

  if (self->output->len == 0)
    return NULL;
  bytes = g_byte_array_free_to_bytes (self->output);
  self->output = g_byte_array_new ();
  run (self); /* it may have waited for room */
  return bytes;
}

FlSerialSaying
fl_serial_server_get_question (FlSerialServer *self)
{
  if (self->step != FL_SERIAL_STEP_QUESTION || self->wake_us > self->now_us)
    return FL_SERIAL_N_SAYINGS;
  return self->question;
}

void
fl_serial_server_set_echo (FlSerialServer *self, gboolean echo)
{
  self->echo = echo;
}

void
fl_serial_server_print (FlSerialServer *self, const char *text)
{
  g_byte_array_append (self->output, (const guint8 *) text, (guint) strlen (text));
}

void
fl_serial_server_get_stuck (FlSerialServer *self, FlSerialSaying question)
{
  g_return_if_fail (fl_serial_saying_is_question (question));

  fl_serial_server_clear_typed (self);
  self->ssid = g_bytes_new_static ("Earlier", 7);
  self->security = question < FL_SERIAL_SAYS_EAP_TYPE ? 3 : 5;
  fl_serial_server_ask (self, question);
  g_byte_array_set_size (self->output, 0);
  g_byte_array_set_size (self->held, 0);
}

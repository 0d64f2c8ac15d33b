/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-console.h"
#include "fl-sim-usb.h"

/* A person at a terminal for tests of the console of simulated devices, in time that it keeps
 * itself. */
typedef struct
{
  FlSimWorld *world;
  FlSimDevice *device;
  FlSimConsole *console; /* (nullable): not open */
  GString *said;         /* since the last answer */
  gint64 now_us;
} ConsoleClient;

/* What somebody answers when asked; NULL: an empty line. */
typedef struct
{
  const char *ssid, *security, *cipher, *password, *eap_type, *username, *outer;
  const char *ca, *certificate, *key; /* files of the scenario "campus" */
} ConsoleAnswers;

/* @device: its name in "campus", or NULL: the first one of @scenario, which is the text then */
ConsoleClient *console_client_new (const char *scenario, const char *device);
void console_client_free (ConsoleClient *self);
void console_client_open (ConsoleClient *self);
void console_client_close (ConsoleClient *self);
/* Lets time pass. */
void console_client_wait (ConsoleClient *self, gint64 time_us);
void console_client_type (ConsoleClient *self, const char *text);
/* Until @text has been said, within @time_us; FALSE: it was not. */
gboolean console_client_expect (ConsoleClient *self, const char *text, gint64 time_us);
/* Types @letter and gives back all that is said to it within two seconds. (transfer full) */
char *console_client_ask (ConsoleClient *self, const char *letter);
/* The whole dialogue, question by question. FALSE: it ended before something was stored, or the
 * port went away; what was said is in @said. */
gboolean console_client_set_up (ConsoleClient *self, const ConsoleAnswers *answers);
/* Until the device reaches the cloud or listens again, within a minute. */
gboolean console_client_is_online (ConsoleClient *self);
/* A file of the scenario "campus". */
char *console_client_read (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsoleClient, console_client_free)

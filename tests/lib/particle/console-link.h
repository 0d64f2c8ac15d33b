/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-serial-link.h"
#include "fl-serial-server.h"

G_BEGIN_DECLS

/**
 * ConsoleLink:
 *
 * A serial port with a device's console behind it, in virtual time. The device's firmware and what
 * it sees are fields; what was said to it, too.
 */
#define CONSOLE_TYPE_LINK (console_link_get_type ())
G_DECLARE_FINAL_TYPE (ConsoleLink, console_link, CONSOLE, LINK, GObject)

typedef void (*ConsoleHook) (gpointer data);

struct _ConsoleLink
{
  GObject parent_instance;

  FlClock *clock;
  FlSerialServer *server;
  gboolean open;
  guint timer_id;
  GError *refusal; /* (nullable) of opening */
  GString *rates;  /* "talk listen talk " */
  guint n_opened;
  guint n_bytes; /* that the computer wrote */

  /* the device */
  gboolean in_sight;
  FlSerialFound found;
  gint64 scan_us;
  FlSerialSave saves;
  gboolean is_old_format; /* of 'i' */
  gboolean rate_listens;
  int network_error; /* of 'd' */
  int platform_id;
  char *version;

  /* what it got */
  guint n_saved, n_left;
  int security;
  GBytes *ssid;
  FlSecret *password;
  char *identity;

  /* @hook runs when the device waits in @hook_at, or after it stored: once. */
  FlSerialSaying hook_at;
  ConsoleHook hook;
  gpointer hook_data;
  ConsoleHook on_saved;
  gpointer on_saved_data;
  gsize chunk_bytes; /* most that comes at once; 0: all */
};

ConsoleLink *console_link_new (FlClock *clock, int platform_id, const char *version);
/* The cable is pulled. */
void console_link_unplug (ConsoleLink *self);
/* Says what its application would. */
void console_link_print (ConsoleLink *self, const char *text);
/* Something about the server changed outside. */
void console_link_wake (ConsoleLink *self);

G_END_DECLS

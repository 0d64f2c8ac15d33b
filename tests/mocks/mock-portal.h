/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the person, or the desktop, answers. */
typedef enum
{
  MOCK_PORTAL_GRANTS,
  MOCK_PORTAL_CANCELS,     /* the person closes the question */
  MOCK_PORTAL_REFUSES,     /* it ends some other way */
  MOCK_PORTAL_NOT_ALLOWED, /* the call itself fails */
  MOCK_PORTAL_ASKS,        /* and nobody answers */
  MOCK_PORTAL_OLD,         /* grants, with a handle of its own choice */
  MOCK_PORTAL_NO_FILE,     /* grants, but then gives no connection */
} MockPortalMood;

/**
 * MockPortal:
 *
 * The desktop's camera portal on a session bus of its own. Answers from the main context.
 */
typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *bus;
  guint object_id;
  guint name_id;
  gboolean has_name;
  MockPortalMood mood;
  gboolean is_present; /* whether there is a camera */
  int socket;          /* given to whoever may have it; -1: a socket that nobody serves */
  guint n_asked;
  guint n_closed; /* questions taken back */
} MockPortal;

void mock_portal_start (MockPortal *self);
void mock_portal_stop (MockPortal *self);
void mock_portal_set_present (MockPortal *self, gboolean present);
/* The portal goes away in the middle. */
void mock_portal_leave (MockPortal *self);

G_END_DECLS

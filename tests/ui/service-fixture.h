/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-service-guide-private.h"
#include "fl-sim-world.h"
#include "ui-fixture.h"

G_BEGIN_DECLS

/* The service view in a window of its own, over a simulated world in virtual time. */
typedef struct
{
  FlSimWorld *world;
  FlEngine *engine;
  GtkWindow *window;
  FlWizard *wizard;
  FlServiceGuide *guide;
  char *toast; /* the last one */
} ServiceFixture;

/* A board on a cable that knows Home, and one that is heard over Bluetooth. */
extern const char service_two_devices[];

/* @scenario: its text. */
void service_fixture_set_up (ServiceFixture *f, gconstpointer scenario);
void service_fixture_tear_down (ServiceFixture *f, gconstpointer unused);

/* Until all that is pending is done and drawn. */
void service_fixture_settle (ServiceFixture *f);
void service_fixture_click (ServiceFixture *f, gpointer root, const char *label);
/* The visit of the device whose name ends in @ending, when its row is there. */
FlVisit *service_fixture_wait_visit (ServiceFixture *f, const char *ending);
/* Opens its page and waits until all blocks have been read or cannot be. */
FlVisit *service_fixture_open (ServiceFixture *f, const char *ending);
void service_fixture_wait_page (ServiceFixture *f, gpointer page);
void service_fixture_wait_idle (ServiceFixture *f); /* until no order is under way */
/* A label that contains @words shows in the page that shows. */
gboolean service_fixture_says (ServiceFixture *f, const char *words);
/* Presses the button that does it in the dialog that asks. */
void service_fixture_confirm (ServiceFixture *f, const char *label);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-list.h"
#include "fl-computer-wifi.h"
#include "fl-setup.h"
#include "fl-wizard.h"

G_BEGIN_DECLS

/**
 * FlGuide:
 *
 * Leads a person through the wizard: it turns the stages of a journey into pages, and what is
 * chosen and typed there into the next step of the journey.
 *
 * Signals: "finished": the person is done; "toast" (const char *): something that needs no answer;
 * "closed": after fl_guide_close(), when the device was let go.
 */
#define FL_TYPE_GUIDE (fl_guide_get_type ())
G_DECLARE_FINAL_TYPE (FlGuide, fl_guide, FL, GUIDE, GObject)

/* Adds its first page to @wizard, which must outlive it, and shows it. */
FlGuide *fl_guide_new (FlEngine *engine, FlWizard *wizard);
/* Adds the other pages and begins to look for devices: after the first frame, so that nothing
 * delays it. */
void fl_guide_start (FlGuide *self);
/* The cameras that read labels, once, at any time; without them labels are typed. */
void fl_guide_set_cameras (FlGuide *self, FlCameraList *cameras);
/* This computer's own Wi-Fi, once, at any time: for devices that list no networks. */
void fl_guide_set_wifi (FlGuide *self, FlComputerWifi *wifi);
FlSetup *fl_guide_get_setup (FlGuide *self); /* (nullable), borrowed: the running journey */
/* "Check This Computer"; Back leads to where it was asked for. */
void fl_guide_show_doctor (FlGuide *self);
/* Something was sent and its end is not known: closing now has to be asked about. */
gboolean fl_guide_is_sending (FlGuide *self);
/* What stays on the device when it is left now: a translated sentence, static. */
const char *fl_guide_describe_what_stays (FlGuide *self);
/* Lets the device go. TRUE: done at once; FALSE: "closed" follows, in 3 s at most. */
gboolean fl_guide_close (FlGuide *self);

G_END_DECLS

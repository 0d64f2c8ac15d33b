/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-list.h"
#include "fl-computer-wifi.h"
#include "fl-visit-list.h"
#include "fl-wizard.h"

G_BEGIN_DECLS

/**
 * FlServiceGuide:
 *
 * Leads support staff from the table of devices to one device and what is done with it. It ends
 * every visit when it goes.
 *
 * Signals: "toast" (const char *): something that needs no answer; "left": back to setting up a
 * device; "closed": after fl_service_guide_close(), when every device was let go.
 */
#define FL_TYPE_SERVICE_GUIDE (fl_service_guide_get_type ())
G_DECLARE_FINAL_TYPE (FlServiceGuide, fl_service_guide, FL, SERVICE_GUIDE, GObject)

/* Adds its pages to @wizard, which must outlive it, and shows the first one. */
FlServiceGuide *fl_service_guide_new (FlEngine *engine, FlWizard *wizard);
/* The cameras that read labels, once; without them labels are typed. */
void fl_service_guide_set_cameras (FlServiceGuide *self, FlCameraList *cameras);
/* This computer's own Wi-Fi, once: for devices that list no networks. */
void fl_service_guide_set_wifi (FlServiceGuide *self, FlComputerWifi *wifi);
/* Begins to look for devices and at those that can be read without a question. */
void fl_service_guide_start (FlServiceGuide *self);
/* An order is under way whose end is not known: closing now has to be asked about. */
gboolean fl_service_guide_is_busy (FlServiceGuide *self);
/* Lets all devices go. TRUE: done at once; FALSE: "closed" follows, in 3 s at most. */
gboolean fl_service_guide_close (FlServiceGuide *self);

G_END_DECLS

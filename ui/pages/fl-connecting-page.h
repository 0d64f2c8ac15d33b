/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-engine.h"
#include "fl-device-state.h"
#include "fl-light.h"
#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlConnectingPage:
 *
 * From "Connect" to online: the check list of what is proven, and the light as it should look now.
 */
#define FL_TYPE_CONNECTING_PAGE (fl_connecting_page_get_type ())
G_DECLARE_FINAL_TYPE (FlConnectingPage, fl_connecting_page, FL, CONNECTING_PAGE, FlPage)

FlPage *fl_connecting_page_new (FlClock *clock);
void fl_connecting_page_set_network (FlConnectingPage *self, const char *name);
/* @failed: the journey ended in @stage. */
void fl_connecting_page_set_stage (FlConnectingPage *self, FlStage stage, gboolean failed);
void fl_connecting_page_set_state (FlConnectingPage *self, const FlDeviceState *state);
void
fl_connecting_page_set_light (FlConnectingPage *self, const FlLight *light, gboolean is_reported);
void fl_connecting_page_set_slow (FlConnectingPage *self, gboolean slow);
/* @reports: FALSE for a device that cannot say how far it is: then words help to compare its light.
 */
void fl_connecting_page_set_reports (FlConnectingPage *self, gboolean reports);
/* A line under the list, such as "The connection went away. Looking for the device…"; (nullable) */
void fl_connecting_page_set_note (FlConnectingPage *self, const char *note);

G_END_DECLS

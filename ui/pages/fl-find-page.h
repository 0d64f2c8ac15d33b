/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-find-course.h"
#include "fl-meta-finder.h"
#include "fl-page.h"
#include "fl-product.h"

G_BEGIN_DECLS

/**
 * FlFindPage:
 *
 * "Set Up a Device": the live list of devices nearby, and what to do while there is none.
 *
 * Signals: "chosen" (FlDevice *device, nullable): the main button; NULL when no row is selected and
 * the label shall say which device. "search-again". "use-cable": a cable is wanted, and none was
 * plugged in yet.
 */
#define FL_TYPE_FIND_PAGE (fl_find_page_get_type ())
G_DECLARE_FINAL_TYPE (FlFindPage, fl_find_page, FL, FIND_PAGE, FlPage)

FlPage *fl_find_page_new (void);
/* Before the page is shown. Time for the hints is the finder's clock. */
void fl_find_page_set_finder (FlFindPage *self, FlMetaFinder *finder, FlClock *clock);
void fl_find_page_set_product (FlFindPage *self, FlProduct *product);
/* Whether labels can be scanned here, else they are typed. */
void fl_find_page_set_scans (FlFindPage *self, gboolean scans);
/* What stops the finder that is missed, shown above the list as the page's error: Bluetooth's,
 * while USB goes on. (nullable), borrowed */
FlFinder *fl_find_page_get_stopped (FlFindPage *self);
/* Starts the time of the hints anew: the finders just began to search. */
void fl_find_page_restart (FlFindPage *self);
/* The next device is another one. */
void fl_find_page_unselect (FlFindPage *self);

FlFindState fl_find_page_get_state (FlFindPage *self);

G_END_DECLS

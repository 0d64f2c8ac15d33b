/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-journal.h"
#include "fl-module.h"
#include "fl-need.h"
#include "fl-setup.h"

G_BEGIN_DECLS

/* What a visit reads, each by itself. Nicks: "overview", "state", "networks", "modules". */
typedef enum
{
  FL_VISIT_OVERVIEW, /* identities, versions, protection, set-up done */
  FL_VISIT_STATE,    /* mode, network, address, cloud */
  FL_VISIT_NETWORKS, /* stored ones */
  FL_VISIT_MODULES,
  FL_VISIT_N_BLOCKS
} FlVisitBlock;

typedef enum
{
  FL_BLOCK_EMPTY,
  FL_BLOCK_READING,
  FL_BLOCK_READY,
  FL_BLOCK_FAILED,
  FL_BLOCK_UNSUPPORTED, /* this device cannot tell */
} FlBlockStatus;

/**
 * FlVisit:
 *
 * One device in the hands of support staff: a journey that stops once the device can be talked to,
 * what was read of the device, and the orders it can be given. Orders are done one after another;
 * each ends by itself, and what it changed is read again. A reset or a pulled cable is no end: the
 * device is looked for again.
 *
 * Properties: "device", "open" (gboolean), "busy" (gboolean: an order is under way), "error"
 * (GError, nullable: why it cannot be opened, or why the last order failed), "status" (any block
 * changed). What is known stays when the link goes.
 */
#define FL_TYPE_VISIT (fl_visit_get_type ())
G_DECLARE_FINAL_TYPE (FlVisit, fl_visit, FL, VISIT, GObject)

FlVisit *fl_visit_new (FlEngine *engine, FlDevice *device);
FlDevice *fl_visit_get_device (FlVisit *self);
FlSetup *fl_visit_get_setup (FlVisit *self); /* its journey: stages, light, networks */
FlJournal *fl_visit_get_journal (FlVisit *self);
void fl_visit_set_label (FlVisit *self, FlLabel *label); /* what Bluetooth needs */
/* What a person has to bring before it can be opened. */
FlNeed fl_visit_get_need (FlVisit *self);

/* Opens, and reads all blocks. Idempotent. */
void fl_visit_open (FlVisit *self);
/* Opens, reads all but the networks, and lets go again: for the table. */
void fl_visit_glance (FlVisit *self);
void fl_visit_close (FlVisit *self);
void fl_visit_refresh (FlVisit *self, FlVisitBlock block);

gboolean fl_visit_get_open (FlVisit *self);
gboolean fl_visit_get_busy (FlVisit *self);
const GError *fl_visit_get_error (FlVisit *self); /* (nullable) */
FlBlockStatus fl_visit_get_status (FlVisit *self, FlVisitBlock block);
const GError *fl_visit_get_block_error (FlVisit *self, FlVisitBlock block); /* (nullable) */
FlCapabilities fl_visit_get_capabilities (FlVisit *self);
FlDeviceInfo *fl_visit_get_info (FlVisit *self);   /* (nullable), borrowed */
FlDeviceState *fl_visit_get_state (FlVisit *self); /* (nullable), borrowed */
const FlLight *fl_visit_get_light (FlVisit *self); /* derived from the state; (nullable) */
GListModel *fl_visit_get_known (FlVisit *self);    /* of FlNetwork, first = preferred */
GPtrArray *fl_visit_get_modules (FlVisit *self);   /* (nullable), borrowed, of FlModule */
int fl_visit_get_setup_done (FlVisit *self);       /* 1, 0; -1 not known or no such bit */

/* What was done that a report should say: NULL-terminated, borrowed until the next call. */
const char *const *fl_visit_get_notes (FlVisit *self);

/* Names of all networks that came up during the visit, NULL-terminated, borrowed until the next
 * call: what a report may have to hide. */
const char *const *fl_visit_get_names (FlVisit *self);

/* Orders. Each ends with fl_visit_finish(), when what it changed has been read again. A visit that
 * is not open is opened, and stays so until fl_visit_close(). */
#define FL_VISIT_ARGS GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data
void fl_visit_identify_async (FlVisit *self, gboolean on, FL_VISIT_ARGS);
void fl_visit_listen_async (FlVisit *self, gboolean on, FL_VISIT_ARGS);
/* Ends when the device is back and open again. FL_RESET_NORMAL also leaves update mode. */
void fl_visit_reset_async (FlVisit *self, FlResetKind kind, FL_VISIT_ARGS);
void fl_visit_set_setup_done_async (FlVisit *self, gboolean done, FL_VISIT_ARGS);
/* Adds a network: @test: joins it and waits until it is proven, else only stores it. On failure the
 * device has what it had, and the error says so. */
void fl_visit_add_async (FlVisit *self, FlCredentials *credentials, gboolean test, FL_VISIT_ARGS);
/* "Try Now": a stored network is joined and followed until online or not. */
void fl_visit_try_async (FlVisit *self, GBytes *ssid, FL_VISIT_ARGS);
/* NULL: all. */
void fl_visit_remove_async (FlVisit *self, GBytes *ssid, FL_VISIT_ARGS);
/* The safe order: adds and proves @credentials, and only then removes @ssid. A device that is full
 * loses its last network to the new one; that is refused with FL_ERROR_NETWORKS_FULL unless @ssid
 * is that last one. */
void fl_visit_replace_async (FlVisit *self,
                             GBytes *ssid,
                             FlCredentials *credentials,
                             gboolean test,
                             FL_VISIT_ARGS);
gboolean fl_visit_finish (FlVisit *self, GAsyncResult *result, GError **error);
/* A request for the device's application. */
void fl_visit_request_async (FlVisit *self, guint16 type, FlSecret *payload, FL_VISIT_ARGS);
GBytes *fl_visit_request_finish (FlVisit *self, GAsyncResult *result, int *code, GError **error);

G_END_DECLS

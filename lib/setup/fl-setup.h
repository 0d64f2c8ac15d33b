/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-engine.h"
#include "fl-label.h"
#include "fl-light.h"
#include "fl-stage.h"

G_BEGIN_DECLS

/* What has been proven so far. */
typedef enum
{
  FL_PROOF_STORED = 1 << 0,  /* the device accepted the credentials */
  FL_PROOF_JOINED = 1 << 1,  /* it reports the chosen network */
  FL_PROOF_ADDRESS = 1 << 2, /* it has an address there */
  FL_PROOF_CLOUD = 1 << 3,   /* it reports its cloud connection */
  FL_PROOF_IN_VAIN = 1 << 4, /* it has stored the credentials, and could not join with them */
} FlProof;

/**
 * FlSetup:
 *
 * One device's journey, from finding to online. It owns every time limit, retry and fall-back. It
 * runs by itself as far as it can: give it a label or a device, start it, and it stops in
 * "choosing" with networks streaming in; submit credentials and it follows the device until it is
 * online or an error ends the stage.
 *
 * After a failure everything that was given stays: fl_setup_retry() goes on from the stage that
 * failed, a wrong password leaves the journey in "choosing" with the secure session open and the
 * error set.
 *
 * Properties (all notified): "stage", "error" (GError, nullable), "device" (FlDevice, nullable),
 * "scanning", "light" (pointer, const FlLight *), "light-is-reported", "proof" (FlProof), "slow"
 * (gboolean: the running stage takes longer than usual), "info" (FlDeviceInfo, nullable), "state"
 * (FlDeviceState, nullable), "link-open", "reply" (nullable). Signals: "note" (const char *id,
 * const char *text): things worth a line in a journal, text for people, id stable: "retry" (opening
 * the same road again), "fall-back" (going on over another road), "searching-again" (an open link
 * was lost), "open-doubtful", "waiting-for-cable", "leaving-update-mode", "sending-again", "saved",
 * "request-answered", "request-refused".
 */
#define FL_TYPE_SETUP (fl_setup_get_type ())
G_DECLARE_FINAL_TYPE (FlSetup, fl_setup, FL, SETUP, GObject)

FlSetup *fl_setup_new (FlEngine *engine);

/* Who: at least one of them before start (a product without code needs neither). They may come
 * while finding. */
void fl_setup_set_device (FlSetup *self, FlDevice *device); /* a row was chosen; NULL clears */
void fl_setup_set_label (FlSetup *self, FlLabel *label);    /* code and secret; NULL clears */
void fl_setup_set_target (FlSetup *self, const char *text); /* DEVICE of the command line */
void fl_setup_set_scan (FlSetup *self,
                        gboolean scan); /* FALSE: stop in "choosing" without a scan; default TRUE */

void fl_setup_start (FlSetup *self);
void fl_setup_search_again (FlSetup *self); /* in choosing: scan anew */
/* In choosing, or failed after it: send and follow. */
void fl_setup_join (FlSetup *self, FlCredentials *credentials);
/* Store without trying. Success: back in choosing with FL_PROOF_STORED and the note "saved". */
void fl_setup_save (FlSetup *self, FlCredentials *credentials);
/* From failed: go on from the stage that failed with what is known (a new label first, when the
 * secret was wrong). */
void fl_setup_retry (FlSetup *self);
/* From failed in addressing or reaching: go on polling for another limit. */
void fl_setup_keep_waiting (FlSetup *self);
/* Back to choosing with the session open; from failed stages after choosing. Reconnects when the
 * link is gone. */
void fl_setup_choose_again (FlSetup *self);
/* "Use a USB Cable", "Use Bluetooth": goes on with the same device over a road of @kind and no
 * other, at any stage before "sending" or from failed; everything given stays. With no such road
 * within the limit it fails: FL_ERROR_USB_NOTHING, FL_ERROR_DEVICE_NOT_FOUND. */
void fl_setup_use_road (FlSetup *self, FlRoadKind kind);
/* From failed with FL_ERROR_UPDATE_MODE: makes the device leave it and goes on when it is back. */
void fl_setup_leave_update_mode (FlSetup *self);
/* Ends at any stage in "cancelled"; the error tells what the device keeps. Idempotent. */
void fl_setup_cancel (FlSetup *self);
/* Leaves set-up mode if proven, closes the link; call when the journey's owner is done with the
 * device. */
void fl_setup_close (FlSetup *self);

FlStage fl_setup_get_stage (FlSetup *self);
FlStage fl_setup_get_failed_stage (
    FlSetup *self); /* valid when failed or cancelled, or after a wrong password */
const GError *fl_setup_get_error (FlSetup *self);
FlDevice *fl_setup_get_device (FlSetup *self);
FlLabel *fl_setup_get_label (FlSetup *self);
FlDriver *fl_setup_get_driver (FlSetup *self); /* (nullable), borrowed; usable from choosing on */
FlCapabilities fl_setup_get_capabilities (FlSetup *self);
FlDeviceInfo *fl_setup_get_info (FlSetup *self);   /* (nullable), borrowed */
FlDeviceState *fl_setup_get_state (FlSetup *self); /* (nullable), borrowed: last report */
GListModel *fl_setup_get_networks (
    FlSetup *self); /* borrowed, of FlNetwork: merged by name, without empty names */
gboolean fl_setup_get_scanning (FlSetup *self);
FlCredentials *fl_setup_get_credentials (FlSetup *self); /* (nullable), borrowed: last submitted */
const FlLight *fl_setup_get_light (FlSetup *self);
gboolean fl_setup_get_light_is_reported (FlSetup *self);
FlProof fl_setup_get_proof (FlSetup *self);
FlRoad *fl_setup_get_road (FlSetup *self); /* (nullable), borrowed: in use, or last used */
/* (nullable), borrowed: what the device's application answered to the product profile's request,
 * valid UTF-8 of at most a few thousand bytes, without control characters but line breaks and tabs.
 * "": it said yes, and nothing else. */
const char *fl_setup_get_reply (FlSetup *self);
gboolean fl_setup_get_slow (FlSetup *self);
/* Time spent in @stage so far, all visits; -1 never entered. */
gint64 fl_setup_get_stage_ms (FlSetup *self, FlStage stage);

G_END_DECLS

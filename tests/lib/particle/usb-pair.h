/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-server.h"
#include "fl-usb-session.h"

G_BEGIN_DECLS

#define USB_PAIR_FRAME_US 1000 /* one control transfer takes one frame of full-speed USB */
#define USB_PAIR_LIMIT_MS 10000
#define USB_PAIR_SOME     1234 /* a request like any other */

typedef struct _UsbPair UsbPair;

/* What a transfer came to; a hook may change it. @reply (nullable), @error (nullable): owned. */
typedef struct
{
  FlUsbOutcome outcome;
  GBytes *reply;
  GError *error;
} UsbPairEnd;

/* Called before a transfer reaches the device; TRUE: it does not, @end says how it ends. */
typedef gboolean (*UsbPairHook) (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end);
/* The firmware's handler. (transfer full) (nullable) */
typedef FlSecret *(*UsbPairHandler) (UsbPair *pair, guint16 type, FlSecret *data, gint32 *result);

/**
 * UsbPair:
 *
 * A client session and a device's server, joined in virtual time.
 */
struct _UsbPair
{
  FlUsbSession *session;
  FlUsbServer *server;
  gint64 now_us;
  gint64 answer_us; /* time the handler takes; G_MAXINT64: it never answers */
  UsbPairHook hook; /* (nullable) */
  UsbPairHandler handler;
  guint hook_left; /* for the hook's own use */

  GQueue *answers;        /* not yet given */
  guint n_transfers;      /* all so far */
  guint n_by_service[16]; /* of each service */
  guint n_handled;        /* requests that reached the handler */
  guint n_active_most;    /* the most places taken at once */
  guint16 last_reset_id;  /* of RESET */
  gint64 last_answer_us;  /* when the handler answered */
};

/* The handler sends the data back as result 0. */
UsbPair *usb_pair_new (gboolean single_transfer);
void usb_pair_free (UsbPair *self);

/* Makes one transfer, or lets time pass until one is possible. FALSE: there is none any more. */
gboolean usb_pair_step (UsbPair *self);
/* Steps until there is an event that is not SENT. */
void usb_pair_wait (UsbPair *self, FlUsbEvent *event);
/* Steps until nothing is left to do. */
void usb_pair_settle (UsbPair *self);
/* Forgets the events so far. */
void usb_pair_drain (UsbPair *self);
/* A request with USB_PAIR_LIMIT_MS and @size_bytes of the pattern. Returns its handle. */
guint32 usb_pair_submit (UsbPair *self, guint16 type, gsize size_bytes);
/* Waits for the next end of a request, which must be this. */
void usb_pair_expect_reply (UsbPair *self, guint32 handle, gint32 result, gsize size_bytes);
void usb_pair_expect_failure (UsbPair *self, guint32 handle, int code);
void usb_pair_expect_no_event (UsbPair *self);
/* The device is as if nothing had happened: no place is taken and the next request works. */
void usb_pair_expect_in_order (UsbPair *self);
/* A hook: the transfer that brings hook_left to 0 breaks with FL_ERROR_DEVICE_SILENT. */
gboolean usb_pair_break_transfer (UsbPair *self, const FlUsbSetup *setup, UsbPairEnd *end);
/* @size_bytes of a pattern that differs in each place. (transfer full) */
FlSecret *usb_pair_make_payload (gsize size_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbPair, usb_pair_free)

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"
#include "fl-usb-service.h"

G_BEGIN_DECLS

/**
 * FlUsbSession:
 *
 * The client's half of USB service requests. Pure: it says which control transfer to make next and
 * is told how it ended. The first one resets what an earlier program left behind. Up to four
 * requests are under way, fewer when the device says that it is busy; the rest waits in order.
 *
 * A shell's loop: while take_transfer() gives one, make it and feed its end; then wait for
 * get_deadline() and tick; collect events after each call.
 */
typedef struct _FlUsbSession FlUsbSession;

typedef struct
{
  FlUsbSetup setup;
  FlSecret *data; /* (nullable), owned by the session until the transfer's end was fed */
} FlUsbTransfer;

typedef enum
{
  FL_USB_EVENT_NONE,
  FL_USB_EVENT_SENT,   /* the request's last byte was accepted */
  FL_USB_EVENT_REPLY,  /* @result and @payload */
  FL_USB_EVENT_FAILED, /* @error: only this request */
} FlUsbEventKind;

typedef struct
{
  FlUsbEventKind kind;
  guint32 handle;
  guint16 type;
  gint32 result;
  GBytes *payload; /* owned by the event; NULL but for REPLY */
  GError *error;   /* owned by the event; NULL but for FAILED */
} FlUsbEvent;

/* @single_transfer: the device takes a payload in one piece only (Device OS before 1.5). */
FlUsbSession *fl_usb_session_new (gboolean single_transfer);
void fl_usb_session_free (FlUsbSession *self);

/* Queues a request; @payload (nullable), at most 65,535 bytes. Without a reply in @limit_ms it
 * fails with FL_ERROR_DEVICE_SILENT and its slot on the device is freed. Returns a handle, never 0.
 */
guint32 fl_usb_session_submit (FlUsbSession *self,
                               guint16 type,
                               FlSecret *payload,
                               guint limit_ms,
                               gint64 now_us);
/* Forgets a request without an event, and frees its slot on the device. Unknown handles are
 * ignored. */
void fl_usb_session_cancel (FlUsbSession *self, guint32 handle, gint64 now_us);

/* FALSE: nothing to do before the deadline. There is never more than one transfer out. */
gboolean fl_usb_session_take_transfer (FlUsbSession *self, FlUsbTransfer *transfer, gint64 now_us);
/* The end of that transfer. @error (nullable): it failed (not: stalled); the request it belongs to
 * fails with a copy. */
void fl_usb_session_feed (FlUsbSession *self,
                          FlUsbOutcome outcome,
                          const guint8 *data,
                          gsize size_bytes,
                          const GError *error,
                          gint64 now_us);
void fl_usb_session_tick (FlUsbSession *self, gint64 now_us);
gint64 fl_usb_session_get_deadline (FlUsbSession *self); /* G_MAXINT64: none */
/* FALSE: none. fl_usb_event_clear() it. */
gboolean fl_usb_session_take_event (FlUsbSession *self, FlUsbEvent *event);
void fl_usb_event_clear (FlUsbEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlUsbSession, fl_usb_session_free)

G_END_DECLS

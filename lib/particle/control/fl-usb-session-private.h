/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-session.h"

G_BEGIN_DECLS

/* Where a request stands; each step but the first holds one of the device's places. */
typedef enum
{
  FL_USB_STEP_WAITING,    /* for its INIT */
  FL_USB_STEP_ALLOCATING, /* the device looks for memory: CHECK */
  FL_USB_STEP_SENDING,    /* SEND */
  FL_USB_STEP_RUNNING,    /* the device works on it: CHECK */
  FL_USB_STEP_RECEIVING,  /* RECV */
  FL_USB_STEP_DROPPING,   /* RESET with its id */
} FlUsbStep;

typedef struct
{
  guint32 handle;
  guint16 type;
  FlSecret *payload; /* (nullable) until it was sent */
  gsize size_bytes;  /* of it */
  gsize sent;

  FlUsbStep step;
  guint16 id;         /* the device's; not while WAITING */
  gint64 limit_us;    /* G_MAXINT64: none */
  gint64 since_us;    /* when it began to allocate or run */
  gint64 due_us;      /* when its next transfer may go */
  guint n_no_memory;  /* how often the device had no memory for it */
  gboolean held_back; /* the device refused it for want of places or memory */
  gboolean reset_tried;
  gboolean forgotten; /* nobody waits for it any more */
  gboolean expired;   /* its time is over */

  gint32 result;
  guint8 *reply; /* (nullable) */
  gsize reply_bytes;
  gsize received;
} FlUsbRequest;

struct _FlUsbSession
{
  gboolean single_transfer;
  GQueue *requests; /* FlUsbRequest, in the order they were submitted */
  GQueue *events;   /* FlUsbEvent */
  guint32 last_handle;
  guint max_active;       /* places the device seems to have */
  gboolean stale;         /* the device may have requests that nobody here knows */
  gboolean reset_failed;  /* the last RESET of all did not get through */
  gboolean reset_stalled; /* it was refused: the device may not know the protocol at all */

  /* The transfer that is out. */
  gboolean out;
  FlUsbSetup out_setup;
  FlSecret *out_data;        /* (nullable) */
  FlUsbRequest *out_request; /* NULL: RESET of all */
};

/* fl-usb-session.c */
/* How many of the device's places are taken. */
guint fl_usb_session_count_active (FlUsbSession *self);
void fl_usb_session_push_event (FlUsbSession *self,
                                FlUsbRequest *request,
                                FlUsbEventKind kind,
                                GBytes *payload,
                                GError *error);
/* Frees the request's place, if it has one, and then the request. */
void fl_usb_session_drop (FlUsbSession *self, FlUsbRequest *request);
/* The device has freed the place itself. */
void fl_usb_session_remove (FlUsbSession *self, FlUsbRequest *request);
/* @error: (transfer full) */
void fl_usb_session_fail (FlUsbSession *self, FlUsbRequest *request, GError *error);

/* fl-usb-session-end.c: the end of a transfer. @request stays alive or is removed. */
void fl_usb_session_end (FlUsbSession *self,
                         FlUsbRequest *request,
                         FlUsbOutcome outcome,
                         const guint8 *data,
                         gsize size_bytes,
                         gint64 now_us);

G_END_DECLS

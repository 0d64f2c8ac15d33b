/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-setup-service.h"
#include "fl-visit.h"

G_BEGIN_DECLS

typedef struct _FlVisitOrder FlVisitOrder;

/* Blocks as a set. */
#define FL_VISIT_SET(block) (1u << (block))
#define FL_VISIT_ALL        (FL_VISIT_SET (FL_VISIT_N_BLOCKS) - 1)
#define FL_VISIT_BRIEF      (FL_VISIT_ALL & ~FL_VISIT_SET (FL_VISIT_NETWORKS))

/* What a visit is for at the moment. */
typedef enum
{
  FL_PRESENCE_AWAY,
  FL_PRESENCE_GLANCE, /* reads a little, then goes */
  FL_PRESENCE_STAY,
} FlPresence;

/**
 * A visit's insides, shared by fl-visit.c (object, opening and closing), fl-visit-read.c (blocks),
 * fl-visit-order.c (the queue of orders) and the orders themselves: fl-visit-orders.c,
 * fl-visit-reset.c, fl-visit-add.c, fl-visit-try.c.
 */
struct _FlVisit
{
  GObject parent_instance;

  FlEngine *engine;
  FlClock *clock;
  FlDevice *device;
  FlSetup *setup;
  FlJournal *journal;
  GPtrArray *notes; /* of char *, ends with NULL */
  GPtrArray *names; /* of char *, ends with NULL */
  FlPresence presence;
  gboolean is_open; /* orders can be given */
  guint settle_id;  /* something about the journey has changed */
  guint again_id;   /* a pause before the next read or order */
  GError *error;

  /* what was read */
  struct
  {
    FlBlockStatus status;
    GError *error;
    guint n_losses; /* reads that the link did not survive, in a row */
  } blocks[FL_VISIT_N_BLOCKS];
  guint to_read;          /* set of blocks */
  GCancellable *read_op;  /* the one read that runs */
  gboolean info_is_fresh; /* the journey has just read it */
  FlDeviceInfo *info;
  FlDeviceState *state;
  GListStore *known;
  GPtrArray *modules;
  int setup_done;

  /* what was ordered */
  GQueue orders;         /* of FlVisitOrder, owned */
  FlVisitOrder *current; /* owned */
  gboolean identifying;
  gboolean leaving; /* closes once the light is as it was */
};

/* fl-visit.c */
void fl_visit_take_error (FlVisit *self, GError *error); /* (transfer full) (nullable) */
void fl_visit_set_presence (FlVisit *self, FlPresence presence);
/* A network came up. */
void fl_visit_remember_name (FlVisit *self, GBytes *ssid);
void fl_visit_note (FlVisit *self, const char *id, const char *text);
/* The road to a device in update mode, (nullable), borrowed. */
FlRoad *fl_visit_get_update_road (FlVisit *self);
/* The device shows up as another object: it was away for long. */
void fl_visit_set_device (FlVisit *self, FlDevice *device);
gboolean fl_visit_owns (FlVisit *self, FlDevice *device);

/* fl-visit-read.c */
void fl_visit_read (FlVisit *self, guint set);
/* The next read or order, if it can begin. */
void fl_visit_go_on (FlVisit *self);
/* Nothing begins for a moment. */
void fl_visit_pause (FlVisit *self);
void fl_visit_stop_reading (FlVisit *self);
/* @error: (nullable): why what is not there yet will not come. */
void fl_visit_give_up_reading (FlVisit *self, const GError *error);
void fl_visit_take_info (FlVisit *self, FlDeviceInfo *info);    /* (transfer full) */
void fl_visit_take_state (FlVisit *self, FlDeviceState *state); /* (transfer full) */
void fl_visit_status_changed (FlVisit *self);
FlNetwork *fl_visit_find_known (FlVisit *self, GBytes *ssid); /* (nullable), borrowed */

/* fl-visit-order.c */

/**
 * FlVisitOrder:
 *
 * One order, from the call to its end. Reference counted: answers to what it asked may come after
 * its end.
 */
struct _FlVisitOrder
{
  GTask *task;      /* its source is the visit */
  FlVisit *visit;   /* borrowed from the task */
  const char *name; /* stable: "add" */
  GSource *cancel_source;
  GCancellable *op; /* of what it asks of the driver */
  void (*start) (FlVisitOrder *order);
  void (*settle) (FlVisitOrder *order); /* (nullable) the journey has changed */
  void (*stop) (FlVisitOrder *order);   /* (nullable) it ends before it is done */
  guint reread;                         /* set of blocks that it changes */
  guint needs;                          /* set of blocks that must have been read before */
  gboolean repeatable;                  /* a loss of the link may be answered by doing it again */
  gboolean works_closed;                /* can begin without an open journey */
  gboolean outlasts; /* goes on when the journey has failed; it has a limit of its own */
  guint n_repeats;
  gboolean started, ended;
  GError *error;
  guint timer_id;        /* cleared when it ends */
  gint64 until_us;       /* the whole */
  gint64 phase_until_us; /* what it is at */

  /* what was asked for */
  gboolean on;
  FlResetKind kind;
  GBytes *ssid;
  FlCredentials *credentials;
  gboolean test;
  guint16 type;
  FlSecret *payload;

  /* how far it got */
  int phase;
  gboolean was_tried;
  gboolean was_known;  /* the network was stored before */
  gboolean takes_last; /* of a full device */
  gboolean asked;      /* an answer is on its way */
  guint count;
  GBytes *reply;
  int code;
};

/* Make one, fill it in, hand it over. */
FlVisitOrder *fl_visit_order_new (FlVisit *self, gpointer tag, const char *name, FL_VISIT_ARGS);
void fl_visit_order_queue (FlVisitOrder *order); /* (transfer full) */
FlVisitOrder *fl_visit_order_ref (FlVisitOrder *order);
void fl_visit_order_unref (FlVisitOrder *order);
/* Done, or failed with @error (transfer full) (nullable). */
void fl_visit_order_end (FlVisitOrder *order, GError *error);
/* For answers of the driver: drops the reference that went with the question. FALSE: the order has
 * ended meanwhile or is begun again; @error is freed then. */
gboolean fl_visit_order_heard (FlVisitOrder *order, GError **error);
FlDriver *fl_visit_order_get_driver (FlVisitOrder *order); /* borrowed; the visit is open */
void fl_visit_order_arm (FlVisitOrder *order, guint delay_ms, GSourceOnceFunc on_time);

/* For the visit. */
/* Ends and begins what can; TRUE: things have moved on meanwhile. */
gboolean fl_visit_orders_next (FlVisit *self);
void fl_visit_orders_settle (FlVisit *self);
/* All that wait or run end with a copy of @error. */
void fl_visit_orders_fail (FlVisit *self, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlVisitOrder, fl_visit_order_unref)

G_END_DECLS

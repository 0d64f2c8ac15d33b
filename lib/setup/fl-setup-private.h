/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-setup.h"

G_BEGIN_DECLS

/* What to do once the secure session is open. */
typedef enum
{
  FL_GOAL_CHOOSE, /* read, scan and wait for the person */
  FL_GOAL_JOIN,   /* send the credentials that were given */
  FL_GOAL_SAVE,   /* store them without trying */
  FL_GOAL_RESUME, /* the link was lost while joining: see how far the device got */
} FlSetupGoal;

/**
 * The journey's insides, shared by the files of this folder that each hold one part of it:
 * fl-setup.c (object, stages), fl-setup-find.c (who and where), fl-setup-road.c (which way),
 * fl-setup-serial.c (going over to the console), fl-setup-open.c (connect, secure, read),
 * fl-setup-networks.c (scan), fl-setup-join.c (send), fl-setup-follow.c (until online),
 * fl-setup-request.c (the product's request).
 */
struct _FlSetup
{
  GObject parent_instance;

  FlEngine *engine;
  FlClock *clock;

  /* who */
  FlDevice *device;
  FlLabel *label;
  char *target;
  gboolean scan_wanted;
  gulong devices_handler;
  gint64 find_started_us;
  gint64 finder_problem_since_us; /* 0: at least one finder works */

  /* where the journey is */
  FlStage stage;
  FlStage failed_stage;
  GError *error;
  FlSetupGoal goal;
  gboolean
      recovering; /* the link was lost; the stage a person sees stays while it is opened again */
  gboolean closing;
  gboolean stay;      /* on line: goes on being spoken to */
  gboolean join_sent; /* the device may have the credentials */
  guint reconnects;   /* since the last time something worked */
  guint recoveries;   /* since the person last did something */
  gint64 stage_started_us;
  gint64 stage_us[FL_STAGE_CANCELLED + 1];
  gboolean stage_seen[FL_STAGE_CANCELLED + 1];
  guint limit_id;
  guint slow_id;
  gboolean slow;

  /* the road in use */
  FlRoad *road;
  GHashTable *failed_roads; /* FlRoad, owned: tried in vain since one worked last */
  gboolean road_fixed;      /* until it is open: the person wants a road of road_kind */
  FlRoadKind road_kind;
  FlRoad *lost_road; /* (nullable) owned: its link was lost at lost_us */
  gint64 lost_us;
  gboolean leaving_update; /* it was asked to leave its bootloader, and is not back yet */
  gboolean usb_refused;    /* its USB takes no networks: it is no way to give it one */
  gboolean awaits_serial;  /* its USB takes no networks; its console may be listed in a moment */
  gboolean secret_proven;  /* the device accepted the secret once */
  FlDriver *driver;
  gboolean link_open;
  GCancellable *op;         /* the one running operation of the journey */
  GCancellable *scan_op;    /* a scan may run beside it */
  GCancellable *known_op;   /* so may the list of stored networks */
  GPtrArray *known;         /* (nullable) of FlNetwork: stored on the device; NULL: not read */
  gboolean send_waits;      /* for that list */
  GCancellable *request_op; /* and what the product asks of the application */
  gboolean request_done;    /* since credentials were given last: answered, or refused */
  guint silences_excused;   /* an application that blocks its device may still be at it */
  gboolean leave_waits;     /* for that answer */
  char *reply;              /* (nullable) */
  GError *scan_error;       /* of a scan that ended before choosing began */

  /* what is known */
  FlDeviceInfo *info;
  FlDeviceState *state;
  GListStore *networks;
  GHashTable *networks_by_ssid; /* GBytes → FlNetwork, both owned */
  GHashTable *ssids_seen;       /* GBytes, owned: in the running or last scan */
  FlCredentials *credentials;
  FlProof proof;
  gboolean cloud_tried;   /* the device said that it is connecting to its service */
  gint64 follow_until_us; /* over all its stages: a device may fall back from one to another */
  gint64 follow_from_us;
  gboolean was_running; /* it was seen out of set-up mode since then */
  guint poll_id;
  guint polls;
  guint spoilt; /* answers without sense since the last good one */

  const FlLight *light;
  gboolean light_is_reported;
};

/* fl-setup.c */
/* FALSE: whoever was told of the new stage ended or changed the journey meanwhile; go no further.
 */
gboolean fl_setup_enter (FlSetup *self, FlStage stage);
void fl_setup_take_failure (FlSetup *self,
                            GError *error); /* (transfer full): the running stage failed */
/* (transfer full): the person can mend it; back to choosing with the session open. */
void fl_setup_take_choice_error (FlSetup *self, GError *error);
void fl_setup_set_light (FlSetup *self, const FlLight *light, gboolean is_reported);
/* The device has left set-up mode by itself: the light that it should show is another one. */
void fl_setup_expect_light (FlSetup *self);
void fl_setup_left_listening (FlSetup *self);
/* What was proven of a network that did not work is worth nothing. */
void fl_setup_drop_proof (FlSetup *self);
void fl_setup_set_link_open (FlSetup *self, gboolean open);
void fl_setup_take_info (FlSetup *self, FlDeviceInfo *info);
void fl_setup_take_state (FlSetup *self, FlDeviceState *state);
void fl_setup_add_proof (FlSetup *self, FlProof proof);
void fl_setup_set_found_device (FlSetup *self, FlDevice *device);
void fl_setup_scanning_changed (FlSetup *self);
void fl_setup_clear_error (FlSetup *self);
/* FALSE: whoever heard it ended the journey. */
gboolean fl_setup_note (FlSetup *self, const char *id, const char *text);
void fl_setup_arm_limit (FlSetup *self, guint limit_ms, GSourceOnceFunc on_limit);

/* One operation at a time: a token that tells whether an answer is still wanted. */
typedef struct
{
  FlSetup *setup;            /* owned */
  GCancellable *cancellable; /* owned */
} FlSetupOp;

FlSetupOp *fl_setup_begin_op (FlSetup *self);
/* Frees @op; FALSE: it was overtaken, ignore its answer (@error is freed then). */
gboolean fl_setup_end_op (FlSetupOp *op, GError **error);
void fl_setup_stop_op (FlSetup *self);

/* fl-setup-find.c */
void fl_setup_find (FlSetup *self);
void fl_setup_stop_finding (FlSetup *self);
gboolean fl_setup_label_fits (FlSetup *self, FlDevice *device);

/* fl-setup-open.c */
void fl_setup_open (FlSetup *self);
void fl_setup_drop_driver (FlSetup *self);
void fl_setup_recover (FlSetup *self, FlSetupGoal goal);

/* fl-setup-road.c */
FlSecret *fl_setup_get_secret (FlSetup *self); /* (nullable), borrowed */
/* (nullable), borrowed: the one to open now. */
FlRoad *fl_setup_pick_road (FlSetup *self, FlDevice *device);
/* After @error on the road in use. FALSE: there is no other. */
gboolean fl_setup_try_other_road (FlSetup *self, const GError *error);
/* The link of the road in use is gone. */
void fl_setup_lose_road (FlSetup *self);
/* The device that is meant may be another row by now. */
void fl_setup_follow_device (FlSetup *self);
/* (nullable), borrowed: why no road at all leads to @device. */
const GError *fl_setup_get_block (FlSetup *self, FlDevice *device);
void fl_setup_on_roads_changed (FlSetup *self);

/* fl-setup-serial.c */
/* The road in use takes no networks, another one of the device may: goes on there, or fails. */
void fl_setup_leave_road (FlSetup *self);
/* After that error on the road in use. FALSE: no console may come. */
gboolean fl_setup_await_serial (FlSetup *self, const GError *error);
/* While it waits for a console. 0: it does not. */
guint fl_setup_get_serial_limit_ms (FlSetup *self);

/* fl-setup-actions.c */
void fl_setup_begin (FlSetup *self); /* the person did something: earlier bad luck is forgotten */

/* fl-setup-networks.c */
void fl_setup_scan (FlSetup *self);
void fl_setup_stop_scan (FlSetup *self);
FlNetwork *fl_setup_find_network (FlSetup *self, GBytes *ssid); /* (nullable), borrowed */

/* fl-setup-known.c */
void fl_setup_read_known (FlSetup *self);
void fl_setup_forget_known (FlSetup *self);
/* Whether the credentials may be sent now. FALSE: sending goes on by itself when the list is there,
 * or the error is set. */
gboolean fl_setup_has_room (FlSetup *self);

/* fl-setup-join.c */
void fl_setup_send (FlSetup *self);
/* (transfer full) both: the likeliest cause of a join that failed. */
GError *fl_setup_weigh_join (FlSetup *self, GError *error);
/* The person can mend it by choosing or typing again. */
gboolean fl_setup_is_about_choice (const GError *error);

/* fl-setup-follow.c */
void fl_setup_follow (FlSetup *self);
void fl_setup_resume (FlSetup *self);
void fl_setup_stop_polling (FlSetup *self);
/* The device was kept busy, and did not get its time. */
void fl_setup_follow_longer (FlSetup *self);
/* All is proven: the device leaves set-up mode, then the journey is online. */
void fl_setup_leave (FlSetup *self);

/* fl-setup-request.c */
void fl_setup_send_request (FlSetup *self); /* unless it has been answered already */
void fl_setup_stop_request (FlSetup *self);
void fl_setup_forget_reply (FlSetup *self); /* for a new network it is sent again */
/* TRUE: fl_setup_leave() is called when the answer is there. */
gboolean fl_setup_waits_for_reply (FlSetup *self);

G_END_DECLS

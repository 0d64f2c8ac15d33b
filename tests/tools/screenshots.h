/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "ui-fixture.h"

G_BEGIN_DECLS

typedef struct _ServiceStage ServiceStage;
typedef struct _LabelStage LabelStage;

/* What the pages of one picture are made of. */
typedef struct
{
  FlClock *clock;
  FlMetaFinder *finder;
  UiFinder *radio, *cables;
  FlProduct *product;
  ServiceStage *service; /* NULL unless the picture is of the service view */
  LabelStage *label;     /* NULL unless it has a camera */
} Stage;

/* screenshots-service.c: pages over the simulated service desk, whose time stands still once there
 * is something to see. */
void service_stage_free (ServiceStage *self);
/* The devices of the desk, when they are all there. */
GListModel *service_stage_get_visits (Stage *stage);
FlPage *service_devices (Stage *stage);
FlPage *service_filter_none (Stage *stage);
FlPage *service_nothing (Stage *stage);
FlPage *service_window (Stage *stage);   /* on line */
FlPage *service_full (Stage *stage);     /* ten networks */
FlPage *service_update (Stage *stage);   /* in update mode */
FlPage *service_broken (Stage *stage);   /* a module, safe mode */
FlPage *service_locked (Stage *stage);   /* by its owner */
FlPage *service_checked (Stage *stage);  /* with a break */
FlPage *service_password (Stage *stage); /* with Save Without Testing */
FlPage *service_joined (Stage *stage);   /* old networks may go */
FlPage *service_failed (Stage *stage);   /* the old network stays */
FlPage *service_doctor_bad (Stage *stage);
FlPage *service_doctor_good (Stage *stage);
FlPage *service_report (Stage *stage);

/* screenshots-label.c: the label page before a simulated camera, whose picture stands still; and
 * what is done with it once it shows. */
void label_stage_free (LabelStage *self);
FlPage *label_desk (Stage *stage);  /* nothing in the picture */
FlPage *label_held (Stage *stage);  /* a label that can be read */
FlPage *label_other (Stage *stage); /* one of another device */
FlPage *label_none (Stage *stage);  /* no camera */
FlPage *label_refused (Stage *stage);
FlPage *label_busy (Stage *stage);
void label_show_empty (Stage *stage, FlPage *page);
void label_show_hint (Stage *stage, FlPage *page);
void label_show_read (Stage *stage, FlPage *page);
void label_show_patient (Stage *stage, FlPage *page); /* read, with a screen reader */
void label_show_typed (Stage *stage, FlPage *page);
void label_show_help (Stage *stage, FlPage *page);
void label_show_other_code (Stage *stage, FlPage *page);
void label_show_example (Stage *stage, FlPage *page);
void label_show_other_device (Stage *stage, FlPage *page);
void label_show_reading (Stage *stage, FlPage *page);
void label_show_choice (Stage *stage, FlPage *page);
void label_show_problem (Stage *stage, FlPage *page);
void label_show_unplugged (Stage *stage, FlPage *page);
void label_show_wrong_secret (Stage *stage, FlPage *page);

/* screenshots-login.c: a network with logins, and what is around it */
FlPage *login_empty (Stage *stage);
FlPage *login_computer (Stage *stage);
FlPage *login_profile (Stage *stage);
FlPage *login_peap (Stage *stage);
FlPage *login_incomplete (Stage *stage);
FlPage *login_locked (Stage *stage);
FlPage *login_tls (Stage *stage);
FlPage *login_mismatch (Stage *stage);
FlPage *login_too_large (Stage *stage);
FlPage *login_swapped (Stage *stage);
FlPage *login_waiting (Stage *stage);
FlPage *login_other (Stage *stage);
FlPage *login_rejected (Stage *stage);
FlPage *login_hidden (Stage *stage);
FlPage *login_nameless (Stage *stage);
FlPage *login_silent (Stage *stage);
FlPage *login_done (Stage *stage);
void login_ask (Stage *stage, FlPage *page); /* Connect was pressed */
void login_show_waiting (Stage *stage, FlPage *page);

/* screenshots-stream.c: many labels before the camera */
FlPage *service_labels (Stage *stage);
FlPage *service_labels_again (Stage *stage); /* one is held up twice */
FlPage *service_labels_begin (Stage *stage);
FlPage *service_labels_busy (Stage *stage);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "ui-fixture.h"

G_BEGIN_DECLS

typedef struct _ServiceStage ServiceStage;

/* What the pages of one picture are made of. */
typedef struct
{
  FlClock *clock;
  FlMetaFinder *finder;
  UiFinder *radio, *cables;
  FlProduct *product;
  ServiceStage *service; /* NULL unless the picture is of the service view */
} Stage;

/* screenshots-service.c: pages over the simulated service desk, whose time stands still once there
 * is something to see. */
void service_stage_free (ServiceStage *self);
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

G_END_DECLS

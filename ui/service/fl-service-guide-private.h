/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-service-guide.h"

#include "fl-connecting-page.h"
#include "fl-doctor-page.h"
#include "fl-enterprise-page.h"
#include "fl-label-page.h"
#include "fl-labels-page.h"
#include "fl-network-page.h"
#include "fl-old-networks-page.h"
#include "fl-password-page.h"
#include "fl-replace-page.h"
#include "fl-report-page.h"
#include "fl-save-switch.h"
#include "fl-service-device-page.h"
#include "fl-service-devices-page.h"

G_BEGIN_DECLS

/* Shared by fl-service-guide.c (the way), fl-service-guide-orders.c (what a device is told to do),
 * fl-service-guide-network.c (which network is wanted), fl-service-guide-join.c (the safe order:
 * add, prove, then remove), fl-service-guide-full.c (a device that is full),
 * fl-service-guide-labels.c (many labels before the camera) and fl-service-guide-close.c
 * (leaving). */
struct _FlServiceGuide
{
  GObject parent_instance;

  FlEngine *engine;
  FlWizard *wizard; /* borrowed */
  FlVisitList *visits;
  FlVisit *visit; /* the one that is shown, or was last */
  GSignalGroup *visit_signals;
  GSignalGroup *setup_signals; /* of its journey */
  GCancellable *cancellable;   /* of the order under way */
  guint update_id;
  guint close_id;
  FlPage *report_from; /* where the way back leads, borrowed */

  /* The last wish, for Try Again. */
  FlWish wish;
  FlNetwork *wish_network;

  /* A network on its way. */
  gboolean joining;           /* the connecting page follows it */
  GBytes *replaced;           /* the one that goes afterwards, or NULL */
  GBytes *tried;              /* a stored one; NULL: the credentials are new */
  FlCredentials *credentials; /* as typed last */
  FlStage stage;              /* how far it got */
  guint n_before;             /* stored networks before it */
  GPtrArray *leaving;         /* of GBytes: old ones that go, the last one next */

  FlLabelStream *labels; /* scanned one after another */

  FlServiceDevicesPage *devices_page;
  FlLabelsPage *labels_page;
  FlDoctorPage *doctor_page;
  FlLabelPage *label_page;
  FlServiceDevicePage *device_page;
  FlNetworkPage *network_page;
  FlPasswordPage *password_page;
  FlSaveSwitch *save_switch;
  FlEnterprisePage *enterprise_page;
  FlPage *login_from; /* where the way back from it leads, borrowed */
  FlReplacePage *replace_page;
  FlConnectingPage *connecting_page;
  FlOldNetworksPage *old_page;
  FlReportPage *report_page;
};

/* fl-service-guide.c */
void fl_service_guide_show (FlServiceGuide *self, gpointer page);
void fl_service_guide_toast (FlServiceGuide *self, const char *words);
void
fl_service_guide_listen (FlServiceGuide *self, gpointer page, const char *name, GCallback callback);
void fl_service_guide_show_report (FlServiceGuide *self);
void fl_service_guide_show_doctor (FlServiceGuide *self);
/* A new one; what ran under the old one is cancelled. Borrowed. */
GCancellable *fl_service_guide_renew_cancellable (FlServiceGuide *self);
gboolean fl_service_guide_can (FlServiceGuide *self, FlCapabilities needed);

/* fl-service-guide-orders.c */
void fl_service_guide_do (FlServiceGuide *self, FlWish wish, FlNetwork *network);

/* fl-service-guide-network.c */
void fl_service_guide_connect_network (FlServiceGuide *self);
/* @replaced (nullable): the stored network that the new one shall replace. */
void fl_service_guide_choose_network (FlServiceGuide *self, FlNetwork *replaced);
void fl_service_guide_show_password (FlServiceGuide *self, FlNetwork *network);
void fl_service_guide_update_network (FlServiceGuide *self);

/* fl-service-guide-join.c */
void fl_service_guide_connect_join (FlServiceGuide *self);
void fl_service_guide_join (FlServiceGuide *self); /* with the credentials, as the page says */
void fl_service_guide_try (FlServiceGuide *self, FlNetwork *network);
void fl_service_guide_update_join (FlServiceGuide *self);
/* @words (nullable): how it ended. */
void fl_service_guide_back_to_device (FlServiceGuide *self, const char *words);

/* fl-service-guide-failure.c */
void fl_service_guide_connect_failure (FlServiceGuide *self);
FlPage *fl_service_guide_get_typing_page (FlServiceGuide *self); /* of what was sent last */
void fl_service_guide_show_failure (FlServiceGuide *self, const GError *error);

/* fl-service-guide-old.c */
void fl_service_guide_connect_old (FlServiceGuide *self);

/* fl-service-guide-full.c */
void fl_service_guide_connect_full (FlServiceGuide *self);
void fl_service_guide_ask_replace (FlServiceGuide *self);

/* fl-service-guide-labels.c */
void fl_service_guide_create_labels (FlServiceGuide *self);
void fl_service_guide_connect_labels (FlServiceGuide *self);
/* Gives the visit the label that was scanned for its device, if it needs one and there is one. */
void fl_service_guide_use_labels (FlServiceGuide *self, FlVisit *visit);

/* fl-service-guide-close.c */
void fl_service_guide_close_visits (FlServiceGuide *self);

G_END_DECLS

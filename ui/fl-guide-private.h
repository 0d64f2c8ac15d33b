/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-guide.h"

#include "fl-cable-page.h"
#include "fl-connecting-page.h"
#include "fl-doctor-page.h"
#include "fl-done-page.h"
#include "fl-enterprise-page.h"
#include "fl-find-page.h"
#include "fl-label-page.h"
#include "fl-network-page.h"
#include "fl-password-page.h"
#include "fl-replace-page.h"
#include "fl-report-page.h"

G_BEGIN_DECLS

/* A device with neither leaves it to its light how far it is. */
#define FL_CAN_REPORT (FL_CAN_PROVE_ADDRESS | FL_CAN_PROVE_CLOUD)

/* Shared by fl-guide.c (the way), fl-guide-label.c (the label), fl-guide-login.c (networks
 * with logins), fl-guide-errors.c (where an error
 * is shown, what its buttons do), fl-guide-replace.c (a device that is full), fl-guide-roads.c
 * (cable and Bluetooth), fl-guide-rule.c (the right to use a cable), fl-guide-close.c (leaving),
 * fl-guide-help.c (the check of this computer, the report). */
struct _FlGuide
{
  GObject parent_instance;

  FlEngine *engine;
  FlWizard *wizard;          /* borrowed */
  FlSetup *setup;            /* NULL before the first journey and after a cancelled one */
  FlDevice *device;          /* the row that was chosen, or NULL */
  FlCredentials *remembered; /* for Set Up Another */
  FlCameraList *cameras;     /* (nullable) */
  FlComputerWifi *wifi;      /* (nullable) */
  guint update_id;
  gboolean error_is_new;
  gboolean went_back;  /* from the networks to the label, and not on again */
  gboolean types_name; /* of the network, and does not choose it */
  guint close_id;
  GCancellable *replacing;
  gboolean waits_for_cable;        /* the page for it is shown */
  gboolean label_is_for_bluetooth; /* the journey that runs goes on with it */

  FlJournal *journal; /* of the journey that runs, or ran last */

  FlFindPage *find_page;
  /* These are made after the first frame. */
  FlLabelPage *label_page;
  FlNetworkPage *network_page;
  FlPasswordPage *password_page;
  FlEnterprisePage *enterprise_page;
  FlPage *login_from; /* where the way back from it leads, borrowed */
  FlReplacePage *replace_page;
  FlConnectingPage *connecting_page;
  FlDonePage *done_page;
  FlCablePage *cable_page;
  /* And these when they are asked for. */
  FlDoctorPage *doctor_page;
  FlReportPage *report_page;
  FlPage *help_from; /* where the way back from them leads, borrowed */
};

/* fl-guide.c */
void fl_guide_add_other_pages (FlGuide *self);
/* A journey that has not begun yet. */
void fl_guide_make_setup (FlGuide *self, FlDevice *device, FlLabel *label);
void fl_guide_leave_device (FlGuide *self);
void fl_guide_begin (FlGuide *self, FlDevice *device, FlLabel *label);
void fl_guide_show (FlGuide *self, gpointer page);
void fl_guide_show_password (FlGuide *self, FlNetwork *network);
void fl_guide_toast (FlGuide *self, const char *words);
void fl_guide_show_result (FlGuide *self, gboolean online);
void fl_guide_join (FlGuide *self, FlCredentials *credentials);

gboolean fl_guide_is_following (FlStage stage); /* sent, and not at its end yet */

/* What the journey says now becomes pages. */
void fl_guide_queue_update (FlGuide *self);

/* fl-guide-label.c */
void fl_guide_connect_label (FlGuide *self);

/* fl-guide-login.c */
void fl_guide_connect_login (FlGuide *self);
void fl_guide_show_login (FlGuide *self, FlNetwork *network);
gboolean fl_guide_has_login (FlGuide *self); /* what was sent last */
FlPage *fl_guide_get_typing_page (FlGuide *self);
void fl_guide_focus_typed (FlGuide *self);  /* what is likelier wrong of it */
gint64 fl_guide_get_expiry (FlGuide *self); /* of the certificate that was sent; 0: none was */

/* fl-guide-close.c */
void fl_guide_ask_cancel (FlGuide *self);

/* fl-guide-errors.c */
void fl_guide_connect_errors (FlGuide *self, FlPage *page);
void fl_guide_show_error (FlGuide *self, const GError *error);
void fl_guide_clear_errors (FlGuide *self);
/* Back to the networks, whatever failed. */
void fl_guide_choose_again (FlGuide *self);

/* fl-guide-roads.c */
FlFinder *fl_guide_find_finder (FlGuide *self, FlRoadKind kind); /* (nullable), borrowed */
void fl_guide_use_cable (FlGuide *self);
void fl_guide_use_bluetooth (FlGuide *self);
/* TRUE: the page for the cable is what a person sees now. */
gboolean fl_guide_update_cable (FlGuide *self);
gboolean fl_guide_take_label_for_bluetooth (FlGuide *self, FlLabel *label);
void fl_guide_show_how (FlGuide *self, const GError *error);

/* fl-guide-rule.c */
void fl_guide_add_rule (FlGuide *self);

/* fl-guide-help.c */
void fl_guide_show_report (FlGuide *self);
void fl_guide_write_journal (FlGuide *self); /* of the journey that begins */

/* fl-guide-replace.c */
gboolean fl_guide_can_replace (FlGuide *self);
void fl_guide_ask_replace (FlGuide *self);
void fl_guide_connect_replace (FlGuide *self);

G_END_DECLS

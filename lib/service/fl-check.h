/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-finding.h"
#include "fl-visit.h"

G_BEGIN_DECLS

/* The chain, in order. Nicks (identifiers of the findings): "device", "radio", "join", "address",
 * "name-look-up", "service". */
typedef enum
{
  FL_LINK_DEVICE,  /* answers, runs, is not protected */
  FL_LINK_RADIO,   /* Wi-Fi on, hears the network it should use */
  FL_LINK_JOIN,    /* associated */
  FL_LINK_ADDRESS, /* has an address */
  FL_LINK_NAME,    /* can look up names */
  FL_LINK_SERVICE, /* its service answers it */
  FL_CHECK_N_LINKS
} FlCheckLink;

/* What the chain is judged by; everything borrowed, (nullable) where not read. Pure. */
typedef struct
{
  const GError *error; /* why the device could not be talked to, or what it last failed with */
  const FlDeviceInfo *info;
  const FlDeviceState *state;
  GListModel *known;              /* of FlNetwork: stored */
  GListModel *networks;           /* of FlNetwork: heard */
  gboolean was_connecting;        /* the service was tried while somebody looked */
  gboolean computer_online;       /* this computer reaches the internet, … */
  gboolean computer_online_known; /* … if that is known */
  GPtrArray *modules;             /* of FlModule */
  FlCapabilities can;             /* 0: not known */
} FlCheckFacts;

/* (transfer full) of FlFinding, FL_CHECK_N_LINKS of them: good up to the first break, unknown after
 * it. The break's sentence says whether device, network or computer is at fault, and how sure. */
GPtrArray *fl_check_judge (const FlCheckFacts *facts);
/* The first that is broken or doubtful; NULL: none. Borrowed from @findings. */
FlFinding *fl_check_get_break (GPtrArray *findings);

/* Reads anew what is needed, lets the device search for networks, watches for a few seconds, and
 * judges. Opens the visit; a device that cannot be reached is a judgement, too, no error. */
void fl_check_run_async (FlVisit *visit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* The same, asking @monitor about this computer; NULL: it is not known. */
void fl_check_run_with_async (FlVisit *visit,
                              GNetworkMonitor *monitor,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* (transfer full) of FlFinding */
GPtrArray *fl_check_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS

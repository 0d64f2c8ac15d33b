/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-finding.h"
#include "fl-visit.h"

G_BEGIN_DECLS

/**
 * FlReportFacts:
 *
 * What goes into a report; all borrowed, (nullable) where not known. No secret can get in: nothing
 * here holds one.
 */
typedef struct
{
  GDateTime *written;  /* with its time zone */
  const char *version; /* of this program */
  const char *system;  /* "Debian GNU/Linux 12 (bookworm)" */
  const char *product; /* profile id */
  FlDevice *device;
  const FlDeviceInfo *info;
  const FlDeviceState *state;
  GListModel *known;    /* of FlNetwork */
  GListModel *networks; /* of FlNetwork: what the device sees */
  GPtrArray *modules;   /* of FlModule */
  int setup_done;       /* 1, 0; -1 not known */
  FlSetup *setup;       /* stage times */
  FlJournal *journal;
  GPtrArray *check;         /* of FlFinding */
  GListModel *computer;     /* of FlFinding */
  const char *const *notes; /* NULL-terminated: "cleared: 3 networks" */
  gboolean hide_names;      /* networks are called "Network A", "Network B"… throughout */
  const char *const *names; /* NULL-terminated: further names of networks that texts may hold */
} FlReportFacts;

/* Fills in all that @visit knows; it keeps it until its next change. The rest stays as it is. */
void fl_report_fill (FlReportFacts *facts, FlVisit *visit);

/* (transfer full) The preview: a readable summary, an empty line, then the same as JSON. */
char *fl_report_to_text (const FlReportFacts *facts);
/* (transfer full) Only the JSON, indented. fl-report-json.c lists the keys. */
char *fl_report_to_json (const FlReportFacts *facts);
/* (transfer full) "first-light-ABC123-2026-11-21.txt" */
char *fl_report_dup_file_name (const FlReportFacts *facts);

G_END_DECLS

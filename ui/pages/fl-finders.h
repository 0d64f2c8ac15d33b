/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-finder.h"

G_BEGIN_DECLS

/* Questions to the finders of an engine, a list of FlFinder; NULL is an empty one. What is found is
 * borrowed: the list keeps it. */

FlFinder *fl_finders_find (GListModel *finders, FlRoadKind kind); /* (nullable) */
/* There is one of this kind, and nothing stops it. */
gboolean fl_finders_works (GListModel *finders, FlRoadKind kind);
/* At least one of them can find something. */
gboolean fl_finders_look (GListModel *finders);
/* The stopped one that is missed. (nullable) */
FlFinder *fl_finders_get_stopped (GListModel *finders);

G_END_DECLS

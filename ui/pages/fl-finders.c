/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-finders.h"

static guint
count (GListModel *finders)
{
  return finders != NULL ? g_list_model_get_n_items (finders) : 0;
}

static FlFinder *
peek (GListModel *finders, guint index)
{
  g_autoptr (FlFinder) finder = g_list_model_get_item (finders, index);

  return finder; /* the list keeps it */
}

static gboolean
is_stopped (FlFinder *finder)
{
  return fl_finder_get_problem (finder) != NULL;
}

FlFinder *
fl_finders_find (GListModel *finders, FlRoadKind kind)
{
  for (guint i = 0; i < count (finders); i++)
    if (fl_finder_get_kind (peek (finders, i)) == kind)
      return peek (finders, i);
  return NULL;
}

gboolean
fl_finders_works (GListModel *finders, FlRoadKind kind)
{
  FlFinder *finder = fl_finders_find (finders, kind);

  return finder != NULL && !is_stopped (finder);
}

gboolean
fl_finders_look (GListModel *finders)
{
  /* A serial port is on USB, too. */
  for (guint i = 0; i < count (finders); i++)
    if (!is_stopped (peek (finders, i)) && fl_finder_get_kind (peek (finders, i)) != FL_ROAD_SERIAL)
      return TRUE;
  return FALSE;
}

FlFinder *
fl_finders_get_stopped (GListModel *finders)
{
  FlFinder *bluetooth = fl_finders_find (finders, FL_ROAD_BLUETOOTH);

  /* Without USB Bluetooth still finds everything; nobody has to do anything about it. */
  if (bluetooth != NULL)
    return is_stopped (bluetooth) ? bluetooth : NULL;
  for (guint i = 0; i < count (finders); i++)
    if (is_stopped (peek (finders, i)))
      return peek (finders, i);
  return NULL;
}

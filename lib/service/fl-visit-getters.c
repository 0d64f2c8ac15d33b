/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a visited device. */
#include "config.h"

#include "fl-visit-private.h"

FlDevice *
fl_visit_get_device (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return self->device;
}

FlSetup *
fl_visit_get_setup (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return self->setup;
}

FlJournal *
fl_visit_get_journal (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return self->journal;
}

void
fl_visit_set_label (FlVisit *self, FlLabel *label)
{
  g_return_if_fail (FL_IS_VISIT (self));

  fl_setup_set_label (self->setup, label);
}

FlNeed
fl_visit_get_need (FlVisit *self)
{
  FlLabel *label;
  FlNeed need;

  g_return_val_if_fail (FL_IS_VISIT (self), FL_NEED_NOTHING);

  need = fl_need_of (fl_engine_get_product (self->engine), self->device);
  label = fl_setup_get_label (self->setup);
  /* Which device it is was chosen already. */
  need &= ~FL_NEED_CODE;
  if (label != NULL && fl_label_get_secret (label) != NULL)
    need &= ~FL_NEED_SECRET;
  return need;
}

gboolean
fl_visit_get_open (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), FALSE);

  return self->is_open;
}

gboolean
fl_visit_get_busy (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), FALSE);

  return self->current != NULL || !g_queue_is_empty (&self->orders);
}

const GError *
fl_visit_get_error (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return self->error;
}

FlBlockStatus
fl_visit_get_status (FlVisit *self, FlVisitBlock block)
{
  g_return_val_if_fail (FL_IS_VISIT (self), FL_BLOCK_EMPTY);
  g_return_val_if_fail (block < FL_VISIT_N_BLOCKS, FL_BLOCK_EMPTY);

  return self->blocks[block].status;
}

const GError *
fl_visit_get_block_error (FlVisit *self, FlVisitBlock block)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);
  g_return_val_if_fail (block < FL_VISIT_N_BLOCKS, NULL);

  return self->blocks[block].error;
}

FlCapabilities
fl_visit_get_capabilities (FlVisit *self)
{
  FlRoad *update_road;

  g_return_val_if_fail (FL_IS_VISIT (self), 0);

  update_road = fl_visit_get_update_road (self);
  if (update_road != NULL)
    return FL_CAN_RESET; /* out of it */
  return self->is_open ? fl_setup_get_capabilities (self->setup) : 0;
}

FlDeviceInfo *
fl_visit_get_info (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return self->info;
}

FlDeviceState *
fl_visit_get_state (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return self->state;
}

const FlLight *
fl_visit_get_light (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  if (fl_visit_get_update_road (self) != NULL)
    return fl_light_get (FL_LIGHT_STATE_DFU);
  if (self->identifying && self->is_open)
    return fl_light_get (FL_LIGHT_STATE_NYAN);
  return self->state != NULL ? fl_light_from_state (self->state) : NULL;
}

GListModel *
fl_visit_get_known (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return G_LIST_MODEL (self->known);
}

GPtrArray *
fl_visit_get_modules (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return self->modules;
}

int
fl_visit_get_setup_done (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), -1);

  return self->setup_done;
}

const char *const *
fl_visit_get_notes (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return (const char *const *) self->notes->pdata;
}

const char *const *
fl_visit_get_names (FlVisit *self)
{
  g_return_val_if_fail (FL_IS_VISIT (self), NULL);

  return (const char *const *) self->names->pdata;
}

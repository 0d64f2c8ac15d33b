/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks of a visit: each is read by itself, one at a time. */
#define G_LOG_DOMAIN "fl-visit-read"
#include "config.h"

#include "fl-visit-private.h"

#include "fl-error.h"

/* A block during whose reading the link goes away again and again is not tried for ever. */
#define MAX_LOSSES 2

/* Between two tries of a device that is busy, or that gave a request up. */
#define AGAIN_MS 1000

/* A driver knows of safe mode by the modules only, and tells it with the state. */
static const FlVisitBlock turns[FL_VISIT_N_BLOCKS] = { FL_VISIT_OVERVIEW, FL_VISIT_MODULES,
                                                       FL_VISIT_STATE, FL_VISIT_NETWORKS };

typedef struct
{
  FlVisit *visit;            /* owned */
  GCancellable *cancellable; /* owned */
  FlVisitBlock block;
} Read;

void
fl_visit_status_changed (FlVisit *self)
{
  g_object_notify (G_OBJECT (self), "status");
}

static gboolean
has_data (FlVisit *self, FlVisitBlock block)
{
  return self->blocks[block].status == FL_BLOCK_READY;
}

/* What is known stays on screen while it is read again. */
static void
set_status (FlVisit *self, FlVisitBlock block, FlBlockStatus status, GError *error)
{
  self->blocks[block].status = status;
  g_clear_error (&self->blocks[block].error);
  self->blocks[block].error = error;
}

static Read *
read_begin (FlVisit *self, FlVisitBlock block)
{
  Read *op = g_new0 (Read, 1);

  g_clear_object (&self->read_op);
  self->read_op = g_cancellable_new ();
  op->visit = g_object_ref (self);
  op->cancellable = g_object_ref (self->read_op);
  op->block = block;
  return op;
}

/* FALSE: overtaken; nothing of it counts. */
static gboolean
read_end (Read *op)
{
  gboolean wanted = op->visit->read_op == op->cancellable;

  if (wanted)
    g_clear_object (&op->visit->read_op);
  g_object_unref (op->cancellable);
  g_object_unref (op->visit);
  g_free (op);
  return wanted;
}

static void
on_again (gpointer data)
{
  FlVisit *self = data;

  self->again_id = 0;
  fl_visit_go_on (self);
}

void
fl_visit_pause (FlVisit *self)
{
  if (self->again_id == 0)
    self->again_id = fl_clock_add_ms (self->clock, AGAIN_MS, on_again, self);
}

static gboolean
is_loss (const GError *error)
{
  return g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) ||
         g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
}

/* One block has ended. @error: (transfer full) (nullable) */
static void
block_read (FlVisit *self, FlVisitBlock block, GError *error)
{
  if (is_loss (error) && self->blocks[block].n_losses++ < MAX_LOSSES)
    {
      g_error_free (error);
      self->to_read |= FL_VISIT_SET (block);
      fl_visit_pause (self);
      return;
    }

  self->blocks[block].n_losses = 0;
  if (error == NULL)
    set_status (self, block, FL_BLOCK_READY, NULL);
  else if (g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED))
    set_status (self, block, FL_BLOCK_UNSUPPORTED, error);
  else
    set_status (self, block, FL_BLOCK_FAILED, error);
  fl_visit_status_changed (self);
  fl_visit_go_on (self);
}

static void
on_setup_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlVisit) self = g_object_ref (((Read *) data)->visit);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  gboolean is_told = fl_driver_read_setup_done_finish (FL_DRIVER (source), result, &done, &error);

  if (!read_end (data))
    return;
  if (is_told)
    self->setup_done = done ? 1 : 0;
  /* It is the least of this block: without it the rest still counts. */
  block_read (self, FL_VISIT_OVERVIEW, is_loss (error) ? g_steal_pointer (&error) : NULL);
}

static void
overview_goes_on (FlVisit *self)
{
  FlDriver *driver = fl_setup_get_driver (self->setup);
  Read *op;

  if (!(fl_driver_get_capabilities (driver) & FL_CAN_SETUP_DONE))
    {
      block_read (self, FL_VISIT_OVERVIEW, NULL);
      return;
    }
  op = read_begin (self, FL_VISIT_OVERVIEW);
  fl_driver_read_setup_done_async (driver, op->cancellable, on_setup_done, op);
}

void
fl_visit_take_info (FlVisit *self, FlDeviceInfo *info)
{
  g_clear_pointer (&self->info, fl_device_info_free);
  self->info = info;
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlVisit) self = g_object_ref (((Read *) data)->visit);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = fl_driver_read_info_finish (FL_DRIVER (source), result, &error);

  if (!read_end (data))
    return;
  if (error != NULL)
    {
      block_read (self, FL_VISIT_OVERVIEW, g_steal_pointer (&error));
      return;
    }
  fl_visit_take_info (self, g_steal_pointer (&info));
  overview_goes_on (self);
}

void
fl_visit_take_state (FlVisit *self, FlDeviceState *state)
{
  g_clear_pointer (&self->state, fl_device_state_free);
  self->state = state;
  if (state->ssid != NULL)
    fl_visit_remember_name (self, state->ssid);
  set_status (self, FL_VISIT_STATE, FL_BLOCK_READY, NULL);
  fl_visit_status_changed (self);
}

static void
on_state (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlVisit) self = g_object_ref (((Read *) data)->visit);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  if (!read_end (data))
    return;
  if (state != NULL)
    fl_visit_take_state (self, g_steal_pointer (&state));
  block_read (self, FL_VISIT_STATE, g_steal_pointer (&error));
}

static gboolean
is_same_network (FlNetwork *left, FlNetwork *right)
{
  return g_bytes_equal (fl_network_get_ssid (left), fl_network_get_ssid (right)) &&
         fl_network_get_security (left) == fl_network_get_security (right);
}

/* Rows that are the same stay: nothing flickers and the focus is not lost. */
static void
take_known (FlVisit *self, GPtrArray *known)
{
  GListModel *rows = G_LIST_MODEL (self->known);
  guint n_before = g_list_model_get_n_items (rows);
  guint n_same = 0;

  for (guint i = 0; i < known->len; i++)
    fl_visit_remember_name (self, fl_network_get_ssid (known->pdata[i]));
  for (; n_same < n_before && n_same < known->len; n_same++)
    {
      g_autoptr (FlNetwork) row = g_list_model_get_item (rows, n_same);

      if (!is_same_network (row, known->pdata[n_same]))
        break;
    }
  if (n_same < n_before || n_same < known->len)
    g_list_store_splice (self->known, n_same, n_before - n_same, known->pdata + n_same,
                         known->len - n_same);
}

static void
on_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlVisit) self = g_object_ref (((Read *) data)->visit);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = fl_driver_list_known_finish (FL_DRIVER (source), result, &error);

  if (!read_end (data))
    return;
  if (known != NULL)
    take_known (self, known);
  block_read (self, FL_VISIT_NETWORKS, g_steal_pointer (&error));
}

/* A device does not say that it is in safe mode; its modules tell why it has to be. */
static gboolean
is_mode_in_doubt (FlVisit *self)
{
  for (guint i = 0; i < self->modules->len; i++)
    {
      const FlModule *module = g_ptr_array_index (self->modules, i);

      if (module->checked && !(module->is_sound && module->dependencies_met))
        return self->state != NULL && self->state->mode == FL_MODE_RUNNING;
    }
  return FALSE;
}

static void
on_modules (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlVisit) self = g_object_ref (((Read *) data)->visit);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) modules =
      fl_driver_read_modules_finish (FL_DRIVER (source), result, &error);

  if (!read_end (data))
    return;
  if (modules != NULL)
    {
      g_clear_pointer (&self->modules, g_ptr_array_unref);
      self->modules = g_steal_pointer (&modules);
      if (is_mode_in_doubt (self))
        self->to_read |= FL_VISIT_SET (FL_VISIT_STATE);
    }
  block_read (self, FL_VISIT_MODULES, g_steal_pointer (&error));
}

static void
read_overview (FlVisit *self, FlDriver *driver)
{
  FlDeviceInfo *info = fl_setup_get_info (self->setup);
  Read *op;

  if (self->info_is_fresh && info != NULL)
    {
      self->info_is_fresh = FALSE;
      fl_visit_take_info (self, fl_device_info_copy (info));
      overview_goes_on (self);
      return;
    }
  op = read_begin (self, FL_VISIT_OVERVIEW);
  fl_driver_read_info_async (driver, op->cancellable, on_info, op);
}

static gboolean
can_read (FlDriver *driver, FlVisitBlock block)
{
  FlCapabilities can = fl_driver_get_capabilities (driver);

  switch (block)
    {
    case FL_VISIT_OVERVIEW:
    case FL_VISIT_STATE:
    case FL_VISIT_N_BLOCKS:
      return TRUE;
    case FL_VISIT_NETWORKS:
      return (can & FL_CAN_LIST_KNOWN) != 0;
    case FL_VISIT_MODULES:
      return (can & FL_CAN_READ_MODULES) != 0;
    }
  return FALSE;
}

static void
read_block (FlVisit *self, FlVisitBlock block)
{
  FlDriver *driver = fl_setup_get_driver (self->setup);
  Read *op;

  if (!can_read (driver, block))
    {
      block_read (self, block,
                  g_error_new_literal (FL_ERROR, FL_ERROR_UNSUPPORTED,
                                       "The device does not tell this"));
      return;
    }

  switch (block)
    {
    case FL_VISIT_OVERVIEW:
      read_overview (self, driver);
      break;
    case FL_VISIT_STATE:
      op = read_begin (self, block);
      fl_driver_read_state_async (driver, op->cancellable, on_state, op);
      break;
    case FL_VISIT_NETWORKS:
      op = read_begin (self, block);
      fl_driver_list_known_async (driver, op->cancellable, on_known, op);
      break;
    case FL_VISIT_MODULES:
      op = read_begin (self, block);
      fl_driver_read_modules_async (driver, op->cancellable, on_modules, op);
      break;
    case FL_VISIT_N_BLOCKS:
      break;
    }
}

void
fl_visit_read (FlVisit *self, guint set)
{
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    if ((set & FL_VISIT_SET (i)) && !has_data (self, (FlVisitBlock) i))
      set_status (self, (FlVisitBlock) i, FL_BLOCK_READING, NULL);
  self->to_read |= set;
  fl_visit_status_changed (self);
  fl_visit_go_on (self);
}

/* An order has the device for itself; what it needs or changed is read for it. */
static guint
get_readable (FlVisit *self)
{
  if (self->current == NULL)
    return self->to_read;
  if (!self->current->started)
    return self->to_read & self->current->needs;
  return self->current->ended ? self->to_read & self->current->reread : 0;
}

void
fl_visit_go_on (FlVisit *self)
{
  guint readable;

  if (self->read_op != NULL || self->again_id != 0)
    return;
  if (fl_visit_orders_next (self))
    return; /* whoever ended went on */
  if (!self->is_open || !fl_setup_is_ready (self->setup))
    return;
  if (self->presence == FL_PRESENCE_GLANCE && self->current == NULL && self->to_read == 0)
    {
      fl_visit_set_presence (self, FL_PRESENCE_AWAY);
      return;
    }

  readable = get_readable (self);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    if (readable & FL_VISIT_SET (turns[i]))
      {
        self->to_read &= ~FL_VISIT_SET (turns[i]);
        read_block (self, turns[i]);
        return;
      }
}

/* The link is gone: what was to be read is read when it is back. */
void
fl_visit_stop_reading (FlVisit *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->read_op);

  fl_clock_clear (self->clock, &self->again_id);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

void
fl_visit_give_up_reading (FlVisit *self, const GError *error)
{
  self->to_read = 0;
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    if (self->blocks[i].status == FL_BLOCK_READING)
      set_status (self, (FlVisitBlock) i, error != NULL ? FL_BLOCK_FAILED : FL_BLOCK_EMPTY,
                  error != NULL ? g_error_copy (error) : NULL);
  fl_visit_status_changed (self);
}

FlNetwork *
fl_visit_find_known (FlVisit *self, GBytes *ssid)
{
  GListModel *rows = G_LIST_MODEL (self->known);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (FlNetwork) row = g_list_model_get_item (rows, i);

      if (g_bytes_equal (fl_network_get_ssid (row), ssid))
        return row; /* the list keeps it */
    }
  return NULL;
}

void
fl_visit_refresh (FlVisit *self, FlVisitBlock block)
{
  g_return_if_fail (FL_IS_VISIT (self));
  g_return_if_fail (block < FL_VISIT_N_BLOCKS);

  set_status (self, block, FL_BLOCK_READING, NULL);
  fl_visit_open (self);
  fl_visit_read (self, FL_VISIT_SET (block));
}

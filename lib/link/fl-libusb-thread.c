/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-libusb-thread"
#include "config.h"

#include "fl-libusb-thread.h"

#define END_US  (2 * G_USEC_PER_SEC)
#define TRIP_US (G_USEC_PER_SEC / 10) /* between tries, should libusb be unable to wait */

struct _FlLibusbThread
{
  guint n_refs;       /* the owner's thread only */
  FlLibusbPost *post; /* likewise */
  GThread *thread;

  GMutex mutex;
  GCond changed;
  /* Under the mutex. */
  libusb_context *usb; /* (nullable) */
  GQueue calls;        /* of Call */
  guint n_aside;
  gboolean is_stopping, has_ended, is_abandoned;

  int n_kept; /* the thread only */
};

typedef struct
{
  FlLibusbThread *self; /* of those aside */
  GFunc aside;
  FlLibusbFunc func;
  gpointer data;
} Call;

static Call *
pop_call (FlLibusbThread *self)
{
  Call *call;

  g_mutex_lock (&self->mutex);
  call = g_queue_pop_head (&self->calls);
  g_mutex_unlock (&self->mutex);
  return call;
}

static void
run_calls (FlLibusbThread *self)
{
  Call *call;

  while ((call = pop_call (self)) != NULL)
    {
      call->func (self->usb, call->data);
      g_free (call);
    }
}

/* Sleeps while there is no libusb to sleep in. */
static void
wait_for_call (FlLibusbThread *self, gint64 limit_us)
{
  gint64 end_us = g_get_monotonic_time () + limit_us;

  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->calls) && !self->is_stopping)
    if (limit_us == 0)
      g_cond_wait (&self->changed, &self->mutex);
    else if (!g_cond_wait_until (&self->changed, &self->mutex, end_us))
      break;
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_done (FlLibusbThread *self)
{
  gboolean done;

  g_mutex_lock (&self->mutex);
  done = self->is_stopping && g_queue_is_empty (&self->calls) && self->n_aside == 0;
  g_mutex_unlock (&self->mutex);
  return done && self->n_kept == 0;
}

static void
free_thread (FlLibusbThread *self)
{
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

static gpointer
run_thread (gpointer data)
{
  FlLibusbThread *self = data;
  libusb_context *usb = NULL;
  gboolean is_abandoned;
  int error = libusb_init (&usb);

  if (error != 0)
    g_info ("libusb does not start: %s", libusb_error_name (error));
  g_mutex_lock (&self->mutex);
  self->usb = usb;
  g_mutex_unlock (&self->mutex);

  for (run_calls (self); !is_done (self); run_calls (self))
    {
      error = usb == NULL ? 0 : libusb_handle_events_completed (usb, NULL);
      if (usb == NULL)
        wait_for_call (self, 0);
      else if (error != 0 && error != LIBUSB_ERROR_INTERRUPTED)
        wait_for_call (self, TRIP_US);
    }

  g_mutex_lock (&self->mutex);
  self->usb = NULL;
  g_mutex_unlock (&self->mutex);
  if (usb != NULL)
    libusb_exit (usb);

  g_mutex_lock (&self->mutex);
  self->has_ended = TRUE;
  is_abandoned = self->is_abandoned;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  if (is_abandoned)
    free_thread (self);
  return NULL;
}

FlLibusbThread *
fl_libusb_thread_new (GMainContext *context)
{
  FlLibusbThread *self = g_new0 (FlLibusbThread, 1);

  self->n_refs = 1;
  self->post = fl_libusb_post_new (context);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->calls);
  self->thread = g_thread_new ("fl-libusb", run_thread, self);
  return self;
}

FlLibusbThread *
fl_libusb_thread_ref (FlLibusbThread *self)
{
  self->n_refs++;
  return self;
}

FlLibusbPost *
fl_libusb_thread_get_post (FlLibusbThread *self)
{
  return self->post;
}

/* Under the mutex. An interruption lasts until the next wait, so none gets lost. */
static void
wake (FlLibusbThread *self)
{
  g_cond_broadcast (&self->changed);
  if (self->usb != NULL)
    libusb_interrupt_event_handler (self->usb);
}

void
fl_libusb_thread_unref (FlLibusbThread *self)
{
  gint64 end_us = g_get_monotonic_time () + END_US;
  gboolean has_ended;

  if (--self->n_refs > 0)
    return;

  g_clear_pointer (&self->post, fl_libusb_post_close);
  g_mutex_lock (&self->mutex);
  self->is_stopping = TRUE;
  wake (self);
  while (!self->has_ended && g_cond_wait_until (&self->changed, &self->mutex, end_us))
    ;
  has_ended = self->has_ended;
  self->is_abandoned = !has_ended;
  if (!has_ended)
    g_thread_unref (self->thread);
  g_mutex_unlock (&self->mutex);

  if (!has_ended)
    {
      g_info ("A device does not let go; libusb is left to itself");
      return;
    }
  g_thread_join (self->thread);
  free_thread (self);
}

void
fl_libusb_thread_call (FlLibusbThread *self, FlLibusbFunc func, gpointer data)
{
  Call *call = g_new0 (Call, 1);

  call->func = func;
  call->data = data;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->calls, call);
  wake (self);
  g_mutex_unlock (&self->mutex);
}

static void
end_aside (libusb_context *usb, gpointer data)
{
  Call *call = data;
  FlLibusbThread *self = call->self;

  if (call->func != NULL)
    call->func (usb, call->data);
  g_free (call);
  g_mutex_lock (&self->mutex);
  self->n_aside--;
  g_mutex_unlock (&self->mutex);
}

static gpointer
run_aside (gpointer data)
{
  Call *call = data;

  call->aside (call->data, NULL);
  fl_libusb_thread_call (call->self, end_aside, call);
  return NULL;
}

void
fl_libusb_thread_call_aside (FlLibusbThread *self, GFunc func, FlLibusbFunc done, gpointer data)
{
  Call *call = g_new0 (Call, 1);
  GThread *thread;

  call->self = self;
  call->aside = func;
  call->func = done;
  call->data = data;
  g_mutex_lock (&self->mutex);
  self->n_aside++;
  g_mutex_unlock (&self->mutex);

  thread = g_thread_try_new ("fl-libusb-aside", run_aside, call, NULL);
  if (thread == NULL)
    run_aside (call); /* better late than never */
  else
    g_thread_unref (thread);
}

void
fl_libusb_thread_keep (FlLibusbThread *self, int change)
{
  self->n_kept += change;
}

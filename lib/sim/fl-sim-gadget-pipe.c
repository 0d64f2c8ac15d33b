/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-gadget-pipe"
#include "config.h"

#include "fl-sim-gadget-pipe.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "fl-sim-ffs.h"
#include "fl-source.h"

/* What the thread has read. */
typedef struct
{
  FlUsbSetup setup;
  guint8 *data; /* (nullable) */
  int number;   /* an error that ends it all; 0: none */
} Request;

/* What it is to do with it. */
typedef struct
{
  FlSimGadgetAnswer answer;
  GBytes *reply; /* (nullable) */
} Answer;

struct _FlSimGadgetPipe
{
  int fd;
  int ending;   /* eventfd: the thread is to end */
  int incoming; /* eventfd: there are requests */
  GAsyncQueue *requests, *answers;
  FlSimGadgetRequestFunc on_request;
  FlSimGadgetEndFunc on_end;
  gpointer user_data;
  GSource *source;
  GThread *thread;
};

static void
request_free (Request *request)
{
  if (request->data != NULL)
    fl_wipe (request->data, request->setup.length);
  g_free (request->data);
  g_free (request);
}

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->reply, g_bytes_unref);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
wake (int fd)
{
  const guint64 one = 1;

  if (write (fd, &one, sizeof one) < 0)
    g_debug ("Waking: %s", g_strerror (errno));
}

/* In the thread. FALSE: it is to end. */
static gboolean
wait_for_event (FlSimGadgetPipe *self)
{
  struct pollfd fds[] = { { .fd = self->fd, .events = POLLIN },
                          { .fd = self->ending, .events = POLLIN } };

  while (poll (fds, G_N_ELEMENTS (fds), -1) < 0 && errno == EINTR)
    continue;
  return fds[1].revents == 0;
}

/* In the thread. (nullable): no request. EIDRM: the computer gave up the one that we were at;
 * EL2HLT: it did not, and this refuses it. */
static Request *
read_request (FlSimGadgetPipe *self)
{
  g_autoptr (Request) request = g_new0 (Request, 1);
  guint8 event[FL_SIM_FFS_EVENT_BYTES];
  gssize n_bytes = read (self->fd, event, sizeof event);

  if (n_bytes < 0 && errno != EAGAIN && errno != EINTR && errno != EIDRM && errno != EL2HLT)
    {
      request->number = errno;
      return g_steal_pointer (&request);
    }
  if (n_bytes != sizeof event || !fl_sim_ffs_event_decode (event, &request->setup))
    return NULL;
  if ((request->setup.request_type & FL_USB_IN) != 0 || request->setup.length == 0)
    return g_steal_pointer (&request);
  request->data = g_malloc0 (request->setup.length);
  n_bytes = read (self->fd, request->data, request->setup.length);
  return n_bytes == request->setup.length ? g_steal_pointer (&request) : NULL;
}

/* In the thread. The kernel's rules: reading a request that wants data, or writing to one that
 * brings it, refuses it. What fails here was given up by the computer. */
static void
act (FlSimGadgetPipe *self, const Request *request, const Answer *answer)
{
  gboolean is_in = (request->setup.request_type & FL_USB_IN) != 0;
  guint8 nothing = 0;
  gsize size_bytes = 0;
  const void *data = answer->reply != NULL ? g_bytes_get_data (answer->reply, &size_bytes) : NULL;
  gssize n_bytes = 0;

  if (request->data != NULL || answer->answer == FL_SIM_GADGET_IGNORE)
    return;
  if (is_in == (answer->answer == FL_SIM_GADGET_REFUSE))
    n_bytes = read (self->fd, &nothing, 0);
  else
    n_bytes = write (self->fd, data != NULL ? data : &nothing, size_bytes);
  if (n_bytes < 0 && errno != EL2HLT)
    g_debug ("A request was not answered: %s", g_strerror (errno));
}

/* The requests stay the thread's; whoever answers one looks at it until then. */
static gpointer
run (gpointer data)
{
  FlSimGadgetPipe *self = data;
  gboolean is_over = FALSE;
  sigset_t all;

  sigfillset (&all);
  pthread_sigmask (SIG_BLOCK, &all, NULL); /* a signal would leave an answer half given */
  while (!is_over && wait_for_event (self))
    {
      g_autoptr (Request) request = read_request (self);
      g_autoptr (Answer) answer = NULL;

      if (request == NULL)
        continue;
      is_over = request->number != 0;
      g_async_queue_push (self->requests, request);
      wake (self->incoming);
      answer = g_async_queue_pop (self->answers);
      act (self, request, answer);
    }
  return NULL;
}

static gboolean
on_incoming (int fd, GIOCondition condition, gpointer data)
{
  FlSimGadgetPipe *self = data;
  g_autoptr (GError) error = NULL;
  Request *request;
  guint64 count;

  if (read (fd, &count, sizeof count) < 0)
    return G_SOURCE_CONTINUE;
  request = g_async_queue_try_pop (self->requests);
  if (request == NULL)
    return G_SOURCE_CONTINUE;
  if (request->number == 0)
    {
      self->on_request (&request->setup, request->data,
                        request->data != NULL ? request->setup.length : 0, self->user_data);
      return G_SOURCE_CONTINUE;
    }
  g_set_error (&error, G_FILE_ERROR, g_file_error_from_errno (request->number),
               "The gadget has ended: %s", g_strerror (request->number));
  self->on_end (error, self->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
start (FlSimGadgetPipe *self, GError **error)
{
  int number;

  self->ending = eventfd (0, EFD_CLOEXEC);
  self->incoming = self->ending >= 0 ? eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK) : -1;
  number = errno;
  if (self->incoming < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "Making events: %s",
                   g_strerror (number));
      return FALSE;
    }
  self->source = g_unix_fd_source_new (self->incoming, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_incoming), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->thread = g_thread_try_new ("gadget", run, self, error);
  return self->thread != NULL;
}

FlSimGadgetPipe *
fl_sim_gadget_pipe_new (int fd,
                        FlSimGadgetRequestFunc on_request,
                        FlSimGadgetEndFunc on_end,
                        gpointer user_data,
                        GError **error)
{
  g_autoptr (FlSimGadgetPipe) self = NULL;

  g_return_val_if_fail (fd >= 0 && on_request != NULL && on_end != NULL, NULL);

  self = g_new0 (FlSimGadgetPipe, 1);
  self->fd = fd;
  self->ending = self->incoming = -1;
  self->requests = g_async_queue_new ();
  self->answers = g_async_queue_new_full ((GDestroyNotify) answer_free);
  self->on_request = on_request;
  self->on_end = on_end;
  self->user_data = user_data;
  return start (self, error) ? g_steal_pointer (&self) : NULL;
}

void
fl_sim_gadget_pipe_free (FlSimGadgetPipe *self)
{
  g_return_if_fail (self != NULL);

  if (self->thread != NULL)
    {
      fl_sim_gadget_pipe_answer (self, FL_SIM_GADGET_IGNORE, NULL); /* if it waits for one */
      wake (self->ending);
      g_thread_join (self->thread);
    }
  fl_source_clear (&self->source);
  g_async_queue_unref (self->requests); /* which the thread has freed */
  g_async_queue_unref (self->answers);
  if (self->ending >= 0)
    close (self->ending);
  if (self->incoming >= 0)
    close (self->incoming);
  g_free (self);
}

void
fl_sim_gadget_pipe_answer (FlSimGadgetPipe *self, FlSimGadgetAnswer kind, GBytes *reply)
{
  Answer *answer;

  g_return_if_fail (self != NULL);

  answer = g_new0 (Answer, 1);
  answer->answer = kind;
  answer->reply = reply != NULL ? g_bytes_ref (reply) : NULL;
  g_async_queue_push (self->answers, answer);
}

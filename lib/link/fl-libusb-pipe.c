/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-libusb-pipe"
#include "config.h"

#include "fl-libusb-pipe.h"

/* Made by the owner's thread and freed by the libusb thread, when it is closed. */
struct _FlLibusbPipe
{
  FlLibusbThread *thread;
  FlLibusbMailbox *mailbox;

  /* The owner's thread only. */
  const FlLibusbPipeEvents *events;
  gpointer owner;

  /* The libusb thread only; the handle is made and closed aside. */
  libusb_device *device;
  libusb_device_handle *handle; /* (nullable) */
  int open_code;
  libusb_hotplug_callback_handle left_id; /* 0: none */
  struct libusb_transfer *transfer;       /* (nullable) on its way */
  gboolean is_opening, is_closing, has_left, is_telling;
};

typedef enum
{
  NEWS_OPENED,
  NEWS_TRANSFERRED,
  NEWS_LEFT,
} NewsKind;

typedef struct
{
  NewsKind kind;
  int code;
  enum libusb_transfer_status status;
  GBytes *bytes;
} News;

/* One transfer on its way to the thread. */
typedef struct
{
  FlLibusbPipe *pipe;
  FlSecret *buffer; /* setup packet and data, either of which may be secret */
  guint limit_ms;
} Request;

static void
news_free (gpointer data)
{
  News *news = data;

  g_bytes_unref (news->bytes);
  g_free (news);
}

static void
read_news (gpointer owner, gpointer letter)
{
  FlLibusbPipe *self = owner;
  News *news = letter;

  switch (news->kind)
    {
    case NEWS_OPENED:
      self->events->opened (self->owner, news->code);
      break;
    case NEWS_TRANSFERRED:
      self->events->transferred (self->owner, news->code, news->status, news->bytes);
      break;
    case NEWS_LEFT:
      self->events->left (self->owner);
      break;
    }
}

static void
tell (FlLibusbPipe *self,
      NewsKind kind,
      int code,
      enum libusb_transfer_status status,
      GBytes *bytes)
{
  News *news = g_new0 (News, 1);

  news->kind = kind;
  news->code = code;
  news->status = status;
  news->bytes = bytes == NULL ? g_bytes_new (NULL, 0) : g_bytes_ref (bytes);
  fl_libusb_mailbox_put (self->mailbox, news);
}

/* Closing, the end. */

static void
close_aside (gpointer data, gpointer unused)
{
  libusb_close (((FlLibusbPipe *) data)->handle);
}

static void
end_close (libusb_context *usb, gpointer data)
{
  FlLibusbPipe *self = data;

  libusb_unref_device (self->device);
  fl_libusb_thread_keep (self->thread, -1);
  fl_libusb_mailbox_unref (self->mailbox);
  g_free (self);
}

static void
continue_close (FlLibusbPipe *self)
{
  if (self->is_opening || self->is_telling || self->transfer != NULL)
    return;
  if (self->handle != NULL)
    fl_libusb_thread_call_aside (self->thread, close_aside, end_close, self);
  else
    end_close (NULL, self);
}

static void
tell_left (libusb_context *usb, gpointer data)
{
  FlLibusbPipe *self = data;

  self->is_telling = FALSE;
  if (self->is_closing)
    continue_close (self);
  else
    tell (self, NEWS_LEFT, 0, LIBUSB_TRANSFER_COMPLETED, NULL);
}

/* Not at once: a watch hears of it in the same round, and its port shall be gone first. */
static int LIBUSB_CALL
on_left (libusb_context *usb, libusb_device *device, libusb_hotplug_event event, void *data)
{
  FlLibusbPipe *self = data;

  if (device != self->device || self->has_left)
    return 0;
  self->has_left = TRUE;
  if (!self->is_opening)
    {
      self->is_telling = TRUE;
      fl_libusb_thread_call (self->thread, tell_left, self);
    }
  return 0;
}

static void
begin_close (libusb_context *usb, gpointer data)
{
  FlLibusbPipe *self = data;

  self->is_closing = TRUE;
  if (self->left_id != 0)
    libusb_hotplug_deregister_callback (usb, self->left_id);
  self->left_id = 0;
  if (self->transfer != NULL)
    libusb_cancel_transfer (self->transfer);
  continue_close (self);
}

/* Opening */

static void
open_aside (gpointer data, gpointer unused)
{
  FlLibusbPipe *self = data;

  self->open_code = libusb_open (self->device, &self->handle);
}

static void
end_open (libusb_context *usb, gpointer data)
{
  FlLibusbPipe *self = data;

  self->is_opening = FALSE;
  if (self->is_closing)
    continue_close (self);
  else
    tell (self, NEWS_OPENED, self->has_left ? LIBUSB_ERROR_NO_DEVICE : self->open_code,
          LIBUSB_TRANSFER_COMPLETED, NULL);
}

static void
begin_open (libusb_context *usb, gpointer data)
{
  FlLibusbPipe *self = data;
  int code;

  fl_libusb_thread_keep (self->thread, 1);
  /* Before opening: what has left earlier does not open. */
  code = libusb_hotplug_register_callback (usb, LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT, 0,
                                           LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                           LIBUSB_HOTPLUG_MATCH_ANY, on_left, self, &self->left_id);
  if (code != 0)
    {
      tell (self, NEWS_OPENED, code, LIBUSB_TRANSFER_COMPLETED, NULL);
      return;
    }
  self->is_opening = TRUE;
  fl_libusb_thread_call_aside (self->thread, open_aside, end_open, self);
}

/* Transfers */

static void
request_free (Request *request)
{
  fl_secret_unref (request->buffer);
  g_free (request);
}

static void LIBUSB_CALL
on_transfer (struct libusb_transfer *transfer)
{
  Request *request = transfer->user_data;
  FlLibusbPipe *self = request->pipe;
  g_autoptr (GBytes) bytes = NULL;

  if (transfer->status == LIBUSB_TRANSFER_COMPLETED && (transfer->buffer[0] & FL_USB_IN) != 0)
    bytes = g_bytes_new (libusb_control_transfer_get_data (transfer), transfer->actual_length);
  self->transfer = NULL;
  tell (self, NEWS_TRANSFERRED, 0, transfer->status, bytes);
  if (self->is_closing)
    continue_close (self);
  request_free (request);
  libusb_free_transfer (transfer);
}

static void
submit (libusb_context *usb, gpointer data)
{
  Request *request = data;
  FlLibusbPipe *self = request->pipe;
  struct libusb_transfer *transfer = self->is_closing ? NULL : libusb_alloc_transfer (0);
  int code = LIBUSB_ERROR_NO_MEM;

  if (transfer != NULL)
    {
      libusb_fill_control_transfer (transfer, self->handle,
                                    fl_secret_get_writable (request->buffer), on_transfer, request,
                                    request->limit_ms);
      code = libusb_submit_transfer (transfer);
    }
  if (code == 0)
    {
      self->transfer = transfer;
      return;
    }
  tell (self, NEWS_TRANSFERRED, code, LIBUSB_TRANSFER_ERROR, NULL);
  request_free (request);
  libusb_free_transfer (transfer);
}

FlLibusbPipe *
fl_libusb_pipe_open (FlLibusbThread *thread,
                     libusb_device *device,
                     const FlLibusbPipeEvents *events,
                     gpointer owner)
{
  FlLibusbPipe *self = g_new0 (FlLibusbPipe, 1);

  self->thread = thread;
  self->mailbox =
      fl_libusb_mailbox_new (fl_libusb_thread_get_post (thread), read_news, news_free, self);
  self->events = events;
  self->owner = owner;
  self->device = libusb_ref_device (device);
  fl_libusb_thread_call (thread, begin_open, self);
  return self;
}

void
fl_libusb_pipe_transfer (FlLibusbPipe *self,
                         const FlUsbSetup *setup,
                         FlSecret *data,
                         guint limit_ms)
{
  Request *request = g_new0 (Request, 1);
  guint8 *buffer;

  request->pipe = self;
  request->buffer = fl_secret_new_zeroed (LIBUSB_CONTROL_SETUP_SIZE + setup->length);
  request->limit_ms = MAX (limit_ms, 1); /* to libusb 0 is forever */
  buffer = fl_secret_get_writable (request->buffer);
  libusb_fill_control_setup (buffer, setup->request_type, setup->request, setup->value,
                             setup->index, setup->length);
  if (data != NULL)
    memcpy (buffer + LIBUSB_CONTROL_SETUP_SIZE, fl_secret_get_data (data),
            MIN (fl_secret_get_size (data), setup->length));
  fl_libusb_thread_call (self->thread, submit, request);
}

void
fl_libusb_pipe_close (FlLibusbPipe *self)
{
  fl_libusb_mailbox_close (self->mailbox);
  fl_libusb_thread_call (self->thread, begin_close, self);
}

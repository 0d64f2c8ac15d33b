/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-usb-private.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* usbfs for one device node, in umockdev's thread. Ends of a transfer: Linux,
 * Documentation/driver-api/usb/error-codes.rst. */

#define SETUP_BYTES 8

typedef struct
{
  UMockdevIoctlClient *client; /* not owned */
  UMockdevIoctlData *data;     /* struct usbdevfs_urb */
  FlUsbSetup setup;
  int status; /* -errno */
  GBytes *reply;
} Urb;

typedef struct
{
  UMockdevIoctlBase parent_instance;

  MockUsbDevice *device;
} MockUsbHandler;

typedef struct
{
  UMockdevIoctlBaseClass parent_class;
} MockUsbHandlerClass;

GType mock_usb_handler_get_type (void);
G_DEFINE_TYPE (MockUsbHandler, mock_usb_handler, umockdev_ioctl_base_get_type ())

static void
urb_free (gpointer data)
{
  Urb *urb = data;

  umockdev_ioctl_data_unref (urb->data);
  g_bytes_unref (urb->reply);
  g_free (urb);
}

static int
get_status (MockUsbEnd end)
{
  switch (end)
    {
    case MOCK_USB_DONE:
    case MOCK_USB_PENDING:
      return 0;
    case MOCK_USB_STALLED:
      return -EPIPE;
    case MOCK_USB_BROKEN:
      return -EPROTO;
    case MOCK_USB_BABBLE:
      return -EOVERFLOW;
    }
  g_assert_not_reached ();
}

static void
finish_urb (MockUsbDevice *device, Urb *urb, int status, GBytes *reply)
{
  urb->status = status;
  if (reply != NULL)
    {
      g_bytes_unref (urb->reply);
      urb->reply = g_bytes_ref (reply);
    }
  g_queue_push_tail (&device->done, urb);
  mock_usb_device_set_ready (device, TRUE);
}

/* USB 2.0, 9.6.7 */
static GBytes *
describe_string (MockUsbDevice *device, guint8 index)
{
  const char *text = index == MOCK_USB_PRODUCT  ? device->product
                     : index == MOCK_USB_SERIAL ? device->serial
                                                : NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const guint8 english[] = { 4, 3, 0x09, 0x04 };

  if (index == 0)
    return g_bytes_new_static (english, sizeof english);
  if (text == NULL)
    return NULL;
  g_byte_array_append (bytes, (const guint8[]){ 2 + 2 * strlen (text), 3 }, 2);
  for (const char *p = text; *p != '\0'; p++)
    g_byte_array_append (bytes, (const guint8[]){ *p, 0 }, 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static MockUsbEnd
run_request (MockUsbDevice *device, const FlUsbSetup *setup, const guint8 *data, GBytes **reply)
{
  if (setup->request_type == FL_USB_IN && setup->request == 6 && setup->value >> 8 == 3)
    {
      *reply = describe_string (device, setup->value & 0xff);
      return *reply == NULL ? MOCK_USB_STALLED : MOCK_USB_DONE;
    }
  if (device->control == NULL)
    return MOCK_USB_STALLED;
  return device->control (device, setup, data, reply, device->user_data);
}

static void
submit (MockUsbDevice *device, UMockdevIoctlClient *client, UMockdevIoctlData *argument)
{
  Urb *urb = g_new0 (Urb, 1);
  UMockdevIoctlData *buffer;
  const struct usbdevfs_urb *raw;
  const guint8 *bytes;
  g_autoptr (GBytes) reply = NULL;
  MockUsbEnd end;

  urb->client = client;
  urb->data = umockdev_ioctl_data_resolve (argument, 0, sizeof (struct usbdevfs_urb), NULL);
  raw = (const struct usbdevfs_urb *) urb->data->data;
  g_assert_cmpint (raw->type, ==, USBDEVFS_URB_TYPE_CONTROL);
  g_assert_cmpint (raw->endpoint, ==, 0);
  g_assert_cmpint (raw->buffer_length, >=, SETUP_BYTES);
  buffer = umockdev_ioctl_data_resolve (urb->data, G_STRUCT_OFFSET (struct usbdevfs_urb, buffer),
                                        raw->buffer_length, NULL);
  bytes = buffer->data;
  urb->setup.request_type = bytes[0];
  urb->setup.request = bytes[1];
  urb->setup.value = bytes[2] | bytes[3] << 8;
  urb->setup.index = bytes[4] | bytes[5] << 8;
  urb->setup.length = bytes[6] | bytes[7] << 8;
  g_assert_cmpint (raw->buffer_length, ==, SETUP_BYTES + urb->setup.length);
  urb->reply = g_bytes_new (NULL, 0);
  end = run_request (device, &urb->setup, bytes + SETUP_BYTES, &reply);
  if (end == MOCK_USB_PENDING)
    g_queue_push_tail (&device->pending, urb);
  else
    finish_urb (device, urb, get_status (end), reply);
  umockdev_ioctl_data_unref (buffer);
  umockdev_ioctl_client_complete (client, 0, 0);
}

static Urb *
take_done (MockUsbDevice *device, UMockdevIoctlClient *client)
{
  for (GList *l = device->done.head; l != NULL; l = l->next)
    if (((Urb *) l->data)->client == client)
      {
        Urb *urb = l->data;

        g_queue_delete_link (&device->done, l);
        return urb;
      }
  return NULL;
}

static void
reap (MockUsbDevice *device, UMockdevIoctlClient *client, UMockdevIoctlData *argument)
{
  Urb *urb = take_done (device, client);
  UMockdevIoctlData *pointer, *buffer;
  struct usbdevfs_urb *raw;
  gsize size_bytes;
  gconstpointer bytes;

  if (device->done.length == 0 && device->slave >= 0)
    mock_usb_device_set_ready (device, FALSE);
  if (urb == NULL)
    {
      umockdev_ioctl_client_complete (client, -1, device->slave >= 0 ? EAGAIN : ENODEV);
      return;
    }

  raw = (struct usbdevfs_urb *) urb->data->data;
  raw->status = urb->status;
  raw->actual_length = 0;
  if (urb->status == 0 && (urb->setup.request_type & FL_USB_IN) == 0)
    raw->actual_length = urb->setup.length;
  else if (urb->status == 0)
    {
      bytes = g_bytes_get_data (urb->reply, &size_bytes);
      raw->actual_length = MIN (size_bytes, urb->setup.length);
      buffer =
          umockdev_ioctl_data_resolve (urb->data, G_STRUCT_OFFSET (struct usbdevfs_urb, buffer),
                                       raw->buffer_length, NULL);
      if (raw->actual_length > 0)
        memcpy (buffer->data + SETUP_BYTES, bytes, raw->actual_length);
      umockdev_ioctl_data_unref (buffer);
    }
  pointer = umockdev_ioctl_data_resolve (argument, 0, sizeof (gpointer), NULL);
  umockdev_ioctl_data_set_ptr (pointer, 0, urb->data);
  umockdev_ioctl_data_unref (pointer);
  umockdev_ioctl_client_complete (client, 0, 0);
  urb_free (urb);
}

static void
discard (MockUsbDevice *device, UMockdevIoctlClient *client, gulong address)
{
  for (GList *l = device->pending.head; l != NULL; l = l->next)
    {
      Urb *urb = l->data;

      if (urb->client == client && urb->data->client_addr == address)
        {
          g_queue_delete_link (&device->pending, l);
          finish_urb (device, urb, -ENOENT, NULL);
          g_atomic_int_inc (&device->usb->n_cancelled);
          umockdev_ioctl_client_complete (client, 0, 0);
          return;
        }
    }
  umockdev_ioctl_client_complete (client, -1, EINVAL);
}

static void
tell_capabilities (UMockdevIoctlClient *client, UMockdevIoctlData *argument)
{
  UMockdevIoctlData *answer = umockdev_ioctl_data_resolve (argument, 0, sizeof (guint32), NULL);

  *(guint32 *) answer->data = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION |
                              USBDEVFS_CAP_NO_PACKET_SIZE_LIM | USBDEVFS_CAP_BULK_SCATTER_GATHER |
                              USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
  umockdev_ioctl_data_unref (answer);
  umockdev_ioctl_client_complete (client, 0, 0);
}

static gboolean
handle_device (MockUsbDevice *device, UMockdevIoctlClient *client)
{
  UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg (client);
  gulong request = umockdev_ioctl_client_get_request (client);

  if (request == USBDEVFS_REAPURB || request == USBDEVFS_REAPURBNDELAY)
    reap (device, client, argument);
  else if (request == USBDEVFS_DISCARDURB)
    discard (device, client, *(gulong *) argument->data);
  else if (device->slave < 0)
    umockdev_ioctl_client_complete (client, -1, ENODEV);
  else if (request == USBDEVFS_GET_CAPABILITIES)
    tell_capabilities (client, argument);
  else if (request == USBDEVFS_SUBMITURB)
    submit (device, client, argument);
  else
    {
      if (request == USBDEVFS_CLAIMINTERFACE)
        g_atomic_int_inc (&device->usb->n_claims);
      return FALSE;
    }
  return TRUE;
}

static void
drop_urbs (GQueue *urbs, UMockdevIoctlClient *client)
{
  for (GList *l = urbs->head, *next; l != NULL; l = next)
    {
      next = l->next;
      if (((Urb *) l->data)->client == client)
        {
          urb_free (l->data);
          g_queue_delete_link (urbs, l);
        }
    }
}

static void
count_open (MockUsb *usb, int change)
{
  g_mutex_lock (&usb->open_mutex);
  usb->n_open += change;
  g_cond_broadcast (&usb->open_changed);
  g_mutex_unlock (&usb->open_mutex);
  g_main_context_wakeup (NULL);
}

static void
on_client_gone (gpointer data, GObject *client)
{
  MockUsbHandler *self = data;

  g_rec_mutex_lock (&self->device->usb->mutex);
  self->device->n_open--;
  drop_urbs (&self->device->pending, (UMockdevIoctlClient *) client);
  drop_urbs (&self->device->done, (UMockdevIoctlClient *) client);
  g_rec_mutex_unlock (&self->device->usb->mutex);
  count_open (self->device->usb, -1);
}

/* An opened node is one that was asked something: the preload library leaves a connection behind
 * for each open() that is refused. umockdev declares client_vanished and notify::connected, but
 * emits neither. */
static void
note_client (MockUsbHandler *self, UMockdevIoctlClient *client)
{
  if (g_object_get_data (G_OBJECT (client), "noted") != NULL)
    return;
  g_object_set_data (G_OBJECT (client), "noted", client);
  g_object_weak_ref (G_OBJECT (client), on_client_gone, self);
  self->device->n_open++;
  count_open (self->device->usb, 1);
}

static gboolean
mock_usb_handler_handle_ioctl (UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
  MockUsbHandler *self = (MockUsbHandler *) base;
  gboolean handled;

  g_rec_mutex_lock (&self->device->usb->mutex);
  note_client (self, client);
  handled = handle_device (self->device, client);
  g_rec_mutex_unlock (&self->device->usb->mutex);
  g_main_context_wakeup (NULL); /* a test may wait for this */
  return handled;
}

static void
mock_usb_handler_class_init (MockUsbHandlerClass *class)
{
  UMockdevIoctlBaseClass *base_class = (UMockdevIoctlBaseClass *) class;

  base_class->handle_ioctl = mock_usb_handler_handle_ioctl;
}

static void
mock_usb_handler_init (MockUsbHandler *self)
{
}

UMockdevIoctlBase *
mock_usb_handler_new (MockUsbDevice *device)
{
  MockUsbHandler *self = g_object_new (mock_usb_handler_get_type (), NULL);

  self->device = device;
  return &self->parent_instance;
}

gboolean
mock_usb_device_finish (MockUsbDevice *device, MockUsbEnd end, GBytes *reply)
{
  g_autoptr (GBytes) bytes = reply;
  Urb *urb;

  g_rec_mutex_lock (&device->usb->mutex);
  urb = g_queue_pop_head (&device->pending);
  if (urb != NULL)
    finish_urb (device, urb, get_status (end), bytes);
  g_rec_mutex_unlock (&device->usb->mutex);
  return urb != NULL;
}

void
mock_usb_device_end_all (MockUsbDevice *device)
{
  Urb *urb;

  if (device->slave < 0)
    return;
  while ((urb = g_queue_pop_head (&device->pending)) != NULL)
    finish_urb (device, urb, -ESHUTDOWN, NULL);
  close (device->master);
  close (device->slave);
  device->slave = -1;
}

guint
mock_usb_device_get_n_open (MockUsbDevice *device)
{
  guint n;

  g_rec_mutex_lock (&device->usb->mutex);
  n = device->n_open;
  g_rec_mutex_unlock (&device->usb->mutex);
  return n;
}

guint
mock_usb_device_get_n_pending (MockUsbDevice *device)
{
  guint n;

  g_rec_mutex_lock (&device->usb->mutex);
  n = device->pending.length;
  g_rec_mutex_unlock (&device->usb->mutex);
  return n;
}

void
mock_usb_device_free (MockUsbDevice *device)
{
  g_queue_clear_full (&device->pending, urb_free);
  g_queue_clear_full (&device->done, urb_free);
  g_object_unref (device->handler);
  g_free (device->serial);
  g_free (device->product);
  g_free (device->syspath);
  g_free (device->node);
  g_free (device);
}

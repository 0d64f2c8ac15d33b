/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-libusb-watch"
#include "config.h"

#include "fl-libusb-watch.h"

#include <unistd.h>

/* USB 3.2, 10.1: hubs in a row; libusb_get_port_numbers() wants room for as many. */
#define MAX_DEPTH 7
/* USB 2.0, 9.5: a length byte, so at most this many ASCII characters and a NUL */
#define MAX_STRING_BYTES 128

/* Made by the owner's thread and freed by the libusb thread, when it has stopped. */
struct _FlLibusbWatch
{
  FlLibusbThread *thread;
  FlLibusbFilter filter;
  FlLibusbMailbox *mailbox;

  /* The owner's thread only. */
  const FlLibusbWatchEvents *events;
  gpointer owner;

  /* The libusb thread only. */
  libusb_hotplug_callback_handle hotplug_id; /* 0: none */
  GPtrArray *asked;                          /* of News, not owned: strings under way */
  gboolean is_stopped;
};

typedef enum
{
  NEWS_STARTED,
  NEWS_ARRIVED,
  NEWS_LEFT,
} NewsKind;

typedef struct
{
  FlLibusbWatch *watch; /* until it is told */
  NewsKind kind;
  int code;
  FlLibusbSight sight;
  gboolean is_gone; /* while its strings were asked for */
} News;

static News *
news_new (FlLibusbWatch *self, NewsKind kind, libusb_device *device)
{
  News *news = g_new0 (News, 1);

  news->watch = self;
  news->kind = kind;
  news->sight.device = device == NULL ? NULL : libusb_ref_device (device);
  return news;
}

static void
news_free (gpointer data)
{
  News *news = data;

  if (news->sight.device != NULL)
    libusb_unref_device (news->sight.device);
  g_free (news->sight.location);
  g_free (news->sight.node);
  g_free (news->sight.serial);
  g_free (news->sight.product);
  g_free (news);
}

static void
read_news (gpointer owner, gpointer letter)
{
  FlLibusbWatch *self = owner;
  News *news = letter;

  switch (news->kind)
    {
    case NEWS_STARTED:
      self->events->started (self->owner, news->code);
      break;
    case NEWS_ARRIVED:
      self->events->arrived (self->owner, &news->sight);
      break;
    case NEWS_LEFT:
      self->events->left (self->owner, news->sight.device);
      break;
    }
}

static void
tell (News *news)
{
  fl_libusb_mailbox_put (news->watch->mailbox, news);
}

/* As the kernel names it in sysfs: drivers/usb/core/usb.c of Linux, usb_alloc_dev(). */
static char *
dup_location (libusb_device *device)
{
  GString *location = g_string_new (NULL);
  guint8 ports[MAX_DEPTH];
  int n = libusb_get_port_numbers (device, ports, G_N_ELEMENTS (ports));

  if (n <= 0)
    g_string_printf (location, "usb%u", libusb_get_bus_number (device));
  else
    g_string_printf (location, "%u", libusb_get_bus_number (device));
  for (int i = 0; i < n; i++)
    g_string_append_printf (location, "%c%u", i == 0 ? '-' : '.', ports[i]);
  return g_string_free (location, FALSE);
}

/* The kernel read the strings when the device was plugged in. */
static char *
read_string (const char *location, const char *name)
{
  g_autofree char *path = g_build_filename ("/sys/bus/usb/devices", location, name, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || *g_strstrip (text) == '\0')
    return NULL;
  return g_utf8_make_valid (text, -1);
}

static char *
ask_string (libusb_device_handle *handle, guint8 index)
{
  char text[MAX_STRING_BYTES] = "";

  if (index == 0 || libusb_get_string_descriptor_ascii (handle, index, (unsigned char *) text,
                                                        sizeof text - 1) <= 0)
    return NULL;
  g_strstrip (text);
  return *text == '\0' ? NULL : g_utf8_make_valid (text, -1);
}

static void
free_if_stopped (FlLibusbWatch *self)
{
  if (!self->is_stopped || self->asked->len > 0)
    return;

  fl_libusb_mailbox_unref (self->mailbox);
  g_ptr_array_unref (self->asked);
  g_free (self);
}

static void
ask_aside (gpointer data, gpointer unused)
{
  FlLibusbSight *sight = &((News *) data)->sight;
  struct libusb_device_descriptor descriptor;
  libusb_device_handle *handle;

  libusb_get_device_descriptor (sight->device, &descriptor);
  if (libusb_open (sight->device, &handle) != 0)
    return;
  sight->serial = ask_string (handle, descriptor.iSerialNumber);
  if (sight->product == NULL)
    sight->product = ask_string (handle, descriptor.iProduct);
  libusb_close (handle);
}

static void
end_ask (libusb_context *usb, gpointer data)
{
  News *news = data;
  FlLibusbWatch *self = news->watch;

  g_ptr_array_remove_fast (self->asked, news);
  if (news->is_gone)
    news_free (news);
  else
    tell (news);
  free_if_stopped (self);
}

static void
arrive (FlLibusbWatch *self,
        libusb_device *device,
        const struct libusb_device_descriptor *descriptor)
{
  News *news = news_new (self, NEWS_ARRIVED, device);
  FlLibusbSight *sight = &news->sight;

  sight->vendor_id = descriptor->idVendor;
  sight->product_id = descriptor->idProduct;
  sight->location = dup_location (device);
  sight->node = g_strdup_printf ("/dev/bus/usb/%03u/%03u", libusb_get_bus_number (device),
                                 libusb_get_device_address (device));
  sight->serial = read_string (sight->location, "serial");
  sight->product = read_string (sight->location, "product");
  sight->is_refused = !fl_libusb_may_open (sight->node);
  if (sight->serial != NULL || sight->is_refused || descriptor->iSerialNumber == 0)
    {
      tell (news);
      return;
    }
  g_ptr_array_add (self->asked, news);
  fl_libusb_thread_call_aside (self->thread, ask_aside, end_ask, news);
}

static void
leave (FlLibusbWatch *self, libusb_device *device)
{
  gboolean was_told = TRUE;

  for (guint i = 0; i < self->asked->len; i++)
    {
      News *news = g_ptr_array_index (self->asked, i);

      if (news->sight.device == device)
        {
          news->is_gone = TRUE;
          was_told = FALSE;
        }
    }
  if (was_told)
    tell (news_new (self, NEWS_LEFT, device));
}

static int LIBUSB_CALL
on_hotplug (libusb_context *usb, libusb_device *device, libusb_hotplug_event event, void *data)
{
  FlLibusbWatch *self = data;
  struct libusb_device_descriptor descriptor;

  if (libusb_get_device_descriptor (device, &descriptor) != 0 ||
      !self->filter (descriptor.idVendor, descriptor.idProduct))
    return 0;
  if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED)
    arrive (self, device, &descriptor);
  else
    leave (self, device);
  return 0;
}

static void
begin_start (libusb_context *usb, gpointer data)
{
  FlLibusbWatch *self = data;
  News *news = news_new (self, NEWS_STARTED, NULL);

  if (usb == NULL || !libusb_has_capability (LIBUSB_CAP_HAS_HOTPLUG))
    news->code = LIBUSB_ERROR_NOT_SUPPORTED;
  else if (fl_libusb_is_forbidden (""))
    news->code = LIBUSB_ERROR_ACCESS;
  else
    news->code = libusb_hotplug_register_callback (
        usb, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
        LIBUSB_HOTPLUG_ENUMERATE, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
        LIBUSB_HOTPLUG_MATCH_ANY, on_hotplug, self, &self->hotplug_id);
  tell (news);
}

static void
end_watch (libusb_context *usb, gpointer data)
{
  FlLibusbWatch *self = data;

  self->is_stopped = TRUE;
  if (self->hotplug_id != 0)
    libusb_hotplug_deregister_callback (usb, self->hotplug_id);
  free_if_stopped (self);
}

FlLibusbWatch *
fl_libusb_watch_start (FlLibusbThread *thread,
                       FlLibusbFilter filter,
                       const FlLibusbWatchEvents *events,
                       gpointer owner)
{
  FlLibusbWatch *self = g_new0 (FlLibusbWatch, 1);

  self->thread = thread;
  self->filter = filter;
  self->mailbox =
      fl_libusb_mailbox_new (fl_libusb_thread_get_post (thread), read_news, news_free, self);
  self->events = events;
  self->owner = owner;
  self->asked = g_ptr_array_new ();
  fl_libusb_thread_call (thread, begin_start, self);
  return self;
}

void
fl_libusb_watch_stop (FlLibusbWatch *self)
{
  fl_libusb_mailbox_close (self->mailbox);
  fl_libusb_thread_call (self->thread, end_watch, self);
}

gboolean
fl_libusb_may_open (const char *node)
{
  return access (node, R_OK | W_OK) == 0 || errno != EACCES;
}

gboolean
fl_libusb_is_forbidden (const char *root)
{
  g_autofree char *path = g_build_filename (root, "/.flatpak-info", NULL);
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_auto (GStrv) devices = NULL;

  if (!g_key_file_load_from_file (info, path, G_KEY_FILE_NONE, NULL))
    return FALSE;
  devices = g_key_file_get_string_list (info, "Context", "devices", NULL, NULL);
  return devices == NULL || !(g_strv_contains ((const char *const *) devices, "all") ||
                              g_strv_contains ((const char *const *) devices, "usb"));
}

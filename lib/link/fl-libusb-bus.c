/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-libusb-bus"
#include "config.h"

#include "fl-libusb-bus.h"

#include "fl-error.h"
#include "fl-libusb-error.h"
#include "fl-libusb-link.h"

/* What the bus knows of a port besides what it shows; it belongs to the port. */
typedef struct
{
  FlLibusbThread *thread;
  libusb_device *device;
  char *node;
  gboolean is_stale;     /* not seen since the bus was started anew */
  GFileMonitor *monitor; /* (nullable) while it may not be opened */
} Place;

struct _FlLibusbBus
{
  GObject parent_instance;

  FlLibusbFilter filter;
  GMainContext *context;
  FlLibusbThread *thread; /* (nullable) before the first start */
  FlLibusbWatch *watch;   /* (nullable) while stopped */
  GListStore *ports;
  GError *problem;
};

static void fl_libusb_bus_iface_init (FlUsbBusInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlLibusbBus,
                               fl_libusb_bus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_USB_BUS, fl_libusb_bus_iface_init))

enum
{
  PROP_PROBLEM = 1
};

/* Of a port's data: its Place. */
#define PLACE_KEY "fl-libusb-place"

static void
place_free (gpointer data)
{
  Place *place = data;

  if (place->monitor != NULL)
    g_file_monitor_cancel (place->monitor);
  g_clear_object (&place->monitor);
  libusb_unref_device (place->device);
  fl_libusb_thread_unref (place->thread);
  g_free (place->node);
  g_free (place);
}

static Place *
get_place (FlUsbPort *port)
{
  return g_object_get_data (G_OBJECT (port), PLACE_KEY);
}

static void check_port (FlUsbPort *port);

static void
on_node_changed (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 FlUsbPort *port)
{
  check_port (port);
}

/* The node's rights change when a rule is added, without another arrival. */
static void
watch_node (FlUsbPort *port)
{
  Place *place = get_place (port);
  g_autoptr (GFile) file = g_file_new_for_path (place->node);

  if (place->monitor != NULL)
    return;
  place->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_HARD_LINKS, NULL, NULL);
  if (place->monitor != NULL)
    g_signal_connect_object (place->monitor, "changed", G_CALLBACK (on_node_changed), port, 0);
}

static void
check_port (FlUsbPort *port)
{
  Place *place = get_place (port);
  gboolean may_open = fl_libusb_may_open (place->node);

  if (may_open && place->monitor != NULL)
    g_file_monitor_cancel (place->monitor);
  if (may_open)
    {
      g_clear_object (&place->monitor);
      fl_usb_port_take_problem (port, NULL);
      return;
    }
  watch_node (port);
  if (fl_usb_port_get_problem (port) == NULL)
    fl_usb_port_take_problem (port, fl_libusb_error_from_open (LIBUSB_ERROR_ACCESS,
                                                               fl_usb_port_get_location (port)));
}

static FlUsbPort *
find_port (FlLibusbBus *self, libusb_device *device, guint *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->ports));

  for (*position = 0; *position < n; (*position)++)
    {
      g_autoptr (FlUsbPort) port = g_list_model_get_item (G_LIST_MODEL (self->ports), *position);

      if (get_place (port)->device == device)
        return port; /* the list has a reference */
    }
  return NULL;
}

static void
take_problem (FlLibusbBus *self, GError *problem)
{
  if (self->problem == NULL && problem == NULL)
    return;
  g_clear_error (&self->problem);
  self->problem = problem;
  g_object_notify (G_OBJECT (self), "problem");
}

static void
on_started (gpointer owner, int code)
{
  FlLibusbBus *self = FL_LIBUSB_BUS (owner);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->ports));

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (FlUsbPort) port = g_list_model_get_item (G_LIST_MODEL (self->ports), i - 1);

      if (get_place (port)->is_stale)
        g_list_store_remove (self->ports, i - 1);
    }
  take_problem (self, code == 0 ? NULL
                                : g_error_new (FL_ERROR, FL_ERROR_USB_PERMISSION, "No USB: %s",
                                               libusb_error_name (code)));
}

static void
on_arrived (gpointer owner, const FlLibusbSight *sight)
{
  FlLibusbBus *self = FL_LIBUSB_BUS (owner);
  guint position;
  FlUsbPort *known = find_port (self, sight->device, &position);
  g_autoptr (FlUsbPort) port = NULL;
  Place *place;

  if (known != NULL)
    {
      get_place (known)->is_stale = FALSE;
      return;
    }
  port = fl_usb_port_new (sight->location, sight->vendor_id, sight->product_id, sight->serial,
                          sight->product);
  place = g_new0 (Place, 1);
  place->thread = fl_libusb_thread_ref (self->thread);
  place->device = libusb_ref_device (sight->device);
  place->node = g_strdup (sight->node);
  g_object_set_data_full (G_OBJECT (port), PLACE_KEY, place, place_free);
  if (sight->is_refused)
    check_port (port);
  g_list_store_append (self->ports, port);
}

static void
on_left (gpointer owner, libusb_device *device)
{
  FlLibusbBus *self = FL_LIBUSB_BUS (owner);
  guint position;

  if (find_port (self, device, &position) != NULL)
    g_list_store_remove (self->ports, position);
}

static const FlLibusbWatchEvents events = { on_started, on_arrived, on_left };

static void
fl_libusb_bus_start (FlUsbBus *bus)
{
  FlLibusbBus *self = FL_LIBUSB_BUS (bus);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->ports));

  if (self->watch != NULL)
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FlUsbPort) port = g_list_model_get_item (G_LIST_MODEL (self->ports), i);

      get_place (port)->is_stale = TRUE;
    }
  if (self->thread == NULL)
    self->thread = fl_libusb_thread_new (self->context);
  self->watch = fl_libusb_watch_start (self->thread, self->filter, &events, self);
}

static void
fl_libusb_bus_stop (FlUsbBus *bus)
{
  FlLibusbBus *self = FL_LIBUSB_BUS (bus);

  g_clear_pointer (&self->watch, fl_libusb_watch_stop);
}

static GListModel *
fl_libusb_bus_get_ports (FlUsbBus *bus)
{
  return G_LIST_MODEL (FL_LIBUSB_BUS (bus)->ports);
}

static FlUsbLink *
fl_libusb_bus_create_link (FlUsbBus *bus, FlUsbPort *port)
{
  Place *place = get_place (port);

  g_return_val_if_fail (place != NULL, NULL);

  return FL_USB_LINK (
      fl_libusb_link_new (place->thread, place->device, fl_usb_port_get_location (port)));
}

static const GError *
fl_libusb_bus_get_problem (FlUsbBus *bus)
{
  return FL_LIBUSB_BUS (bus)->problem;
}

static void
fl_libusb_bus_recheck (FlUsbBus *bus)
{
  FlLibusbBus *self = FL_LIBUSB_BUS (bus);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->ports));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FlUsbPort) port = g_list_model_get_item (G_LIST_MODEL (self->ports), i);

      if (fl_usb_port_get_problem (port) != NULL)
        check_port (port);
    }
}

static void
fl_libusb_bus_iface_init (FlUsbBusInterface *iface)
{
  iface->start = fl_libusb_bus_start;
  iface->stop = fl_libusb_bus_stop;
  iface->get_ports = fl_libusb_bus_get_ports;
  iface->create_link = fl_libusb_bus_create_link;
  iface->get_problem = fl_libusb_bus_get_problem;
  iface->recheck = fl_libusb_bus_recheck;
}

static void
fl_libusb_bus_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boxed (value, FL_LIBUSB_BUS (object)->problem);
}

static void
fl_libusb_bus_finalize (GObject *object)
{
  FlLibusbBus *self = FL_LIBUSB_BUS (object);

  g_clear_pointer (&self->watch, fl_libusb_watch_stop);
  g_clear_object (&self->ports);
  g_clear_pointer (&self->thread, fl_libusb_thread_unref);
  g_main_context_unref (self->context);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (fl_libusb_bus_parent_class)->finalize (object);
}

static void
fl_libusb_bus_class_init (FlLibusbBusClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_libusb_bus_get_property;
  object_class->finalize = fl_libusb_bus_finalize;
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
}

static void
fl_libusb_bus_init (FlLibusbBus *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->ports = g_list_store_new (FL_TYPE_USB_PORT);
}

FlUsbBus *
fl_libusb_bus_new (FlLibusbFilter filter)
{
  FlLibusbBus *self = g_object_new (FL_TYPE_LIBUSB_BUS, NULL);

  self->filter = filter;
  return FL_USB_BUS (self);
}

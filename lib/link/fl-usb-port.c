/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-port"
#include "config.h"

#include "fl-usb-bus.h"

struct _FlUsbPort
{
  GObject parent_instance;

  char *location;
  guint16 vendor_id, product_id;
  char *serial;
  char *product;
  GError *problem;
};

G_DEFINE_FINAL_TYPE (FlUsbPort, fl_usb_port, G_TYPE_OBJECT)

static GParamSpec *problem_property;

static void
fl_usb_port_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boxed (value, FL_USB_PORT (object)->problem);
}

static void
fl_usb_port_finalize (GObject *object)
{
  FlUsbPort *self = FL_USB_PORT (object);

  g_free (self->location);
  g_free (self->serial);
  g_free (self->product);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (fl_usb_port_parent_class)->finalize (object);
}

static void
fl_usb_port_class_init (FlUsbPortClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_usb_port_get_property;
  object_class->finalize = fl_usb_port_finalize;
  problem_property =
      g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, 1, problem_property);
}

static void
fl_usb_port_init (FlUsbPort *self)
{
}

FlUsbPort *
fl_usb_port_new (const char *location,
                 guint16 vendor_id,
                 guint16 product_id,
                 const char *serial,
                 const char *product)
{
  FlUsbPort *self;

  g_return_val_if_fail (location != NULL, NULL);

  self = g_object_new (FL_TYPE_USB_PORT, NULL);
  self->location = g_strdup (location);
  self->vendor_id = vendor_id;
  self->product_id = product_id;
  self->serial = g_strdup (serial);
  self->product = g_strdup (product);
  return self;
}

const char *
fl_usb_port_get_location (FlUsbPort *self)
{
  g_return_val_if_fail (FL_IS_USB_PORT (self), NULL);

  return self->location;
}

guint16
fl_usb_port_get_vendor_id (FlUsbPort *self)
{
  g_return_val_if_fail (FL_IS_USB_PORT (self), 0);

  return self->vendor_id;
}

guint16
fl_usb_port_get_product_id (FlUsbPort *self)
{
  g_return_val_if_fail (FL_IS_USB_PORT (self), 0);

  return self->product_id;
}

const char *
fl_usb_port_get_serial (FlUsbPort *self)
{
  g_return_val_if_fail (FL_IS_USB_PORT (self), NULL);

  return self->serial;
}

const char *
fl_usb_port_get_product (FlUsbPort *self)
{
  g_return_val_if_fail (FL_IS_USB_PORT (self), NULL);

  return self->product;
}

const GError *
fl_usb_port_get_problem (FlUsbPort *self)
{
  g_return_val_if_fail (FL_IS_USB_PORT (self), NULL);

  return self->problem;
}

void
fl_usb_port_take_problem (FlUsbPort *self, GError *problem)
{
  g_return_if_fail (FL_IS_USB_PORT (self));

  if (self->problem == NULL && problem == NULL)
    return;
  g_clear_error (&self->problem);
  self->problem = problem;
  g_object_notify_by_pspec (G_OBJECT (self), problem_property);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-port"
#include "config.h"

#include "fl-serial-bus.h"

struct _FlSerialPort
{
  GObject parent_instance;

  char *path;
  char *stable_path;
  char *location;
  guint16 vendor_id, product_id;
  char *serial;
  gboolean is_named;
  GError *problem;
};

G_DEFINE_FINAL_TYPE (FlSerialPort, fl_serial_port, G_TYPE_OBJECT)

static GParamSpec *problem_property;

static void
fl_serial_port_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boxed (value, FL_SERIAL_PORT (object)->problem);
}

static void
fl_serial_port_finalize (GObject *object)
{
  FlSerialPort *self = FL_SERIAL_PORT (object);

  g_free (self->path);
  g_free (self->stable_path);
  g_free (self->location);
  g_free (self->serial);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (fl_serial_port_parent_class)->finalize (object);
}

static void
fl_serial_port_class_init (FlSerialPortClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_serial_port_get_property;
  object_class->finalize = fl_serial_port_finalize;
  problem_property =
      g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, 1, problem_property);
}

static void
fl_serial_port_init (FlSerialPort *self)
{
}

FlSerialPort *
fl_serial_port_new (const char *path,
                    const char *stable_path,
                    const char *location,
                    guint16 vendor_id,
                    guint16 product_id,
                    const char *serial)
{
  FlSerialPort *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (FL_TYPE_SERIAL_PORT, NULL);
  self->path = g_strdup (path);
  self->stable_path = g_strdup (stable_path);
  self->location = g_strdup (location);
  self->vendor_id = vendor_id;
  self->product_id = product_id;
  self->serial = g_strdup (serial);
  return self;
}

const char *
fl_serial_port_get_path (FlSerialPort *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_PORT (self), NULL);

  return self->path;
}

const char *
fl_serial_port_get_stable_path (FlSerialPort *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_PORT (self), NULL);

  return self->stable_path;
}

const char *
fl_serial_port_get_location (FlSerialPort *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_PORT (self), NULL);

  return self->location;
}

guint16
fl_serial_port_get_vendor_id (FlSerialPort *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_PORT (self), 0);

  return self->vendor_id;
}

guint16
fl_serial_port_get_product_id (FlSerialPort *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_PORT (self), 0);

  return self->product_id;
}

const char *
fl_serial_port_get_serial (FlSerialPort *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_PORT (self), NULL);

  return self->serial;
}

gboolean
fl_serial_port_get_is_named (FlSerialPort *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_PORT (self), FALSE);

  return self->is_named;
}

void
fl_serial_port_set_is_named (FlSerialPort *self)
{
  g_return_if_fail (FL_IS_SERIAL_PORT (self));

  self->is_named = TRUE;
}

const GError *
fl_serial_port_get_problem (FlSerialPort *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_PORT (self), NULL);

  return self->problem;
}

void
fl_serial_port_take_problem (FlSerialPort *self, GError *problem)
{
  g_return_if_fail (FL_IS_SERIAL_PORT (self));

  if (self->problem == NULL && problem == NULL)
    return;
  g_clear_error (&self->problem);
  self->problem = problem;
  g_object_notify_by_pspec (G_OBJECT (self), problem_property);
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-shell"
#include "config.h"

#include "fl-sim-shell.h"

typedef struct
{
  FlSimWorld *world; /* keeps the device */
  FlSimDevice *device;
  FlClock *clock;
  gulong changed_id;
  guint timer_id;
  gboolean is_over;
} FlSimShellPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FlSimShell, fl_sim_shell, G_TYPE_OBJECT)

typedef enum
{
  PROP_PLACE = 1,
} FlSimShellProperty;

static guint failed_signal;

static FlSimShellPrivate *
get_private (FlSimShell *self)
{
  return fl_sim_shell_get_instance_private (self);
}

static void
on_timer (gpointer data)
{
  get_private (data)->timer_id = 0;
  fl_sim_shell_look (data);
}

static void
schedule (FlSimShell *self, gint64 at_us)
{
  FlSimShellPrivate *priv = get_private (self);

  if (priv->is_over)
    return;
  fl_clock_clear (priv->clock, &priv->timer_id);
  if (at_us != G_MAXINT64)
    priv->timer_id = fl_clock_add_at (priv->clock, at_us, on_timer, self);
}

static gboolean
look (FlSimShell *self, GError **error)
{
  gint64 next_us = G_MAXINT64;

  if (!FL_SIM_SHELL_GET_CLASS (self)->look (self, fl_sim_shell_get_now (self), &next_us, error))
    return FALSE;
  schedule (self, next_us);
  return TRUE;
}

/* Nothing calls it any more when it lets go of what it holds. */
static void
end (FlSimShell *self)
{
  FlSimShellPrivate *priv = get_private (self);

  priv->is_over = TRUE;
  if (priv->timer_id != 0)
    fl_clock_clear (priv->clock, &priv->timer_id);
  g_clear_signal_handler (&priv->changed_id, priv->world);
  FL_SIM_SHELL_GET_CLASS (self)->close (self);
}

static void
fl_sim_shell_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlSimShellProperty) id)
    {
    case PROP_PLACE:
      g_value_set_string (value, fl_sim_shell_get_place (FL_SIM_SHELL (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fl_sim_shell_dispose (GObject *object)
{
  FlSimShell *self = FL_SIM_SHELL (object);
  FlSimShellPrivate *priv = get_private (self);

  end (self);
  g_clear_object (&priv->clock);
  g_clear_object (&priv->world);
  G_OBJECT_CLASS (fl_sim_shell_parent_class)->dispose (object);
}

static void
fl_sim_shell_class_init (FlSimShellClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_sim_shell_get_property;
  object_class->dispose = fl_sim_shell_dispose;
  g_object_class_install_property (object_class, PROP_PLACE,
                                   g_param_spec_string ("place", NULL, NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                            G_PARAM_STATIC_STRINGS));
  failed_signal = g_signal_new ("failed", FL_TYPE_SIM_SHELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
fl_sim_shell_init (FlSimShell *self)
{
}

const char *
fl_sim_shell_get_place (FlSimShell *self)
{
  g_return_val_if_fail (FL_IS_SIM_SHELL (self), NULL);

  return FL_SIM_SHELL_GET_CLASS (self)->get_place (self);
}

gpointer
fl_sim_shell_create (GType type, FlSimWorld *world, FlSimDevice *device, FlClock *clock)
{
  FlSimShell *self;
  FlSimShellPrivate *priv;

  g_return_val_if_fail (g_type_is_a (type, FL_TYPE_SIM_SHELL), NULL);
  g_return_val_if_fail (FL_IS_SIM_WORLD (world), NULL);
  g_return_val_if_fail (device != NULL, NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (type, NULL);
  priv = get_private (self);
  priv->world = g_object_ref (world);
  priv->device = device;
  priv->clock = g_object_ref (clock);
  return self;
}

gboolean
fl_sim_shell_begin (FlSimShell *self, GError **error)
{
  FlSimShellPrivate *priv;

  g_return_val_if_fail (FL_IS_SIM_SHELL (self), FALSE);

  priv = get_private (self);
  if (!look (self, error))
    return FALSE;
  priv->changed_id =
      g_signal_connect_swapped (priv->world, "changed", G_CALLBACK (fl_sim_shell_look_soon), self);
  return TRUE;
}

FlSimDevice *
fl_sim_shell_get_device (FlSimShell *self)
{
  g_return_val_if_fail (FL_IS_SIM_SHELL (self), NULL);

  return get_private (self)->device;
}

gint64
fl_sim_shell_get_now (FlSimShell *self)
{
  g_return_val_if_fail (FL_IS_SIM_SHELL (self), 0);

  return fl_clock_now_us (get_private (self)->clock);
}

void
fl_sim_shell_look (FlSimShell *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FL_IS_SIM_SHELL (self));

  g_object_ref (self); /* whoever hears of it may let go of it */
  if (!look (self, &error))
    fl_sim_shell_fail (self, error);
  g_object_unref (self);
}

void
fl_sim_shell_look_soon (FlSimShell *self)
{
  g_return_if_fail (FL_IS_SIM_SHELL (self));

  schedule (self, fl_sim_shell_get_now (self));
}

void
fl_sim_shell_notify_place (FlSimShell *self)
{
  g_return_if_fail (FL_IS_SIM_SHELL (self));

  g_object_notify (G_OBJECT (self), "place");
}

void
fl_sim_shell_fail (FlSimShell *self, const GError *error)
{
  g_return_if_fail (FL_IS_SIM_SHELL (self));

  g_object_ref (self);
  end (self);
  fl_sim_shell_notify_place (self);
  g_signal_emit (self, failed_signal, 0, error);
  g_object_unref (self);
}

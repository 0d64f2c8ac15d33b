/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-gadget"
#include "config.h"

#include "fl-sim-gadget.h"

#include <unistd.h>

#include "fl-sim-gadget-mount.h"
#include "fl-sim-gadget-pipe.h"
#include "fl-sim-gadget-tree.h"

/* Longer than programs wait for a request: until then the kernel cannot be asked whether the
 * computer has given it up, since asking refuses it. */
#define SILENCE_US G_GINT64_CONSTANT (6000000)

struct _FlSimGadget
{
  FlSimShell parent_instance;

  char **controllers;      /* that may be used, the present or latest one first */
  guint attachment;        /* of the device that the gadget is; 0: none */
  guint n_gadgets;         /* so far, for their names */
  FlSimGadgetTree *tree;   /* (nullable): not plugged in */
  FlSimGadgetMount *mount; /* (nullable): not plugged in */
  FlSimGadgetPipe *pipe;   /* (nullable): not plugged in */
  gint64 silence_us;       /* when it is over; G_MAXINT64: there is none */
};

G_DEFINE_FINAL_TYPE (FlSimGadget, fl_sim_gadget, FL_TYPE_SIM_SHELL)

/* The gadget leaves its controller first: then nothing waits for the computer any more. */
static void
unplug (FlSimGadget *self)
{
  self->attachment = 0;
  self->silence_us = G_MAXINT64;
  if (self->tree != NULL)
    fl_sim_gadget_tree_unbind (self->tree);
  g_clear_pointer (&self->pipe, fl_sim_gadget_pipe_free);
  g_clear_pointer (&self->mount, fl_sim_gadget_mount_free);
  g_clear_pointer (&self->tree, fl_sim_gadget_tree_free);
}

/* The one that took it is the first to be asked the next time. */
static gboolean
bind (FlSimGadget *self, GError **error)
{
  for (guint i = 0; self->controllers[i] != NULL; i++)
    {
      g_autoptr (GError) problem = NULL;
      char *name = self->controllers[i];

      if (fl_sim_gadget_tree_bind (self->tree, name, &problem))
        {
          self->controllers[i] = self->controllers[0];
          self->controllers[0] = name;
          return TRUE;
        }
      if (self->controllers[i + 1] == NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
    }
  return FALSE;
}

static void
on_request (const FlUsbSetup *setup, const guint8 *data, gsize size_bytes, gpointer user_data);
static void on_end (const GError *error, gpointer user_data);

/* Never the same name twice: the kernel may still be busy with the last one. */
static gboolean
plug (FlSimGadget *self, guint attachment, gint64 now_us, GError **error)
{
  g_autofree char *name =
      g_strdup_printf ("firstlight-%d-%p-%u", getpid (), (void *) self, self->n_gadgets++);
  g_auto (FlSimFfsFacts) facts = { 0 };
  g_autoptr (GBytes) descriptors = NULL, strings = NULL;

  if (!fl_sim_ffs_facts_read (&facts, fl_sim_shell_get_device (FL_SIM_SHELL (self)), attachment,
                              now_us))
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                           "The device describes itself in no way that a gadget can");
      return FALSE;
    }
  descriptors = fl_sim_ffs_create_descriptors (&facts);
  strings = fl_sim_ffs_create_strings (&facts);
  self->tree = fl_sim_gadget_tree_new (FL_SIM_GADGET_FOLDER, name, &facts, error);
  self->mount = self->tree != NULL ? fl_sim_gadget_mount_new (name, error) : NULL;
  if (self->mount == NULL || !fl_sim_gadget_mount_write (self->mount, descriptors, error) ||
      !fl_sim_gadget_mount_write (self->mount, strings, error))
    return FALSE;
  self->pipe = fl_sim_gadget_pipe_new (fl_sim_gadget_mount_get_fd (self->mount), on_request, on_end,
                                       self, error);
  self->attachment = attachment;
  return self->pipe != NULL && bind (self, error);
}

static gboolean
check_attachment (FlSimGadget *self, gint64 now_us, GError **error)
{
  guint attachment =
      fl_sim_usb_get_attachment (fl_sim_shell_get_device (FL_SIM_SHELL (self)), now_us);

  if (attachment == self->attachment)
    return TRUE;
  unplug (self);
  if (attachment != 0 && !plug (self, attachment, now_us, error))
    {
      unplug (self);
      return FALSE;
    }
  fl_sim_shell_notify_place (FL_SIM_SHELL (self));
  return TRUE;
}

static gboolean
fl_sim_gadget_look (FlSimShell *shell, gint64 now_us, gint64 *next_us, GError **error)
{
  FlSimGadget *self = FL_SIM_GADGET (shell);

  if (!check_attachment (self, now_us, error))
    return FALSE;
  if (self->silence_us <= now_us)
    {
      self->silence_us = G_MAXINT64;
      fl_sim_gadget_pipe_answer (self->pipe, FL_SIM_GADGET_IGNORE, NULL);
    }
  *next_us = MIN (self->silence_us, fl_sim_device_get_deadline (fl_sim_shell_get_device (shell)));
  return TRUE;
}

static void
on_request (const FlUsbSetup *setup, const guint8 *data, gsize size_bytes, gpointer user_data)
{
  FlSimGadget *self = user_data;
  FlSimDevice *device = fl_sim_shell_get_device (FL_SIM_SHELL (self));
  gint64 now_us = fl_sim_shell_get_now (FL_SIM_SHELL (self));
  gboolean is_in = (setup->request_type & FL_USB_IN) != 0;
  g_autoptr (GBytes) reply = NULL;

  switch (fl_sim_usb_control (device, self->attachment, setup, data, size_bytes, now_us, &reply))
    {
    case FL_SIM_USB_DONE:
      fl_sim_gadget_pipe_answer (self->pipe, is_in ? FL_SIM_GADGET_REPLY : FL_SIM_GADGET_ACCEPT,
                                 reply);
      break;
    case FL_SIM_USB_STALLED:
      fl_sim_gadget_pipe_answer (self->pipe, FL_SIM_GADGET_REFUSE, NULL);
      break;
    case FL_SIM_USB_PENDING:
    case FL_SIM_USB_GONE:
      self->silence_us = now_us + SILENCE_US;
      break;
    }
  fl_sim_shell_look_soon (FL_SIM_SHELL (self));
}

static void
on_end (const GError *error, gpointer user_data)
{
  fl_sim_shell_fail (FL_SIM_SHELL (user_data), error);
}

static const char *
fl_sim_gadget_get_place (FlSimShell *shell)
{
  FlSimGadget *self = FL_SIM_GADGET (shell);

  return self->attachment != 0 ? self->controllers[0] : NULL;
}

static void
fl_sim_gadget_close (FlSimShell *shell)
{
  unplug (FL_SIM_GADGET (shell));
}

static void
fl_sim_gadget_finalize (GObject *object)
{
  g_strfreev (FL_SIM_GADGET (object)->controllers);
  G_OBJECT_CLASS (fl_sim_gadget_parent_class)->finalize (object);
}

static void
fl_sim_gadget_class_init (FlSimGadgetClass *class)
{
  FlSimShellClass *shell_class = FL_SIM_SHELL_CLASS (class);

  shell_class->get_place = fl_sim_gadget_get_place;
  shell_class->look = fl_sim_gadget_look;
  shell_class->close = fl_sim_gadget_close;
  G_OBJECT_CLASS (class)->finalize = fl_sim_gadget_finalize;
}

static void
fl_sim_gadget_init (FlSimGadget *self)
{
  self->silence_us = G_MAXINT64;
}

/* (transfer full) (nullable): none */
static char **
choose_controllers (const char *wanted, GError **error)
{
  g_auto (GStrv) names = fl_sim_gadget_tree_list_controllers (FL_SIM_GADGET_CONTROLLER);

  if (wanted == NULL && names[0] != NULL)
    return g_steal_pointer (&names);
  if (wanted != NULL && g_strv_contains ((const char *const *) names, wanted))
    return g_strsplit (wanted, "\n", -1);
  if (wanted != NULL)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "There is no controller “%s” in %s",
                 wanted, FL_SIM_GADGET_CONTROLLER);
  else
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                         "This computer has no USB controller that can be a device; for tests, "
                         "modprobe dummy_hcd makes one");
  return NULL;
}

FlSimGadget *
fl_sim_gadget_new (FlSimWorld *world,
                   FlSimDevice *device,
                   FlClock *clock,
                   const char *controller,
                   GError **error)
{
  g_autoptr (FlSimGadget) self = fl_sim_shell_create (FL_TYPE_SIM_GADGET, world, device, clock);

  g_return_val_if_fail (self != NULL, NULL);

  self->controllers = choose_controllers (controller, error);
  if (self->controllers == NULL || !fl_sim_shell_begin (FL_SIM_SHELL (self), error))
    return NULL;
  return g_steal_pointer (&self);
}

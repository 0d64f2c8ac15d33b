/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-gadget-tree"
#include "config.h"

#include "fl-sim-gadget-tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FOLDER_MODE   0755
#define STRINGS       "strings/0x409" /* English, United States */
#define CONFIGURATION "configs/c.1"

struct _FlSimGadgetTree
{
  char *path;
  char *function, *link; /* below it */
  gboolean is_bound;
};

static void
set_error (const char *what, const char *path, int number, GError **error)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s %s: %s", what, path,
               g_strerror (number));
}

static gboolean
write_text (FlSimGadgetTree *self, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  int fd =
      open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644); /* which configfs has already */
  gssize n_bytes = fd >= 0 ? write (fd, text, strlen (text)) : -1;
  int number = errno; /* before close() has its own */

  if (fd >= 0)
    close (fd);
  if (n_bytes < 0)
    set_error ("Writing", path, number, error);
  return n_bytes >= 0;
}

static gboolean
write_number (FlSimGadgetTree *self, const char *name, guint number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("0x%04x\n", number);

  return write_text (self, name, text, error);
}

static gboolean
make_folder (FlSimGadgetTree *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);

  if (g_mkdir_with_parents (path, FOLDER_MODE) == 0)
    return TRUE;
  set_error ("Making", path, errno, error);
  return FALSE;
}

static gboolean
write_numbers (FlSimGadgetTree *self, const FlSimFfsFacts *facts, GError **error)
{
  const struct
  {
    const char *name;
    guint number;
  } numbers[] = {
    { "bcdUSB", facts->usb_release },       { "bDeviceClass", facts->class },
    { "bDeviceSubClass", facts->subclass }, { "bDeviceProtocol", facts->protocol },
    { "idVendor", facts->vendor_id },       { "idProduct", facts->product_id },
    { "bcdDevice", facts->release },        { CONFIGURATION "/bmAttributes", facts->attributes },
  };
  g_autofree char *power = g_strdup_printf ("%u\n", facts->max_power_ma);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!write_number (self, numbers[i].name, numbers[i].number, error))
      return FALSE;
  return write_text (self, CONFIGURATION "/MaxPower", power, error);
}

static gboolean
write_all (FlSimGadgetTree *self, const FlSimFfsFacts *facts, GError **error)
{
  g_autofree char *target = g_build_filename (self->path, self->function, NULL);
  g_autofree char *link = g_build_filename (self->path, self->link, NULL);

  if (!make_folder (self, STRINGS, error) || !make_folder (self, CONFIGURATION, error) ||
      !make_folder (self, self->function, error) || !write_numbers (self, facts, error) ||
      !write_text (self, STRINGS "/manufacturer", facts->manufacturer, error) ||
      !write_text (self, STRINGS "/product", facts->product, error) ||
      !write_text (self, STRINGS "/serialnumber", facts->serial, error))
    return FALSE;
  if (symlink (target, link) == 0)
    return TRUE;
  set_error ("Making", link, errno, error);
  return FALSE;
}

FlSimGadgetTree *
fl_sim_gadget_tree_new (const char *folder,
                        const char *name,
                        const FlSimFfsFacts *facts,
                        GError **error)
{
  g_autoptr (FlSimGadgetTree) self = NULL;

  g_return_val_if_fail (folder != NULL && name != NULL && facts != NULL, NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                   "There is no %s: modprobe libcomposite, and mount configfs", folder);
      return NULL;
    }
  self = g_new0 (FlSimGadgetTree, 1);
  self->path = g_build_filename (folder, name, NULL);
  self->function = g_strdup_printf ("functions/ffs.%s", name);
  self->link = g_strdup_printf (CONFIGURATION "/ffs.%s", name);
  return write_all (self, facts, error) ? g_steal_pointer (&self) : NULL;
}

static void
remove_part (FlSimGadgetTree *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);

  if (g_remove (path) != 0 && errno != ENOENT)
    g_debug ("Removing %s: %s", path, g_strerror (errno));
}

/* The kernel may have done so already. */
void
fl_sim_gadget_tree_unbind (FlSimGadgetTree *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL);

  if (self->is_bound && !write_text (self, "UDC", "\n", &error))
    g_debug ("%s", error->message);
  self->is_bound = FALSE;
}

/* In the order that the kernel wants. */
void
fl_sim_gadget_tree_free (FlSimGadgetTree *self)
{
  g_return_if_fail (self != NULL);

  fl_sim_gadget_tree_unbind (self);
  remove_part (self, self->link);
  remove_part (self, CONFIGURATION);
  remove_part (self, self->function);
  remove_part (self, STRINGS);
  remove_part (self, "");
  g_free (self->path);
  g_free (self->function);
  g_free (self->link);
  g_free (self);
}

gboolean
fl_sim_gadget_tree_bind (FlSimGadgetTree *self, const char *controller, GError **error)
{
  g_autofree char *line = g_strconcat (controller, "\n", NULL);

  g_return_val_if_fail (self != NULL && controller != NULL, FALSE);

  self->is_bound = write_text (self, "UDC", line, error);
  return self->is_bound;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
fl_sim_gadget_tree_list_controllers (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

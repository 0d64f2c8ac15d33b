/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-doctor"
#include "config.h"

#include "fl-doctor-private.h"

#include <fcntl.h>
#include <unistd.h>

/* lib/particle/control/PROTOCOL.md, "USB device" */
#define VENDOR_PARTICLE   0x2b04
#define VENDOR_SPARK_CORE 0x1d50
#define SPARK_CORE        0x607d
#define SPARK_CORE_DFU    0x607f

static void
plugged_free (gpointer data)
{
  FlDoctorPlugged *plugged = data;

  g_free (plugged->location);
  g_free (plugged->product);
  g_free (plugged);
}

static char *
read_line (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");
  return g_strstrip (text);
}

static guint64
read_number (const char *folder, const char *name, guint base)
{
  g_autofree char *text = read_line (folder, name);

  return g_ascii_strtoull (text, NULL, base);
}

/* flatpak-metadata(5), "Context" and "System Bus Policy" */
static void
read_flatpak (FlDoctorFiles *self, const char *root)
{
  g_autofree char *path = g_build_filename (root, ".flatpak-info", NULL);
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_auto (GStrv) devices = NULL;
  g_autofree char *right = NULL;

  if (!g_key_file_load_from_file (info, path, G_KEY_FILE_NONE, NULL))
    return;
  self->sandbox = FL_SANDBOX_FLATPAK;
  right = g_key_file_get_string (info, "System Bus Policy", "org.bluez", NULL);
  self->sandbox_bluetooth = g_strcmp0 (right, "talk") == 0 || g_strcmp0 (right, "own") == 0;
  devices = g_key_file_get_string_list (info, "Context", "devices", NULL, NULL);
  self->sandbox_usb = devices != NULL && (g_strv_contains ((const char *const *) devices, "all") ||
                                          g_strv_contains ((const char *const *) devices, "usb"));
  self->sandbox_camera = devices != NULL && g_strv_contains ((const char *const *) devices, "all");
}

static gboolean
is_bootloader (guint64 vendor_id, guint64 product_id)
{
  return vendor_id == VENDOR_PARTICLE ? (product_id & 0xf000) == 0xd000
                                      : product_id == SPARK_CORE_DFU;
}

static gboolean
is_particle (guint64 vendor_id, guint64 product_id)
{
  return vendor_id == VENDOR_PARTICLE ||
         (vendor_id == VENDOR_SPARK_CORE &&
          (product_id == SPARK_CORE || product_id == SPARK_CORE_DFU));
}

/* With the rights that this program has now, which an access list may give. */
static gboolean
can_open (const char *root, const char *folder)
{
  g_autofree char *node =
      g_strdup_printf ("%s/dev/bus/usb/%03" G_GUINT64_FORMAT "/%03" G_GUINT64_FORMAT, root,
                       read_number (folder, "busnum", 10), read_number (folder, "devnum", 10));

  return faccessat (AT_FDCWD, node, R_OK | W_OK, AT_EACCESS) == 0;
}

static void
read_usb_device (FlDoctorFiles *self, const char *root, const char *class, const char *name)
{
  g_autofree char *folder = g_build_filename (class, name, NULL);
  const guint64 vendor_id = read_number (folder, "idVendor", 16);
  const guint64 product_id = read_number (folder, "idProduct", 16);
  g_autofree char *product = NULL;
  FlDoctorPlugged *plugged = NULL;

  if (!is_particle (vendor_id, product_id))
    return;
  plugged = g_new0 (FlDoctorPlugged, 1);
  plugged->location = g_strdup (name);
  product = read_line (folder, "product");
  if (*product != '\0' && g_utf8_validate (product, -1, NULL))
    plugged->product = g_steal_pointer (&product);
  plugged->is_bootloader = is_bootloader (vendor_id, product_id);
  plugged->is_openable = can_open (root, folder);
  g_ptr_array_add (self->plugged, plugged);
}

static int
compare_plugged (gconstpointer a, gconstpointer b)
{
  const FlDoctorPlugged *const *left = a;
  const FlDoctorPlugged *const *right = b;

  return g_strcmp0 ((*left)->location, (*right)->location);
}

static void
read_usb (FlDoctorFiles *self, const char *root)
{
  g_autofree char *class = g_build_filename (root, "sys/bus/usb/devices", NULL);
  g_autofree char *nodes = g_build_filename (root, "dev/bus/usb", NULL);
  g_autoptr (GDir) dir = g_dir_open (class, 0, NULL);
  const char *name = NULL;

  self->sees_usb = dir != NULL && g_file_test (nodes, G_FILE_TEST_IS_DIR);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strchr (name, ':') == NULL) /* "1-2:1.0" is an interface */
      read_usb_device (self, root, class, name);
  g_ptr_array_sort (self->plugged, compare_plugged);
}

static void
read_radios (FlDoctorFiles *self, const char *root)
{
  g_autofree char *class = g_build_filename (root, "sys/class/bluetooth", NULL);
  g_autoptr (GDir) dir = g_dir_open (class, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "hci") && strchr (name, ':') == NULL) /* "hci0:1" is a link */
      self->n_radios++;
}

/* Linux, Documentation/ABI/stable/sysfs-class-rfkill */
static void
read_switches (FlDoctorFiles *self, const char *root)
{
  g_autofree char *class = g_build_filename (root, "sys/class/rfkill", NULL);
  g_autoptr (GDir) dir = g_dir_open (class, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (class, name, NULL);
      g_autofree char *type = read_line (folder, "type");

      if (!g_str_equal (type, "bluetooth"))
        continue;
      if (read_number (folder, "hard", 10) != 0)
        self->is_switched_off = TRUE;
      if (read_number (folder, "soft", 10) != 0)
        self->is_blocked = TRUE;
    }
}

FlDoctorFiles *
fl_doctor_files_new_blind (void)
{
  FlDoctorFiles *self = g_new0 (FlDoctorFiles, 1);

  self->plugged = g_ptr_array_new_with_free_func (plugged_free);
  self->serial = g_ptr_array_new_with_free_func (fl_doctor_serial_free);
  self->cameras = g_ptr_array_new_with_free_func (fl_doctor_camera_free);
  self->sandbox_bluetooth = TRUE;
  self->sandbox_usb = TRUE;
  return self;
}

FlDoctorFiles *
fl_doctor_files_read (const char *root)
{
  FlDoctorFiles *self = fl_doctor_files_new_blind ();

  if (fl_usb_rule_is_sandboxed (root))
    self->sandbox = FL_SANDBOX_SNAP;
  read_flatpak (self, root);
  read_usb (self, root);
  g_ptr_array_unref (self->serial);
  self->serial = fl_doctor_serial_read (root, self->plugged);
  fl_usb_rule_read (root, &self->rule);
  read_radios (self, root);
  read_switches (self, root);
  g_ptr_array_unref (self->cameras);
  self->cameras = fl_doctor_cameras_read (root);
  return self;
}

void
fl_doctor_files_free (FlDoctorFiles *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->plugged);
  g_ptr_array_unref (self->serial);
  g_ptr_array_unref (self->cameras);
  g_free (self);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-camera-device.h"
#include "fl-camera-list.h"

#include <gst/gst.h>

#include "wait.h"

#define RAW "video/x-raw, format=YUY2, width=(int)640, height=(int)480, framerate=(fraction)30/1"

/* Devices as a provider of GStreamer makes them. */
typedef GstDevice FakeDevice;
typedef GstDeviceClass FakeDeviceClass;

GType fake_device_get_type (void);
G_DEFINE_TYPE (FakeDevice, fake_device, GST_TYPE_DEVICE)

static GstElement *
fake_device_create_element (GstDevice *device, const char *name)
{
  GstElement *element = gst_element_factory_make ("videotestsrc", name);

  g_object_set (element, "is-live", TRUE, NULL);
  return element;
}

static void
fake_device_class_init (FakeDeviceClass *klass)
{
  klass->create_element = fake_device_create_element;
}

static void
fake_device_init (FakeDevice *device)
{
}

/* The provider that the tests plug devices into; there is one at a time. */
typedef GstDeviceProvider FakeProvider;
typedef GstDeviceProviderClass FakeProviderClass;

static GList *plugged; /* of GstDevice, before the provider starts */
static GMutex provider_lock;
static GstDeviceProvider *provider; /* (nullable) the running one */

GType fake_provider_get_type (void);
G_DEFINE_TYPE (FakeProvider, fake_provider, GST_TYPE_DEVICE_PROVIDER)

static gboolean
fake_provider_start (GstDeviceProvider *self)
{
  for (GList *link = plugged; link != NULL; link = link->next)
    gst_device_provider_device_add (self, gst_object_ref (link->data));
  g_mutex_lock (&provider_lock);
  provider = self;
  g_mutex_unlock (&provider_lock);
  return TRUE;
}

static void
fake_provider_stop (GstDeviceProvider *self)
{
  g_mutex_lock (&provider_lock);
  provider = NULL;
  g_mutex_unlock (&provider_lock);
}

static void
fake_provider_class_init (FakeProviderClass *klass)
{
  klass->start = fake_provider_start;
  klass->stop = fake_provider_stop;
  gst_device_provider_class_set_static_metadata (klass, "Fake", "Source/Video", "Fake", "Tests");
}

static void
fake_provider_init (FakeProvider *self)
{
}

static GstDevice *
create_device (const char *name, const char *caps, const char *properties)
{
  g_autoptr (GstCaps) parsed = gst_caps_from_string (caps);
  g_autoptr (GstStructure) structure = gst_structure_from_string (properties, NULL);

  g_assert_nonnull (structure);
  return gst_object_ref_sink (g_object_new (fake_device_get_type (), "display-name", name, "caps",
                                            parsed, "device-class", "Video/Source", "properties",
                                            structure, NULL));
}

static void
plug (GstDevice *device) /* (transfer full) */
{
  plugged = g_list_append (plugged, device);
}

static void
add_later (GstDevice *device)
{
  g_mutex_lock (&provider_lock);
  g_assert_nonnull (provider);
  gst_device_provider_device_add (provider, device);
  g_mutex_unlock (&provider_lock);
}

static void
remove_later (GstDevice *device)
{
  g_mutex_lock (&provider_lock);
  g_assert_nonnull (provider);
  gst_device_provider_device_remove (provider, device);
  g_mutex_unlock (&provider_lock);
}

static void
unplug_all (void)
{
  g_list_free_full (g_steal_pointer (&plugged), gst_object_unref);
}

static gboolean
is_stopped (void)
{
  gboolean stopped = FALSE;

  g_mutex_lock (&provider_lock);
  stopped = provider == NULL;
  g_mutex_unlock (&provider_lock);
  return stopped;
}

static guint
count (FlCameraList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static gboolean
on_moment (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The provider's thread does not wake us. */
static void
finish (FlCameraList *list)
{
  guint id = g_timeout_add (5, on_moment, NULL);

  g_assert_finalize_object (list);
  WAIT_FOR (is_stopped ());
  g_source_remove (id);
  unplug_all ();
}

static FlCameraList *
start (void)
{
  FlCameraList *list = g_object_new (FL_TYPE_CAMERA_LIST, "sandboxed", FALSE, NULL);

  g_assert_cmpuint (count (list), ==, 0);
  fl_camera_list_start (list);
  fl_camera_list_start (list);
  return list;
}

static void
assert_camera (FlCameraList *list, guint position, const char *name)
{
  g_autoptr (FlCamera) camera = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (camera);
  g_assert_cmpstr (fl_camera_get_name (camera), ==, name);
}

static void
test_doubles_and_metadata_are_left_out (void)
{
  FlCameraList *list = NULL;
  g_autoptr (FlCamera) best = NULL;

  plug (create_device ("Integrated Camera IR", RAW,
                       "p, device.api=v4l2, device.path=/dev/video9, device.bus_path=usb-1:1.2"));
  plug (create_device ("Webcam (PipeWire)", RAW, "p, api.v4l2.path=/dev/video0, node.name=webcam"));
  plug (create_device ("Webcam", RAW,
                       "p, device.api=v4l2, device.path=/dev/video0, device.bus_path=usb-1:1.0"));
  plug (create_device ("Webcam metadata", "EMPTY", "p, device.path=/dev/video1"));
  plug (create_device ("Encoder", "video/x-h264", "p, device.path=/dev/video2"));
  plug (create_device ("Depth", "video/x-raw, format=GRAY8, width=(int)640, height=(int)480",
                       "p, device.path=/dev/video3"));
  list = start ();
  WAIT_FOR (count (list) > 0);
  g_assert_cmpuint (count (list), ==, 3);
  assert_camera (list, 0, "Webcam");
  g_assert_no_error (fl_camera_list_get_problem (list));
  best = fl_camera_list_choose (list, "not there any more");
  g_assert_cmpstr (fl_camera_get_name (best), ==, "Webcam");
  g_assert_cmpstr (fl_camera_get_id (best), ==, "Webcam usb-1:1.0");
  finish (list);
}

static void
test_chosen_by_its_id (void)
{
  FlCameraList *list = NULL;
  g_autoptr (FlCamera) other = NULL;
  g_autoptr (FlCamera) same = NULL;

  plug (create_device ("A", RAW, "p, device.path=/dev/video0, device.bus_path=usb-1"));
  plug (create_device ("A", RAW, "p, device.path=/dev/video2, device.bus_path=usb-2"));
  list = start ();
  WAIT_FOR (count (list) == 2);
  other = g_list_model_get_item (G_LIST_MODEL (list), 1);
  same = fl_camera_list_choose (list, fl_camera_get_id (other));
  g_assert_true (same == other);
  finish (list);
}

static void
test_cameras_come_and_go (void)
{
  FlCameraList *list = NULL;
  GstDevice *late = create_device ("Late", RAW, "p, device.path=/dev/video4");
  g_autoptr (FlCamera) first = NULL;
  g_autoptr (FlCamera) again = NULL;

  plug (create_device ("First", RAW, "p, device.path=/dev/video0"));
  list = start ();
  WAIT_FOR (count (list) == 1);
  first = fl_camera_list_choose (list, NULL);
  add_later (late);
  WAIT_FOR (count (list) == 2);
  again = fl_camera_list_choose (list, fl_camera_get_id (first));
  g_assert_true (again == first); /* it may be running */
  remove_later (late);
  WAIT_FOR (count (list) == 1);
  assert_camera (list, 0, "First");
  remove_later (plugged->data);
  WAIT_FOR (fl_camera_list_get_problem (list) != NULL);
  g_assert_cmpuint (count (list), ==, 0);
  g_assert_null (fl_camera_list_choose (list, NULL));
  g_clear_object (&first);
  g_clear_object (&again);
  finish (list);
}

/* Plugged in again it is another device for the system, with the same id for people. */
static void
test_plugged_in_again (void)
{
  static const char place[] = "p, device.path=/dev/video0, device.bus_path=usb-1";
  static const char new_place[] = "p, device.path=/dev/video1, device.bus_path=usb-1";
  FlCameraList *list = NULL;
  g_autoptr (FlCamera) before = NULL;
  g_autoptr (FlCamera) after = NULL;

  plug (create_device ("A", RAW, place));
  list = start ();
  WAIT_FOR (count (list) == 1);
  before = fl_camera_list_choose (list, NULL);
  remove_later (plugged->data);
  WAIT_FOR (count (list) == 0);
  add_later (create_device ("A", RAW, new_place));
  WAIT_FOR (count (list) == 1);
  after = fl_camera_list_choose (list, NULL);
  g_assert_true (after != before);
  g_assert_cmpstr (fl_camera_get_id (after), ==, fl_camera_get_id (before));
  g_clear_object (&before);
  g_clear_object (&after);
  finish (list);
}

static void
test_device_is_opened (void)
{
  FlCameraList *list = NULL;
  g_autoptr (FlCamera) camera = NULL;

  plug (create_device ("Works", RAW, "p, device.path=/dev/video0"));
  list = start ();
  WAIT_FOR (count (list) == 1);
  camera = fl_camera_list_choose (list, NULL);
  fl_camera_open (camera);
  WAIT_FOR (fl_camera_get_state (camera) == FL_CAMERA_RUNNING);
  fl_camera_close (camera);
  g_clear_object (&camera);
  finish (list);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* No session bus, so no portal that is none of ours. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  gst_init (&argc, &argv);
  gst_device_provider_register (NULL, "fakeprovider", GST_RANK_PRIMARY, fake_provider_get_type ());
  g_test_add_func ("/camera-list/doubles-and-metadata/are-left-out",
                   test_doubles_and_metadata_are_left_out);
  g_test_add_func ("/camera-list/id/chooses", test_chosen_by_its_id);
  g_test_add_func ("/camera-list/cameras/come-and-go", test_cameras_come_and_go);
  g_test_add_func ("/camera-list/plugged-in-again/is-another", test_plugged_in_again);
  g_test_add_func ("/camera-list/device/is-opened", test_device_is_opened);
  return g_test_run ();
}

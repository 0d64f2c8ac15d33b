/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-camera-list.h"
#include "fl-matrix-code.h"
#include "fl-scan-private.h"

#include "paint.h"
#include "wait.h"

#define LABEL_TEXT "P046AB245AB12CD ABCDEFGHJKLMNPQ"
#define OTHER_TEXT "P051AF40751F00D SEAGULLSEAGULL2"

/* What a stand-in shows: up to two labels on a grey desk, or nothing. */
typedef struct
{
  guint8 *pixels;
  guint width;
  guint height;
  gint is_shown; /* atomic */
  gint *is_gone; /* atomic: the camera's thread is done, too */
} Desk;

static void
desk_free (gpointer data)
{
  Desk *desk = data;

  g_atomic_int_set (desk->is_gone, TRUE);
  g_main_context_wakeup (NULL);
  g_free (desk->pixels);
  g_free (desk);
}

static void
draw_desk (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer data)
{
  Desk *desk = data;

  if (g_atomic_int_get (&desk->is_shown))
    memcpy (pixels, desk->pixels, (gsize) width * height);
  else
    memset (pixels, 90, (gsize) width * height);
}

static void
put_label (Canvas *canvas, const char *text, float x)
{
  const Pose pose = { .centre = { x, 240 }, .module = 6, .rotation = 12 };
  FlMatrixGrid grid;
  FlPoint corners[4];

  g_assert_true (fl_matrix_encode (text, strlen (text), NULL, &grid));
  pose_corners (&pose, grid.size->rows, grid.size->columns, corners);
  canvas_draw (canvas, &grid, corners, 30, 220, 2);
}

static Desk *
desk_new (gboolean both, gint *is_gone)
{
  Desk *desk = g_new0 (Desk, 1);
  g_autoptr (Canvas) canvas = canvas_new (640, 480, 90);
  FlLuma luma = { 0 };

  put_label (canvas, LABEL_TEXT, both ? 180 : 320);
  if (both)
    put_label (canvas, OTHER_TEXT, 460);
  luma = canvas_luma (canvas);
  desk->width = luma.width;
  desk->height = luma.height;
  desk->pixels = g_malloc ((gsize) luma.width * luma.height);
  for (guint y = 0; y < luma.height; y++)
    memcpy (desk->pixels + (gsize) y * luma.width, luma.pixels + y * luma.stride, luma.width);
  desk->is_shown = TRUE;
  desk->is_gone = is_gone;
  return desk;
}

/* What came of a scanner. */
typedef struct
{
  Desk *desk;
  gint is_gone;
  FlCameraList *list;
  FlScanner *scanner;
  GHashTable *serials;
  FlPoint outline[4];
  guint n_previews;
  guint n_scans;
  guint n_frames;
  gboolean stop_on_scan;
} Table;

static void
on_preview (Table *table, const FlPreview *preview)
{
  g_assert_true (fl_scanner_is_running (table->scanner));
  g_assert_cmpuint (preview->width, <=, 640);
  g_assert_cmpuint (g_bytes_get_size (preview->pixels), >=,
                    preview->stride * (preview->height - 1) + preview->width * 4);
  table->n_previews++;
}

static void
on_scanned (Table *table, FlScan *scan)
{
  FlLabel *label = fl_label_text_get_label (fl_scan_get_text (scan));

  g_assert_true (fl_scanner_is_running (table->scanner));
  g_assert_nonnull (label);
  g_hash_table_add (table->serials, g_strdup (fl_label_get_serial (label)));
  memcpy (table->outline, fl_scan_get_outline (scan), sizeof table->outline);
  g_assert_cmpfloat (fl_scan_get_elapsed_ms (scan), >=, 0);
  table->n_scans++;
  if (table->stop_on_scan)
    fl_scanner_stop (table->scanner);
}

static void
on_frame_read (Table *table)
{
  g_assert_true (fl_scanner_is_running (table->scanner));
  table->n_frames++;
}

/* No limit of time: a sanitized program is slow. */
static void
table_init (Table *table, gboolean both)
{
  FlCameraPicture picture = {
    .name = "Desk",
    .width = 640,
    .height = 480,
    .draw = draw_desk,
    .free_data = desk_free,
  };
  g_autoptr (FlCamera) camera = NULL;

  memset (table, 0, sizeof *table);
  table->desk = desk_new (both, &table->is_gone);
  picture.data = table->desk;
  table->list = fl_camera_list_new_for_picture (&picture);
  fl_camera_list_start (table->list);
  camera = fl_camera_list_choose (table->list, NULL);
  table->serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  table->scanner = g_object_new (FL_TYPE_SCANNER, "budget-ms", 0, NULL);
  fl_scanner_set_camera (table->scanner, camera);
  g_signal_connect_swapped (table->scanner, "preview", G_CALLBACK (on_preview), table);
  g_signal_connect_swapped (table->scanner, "scanned", G_CALLBACK (on_scanned), table);
  g_signal_connect_swapped (table->scanner, "frame-read", G_CALLBACK (on_frame_read), table);
}

static void
table_clear (Table *table)
{
  FlCamera *camera = g_object_ref (fl_scanner_get_camera (table->scanner));

  g_assert_finalize_object (table->scanner);
  g_assert_finalize_object (table->list);
  g_assert_cmpint (fl_camera_get_state (camera), ==, FL_CAMERA_CLOSED);
  g_assert_finalize_object (camera);
  WAIT_FOR (g_atomic_int_get (&table->is_gone));
  g_hash_table_unref (table->serials);
}

static void
test_label_is_scanned (void)
{
  Table table;

  table_init (&table, FALSE);
  g_assert_false (fl_scanner_is_running (table.scanner));
  fl_scanner_start (table.scanner);
  WAIT_FOR (table.n_scans > 2 && table.n_previews > 2 && table.n_frames > 2);
  g_assert_true (g_hash_table_contains (table.serials, "P046AB245AB12CD"));
  g_assert_cmpuint (g_hash_table_size (table.serials), ==, 1);
  g_assert_cmpint (fl_scanner_get_hint (table.scanner), ==, FL_HINT_NONE);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (table.outline[i].x, >, 0.3f);
      g_assert_cmpfloat (table.outline[i].x, <, 0.7f);
      g_assert_cmpfloat (table.outline[i].y, >, 0.25f);
      g_assert_cmpfloat (table.outline[i].y, <, 0.75f);
    }
  table_clear (&table);
}

/* The outline is one of what is shown, enlarged or not. */
static void
test_outline_follows_the_zoom (void)
{
  Table table;
  guint n_scans = 0;
  float width = 0;

  table_init (&table, FALSE);
  fl_scanner_start (table.scanner);
  WAIT_FOR (table.n_scans > 0);
  width = table.outline[1].x - table.outline[0].x;
  fl_camera_set_zoom (fl_scanner_get_camera (table.scanner), 2);
  n_scans = table.n_scans;
  WAIT_FOR (table.n_scans > n_scans + 3);
  g_assert_cmpfloat (table.outline[1].x - table.outline[0].x, >, 1.8f * width);
  g_assert_cmpfloat (table.outline[1].x - table.outline[0].x, <, 2.2f * width);
  table_clear (&table);
}

static void
test_two_labels_in_one_frame (void)
{
  Table table;

  table_init (&table, TRUE);
  fl_scanner_set_max (table.scanner, 2);
  fl_scanner_start (table.scanner);
  WAIT_FOR (g_hash_table_size (table.serials) == 2);
  fl_scanner_set_max (table.scanner, 1);
  table_clear (&table);
}

static void
test_nothing_shown_nothing_scanned (void)
{
  Table table;

  table_init (&table, FALSE);
  g_atomic_int_set (&table.desk->is_shown, FALSE);
  fl_scanner_start (table.scanner);
  WAIT_FOR (table.n_frames > 3);
  g_assert_cmpuint (table.n_scans, ==, 0);
  g_assert_null (fl_scanner_get_nearly (table.scanner));
  g_atomic_int_set (&table.desk->is_shown, TRUE);
  WAIT_FOR (table.n_scans > 0);
  table_clear (&table);
}

static void
test_stopped_from_within_a_signal (void)
{
  Table table;

  table_init (&table, TRUE);
  fl_scanner_set_max (table.scanner, 2);
  table.stop_on_scan = TRUE;
  fl_scanner_start (table.scanner);
  WAIT_FOR (table.n_scans > 0);
  g_assert_cmpuint (table.n_scans, ==, 1);
  g_assert_false (fl_scanner_is_running (table.scanner));
  g_assert_cmpint (fl_camera_get_state (fl_scanner_get_camera (table.scanner)), ==,
                   FL_CAMERA_CLOSED);
  fl_scanner_start (table.scanner);
  WAIT_FOR (table.n_scans == 2);
  table_clear (&table);
}

static void
test_camera_is_changed (void)
{
  Table table;
  g_autoptr (FlCameraList) list = fl_camera_list_new_for_source ("videotestsrc", NULL);
  g_autoptr (FlCamera) before = NULL;
  g_autoptr (FlCamera) other = NULL;
  guint n_frames = 0;

  table_init (&table, FALSE);
  fl_camera_list_start (list);
  other = fl_camera_list_choose (list, NULL);
  fl_scanner_start (table.scanner);
  WAIT_FOR (table.n_scans > 0);
  before = g_object_ref (fl_scanner_get_camera (table.scanner));
  fl_scanner_set_camera (table.scanner, NULL);
  g_assert_cmpint (fl_camera_get_state (before), ==, FL_CAMERA_CLOSED);
  n_frames = table.n_frames;
  g_signal_handlers_disconnect_by_func (table.scanner, on_preview, &table);
  fl_scanner_set_camera (table.scanner, other);
  g_assert_cmpint (fl_camera_get_state (other), ==, FL_CAMERA_OPENING);
  WAIT_FOR (table.n_frames > n_frames + 2);
  fl_scanner_set_camera (table.scanner, before);
  g_assert_cmpint (fl_camera_get_state (other), ==, FL_CAMERA_CLOSED);
  g_clear_object (&before);
  table_clear (&table);
}

/* Two pages share the camera; the one that is left later than the other begins takes nothing. */
static void
test_camera_is_shared (void)
{
  Table table;
  FlScanner *other = fl_scanner_new ();
  FlCamera *camera = NULL;
  guint n_scans = 0;

  table_init (&table, FALSE);
  camera = fl_scanner_get_camera (table.scanner);
  fl_scanner_set_camera (other, camera);
  fl_scanner_start (other);
  fl_scanner_start (table.scanner);
  fl_scanner_stop (other);
  g_assert_cmpint (fl_camera_get_state (camera), !=, FL_CAMERA_CLOSED);
  WAIT_FOR (table.n_scans > 0);
  g_assert_finalize_object (other);
  n_scans = table.n_scans;
  WAIT_FOR (table.n_scans > n_scans + 2);
  table_clear (&table);
}

static int
get_problem (gint64 at_us, gpointer data)
{
  return at_us > G_USEC_PER_SEC / 10 ? FL_ERROR_NO_CAMERA : 0;
}

static int
get_absence (gint64 at_us, gpointer data)
{
  return at_us < 0 ? FL_ERROR_NO_CAMERA : 0;
}

static void
on_problem (FlScanner *scanner, GParamSpec *pspec, guint *n_problems)
{
  *n_problems += fl_scanner_get_problem (scanner) != NULL;
}

static void
test_unplugged_while_scanning (void)
{
  FlCameraPicture picture = {
    .name = "Desk",
    .width = 64,
    .height = 48,
    .draw = draw_desk,
    .get_problem = get_problem,
  };
  Desk desk = { 0 };
  g_autoptr (FlCameraList) list = NULL;
  g_autoptr (FlCamera) camera = NULL;
  FlScanner *scanner = fl_scanner_new ();
  guint n_problems = 0;

  picture.data = &desk;
  list = fl_camera_list_new_for_picture (&picture);
  fl_camera_list_start (list);
  camera = fl_camera_list_choose (list, "another one");
  g_signal_connect (scanner, "notify::problem", G_CALLBACK (on_problem), &n_problems);
  fl_scanner_set_camera (scanner, camera);
  fl_scanner_start (scanner);
  WAIT_FOR (n_problems > 0);
  g_assert_error (fl_scanner_get_problem (scanner), FL_ERROR, FL_ERROR_NO_CAMERA);
  g_assert_true (fl_scanner_is_running (scanner));
  fl_scanner_start (scanner); /* Try Again */
  g_assert_null (fl_scanner_get_problem (scanner));
  WAIT_FOR (fl_scanner_get_problem (scanner) != NULL);
  g_assert_finalize_object (scanner);
}

static void
test_list_without_a_camera_says_so (void)
{
  FlCameraPicture picture = {
    .name = "None",
    .width = 64,
    .height = 48,
    .draw = draw_desk,
    .get_problem = get_absence,
  };
  g_autoptr (FlCameraList) list = fl_camera_list_new_for_picture (&picture);

  g_assert_no_error (fl_camera_list_get_problem (list));
  fl_camera_list_start (list);
  g_assert_error (fl_camera_list_get_problem (list), FL_ERROR, FL_ERROR_NO_CAMERA);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_null (fl_camera_list_choose (list, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/label/is-scanned", test_label_is_scanned);
  g_test_add_func ("/scanner/label/outline-follows-zoom", test_outline_follows_the_zoom);
  g_test_add_func ("/scanner/two-labels/in-one-frame", test_two_labels_in_one_frame);
  g_test_add_func ("/scanner/nothing/nothing-scanned", test_nothing_shown_nothing_scanned);
  g_test_add_func ("/scanner/stop-in-a-signal/is-stopped", test_stopped_from_within_a_signal);
  g_test_add_func ("/scanner/camera/is-changed", test_camera_is_changed);
  g_test_add_func ("/scanner/camera/is-shared", test_camera_is_shared);
  g_test_add_func ("/scanner/unplugged/is-told-and-tried-again", test_unplugged_while_scanning);
  g_test_add_func ("/scanner/list/no-camera-is-told", test_list_without_a_camera_says_so);
  return g_test_run ();
}

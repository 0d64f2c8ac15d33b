/* SPDX-License-Identifier: Apache-2.0 */
/* Many labels before the camera. */
#include "config.h"

#include "screenshots.h"

#include "fl-camera-box.h"
#include "fl-labels-page.h"
#include "fl-sim-camera.h"
#include "fl-sim-loader.h"

#define WIDTH  640
#define HEIGHT 360

/* What the simulated camera sees, as a camera would show it. */
static void
show_preview (FlPage *page, FlSimWorld *world, double seconds)
{
  g_autoptr (FlSimCamera) camera = fl_sim_camera_new (world);
  g_autofree guint8 *grey = g_malloc (WIDTH * HEIGHT);
  guint8 *pixels = g_malloc (WIDTH * HEIGHT * 4);
  FlPreview preview = { NULL, WIDTH, HEIGHT, WIDTH * 4 };

  fl_sim_camera_draw (camera, grey, WIDTH, HEIGHT, (gint64) (seconds * G_USEC_PER_SEC));
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      pixels[4 * i] = pixels[4 * i + 1] = pixels[4 * i + 2] = grey[i];
      pixels[4 * i + 3] = 255;
    }
  preview.pixels = g_bytes_new_take (pixels, WIDTH * HEIGHT * 4);
  fl_camera_box_set_preview (FL_CAMERA_BOX (ui_find (GTK_WIDGET (page), FL_TYPE_CAMERA_BOX, NULL)),
                             &preview);
  g_bytes_unref (preview.pixels);
}

static FlSimWorld *
load_desk (void)
{
  FlSimWorld *world = fl_sim_world_load ("service-desk", 1, NULL);

  g_assert_nonnull (world);
  return world;
}

static void
take_labels (FlPage *page, const char *const *texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (FlSecret) secret = fl_secret_new_from_string (texts[i]);
      g_autoptr (FlLabelText) text = fl_label_text_new (secret);

      fl_labels_page_take (FL_LABELS_PAGE (page), text);
    }
}

static FlPage *
labels_page (Stage *stage)
{
  g_autoptr (FlLabelStream) stream = fl_label_stream_new ();

  return fl_labels_page_new (stage->clock, stream);
}

FlPage *
service_labels (Stage *stage)
{
  static const char *const texts[] = {
    "P054AG4155A0904 HALFWAYHALFW904", "PHHTAB6205A0908",
    "P046AD342AB12CD HARB0URLIGHT123", "P051AF4075A0902 ARR1VALARR1V902",
    "ARNKAB042LMK907 ARG0NARG0NAR907", NULL
  };
  g_autoptr (FlSimWorld) world = load_desk ();
  FlPage *page = labels_page (stage);

  fl_labels_page_set_visits (FL_LABELS_PAGE (page), service_stage_get_visits (stage));
  take_labels (page, texts);
  show_preview (page, world, 3.4);
  return page;
}

FlPage *
service_labels_again (Stage *stage)
{
  FlPage *page = service_labels (stage);
  static const char *const again[] = { "P046AD342AB12CD HARB0URLIGHT123", NULL };

  ui_clock_advance_ms (stage->clock, FL_STREAM_AWAY_MS + 1);
  take_labels (page, again);
  return page;
}

FlPage *
service_labels_begin (Stage *stage)
{
  g_autoptr (FlSimWorld) world = load_desk ();
  FlPage *page = labels_page (stage);

  show_preview (page, world, 0.5);
  return page;
}

FlPage *
service_labels_busy (Stage *stage)
{
  FlPage *page = labels_page (stage);
  g_autoptr (GError) error =
      g_error_new_literal (FL_ERROR, FL_ERROR_CAMERA_BUSY, "Device or resource busy");

  fl_page_set_error (page, error);
  gtk_widget_set_visible (ui_find (GTK_WIDGET (page), FL_TYPE_CAMERA_BOX, NULL), FALSE);
  return page;
}

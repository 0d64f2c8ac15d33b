/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gstdio.h>

#include "fl-label-page-private.h"
#include "ui-camera.h"
#include "ui-fixture.h"

#define RIGHT UI_LABEL_SERIAL " " UI_LABEL_SECRET
#define OTHER "P046AD3424F2A1B HARB0URLIGHT124"
#define MODEM "490154203237518"

/* The page without any camera: a photo works all the same. */
typedef struct
{
  FlClock *clock;
  FlProduct *product;
  GtkWindow *window;
  FlPage *page;
  FlLabelPage *label_page;
  FlLabel *label;
} Fixture;

static void
on_read (Fixture *f, FlLabel *label)
{
  g_clear_pointer (&f->label, fl_label_unref);
  f->label = fl_label_ref (label);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->clock = ui_clock_new ();
  f->product = fl_product_new_factory ();
  f->page = fl_label_page_new (f->clock);
  f->label_page = FL_LABEL_PAGE (f->page);
  fl_label_page_set_product (f->label_page, f->product, NULL);
  g_signal_connect_swapped (f->page, "read", G_CALLBACK (on_read), f);
  f->window = ui_window_new (f->page, 680, 720);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->label, fl_label_unref);
  ui_window_finish (f->window, f->page);
  g_object_unref (f->product);
  g_object_unref (f->clock);
}

static const GError *
told (Fixture *f)
{
  return fl_error_box_get_error (f->label_page->told_box);
}

static void
read_photo (Fixture *f, const char *first, const char *second)
{
  const char *const texts[] = { first, second, NULL };
  g_autoptr (GdkTexture) photo = ui_labels_photo (texts);

  fl_label_photo_read_texture (f->label_page->photo, photo);
  g_assert_true (ui_shows (GTK_WIDGET (f->window), "Reading the photo…"));
  while (fl_label_photo_get_busy (f->label_page->photo))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_photo_with_the_label (Fixture *f, gconstpointer unused)
{
  read_photo (f, RIGHT, NULL);
  g_assert_nonnull (f->label);
  g_assert_cmpstr (fl_label_get_serial (f->label), ==, UI_LABEL_SERIAL);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->photo_label)));
  g_assert_cmpstr (gtk_label_get_label (f->label_page->photo_label), ==,
                   "Label read. Serial ending " UI_LABEL_ENDING ".");
}

static void
test_photo_of_another_code (Fixture *f, gconstpointer unused)
{
  read_photo (f, MODEM, NULL);
  g_assert_null (f->label);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
}

static void
test_photo_with_a_modem_beside_it (Fixture *f, gconstpointer unused)
{
  read_photo (f, MODEM, RIGHT);
  g_assert_nonnull (f->label);
}

static void
test_photo_with_several_labels_asks (Fixture *f, gconstpointer unused)
{
  GtkListBoxRow *row;

  read_photo (f, RIGHT, OTHER);
  g_assert_null (f->label);
  g_assert_true (gtk_widget_get_mapped (f->label_page->choices));
  row = gtk_list_box_get_row_at_index (f->label_page->choices_list, 1);
  g_assert_nonnull (row);
  g_assert_null (gtk_list_box_get_row_at_index (f->label_page->choices_list, 2));
  g_signal_emit_by_name (f->label_page->choices_list, "row-activated", row);
  g_assert_nonnull (f->label);
  g_assert_false (gtk_widget_get_visible (f->label_page->choices));
}

/* Of a whole class's labels the chosen device's is the one. */
static void
test_photo_with_several_labels_of_which_one_fits (Fixture *f, gconstpointer unused)
{
  fl_label_judge_set_wanted (f->label_page->judge, FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE,
                             "4F2A1B");
  read_photo (f, RIGHT, OTHER);
  g_assert_nonnull (f->label);
  g_assert_cmpstr (fl_label_get_setup_code (f->label), ==, "4F2A1B");
}

static void
test_photo_of_another_device (Fixture *f, gconstpointer unused)
{
  fl_label_judge_set_wanted (f->label_page->judge, FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE,
                             "4F2A1B");
  read_photo (f, RIGHT, MODEM);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE);
}

static void
test_photo_of_nothing (Fixture *f, gconstpointer unused)
{
  guint8 *pixels = g_malloc (200 * 200 * 3);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) photo = NULL;

  memset (pixels, 0x90, 200 * 200 * 3);
  bytes = g_bytes_new_take (pixels, 200 * 200 * 3);
  photo = gdk_memory_texture_new (200, 200, GDK_MEMORY_R8G8B8, bytes, 200 * 3);
  fl_label_photo_read_texture (f->label_page->photo, photo);
  while (told (f) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_LABEL_UNREADABLE);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->typed)));
}

static void
test_photo_file_that_is_none (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("label-XXXXXX.png", &stream, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_replace_contents (file, "no picture", 10, NULL, FALSE, G_FILE_CREATE_NONE,
                                          NULL, NULL, NULL));
  fl_label_photo_read_file (f->label_page->photo, file);
  while (told (f) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_file_delete (file, NULL, NULL);
}

static void
test_photo_cancelled (Fixture *f, gconstpointer unused)
{
  const char *const texts[] = { RIGHT, NULL };
  g_autoptr (GdkTexture) photo = ui_labels_photo (texts);

  fl_label_photo_read_texture (f->label_page->photo, photo);
  ui_click (GTK_WIDGET (f->page), "Ca_ncel");
  g_assert_false (fl_label_photo_get_busy (f->label_page->photo));
  g_assert_false (gtk_widget_get_visible (f->label_page->photo_row));
  for (guint i = 0; i < 20; i++)
    ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_null (f->label);
  g_assert_null (told (f));
}

/* The picture is offered as it is on any clipboard or drag. */
static void
test_photo_pasted (Fixture *f, gconstpointer unused)
{
  const char *const texts[] = { RIGHT, NULL };
  g_autoptr (GdkTexture) photo = ui_labels_photo (texts);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));

  gdk_clipboard_set_texture (clipboard, photo);
  fl_label_photo_paste (f->label_page->photo);
  while (f->label == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fl_label_get_setup_code (f->label), ==, UI_LABEL_ENDING);
}

static void
test_photo_text_is_pasted_into_the_field (Fixture *f, gconstpointer unused)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));

  gdk_clipboard_set_text (clipboard, RIGHT);
  g_assert_false (fl_label_photo_paste (f->label_page->photo));
  g_assert_false (fl_label_photo_get_busy (f->label_page->photo));
}

/* The camera was quicker than the file chooser: the page is left already. */
static void
test_photo_for_a_page_that_was_left (Fixture *f, gconstpointer unused)
{
  const char *const texts[] = { RIGHT, NULL };
  g_autoptr (GdkTexture) photo = ui_labels_photo (texts);
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/zero");

  gtk_widget_set_visible (GTK_WIDGET (f->window), FALSE);
  fl_label_photo_read_texture (f->label_page->photo, photo);
  g_assert_false (fl_label_photo_get_busy (f->label_page->photo));
  fl_label_photo_read_file (f->label_page->photo, file);
  g_assert_false (fl_label_photo_get_busy (f->label_page->photo));
}

/* Offered as a picture, and none. */
static void
test_photo_pasted_that_is_none (Fixture *f, gconstpointer unused)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));
  g_autoptr (GBytes) garbage = g_bytes_new_static ("garbage", 7);
  g_autoptr (GdkContentProvider) provider =
      gdk_content_provider_new_for_bytes ("image/png", garbage);

  gdk_clipboard_set_content (clipboard, provider);
  g_assert_true (fl_label_photo_paste (f->label_page->photo));
  while (told (f) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_false (fl_label_photo_get_busy (f->label_page->photo));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/label-photo/read/the-label", test_photo_with_the_label);
  ADD ("/label-photo/read/another-code", test_photo_of_another_code);
  ADD ("/label-photo/read/modem-beside-it", test_photo_with_a_modem_beside_it);
  ADD ("/label-photo/read/another-device", test_photo_of_another_device);
  ADD ("/label-photo/read/nothing-in-it", test_photo_of_nothing);
  ADD ("/label-photo/read/no-picture", test_photo_file_that_is_none);
  ADD ("/label-photo/several/asks-which", test_photo_with_several_labels_asks);
  ADD ("/label-photo/several/the-chosen-device-s",
       test_photo_with_several_labels_of_which_one_fits);
  ADD ("/label-photo/cancel/nothing-more-is-said", test_photo_cancelled);
  ADD ("/label-photo/left/is-not-read", test_photo_for_a_page_that_was_left);
  ADD ("/label-photo/paste/picture", test_photo_pasted);
  ADD ("/label-photo/paste/no-picture", test_photo_pasted_that_is_none);
  ADD ("/label-photo/paste/text-is-for-the-field", test_photo_text_is_pasted_into_the_field);
  return g_test_run ();
}

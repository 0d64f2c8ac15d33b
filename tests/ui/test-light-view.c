/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-light-strip.h"
#include "fl-light-view.h"
#include "ui-fixture.h"

typedef struct
{
  GtkWindow *window;
  FlLightView *view;
} Fixture;

static void
set_animations (gboolean on)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", on, NULL);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  set_animations (TRUE);
  f->window = GTK_WINDOW (gtk_window_new ());
  f->view = FL_LIGHT_VIEW (fl_light_view_new ());
  gtk_window_set_child (f->window, GTK_WIDGET (f->view));
  gtk_window_present (f->window);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  gpointer alive = f->view;

  g_object_add_weak_pointer (G_OBJECT (f->view), &alive);
  gtk_window_destroy (f->window);
  ui_settle ();
  g_assert_null (alive);
}

static void
test_light_view_moves_while_mapped (Fixture *f, gconstpointer unused)
{
  fl_light_view_set_light (f->view, fl_light_get (FL_LIGHT_STATE_LISTENING));
  g_assert_true (fl_light_view_is_moving (f->view));
  gtk_widget_set_visible (GTK_WIDGET (f->view), FALSE);
  g_assert_false (fl_light_view_is_moving (f->view));
  gtk_widget_set_visible (GTK_WIDGET (f->view), TRUE);
  g_assert_true (fl_light_view_is_moving (f->view));
}

static void
test_light_view_still_without_animations (Fixture *f, gconstpointer unused)
{
  const FlLight *light = fl_light_get (FL_LIGHT_STATE_CLOUD_CONNECTED);
  double brightness = 0;

  fl_light_view_set_light (f->view, light);
  set_animations (FALSE);
  g_assert_false (fl_light_view_is_moving (f->view));
  g_assert_cmphex (fl_light_view_get_shown (f->view, &brightness), ==, light->rgb);
  g_assert_cmpfloat (brightness, ==, 1.0);
  set_animations (TRUE);
  g_assert_true (fl_light_view_is_moving (f->view));
}

static gboolean
seen_both (FlLightView *view, gboolean *lit, gboolean *dark)
{
  double brightness = 0;

  fl_light_view_get_shown (view, &brightness);
  *lit = *lit || brightness > 0.9;
  *dark = *dark || brightness < 0.1;
  return *lit && *dark;
}

static void
test_light_view_blink_is_on_and_off (Fixture *f, gconstpointer unused)
{
  gboolean lit = FALSE, dark = FALSE;

  fl_light_view_set_light (f->view, fl_light_get (FL_LIGHT_STATE_LISTENING));
  while (!seen_both (f->view, &lit, &dark)) /* meson's time limit ends a light that stands still */
    ui_wait_frames (GTK_WIDGET (f->window), 1);
}

static void
test_light_view_dark_when_off_or_none (Fixture *f, gconstpointer unused)
{
  double brightness = 1;

  fl_light_view_set_light (f->view, fl_light_get (FL_LIGHT_STATE_LISTENING));
  fl_light_view_set_light (f->view, NULL);
  g_assert_false (fl_light_view_is_moving (f->view));
  fl_light_view_get_shown (f->view, &brightness);
  g_assert_cmpfloat (brightness, ==, 0.0);
}

static void
test_light_view_every_state_has_words (Fixture *f, gconstpointer unused)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (FL_TYPE_LIGHT_STATE);

  gtk_test_accessible_assert_role (f->view, GTK_ACCESSIBLE_ROLE_IMG);
  for (guint i = 0; i < states->n_values; i++)
    {
      const FlLight *light = fl_light_get ((FlLightState) states->values[i].value);
      g_autofree char *sentence = fl_light_dup_sentence (light);

      fl_light_view_set_light (f->view, light);
      ui_wait_frames (GTK_WIDGET (f->window), 1);
      g_assert_true (g_str_has_prefix (sentence, "The light "));
      gtk_test_accessible_assert_property (f->view, GTK_ACCESSIBLE_PROPERTY_LABEL, sentence);
    }
}

static guint
count_edges (FlLightState state)
{
  double heights[FL_LIGHT_STRIP_BARS];
  guint edges = 0;

  fl_light_strip_sample (fl_light_get (state), 0, heights);
  for (guint i = 1; i < FL_LIGHT_STRIP_BARS; i++)
    edges += (heights[i] >= 0.5) != (heights[i - 1] >= 0.5);
  return edges;
}

static void
test_light_strip_tells_rhythms_apart (void)
{
  guint slow = count_edges (FL_LIGHT_STATE_LISTENING);
  guint blink = count_edges (FL_LIGHT_STATE_WIFI_CONNECTING);
  guint rapid = count_edges (FL_LIGHT_STATE_WIFI_ADDRESS);
  guint fade = count_edges (FL_LIGHT_STATE_CLOUD_CONNECTED);

  g_assert_cmpuint (fade, <, slow);
  g_assert_cmpuint (slow, <, blink);
  g_assert_cmpuint (blink, <, rapid);
  g_assert_cmpuint (fade, >, 0);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/light-view/mapped/moves", test_light_view_moves_while_mapped);
  ADD ("/light-view/no-animations/still-and-bright", test_light_view_still_without_animations);
  ADD ("/light-view/blink/on-and-off", test_light_view_blink_is_on_and_off);
  ADD ("/light-view/none/dark", test_light_view_dark_when_off_or_none);
  ADD ("/light-view/accessible/every-state-has-words", test_light_view_every_state_has_words);
  g_test_add_func ("/light-strip/rhythms/told-apart", test_light_strip_tells_rhythms_apart);
  return g_test_run ();
}

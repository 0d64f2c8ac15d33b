/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-connecting-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-connecting-page.h"

#include "fl-announce.h"
#include "fl-light-finder.h"
#include "fl-light-strip.h"
#include "fl-light-view.h"
#include "fl-stage-row.h"
#include "fl-text.h"
#include "fl-ui.h"

#define SPINNER_MS 3000
#define ELAPSED_MS 8000 /* then seconds are shown, never a percentage */
#define SECOND_MS  1000

static const FlStage stages[] = { FL_STAGE_SENDING, FL_STAGE_JOINING, FL_STAGE_ADDRESSING,
                                  FL_STAGE_REACHING, FL_STAGE_ONLINE };

struct _FlConnectingPage
{
  FlPage parent_instance;

  FlClock *clock;
  FlStage stage;
  gboolean failed;
  gboolean slow;
  gboolean is_silent; /* the device cannot say how far it is */
  gint64 stage_us;    /* when the running stage began */
  char *network;
  char *address;
  const FlLight *light;
  guint timer_id;

  FlLightView *light_view;
  FlLightStrip *light_strip;
  GtkLabel *light_label;
  GtkWidget *compare_label;
  GtkBox *rows;
  GtkLabel *note_label;
  FlStageRow *stage_rows[G_N_ELEMENTS (stages)];
};

G_DEFINE_FINAL_TYPE (FlConnectingPage, fl_connecting_page, FL_TYPE_PAGE)

static void on_timer (gpointer data);

static char *
dup_title (FlConnectingPage *self, FlStage stage)
{
  switch ((int) stage)
    {
    case FL_STAGE_SENDING:
      return g_strdup (_ ("Sending to the Device"));
    case FL_STAGE_JOINING:
      /* Translators: %s is the name of a network */
      return fl_text_name (_ ("Joining “%s”"), self->network);
    case FL_STAGE_ADDRESSING:
      return g_strdup (_ ("Getting an Address"));
    case FL_STAGE_REACHING:
      return g_strdup (_ ("Reaching the Service"));
    default:
      return g_strdup (_ ("Online"));
    }
}

/* What was seen that proves the stage. */
static char *
dup_proof (FlConnectingPage *self, FlStage stage)
{
  switch ((int) stage)
    {
    case FL_STAGE_SENDING:
      return g_strdup (_ ("The device has received it."));
    case FL_STAGE_JOINING:
      return g_strdup (_ ("The device is on this network."));
    case FL_STAGE_ADDRESSING:
      /* Translators: %s is an address such as 192.168.1.10 */
      return self->address != NULL ? g_strdup_printf (_ ("Its address is %s."), self->address)
                                   : NULL;
    case FL_STAGE_REACHING:
      return g_strdup (_ ("The service knows the device."));
    default:
      return NULL;
    }
}

static gint64
elapsed_ms (FlConnectingPage *self)
{
  return (fl_clock_now_us (self->clock) - self->stage_us) / 1000;
}

static char *
dup_progress (FlConnectingPage *self)
{
  gint64 ms = elapsed_ms (self);
  guint seconds = (guint) (ms / 1000);
  g_autofree char *time = NULL;

  if (ms < ELAPSED_MS)
    return self->slow ? g_strdup (_ ("This is taking longer than usual.")) : NULL;

  time = g_strdup_printf (ngettext ("%u second", "%u seconds", seconds), seconds);
  if (!self->slow)
    return g_steal_pointer (&time);
  /* Translators: %s is a time such as "12 seconds" */
  return g_strdup_printf (_ ("This is taking longer than usual: %s."), time);
}

static void
update_row (FlConnectingPage *self, guint i)
{
  FlStageRow *row = self->stage_rows[i];
  g_autofree char *title = dup_title (self, stages[i]);
  g_autofree char *detail = NULL;
  FlStageRowState state = FL_STAGE_ROW_PENDING;

  if (stages[i] < self->stage || self->stage == FL_STAGE_ONLINE)
    {
      state = FL_STAGE_ROW_DONE;
      detail = dup_proof (self, stages[i]);
    }
  else if (stages[i] == self->stage)
    {
      state = self->failed ? FL_STAGE_ROW_FAILED : FL_STAGE_ROW_RUNNING;
      detail = self->failed ? NULL : dup_progress (self);
    }

  if (fl_stage_row_get_state (row) != state)
    fl_stage_row_set_state (row, state);
  fl_stage_row_set_title (row, title);
  fl_stage_row_set_detail (row, detail);
  fl_stage_row_set_spinning (row, state == FL_STAGE_ROW_RUNNING && elapsed_ms (self) >= SPINNER_MS);
}

static void
update (FlConnectingPage *self)
{
  gtk_widget_set_visible (self->compare_label, self->is_silent && self->stage >= FL_STAGE_JOINING &&
                                                   self->stage < FL_STAGE_ONLINE);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    update_row (self, i);
}

static gboolean
is_running (FlConnectingPage *self)
{
  return !self->failed && self->stage >= FL_STAGE_SENDING && self->stage < FL_STAGE_ONLINE;
}

static void
on_timer (gpointer data)
{
  FlConnectingPage *self = data;

  self->timer_id = 0;
  update (self);
  if (is_running (self))
    self->timer_id = fl_clock_add_ms (self->clock, SECOND_MS, on_timer, self);
}

static void
on_something_else (FlConnectingPage *self)
{
  fl_light_finder_present (GTK_WIDGET (self));
}

static void
fl_connecting_page_enter (FlPage *page)
{
  FlConnectingPage *self = FL_CONNECTING_PAGE (page);

  /* Its first stage is the one that it was made with, or left with by a network that was refused.
   */
  if (self->stage == FL_STAGE_SENDING && !self->failed)
    {
      self->stage_us = fl_clock_now_us (self->clock);
      update (self);
    }
  /* Nothing to type: the focus goes to the first thing that acts. */
  gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
fl_connecting_page_dispose (GObject *object)
{
  FlConnectingPage *self = FL_CONNECTING_PAGE (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->timer_id);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fl_connecting_page_parent_class)->dispose (object);
}

static void
fl_connecting_page_finalize (GObject *object)
{
  FlConnectingPage *self = FL_CONNECTING_PAGE (object);

  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->address, g_free);

  G_OBJECT_CLASS (fl_connecting_page_parent_class)->finalize (object);
}

static void
fl_connecting_page_class_init (FlConnectingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fl_connecting_page_dispose;
  object_class->finalize = fl_connecting_page_finalize;
  FL_PAGE_CLASS (klass)->enter = fl_connecting_page_enter;

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-connecting-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlConnectingPage, light_view);
  gtk_widget_class_bind_template_child (widget_class, FlConnectingPage, light_strip);
  gtk_widget_class_bind_template_child (widget_class, FlConnectingPage, light_label);
  gtk_widget_class_bind_template_child (widget_class, FlConnectingPage, compare_label);
  gtk_widget_class_bind_template_child (widget_class, FlConnectingPage, rows);
  gtk_widget_class_bind_template_child (widget_class, FlConnectingPage, note_label);
  gtk_widget_class_bind_template_callback (widget_class, on_something_else);
}

static void
fl_connecting_page_init (FlConnectingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->stage = FL_STAGE_SENDING;
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      self->stage_rows[i] = FL_STAGE_ROW (fl_stage_row_new ());
      gtk_box_append (self->rows, GTK_WIDGET (self->stage_rows[i]));
    }
}

FlPage *
fl_connecting_page_new (FlClock *clock)
{
  FlConnectingPage *self = g_object_new (FL_TYPE_CONNECTING_PAGE, NULL);

  self->clock = g_object_ref (clock);
  self->stage_us = fl_clock_now_us (clock);
  update (self);
  return FL_PAGE (self);
}

void
fl_connecting_page_set_network (FlConnectingPage *self, const char *name)
{
  g_return_if_fail (FL_IS_CONNECTING_PAGE (self));

  if (g_strcmp0 (self->network, name) == 0)
    return;

  g_free (self->network);
  self->network = g_strdup (name);
  update (self);
}

void
fl_connecting_page_set_stage (FlConnectingPage *self, FlStage stage, gboolean failed)
{
  gboolean moved;

  g_return_if_fail (FL_IS_CONNECTING_PAGE (self));

  moved = self->stage != stage || self->failed != failed;
  self->stage = stage;
  self->failed = failed;
  if (moved)
    {
      self->stage_us = fl_clock_now_us (self->clock);
      self->slow = FALSE;
    }
  fl_page_set_cancel_label (FL_PAGE (self), is_running (self) ? _ ("C_ancel") : NULL);
  fl_page_set_can_go_back (FL_PAGE (self), failed); /* to the networks: no failure is the end */
  fl_page_set_title (FL_PAGE (self), failed ? _ ("Not Connected Yet") : _ ("Connecting"));
  update (self);

  if (is_running (self) && self->timer_id == 0)
    self->timer_id = fl_clock_add_ms (self->clock, SECOND_MS, on_timer, self);
  if (moved && is_running (self))
    {
      g_autofree char *title = dup_title (self, stage);

      fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, title);
    }
}

void
fl_connecting_page_set_state (FlConnectingPage *self, const FlDeviceState *state)
{
  const char *address = NULL;

  g_return_if_fail (FL_IS_CONNECTING_PAGE (self));

  if (state != NULL && state->addresses != NULL)
    address = state->addresses[0];
  g_free (self->address);
  self->address = g_strdup (address);
  update (self);
}

void
fl_connecting_page_set_light (FlConnectingPage *self, const FlLight *light, gboolean is_reported)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (FL_IS_CONNECTING_PAGE (self));

  if (light == NULL)
    return;

  self->light = light;
  fl_light_view_set_light (self->light_view, light);
  fl_light_strip_set_light (self->light_strip, light);
  if (is_reported)
    sentence = fl_light_dup_sentence (light);
  else
    /* Translators: %s is how a light behaves, such as "blinks, green" */
    sentence =
        g_strdup_printf (_ ("This is how the light should look: %s"), fl_light_get_words (light));
  gtk_label_set_label (self->light_label, sentence);
}

void
fl_connecting_page_set_slow (FlConnectingPage *self, gboolean slow)
{
  g_return_if_fail (FL_IS_CONNECTING_PAGE (self));

  if (self->slow == slow)
    return;

  self->slow = slow;
  update (self);
  if (slow && is_running (self))
    fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_LOW, _ ("This is taking longer than usual."));
}

void
fl_connecting_page_set_note (FlConnectingPage *self, const char *note)
{
  g_return_if_fail (FL_IS_CONNECTING_PAGE (self));

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
}

void
fl_connecting_page_set_reports (FlConnectingPage *self, gboolean reports)
{
  g_return_if_fail (FL_IS_CONNECTING_PAGE (self));

  if (self->is_silent == !reports)
    return;

  self->is_silent = !reports;
  update (self);
}

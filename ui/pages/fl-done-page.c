/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-done-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-done-page.h"

#include "fl-announce.h"
#include "fl-calendar.h"
#include "fl-fact-row.h"
#include "fl-light-view.h"
#include "fl-links.h"
#include "fl-network.h"
#include "fl-text.h"
#include "fl-ui.h"

#define REMINDER_DAYS 14 /* time enough to ask for a new certificate */

#define MAX_REPLY_CHARACTERS 400 /* a row that is still one look */

struct _FlDonePage
{
  FlPage parent_instance;

  FlLightView *light_view;
  FlFactRow *network_row;
  FlFactRow *address_row;
  FlFactRow *signal_row;
  FlFactRow *software_row;
  FlFactRow *certificate_row;
  FlFactRow *reply_row;
  GtkWidget *reminder_button;
  GtkBox *links;

  char *network;
  gint64 expiry_s; /* 0: no certificate was sent */
};

G_DEFINE_FINAL_TYPE (FlDonePage, fl_done_page, FL_TYPE_PAGE)

enum
{
  SIGNAL_FINISHED,
  SIGNAL_ANOTHER,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
on_reminder (FlDonePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *date = fl_text_date (self->expiry_s);
  /* Translators: an entry of a calendar; %s is the name of a network */
  g_autofree char *summary = g_strdup_printf (_ ("The certificate for “%s” ends"), self->network);
  /* Translators: %s is a day such as "3 May 2027" */
  g_autofree char *description = g_strdup_printf (
      _ ("It is valid until %s. The device then needs a new one to join the network."), date);
  g_autofree char *uid = g_uuid_string_random ();
  const FlReminder reminder = {
    .uid = uid,
    .summary = summary,
    .description = description,
    .due_s = self->expiry_s,
    .days_before = REMINDER_DAYS,
    .now_s = g_get_real_time () / G_USEC_PER_SEC,
  };

  if (GTK_IS_WINDOW (root))
    fl_calendar_add (GTK_WINDOW (root), &reminder);
}

static void
on_another (FlDonePage *self)
{
  g_signal_emit (self, signals[SIGNAL_ANOTHER], 0);
}

static void
fl_done_page_activate (FlPage *page)
{
  g_signal_emit (page, signals[SIGNAL_FINISHED], 0);
}

static void
fl_done_page_enter (FlPage *page)
{
  fl_announce (GTK_WIDGET (page), FL_ANNOUNCE_MEDIUM, fl_page_get_title (page));
}

static void
fl_done_page_finalize (GObject *object)
{
  g_clear_pointer (&FL_DONE_PAGE (object)->network, g_free);

  G_OBJECT_CLASS (fl_done_page_parent_class)->finalize (object);
}

static void
fl_done_page_class_init (FlDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fl_done_page_finalize;
  page_class->activate = fl_done_page_activate;
  page_class->enter = fl_done_page_enter;

  signals[SIGNAL_FINISHED] = g_signal_new ("finished", FL_TYPE_DONE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ANOTHER] = g_signal_new ("another", FL_TYPE_DONE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FL_TYPE_FACT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, light_view);
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, network_row);
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, address_row);
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, signal_row);
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, software_row);
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, certificate_row);
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, reply_row);
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, reminder_button);
  gtk_widget_class_bind_template_child (widget_class, FlDonePage, links);
  gtk_widget_class_bind_template_callback (widget_class, on_another);
  gtk_widget_class_bind_template_callback (widget_class, on_reminder);
}

static void
fl_done_page_init (FlDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FlPage *
fl_done_page_new (void)
{
  return g_object_new (FL_TYPE_DONE_PAGE, NULL);
}

void
fl_done_page_set_product (FlDonePage *self, FlProduct *product)
{
  g_return_if_fail (FL_IS_DONE_PAGE (self));

  fl_links_fill (self->links, product);
}

static char *
dup_signal (const FlDeviceState *state)
{
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (FlNetwork) scale = NULL;

  if (state == NULL || state->rssi_dbm == 0)
    return NULL;

  scale = fl_network_new (none, FL_SECURITY_OPEN, 0, state->rssi_dbm);
  return g_strdup (fl_network_get_signal_word (scale));
}

static const char *
find_address (const FlDeviceState *state)
{
  return state != NULL && state->addresses != NULL ? state->addresses[0] : NULL;
}

/* Some devices only take a network, and then say nothing. */
static gboolean
tells_of_join (const FlDeviceState *state)
{
  return state != NULL &&
         (state->wifi_link || find_address (state) != NULL || state->cloud == FL_CLOUD_CONNECTING ||
          state->cloud == FL_CLOUD_CONNECTED);
}

static const char *
describe_open_end (const FlDeviceState *state)
{
  if (tells_of_join (state))
    return _ ("It has not reported to the service yet.");
  return _ (
      "It cannot tell whether it has joined. If its light blinks slowly in blue again, it could "
      "not.");
}

void
fl_done_page_set_result (FlDonePage *self,
                         gboolean online,
                         const char *network,
                         const FlDeviceState *state,
                         const FlDeviceInfo *info)
{
  FlPage *page = FL_PAGE (self);
  g_autofree char *signal_word = dup_signal (state);
  g_autofree char *joined = NULL;

  g_return_if_fail (FL_IS_DONE_PAGE (self));

  /* Translators: %s is the name of a network */
  joined = fl_text_name (tells_of_join (state) ? _ ("The Device Has Joined “%s”")
                                               : _ ("The Device Has the Network “%s”"),
                         network);
  fl_page_set_title (page, online ? _ ("Your Device Is Online") : joined);
  fl_page_set_subtitle (page, online ? NULL : describe_open_end (state));
  fl_light_view_set_light (self->light_view, online ? fl_light_get (FL_LIGHT_STATE_CLOUD_CONNECTED)
                                                    : fl_light_from_state (state));

  g_free (self->network);
  self->network = g_strdup (network);
  fl_fact_row_set_value (self->network_row, network);
  fl_fact_row_set_value (self->address_row, find_address (state));
  fl_fact_row_set_value (self->signal_row, signal_word);
  fl_fact_row_set_value (self->software_row, info != NULL ? info->firmware : NULL);
}

void
fl_done_page_set_reply (FlDonePage *self, const char *reply)
{
  g_autofree char *begin = NULL;
  g_autofree char *cut = NULL;

  g_return_if_fail (FL_IS_DONE_PAGE (self));

  if (reply != NULL && g_utf8_strlen (reply, -1) > MAX_REPLY_CHARACTERS)
    {
      begin = g_utf8_substring (reply, 0, MAX_REPLY_CHARACTERS);
      cut = g_strconcat (begin, "…", NULL);
    }
  fl_fact_row_set_value (self->reply_row, cut != NULL ? cut : reply);
}

void
fl_done_page_set_expiry (FlDonePage *self, gint64 expiry_s)
{
  g_autofree char *date = fl_text_date (expiry_s);
  g_autofree char *words = NULL;

  g_return_if_fail (FL_IS_DONE_PAGE (self));

  self->expiry_s = expiry_s;
  if (expiry_s > 0)
    /* Translators: %s is a day such as "3 May 2027" */
    words = g_strdup_printf (_ ("Valid until %s"), date);
  fl_fact_row_set_value (self->certificate_row, words);
  gtk_widget_set_visible (self->reminder_button, expiry_s > 0);
}

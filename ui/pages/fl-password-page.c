/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-password-page"
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-password-page.h"

#include "fl-announce.h"
#include "fl-hint-row.h"
#include "fl-text.h"
#include "fl-ui.h"

/* What a hidden network may be; the person reads the label, the device decides. */
static const struct
{
  FlSecurity security;
  FlCapabilities needs;
} hidden_securities[] = {
  { FL_SECURITY_WPA_WPA2, 0 },
  { FL_SECURITY_WPA3, FL_CAN_WPA3 },
  { FL_SECURITY_ENTERPRISE, FL_CAN_ENTERPRISE },
  { FL_SECURITY_WEP, FL_CAN_WEP },
  { FL_SECURITY_OPEN, 0 },
};

struct _FlPasswordPage
{
  FlPage parent_instance;

  FlNetwork *network; /* NULL: hidden */
  FlSecurity offered[G_N_ELEMENTS (hidden_securities)];
  gboolean has_network; /* set at least once */
  gboolean spaces_kept;
  gboolean doubts_open; /* the device may not join open networks */
  GdkDevice *keyboard;

  GtkWidget *name_field;
  GtkEditable *name_entry;
  GtkWidget *security_field;
  GtkDropDown *security_drop;
  GtkWidget *password_field;
  GtkEditable *password_entry;
  GtkWidget *caps_label;
  GtkLabel *note_label;
  GtkWidget *spaces_box;
  GtkLabel *spaces_label;
  GtkWidget *keep_button;
  GtkWidget *open_note;
  GtkWidget *open_doubt;
};

G_DEFINE_FINAL_TYPE (FlPasswordPage, fl_password_page, FL_TYPE_PAGE)

enum
{
  SIGNAL_ENTERED,
  SIGNAL_LOGIN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static FlSecurity
get_security (FlPasswordPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->security_drop);

  if (self->network != NULL)
    return fl_network_get_security (self->network);
  return selected < G_N_ELEMENTS (self->offered) ? self->offered[selected] : FL_SECURITY_WPA_WPA2;
}

/* @field (nullable): the one that has to change. */
static void
show_note (FlPasswordPage *self, GtkEditable *field, const char *note)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->name_entry), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->password_entry), "error");
  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
  if (field == NULL)
    return;

  gtk_widget_add_css_class (GTK_WIDGET (field), "error");
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, note);
}

/* The password of an enterprise network is asked for together with the user name. */
static gboolean
needs_password (FlPasswordPage *self)
{
  return get_security (self) != FL_SECURITY_OPEN && get_security (self) != FL_SECURITY_ENTERPRISE;
}

static void
update (FlPasswordPage *self)
{
  gboolean open = get_security (self) == FL_SECURITY_OPEN;
  gboolean named = self->network != NULL || *gtk_editable_get_text (self->name_entry) != 0;
  gboolean given = !needs_password (self) || *gtk_editable_get_text (self->password_entry) != 0;

  if (get_security (self) == FL_SECURITY_ENTERPRISE)
    fl_page_set_action_label (FL_PAGE (self), _ ("C_ontinue"));
  else if (g_strcmp0 (fl_page_get_action_label (FL_PAGE (self)), _ ("C_ontinue")) == 0)
    fl_page_set_action_label (FL_PAGE (self), _ ("_Connect"));
  gtk_widget_set_visible (self->password_field, needs_password (self));
  gtk_widget_set_visible (self->open_note, open);
  gtk_widget_set_visible (self->open_doubt, open && self->doubts_open);
  fl_page_set_complete (FL_PAGE (self), named && given);
}

/* TRUE: usable. Otherwise the note says why not. */
static gboolean
check (FlPasswordPage *self)
{
  const char *password = gtk_editable_get_text (self->password_entry);
  g_autoptr (GError) error = NULL;

  if (!needs_password (self))
    return TRUE;

  fl_password_check (password, get_security (self), &error);
  show_note (self, error != NULL ? self->password_entry : NULL,
             error != NULL ? error->message : NULL);
  return error == NULL;
}

/* TRUE: nothing to ask about. A space at an end is asked about, never trimmed. */
static gboolean
check_spaces (FlPasswordPage *self)
{
  FlSpace spaces = fl_password_get_spaces (gtk_editable_get_text (self->password_entry));
  const char *question = _ ("The password starts and ends with a space. Keep them?");

  if (!needs_password (self) || spaces == FL_SPACE_NONE || self->spaces_kept)
    return TRUE;

  if (spaces == FL_SPACE_START)
    question = _ ("The password starts with a space. Keep it?");
  else if (spaces == FL_SPACE_END)
    question = _ ("The password ends with a space. Keep it?");

  gtk_label_set_label (self->spaces_label, question);
  gtk_widget_set_visible (self->spaces_box, TRUE);
  gtk_widget_grab_focus (self->keep_button);
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_HIGH, question);
  return FALSE;
}

static void
on_changed (FlPasswordPage *self)
{
  self->spaces_kept = FALSE;
  gtk_widget_set_visible (self->spaces_box, FALSE);
  show_note (self, NULL, NULL);
  update (self);
}

static void
on_leave (FlPasswordPage *self)
{
  if (*gtk_editable_get_text (self->password_entry) != 0)
    check (self);
}

static void
on_keep (FlPasswordPage *self)
{
  self->spaces_kept = TRUE;
  gtk_widget_set_visible (self->spaces_box, FALSE);
  fl_page_activate (FL_PAGE (self));
}

/* Only after the person said so: the spaces at both ends go. */
static void
on_remove (FlPasswordPage *self)
{
  const char *text = gtk_editable_get_text (self->password_entry);
  gsize start = strspn (text, " "), end = strlen (text);

  while (end > start && text[end - 1] == ' ')
    end--;

  /* Deletes in place: no copy of the password leaves the entry. */
  gtk_editable_delete_text (self->password_entry, (int) g_utf8_strlen (text, (gssize) end), -1);
  gtk_editable_delete_text (self->password_entry, 0, (int) start);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static void
on_name_activated (FlPasswordPage *self)
{
  if (gtk_widget_get_visible (self->password_field))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
  else
    fl_page_activate (FL_PAGE (self));
}

static void
on_password_activated (FlPasswordPage *self)
{
  fl_page_activate (FL_PAGE (self));
}

static void
on_caps_lock (FlPasswordPage *self)
{
  gtk_widget_set_visible (self->caps_label, self->keyboard != NULL &&
                                                gdk_device_get_caps_lock_state (self->keyboard) &&
                                                needs_password (self));
}

static GBytes *
dup_ssid (FlPasswordPage *self)
{
  const char *name = gtk_editable_get_text (self->name_entry);

  if (self->network != NULL)
    return g_bytes_ref (fl_network_get_ssid (self->network));
  return g_bytes_new (name, strlen (name));
}

static void
fl_password_page_activate (FlPage *page)
{
  FlPasswordPage *self = FL_PASSWORD_PAGE (page);
  g_autoptr (GBytes) ssid = dup_ssid (self);
  g_autoptr (FlSecret) password = NULL;
  g_autoptr (FlCredentials) credentials = NULL;
  g_autoptr (FlNetwork) network = NULL;

  if (g_bytes_get_size (ssid) > FL_SSID_MAX_BYTES)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
      show_note (self, self->name_entry, _ ("The name of a network is at most 32 bytes long."));
      return;
    }
  if (get_security (self) == FL_SECURITY_ENTERPRISE)
    {
      network = fl_network_new (ssid, FL_SECURITY_ENTERPRISE, 0, 0);
      g_signal_emit (self, signals[SIGNAL_LOGIN], 0, network);
      return;
    }
  if (!check (self))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
      return;
    }
  if (!check_spaces (self))
    return;

  if (needs_password (self))
    password = fl_secret_new_from_string (gtk_editable_get_text (self->password_entry));
  credentials =
      fl_credentials_new (ssid, get_security (self), password, self->network == NULL, NULL);
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, credentials);
}

static void
fl_password_page_enter (FlPage *page)
{
  FlPasswordPage *self = FL_PASSWORD_PAGE (page);

  if (self->network == NULL && *gtk_editable_get_text (self->name_entry) == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
  else if (needs_password (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static void
fl_password_page_realize (GtkWidget *widget)
{
  FlPasswordPage *self = FL_PASSWORD_PAGE (widget);
  GdkSeat *seat;

  GTK_WIDGET_CLASS (fl_password_page_parent_class)->realize (widget);

  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  self->keyboard = seat != NULL ? g_object_ref (gdk_seat_get_keyboard (seat)) : NULL;
  if (self->keyboard != NULL)
    g_signal_connect_object (self->keyboard, "notify::caps-lock-state", G_CALLBACK (on_caps_lock),
                             self, G_CONNECT_SWAPPED);
  on_caps_lock (self);
}

static void
fl_password_page_unrealize (GtkWidget *widget)
{
  FlPasswordPage *self = FL_PASSWORD_PAGE (widget);

  if (self->keyboard != NULL)
    g_signal_handlers_disconnect_by_func (self->keyboard, on_caps_lock, self);
  g_clear_object (&self->keyboard);

  GTK_WIDGET_CLASS (fl_password_page_parent_class)->unrealize (widget);
}

static void
fl_password_page_dispose (GObject *object)
{
  FlPasswordPage *self = FL_PASSWORD_PAGE (object);

  g_clear_object (&self->network);

  G_OBJECT_CLASS (fl_password_page_parent_class)->dispose (object);
}

static void
fl_password_page_class_init (FlPasswordPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_password_page_dispose;
  widget_class->realize = fl_password_page_realize;
  widget_class->unrealize = fl_password_page_unrealize;
  page_class->activate = fl_password_page_activate;
  page_class->enter = fl_password_page_enter;

  signals[SIGNAL_ENTERED] = g_signal_new ("entered", FL_TYPE_PASSWORD_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, FL_TYPE_CREDENTIALS);
  signals[SIGNAL_LOGIN] = g_signal_new ("login", FL_TYPE_PASSWORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, FL_TYPE_NETWORK);

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-password-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, name_field);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, name_entry);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, security_field);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, security_drop);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, password_field);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, password_entry);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, caps_label);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, spaces_box);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, spaces_label);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, keep_button);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, open_note);
  gtk_widget_class_bind_template_child (widget_class, FlPasswordPage, open_doubt);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_password_activated);
}

static void
fl_password_page_init (FlPasswordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FlPage *
fl_password_page_new (void)
{
  return g_object_new (FL_TYPE_PASSWORD_PAGE, NULL);
}

static void
select_security (FlPasswordPage *self, FlSecurity security)
{
  guint n = g_list_model_get_n_items (gtk_drop_down_get_model (self->security_drop));

  for (guint i = 0; i < n; i++)
    if (self->offered[i] == security)
      gtk_drop_down_set_selected (self->security_drop, i);
}

static void
offer_securities (FlPasswordPage *self, FlCapabilities capabilities)
{
  FlSecurity chosen = get_security (self);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (hidden_securities); i++)
    if ((hidden_securities[i].needs & ~capabilities) == 0)
      {
        self->offered[n++] = hidden_securities[i].security;
        gtk_string_list_append (labels,
                                hidden_securities[i].security == FL_SECURITY_ENTERPRISE
                                    ? _ ("Enterprise (user name)")
                                    : fl_security_get_label (hidden_securities[i].security));
      }
  gtk_drop_down_set_model (self->security_drop, G_LIST_MODEL (labels));
  select_security (self, chosen);
}

static const char *
describe_other (FlCapabilities capabilities)
{
  return (capabilities & FL_CAN_SCAN) != 0 ? _ ("For a network that does not show its name.")
                                           : _ ("Every letter and space of the name counts.");
}

void
fl_password_page_set_network (FlPasswordPage *self, FlNetwork *network, FlCapabilities capabilities)
{
  FlPage *page = FL_PAGE (self);
  gboolean open;
  g_autofree char *title = NULL;

  g_return_if_fail (FL_IS_PASSWORD_PAGE (self));

  /* A scan brings a new object for the same network: what was typed for it stays. */
  if (self->has_network &&
      !((network == NULL) == (self->network == NULL) &&
        (network == NULL ||
         g_bytes_equal (fl_network_get_ssid (network), fl_network_get_ssid (self->network)))))
    fl_password_page_clear (self);

  self->has_network = TRUE;
  self->doubts_open = (capabilities & FL_DOUBTS_OPEN) != 0;
  g_set_object (&self->network, network);
  gtk_widget_set_visible (self->name_field, network == NULL);
  gtk_widget_set_visible (self->security_field, network == NULL);
  if (network == NULL)
    offer_securities (self, capabilities);

  open = network != NULL && fl_network_get_security (network) == FL_SECURITY_OPEN;
  if (network == NULL)
    title = g_strdup (_ ("Other Network"));
  else
    /* Translators: %s is the name of a network */
    title = fl_text_name (open ? _ ("Connect to “%s”") : _ ("Password for “%s”"),
                          fl_network_get_name (network));
  fl_page_set_title (page, title);
  fl_page_set_subtitle (page, network == NULL ? describe_other (capabilities) : NULL);
  update (self);
}

void
fl_password_page_set_credentials (FlPasswordPage *self, FlCredentials *credentials)
{
  FlSecret *password;

  g_return_if_fail (FL_IS_PASSWORD_PAGE (self));

  password = fl_credentials_get_password (credentials);
  if (self->network == NULL)
    {
      gtk_editable_set_text (self->name_entry, fl_credentials_get_name (credentials));
      select_security (self, fl_credentials_get_security (credentials));
    }
  if (password != NULL)
    gtk_editable_set_text (self->password_entry, fl_secret_get_text (password));
}

void
fl_password_page_focus_password (FlPasswordPage *self)
{
  g_return_if_fail (FL_IS_PASSWORD_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
  gtk_editable_select_region (self->password_entry, 0, -1);
}

void
fl_password_page_clear (FlPasswordPage *self)
{
  g_return_if_fail (FL_IS_PASSWORD_PAGE (self));

  gtk_editable_set_text (self->name_entry, "");
  gtk_editable_set_text (self->password_entry, "");
  gtk_drop_down_set_selected (self->security_drop, 0);
  fl_page_set_error (FL_PAGE (self), NULL);
}

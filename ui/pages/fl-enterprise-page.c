/* SPDX-License-Identifier: Apache-2.0 */
/* The fields, and what is said of them. */
#define G_LOG_DOMAIN "fl-enterprise-page"
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-enterprise-page-private.h"

#include "fl-announce.h"
#include "fl-caps-note.h"
#include "fl-scroll.h"
#include "fl-text.h"
#include "fl-ui.h"

G_DEFINE_FINAL_TYPE (FlEnterprisePage, fl_enterprise_page, FL_TYPE_PAGE)

static guint entered_signal;

gboolean
fl_enterprise_page_uses_certificate (FlEnterprisePage *self)
{
  return fl_enterprise_draft_get_method (self->draft) == FL_EAP_TLS;
}

void
fl_enterprise_page_tell (FlEnterprisePage *self, const char *words)
{
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_LOW, words);
}

static const char *
text_of (const char *text) /* (nullable) */
{
  return text != NULL ? text : "";
}

static void
set_text (GtkEditable *entry, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (entry), text_of (text)) != 0)
    gtk_editable_set_text (entry, text_of (text));
}

static void
show_method (FlEnterprisePage *self)
{
  FlEapMethod method = fl_enterprise_draft_get_method (self->draft);
  gboolean certificate = method == FL_EAP_TLS;

  gtk_check_button_set_active (certificate ? self->certificate_toggle : self->password_toggle,
                               TRUE);
  for (guint i = 0; i < self->n_methods; i++)
    if (self->methods[i] == method)
      gtk_drop_down_set_selected (self->method_drop, i);
  gtk_widget_set_visible (self->password_box, !certificate);
}

/* The widgets say what the draft has, whoever put it there. */
static void
on_draft_changed (FlEnterprisePage *self)
{
  FlSecret *password = fl_enterprise_draft_get_password (self->draft);

  self->accepted = FALSE;
  fl_enterprise_page_hide_question (self);
  if (!self->syncing)
    {
      self->syncing = TRUE;
      set_text (self->identity_entry, fl_enterprise_draft_get_identity (self->draft));
      set_text (self->outer_entry, fl_enterprise_draft_get_anonymous_identity (self->draft));
      set_text (self->server_entry, fl_enterprise_draft_get_server_name (self->draft));
      set_text (self->password_entry, password != NULL ? fl_secret_get_text (password) : NULL);
      show_method (self);
      self->syncing = FALSE;
    }
  fl_enterprise_page_show_files (self);
  fl_enterprise_page_check (self);
}

static void
on_typed (GtkEditable *entry, gpointer data)
{
  FlEnterprisePage *self = data;
  const char *text = gtk_editable_get_text (entry);

  if (self->syncing)
    return;

  self->syncing = TRUE;
  if (entry == self->identity_entry)
    fl_enterprise_draft_set_identity (self->draft, text);
  else if (entry == self->outer_entry)
    fl_enterprise_draft_set_anonymous_identity (self->draft, text);
  else
    fl_enterprise_draft_set_server_name (self->draft, text);
  self->syncing = FALSE;
}

static void
on_password (FlEnterprisePage *self)
{
  const char *text = gtk_editable_get_text (self->password_entry);
  g_autoptr (FlSecret) password = NULL;

  if (self->syncing)
    return;

  self->syncing = TRUE;
  if (*text != 0)
    password = fl_secret_new_from_string (text);
  fl_enterprise_draft_set_password (self->draft, password);
  self->syncing = FALSE;
}

static void
on_name_changed (FlEnterprisePage *self)
{
  self->accepted = FALSE;
  fl_enterprise_page_hide_question (self);
  fl_enterprise_page_check (self);
}

static gboolean
has_method (FlEnterprisePage *self, FlEapMethod method)
{
  return self->limits == NULL || (self->limits->methods & fl_eap_bit (method)) != 0;
}

/* The one with a password that a device has, most have PEAP. */
static FlEapMethod
find_password_method (FlEnterprisePage *self)
{
  for (guint i = 0; i < self->n_methods; i++)
    if (self->methods[i] != FL_EAP_TLS)
      return self->methods[i];
  return FL_EAP_PEAP;
}

static void
set_method (FlEnterprisePage *self, FlEapMethod method)
{
  if (fl_enterprise_draft_get_method (self->draft) != method)
    fl_enterprise_draft_set_method (self->draft, method);
}

static void
on_way (FlEnterprisePage *self)
{
  gboolean certificate = gtk_check_button_get_active (self->certificate_toggle);

  if (self->syncing || certificate == fl_enterprise_page_uses_certificate (self))
    return;

  set_method (self, certificate ? FL_EAP_TLS : find_password_method (self));
}

static void
on_method (FlEnterprisePage *self)
{
  guint selected = gtk_drop_down_get_selected (self->method_drop);

  if (!self->syncing && selected < self->n_methods)
    set_method (self, self->methods[selected]);
}

static void
on_choice (FlEnterprisePage *self)
{
  if (!self->syncing)
    fl_enterprise_page_choose_network (self);
}

/* Enter goes on to what is missing; with nothing missing, to the main button. */
static void
on_entry_activated (GtkWidget *entry, gpointer data)
{
  FlEnterprisePage *self = data;

  if (fl_page_get_complete (FL_PAGE (self)))
    fl_page_activate (FL_PAGE (self));
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static gboolean
on_drop (FlEnterprisePage *self, const GValue *value)
{
  g_autofree char *path = NULL;
  GSList *files;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      files = g_value_get_boxed (value); /* GdkFileList's own list: gdk_file_list_get_files() */
      path = files != NULL ? g_file_get_path (files->data) : NULL;
    }
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    path = g_file_get_path (g_value_get_object (value));
  if (path == NULL || fl_page_get_busy (FL_PAGE (self)))
    return FALSE;

  fl_enterprise_page_open_file (self, path);
  return TRUE;
}

static void
add_drop_target (FlEnterprisePage *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static GBytes *
dup_ssid (FlEnterprisePage *self)
{
  const char *name = gtk_editable_get_text (self->name_entry);

  if (self->network != NULL)
    return g_bytes_ref (fl_network_get_ssid (self->network));
  return g_bytes_new (name, strlen (name));
}

static void
fl_enterprise_page_activate (FlPage *page)
{
  FlEnterprisePage *self = FL_ENTERPRISE_PAGE (page);
  g_autoptr (GBytes) ssid = dup_ssid (self);
  g_autoptr (FlCredentials) credentials = NULL;

  if (g_bytes_get_size (ssid) > FL_SSID_MAX_BYTES)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
      gtk_label_set_label (self->why_label, _ ("The name of a network is at most 32 bytes long."));
      gtk_widget_set_visible (GTK_WIDGET (self->why_label), TRUE);
      gtk_widget_set_visible (self->checks_box, TRUE);
      fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_HIGH, gtk_label_get_label (self->why_label));
      return;
    }
  fl_enterprise_page_settle (self); /* the lines and the question say the same */
  if (!fl_enterprise_page_ask (self))
    return;

  credentials = fl_enterprise_draft_build_credentials (self->draft, ssid);
  g_signal_emit (self, entered_signal, 0, credentials);
}

static void
fl_enterprise_page_enter (FlPage *page)
{
  FlEnterprisePage *self = FL_ENTERPRISE_PAGE (page);

  fl_enterprise_page_ask_computer (self);
  if (!fl_enterprise_page_has_begun (self))
    fl_file_field_focus (self->import_field);
  else if (self->network == NULL && !fl_enterprise_page_is_named (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
  else if (*text_of (fl_enterprise_draft_get_identity (self->draft)) == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->identity_entry));
  else if (!fl_enterprise_page_uses_certificate (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
  else
    fl_file_field_focus (self->client_field);
}

static void
fl_enterprise_page_dispose (GObject *object)
{
  FlEnterprisePage *self = FL_ENTERPRISE_PAGE (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->settle_id);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_cancellable_cancel (self->computer_op);
  g_clear_object (&self->computer_op);
  g_clear_object (&self->wifi);
  g_clear_object (&self->clock);
  g_clear_object (&self->network);
  g_clear_pointer (&self->profile, fl_profile_unref);

  G_OBJECT_CLASS (fl_enterprise_page_parent_class)->dispose (object);
}

static void
fl_enterprise_page_finalize (GObject *object)
{
  FlEnterprisePage *self = FL_ENTERPRISE_PAGE (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_pointer (&self->profile_path, g_free);
  g_clear_pointer (&self->told, g_free);

  G_OBJECT_CLASS (fl_enterprise_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, import_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, computer_button);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, profile_box);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, profile_lines);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, choice_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, choice_drop);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, name_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, name_entry);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, way_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, password_toggle);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, certificate_toggle);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, identity_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, identity_entry);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, password_box);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, password_entry);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, client_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, key_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, ca_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, server_entry);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, more);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, outer_entry);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, method_field);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, method_drop);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, checks_box);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, checks);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, why_label);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, question_box);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, question_title);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, question_label);
  gtk_widget_class_bind_template_child (widget_class, FlEnterprisePage, question_buttons);
}

static void
fl_enterprise_page_class_init (FlEnterprisePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_enterprise_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = fl_enterprise_page_finalize;
  page_class->activate = fl_enterprise_page_activate;
  page_class->enter = fl_enterprise_page_enter;

  entered_signal = g_signal_new ("entered", FL_TYPE_ENTERPRISE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, FL_TYPE_CREDENTIALS);

  g_type_ensure (FL_TYPE_CAPS_NOTE);
  g_type_ensure (FL_TYPE_CHECK_LIST);
  g_type_ensure (FL_TYPE_FIELD);
  g_type_ensure (FL_TYPE_FILE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-enterprise-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_choice);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_method);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_password);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_way);
}

static void
fl_enterprise_page_init (FlEnterprisePage *self)
{
  self->findings = g_ptr_array_new_with_free_func (g_object_unref);
  self->choices = g_array_new (FALSE, FALSE, sizeof (guint));
  self->draft = fl_enterprise_draft_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fl_enterprise_page_connect_files (self);
  add_drop_target (self);
}

static void
offer_methods (FlEnterprisePage *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  gboolean both;

  self->n_methods = 0;
  for (guint i = 0; i < FL_PAGE_MAX_METHODS; i++)
    if (has_method (self, (FlEapMethod) i))
      {
        self->methods[self->n_methods++] = (FlEapMethod) i;
        gtk_string_list_append (labels, fl_eap_method_get_label ((FlEapMethod) i));
      }
  self->syncing = TRUE;
  gtk_drop_down_set_model (self->method_drop, G_LIST_MODEL (labels));
  self->syncing = FALSE;

  both = has_method (self, FL_EAP_TLS) && self->n_methods > 1;
  gtk_widget_set_visible (self->way_field, both);
  gtk_widget_set_visible (GTK_WIDGET (self->method_field), self->n_methods > 1);
  if (!has_method (self, fl_enterprise_draft_get_method (self->draft)) && self->n_methods > 0)
    fl_enterprise_draft_set_method (self->draft, self->methods[0]);
}

static void
connect_draft (FlEnterprisePage *self)
{
  g_signal_connect_swapped (self->draft, "changed", G_CALLBACK (on_draft_changed), self);
}

FlPage *
fl_enterprise_page_new (FlClock *clock)
{
  FlEnterprisePage *self = g_object_new (FL_TYPE_ENTERPRISE_PAGE, NULL);

  self->clock = g_object_ref (clock);
  connect_draft (self);
  offer_methods (self);
  on_draft_changed (self);
  return FL_PAGE (self);
}

/* The same network, as a later scan found it. */
static gboolean
is_same (FlEnterprisePage *self, FlNetwork *network)
{
  if ((network == NULL) != (self->network == NULL))
    return FALSE;
  return network == NULL ||
         g_bytes_equal (fl_network_get_ssid (network), fl_network_get_ssid (self->network));
}

void
fl_enterprise_page_set_network (FlEnterprisePage *self,
                                FlNetwork *network,
                                const FlEnterpriseLimits *limits)
{
  g_autofree char *title = NULL;

  g_return_if_fail (FL_IS_ENTERPRISE_PAGE (self));

  if (self->has_network && !is_same (self, network))
    fl_enterprise_page_clear (self);
  self->has_network = TRUE;
  g_set_object (&self->network, network);
  gtk_widget_set_visible (self->name_field, network == NULL);

  if (network != NULL)
    /* Translators: %s is the name of a network */
    title = fl_text_name (_ ("Log In to “%s”"), fl_network_get_name (network));
  fl_page_set_title (FL_PAGE (self), title != NULL ? title : _ ("Log In to Another Network"));

  if (limits != NULL && limits != self->limits)
    {
      self->limits = limits;
      fl_enterprise_draft_set_limits (self->draft, limits);
      offer_methods (self);
    }
  on_draft_changed (self);
}

void
fl_enterprise_page_set_now (FlEnterprisePage *self, gint64 now_s)
{
  g_return_if_fail (FL_IS_ENTERPRISE_PAGE (self));

  self->now_s = now_s;
  fl_enterprise_page_check (self);
}

void
fl_enterprise_page_open_file (FlEnterprisePage *self, const char *path)
{
  g_return_if_fail (FL_IS_ENTERPRISE_PAGE (self));

  fl_file_field_open (self->import_field, path);
}

void
fl_enterprise_page_choose_file (FlEnterprisePage *self, const GError *error)
{
  FlFileField *field = self->ca_field;

  g_return_if_fail (FL_IS_ENTERPRISE_PAGE (self));

  if (g_error_matches (error, FL_ERROR, FL_ERROR_KEY_MISMATCH) &&
      gtk_widget_get_visible (GTK_WIDGET (self->key_field)))
    field = self->key_field;
  else if (!g_error_matches (error, FL_ERROR, FL_ERROR_CA_MISSING) &&
           fl_enterprise_page_uses_certificate (self))
    field = self->client_field;
  fl_file_field_focus (field);
  fl_file_field_choose (field);
}

/* A name without the ending that it should have is likelier wrong than the password. */
void
fl_enterprise_page_focus_login (FlEnterprisePage *self)
{
  GtkEditable *entry = self->password_entry;

  g_return_if_fail (FL_IS_ENTERPRISE_PAGE (self));

  for (guint i = 0; i < self->findings->len; i++)
    {
      FlFinding *finding = g_ptr_array_index (self->findings, i);

      if (g_str_equal (fl_finding_get_id (finding), "realm") &&
          fl_finding_get_verdict (finding) != FL_VERDICT_GOOD)
        entry = self->identity_entry;
    }
  if (entry == self->password_entry && fl_enterprise_page_uses_certificate (self))
    {
      fl_file_field_focus (self->client_field);
      fl_scroll_to (GTK_WIDGET (self->client_field));
      return;
    }
  fl_scroll_to (GTK_WIDGET (entry));
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_select_region (entry, 0, -1);
}

void
fl_enterprise_page_clear (FlEnterprisePage *self)
{
  g_return_if_fail (FL_IS_ENTERPRISE_PAGE (self));

  g_signal_handlers_disconnect_by_data (self->draft, self);
  g_object_unref (self->draft);
  self->draft = fl_enterprise_draft_new ();
  fl_enterprise_draft_set_limits (self->draft, self->limits);
  connect_draft (self);
  fl_enterprise_page_forget_computer (self);
  fl_enterprise_page_clear_files (self);
  gtk_editable_set_text (self->name_entry, "");
  gtk_expander_set_expanded (self->more, FALSE);
  fl_page_set_error (FL_PAGE (self), NULL);
  offer_methods (self);
  on_draft_changed (self);
  fl_enterprise_page_settle (self);
}

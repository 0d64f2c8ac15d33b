/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile brought: said line by line, and the choice among its networks. */
#define G_LOG_DOMAIN "fl-enterprise-page-profile"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-enterprise-page-private.h"

#include "fl-text.h"

static void
clear_lines (FlEnterprisePage *self)
{
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self->profile_lines))) != NULL)
    gtk_box_remove (self->profile_lines, line);
}

static void
add_line (FlEnterprisePage *self, const char *icon, const char *style, const char *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *mark =
      g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "valign", GTK_ALIGN_START, "margin-top", 2,
                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "css-classes",
                    (const char *[]){ style, NULL }, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "hexpand", TRUE, NULL);

  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (self->profile_lines, line);
}

static void
add_good (FlEnterprisePage *self, const char *words)
{
  add_line (self, "object-select-symbolic", "success", words);
}

static void
add_named (FlEnterprisePage *self, const char *icon, const char *words) /* (transfer full) words */
{
  add_line (self, icon, "dim-label", words);
  g_free ((char *) words);
}

static void
tell_origin (FlEnterprisePage *self, gint64 now_s)
{
  const char *signer = fl_profile_get_signer (self->profile);
  gint64 expires = fl_profile_get_expires (self->profile);
  g_autofree char *date = fl_text_date (expires);
  g_autofree char *words = NULL;

  if (signer != NULL)
    /* Translators: %s is who signed a file */
    add_named (self, "channel-secure-symbolic", fl_text_name (_ ("Signed by %s."), signer));
  if (expires == 0)
    return;

  /* Translators: %s is a day such as "3 May 2027" */
  words = g_strdup_printf (expires < now_s ? _ ("This profile ended on %s.")
                                           : _ ("This profile is valid until %s."),
                           date);
  if (expires < now_s)
    add_line (self, "dialog-question-symbolic", "warning", words);
  else
    add_good (self, words);
}

static void
tell_contents (FlEnterprisePage *self, const FlProfileNetwork *network)
{
  FlEnterprise *enterprise = network->enterprise;
  g_autofree char *realm = NULL;

  if (fl_enterprise_get_identity (enterprise) != NULL)
    add_good (self, _ ("The user name is in it."));
  if (network->password != NULL)
    add_good (self, _ ("The password is in it."));
  if (fl_enterprise_get_client_certificate (enterprise) != NULL)
    add_good (self, _ ("The certificate of the device is in it."));
  if (fl_enterprise_get_ca_certificate (enterprise) != NULL)
    add_good (self, _ ("The certificate of the network is in it."));
  if (fl_enterprise_get_server_name (enterprise) != NULL)
    add_good (self, _ ("The name of the server is in it."));
  if (network->realm != NULL)
    {
      /* Translators: %s is the end of a user name, such as "school.example" */
      realm = fl_text_name (_ ("User names end with @%s."), network->realm);
      add_good (self, realm);
    }
}

/* What a profile says and the device does not get: nothing of it is dropped without a word. */
static void
tell_left_out (FlEnterprisePage *self)
{
  GPtrArray *left_out = fl_profile_get_left_out (self->profile);

  for (guint i = 0; i < left_out->len; i++)
    add_line (self, "dialog-question-symbolic", "warning", g_ptr_array_index (left_out, i));
}

static void
tell (FlEnterprisePage *self, const FlProfileNetwork *network)
{
  const char *help = fl_profile_get_help (self->profile);

  clear_lines (self);
  gtk_widget_set_visible (self->profile_box, TRUE);
  tell_origin (self, self->now_s != 0 ? self->now_s : g_get_real_time () / G_USEC_PER_SEC);
  tell_contents (self, network);
  tell_left_out (self);
  if (help != NULL)
    /* Translators: %s is an address such as "https://school.example/help" */
    add_named (self, "help-about-symbolic", fl_text_name (_ ("Help is at %s"), help));
}

static const FlProfileNetwork *
get_network (FlProfile *profile, guint index)
{
  return g_ptr_array_index (fl_profile_get_networks (profile), index);
}

/* Whether the profile's network is for @ssid: by name, or because it names none. */
static gboolean
is_for (const FlProfileNetwork *network, GBytes *ssid)
{
  if (ssid == NULL || network->ssids->len == 0)
    return TRUE;
  for (guint i = 0; i < network->ssids->len; i++)
    if (g_bytes_equal (g_ptr_array_index (network->ssids, i), ssid))
      return TRUE;
  return FALSE;
}

static gboolean
is_possible (FlEnterprisePage *self, const FlProfileNetwork *network)
{
  return network->enterprise != NULL &&
         (self->limits == NULL ||
          (self->limits->methods & fl_eap_bit (fl_enterprise_get_method (network->enterprise))) !=
              0);
}

static GBytes *
get_ssid (FlEnterprisePage *self)
{
  return self->network != NULL ? fl_network_get_ssid (self->network) : NULL;
}

static void
find_choices (FlEnterprisePage *self, FlProfile *profile)
{
  GPtrArray *networks = fl_profile_get_networks (profile);

  g_array_set_size (self->choices, 0);
  for (guint i = 0; i < networks->len; i++)
    if (is_possible (self, get_network (profile, i)) &&
        is_for (get_network (profile, i), get_ssid (self)))
      g_array_append_val (self->choices, i);
}

static char *
dup_choice_label (const FlProfileNetwork *network)
{
  const char *method = fl_eap_method_get_label (fl_enterprise_get_method (network->enterprise));
  g_autofree char *name = NULL;
  g_autofree char *isolated = NULL;

  if (network->ssids->len == 0)
    return g_strdup (method);
  name = fl_ssid_to_name (g_bytes_get_data (g_ptr_array_index (network->ssids, 0), NULL),
                          g_bytes_get_size (g_ptr_array_index (network->ssids, 0)));
  isolated = fl_text_isolate (name);
  /* Translators: the name of a network, then how it is logged in to: "Campus, PEAP" */
  return g_strdup_printf (_ ("%s, %s"), isolated, method);
}

static void
offer_choices (FlEnterprisePage *self, guint chosen)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < self->choices->len; i++)
    {
      guint index = g_array_index (self->choices, guint, i);
      g_autofree char *label = dup_choice_label (get_network (self->profile, index));

      gtk_string_list_append (labels, label);
      if (index == chosen)
        selected = i;
    }
  self->syncing = TRUE;
  gtk_drop_down_set_model (self->choice_drop, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->choice_drop, selected);
  self->syncing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->choice_field), self->choices->len > 1);
}

/* Files that a profile only names lie beside it, if at all. */
static void
open_named (FlEnterprisePage *self, FlFileField *field, const char *name)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (name == NULL || self->profile_path == NULL)
    return;

  folder = g_path_get_dirname (self->profile_path);
  path = g_canonicalize_filename (name, folder);
  fl_file_field_open (field, path);
}

static void
name_network (FlEnterprisePage *self, const FlProfileNetwork *network)
{
  g_autofree char *name = NULL;

  if (self->network != NULL || network->ssids->len == 0)
    return;

  name = g_strndup (g_bytes_get_data (g_ptr_array_index (network->ssids, 0), NULL),
                    g_bytes_get_size (g_ptr_array_index (network->ssids, 0)));
  if (g_utf8_validate (name, -1, NULL))
    gtk_editable_set_text (self->name_entry, name);
}

/* FALSE: nothing of it can be used here, and the draft is as before. */
static gboolean
take (FlEnterprisePage *self, FlProfile *profile, guint index, GError **error)
{
  const FlProfileNetwork *network = get_network (profile, index);

  if (!fl_enterprise_draft_import (self->draft, profile, index, error))
    return FALSE;

  name_network (self, network);
  open_named (self, self->ca_field, network->ca_path);
  open_named (self, self->client_field, network->certificate_path);
  open_named (self, self->key_field, network->key_path);
  return TRUE;
}

static void
focus_missing (FlEnterprisePage *self)
{
  const char *identity = fl_enterprise_draft_get_identity (self->draft);

  if (identity == NULL || *identity == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->identity_entry));
  else if (!fl_enterprise_page_uses_certificate (self) &&
           fl_enterprise_draft_get_password (self->draft) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

void
fl_enterprise_page_take_profile (FlEnterprisePage *self,
                                 FlProfile *profile,
                                 const char *name,
                                 const char *path)
{
  const char *provider = fl_profile_get_provider (profile);
  guint index = fl_enterprise_draft_choose (self->draft, profile, get_ssid (self));
  g_autofree char *old_path = g_steal_pointer (&self->profile_path);
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;

  self->profile_path = g_strdup (path);
  if (!take (self, profile, index, &error))
    {
      fl_file_field_set_problem (self->import_field, error);
      return;
    }

  g_clear_pointer (&self->profile, fl_profile_unref);
  self->profile = fl_profile_ref (profile);
  find_choices (self, profile);
  offer_choices (self, index);
  title = fl_text_isolate (provider != NULL ? provider : name);
  fl_file_field_set_held (self->import_field, title, provider != NULL ? name : NULL);
  tell (self, get_network (profile, index));
  focus_missing (self);
}

void
fl_enterprise_page_choose_network (FlEnterprisePage *self)
{
  guint selected = gtk_drop_down_get_selected (self->choice_drop);
  guint index;
  g_autoptr (GError) error = NULL;

  if (self->profile == NULL || selected >= self->choices->len)
    return;

  index = g_array_index (self->choices, guint, selected);
  if (take (self, self->profile, index, &error))
    tell (self, get_network (self->profile, index));
  else
    fl_file_field_set_problem (self->import_field, error);
}

void
fl_enterprise_page_drop_profile (FlEnterprisePage *self)
{
  g_clear_pointer (&self->profile, fl_profile_unref);
  g_array_set_size (self->choices, 0);
  clear_lines (self);
  gtk_widget_set_visible (self->profile_box, FALSE);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates and keys: from files to the draft, and from there to what is shown of them. */
#define G_LOG_DOMAIN "fl-enterprise-page-files"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-enterprise-page-private.h"

#include "fl-text.h"

static char *
dup_note (FlEnterprisePage *self, GPtrArray *certificates)
{
  FlCertificate *first = g_ptr_array_index (certificates, 0);
  g_autofree char *date = fl_text_date (fl_certificate_get_not_after (first));
  guint others = certificates->len - 1;
  /* Translators: %s is a day such as "3 May 2027" */
  g_autofree char *valid = g_strdup_printf (_ ("Valid until %s"), date);
  g_autofree char *more = NULL;

  if (others == 0)
    return g_steal_pointer (&valid);
  more = g_strdup_printf (ngettext ("One more certificate is with it.",
                                    "%u more certificates are with it.", others),
                          others);
  return g_strconcat (valid, "\n", more, NULL);
}

static void
show_certificates (FlEnterprisePage *self, FlFileField *field, GPtrArray *certificates)
{
  g_autofree char *name = NULL;
  g_autofree char *note = NULL;

  if (certificates->len > 0)
    {
      name = fl_text_isolate (fl_certificate_get_name (g_ptr_array_index (certificates, 0)));
      note = dup_note (self, certificates);
    }
  fl_file_field_set_held (field, name, note);
}

static void
show_key (FlEnterprisePage *self)
{
  FlPrivateKey *key = fl_enterprise_draft_get_key (self->draft);
  guint bits;
  g_autofree char *words = NULL;

  if (key == NULL)
    {
      fl_file_field_set_held (self->key_field, NULL, NULL);
      return;
    }
  bits = fl_private_key_get_bits (key);
  /* Translators: a kind of key such as "RSA", then its length */
  words = g_strdup_printf (ngettext ("%s key of %u bit", "%s key of %u bits", bits),
                           fl_key_type_get_label (fl_private_key_get_key_type (key)), bits);
  fl_file_field_set_held (self->key_field, words, NULL);
}

/* A key that came with its certificate needs no field of its own, unless it does not fit. */
static gboolean
needs_key_field (FlEnterprisePage *self)
{
  GPtrArray *client = fl_enterprise_draft_get_client (self->draft);
  FlPrivateKey *key = fl_enterprise_draft_get_key (self->draft);

  if (client->len == 0 || key == NULL)
    return client->len > 0 || key != NULL;
  return fl_file_field_get_path (self->key_field) != NULL ||
         !fl_private_key_matches (key, g_ptr_array_index (client, 0));
}

void
fl_enterprise_page_show_files (FlEnterprisePage *self)
{
  gboolean certificate = fl_enterprise_page_uses_certificate (self);

  show_certificates (self, self->client_field, fl_enterprise_draft_get_client (self->draft));
  show_certificates (self, self->ca_field, fl_enterprise_draft_get_ca (self->draft));
  show_key (self);
  gtk_widget_set_visible (GTK_WIDGET (self->client_field), certificate);
  gtk_widget_set_visible (GTK_WIDGET (self->key_field), certificate && needs_key_field (self));
}

gboolean
fl_enterprise_page_is_opening (FlEnterprisePage *self)
{
  return fl_file_field_get_busy (self->import_field) ||
         fl_file_field_get_busy (self->client_field) || fl_file_field_get_busy (self->key_field) ||
         fl_file_field_get_busy (self->ca_field);
}

static void
on_busy (FlEnterprisePage *self)
{
  fl_page_set_busy (FL_PAGE (self), fl_enterprise_page_is_opening (self));
}

static FlDraftUse
get_use (FlEnterprisePage *self, FlFileField *field)
{
  if (field == self->client_field)
    return FL_DRAFT_USE_CLIENT;
  if (field == self->key_field)
    return FL_DRAFT_USE_KEY;
  return field == self->ca_field ? FL_DRAFT_USE_CA : FL_DRAFT_USE_ANY;
}

static void
on_opened (FlFileField *field, FlProfile *profile, FlCertFile *file, gpointer data)
{
  FlEnterprisePage *self = data;
  g_autoptr (GError) error = NULL;

  if (profile != NULL)
    fl_enterprise_page_take_profile (self, profile,
                                     fl_file_field_get_file_name (self->import_field),
                                     fl_file_field_get_path (self->import_field));
  else if (!fl_enterprise_draft_add_file (self->draft, file, get_use (self, field), &error))
    {
      fl_file_field_set_problem (field, error);
      fl_file_field_focus (field);
    }
  else if (field == self->import_field)
    {
      fl_enterprise_page_drop_profile (self);
      fl_file_field_set_held (field, fl_file_field_get_file_name (field),
                              _ ("What was in it stands below."));
    }
}

static void
on_removed (FlFileField *field, gpointer data)
{
  FlEnterprisePage *self = data;

  if (field == self->import_field)
    fl_enterprise_page_drop_profile (self);
  else
    fl_enterprise_draft_remove (self->draft, get_use (self, field));
}

static void
on_by_hand (FlEnterprisePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->identity_entry));
}

void
fl_enterprise_page_connect_files (FlEnterprisePage *self)
{
  FlFileField *fields[] = { self->import_field, self->client_field, self->key_field,
                            self->ca_field };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_signal_connect_object (fields[i], "opened", G_CALLBACK (on_opened), self, 0);
      g_signal_connect_object (fields[i], "removed", G_CALLBACK (on_removed), self, 0);
      g_signal_connect_object (fields[i], "by-hand", G_CALLBACK (on_by_hand), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (fields[i], "notify::busy", G_CALLBACK (on_busy), self,
                               G_CONNECT_SWAPPED);
    }
}

void
fl_enterprise_page_clear_files (FlEnterprisePage *self)
{
  fl_enterprise_page_drop_profile (self);
  fl_file_field_clear (self->import_field);
  fl_file_field_clear (self->client_field);
  fl_file_field_clear (self->key_field);
  fl_file_field_clear (self->ca_field);
}

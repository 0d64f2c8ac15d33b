/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-draft-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

static gboolean
contains (GPtrArray *list, const FlCertificate *certificate)
{
  for (guint i = 0; i < list->len; i++)
    if (fl_certificate_equal (list->pdata[i], certificate))
      return TRUE;
  return FALSE;
}

/* Of @list only what is also in @other, or with @keep FALSE only what is not. */
static void
filter (GPtrArray *list, GPtrArray *other, gboolean keep)
{
  for (guint i = list->len; i > 0; i--)
    if (contains (other, list->pdata[i - 1]) != keep)
      g_ptr_array_remove_index (list, i - 1);
}

static void
replace (GPtrArray *list, GPtrArray *with)
{
  g_autoptr (GPtrArray) copy = fl_enterprise_new_certificates ();

  fl_enterprise_add_certificates (copy, with);
  g_ptr_array_set_size (list, 0);
  fl_enterprise_add_certificates (list, copy);
}

void
fl_enterprise_draft_sort (FlEnterpriseDraft *self)
{
  g_autoptr (GPtrArray) heap = fl_enterprise_new_certificates ();
  g_autoptr (GPtrArray) rest = fl_enterprise_new_certificates ();
  g_auto (FlEnterpriseSorted) sorted = { NULL };

  fl_enterprise_add_certificates (heap, self->chosen_client);
  fl_enterprise_add_certificates (heap, self->loose);
  fl_enterprise_sort (&sorted, heap, self->key, self->chosen_client->len > 0);

  replace (self->client, sorted.client);
  fl_enterprise_add_certificates (rest, sorted.roots);
  fl_enterprise_add_certificates (rest, sorted.others);
  replace (self->spare, rest);
  filter (self->spare, self->loose, FALSE);
  filter (rest, self->loose, TRUE);
  replace (self->ca, self->chosen_ca);
  fl_enterprise_add_certificates (self->ca, rest);
}

void
fl_enterprise_draft_take_ca (FlEnterpriseDraft *self, GPtrArray *certificates)
{
  filter (self->loose, self->client, TRUE);
  replace (self->chosen_ca, certificates);
}

void
fl_enterprise_draft_take_client (FlEnterpriseDraft *self, GPtrArray *certificates)
{
  filter (self->loose, self->client, FALSE);
  replace (self->chosen_client, certificates);
}

void
fl_enterprise_draft_take_key (FlEnterpriseDraft *self, FlPrivateKey *key)
{
  fl_private_key_ref (key);
  g_clear_pointer (&self->key, fl_private_key_unref);
  self->key = key;
}

/* Whether one of @keys belongs to one of @certificates. */
static gboolean
has_pair (GPtrArray *certificates, GPtrArray *keys)
{
  FlPrivateKey *key = fl_enterprise_choose_key (keys, certificates);

  for (guint i = 0; key != NULL && i < certificates->len; i++)
    if (fl_private_key_matches (key, certificates->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Whether the device's own certificate is among @certificates, as far as one can tell. */
static gboolean
holds_client (FlEnterpriseDraft *self, GPtrArray *certificates, GPtrArray *keys)
{
  g_auto (FlEnterpriseSorted) sorted = { NULL };

  fl_enterprise_sort (&sorted, certificates,
                      keys->len > 0 ? fl_enterprise_choose_key (keys, certificates) : self->key,
                      FALSE);
  return sorted.client->len > 0;
}

/* A whole pair replaces what was there. Else the certificate waits among the loose ones for the key
 * that tells which one is meant. */
static void
make_room (FlEnterpriseDraft *self, gboolean is_pair)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (!is_pair)
    fl_enterprise_add_certificates (self->loose, self->chosen_client);
  else
    fl_enterprise_draft_take_client (self, none);
}

static void
add_any (FlEnterpriseDraft *self, GPtrArray *certificates, GPtrArray *keys)
{
  gboolean is_pair = has_pair (certificates, keys);

  if (holds_client (self, certificates, keys))
    {
      make_room (self, is_pair);
      replace (self->chosen_client, certificates);
    }
  else
    fl_enterprise_add_certificates (self->loose, certificates);
  if (keys->len > 0)
    {
      g_autoptr (GPtrArray) known = fl_enterprise_new_certificates ();

      fl_enterprise_add_certificates (known, self->chosen_client);
      fl_enterprise_add_certificates (known, self->loose);
      fl_enterprise_draft_take_key (self, fl_enterprise_choose_key (keys, known));
    }
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, sentence);
  return FALSE;
}

/* Where a key is, its certificate is the device's and never the network's. */
static gboolean
add_ca (FlEnterpriseDraft *self, GPtrArray *certificates, GPtrArray *keys, GError **error)
{
  g_autoptr (GPtrArray) rest = fl_enterprise_new_certificates ();

  for (guint i = 0; i < certificates->len; i++)
    {
      gboolean has_key = FALSE;

      for (guint k = 0; k < keys->len; k++)
        has_key |= fl_private_key_matches (keys->pdata[k], certificates->pdata[i]);
      if (!has_key)
        g_ptr_array_add (rest, fl_certificate_ref (certificates->pdata[i]));
    }
  if (certificates->len == 0)
    return refuse (error, _ ("This file holds a private key, not a certificate."));
  if (rest->len == 0)
    return refuse (error, _ ("This file holds the certificate and key of a device, not the "
                             "certificate of a network."));
  fl_enterprise_draft_take_ca (self, rest);
  return TRUE;
}

static gboolean
add_client (FlEnterpriseDraft *self, GPtrArray *certificates, GPtrArray *keys, GError **error)
{
  if (certificates->len == 0)
    return refuse (error, _ ("This file holds a private key, not a certificate."));
  fl_enterprise_draft_take_client (self, certificates);
  if (keys->len > 0)
    fl_enterprise_draft_take_key (self, fl_enterprise_choose_key (keys, certificates));
  return TRUE;
}

static gboolean
add_key (FlEnterpriseDraft *self, GPtrArray *keys, GError **error)
{
  if (keys->len == 0)
    return refuse (error, _ ("This file holds a certificate, not a private key."));
  fl_enterprise_draft_take_key (self, fl_enterprise_choose_key (keys, self->client));
  return TRUE;
}

gboolean
fl_enterprise_draft_add_file (FlEnterpriseDraft *self,
                              FlCertFile *file,
                              FlDraftUse use,
                              GError **error)
{
  gboolean is_taken = TRUE;
  GPtrArray *certificates, *keys;

  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), FALSE);
  g_return_val_if_fail (file != NULL, FALSE);

  certificates = fl_cert_file_get_certificates (file);
  keys = fl_cert_file_get_keys (file);
  switch (use)
    {
    case FL_DRAFT_USE_ANY:
      add_any (self, certificates, keys);
      break;
    case FL_DRAFT_USE_CA:
      is_taken = add_ca (self, certificates, keys, error);
      break;
    case FL_DRAFT_USE_CLIENT:
      is_taken = add_client (self, certificates, keys, error);
      break;
    case FL_DRAFT_USE_KEY:
      is_taken = add_key (self, keys, error);
      break;
    }
  if (!is_taken)
    return FALSE;
  fl_enterprise_draft_sort (self);
  fl_enterprise_draft_emit_changed (self);
  return TRUE;
}

void
fl_enterprise_draft_remove (FlEnterpriseDraft *self, FlDraftUse use)
{
  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  if (use == FL_DRAFT_USE_CA || use == FL_DRAFT_USE_ANY)
    {
      g_ptr_array_set_size (self->chosen_ca, 0);
      filter (self->loose, self->client, TRUE);
    }
  if (use == FL_DRAFT_USE_CLIENT || use == FL_DRAFT_USE_ANY)
    {
      g_ptr_array_set_size (self->chosen_client, 0);
      filter (self->loose, self->client, FALSE);
    }
  if (use == FL_DRAFT_USE_KEY || use == FL_DRAFT_USE_ANY)
    g_clear_pointer (&self->key, fl_private_key_unref);
  fl_enterprise_draft_sort (self);
  fl_enterprise_draft_emit_changed (self);
}

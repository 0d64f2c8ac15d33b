/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-draft-private.h"

#include "fl-error.h"

G_DEFINE_FINAL_TYPE (FlEnterpriseDraft, fl_enterprise_draft, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
fl_enterprise_draft_finalize (GObject *object)
{
  FlEnterpriseDraft *self = FL_ENTERPRISE_DRAFT (object);

  g_free (self->identity);
  g_free (self->anonymous_identity);
  g_free (self->server_name);
  g_free (self->realm);
  g_clear_pointer (&self->password, fl_secret_unref);
  g_ptr_array_unref (self->loose);
  g_ptr_array_unref (self->chosen_ca);
  g_ptr_array_unref (self->chosen_client);
  g_clear_pointer (&self->key, fl_private_key_unref);
  g_ptr_array_unref (self->ca);
  g_ptr_array_unref (self->client);
  g_ptr_array_unref (self->spare);
  G_OBJECT_CLASS (fl_enterprise_draft_parent_class)->finalize (object);
}

static void
fl_enterprise_draft_class_init (FlEnterpriseDraftClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_enterprise_draft_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fl_enterprise_draft_init (FlEnterpriseDraft *self)
{
  self->loose = fl_enterprise_new_certificates ();
  self->chosen_ca = fl_enterprise_new_certificates ();
  self->chosen_client = fl_enterprise_new_certificates ();
  self->ca = fl_enterprise_new_certificates ();
  self->client = fl_enterprise_new_certificates ();
  self->spare = fl_enterprise_new_certificates ();
}

FlEnterpriseDraft *
fl_enterprise_draft_new (void)
{
  return g_object_new (FL_TYPE_ENTERPRISE_DRAFT, NULL);
}

void
fl_enterprise_draft_emit_changed (FlEnterpriseDraft *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
fl_enterprise_draft_set_limits (FlEnterpriseDraft *self, const FlEnterpriseLimits *limits)
{
  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  if (self->limits == limits)
    return;
  self->limits = limits;
  fl_enterprise_draft_emit_changed (self);
}

void
fl_enterprise_draft_set_method (FlEnterpriseDraft *self, FlEapMethod method)
{
  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  if (self->has_method && self->method == method)
    return;
  if (method != fl_enterprise_draft_get_method (self))
    self->inner = FL_EAP_INNER_NONE;
  self->has_method = TRUE;
  self->method = method;
  fl_enterprise_draft_emit_changed (self);
}

void
fl_enterprise_draft_unset_method (FlEnterpriseDraft *self)
{
  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  if (!self->has_method)
    return;
  self->has_method = FALSE;
  self->inner = FL_EAP_INNER_NONE;
  fl_enterprise_draft_emit_changed (self);
}

FlEapMethod
fl_enterprise_draft_get_method (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), FL_EAP_PEAP);

  if (self->has_method)
    return self->method;
  return self->client->len > 0 || self->key != NULL ? FL_EAP_TLS : FL_EAP_PEAP;
}

static void
set_text (FlEnterpriseDraft *self, char **field, const char *text)
{
  const char *value = text != NULL && *text != '\0' ? text : NULL;

  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  fl_enterprise_draft_emit_changed (self);
}

void
fl_enterprise_draft_set_identity (FlEnterpriseDraft *self, const char *identity)
{
  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  set_text (self, &self->identity, identity);
}

const char *
fl_enterprise_draft_get_identity (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return self->identity;
}

void
fl_enterprise_draft_set_anonymous_identity (FlEnterpriseDraft *self, const char *identity)
{
  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  set_text (self, &self->anonymous_identity, identity);
}

const char *
fl_enterprise_draft_get_anonymous_identity (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return self->anonymous_identity;
}

void
fl_enterprise_draft_set_server_name (FlEnterpriseDraft *self, const char *name)
{
  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  set_text (self, &self->server_name, name);
}

const char *
fl_enterprise_draft_get_server_name (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return self->server_name;
}

void
fl_enterprise_draft_set_password (FlEnterpriseDraft *self, FlSecret *password)
{
  FlSecret *value = password != NULL && fl_secret_get_size (password) > 0 ? password : NULL;

  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  if (fl_secret_equal (self->password, value))
    return;
  g_clear_pointer (&self->password, fl_secret_unref);
  self->password = value != NULL ? fl_secret_ref (value) : NULL;
  fl_enterprise_draft_emit_changed (self);
}

FlSecret *
fl_enterprise_draft_get_password (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return self->password;
}

GPtrArray *
fl_enterprise_draft_get_ca (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return self->ca;
}

GPtrArray *
fl_enterprise_draft_get_client (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return self->client;
}

FlPrivateKey *
fl_enterprise_draft_get_key (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return self->key;
}

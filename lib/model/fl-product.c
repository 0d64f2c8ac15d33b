/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-product"
#include "config.h"

#include "fl-product.h"
#include "fl-product-fields.h"

#include <string.h>

/* The same as data/products/particle-factory.product; a test compares them. */
static const char factory[] = "[Product]\n"
                              "id=particle-factory\n"
                              "name=Particle\n"
                              "vendor=Particle\n"
                              "help=https://docs.particle.io/\n"
                              "privacy=https://www.particle.io/legal/privacy/\n"
                              "contact=https://support.particle.io/\n"
                              "families=particle\n"
                              "[Bluetooth]\n"
                              "service=6fa90001-5c4e-48a8-94f4-8030546f36fc\n"
                              "rx=6fa90004-5c4e-48a8-94f4-8030546f36fc\n"
                              "tx=6fa90003-5c4e-48a8-94f4-8030546f36fc\n"
                              "version=6fa90002-5c4e-48a8-94f4-8030546f36fc\n"
                              "version-value=2\n"
                              "company-id=0x0662\n"
                              "name-rule=suffix\n"
                              "provisioning=false\n"
                              "[Code]\n"
                              "source=scan\n"
                              "[Secret]\n"
                              "source=label\n";

struct _FlProduct
{
  GObject parent_instance;

  FlProductFields *fields; /* never NULL */
};

G_DEFINE_FINAL_TYPE (FlProduct, fl_product, G_TYPE_OBJECT)

static void
fl_product_finalize (GObject *object)
{
  FlProduct *self = FL_PRODUCT (object);

  g_clear_pointer (&self->fields, fl_product_fields_free);
  G_OBJECT_CLASS (fl_product_parent_class)->finalize (object);
}

static void
fl_product_class_init (FlProductClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_product_finalize;
}

static void
fl_product_init (FlProduct *self)
{
}

FlProduct *
fl_product_parse (const char *data,
                  gsize size_bytes,
                  const char *origin,
                  const char *directory,
                  GError **error)
{
  FlProductFields *fields;
  FlProduct *self;

  g_return_val_if_fail (data != NULL || size_bytes == 0, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  fields = fl_product_fields_parse (data, size_bytes, origin, directory, error);
  if (fields == NULL)
    return NULL;

  self = g_object_new (FL_TYPE_PRODUCT, NULL);
  self->fields = fields;
  return self;
}

FlProduct *
fl_product_new_factory (void)
{
  FlProduct *self = fl_product_parse (factory, strlen (factory), "particle-factory", NULL, NULL);

  g_assert (self != NULL); /* the text above is a good profile */
  return self;
}

const char *
fl_product_get_id (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->id;
}

const char *
fl_product_get_name (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->name;
}

const char *
fl_product_get_vendor (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->vendor;
}

const char *
fl_product_get_accent (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->accent;
}

const char *
fl_product_get_logo (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->logo;
}

const char *
fl_product_get_help_uri (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->help;
}

const char *
fl_product_get_privacy_uri (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->privacy;
}

const char *
fl_product_get_contact_uri (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->contact;
}

const char *
fl_product_get_door (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->door;
}

const FlGattProfile *
fl_product_get_gatt (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return &self->fields->gatt;
}

int
fl_product_get_company_id (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), -1);

  return self->fields->company_id;
}

FlNameRule
fl_product_get_name_rule (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), FL_NAME_ANY);

  return self->fields->name_rule;
}

const char *
fl_product_get_fixed_name (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->fixed_name;
}

FlCodeSource
fl_product_get_code_source (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), FL_CODE_SCAN);

  return self->fields->code_source;
}

FlSecretSource
fl_product_get_secret_source (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), FL_SECRET_LABEL);

  return self->fields->secret_source;
}

FlSecret *
fl_product_get_secret (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->secret;
}

const char *
fl_product_get_request (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), NULL);

  return self->fields->request;
}

gboolean
fl_product_allows_family (FlProduct *self, const char *family)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), FALSE);
  g_return_val_if_fail (family != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->fields->families, family);
}

gboolean
fl_product_is_provisioning (FlProduct *self)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), FALSE);

  return self->fields->provisioning;
}

static gboolean
accepts_name (FlProduct *self, FlRoad *road, const char *setup_code)
{
  const char *name = fl_road_get_name (road), *code = fl_road_get_setup_code (road);

  switch (self->fields->name_rule)
    {
    case FL_NAME_SUFFIX:
      return setup_code == NULL || fl_road_matches_code (road, setup_code);
    case FL_NAME_FIXED:
      if (name == NULL || g_ascii_strcasecmp (name, self->fields->fixed_name) != 0)
        return FALSE;
      break;
    case FL_NAME_ANY:
      break;
    }
  /* The name tells nothing of the code; what else the device says of it must not contradict. */
  return setup_code == NULL || self->fields->code_source == FL_CODE_NONE || code == NULL ||
         g_ascii_strcasecmp (code, setup_code) == 0;
}

gboolean
fl_product_accepts_road (FlProduct *self, FlRoad *road, int company_id, const char *setup_code)
{
  g_return_val_if_fail (FL_IS_PRODUCT (self), FALSE);
  g_return_val_if_fail (FL_IS_ROAD (road), FALSE);

  /* An advertisement too full for its manufacturer data says no company: the name decides. */
  if (self->fields->company_id >= 0 && company_id >= 0 && company_id != self->fields->company_id)
    return FALSE;
  return fl_product_allows_family (self, fl_road_get_family (road)) &&
         accepts_name (self, road, setup_code);
}

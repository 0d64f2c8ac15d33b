/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

#include "fl-road.h"
#include "fl-secret.h"

G_BEGIN_DECLS

typedef enum
{
  FL_CODE_SCAN,
  FL_CODE_TYPED,
  FL_CODE_NONE
} FlCodeSource; /* "scan", "typed", "none" */
typedef enum
{
  FL_SECRET_LABEL,
  FL_SECRET_TYPED,
  FL_SECRET_CONSTANT
} FlSecretSource; /* "label", … */
typedef enum
{
  FL_NAME_SUFFIX,
  FL_NAME_FIXED,
  FL_NAME_ANY
} FlNameRule; /* "suffix", "fixed", "any" */

/**
 * FlGattProfile:
 *
 * Which service and characteristics to use. UUIDs are 128-bit, lower case, dashed; 16-bit ones are
 * expanded with the Bluetooth base UUID. rx: the client writes; tx: the client subscribes.
 */
typedef struct
{
  char *service, *rx, *tx, *version;
  guint8 version_value; /* expected in the version characteristic */
} FlGattProfile;

/**
 * FlProduct:
 *
 * A product profile: how a vendor's devices look and are reached. Immutable. The file format is in
 * data/products/README.md.
 */
#define FL_TYPE_PRODUCT (fl_product_get_type ())
G_DECLARE_FINAL_TYPE (FlProduct, fl_product, FL, PRODUCT, GObject)

/* Pure. @origin: file name for messages; @directory: (nullable) where relative logo files lie. A
 * broken profile gives FL_ERROR_INVALID_INPUT, message "FILE:LINE: reason". */
FlProduct *fl_product_parse (const char *data,
                             gsize size_bytes,
                             const char *origin,
                             const char *directory,
                             GError **error);
FlProduct *fl_product_new_factory (void); /* built in: Particle, Factory method */

const char *fl_product_get_id (FlProduct *self);          /* "particle-factory" */
const char *fl_product_get_name (FlProduct *self);        /* shown in the window */
const char *fl_product_get_vendor (FlProduct *self);      /* (nullable) */
const char *fl_product_get_accent (FlProduct *self);      /* (nullable) "#rrggbb" */
const char *fl_product_get_logo (FlProduct *self);        /* (nullable) absolute path */
const char *fl_product_get_help_uri (FlProduct *self);    /* (nullable) https */
const char *fl_product_get_privacy_uri (FlProduct *self); /* (nullable) https */
const char *fl_product_get_contact_uri (FlProduct *self); /* (nullable) https or mailto */
/* (nullable) "set-up" or "service": the only part of the window that is offered. */
const char *fl_product_get_door (FlProduct *self);
const FlGattProfile *fl_product_get_gatt (FlProduct *self);
int fl_product_get_company_id (FlProduct *self); /* -1: any */
FlNameRule fl_product_get_name_rule (FlProduct *self);
const char *fl_product_get_fixed_name (FlProduct *self); /* (nullable) */
FlCodeSource fl_product_get_code_source (FlProduct *self);
FlSecretSource fl_product_get_secret_source (FlProduct *self);
FlSecret *
fl_product_get_secret (FlProduct *self); /* (nullable) with FL_SECRET_CONSTANT, borrowed */
/* (nullable), borrowed: JSON for the device's application, sent once it has joined. */
const char *fl_product_get_request (FlProduct *self);
gboolean fl_product_allows_family (FlProduct *self, const char *family);
gboolean
fl_product_is_provisioning (FlProduct *self); /* BLE provisioning mode: no listening light, no 71 */
/* Whether @road, seen with this product's service, passes company ID (-1: not heard, passes), name
 * rule and (nullable) code. */
gboolean
fl_product_accepts_road (FlProduct *self, FlRoad *road, int company_id, const char *setup_code);

G_END_DECLS

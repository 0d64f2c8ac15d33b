/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-road.h"

G_BEGIN_DECLS

#define FL_IDENTITY_CODE_MAX 15

/**
 * FlIdentity:
 *
 * What tells one physical device from another, as far as it is known. Strings are borrowed.
 */
typedef struct
{
  const char *family;
  const char *serial;                  /* (nullable) */
  const char *device_id;               /* (nullable) */
  char code[FL_IDENTITY_CODE_MAX + 1]; /* upper case; "" unknown */
  gboolean code_from_name;             /* only the end of the advertised name: too weak alone */
  int platform_id;                     /* 0 unknown */
} FlIdentity;

/* Valid as long as @road is not changed. */
void fl_identity_init_from_road (FlIdentity *self, FlRoad *road);
/* Takes from @other what is missing or better there. */
void fl_identity_merge (FlIdentity *self, const FlIdentity *other);
/* Completes the set-up code from serial number or device ID. */
void fl_identity_complete (FlIdentity *self);
/* Whether both are surely the same device: same serial; else same device ID; else same set-up code
 * and no two different platforms. Nothing in common: FALSE. */
gboolean fl_identity_is_same (const FlIdentity *self, const FlIdentity *other);
/* Whether they surely are two devices. Nothing in common: FALSE. */
gboolean fl_identity_is_conflict (const FlIdentity *self, const FlIdentity *other);

/* Product by the first four characters of the serial number, then by platform ID; static, not
 * translated (proper names); NULL when unknown. */
const char *fl_identity_get_product (const FlIdentity *self);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-road.h"

G_BEGIN_DECLS

#define FL_ADVERT_CODE_SIZE 6
#define FL_ADVERT_NAME_MAX  29 /* 31 bytes of payload less length and type */
#define FL_UUID_TEXT_SIZE   37 /* with the NUL byte */

/**
 * FlAdvert:
 *
 * What one device says about itself over the air, advertisement and scan response together. Plain;
 * start with FL_ADVERT_INIT.
 */
typedef struct
{
  char name[FL_ADVERT_NAME_MAX + 1];   /* "" when not heard */
  int company_id;                      /* -1 when not heard */
  int platform_id;                     /* 0 when not heard */
  char code[FL_ADVERT_CODE_SIZE + 1];  /* set-up code as sent, "" when not heard whole */
  char services[4][FL_UUID_TEXT_SIZE]; /* 128-bit, lower case, dashed */
  guint n_services;
} FlAdvert;

#define FL_ADVERT_INIT                                                                             \
  {                                                                                                \
    .company_id = -1                                                                               \
  }

/* The value of Particle's manufacturer data without the company (as BlueZ gives it): platform
 * u16le, then the six characters of the set-up code (particle-iot/device-os,
 * system/src/system_listening_mode_handler.cpp and ble_provisioning_mode_handler.cpp). A cut code
 * gives "". FALSE: not even a platform. */
gboolean fl_advert_parse_manufacturer (const guint8 *data,
                                       gsize size_bytes,
                                       int *platform_id,
                                       char code[FL_ADVERT_CODE_SIZE + 1]);

/* One advertising or scan response payload, AD structures as in Core Specification Supplement,
 * part A; adds to @advert what it finds. A cut last structure is used as far as it goes. */
void fl_advert_parse (FlAdvert *advert, const guint8 *data, gsize size_bytes);

/* @service: 128-bit, lower case, dashed. */
gboolean fl_advert_has_service (const FlAdvert *advert, const char *service);

/* Puts name, code and platform into @road; what was not heard stays as it is. */
void fl_advert_apply (const FlAdvert *advert, FlRoad *road);

/* 2 or 16 bytes as on the air (least significant first) into text; 16-bit ones are expanded with
 * the Bluetooth base UUID. */
void fl_advert_format_uuid (const guint8 *bytes, gsize size_bytes, char text[FL_UUID_TEXT_SIZE]);

G_END_DECLS

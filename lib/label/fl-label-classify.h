/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-label-text.h"
#include "fl-label-words.h"

G_BEGIN_DECLS

/* For this room only: what a text is. Nothing is copied. */

/* Of foreign texts, for the sentence that tells a person what they hold into the camera. */
typedef enum
{
  FL_FOREIGN_OTHER,
  FL_FOREIGN_EMPTY,
  FL_FOREIGN_WEB,
  FL_FOREIGN_NETWORK, /* "WIFI:…" */
  FL_FOREIGN_CONTACT, /* a visiting card */
  FL_FOREIGN_PRODUCT, /* EAN, UPC: on every package */
} FlForeign;

typedef struct
{
  FlLabelKind kind;
  FlForeign foreign; /* when @kind is FOREIGN */
  FlWord number;     /* serial, kit number, ICCID, IMEI or device ID; empty when FOREIGN */
  FlWord secret;     /* when @kind is SERIAL_SECRET; else empty */
} FlClassified;

FlClassified fl_label_classify (FlWord text);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gst/gst.h>

#include "fl-camera-private.h"

G_BEGIN_DECLS

typedef enum
{
  FAKE_GREY,      /* 64 x 48, GRAY8, all pixels 50 */
  FAKE_JPEG,      /* says JPEG, sends noise */
  FAKE_REAL_JPEG, /* 640 x 480, all pixels 50; every other one is noise */
  FAKE_TRUNCATED, /* half of each picture is missing */
  FAKE_STRIDE,    /* lies about the distance of its rows */
  FAKE_OFFSET,    /* lies about where its picture begins */
  FAKE_CHANGES,   /* from the fourth picture on 128 x 96, YUY2 */
  FAKE_PIXEL,     /* 1 x 1 */
  FAKE_HUGE,      /* 8192 x 8192 */
  FAKE_TOO_HUGE,  /* 8193 x 16 */
} FakeKind;

/**
 * FakeCamera:
 *
 * A camera below the pipeline that counts how often it is opened and closed, and misbehaves as
 * told. Filled by the test before it is opened.
 */
typedef struct
{
  FakeKind kind;
  const char *offers;  /* (nullable) caps */
  guint silent_after;  /* pictures; 0: goes on for ever */
  guint fails_after;   /* pictures; 0: never */
  gboolean fails_open; /* when it is opened */
  gboolean hangs_open; /* opening takes until release */
  guint rejects_width; /* pixels: does not negotiate this one */
  GQuark error_domain; /* for both failures */
  int error_code;
  const char *error_debug; /* (nullable) */

  GMutex lock; /* of the rest */
  GCond changed;
  guint n_opened;
  guint n_closed;
  gboolean released;
} FakeCamera;

void fake_camera_init (FakeCamera *self);
void fake_camera_clear (FakeCamera *self);
/* A camera over @self, which has to outlive its threads: wait until it is closed as often as it was
 * opened. */
FlCamera *fake_camera_new (FakeCamera *self, guint silence_ms);
gboolean fake_camera_is_closed (FakeCamera *self);
guint fake_camera_count_opened (FakeCamera *self);
void fake_camera_release (FakeCamera *self);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-camera.h"

#include "fl-error.h"
#include "fl-sim-device.h"
#include "fl-sim-frame.h"

#include <math.h>
#include <string.h>

#define EMPTY_US   (1500 * 1000) /* so that a person sees the page first */
#define COME_US    (400 * 1000)
#define FOCUS_US   (700 * 1000) /* until the camera has found the distance */
#define STAY_US    (900 * 1000) /* of one among many */
#define FOREIGN_US (4000 * 1000)
#define LEAVE_US   (300 * 1000)
#define HUNT_US    (9 * G_USEC_PER_SEC) /* cameras look for a better focus now and then */
#define FRAME_US   (G_USEC_PER_SEC / 30)

#define MODULE_PIXELS 4.6 /* of a module in a picture of FL_SIM_CAMERA_HEIGHT */
#define FAR_PIXELS    0.5
#define SHARP         0.7  /* pixels of the drawing */
#define UNSHARP       14.0 /* nobody can read that */

/* A code that is on many boxes and belongs to nobody. */
#define FOREIGN_TEXT "https://example.com/box/0815"

typedef struct
{
  char *serial; /* (nullable) of a foreign code */
  char *product;
  FlMatrixGrid grid;
} Label;

struct _FlSimCamera
{
  guint64 seed;
  GPtrArray *labels; /* of Label, in the order in which they pass */
  Label *foreign;
  guint n_foreign; /* showings with the foreign code first; G_MAXUINT: all */
  gboolean is_dark, is_blurred, is_far, is_absent;
  gint64 vanishes_us;  /* -1: never */
  guint refused, busy; /* so many times; G_MAXUINT: always */
  guint n_opened;      /* atomic */

  /* The picture that was drawn last is kept in parts. */
  FlSimSticker *sticker;
  const Label *shown;
  FlSimFrame desk;
};

static void
label_free (gpointer data)
{
  Label *label = data;

  if (label == NULL)
    return;

  g_free (label->serial);
  g_free (label->product);
  fl_wipe (label->grid.modules, sizeof label->grid.modules);
  g_free (label);
}

/* NULL: the text is too long for a label, whose device is shown without it. */
static Label *
label_new (const char *text, const char *serial, const char *product)
{
  Label *label = g_new0 (Label, 1);

  label->serial = g_strdup (serial);
  label->product = g_strdup (product);
  if (fl_matrix_encode (text, strlen (text), NULL, &label->grid))
    return label;
  label_free (label);
  return NULL;
}

static void
add_label (FlSimCamera *self, FlSimDevice *device)
{
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (device);
  g_autofree char *text = fl_sim_device_get_label (device);
  Label *label = label_new (text, spec->serial,
                            fl_sim_platform_get_info ((FlSimPlatform) spec->platform)->product);

  fl_wipe (text, strlen (text));
  if (label != NULL)
    g_ptr_array_add (self->labels, label);
}

static gboolean
waits_for_setup (const FlSimDeviceSpec *spec)
{
  return spec->mode == FL_SIM_MODE_LISTENING || spec->mode == FL_SIM_MODE_PROVISIONING;
}

static void
add_first (FlSimCamera *self, FlSimWorld *world)
{
  for (guint i = 0; i < fl_sim_world_get_n_devices (world) && self->labels->len == 0; i++)
    if (waits_for_setup (fl_sim_device_get_spec (fl_sim_world_get_device (world, i))))
      add_label (self, fl_sim_world_get_device (world, i));
}

static void
add_named (FlSimCamera *self, FlSimWorld *world, const char *name)
{
  for (guint i = 0; i < fl_sim_world_get_n_devices (world); i++)
    {
      FlSimDevice *device = fl_sim_world_get_device (world, i);

      if (g_str_equal (name, "all") || g_str_equal (name, fl_sim_device_get_spec (device)->name))
        add_label (self, device);
    }
}

static guint
count_times (const FlSimFault *fault)
{
  return fault->times == 0 ? G_MAXUINT : fault->times;
}

static void
take_fault (FlSimCamera *self, const FlSimFault *fault)
{
  if (fault->kind == FL_SIM_FAULT_CAMERA_NONE)
    self->is_absent = TRUE;
  else if (fault->kind == FL_SIM_FAULT_CAMERA_REFUSED)
    self->refused = count_times (fault);
  else if (fault->kind == FL_SIM_FAULT_CAMERA_BUSY)
    self->busy = count_times (fault);
  else if (fault->kind == FL_SIM_FAULT_CAMERA_DARK)
    self->is_dark = TRUE;
  else if (fault->kind == FL_SIM_FAULT_CAMERA_BLURRED)
    self->is_blurred = TRUE;
  else if (fault->kind == FL_SIM_FAULT_CAMERA_FAR)
    self->is_far = TRUE;
  else if (fault->kind == FL_SIM_FAULT_CAMERA_WRONG_CODE)
    self->n_foreign = count_times (fault);
  else if (fault->kind == FL_SIM_FAULT_CAMERA_VANISHES)
    self->vanishes_us = fault->value;
}

FlSimCamera *
fl_sim_camera_new (FlSimWorld *world)
{
  const FlSimScenario *scenario;
  FlSimCamera *self;

  g_return_val_if_fail (FL_IS_SIM_WORLD (world), NULL);

  scenario = fl_sim_world_get_scenario (world);
  self = g_new0 (FlSimCamera, 1);
  self->seed = (guint64) scenario->seed;
  self->vanishes_us = -1;
  self->labels = g_ptr_array_new_with_free_func (label_free);
  self->foreign = label_new (FOREIGN_TEXT, NULL, NULL);
  for (guint i = 0; scenario->camera != NULL && scenario->camera[i] != NULL; i++)
    add_named (self, world, scenario->camera[i]);
  if (scenario->camera == NULL)
    add_first (self, world);
  for (guint i = 0; scenario->faults != NULL && i < scenario->faults->len; i++)
    take_fault (self, &g_array_index (scenario->faults, FlSimFault, i));
  return self;
}

void
fl_sim_camera_free (FlSimCamera *self)
{
  g_ptr_array_unref (self->labels);
  label_free (self->foreign);
  g_clear_pointer (&self->sticker, fl_sim_sticker_free);
  g_free (self->desk.pixels);
  g_free (self);
}

guint
fl_sim_camera_get_n_labels (FlSimCamera *self)
{
  return self->labels->len;
}

int
fl_sim_camera_get_problem (FlSimCamera *self, gint64 at_us)
{
  guint opened;

  if (self->is_absent)
    return FL_ERROR_NO_CAMERA;
  if (at_us > 0 && self->vanishes_us >= 0 && at_us >= self->vanishes_us)
    return FL_ERROR_NO_CAMERA;
  if (at_us != 0)
    return 0;

  opened = (guint) g_atomic_int_add ((gint *) &self->n_opened, 1);
  if (opened < self->refused)
    return FL_ERROR_CAMERA_REFUSED;
  return opened < self->busy ? FL_ERROR_CAMERA_BUSY : 0;
}

/* What is shown in showing @index; NULL: nothing more. */
static const Label *
get_label (FlSimCamera *self, guint index)
{
  if (index < self->n_foreign)
    return self->foreign;
  if (self->labels->len == 0)
    return NULL;
  return self->labels->pdata[(index - self->n_foreign) % self->labels->len];
}

/* The only one, or the only right one, is held until somebody is done with it. */
static gint64
get_stay (FlSimCamera *self, guint index)
{
  if (index < self->n_foreign)
    return self->n_foreign == G_MAXUINT ? G_MAXINT64 : FOREIGN_US;
  return self->labels->len == 1 ? G_MAXINT64 : STAY_US;
}

/* When showing @index begins, with coming into the picture. */
static gint64
get_begin (FlSimCamera *self, guint index)
{
  const guint n_foreign = MIN (index, self->n_foreign);

  return EMPTY_US + n_foreign * (gint64) (COME_US + FOCUS_US + FOREIGN_US + LEAVE_US) +
         (index - n_foreign) * (gint64) (COME_US + FOCUS_US + STAY_US + LEAVE_US);
}

void
fl_sim_camera_get_showing (FlSimCamera *self, guint index, gint64 *from_us, gint64 *until_us)
{
  const gint64 stay_us = get_stay (self, index);

  *from_us = get_begin (self, index) + COME_US + FOCUS_US;
  if (until_us != NULL)
    *until_us = stay_us == G_MAXINT64 ? stay_us : *from_us + stay_us;
}

static guint
find_showing (FlSimCamera *self, gint64 at_us)
{
  guint low = 0,
        high = (guint) MIN (at_us / (COME_US + FOCUS_US + STAY_US + LEAVE_US) + 1, 1 << 20);

  while (low < high)
    {
      const guint middle = (low + high + 1) / 2;

      if (get_begin (self, middle) <= at_us && get_stay (self, middle - 1) != G_MAXINT64)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

/* Between -1 and 1, for this showing always the same. */
static double
draw_lot (FlSimCamera *self, guint index, guint what)
{
  const guint64 lot = fl_sim_frame_hash (self->seed ^ ((guint64) index << 8) ^ what);

  return (double) (lot >> 40) / (1 << 23) - 1;
}

/* Where the sticker is at @since_us of its showing, in parts of the way: 0 outside, 1 in place. */
static double
get_way (gint64 since_us, gint64 stay_us)
{
  const gint64 leave_us = stay_us == G_MAXINT64 ? stay_us : COME_US + FOCUS_US + stay_us;
  double part = 1;

  if (since_us < COME_US)
    part = (double) since_us / COME_US;
  else if (since_us >= leave_us)
    part = 1 - MIN ((double) (since_us - leave_us) / LEAVE_US, 1);
  return part * part * (3 - 2 * part);
}

/* The camera overshoots and comes back, each time less; later it tries again for a moment. */
static double
get_blur (gint64 since_us)
{
  const gint64 sharp_us = since_us - COME_US;
  double part;

  if (sharp_us < 0)
    return 6;
  if (sharp_us < FOCUS_US)
    {
      part = 1 - (double) sharp_us / FOCUS_US;
      return SHARP + 6 * part * fabs (cos (part * 3 * G_PI));
    }
  part = (double) (sharp_us % HUNT_US) / FOCUS_US;
  return sharp_us > HUNT_US && part < 1 ? SHARP + 3 * sin (part * G_PI) : SHARP;
}

/* A hand is never still, and never quick about it. */
static void
hold (FlSimCamera *self, guint index, gint64 since_us, guint height, FlSimPose *pose)
{
  const double seconds = (double) since_us / G_USEC_PER_SEC;
  const double phase = draw_lot (self, index, 3) * G_PI;
  const double unit = height / (double) FL_SIM_CAMERA_HEIGHT;

  pose->x += unit * (9 * sin (0.9 * seconds + phase) + 3 * sin (2.3 * seconds + 2 * phase) +
                     0.7 * sin (11 * seconds));
  pose->y += unit * (7 * sin (0.7 * seconds - phase) + 3 * sin (1.9 * seconds + phase) +
                     0.7 * cos (9 * seconds));
  pose->angle += 0.035 * sin (0.8 * seconds + phase) + 0.008 * sin (3.1 * seconds);
  pose->scale *= 1 + 0.03 * sin (0.6 * seconds + phase);
}

static void
pose_sticker (FlSimCamera *self,
              guint index,
              gint64 since_us,
              const FlSimFrame *frame,
              FlSimPose *pose)
{
  const double unit = frame->height / (double) FL_SIM_CAMERA_HEIGHT;
  const double way = get_way (since_us, get_stay (self, index));
  const double pixels = self->is_far ? FAR_PIXELS : MODULE_PIXELS;

  pose->x = frame->width * (0.5 + 0.04 * draw_lot (self, index, 0));
  pose->y = frame->height * (0.5 + 0.04 * draw_lot (self, index, 1));
  pose->angle = 0.2 * draw_lot (self, index, 2);
  pose->scale = unit * pixels / FL_SIM_STICKER_MODULE;
  hold (self, index, since_us, frame->height, pose);
  pose->x += (1 - way) * frame->width * 0.3;
  pose->y += (1 - way) * frame->height * 0.9;
  pose->angle += (1 - way) * 0.5;
  pose->blur = self->is_blurred ? UNSHARP : get_blur (since_us) + (1 - way) * 6;
  pose->fading = 1;
}

static void
show_label (FlSimCamera *self, const Label *label)
{
  const char *words[] = { label->serial, label->product, NULL };

  if (self->shown == label)
    return;
  g_clear_pointer (&self->sticker, fl_sim_sticker_free);
  self->sticker = fl_sim_sticker_new (&label->grid, words);
  self->shown = label;
}

static void
draw_desk (FlSimCamera *self, const FlSimFrame *frame)
{
  const gsize size = (gsize) frame->width * frame->height;

  if (self->desk.width != frame->width || self->desk.height != frame->height)
    {
      g_free (self->desk.pixels);
      self->desk = (FlSimFrame){ g_malloc (size), frame->width, frame->height };
      fl_sim_frame_draw_desk (&self->desk, self->seed);
    }
  memcpy (frame->pixels, self->desk.pixels, size);
}

void
fl_sim_camera_draw (FlSimCamera *self, guint8 *pixels, guint width, guint height, gint64 at_us)
{
  FlSimFrame frame = { pixels, width, height };
  const guint index = find_showing (self, MAX (at_us, 0));
  const gint64 since_us = at_us - get_begin (self, index);
  const Label *label = since_us >= 0 ? get_label (self, index) : NULL;
  FlSimPose pose;

  draw_desk (self, &frame);
  if (label != NULL)
    {
      show_label (self, label);
      pose_sticker (self, index, since_us, &frame, &pose);
      fl_sim_frame_draw_sticker (&frame, self->sticker, &pose);
    }
  fl_sim_frame_expose (&frame, self->is_dark ? 0.07 : 1, self->is_dark ? 5 : 2.2, self->seed,
                       (guint64) (MAX (at_us, 0) / FRAME_US));
}

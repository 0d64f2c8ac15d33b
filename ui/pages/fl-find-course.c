/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-find-course.h"

/* When an empty page changes, since the finders began. */
static const struct
{
  FlFindState state;
  guint from_ms;
} course[] = {
  { FL_FIND_QUIET, 0 },
  { FL_FIND_LOOKING, 3000 },
  { FL_FIND_HINTS, 5000 },
  { FL_FIND_HINTS, FL_FIND_CABLE_MS }, /* and that some cables only charge */
  { FL_FIND_NOTHING, 20000 },
};

struct _FlFindCourse
{
  GObject parent_instance;

  FlClock *clock;
  guint timer_id;
  guint step; /* index into course */
};

G_DEFINE_FINAL_TYPE (FlFindCourse, fl_find_course, G_TYPE_OBJECT)

static guint changed_signal;

static void on_step (gpointer data);

static void
arm (FlFindCourse *self)
{
  if (self->step + 1 < G_N_ELEMENTS (course))
    self->timer_id =
        fl_clock_add_ms (self->clock, course[self->step + 1].from_ms - course[self->step].from_ms,
                         on_step, self);
}

static void
on_step (gpointer data)
{
  FlFindCourse *self = data;

  self->timer_id = 0;
  self->step++;
  arm (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
fl_find_course_dispose (GObject *object)
{
  FlFindCourse *self = FL_FIND_COURSE (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->timer_id);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fl_find_course_parent_class)->dispose (object);
}

static void
fl_find_course_class_init (FlFindCourseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_find_course_dispose;

  changed_signal = g_signal_new ("changed", FL_TYPE_FIND_COURSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
fl_find_course_init (FlFindCourse *self)
{
}

FlFindCourse *
fl_find_course_new (FlClock *clock)
{
  FlFindCourse *self = g_object_new (FL_TYPE_FIND_COURSE, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
fl_find_course_restart (FlFindCourse *self)
{
  g_return_if_fail (FL_IS_FIND_COURSE (self));

  fl_clock_clear (self->clock, &self->timer_id);
  self->step = 0;
  arm (self);
  g_signal_emit (self, changed_signal, 0);
}

FlFindState
fl_find_course_get_state (FlFindCourse *self)
{
  g_return_val_if_fail (FL_IS_FIND_COURSE (self), FL_FIND_QUIET);

  return course[self->step].state;
}

gboolean
fl_find_course_get_doubts_cable (FlFindCourse *self)
{
  g_return_val_if_fail (FL_IS_FIND_COURSE (self), FALSE);

  return course[self->step].from_ms >= FL_FIND_CABLE_MS;
}

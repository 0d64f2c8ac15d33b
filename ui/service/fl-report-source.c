/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-report-source"
#include "config.h"

#include "fl-report-source.h"

#include "fl-doctor.h"
#include "fl-report.h"

struct _FlReportSource
{
  GObject parent_instance;

  FlEngine *engine;
  FlVisit *visit;
  FlSetup *setup;
  FlJournal *journal;
  GPtrArray *check;
  GListModel *computer;
  char **notes;
  GDateTime *written;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (FlReportSource, fl_report_source, G_TYPE_OBJECT)

static guint changed_signal;

static void
fl_report_source_dispose (GObject *object)
{
  FlReportSource *self = FL_REPORT_SOURCE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_object (&self->visit);
  g_clear_object (&self->setup);
  g_clear_object (&self->journal);
  g_clear_object (&self->computer);
  g_clear_pointer (&self->check, g_ptr_array_unref);

  G_OBJECT_CLASS (fl_report_source_parent_class)->dispose (object);
}

static void
fl_report_source_finalize (GObject *object)
{
  FlReportSource *self = FL_REPORT_SOURCE (object);

  g_clear_pointer (&self->notes, g_strfreev);
  g_clear_pointer (&self->written, g_date_time_unref);

  G_OBJECT_CLASS (fl_report_source_parent_class)->finalize (object);
}

static void
fl_report_source_class_init (FlReportSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fl_report_source_dispose;
  object_class->finalize = fl_report_source_finalize;
  changed_signal = g_signal_new ("changed", FL_TYPE_REPORT_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
fl_report_source_init (FlReportSource *self)
{
  self->cancellable = g_cancellable_new ();
  self->written = g_date_time_new_now_local ();
}

FlReportSource *
fl_report_source_new_visit (FlEngine *engine, FlVisit *visit)
{
  FlReportSource *self = g_object_new (FL_TYPE_REPORT_SOURCE, NULL);

  self->engine = g_object_ref (engine);
  self->visit = g_object_ref (visit);
  return self;
}

FlReportSource *
fl_report_source_new_setup (FlEngine *engine, FlSetup *setup, FlJournal *journal)
{
  FlReportSource *self = g_object_new (FL_TYPE_REPORT_SOURCE, NULL);

  self->engine = g_object_ref (engine);
  g_set_object (&self->setup, setup);
  g_set_object (&self->journal, journal);
  return self;
}

void
fl_report_source_set_check (FlReportSource *self, GPtrArray *findings)
{
  g_return_if_fail (FL_IS_REPORT_SOURCE (self));

  g_clear_pointer (&self->check, g_ptr_array_unref);
  self->check = findings != NULL ? g_ptr_array_ref (findings) : NULL;
}

void
fl_report_source_set_notes (FlReportSource *self, const char *const *notes)
{
  g_return_if_fail (FL_IS_REPORT_SOURCE (self));

  g_clear_pointer (&self->notes, g_strfreev);
  self->notes = g_strdupv ((char **) notes);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlReportSource) self = data;
  GListModel *findings = fl_doctor_run_finish (result, NULL);

  if (findings == NULL)
    return;

  g_clear_object (&self->computer);
  self->computer = findings;
  g_signal_emit (self, changed_signal, 0);
}

void
fl_report_source_look_at_computer (FlReportSource *self)
{
  const FlDoctorContext context = { 0 };

  g_return_if_fail (FL_IS_REPORT_SOURCE (self));

  fl_doctor_run_async (&context, self->cancellable, on_looked, g_object_ref (self));
}

static void
fill_visit (FlReportSource *self, FlReportFacts *facts)
{
  facts->device = fl_visit_get_device (self->visit);
  facts->info = fl_visit_get_info (self->visit);
  facts->state = fl_visit_get_state (self->visit);
  facts->known = fl_visit_get_known (self->visit);
  facts->modules = fl_visit_get_modules (self->visit);
  facts->setup_done = fl_visit_get_setup_done (self->visit);
  facts->setup = fl_visit_get_setup (self->visit);
  facts->journal = fl_visit_get_journal (self->visit);
  facts->names = fl_visit_get_names (self->visit);
}

static void
fill_setup (FlReportSource *self, FlReportFacts *facts)
{
  facts->setup = self->setup;
  facts->journal = self->journal;
  if (self->setup == NULL)
    return;

  facts->device = fl_setup_get_device (self->setup);
  facts->info = fl_setup_get_info (self->setup);
  facts->state = fl_setup_get_state (self->setup);
}

/* @system: where the name of the operating system is kept for the facts. */
static void
fill (FlReportSource *self, FlReportFacts *facts, char **system)
{
  *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  facts->written = self->written;
  facts->version = FL_VERSION;
  facts->system = *system;
  facts->product = fl_product_get_id (fl_engine_get_product (self->engine));
  facts->setup_done = -1;
  facts->check = self->check;
  facts->computer = self->computer;
  facts->notes = (const char *const *) self->notes;
  if (self->visit != NULL)
    fill_visit (self, facts);
  else
    fill_setup (self, facts);
  if (facts->setup != NULL)
    facts->networks = fl_setup_get_networks (facts->setup);
}

char *
fl_report_source_dup_text (FlReportSource *self, gboolean hide_names)
{
  FlReportFacts facts = { .hide_names = hide_names };
  g_autofree char *system = NULL;

  g_return_val_if_fail (FL_IS_REPORT_SOURCE (self), NULL);

  fill (self, &facts, &system);
  return fl_report_to_text (&facts);
}

char *
fl_report_source_dup_file_name (FlReportSource *self, gboolean hide_names)
{
  FlReportFacts facts = { .hide_names = hide_names };
  g_autofree char *system = NULL;

  g_return_val_if_fail (FL_IS_REPORT_SOURCE (self), NULL);

  fill (self, &facts, &system);
  return fl_report_dup_file_name (&facts);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What helps when nothing else does: the check of this computer, and the report for support. */
#define G_LOG_DOMAIN "fl-guide-help"
#include "config.h"

#include "fl-guide-private.h"

#include "fl-report-source.h"

static void
on_back (FlGuide *self)
{
  fl_guide_show (self, self->help_from != NULL ? self->help_from : FL_PAGE (self->find_page));
}

/* Made when they are asked for: most people never see them. */
static void
add_pages (FlGuide *self)
{
  if (self->doctor_page != NULL)
    return;

  self->doctor_page = FL_DOCTOR_PAGE (fl_doctor_page_new (fl_engine_get_finder (self->engine)));
  self->report_page = FL_REPORT_PAGE (fl_report_page_new ());
  fl_wizard_add (self->wizard, FL_PAGE (self->doctor_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->report_page));
  g_signal_connect_object (self->doctor_page, "go-back", G_CALLBACK (on_back), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->doctor_page, "toast", G_CALLBACK (fl_guide_toast), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->report_page, "go-back", G_CALLBACK (on_back), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->report_page, "toast", G_CALLBACK (fl_guide_toast), self,
                           G_CONNECT_SWAPPED);
}

/* The way back leads to where the question came from. */
static void
show (FlGuide *self, gpointer page)
{
  FlPage *from = fl_wizard_get_page (self->wizard);

  if (from != FL_PAGE (self->doctor_page) && from != FL_PAGE (self->report_page))
    self->help_from = from;
  fl_guide_show (self, page);
}

void
fl_guide_show_doctor (FlGuide *self)
{
  g_return_if_fail (FL_IS_GUIDE (self));

  add_pages (self);
  show (self, self->doctor_page);
}

void
fl_guide_show_report (FlGuide *self)
{
  g_autoptr (FlReportSource) source = NULL;

  g_return_if_fail (FL_IS_GUIDE (self));

  add_pages (self);
  source = fl_report_source_new_setup (self->engine, self->setup, self->journal);
  fl_report_source_look_at_computer (source);
  fl_report_page_set_source (self->report_page, source);
  show (self, self->report_page);
}

void
fl_guide_write_journal (FlGuide *self)
{
  g_clear_object (&self->journal);
  self->journal = fl_journal_new (fl_engine_get_clock (self->engine));
  fl_journal_watch (self->journal, self->setup);
}

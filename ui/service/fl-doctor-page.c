/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-doctor-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-doctor-page.h"

#include "fl-announce.h"
#include "fl-finding-row.h"
#include "fl-ui.h"
#include "fl-usb-rule.h"
#include "fl-wrap-box.h"

struct _FlDoctorPage
{
  FlPage parent_instance;

  FlMetaFinder *finder;
  GListModel *findings; /* of FlFinding; NULL before the first look */
  GCancellable *cancellable;

  GtkLabel *sentence_label;
  GtkListBox *list;
  GtkWidget *rule_box;
  GtkWidget *add_button;
  GtkWidget *how_box;
  GtkLabel *command_label;
};

G_DEFINE_FINAL_TYPE (FlDoctorPage, fl_doctor_page, FL_TYPE_PAGE)

static guint toast_signal;

static void
say (FlDoctorPage *self, const char *words)
{
  gtk_label_set_label (self->sentence_label, words);
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, words);
}

/* What stops a finder is told in the same words as elsewhere. */
static FlFinding *
create_finder_finding (FlFinder *finder)
{
  const GError *problem = fl_finder_get_problem (finder);
  FlErrorText text = { 0 };
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;

  /* Translators: %s is a road to a device such as "Bluetooth" */
  title = g_strdup_printf (_ ("Looking for Devices: %s"),
                           fl_road_kind_get_label (fl_finder_get_kind (finder)));
  if (problem == NULL)
    return fl_finding_new ("finder", title, FL_VERDICT_GOOD, _ ("Devices can be found."), NULL,
                           FL_BLAME_NOBODY, TRUE);

  fl_error_describe (problem, &text);
  sentence = g_strdup_printf ("%s. %s", text.title, text.advice);
  return fl_finding_new ("finder", title, FL_VERDICT_BROKEN, sentence, problem, FL_BLAME_COMPUTER,
                         text.sure);
}

static guint
add_row (FlDoctorPage *self, FlFinding *finding, gboolean *wants_rule)
{
  FlVerdict verdict = fl_finding_get_verdict (finding);
  gboolean bad = verdict == FL_VERDICT_BROKEN || verdict == FL_VERDICT_DOUBTFUL;

  gtk_list_box_append (self->list, fl_finding_row_new (finding));
  *wants_rule |=
      bad && (g_str_equal (fl_finding_get_id (finding), "usb-rule") ||
              g_error_matches (fl_finding_get_error (finding), FL_ERROR, FL_ERROR_USB_ACCESS));
  return bad ? 1 : 0;
}

static guint
add_finders (FlDoctorPage *self, gboolean *wants_rule)
{
  GListModel *finders = fl_meta_finder_get_finders (self->finder);
  guint bad = 0;

  for (guint i = 0; i < g_list_model_get_n_items (finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (finders, i);
      g_autoptr (FlFinding) finding = create_finder_finding (finder);

      bad += add_row (self, finding, wants_rule);
    }
  return bad;
}

static void
show (FlDoctorPage *self)
{
  GtkWidget *row;
  gboolean wants_rule = FALSE;
  guint bad = 0;
  g_autofree char *words = NULL;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);

  for (guint i = 0; i < g_list_model_get_n_items (self->findings); i++)
    {
      g_autoptr (FlFinding) finding = g_list_model_get_item (self->findings, i);

      bad += add_row (self, finding, &wants_rule);
    }
  bad += add_finders (self, &wants_rule);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  gtk_widget_set_visible (self->rule_box, wants_rule);
  words = bad == 0
              ? g_strdup (_ ("This computer can reach devices."))
              : g_strdup_printf (ngettext ("%u thing may keep it from reaching a device.",
                                           "%u things may keep it from reaching a device.", bad),
                                 bad);
  say (self, words);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlDoctorPage) self = data;
  g_autoptr (GListModel) findings = fl_doctor_run_finish (result, NULL);

  if (findings != NULL)
    fl_doctor_page_set_findings (self, findings);
}

static void
look (FlDoctorPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  fl_page_set_busy (FL_PAGE (self), TRUE);
  say (self, _ ("Looking at this computer…"));
  fl_doctor_run_async (&(FlDoctorContext){ 0 }, self->cancellable, on_looked, g_object_ref (self));
}

static void
on_rule_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlDoctorPage) self = data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->add_button, TRUE);
  if (fl_usb_rule_add_finish (result, &error))
    {
      g_signal_emit (self, toast_signal, 0, _ ("The rule was added."));
      fl_page_set_error (FL_PAGE (self), NULL);
      look (self);
      return;
    }
  if (!g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED))
    fl_page_set_error (FL_PAGE (self), error);
}

static void
on_add_rule (FlDoctorPage *self)
{
  gtk_widget_set_sensitive (self->add_button, FALSE);
  fl_usb_rule_add_async (NULL, on_rule_added, g_object_ref (self));
}

static void
on_show_how (FlDoctorPage *self)
{
  g_autofree char *command = fl_usb_rule_dup_command ();

  gtk_label_set_label (self->command_label, command);
  gtk_widget_set_visible (self->how_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->command_label));
  gtk_label_select_region (self->command_label, 0, -1);
}

static void
fl_doctor_page_activate (FlPage *page)
{
  look (FL_DOCTOR_PAGE (page));
}

static void
fl_doctor_page_enter (FlPage *page)
{
  FlDoctorPage *self = FL_DOCTOR_PAGE (page);

  if (self->findings == NULL && !fl_page_get_busy (page))
    look (self);
}

static void
fl_doctor_page_dispose (GObject *object)
{
  FlDoctorPage *self = FL_DOCTOR_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->findings);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (fl_doctor_page_parent_class)->dispose (object);
}

static void
fl_doctor_page_class_init (FlDoctorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_doctor_page_dispose;
  page_class->activate = fl_doctor_page_activate;
  page_class->refresh = fl_doctor_page_activate;
  page_class->enter = fl_doctor_page_enter;

  toast_signal = g_signal_new ("toast", G_OBJECT_CLASS_TYPE (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (FL_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-doctor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlDoctorPage, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, FlDoctorPage, list);
  gtk_widget_class_bind_template_child (widget_class, FlDoctorPage, rule_box);
  gtk_widget_class_bind_template_child (widget_class, FlDoctorPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, FlDoctorPage, how_box);
  gtk_widget_class_bind_template_child (widget_class, FlDoctorPage, command_label);
  gtk_widget_class_bind_template_callback (widget_class, on_add_rule);
  gtk_widget_class_bind_template_callback (widget_class, on_show_how);
}

static void
fl_doctor_page_init (FlDoctorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FlPage *
fl_doctor_page_new (FlMetaFinder *finder)
{
  FlDoctorPage *self = g_object_new (FL_TYPE_DOCTOR_PAGE, NULL);

  self->finder = g_object_ref (finder);
  return FL_PAGE (self);
}

void
fl_doctor_page_set_findings (FlDoctorPage *self, GListModel *findings)
{
  g_return_if_fail (FL_IS_DOCTOR_PAGE (self));

  g_cancellable_cancel (self->cancellable); /* these count, not what is still looked for */
  g_set_object (&self->findings, findings);
  fl_page_set_busy (FL_PAGE (self), FALSE);
  show (self);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of the fields: the main button at once, the lines when typing pauses. */
#define G_LOG_DOMAIN "fl-enterprise-page-checks"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-enterprise-page-private.h"

#define SETTLE_MS 400 /* lines follow when typing pauses, not letter by letter */

static gint64
get_now (FlEnterprisePage *self)
{
  return self->now_s != 0 ? self->now_s : g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
is_text (const char *text)
{
  return text != NULL && *text != 0;
}

/* Nobody is told what is missing before anything was given. */
gboolean
fl_enterprise_page_has_begun (FlEnterprisePage *self)
{
  return is_text (fl_enterprise_draft_get_identity (self->draft)) ||
         is_text (fl_enterprise_draft_get_server_name (self->draft)) ||
         is_text (fl_enterprise_draft_get_anonymous_identity (self->draft)) ||
         *gtk_editable_get_text (self->password_entry) != 0 ||
         fl_enterprise_draft_get_ca (self->draft)->len > 0 ||
         fl_enterprise_draft_get_client (self->draft)->len > 0 ||
         fl_enterprise_draft_get_key (self->draft) != NULL;
}

static guint
count (FlEnterprisePage *self, FlVerdict verdict)
{
  guint n = 0;

  for (guint i = 0; i < self->findings->len; i++)
    n += fl_finding_get_verdict (g_ptr_array_index (self->findings, i)) == verdict;
  return n;
}

gboolean
fl_enterprise_page_is_named (FlEnterprisePage *self)
{
  return self->network != NULL || *gtk_editable_get_text (self->name_entry) != 0;
}

/* The main button at once, the lines when typing pauses. */
static void
update_complete (FlEnterprisePage *self)
{
  gboolean opening = fl_enterprise_page_is_opening (self);

  fl_page_set_busy (FL_PAGE (self), opening);
  fl_page_set_complete (FL_PAGE (self),
                        fl_enterprise_page_is_named (self) && count (self, FL_VERDICT_BROKEN) == 0);
}

static void
show_why (FlEnterprisePage *self)
{
  guint n = count (self, FL_VERDICT_BROKEN);
  g_autofree char *words = NULL;

  if (n > 0)
    words = g_strdup_printf (ngettext ("One thing is missing or wrong before it can connect.",
                                       "%u things are missing or wrong before it can connect.", n),
                             n);
  else if (!fl_enterprise_page_is_named (self))
    words = g_strdup (_ ("The name of the network is missing."));
  gtk_label_set_label (self->why_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why_label), words != NULL);
}

/* What is not good, in one breath; what was heard before is not said again. */
static void
announce (FlEnterprisePage *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->findings->len; i++)
    {
      FlFinding *finding = g_ptr_array_index (self->findings, i);

      if (fl_finding_get_verdict (finding) == FL_VERDICT_GOOD)
        continue;
      if (words->len > 0)
        g_string_append_c (words, ' ');
      /* Translators: what was looked at, then a sentence about it */
      g_string_append_printf (words, _ ("%s: %s"), fl_finding_get_title (finding),
                              fl_finding_get_sentence (finding));
    }
  if (words->len == 0)
    g_string_append (words, _ ("All checks are good."));
  if (g_strcmp0 (self->told, words->str) == 0)
    return;

  g_free (self->told);
  self->told = g_strdup (words->str);
  fl_enterprise_page_tell (self, words->str);
}

/* Whether @finding is about something that was not given yet, which is no mistake. */
static gboolean
is_missing (FlEnterprisePage *self, FlFinding *finding)
{
  const char *id = fl_finding_get_id (finding);

  if (g_str_equal (id, "identity"))
    return !is_text (fl_enterprise_draft_get_identity (self->draft));
  if (g_str_equal (id, "password"))
    return *gtk_editable_get_text (self->password_entry) == 0;
  if (g_str_equal (id, "certificate"))
    return fl_enterprise_draft_get_client (self->draft)->len == 0;
  return g_str_equal (id, "key") && fl_enterprise_draft_get_key (self->draft) == NULL;
}

/* (transfer full) of FlFinding, as they are shown */
static GPtrArray *
dup_shown (FlEnterprisePage *self)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->findings->len; i++)
    {
      FlFinding *finding = g_ptr_array_index (self->findings, i);

      if (fl_finding_get_verdict (finding) == FL_VERDICT_BROKEN && is_missing (self, finding))
        g_ptr_array_add (shown, fl_finding_new (fl_finding_get_id (finding),
                                                fl_finding_get_title (finding), FL_VERDICT_UNKNOWN,
                                                fl_finding_get_sentence (finding), NULL,
                                                FL_BLAME_NOBODY, TRUE));
      else
        g_ptr_array_add (shown, g_object_ref (finding));
    }
  return shown;
}

void
fl_enterprise_page_settle (FlEnterprisePage *self)
{
  gboolean begun = fl_enterprise_page_has_begun (self);
  g_autoptr (GPtrArray) shown = begun ? dup_shown (self) : NULL;

  fl_clock_clear (self->clock, &self->settle_id);
  gtk_widget_set_visible (self->checks_box, begun);
  fl_check_list_set_findings (self->checks, shown);
  show_why (self);
  if (begun && gtk_widget_get_mapped (GTK_WIDGET (self)))
    announce (self);
}

static void
on_settle (gpointer data)
{
  FlEnterprisePage *self = data;

  self->settle_id = 0;
  fl_enterprise_page_settle (self);
}

void
fl_enterprise_page_check (FlEnterprisePage *self)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = fl_enterprise_draft_check (self->draft, get_now (self));
  update_complete (self);
  fl_clock_clear (self->clock, &self->settle_id);
  self->settle_id = fl_clock_add_ms (self->clock, SETTLE_MS, on_settle, self);
}

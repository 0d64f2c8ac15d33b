/* SPDX-License-Identifier: Apache-2.0 */
/* Doubts are asked about before connecting, once for what was given; nothing is changed unasked. */
#define G_LOG_DOMAIN "fl-enterprise-page-question"
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-enterprise-page-private.h"

#include "fl-announce.h"
#include "fl-scroll.h"

static void
on_continue (FlEnterprisePage *self)
{
  self->accepted = TRUE;
  fl_enterprise_page_hide_question (self);
  fl_page_activate (FL_PAGE (self));
}

static void
on_add_ending (FlEnterprisePage *self)
{
  fl_enterprise_draft_add_realm (self->draft);
  gtk_widget_grab_focus (GTK_WIDGET (self->identity_entry));
  gtk_editable_set_position (self->identity_entry, -1);
}

static void
on_choose_ca (FlEnterprisePage *self)
{
  fl_file_field_focus (self->ca_field);
  fl_file_field_choose (self->ca_field);
}

/* Deletes in place: no copy of the password leaves the entry. */
static void
on_remove_spaces (FlEnterprisePage *self)
{
  const char *text = gtk_editable_get_text (self->password_entry);
  gsize start = strspn (text, " "), end = strlen (text);

  while (end > start && text[end - 1] == ' ')
    end--;
  gtk_editable_delete_text (self->password_entry, (int) g_utf8_strlen (text, (gssize) end), -1);
  gtk_editable_delete_text (self->password_entry, 0, (int) start);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static gboolean
has_spaces (FlEnterprisePage *self)
{
  FlSecret *password = fl_enterprise_draft_get_password (self->draft);

  return password != NULL && !fl_enterprise_page_uses_certificate (self) &&
         fl_password_get_spaces (fl_secret_get_text (password)) != FL_SPACE_NONE;
}

static gboolean
is_about (FlFinding *finding, FlErrorCode code)
{
  return g_error_matches (fl_finding_get_error (finding), FL_ERROR, (int) code);
}

static void
add_button (FlEnterprisePage *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  GtkLabel *child = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (child, TRUE);
  gtk_label_set_justify (child, GTK_JUSTIFY_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  fl_wrap_box_append (self->question_buttons, button);
}

/* (transfer container) of FlFinding */
static GPtrArray *
find_doubts (FlEnterprisePage *self)
{
  GPtrArray *doubts = g_ptr_array_new ();

  for (guint i = 0; i < self->findings->len; i++)
    if (fl_finding_get_verdict (g_ptr_array_index (self->findings, i)) == FL_VERDICT_DOUBTFUL)
      g_ptr_array_add (doubts, g_ptr_array_index (self->findings, i));
  return doubts;
}

/* One doubt has the catalogue's title, where there is one. */
static const char *
find_title (GPtrArray *doubts)
{
  FlFinding *first = g_ptr_array_index (doubts, 0);
  FlErrorText text = { 0 };

  if (doubts->len > 1)
    return _ ("Connect Like This?");
  if (!is_about (first, FL_ERROR_IDENTITY_INCOMPLETE) && !is_about (first, FL_ERROR_CA_MISSING))
    return fl_finding_get_title (first);
  fl_error_describe (fl_finding_get_error (first), &text);
  return text.title;
}

/* The buttons that mend come first, the one that goes on last. */
static void
add_buttons (FlEnterprisePage *self, GPtrArray *doubts)
{
  gboolean keep = doubts->len == 1;

  if (fl_enterprise_draft_get_realm (self->draft) != NULL)
    for (guint i = 0; i < doubts->len; i++)
      if (is_about (g_ptr_array_index (doubts, i), FL_ERROR_IDENTITY_INCOMPLETE))
        {
          add_button (self, _ ("Add _Ending"), G_CALLBACK (on_add_ending));
          break;
        }
  keep = keep && (is_about (g_ptr_array_index (doubts, 0), FL_ERROR_IDENTITY_INCOMPLETE) ||
                  g_str_equal (fl_finding_get_id (g_ptr_array_index (doubts, 0)), "password"));
  for (guint i = 0; i < doubts->len; i++)
    if (is_about (g_ptr_array_index (doubts, i), FL_ERROR_CA_MISSING))
      {
        add_button (self, _ ("_Choose File…"), G_CALLBACK (on_choose_ca));
        break;
      }
  if (has_spaces (self))
    add_button (self, _ ("_Remove Spaces"), G_CALLBACK (on_remove_spaces));
  add_button (self, keep ? _ ("_Keep") : _ ("Continue _Anyway"), G_CALLBACK (on_continue));
  fl_name_buttons (GTK_WIDGET (self->question_buttons));
}

gboolean
fl_enterprise_page_ask (FlEnterprisePage *self)
{
  g_autoptr (GPtrArray) doubts = find_doubts (self);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *heard = NULL;

  if (doubts->len == 0 || self->accepted)
    return TRUE;

  fl_wrap_box_clear (self->question_buttons);
  gtk_label_set_label (self->question_title, find_title (doubts));
  for (guint i = 0; i < doubts->len; i++)
    {
      FlFinding *finding = g_ptr_array_index (doubts, i);
      /* Translators: what was looked at, then a sentence about it */
      g_autofree char *line = doubts->len == 1
                                  ? g_strdup (fl_finding_get_sentence (finding))
                                  : g_strdup_printf (_ ("%s: %s"), fl_finding_get_title (finding),
                                                     fl_finding_get_sentence (finding));

      g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "", line);
    }
  gtk_label_set_label (self->question_label, words->str);
  add_buttons (self, doubts);
  gtk_widget_set_visible (self->question_box, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->question_buttons), GTK_DIR_TAB_FORWARD);
  fl_scroll_to (self->question_box);
  heard = g_strconcat (find_title (doubts), " ", words->str, NULL);
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_HIGH, heard);
  return FALSE;
}

void
fl_enterprise_page_hide_question (FlEnterprisePage *self)
{
  gtk_widget_set_visible (self->question_box, FALSE);
}

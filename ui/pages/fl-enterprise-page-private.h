/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise-page.h"

#include "fl-check-list.h"
#include "fl-field.h"
#include "fl-file-field.h"
#include "fl-wrap-box.h"

G_BEGIN_DECLS

#define FL_PAGE_MAX_METHODS 6 /* of FlEapMethod */

/* Shared by fl-enterprise-page.c (fields), -checks.c (what is said of them), -files.c (certificates
 * and keys), -computer.c (logins of this computer), -profile.c (what a profile brought) and
 * -question.c (what is asked before connecting).
 */
struct _FlEnterprisePage
{
  FlPage parent_instance;

  FlClock *clock;
  FlNetwork *network; /* NULL: its name is asked for, too */
  gboolean has_network;
  const FlEnterpriseLimits *limits;
  FlEnterpriseDraft *draft;
  GPtrArray *findings; /* of FlFinding: of the draft as it is now */
  char *told;          /* the last that a screen reader heard of them */
  gboolean accepted;   /* the doubts about this draft */
  gboolean syncing;
  gint64 now_s;
  guint settle_id;

  FlComputerWifi *wifi;      /* (nullable) */
  GCancellable *computer_op; /* (nullable) a stored login is being read */

  FlProfile *profile; /* (nullable) in use */
  char *profile_path;
  GArray *choices; /* of guint: its networks that fit */
  FlEapMethod methods[FL_PAGE_MAX_METHODS];
  guint n_methods;

  FlFileField *import_field;
  GtkMenuButton *computer_button;
  GtkWidget *profile_box;
  GtkBox *profile_lines;
  FlField *choice_field;
  GtkDropDown *choice_drop;
  GtkWidget *name_field;
  GtkEditable *name_entry;
  GtkWidget *way_field;
  GtkCheckButton *password_toggle;
  GtkCheckButton *certificate_toggle;
  FlField *identity_field;
  GtkEditable *identity_entry;
  GtkWidget *password_box;
  GtkEditable *password_entry;
  FlFileField *client_field;
  FlFileField *key_field;
  FlFileField *ca_field;
  GtkEditable *server_entry;
  GtkExpander *more;
  GtkEditable *outer_entry;
  FlField *method_field;
  GtkDropDown *method_drop;
  GtkWidget *checks_box;
  FlCheckList *checks;
  GtkLabel *why_label;
  GtkWidget *question_box;
  GtkLabel *question_title;
  GtkLabel *question_label;
  FlWrapBox *question_buttons;
};

/* fl-enterprise-page.c */
gboolean fl_enterprise_page_uses_certificate (FlEnterprisePage *self);
void fl_enterprise_page_tell (FlEnterprisePage *self, const char *words); /* to a screen reader */

/* fl-enterprise-page-checks.c */
gboolean fl_enterprise_page_has_begun (FlEnterprisePage *self); /* something was given */
gboolean fl_enterprise_page_is_named (FlEnterprisePage *self);
void fl_enterprise_page_check (FlEnterprisePage *self);
void fl_enterprise_page_settle (FlEnterprisePage *self); /* the lines say it now */

/* fl-enterprise-page-files.c */
void fl_enterprise_page_connect_files (FlEnterprisePage *self);
void fl_enterprise_page_show_files (FlEnterprisePage *self); /* as the draft has them */
gboolean fl_enterprise_page_is_opening (FlEnterprisePage *self);
void fl_enterprise_page_clear_files (FlEnterprisePage *self);

/* fl-enterprise-page-profile.c */
/* @name: of the file, or of what else it came from, for people. @path: (nullable). */
void fl_enterprise_page_take_profile (FlEnterprisePage *self,
                                      FlProfile *profile,
                                      const char *name,
                                      const char *path);
void fl_enterprise_page_choose_network (FlEnterprisePage *self); /* of the profile, as chosen */
void fl_enterprise_page_drop_profile (FlEnterprisePage *self);

/* fl-enterprise-page-computer.c */
void fl_enterprise_page_ask_computer (FlEnterprisePage *self); /* which logins it has */
void fl_enterprise_page_forget_computer (FlEnterprisePage *self);

/* fl-enterprise-page-question.c */
/* TRUE: there is nothing to ask about. */
gboolean fl_enterprise_page_ask (FlEnterprisePage *self);
void fl_enterprise_page_hide_question (FlEnterprisePage *self);

G_END_DECLS

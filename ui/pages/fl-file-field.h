/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-cert-file.h"
#include "fl-profile.h"

G_BEGIN_DECLS

/**
 * FlFileField:
 *
 * One file for a network with logins: it is chosen, opened, unlocked with its own password when it
 * has one, and then named; each with a way out.
 *
 * Properties: "label" (nullable), with mnemonic; "button-label", with mnemonic; "empty": what is
 * said while there is none; "profiles": whether profiles are taken, too; "busy" (read only): it is
 * being opened.
 *
 * Signals: "opened" (FlProfile *, FlCertFile *), one of them NULL; "removed"; "by-hand": no file
 * after all.
 */
#define FL_TYPE_FILE_FIELD (fl_file_field_get_type ())
G_DECLARE_FINAL_TYPE (FlFileField, fl_file_field, FL, FILE_FIELD, GtkBox)

void fl_file_field_choose (FlFileField *self); /* asks for a file */
void fl_file_field_open (FlFileField *self, const char *path);
void fl_file_field_cancel (FlFileField *self); /* what is being opened */
void fl_file_field_clear (FlFileField *self);  /* nothing is held, opened or told any more */
/* What is in use now. @title: (nullable) nothing is. @note: (nullable) a line below. */
void fl_file_field_set_held (FlFileField *self, const char *title, const char *note);
/* Why the file that was opened is not taken. (nullable) */
void fl_file_field_set_problem (FlFileField *self, const GError *error);
gboolean fl_file_field_get_busy (FlFileField *self);
const char *
fl_file_field_get_file_name (FlFileField *self);        /* (nullable), for people: opened last */
const char *fl_file_field_get_path (FlFileField *self); /* (nullable) */
void fl_file_field_focus (FlFileField *self);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlWizard:
 *
 * Shows one page at a time with Back, Cancel and the main button around it. It reads nothing of a
 * page but its properties. Enter presses the main button, Esc and Alt+Left go back.
 *
 * Properties: "page" (the one shown, nullable), "title" and "menu-model" of the header bar.
 */
#define FL_TYPE_WIZARD (fl_wizard_get_type ())
G_DECLARE_FINAL_TYPE (FlWizard, fl_wizard, FL, WIZARD, AdwBin)

GtkWidget *fl_wizard_new (void);
/* In the order of the way; the direction of the slide comes from it. */
void fl_wizard_add (FlWizard *self, FlPage *page);
/* Shows @page and puts the focus into it; nothing when it is shown already. */
void fl_wizard_show (FlWizard *self, FlPage *page);
FlPage *fl_wizard_get_page (FlWizard *self); /* (nullable), borrowed */
GtkWidget *fl_wizard_get_main_button (FlWizard *self);
/* (nullable): a line between header bar and page that stays on all pages. */
void fl_wizard_set_banner (FlWizard *self, GtkWidget *banner);
/* (nullable): beside the name in the header bar. */
void fl_wizard_set_logo (FlWizard *self, GdkPaintable *logo);

G_END_DECLS

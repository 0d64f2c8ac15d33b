/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <locale.h>
#include <glib/gi18n-lib.h>

#include "fl-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (FlApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = fl_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

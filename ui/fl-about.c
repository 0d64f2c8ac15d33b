/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-about.h"

void
fl_about_present (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", "First Light", "application-icon", FL_APP_ID,
                         "version", FL_VERSION, "developer-name", _ ("The First Light developers"),
                         "license-type", GTK_LICENSE_APACHE_2_0, "comments",
                         _ ("Takes a Wi-Fi device out of its box and brings it online."), NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-ui.h"

#include "fl-announce.h"
#include "fl-camera-view.h"
#include "fl-error-box.h"
#include "fl-hint-row.h"
#include "fl-item-list.h"
#include "fl-light-strip.h"
#include "fl-light-view.h"
#include "fl-signal-bars.h"
#include "fl-ui-resources.h"
#include "fl-wizard.h"
#include "fl-wrap-box.h"

void
fl_ui_init (void)
{
  /* A static library drops what nobody calls: resources and types that only templates name. */
  g_resources_register (fl_ui_get_resource ());

  g_type_ensure (FL_TYPE_CAMERA_VIEW);
  g_type_ensure (FL_TYPE_ERROR_BOX);
  g_type_ensure (FL_TYPE_HINT_ROW);
  g_type_ensure (FL_TYPE_ITEM_LIST);
  g_type_ensure (FL_TYPE_LIGHT_STRIP);
  g_type_ensure (FL_TYPE_LIGHT_VIEW);
  g_type_ensure (FL_TYPE_LIVE_REGION);
  g_type_ensure (FL_TYPE_SIGNAL_BARS);
  g_type_ensure (FL_TYPE_WIZARD);
  g_type_ensure (FL_TYPE_WRAP_BOX);
}

void
fl_ui_load_style (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, FL_UI_BASE_PATH "/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    FL_UI_BASE_PATH "/icons");
}

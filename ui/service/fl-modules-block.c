/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-modules-block"
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-modules-block.h"

struct _FlModulesBlock
{
  FlServiceBlock parent_instance;

  GPtrArray *shown; /* the same array is not drawn twice */
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (FlModulesBlock, fl_modules_block, FL_TYPE_SERVICE_BLOCK)

/* "" for a module that is as it should be. */
static const char *
get_verdict (const FlModule *module)
{
  if (!module->checked)
    return _ ("Not checked");
  if (!module->is_sound)
    return _ ("Broken");
  if (!module->dependencies_met)
    return _ ("Needs another part");
  return "";
}

static void
add_row (FlModulesBlock *self, const FlModule *module)
{
  GtkWidget *row = adw_action_row_new ();
  const char *label = fl_module_kind_get_label (module->kind);
  const char *verdict = get_verdict (module);
  g_autofree char *size = g_format_size (module->size_bytes);
  /* Translators: a kind of module and its number: "System Part 2" */
  g_autofree char *title =
      module->index > 0 ? g_strdup_printf (_ ("%s %u"), label, module->index) : g_strdup (label);
  /* Translators: a version's number, then a size: "Version 5802 · 1.2 MB" */
  g_autofree char *subtitle = module->size_bytes > 0
                                  ? g_strdup_printf (_ ("Version %u · %s"), module->version, size)
                                  : g_strdup_printf (_ ("Version %u"), module->version);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (*verdict != 0)
    {
      GtkWidget *words = gtk_label_new (verdict);

      if (module->checked)
        {
          GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

          gtk_widget_add_css_class (mark, "warning");
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
        }
      gtk_label_set_wrap (GTK_LABEL (words), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), words);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
fl_modules_block_update (FlServiceBlock *block, FlVisit *visit)
{
  FlModulesBlock *self = FL_MODULES_BLOCK (block);
  GPtrArray *modules = fl_visit_get_modules (visit);
  guint n = modules != NULL ? modules->len : 0;

  fl_service_block_show_status (block, visit, FL_VISIT_MODULES);
  fl_service_block_hide_empty (block, visit, FL_VISIT_MODULES);
  gtk_widget_set_visible (self->list, n > 0);
  if (modules == self->shown)
    return;

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = modules != NULL ? g_ptr_array_ref (modules) : NULL;
  fl_service_block_clear_list (self->list);
  for (guint i = 0; i < n; i++)
    add_row (self, g_ptr_array_index (modules, i));
}

static void
fl_modules_block_finalize (GObject *object)
{
  g_clear_pointer (&FL_MODULES_BLOCK (object)->shown, g_ptr_array_unref);

  G_OBJECT_CLASS (fl_modules_block_parent_class)->finalize (object);
}

static void
fl_modules_block_class_init (FlModulesBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fl_modules_block_finalize;
  FL_SERVICE_BLOCK_CLASS (klass)->update = fl_modules_block_update;
}

static void
fl_modules_block_init (FlModulesBlock *self)
{
  FlServiceBlock *block = FL_SERVICE_BLOCK (self);

  self->list = fl_service_block_new_list (_ ("Firmware modules"));
  gtk_widget_set_visible (self->list, FALSE);
  fl_service_block_set_title (block, _ ("Firmware Modules"));
  fl_service_block_set_content (block, self->list);
}

FlServiceBlock *
fl_modules_block_new (void)
{
  return g_object_new (FL_TYPE_MODULES_BLOCK, NULL);
}

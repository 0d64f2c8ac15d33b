/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-announce"
#include "config.h"

#include <gmodule.h>

#include "fl-announce.h"

#define REGION_KEY "fl-live-region"

struct _FlLiveRegion
{
  GtkWidget parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (FlLiveRegion, fl_live_region, GTK_TYPE_WIDGET)

/* void gtk_accessible_announce (GtkAccessible *, const char *, GtkAccessibleAnnouncementPriority),
 * GTK 4.14; looked up at run time because the floor is 4.8. Priorities there: low 0, medium 1,
 * high 2, as ours. */
typedef void (*AnnounceFunc) (GtkAccessible *accessible, const char *words, int priority);

static AnnounceFunc
find_announce (void)
{
  static gsize once = 0;
  static AnnounceFunc func = NULL;

  if (g_once_init_enter (&once))
    {
      GModule *self = g_module_open (NULL, G_MODULE_BIND_LAZY);
      gpointer symbol = NULL;

      if (self != NULL && g_module_symbol (self, "gtk_accessible_announce", &symbol))
        func = (AnnounceFunc) symbol;
      g_clear_pointer (&self, g_module_close);
      g_once_init_leave (&once, 1);
    }

  return func;
}

static void
fl_live_region_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fl_live_region_parent_class)->root (widget);

  g_object_set_data (G_OBJECT (gtk_widget_get_root (widget)), REGION_KEY, widget);
}

static void
fl_live_region_unroot (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (gtk_widget_get_root (widget)), REGION_KEY, NULL);

  GTK_WIDGET_CLASS (fl_live_region_parent_class)->unroot (widget);
}

/* No size: it is heard, not seen. */
static void
fl_live_region_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  int ignored;

  gtk_widget_measure (FL_LIVE_REGION (widget)->label, orientation, -1, &ignored, &ignored, NULL,
                      NULL);
  *minimum = *natural = 0;
}

static void
fl_live_region_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *label = FL_LIVE_REGION (widget)->label;
  GtkRequisition size;

  gtk_widget_get_preferred_size (label, &size, NULL);
  gtk_widget_allocate (label, MAX (width, size.width), MAX (height, size.height), -1, NULL);
}

static void
fl_live_region_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
}

static void
fl_live_region_dispose (GObject *object)
{
  g_clear_pointer (&FL_LIVE_REGION (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (fl_live_region_parent_class)->dispose (object);
}

static void
fl_live_region_class_init (FlLiveRegionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_live_region_dispose;
  widget_class->root = fl_live_region_root;
  widget_class->unroot = fl_live_region_unroot;
  widget_class->measure = fl_live_region_measure;
  widget_class->size_allocate = fl_live_region_size_allocate;
  widget_class->snapshot = fl_live_region_snapshot;
}

static void
fl_live_region_init (FlLiveRegion *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                              "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

const char *
fl_live_region_get_words (FlLiveRegion *self)
{
  g_return_val_if_fail (FL_IS_LIVE_REGION (self), "");

  return gtk_label_get_label (GTK_LABEL (self->label));
}

void
fl_announce (GtkWidget *widget, FlAnnouncePriority priority, const char *words)
{
  GtkRoot *root;
  FlLiveRegion *region;
  AnnounceFunc announce = find_announce ();

  g_return_if_fail (GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  if (root == NULL || words == NULL || *words == 0)
    return;

  region = g_object_get_data (G_OBJECT (root), REGION_KEY);
  if (region != NULL)
    gtk_label_set_label (GTK_LABEL (region->label), words);
  if (announce != NULL)
    announce (GTK_ACCESSIBLE (widget), words, (int) priority);
}

void
fl_name_buttons (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_BUTTON (root) && gtk_button_get_use_underline (GTK_BUTTON (root)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    fl_name_buttons (child);
}

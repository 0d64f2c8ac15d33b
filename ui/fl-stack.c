/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-stack.h"

/* A child on its way out still has to be drawn. */
static void
hide_others (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack));

  if (shown == NULL || gtk_stack_get_transition_running (stack))
    return;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (child != shown)
      gtk_widget_set_visible (child, FALSE);
}

void
fl_stack_hide_others (GtkStack *stack)
{
  g_return_if_fail (GTK_IS_STACK (stack));

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (hide_others), NULL);
  g_signal_connect (stack, "notify::transition-running", G_CALLBACK (hide_others), NULL);
  hide_others (stack);
}

void
fl_stack_show (GtkStack *stack, GtkWidget *child)
{
  g_return_if_fail (GTK_IS_STACK (stack));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_visible (child, TRUE);
  gtk_stack_set_visible_child (stack, child);
  hide_others (stack);
}

void
fl_stack_show_name (GtkStack *stack, const char *name)
{
  g_return_if_fail (GTK_IS_STACK (stack));

  fl_stack_show (stack, gtk_stack_get_child_by_name (stack, name));
}

/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-file-field"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-file-field.h"

#include "fl-announce.h"
#include "fl-caps-note.h"
#include "fl-error-box.h"
#include "fl-file-picker.h"
#include "fl-login-file.h"
#include "fl-page.h"
#include "fl-scroll.h"
#include "fl-text.h"
#include "fl-ui.h"

#define WAIT_MS 200 /* most files are open before anybody could read that they are being opened */

static const char *const certificate_patterns[] = { "*.pem", "*.crt", "*.cer", "*.der", "*.p12",
                                                    "*.pfx", "*.key", "*.p7b", "*.p7c", NULL };
static const char *const profile_patterns[] = {
  "*.eap-config", "*.mobileconfig", "*.nmconnection", "*.conf", "*.p12", "*.pfx", "*.pem", NULL
};

struct _FlFileField
{
  GtkBox parent_instance;

  gboolean profiles;
  gboolean tried; /* a password, for the file that is locked */
  char *path;     /* opened last */
  char *file_name;
  GCancellable *cancellable; /* set while busy */
  guint wait_id;

  GtkLabel *label;
  FlErrorBox *error_box;
  GtkLabel *empty_label;
  GtkWidget *held_box;
  GtkLabel *title_label;
  GtkLabel *note_label;
  GtkWidget *wait_box;
  GtkSpinner *spinner;
  GtkLabel *wait_label;
  GtkWidget *password_box;
  GtkLabel *password_label;
  GtkEditable *password_entry;
  GtkWidget *unlock_button;
  GtkLabel *problem_label;
  GtkButton *choose_button;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (FlFileField, fl_file_field, GTK_TYPE_BOX)

typedef enum
{
  PROP_LABEL = 1,
  PROP_BUTTON_LABEL,
  PROP_EMPTY,
  PROP_PROFILES,
  PROP_BUSY
} FlFileFieldProperty;
static GParamSpec *props[PROP_BUSY + 1];

enum
{
  SIGNAL_OPENED,
  SIGNAL_REMOVED,
  SIGNAL_BY_HAND,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void begin (FlFileField *self, FlSecret *passphrase);

static gboolean
is_held (FlFileField *self)
{
  return *gtk_label_get_label (self->title_label) != 0;
}

static void
update (FlFileField *self)
{
  gboolean waits = self->cancellable != NULL && self->wait_id == 0;
  gboolean locked = gtk_widget_get_visible (self->password_box);

  gtk_widget_set_visible (self->held_box, is_held (self));
  gtk_widget_set_visible (GTK_WIDGET (self->empty_label), !is_held (self) && !waits && !locked);
  gtk_widget_set_visible (self->wait_box, waits);
  gtk_spinner_set_spinning (self->spinner, waits);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose_button), self->cancellable == NULL);
  gtk_widget_set_visible (self->remove_button, is_held (self) || locked);
}

static gboolean
on_wait (gpointer data)
{
  FlFileField *self = data;

  self->wait_id = 0;
  update (self);
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_LOW, gtk_label_get_label (self->wait_label));
  return G_SOURCE_REMOVE;
}

static void
end_wait (FlFileField *self)
{
  gboolean was_busy = self->cancellable != NULL;

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->cancellable);
  update (self);
  if (was_busy)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/* E50: what was chosen stays, only its password is asked for. */
static void
ask_password (FlFileField *self, const GError *error)
{
  const char *words = self->tried && !fl_cert_file_wants_passphrase (error)
                          ? _ ("“%s” did not open. Its password may be another one.")
                          : _ ("“%s” is locked. The file's own password opens it.");
  g_autofree char *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = fl_text_name (words, self->file_name);
#pragma GCC diagnostic pop
  gtk_label_set_label (self->password_label, text);
  gtk_widget_set_visible (self->password_box, TRUE);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
  gtk_editable_select_region (self->password_entry, 0, -1);
  fl_scroll_to (GTK_WIDGET (self));
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_HIGH, text);
}

static void
hide_password (FlFileField *self)
{
  gtk_editable_set_text (self->password_entry, "");
  gtk_widget_set_visible (self->password_box, FALSE);
  self->tried = FALSE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlFileField) self = data;
  g_autoptr (FlProfile) profile = NULL;
  g_autoptr (FlCertFile) file = NULL;
  g_autoptr (GError) error = NULL;
  gboolean loaded = fl_login_file_load_finish (result, &profile, &file, &error);

  /* Cancelled; another file may be on its way already. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  end_wait (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD))
    {
      ask_password (self, error);
      return;
    }
  hide_password (self);
  update (self);
  if (loaded)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, profile, file);
  else
    fl_file_field_set_problem (self, error);
}

static void
begin (FlFileField *self, FlSecret *passphrase)
{
  g_autofree char *words = fl_text_name (_ ("Opening “%s”…"), self->file_name);

  fl_file_field_set_problem (self, NULL);
  self->cancellable = g_cancellable_new ();
  self->tried = passphrase != NULL;
  gtk_label_set_label (self->wait_label, words);
  self->wait_id = g_timeout_add (WAIT_MS, on_wait, self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
  fl_login_file_load_async (self->path, self->profiles, passphrase, self->cancellable, on_loaded,
                            g_object_ref (self));
}

static void
on_unlock (FlFileField *self)
{
  g_autoptr (FlSecret) passphrase = NULL;

  if (self->cancellable != NULL)
    return;

  passphrase = fl_secret_new_from_string (gtk_editable_get_text (self->password_entry));
  begin (self, passphrase);
}

static void
on_password_changed (FlFileField *self)
{
  gtk_widget_set_sensitive (self->unlock_button,
                            *gtk_editable_get_text (self->password_entry) != 0);
}

static void
on_remove (FlFileField *self)
{
  fl_file_field_clear (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->choose_button));
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
on_error_action (FlFileField *self, int action)
{
  if (action == FL_ACTION_CHOOSE_FILE)
    fl_file_field_choose (self);
  else if (action == FL_ACTION_OTHER_NETWORK)
    {
      fl_file_field_set_problem (self, NULL);
      g_signal_emit (self, signals[SIGNAL_BY_HAND], 0);
    }
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlFileField) self = data;
  g_autoptr (GFile) file = fl_file_picker_open_finish (GTK_WINDOW (source), result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (path != NULL)
    fl_file_field_open (self, path);
  else if (file != NULL)
    {
      error = g_error_new_literal (FL_ERROR, FL_ERROR_INVALID_INPUT,
                                   _ ("This file is not on this computer. Copy it here first."));
      fl_file_field_set_problem (self, error);
    }
}

static void
fl_file_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlFileField *self = FL_FILE_FIELD (object);

  switch ((FlFileFieldProperty) id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_label (self->label));
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->choose_button));
      break;
    case PROP_EMPTY:
      g_value_set_string (value, gtk_label_get_label (self->empty_label));
      break;
    case PROP_PROFILES:
      g_value_set_boolean (value, self->profiles);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, fl_file_field_get_busy (self));
      break;
    }
}

static void
fl_file_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlFileField *self = FL_FILE_FIELD (object);

  switch ((FlFileFieldProperty) id)
    {
    case PROP_LABEL:
      gtk_label_set_label (self->label, g_value_get_string (value));
      gtk_widget_set_visible (GTK_WIDGET (self->label), g_value_get_string (value) != NULL);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self->choose_button),
                                      GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->label, NULL, -1);
      break;
    case PROP_BUTTON_LABEL:
      gtk_button_set_label (self->choose_button, g_value_get_string (value));
      break;
    case PROP_EMPTY:
      gtk_label_set_label (self->empty_label, g_value_get_string (value));
      break;
    case PROP_PROFILES:
      self->profiles = g_value_get_boolean (value);
      break;
    case PROP_BUSY:
      g_assert_not_reached (); /* read only */
      break;
    }
}

static void
fl_file_field_dispose (GObject *object)
{
  FlFileField *self = FL_FILE_FIELD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (fl_file_field_parent_class)->dispose (object);
}

static void
fl_file_field_finalize (GObject *object)
{
  FlFileField *self = FL_FILE_FIELD (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->file_name, g_free);

  G_OBJECT_CLASS (fl_file_field_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  props[PROP_EMPTY] = g_param_spec_string ("empty", NULL, NULL, NULL, flags);
  props[PROP_PROFILES] = g_param_spec_boolean ("profiles", NULL, NULL, FALSE, flags);
  props[PROP_BUSY] =
      g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (FL_TYPE_CAPS_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-file-field.ui");
  gtk_widget_class_bind_template_child (widget_class, FlFileField, label);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, error_box);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, empty_label);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, held_box);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, title_label);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, note_label);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, wait_box);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, spinner);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, wait_label);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, password_box);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, password_label);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, password_entry);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, problem_label);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, choose_button);
  gtk_widget_class_bind_template_child (widget_class, FlFileField, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, fl_file_field_choose);
  gtk_widget_class_bind_template_callback (widget_class, fl_file_field_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_error_action);
  gtk_widget_class_bind_template_callback (widget_class, on_password_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
}

static void
fl_file_field_class_init (FlFileFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_OBJECT_CLASS_TYPE (klass);

  object_class->get_property = fl_file_field_get_property;
  object_class->set_property = fl_file_field_set_property;
  object_class->dispose = fl_file_field_dispose;
  object_class->finalize = fl_file_field_finalize;

  install_properties (object_class);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, FL_TYPE_PROFILE, FL_TYPE_CERT_FILE);
  signals[SIGNAL_REMOVED] =
      g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BY_HAND] =
      g_signal_new ("by-hand", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
fl_file_field_init (FlFileField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fl_error_box_set_actions (self->error_box, fl_action_bit (FL_ACTION_CHOOSE_FILE) |
                                                 fl_action_bit (FL_ACTION_OTHER_NETWORK));
  update (self);
}

void
fl_file_field_choose (FlFileField *self)
{
  GtkRoot *root;

  g_return_if_fail (FL_IS_FILE_FIELD (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!GTK_IS_WINDOW (root) || self->cancellable != NULL)
    return;

  fl_file_picker_open_async (GTK_WINDOW (root), _ ("Choose File"),
                             self->profiles ? _ ("Profiles and Certificates")
                                            : _ ("Certificates and Keys"),
                             self->profiles ? profile_patterns : certificate_patterns, on_chosen,
                             g_object_ref (self));
}

void
fl_file_field_open (FlFileField *self, const char *path)
{
  g_return_if_fail (FL_IS_FILE_FIELD (self));
  g_return_if_fail (path != NULL);

  fl_file_field_cancel (self);
  hide_password (self);
  g_free (self->path);
  g_free (self->file_name);
  self->path = g_strdup (path);
  self->file_name = g_filename_display_basename (path);
  begin (self, NULL);
}

void
fl_file_field_cancel (FlFileField *self)
{
  g_return_if_fail (FL_IS_FILE_FIELD (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  end_wait (self);
}

void
fl_file_field_clear (FlFileField *self)
{
  g_return_if_fail (FL_IS_FILE_FIELD (self));

  fl_file_field_cancel (self);
  hide_password (self);
  fl_file_field_set_problem (self, NULL);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->file_name, g_free);
  fl_file_field_set_held (self, NULL, NULL);
}

void
fl_file_field_set_held (FlFileField *self, const char *title, const char *note)
{
  g_return_if_fail (FL_IS_FILE_FIELD (self));

  gtk_label_set_label (self->title_label, title != NULL ? title : "");
  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
  update (self);
}

void
fl_file_field_set_problem (FlFileField *self, const GError *error)
{
  gboolean boxed = error != NULL && g_error_matches (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);

  g_return_if_fail (FL_IS_FILE_FIELD (self));

  fl_error_box_tell (self->error_box, boxed ? error : NULL, boxed ? error->message : NULL);
  gtk_label_set_label (self->problem_label, error != NULL && !boxed ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), error != NULL && !boxed);
  if (boxed)
    fl_error_box_focus_button (self->error_box);
  if (error == NULL)
    return;

  fl_scroll_to (GTK_WIDGET (self));
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_HIGH, error->message);
}

gboolean
fl_file_field_get_busy (FlFileField *self)
{
  g_return_val_if_fail (FL_IS_FILE_FIELD (self), FALSE);

  return self->cancellable != NULL;
}

const char *
fl_file_field_get_file_name (FlFileField *self)
{
  g_return_val_if_fail (FL_IS_FILE_FIELD (self), NULL);

  return self->file_name;
}

const char *
fl_file_field_get_path (FlFileField *self)
{
  g_return_val_if_fail (FL_IS_FILE_FIELD (self), NULL);

  return self->path;
}

void
fl_file_field_focus (FlFileField *self)
{
  g_return_if_fail (FL_IS_FILE_FIELD (self));

  if (gtk_widget_get_visible (self->password_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->choose_button));
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Where an error is shown, and what its buttons do. */
#define G_LOG_DOMAIN "fl-guide-errors"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-guide-private.h"

#include "fl-how.h"
#include "fl-open.h"
#include "fl-text.h"

static FlProduct *
get_product (FlGuide *self)
{
  return fl_engine_get_product (self->engine);
}

static const char *
get_mac (FlGuide *self)
{
  FlDeviceState *state = self->setup != NULL ? fl_setup_get_state (self->setup) : NULL;

  return state != NULL ? state->mac : NULL;
}

/* What is typed does not depend on the way to the device: nobody is taken away from it. */
static gboolean
is_lost_while_typing (FlGuide *self, const GError *error)
{
  return g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) &&
         fl_setup_get_failed_stage (self->setup) < FL_STAGE_SENDING &&
         (fl_wizard_get_page (self->wizard) == FL_PAGE (self->password_page) ||
          fl_wizard_get_page (self->wizard) == FL_PAGE (self->enterprise_page));
}

/* The page of the question that has to be answered differently; where nothing has to, the page of
 * what was being waited for. */
static FlPage *
find_page (FlGuide *self, const GError *error)
{
  FlStage stage = fl_setup_get_stage (self->setup);
  FlStage failed = fl_setup_get_failed_stage (self->setup);

  if (g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_SECRET) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE))
    return FL_PAGE (self->label_page);
  if (is_lost_while_typing (self, error))
    return fl_wizard_get_page (self->wizard);
  if (failed < FL_STAGE_SENDING || g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_NETWORK_5_GHZ) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_NETWORK_WPA3) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_NETWORK_TOO_FAR) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_NETWORK_ENTERPRISE))
    return FL_PAGE (self->network_page);
  if (stage == FL_STAGE_CHOOSING)
    return fl_guide_get_typing_page (self);
  return FL_PAGE (self->connecting_page);
}

/* A button that cannot act here is not shown. */
static guint64
find_actions (FlGuide *self, FlPage *page, const GError *error)
{
  FlFinder *usb = fl_guide_find_finder (self, FL_ROAD_USB);
  gboolean has_setup = self->setup != NULL;
  guint64 actions =
      fl_action_bit (FL_ACTION_TURN_ON_BLUETOOTH) | fl_action_bit (FL_ACTION_RESTART_BLUETOOTH) |
      fl_action_bit (FL_ACTION_TRY_AGAIN) | fl_action_bit (FL_ACTION_ADD_RULE) |
      fl_action_bit (FL_ACTION_CHECK_COMPUTER) | fl_action_bit (FL_ACTION_SAVE_REPORT);

  if (fl_open_has_settings ())
    actions |= fl_action_bit (FL_ACTION_OPEN_SETTINGS);
  if (usb != NULL && fl_finder_get_problem (usb) == NULL)
    actions |= fl_action_bit (FL_ACTION_USE_USB);
  if (fl_product_get_help_uri (get_product (self)) != NULL || fl_how_exists (error))
    actions |= fl_action_bit (FL_ACTION_SHOW_HOW);
  if (fl_product_get_contact_uri (get_product (self)) != NULL)
    actions |= fl_action_bit (FL_ACTION_CONTACT);
  if (!has_setup || page == FL_PAGE (self->find_page))
    return actions;
  if (page == FL_PAGE (self->label_page) && fl_label_page_has_camera (self->label_page))
    actions |= fl_action_bit (FL_ACTION_SCAN_LABEL);

  actions |= fl_action_bit (FL_ACTION_SEARCH_AGAIN) | fl_action_bit (FL_ACTION_RECONNECT) |
             fl_action_bit (FL_ACTION_WAIT) | fl_action_bit (FL_ACTION_ENTER_CODE) |
             fl_action_bit (FL_ACTION_LOOK_FOR_THAT_DEVICE) | fl_action_bit (FL_ACTION_CANCEL) |
             fl_action_bit (FL_ACTION_CHECK_PASSWORD) | fl_action_bit (FL_ACTION_DONE) |
             fl_action_bit (FL_ACTION_ADD_RULE) | fl_action_bit (FL_ACTION_LEAVE_UPDATE_MODE) |
             fl_action_bit (FL_ACTION_CHOOSE_FILE);
  if (fl_guide_find_finder (self, FL_ROAD_BLUETOOTH) != NULL)
    actions |= fl_action_bit (FL_ACTION_USE_BLUETOOTH);
  if (fl_setup_get_failed_stage (self->setup) >= FL_STAGE_CHOOSING)
    actions |= fl_action_bit (FL_ACTION_CHOOSE_ANOTHER);
  if ((fl_setup_get_capabilities (self->setup) & FL_CAN_HIDDEN) != 0)
    actions |= fl_action_bit (FL_ACTION_OTHER_NETWORK);
  if (get_mac (self) != NULL)
    actions |= fl_action_bit (FL_ACTION_SHOW_MAC);
  if (fl_guide_can_replace (self))
    actions |= fl_action_bit (FL_ACTION_REPLACE_NETWORK);
  return actions;
}

static FlNetwork *
dup_network (FlGuide *self, FlCredentials *credentials)
{
  GListModel *networks = fl_setup_get_networks (self->setup);

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    {
      FlNetwork *network = g_list_model_get_item (networks, i);

      if (g_bytes_equal (fl_network_get_ssid (network), fl_credentials_get_ssid (credentials)))
        return network;
      g_object_unref (network);
    }
  return fl_network_new (fl_credentials_get_ssid (credentials),
                         fl_credentials_get_security (credentials), 0, 0);
}

/* Whether the name was typed, too: a hidden network, or a device without a list. */
static gboolean
has_typed_name (FlGuide *self, FlCredentials *credentials)
{
  return fl_credentials_get_hidden (credentials) ||
         (self->types_name && (fl_setup_get_capabilities (self->setup) & FL_CAN_SCAN) == 0);
}

/* The page asks for what was sent, whoever sent it: the page itself or Set Up Another. */
static void
prepare_password (FlGuide *self)
{
  FlCredentials *credentials = fl_setup_get_credentials (self->setup);
  g_autoptr (FlNetwork) network = NULL;

  if (credentials == NULL)
    return;
  if (fl_guide_has_login (self))
    {
      network = dup_network (self, credentials);
      fl_guide_show_login (self, network);
      return;
    }

  if (!has_typed_name (self, credentials))
    network = dup_network (self, credentials);
  fl_password_page_set_network (self->password_page, network,
                                fl_setup_get_capabilities (self->setup));
  fl_password_page_set_credentials (self->password_page, credentials);
}

void
fl_guide_clear_errors (FlGuide *self)
{
  fl_page_set_error (FL_PAGE (self->label_page), NULL);
  fl_page_set_error (FL_PAGE (self->network_page), NULL);
  fl_page_set_error (FL_PAGE (self->password_page), NULL);
  fl_page_set_error (FL_PAGE (self->enterprise_page), NULL);
  fl_page_set_error (FL_PAGE (self->connecting_page), NULL);
  fl_page_set_error (FL_PAGE (self->cable_page), NULL);
}

/* "The Device Could Not Join “Home 2”". */
static void
name_network (FlGuide *self, FlPage *page, const GError *error)
{
  FlCredentials *credentials = fl_setup_get_credentials (self->setup);
  g_autofree char *title = NULL;

  if (credentials == NULL || !g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_UNCLEAR))
    return;

  /* Translators: %s is the name of a network */
  title =
      fl_text_name (_ ("The Device Could Not Join “%s”"), fl_credentials_get_name (credentials));
  fl_page_set_error_title (page, title);
}

void
fl_guide_show_error (FlGuide *self, const GError *error)
{
  FlPage *page = find_page (self, error);
  gboolean is_typing = is_lost_while_typing (self, error);

  fl_guide_clear_errors (self);
  /* Nobody is called away from where they went back to; going on begins anew. */
  if (self->went_back && page == FL_PAGE (self->network_page))
    return;
  if (g_error_matches (error, FL_ERROR, FL_ERROR_NETWORKS_FULL) && fl_guide_can_replace (self))
    {
      prepare_password (self);
      fl_guide_ask_replace (self);
      return;
    }

  if (page == fl_guide_get_typing_page (self) && !is_typing)
    prepare_password (self);
  fl_page_set_actions (page, find_actions (self, page, error));
  fl_guide_show (self, page);
  fl_page_set_error (page, error);
  name_network (self, page, error);

  if (g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_PASSWORD) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_UNCLEAR) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_LOGIN_REJECTED))
    fl_guide_focus_typed (self);
  else if (page == FL_PAGE (self->label_page))
    fl_label_page_focus_wrong (self->label_page);
  else if (!is_typing)
    fl_page_focus_error (page);
}

static void
repair (FlGuide *self, FlErrorAction action)
{
  FlFinder *stopped = fl_find_page_get_stopped (self->find_page);

  if (stopped != NULL)
    fl_finder_repair (stopped, action);
  if (self->setup != NULL && fl_setup_get_stage (self->setup) == FL_STAGE_FAILED)
    fl_setup_retry (self->setup);
}

static void
choose (FlGuide *self, gpointer page)
{
  fl_setup_choose_again (self->setup);
  fl_guide_clear_errors (self);
  fl_guide_show (self, page);
}

void
fl_guide_choose_again (FlGuide *self)
{
  if (self->setup != NULL)
    choose (self, self->network_page);
}

static void
try_again (FlGuide *self, FlPage *page)
{
  const GError *error = fl_setup_get_error (self->setup);
  FlFinder *usb = fl_guide_find_finder (self, FL_ROAD_USB);

  if (g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_PASSWORD))
    {
      fl_guide_focus_typed (self);
      return;
    }
  if (g_error_matches (error, FL_ERROR, FL_ERROR_USB_CLAIMED) && usb != NULL)
    fl_finder_repair (usb, FL_ACTION_TRY_AGAIN);
  fl_setup_retry (self->setup);
}

static void
wait_longer (FlGuide *self)
{
  if (fl_setup_get_failed_stage (self->setup) >= FL_STAGE_JOINING)
    fl_setup_keep_waiting (self->setup);
  else
    fl_setup_retry (self->setup);
}

static void
show_mac (FlGuide *self)
{
  const char *mac = get_mac (self);
  g_autofree char *words = NULL;

  if (mac == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->wizard)), mac);
  /* Translators: %s is a hardware address such as 02:11:22:33:44:55 */
  words = g_strdup_printf (_ ("%s was copied. It is the hardware address of the device."), mac);
  fl_guide_toast (self, words);
}

/* Actions on a running journey. */
static void
act (FlGuide *self, FlErrorAction action, FlPage *page)
{
  switch ((int) action) /* the rest never gets a button: find_actions() */
    {
    case FL_ACTION_TRY_AGAIN:
      try_again (self, page);
      break;
    case FL_ACTION_SEARCH_AGAIN:
    case FL_ACTION_RECONNECT:
      fl_setup_retry (self->setup);
      break;
    case FL_ACTION_WAIT:
      wait_longer (self);
      break;
    case FL_ACTION_ENTER_CODE:
      fl_guide_show (self, self->label_page);
      fl_label_page_enter_code (self->label_page);
      break;
    case FL_ACTION_LOOK_FOR_THAT_DEVICE:
      g_clear_object (&self->device);
      fl_guide_begin (self, NULL, fl_setup_get_label (self->setup));
      break;
    case FL_ACTION_CHOOSE_ANOTHER:
    case FL_ACTION_CANCEL:
      choose (self, self->network_page);
      break;
    case FL_ACTION_CHECK_PASSWORD:
      choose (self, fl_guide_get_typing_page (self));
      fl_guide_focus_typed (self);
      break;
    case FL_ACTION_CHOOSE_FILE:
      choose (self, self->enterprise_page);
      fl_enterprise_page_choose_file (self->enterprise_page, fl_setup_get_error (self->setup));
      break;
    case FL_ACTION_OTHER_NETWORK:
      choose (self, self->network_page);
      fl_guide_show_password (self, NULL);
      break;
    case FL_ACTION_REPLACE_NETWORK:
      fl_guide_ask_replace (self);
      break;
    case FL_ACTION_SHOW_MAC:
      show_mac (self);
      break;
    case FL_ACTION_LEAVE_UPDATE_MODE:
      fl_setup_leave_update_mode (self->setup);
      break;
    case FL_ACTION_DONE:
      fl_guide_show_result (self, FALSE);
      break;
    default:
      break;
    }
}

static void
show_how (FlGuide *self, FlPage *page)
{
  const GError *error = fl_page_get_error (page);

  if (g_error_matches (error, FL_ERROR, FL_ERROR_USB_NOTHING))
    fl_guide_use_cable (self); /* with another one */
  else if (fl_how_exists (error))
    fl_guide_show_how (self, error);
  else
    fl_open_uri (fl_product_get_help_uri (get_product (self)));
}

static void
on_error_action (FlGuide *self, int action, FlPage *page)
{
  FlProduct *product = get_product (self);

  switch (action)
    {
    case FL_ACTION_TURN_ON_BLUETOOTH:
    case FL_ACTION_RESTART_BLUETOOTH:
      repair (self, (FlErrorAction) action);
      return;
    case FL_ACTION_OPEN_SETTINGS:
      fl_open_settings ();
      return;
    case FL_ACTION_SHOW_HOW:
      show_how (self, page);
      return;
    case FL_ACTION_USE_USB:
      fl_guide_use_cable (self);
      return;
    case FL_ACTION_USE_BLUETOOTH:
      fl_guide_use_bluetooth (self);
      return;
    case FL_ACTION_ADD_RULE:
      fl_guide_add_rule (self);
      return;
    case FL_ACTION_CHECK_COMPUTER:
      fl_guide_show_doctor (self);
      return;
    case FL_ACTION_SAVE_REPORT:
      fl_guide_show_report (self);
      return;
    case FL_ACTION_CONTACT:
      fl_open_uri (fl_product_get_contact_uri (product));
      return;
    default:
      break;
    }

  if (page == FL_PAGE (self->find_page))
    repair (self, (FlErrorAction) action);
  else if (self->setup != NULL)
    act (self, (FlErrorAction) action, page);
}

/* This page knows itself what its finders say. */
static void
on_find_error (FlGuide *self)
{
  FlPage *page = FL_PAGE (self->find_page);

  fl_page_set_actions (page, find_actions (self, page, fl_page_get_error (page)));
}

void
fl_guide_connect_errors (FlGuide *self, FlPage *page)
{
  g_signal_connect_object (page, "error-action", G_CALLBACK (on_error_action), self,
                           G_CONNECT_SWAPPED);
  if (page == FL_PAGE (self->find_page))
    {
      g_signal_connect_object (page, "notify::error", G_CALLBACK (on_find_error), self,
                               G_CONNECT_SWAPPED);
      on_find_error (self);
    }
}

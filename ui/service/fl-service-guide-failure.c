/* SPDX-License-Identifier: Apache-2.0 */
/* A network that could not be joined: where that is told, what stays, and what its buttons do. */
#define G_LOG_DOMAIN "fl-service-guide-failure"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-guide-private.h"

static guint64
find_actions (FlServiceGuide *self, const GError *error)
{
  guint64 actions = fl_action_bit (FL_ACTION_TRY_AGAIN) | fl_action_bit (FL_ACTION_RECONNECT) |
                    fl_action_bit (FL_ACTION_SEARCH_AGAIN) | fl_action_bit (FL_ACTION_WAIT) |
                    fl_action_bit (FL_ACTION_CANCEL) | fl_action_bit (FL_ACTION_SAVE_REPORT);

  if (self->tried == NULL)
    actions |= fl_action_bit (FL_ACTION_CHOOSE_ANOTHER) | fl_action_bit (FL_ACTION_CHECK_PASSWORD);
  if (fl_service_guide_can (self, FL_CAN_LIST_KNOWN | FL_CAN_REMOVE_KNOWN))
    actions |= fl_action_bit (FL_ACTION_REPLACE_NETWORK);
  return actions;
}

static gboolean
has_login (FlServiceGuide *self)
{
  return self->credentials != NULL &&
         fl_credentials_get_security (self->credentials) == FL_SECURITY_ENTERPRISE;
}

FlPage *
fl_service_guide_get_typing_page (FlServiceGuide *self)
{
  return has_login (self) ? FL_PAGE (self->enterprise_page) : FL_PAGE (self->password_page);
}

static void
focus_typed (FlServiceGuide *self)
{
  if (has_login (self))
    fl_enterprise_page_focus_login (self->enterprise_page);
  else
    fl_password_page_focus_password (self->password_page);
}

/* Where the person acts next: on what was typed when that may be wrong, else where it went. */
static FlPage *
find_page (FlServiceGuide *self, const GError *error)
{
  gboolean typed = g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_PASSWORD) ||
                   g_error_matches (error, FL_ERROR, FL_ERROR_LOGIN_REJECTED) ||
                   g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_UNCLEAR);

  if (self->tried == NULL && (typed || !self->joining))
    return fl_service_guide_get_typing_page (self);
  return FL_PAGE (self->connecting_page);
}

/* What the device has now, as it was read after the failure; (nullable): nothing to say. */
static const char *
get_what_stays (FlServiceGuide *self)
{
  guint n = g_list_model_get_n_items (fl_visit_get_known (self->visit));

  if (self->n_before == 0)
    return NULL;
  if (fl_visit_get_status (self->visit, FL_VISIT_NETWORKS) != FL_BLOCK_READY)
    return self->replaced != NULL ? NULL : _ ("Nothing was removed from the device.");
  if (n < self->n_before)
    return _ ("The device has one network less than before: it was full.");
  return _ ("The device still has the networks that it had.");
}

static void
mark_failure (FlServiceGuide *self, FlPage *page, const GError *error)
{
  const char *note = get_what_stays (self);

  fl_connecting_page_set_stage (self->connecting_page, self->stage, TRUE);
  fl_page_set_subtitle (page, note);
  fl_page_set_actions (page, find_actions (self, error));
  fl_page_set_error (page, error);
}

void
fl_service_guide_show_failure (FlServiceGuide *self, const GError *error)
{
  FlPage *page = find_page (self, error);

  self->joining = FALSE;
  fl_page_set_busy (FL_PAGE (self->password_page), FALSE);
  if (g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED))
    {
      fl_service_guide_back_to_device (self, error->message);
      return;
    }

  mark_failure (self, page, error);
  fl_service_guide_show (self, page);
  if (page == fl_service_guide_get_typing_page (self))
    focus_typed (self);
  else
    fl_page_focus_error (page);
}

static void
again (FlServiceGuide *self)
{
  if (self->tried != NULL)
    fl_service_guide_do (self, FL_WISH_TRY, self->wish_network);
  else
    fl_service_guide_join (self);
}

static void
on_error_action (FlServiceGuide *self, int action)
{
  switch (action)
    {
    case FL_ACTION_TRY_AGAIN:
    case FL_ACTION_RECONNECT:
    case FL_ACTION_SEARCH_AGAIN:
    case FL_ACTION_WAIT:
      again (self);
      break;
    case FL_ACTION_CHOOSE_ANOTHER:
      fl_service_guide_show (self, self->network_page);
      break;
    case FL_ACTION_CHECK_PASSWORD:
      fl_service_guide_show (self, fl_service_guide_get_typing_page (self));
      focus_typed (self);
      break;
    case FL_ACTION_REPLACE_NETWORK:
      fl_service_guide_ask_replace (self);
      break;
    case FL_ACTION_CANCEL:
      fl_service_guide_back_to_device (self, NULL);
      break;
    case FL_ACTION_SAVE_REPORT:
      fl_service_guide_show_report (self);
      break;
    default: /* the rest never gets a button: find_actions() */
      break;
    }
}

void
fl_service_guide_connect_failure (FlServiceGuide *self)
{
  fl_service_guide_listen (self, self->connecting_page, "error-action",
                           G_CALLBACK (on_error_action));
  fl_service_guide_listen (self, self->password_page, "error-action", G_CALLBACK (on_error_action));
  fl_service_guide_listen (self, self->enterprise_page, "error-action",
                           G_CALLBACK (on_error_action));
}

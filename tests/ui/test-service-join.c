/* SPDX-License-Identifier: Apache-2.0 */
/* The safe order: a new network is added and proven, and only then old ones go. */
#include "config.h"

#include <string.h>

#include "service-fixture.h"

static const char two_networks[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nbluetooth=no\nmode=running\nknown=Home\n"
    "[Network Home]\npassword=lighthouse7\nrssi=-50\n"
    "[Network Shed]\npassword=barnacle99\nrssi=-60\n";

static const char full[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nbluetooth=no\nknown=O 1;O 2;O 3;O 4;O 5;O 6;O 7;O 8;O 9;O 10\n"
    "[Network Shed]\npassword=barnacle99\nrssi=-60\n"
    "[Network O]\ncount=10\npassword=somewhere else\nrssi=-99\n";

static FlNetwork *
find_network (GListModel *networks, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i);

      if (g_str_equal (fl_network_get_name (network), name))
        return network; /* the model keeps it */
    }
  return NULL;
}

static gboolean
knows (FlVisit *visit, const char *name)
{
  return find_network (fl_visit_get_known (visit), name) != NULL;
}

static void
choose (ServiceFixture *f, const char *name)
{
  GListModel *seen = fl_setup_get_networks (fl_visit_get_setup (f->guide->visit));

  service_fixture_wait_page (f, f->guide->network_page);
  while (find_network (seen, name) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (f->guide->network_page, "chosen", find_network (seen, name));
  service_fixture_wait_page (f, f->guide->password_page);
}

static void
type_password (ServiceFixture *f, const char *password)
{
  GtkWidget *entry = ui_find (GTK_WIDGET (f->guide->password_page), GTK_TYPE_PASSWORD_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), password);
  g_assert_true (fl_page_get_complete (FL_PAGE (f->guide->password_page)));
  fl_page_activate (FL_PAGE (f->guide->password_page));
}

static void
wait_error (FlPage *page)
{
  while (fl_page_get_error (page) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
check_of (ServiceFixture *f)
{
  return ui_find (GTK_WIDGET (f->guide->old_page), GTK_TYPE_CHECK_BUTTON, NULL);
}

static void
test_join_add_then_old_may_go (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  fl_service_guide_do (f->guide, FL_WISH_ADD, NULL);
  choose (f, "Shed");
  type_password (f, "barnacle99");
  service_fixture_wait_page (f, f->guide->connecting_page);
  service_fixture_wait_page (f, f->guide->old_page);
  g_assert_true (knows (visit, "Home") && knows (visit, "Shed")); /* nothing went by itself */
  g_assert_null (f->toast);                                       /* it would cover the button */
  g_assert_false (fl_page_get_complete (FL_PAGE (f->guide->old_page)));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check_of (f)), TRUE);
  fl_page_activate (FL_PAGE (f->guide->old_page));
  service_fixture_wait_page (f, f->guide->device_page);
  service_fixture_wait_idle (f);
  g_assert_false (knows (visit, "Home"));
  g_assert_true (knows (visit, "Shed"));
}

static void
test_join_add_keeps_all (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  fl_service_guide_do (f->guide, FL_WISH_ADD, NULL);
  choose (f, "Shed");
  type_password (f, "barnacle99");
  service_fixture_wait_page (f, f->guide->old_page);
  fl_page_cancel (FL_PAGE (f->guide->old_page));
  service_fixture_wait_page (f, f->guide->device_page);
  g_assert_true (knows (visit, "Home") && knows (visit, "Shed"));
}

/* The row's title names the box; a label of its own would be read besides. */
static void
test_join_old_are_named_once (ServiceFixture *f, gconstpointer unused)
{
  GtkAccessible *check = NULL;

  service_fixture_open (f, "AB12CD");
  fl_service_guide_do (f->guide, FL_WISH_ADD, NULL);
  choose (f, "Shed");
  type_password (f, "barnacle99");
  service_fixture_wait_page (f, f->guide->old_page);
  check = GTK_ACCESSIBLE (check_of (f));
  g_assert_true (gtk_test_accessible_has_relation (check, GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_assert_false (gtk_test_accessible_has_property (check, GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static void
test_join_wrong_password_keeps_old (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");
  FlPage *page = FL_PAGE (f->guide->password_page);

  fl_service_guide_do (f->guide, FL_WISH_ADD, NULL);
  choose (f, "Shed");
  type_password (f, "wrong horse");
  wait_error (page);
  service_fixture_wait_page (f, page);
  g_assert_cmpstr (fl_page_get_subtitle (page), ==,
                   "The device still has the networks that it had.");
  g_assert_true (knows (visit, "Home"));

  type_password (f, "barnacle99"); /* one more try is enough */
  service_fixture_wait_page (f, f->guide->old_page);
  g_assert_null (fl_page_get_error (page));
}

static void
test_join_replace_is_proven_first (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  fl_service_guide_do (f->guide, FL_WISH_REPLACE,
                       find_network (fl_visit_get_known (visit), "Home"));
  choose (f, "Shed");
  type_password (f, "wrong horse");
  wait_error (FL_PAGE (f->guide->password_page));
  g_assert_true (knows (visit, "Home"));
  type_password (f, "barnacle99");
  service_fixture_wait_page (f, f->guide->device_page);
  g_assert_nonnull (strstr (f->toast, "The old network was removed."));
  g_assert_false (knows (visit, "Home"));
}

static void
test_join_saves_without_testing (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");
  GtkWidget *name;

  fl_service_guide_do (f->guide, FL_WISH_ADD, NULL);
  service_fixture_wait_page (f, f->guide->network_page);
  g_signal_emit_by_name (f->guide->network_page, "other-network");
  service_fixture_wait_page (f, f->guide->password_page);
  name = ui_find (GTK_WIDGET (f->guide->password_page), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (name), "Far Away");
  fl_save_switch_set_active (f->guide->save_switch, TRUE);
  service_fixture_settle (f);
  g_assert_cmpstr (fl_page_get_action_label (FL_PAGE (f->guide->password_page)), ==, "_Save");
  g_assert_true (service_fixture_says (f, "a wrong password shows only"));
  type_password (f, "nobody knows");
  service_fixture_wait_page (f, f->guide->device_page);
  g_assert_nonnull (strstr (f->toast, "It was not tested."));
  g_assert_true (knows (visit, "Far Away") && knows (visit, "Home"));
}

static void
test_join_try_stored (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  fl_service_guide_do (f->guide, FL_WISH_TRY, find_network (fl_visit_get_known (visit), "Home"));
  service_fixture_wait_page (f, f->guide->connecting_page);
  service_fixture_wait_page (f, f->guide->device_page);
  g_assert_nonnull (strstr (f->toast, "The device is online with"));
}

static void
test_join_cancel_keeps (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  fl_service_guide_do (f->guide, FL_WISH_ADD, NULL);
  choose (f, "Shed");
  type_password (f, "barnacle99");
  service_fixture_wait_page (f, f->guide->connecting_page);
  fl_page_cancel (FL_PAGE (f->guide->connecting_page));
  service_fixture_confirm (f, "_Cancel It");
  service_fixture_wait_page (f, f->guide->device_page);
  g_assert_nonnull (strstr (f->toast, "Cancelled."));
  g_assert_true (knows (visit, "Home"));
}

static void
test_join_full_names_what_goes (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  fl_service_guide_do (f->guide, FL_WISH_ADD, NULL);
  choose (f, "Shed");
  type_password (f, "barnacle99");
  wait_error (FL_PAGE (f->guide->connecting_page));
  g_assert_error (fl_page_get_error (FL_PAGE (f->guide->connecting_page)), FL_ERROR,
                  FL_ERROR_NETWORKS_FULL);
  g_signal_emit_by_name (f->guide->connecting_page, "error-action", FL_ACTION_REPLACE_NETWORK);
  service_fixture_wait_page (f, f->guide->replace_page);
  g_signal_emit_by_name (f->guide->replace_page, "chosen",
                         find_network (fl_visit_get_known (visit), "O 3"));
  g_assert_true (knows (visit, "O 3"));
  service_fixture_confirm (f, "_Remove");
  service_fixture_wait_page (f, f->guide->old_page);
  g_assert_true (knows (visit, "Shed"));
  g_assert_false (knows (visit, "O 3"));
  g_assert_true (knows (visit, "O 10"));
}

static void
add (const char *path, const char *scenario, void (*test) (ServiceFixture *, gconstpointer))
{
  g_test_add (path, ServiceFixture, scenario, service_fixture_set_up, test,
              service_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    {
      g_test_skip ("no display");
      return 0;
    }

  add ("/service/join/add/then-old-ones-may-go", two_networks, test_join_add_then_old_may_go);
  add ("/service/join/add/all-may-stay", two_networks, test_join_add_keeps_all);
  add ("/service/join/add/old-ones-are-named-once", two_networks, test_join_old_are_named_once);
  add ("/service/join/wrong-password/keeps-the-old-network", two_networks,
       test_join_wrong_password_keeps_old);
  add ("/service/join/replace/proven-first", two_networks, test_join_replace_is_proven_first);
  add ("/service/join/save/without-testing", two_networks, test_join_saves_without_testing);
  add ("/service/join/try/stored-network", two_networks, test_join_try_stored);
  add ("/service/join/cancel/keeps-what-it-has", two_networks, test_join_cancel_keeps);
  add ("/service/join/full/names-what-goes", full, test_join_full_names_what_goes);
  return g_test_run ();
}

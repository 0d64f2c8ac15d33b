/* SPDX-License-Identifier: Apache-2.0 */
/* The chain from a device to its service: each way in which it can break is named, with who has to
 * act and how sure that is. */
#include "config.h"

#include "fl-check.h"
#include "visitor.h"

#include <string.h>

/* One device's situation: what a healthy one has is left out. */
typedef struct
{
  const char *name;
  FlErrorCode error;
  gboolean silent; /* no state */
  FlDeviceMode mode;
  gboolean is_protected, hides_wifi, broken_module;
  gboolean radio_off, no_link;
  int rssi_dbm;
  const char *address; /* "-": none */
  FlCloudState cloud;  /* 0: connected */
  gboolean was_connecting;
  const char *known;   /* (nullable) "Home"; "": none; NULL: Home */
  const char *heard;   /* "-": not looked; "": nothing; NULL: Home */
  FlSecurity security; /* of what is heard */
  int channel, heard_dbm;
  int computer; /* 1: on line, -1: not, 0: not known */
  FlCapabilities can;

  const char *link; /* (nullable) the break's identifier */
  FlVerdict verdict;
  const char *id; /* (nullable) of its error */
  FlBlame blame;
  gboolean sure;
} Case;

#define DEVICE  FL_BLAME_DEVICE
#define NETWORK FL_BLAME_NETWORK
#define PC      FL_BLAME_COMPUTER
#define BROKEN  FL_VERDICT_BROKEN
#define DOUBT   FL_VERDICT_DOUBTFUL
#define BREAK(link_, verdict_, id_, blame_, sure_)                                                 \
  .link = link_, .verdict = verdict_, .id = id_, .blame = blame_, .sure = sure_

static const Case cases[] = {
  { "all-well" },
  { "all-well/weak-but-on-line", .rssi_dbm = -88 },
  { "all-well/old-error-does-not-count", .error = FL_ERROR_WRONG_PASSWORD },
  { "device/update-mode", .error = FL_ERROR_UPDATE_MODE, .silent = TRUE,
    BREAK ("device", BROKEN, "E27", DEVICE, TRUE) },
  { "device/update-mode-seen", .mode = FL_MODE_UPDATE,
    BREAK ("device", BROKEN, "E27", DEVICE, TRUE) },
  { "device/safe-mode", .mode = FL_MODE_SAFE, BREAK ("device", DOUBT, "E27", DEVICE, FALSE) },
  { "device/safe-mode-broken-module", .mode = FL_MODE_SAFE, .broken_module = TRUE,
    BREAK ("device", BROKEN, "E27", DEVICE, TRUE) },
  { "device/protected", .is_protected = TRUE, .hides_wifi = TRUE,
    BREAK ("device", BROKEN, "E28", DEVICE, TRUE) },
  { "device/protected-by-error", .error = FL_ERROR_PROTECTED, .silent = TRUE,
    BREAK ("device", BROKEN, "E28", DEVICE, TRUE) },
  { "device/silent", .error = FL_ERROR_DEVICE_SILENT, .silent = TRUE,
    BREAK ("device", BROKEN, "E23", DEVICE, FALSE) },
  { "device/not-found", .error = FL_ERROR_DEVICE_NOT_FOUND, .silent = TRUE,
    BREAK ("device", BROKEN, "E19", DEVICE, FALSE) },
  { "device/busy", .error = FL_ERROR_DEVICE_BUSY, .silent = TRUE,
    BREAK ("device", BROKEN, "E30", DEVICE, FALSE) },
  { "device/computer-may-not", .error = FL_ERROR_USB_ACCESS, .silent = TRUE,
    BREAK ("device", BROKEN, "E08", PC, TRUE) },
  { "device/computer-bluetooth-off", .error = FL_ERROR_BLUETOOTH_OFF, .silent = TRUE,
    BREAK ("device", BROKEN, "E02", PC, TRUE) },
  { "device/no-code", .error = FL_ERROR_WRONG_SECRET, .silent = TRUE,
    BREAK ("device", BROKEN, "E22", PC, TRUE) },
  { "radio/off", .radio_off = TRUE, .no_link = TRUE, .heard = "-",
    BREAK ("radio", BROKEN, NULL, DEVICE, TRUE) },
  { "radio/nothing-stored", .no_link = TRUE, .known = "",
    BREAK ("radio", BROKEN, NULL, DEVICE, TRUE) },
  { "radio/hears-nothing", .no_link = TRUE, .heard = "",
    BREAK ("radio", BROKEN, "E31", DEVICE, FALSE) },
  { "radio/does-not-hear-it", .no_link = TRUE, .heard = "Neighbour",
    BREAK ("radio", BROKEN, "E32c", NETWORK, FALSE) },
  { "radio/weak", .no_link = TRUE, .heard_dbm = -84,
    BREAK ("radio", DOUBT, "E36", NETWORK, FALSE) },
  { "radio/weak-on-the-network", .rssi_dbm = -84, .cloud = FL_CLOUD_DISCONNECTED,
    BREAK ("radio", DOUBT, "E36", NETWORK, FALSE) },
  { "radio/5-ghz-only", .no_link = TRUE, .channel = 36, .can = FL_CAN_SCAN | FL_CAN_WPA3,
    BREAK ("radio", BROKEN, "E32a", NETWORK, TRUE) },
  { "join/enterprise", .no_link = TRUE, .security = FL_SECURITY_ENTERPRISE, .can = FL_CAN_SCAN,
    BREAK ("join", BROKEN, "E33", NETWORK, TRUE) },
  { "join/wpa3", .no_link = TRUE, .security = FL_SECURITY_WPA3, .can = FL_CAN_SCAN,
    BREAK ("join", BROKEN, "E32b", NETWORK, FALSE) },
  { "join/wrong-password", .error = FL_ERROR_WRONG_PASSWORD, .no_link = TRUE,
    BREAK ("join", BROKEN, "E34", DEVICE, TRUE) },
  { "join/refused", .error = FL_ERROR_JOIN_REFUSED, .no_link = TRUE,
    BREAK ("join", BROKEN, "E37", NETWORK, FALSE) },
  { "join/too-new", .error = FL_ERROR_JOIN_SECURITY, .no_link = TRUE,
    BREAK ("join", BROKEN, "E38", NETWORK, FALSE) },
  { "join/no-answer", .error = FL_ERROR_JOIN_TIMEOUT, .no_link = TRUE,
    BREAK ("join", BROKEN, "E39", NETWORK, FALSE) },
  { "join/unclear", .no_link = TRUE, BREAK ("join", DOUBT, "E35", DEVICE, FALSE) },
  { "join/listening", .no_link = TRUE, .mode = FL_MODE_LISTENING,
    BREAK ("join", DOUBT, NULL, DEVICE, FALSE) },
  { "address/none", .address = "-", .cloud = FL_CLOUD_DISCONNECTED,
    BREAK ("address", BROKEN, "E40", NETWORK, TRUE) },
  { "address/self-made", .address = "169.254.3.4", .cloud = FL_CLOUD_DISCONNECTED,
    BREAK ("address", BROKEN, "E40", NETWORK, TRUE) },
  { "name/computer-has-no-way-out-either", .cloud = FL_CLOUD_CONNECTING, .computer = -1,
    BREAK ("name-look-up", DOUBT, "E41", NETWORK, FALSE) },
  { "name/sign-in", .error = FL_ERROR_NO_INTERNET, .cloud = FL_CLOUD_DISCONNECTED,
    BREAK ("name-look-up", BROKEN, "E41", NETWORK, FALSE) },
  { "service/blocked", .cloud = FL_CLOUD_DISCONNECTED, .was_connecting = TRUE, .computer = 1,
    BREAK ("service", BROKEN, "E42", NETWORK, FALSE) },
  { "service/in-vain", .cloud = FL_CLOUD_CONNECTING,
    BREAK ("service", BROKEN, "E42", NETWORK, FALSE) },
  { "service/keys", .error = FL_ERROR_CLOUD_REJECTED, .cloud = FL_CLOUD_CONNECTING,
    BREAK ("service", BROKEN, "E43", DEVICE, TRUE) },
  { "service/not-tried", .cloud = FL_CLOUD_DISCONNECTED,
    BREAK ("service", DOUBT, "E44", DEVICE, FALSE) },
};

static GListModel *
list_networks (const char *name, FlSecurity security, int channel, int dbm)
{
  GListStore *store = g_list_store_new (FL_TYPE_NETWORK);

  if (*name != '\0')
    {
      g_autoptr (GBytes) ssid = visitor_ssid (name);
      g_autoptr (FlNetwork) network = fl_network_new (ssid, security, channel, dbm);

      g_list_store_append (store, network);
    }
  return G_LIST_MODEL (store);
}

static FlDeviceState *
new_state (const Case *c)
{
  const char *address = c->address != NULL ? c->address : "192.168.1.10";
  const char *addresses[] = { address, NULL };
  FlDeviceState *state = fl_device_state_new ();

  state->mode = c->mode != FL_MODE_UNKNOWN ? c->mode : FL_MODE_RUNNING;
  state->wifi_known = !c->hides_wifi;
  state->wifi_up = !c->radio_off;
  state->wifi_link = !c->no_link;
  state->rssi_dbm = c->rssi_dbm;
  if (!c->no_link && *address != '-')
    {
      state->addresses = g_strdupv ((char **) addresses);
      state->has_ipv4 = TRUE;
    }
  state->cloud = c->cloud != FL_CLOUD_UNKNOWN ? c->cloud
                 : c->no_link                 ? FL_CLOUD_DISCONNECTED
                                              : FL_CLOUD_CONNECTED;
  return state;
}

static GPtrArray *
new_modules (const Case *c)
{
  GPtrArray *modules = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_module_free);
  FlModule *module = fl_module_new ();

  module->kind = FL_MODULE_SYSTEM_PART;
  module->checked = TRUE;
  module->is_sound = TRUE;
  module->dependencies_met = !c->broken_module;
  g_ptr_array_add (modules, module);
  return modules;
}

static void
assert_chain (const Case *c, GPtrArray *findings)
{
  static const char *const ids[] = {
    "device", "radio", "join", "address", "name-look-up", "service"
  };
  FlFinding *first = fl_check_get_break (findings);
  gboolean is_after = FALSE;

  g_assert_cmpuint (findings->len, ==, FL_CHECK_N_LINKS);
  for (guint i = 0; i < findings->len; i++)
    {
      FlFinding *finding = findings->pdata[i];

      g_assert_cmpstr (fl_finding_get_id (finding), ==, ids[i]);
      g_assert_cmpuint (strlen (fl_finding_get_title (finding)), >, 0);
      g_assert_true (g_str_has_suffix (fl_finding_get_sentence (finding), "."));
      g_assert_null (strstr (fl_finding_get_sentence (finding), "%"));
      if (is_after)
        g_assert_cmpint (fl_finding_get_verdict (finding), ==, FL_VERDICT_UNKNOWN);
      if (fl_finding_get_verdict (finding) == FL_VERDICT_GOOD)
        g_assert_cmpint (fl_finding_get_blame (finding), ==, FL_BLAME_NOBODY);
      is_after = is_after || finding == first;
    }
  if (c->link == NULL)
    {
      g_assert_null (first);
      return;
    }
  g_assert_nonnull (first);
  g_assert_cmpstr (fl_finding_get_id (first), ==, c->link);
  g_assert_cmpint (fl_finding_get_verdict (first), ==, c->verdict);
  g_assert_cmpint (fl_finding_get_blame (first), ==, c->blame);
  g_assert_cmpint (fl_finding_get_sure (first), ==, c->sure);
  if (c->id == NULL)
    g_assert_null (fl_finding_get_error (first));
  else
    g_assert_cmpstr (fl_error_get_id (fl_finding_get_error (first)), ==, c->id);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  const char *heard = c->heard != NULL ? c->heard : "Home";
  g_autoptr (GError) error =
      c->error != 0 ? g_error_new_literal (FL_ERROR, (int) c->error, "It") : NULL;
  g_autoptr (FlDeviceInfo) info = fl_device_info_new ();
  g_autoptr (FlDeviceState) state = c->silent ? NULL : new_state (c);
  g_autoptr (GListModel) known =
      list_networks (c->known != NULL ? c->known : "Home", FL_SECURITY_WPA2, 0, 0);
  g_autoptr (GListModel) networks =
      list_networks (heard, c->security != 0 ? c->security : FL_SECURITY_WPA2,
                     c->channel != 0 ? c->channel : 6, c->heard_dbm != 0 ? c->heard_dbm : -50);
  g_autoptr (GPtrArray) modules = new_modules (c);
  g_autoptr (GPtrArray) findings = NULL;
  FlCheckFacts facts = {
    .error = error,
    .info = c->silent ? NULL : info,
    .state = state,
    .known = c->silent ? NULL : known,
    .networks = *heard == '-' || c->silent ? NULL : networks,
    .was_connecting = c->was_connecting,
    .computer_online = c->computer > 0,
    .computer_online_known = c->computer != 0,
    .modules = modules,
    .can = c->can,
  };

  info->is_protected = c->is_protected;
  findings = fl_check_judge (&facts);
  assert_chain (c, findings);
}

/* Nothing is known: nothing is claimed. */
static void
test_nothing_known (void)
{
  FlCheckFacts facts = { 0 };
  g_autoptr (GPtrArray) findings = fl_check_judge (&facts);

  g_assert_cmpuint (findings->len, ==, FL_CHECK_N_LINKS);
  g_assert_null (fl_check_get_break (findings));
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpint (fl_finding_get_verdict (findings->pdata[i]), ==, FL_VERDICT_UNKNOWN);
}

/* This computer's way to the internet, as the test has it. */
typedef struct
{
  GObject parent_instance;

  GNetworkConnectivity connectivity;
} Monitor;

typedef struct
{
  GObjectClass parent_class;
} MonitorClass;

enum
{
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY
};

static void monitor_initable_init (GInitableIface *iface);
GType monitor_get_type (void);
G_DEFINE_TYPE_WITH_CODE (Monitor,
                         monitor,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, monitor_initable_init)
                             G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, NULL))

static gboolean
monitor_initable_start (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
monitor_initable_init (GInitableIface *iface)
{
  iface->init = monitor_initable_start;
}

static void
monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  Monitor *self = (Monitor *) object;

  if (id == PROP_CONNECTIVITY)
    g_value_set_enum (value, (int) self->connectivity);
  else
    g_value_set_boolean (value, FALSE);
}

static void
monitor_class_init (MonitorClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = monitor_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
monitor_init (Monitor *self)
{
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) data = fl_check_run_finish (result, &error);
  g_assert_no_error (error);
}

static GPtrArray *
run_check (Visitor *visitor, GNetworkMonitor *monitor)
{
  GPtrArray *findings = NULL;
  gint64 end_us = fl_clock_now_us (visitor->journey->clock) + 200 * G_USEC_PER_SEC;

  fl_check_run_with_async (visitor->visit, monitor, NULL, on_checked, &findings);
  while (findings == NULL)
    {
      g_assert_cmpint (fl_clock_now_us (visitor->journey->clock), <, end_us);
      g_main_context_iteration (NULL, TRUE);
    }
  return findings;
}

typedef struct
{
  const char *name;
  const char *device;
  const char *link; /* (nullable) */
  const char *id;   /* (nullable) */
} World;

static const World worlds[] = {
  { "all-well", "usb=yes\nmode=running\nknown=home\n", NULL, NULL },
  { "nothing-stored", "usb=yes\n", "radio", NULL },
  { "out-of-range", "usb=yes\nmode=running\nknown=far\n", "radio", "E32c" },
  { "no-address", "usb=yes\nmode=running\nknown=home\nfaults=no-address\n", "address", "E40" },
  { "no-cloud", "usb=yes\nmode=running\nknown=home\nfaults=no-cloud\n", "service", "E42" },
  { "not-tried", "usb=yes\nmode=running\nknown=home\napplication=manual\n", "service", "E44" },
  { "may-not-be-opened", "usb=yes\nmode=running\nknown=home\nfaults=usb-refused\n", "device",
    "E08" },
  { "locked", "usb=yes\nmode=running\nknown=home\nprotected=yes\n", "device", "E28" },
  { "safe-mode", "usb=yes\nmode=running\nknown=home\nmodules=broken\n", "device", "E27" },
  { "bluetooth", "known=guests\n", "join", NULL },
};

static void
test_world (gconstpointer data)
{
  const World *world = data;
  Visitor *visitor = visitor_new (world->device, "[Network far]\nssid=Far\nsecurity=open\n"
                                                 "rssi=-99\n");
  g_autoptr (GPtrArray) findings = NULL;
  FlFinding *first;

  journey_run_ms (visitor->journey, 20000); /* it has settled */
  findings = run_check (visitor, NULL);
  first = fl_check_get_break (findings);
  if (first != NULL)
    g_test_message ("%s: %s", fl_finding_get_id (first), fl_finding_get_sentence (first));
  g_assert_cmpstr (first != NULL ? fl_finding_get_id (first) : NULL, ==, world->link);
  if (world->id != NULL)
    g_assert_cmpstr (fl_error_get_id (fl_finding_get_error (first)), ==, world->id);
  visitor_free (visitor);
}

/* The other witness decides between the network's way out and what is behind it. */
static void
test_computer (void)
{
  static const struct
  {
    GNetworkConnectivity connectivity;
    const char *link, *id;
  } rows[] = {
    { G_NETWORK_CONNECTIVITY_FULL, "service", "E42" },
    { G_NETWORK_CONNECTIVITY_PORTAL, "name-look-up", "E41" },
    { G_NETWORK_CONNECTIVITY_LIMITED, "name-look-up", "E41" },
    { G_NETWORK_CONNECTIVITY_LOCAL, "service", "E42" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Visitor *visitor = visitor_new ("usb=yes\nmode=running\nknown=home\nfaults=no-cloud\n", NULL);
      g_autoptr (GObject) monitor = g_object_new (monitor_get_type (), NULL);
      g_autoptr (GPtrArray) findings = NULL;
      FlFinding *first;

      ((Monitor *) monitor)->connectivity = rows[i].connectivity;
      journey_run_ms (visitor->journey, 20000);
      findings = run_check (visitor, G_NETWORK_MONITOR (monitor));
      first = fl_check_get_break (findings);
      g_assert_nonnull (first);
      g_assert_cmpstr (fl_finding_get_id (first), ==, rows[i].link);
      g_assert_cmpstr (fl_error_get_id (fl_finding_get_error (first)), ==, rows[i].id);
      g_assert_false (fl_finding_get_sure (first));
      visitor_free (visitor);
    }
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) findings = fl_check_run_finish (result, data);

  g_assert_null (findings);
}

static void
test_cancel (void)
{
  for (guint ms = 0; ms <= 7500; ms += 1500)
    {
      Visitor *visitor = visitor_new ("known=guests\n", NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      fl_check_run_with_async (visitor->visit, NULL, cancellable, on_stopped, &error);
      if (ms > 0)
        journey_run_ms (visitor->journey, ms);
      g_assert_no_error (error);
      g_cancellable_cancel (cancellable);
      journey_run_ms (visitor->journey, 500);
      g_assert_cmpstr (fl_error_get_id (error), ==, "E56");
      visitor_free (visitor);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/judge/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/check/judge/nothing-known", test_nothing_known);
  for (gsize i = 0; i < G_N_ELEMENTS (worlds); i++)
    {
      g_autofree char *path = g_strconcat ("/check/run/", worlds[i].name, NULL);

      g_test_add_data_func (path, &worlds[i], test_world);
    }
  g_test_add_func ("/check/run/computer-is-a-witness", test_computer);
  g_test_add_func ("/check/run/cancelled", test_cancel);
  return g_test_run ();
}

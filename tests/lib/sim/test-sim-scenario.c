/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-error.h"
#include "fl-sim-scenario.h"

#include <string.h>

static const char good[] = "# a comment\n"
                           "[World]\n"
                           "title=A room\n"
                           "seed=7\n"
                           "faults=adapter-off-at=2s\n"
                           "\n"
                           "[Device Kitchen]\n"
                           "platform=photon2\n"
                           "firmware=6.2.0-rc.1\n"
                           "serial=P051AF407AB12CD\n"
                           "secret=ABCDEFGHJKLMNPQ\n"
                           "mode=running\n"
                           "known=Home\n"
                           "scan-time=1.5s\n"
                           "faults=drop-link-at=5 x1; busy=3 ;silent-at=request:506\n"
                           "[Network Home]\n"
                           "ssid=Caf\\xc3\\xa9\\s\n"
                           "password=se\\\\cret12\n"
                           "rssi-at=Kitchen:-80\n"
                           "[Device Many]\n"
                           "count=3\n";

static FlSimScenario *
parse (const char *text, guint64 seed, GError **error)
{
  return fl_sim_scenario_parse (text, strlen (text), "x.scenario", seed, error);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSimScenario) scenario = parse (good, 0, &error);
  const FlSimDeviceSpec *device;
  const FlSimNetworkSpec *network;
  gsize size;

  g_assert_no_error (error);
  g_assert_cmpstr (scenario->title, ==, "A room");
  g_assert_cmpint (scenario->seed, ==, 7);
  g_assert_cmpuint (scenario->faults->len, ==, 1);
  g_assert_cmpuint (scenario->devices->len, ==, 4);

  device = scenario->devices->pdata[0];
  g_assert_cmpstr (device->name, ==, "Kitchen");
  g_assert_cmpint (device->platform, ==, FL_SIM_PHOTON_2);
  g_assert_cmpuint (device->version, ==, FL_SIM_VERSION (6, 2, 0));
  g_assert_cmpstr (device->code, ==, "AB12CD");
  g_assert_cmpint (device->mode, ==, FL_SIM_MODE_RUNNING);
  g_assert_cmpint (device->scan_us, ==, 1500000);
  g_assert_cmpuint (device->faults->len, ==, 3);
  g_assert_cmpuint (g_array_index (device->faults, FlSimFault, 0).times, ==, 1);
  g_assert_cmpint (g_array_index (device->faults, FlSimFault, 0).value, ==, 5);
  g_assert_cmpuint (g_array_index (device->faults, FlSimFault, 1).times, ==, 3);
  g_assert_cmpint (g_array_index (device->faults, FlSimFault, 2).place.type, ==, 506);

  network = scenario->networks->pdata[0];
  g_assert_cmpmem (g_bytes_get_data (network->ssid, &size), 6, "Caf\xc3\xa9 ", 6);
  g_assert_cmpuint (g_bytes_get_size (network->ssid), ==, 6);
  g_assert_cmpstr (fl_secret_get_text (network->password), ==, "se\\cret12");
}

/* Identities are the same in each run and different from each other. */
static void
test_seed (void)
{
  g_autoptr (FlSimScenario) one = parse (good, 0, NULL);
  g_autoptr (FlSimScenario) same = parse (good, 7, NULL);
  g_autoptr (FlSimScenario) other = parse (good, 8, NULL);
  const FlSimDeviceSpec *a = one->devices->pdata[1], *b = same->devices->pdata[1];
  const FlSimDeviceSpec *c = other->devices->pdata[1], *d = one->devices->pdata[2];

  g_assert_cmpstr (a->name, ==, "Many 1");
  g_assert_cmpuint (strlen (a->serial), ==, 15);
  g_assert_cmpuint (strlen (a->device_id), ==, 24);
  g_assert_cmpuint (fl_secret_get_size (a->secret), ==, 15);
  g_assert_cmpstr (a->serial, ==, b->serial);
  g_assert_true (fl_secret_equal (a->secret, b->secret));
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpstr (a->serial, !=, c->serial);
  g_assert_false (fl_secret_equal (a->secret, c->secret));
  g_assert_cmpstr (a->serial, !=, d->serial);
}

static void
test_usb (void)
{
  static const char text[] = "[Device Board]\nusb=later 2s\nmodules=too-new\napp-request=json\n"
                             "[Device Hub]\ncount=2\nusb=yes\nlocation=2-1.4\nbluetooth=no\n"
                             "[Device Photon]\nplatform=photon\nfirmware=1.5.2\nmode=dfu\n"
                             "[Device P2]\nserial=P046AD342AB12CD\n"
                             "[Network Office]\nsecurity=enterprise\naccounts=ann:a:b;bob:c\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSimScenario) scenario = parse (text, 0, &error);
  const FlSimDeviceSpec *devices[5];
  const FlSimNetworkSpec *network;

  g_assert_no_error (error);
  g_assert_cmpuint (scenario->devices->len, ==, G_N_ELEMENTS (devices));
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    devices[i] = scenario->devices->pdata[i];
  g_assert_cmpint (devices[0]->usb_us, ==, 2000000);
  g_assert_cmpstr (devices[0]->location, ==, "1-1");
  g_assert_cmpint (devices[0]->modules, ==, FL_SIM_MODULES_TOO_NEW);
  g_assert_cmpint (devices[0]->app_request, ==, FL_SIM_APP_JSON);
  g_assert_true (devices[0]->has_bluetooth);
  g_assert_cmpint (devices[1]->usb_us, ==, 0);
  g_assert_cmpstr (devices[1]->location, ==, "2-1.4.1");
  g_assert_cmpstr (devices[2]->location, ==, "2-1.4.2");
  g_assert_false (devices[2]->has_bluetooth);
  g_assert_cmpint (devices[3]->mode, ==, FL_SIM_MODE_DFU);
  g_assert_cmpint (devices[3]->usb_us, ==, -1);
  g_assert_false (devices[3]->has_bluetooth);
  g_assert_true (g_str_has_suffix (devices[4]->device_id, "ab12cd"));
  network = scenario->networks->pdata[0];
  g_assert_cmpuint (g_strv_length (network->accounts), ==, 2);
  g_assert_cmpstr (network->accounts[0], ==, "ann:a:b");
}

/* One for each way to be wrong. */
static const struct
{
  const char *text;
  const char *message;
} bad_cases[] = {
  { "[World\n", "x.scenario:1: the group has no closing bracket" },
  { "[Moon]\n", "x.scenario:1: unknown group" },
  { "seed=1\n", "x.scenario:1: the key stands before the first group" },
  { "[World]\nseed\n", "x.scenario:2: neither a group, a key nor a comment" },
  { "[World]\nseed=0\n", "x.scenario:2: the value of “seed” is out of range or of another kind" },
  { "[World]\nseed=1x\n", "x.scenario:2: the value of “seed” is out of range or of another kind" },
  { "[World]\nseed=1\nseed=2\n", "x.scenario:3: the key is there twice" },
  { "[World]\ncolour=1\n", "x.scenario:2: unknown key “colour”" },
  { "[Device ]\n", "x.scenario:1: unknown group" },
  { "[Device a]\n\nplatform=p3\n",
    "x.scenario:3: the value of “platform” is out of range or of another kind" },
  { "[Device a]\nfirmware=six\n", "x.scenario:1: “six” is no version" },
  { "[Device a]\nfirmware=2.0.0\n", "x.scenario:1: P2 has no firmware 2.0.0" },
  { "[Device a]\nserial=short\n", "x.scenario:1: a serial has 15 capital letters and digits" },
  { "[Device a]\nsecret=short\n", "x.scenario:1: a secret has 15 characters" },
  { "[Device a]\nservice=6e400021-b5a3-f393-e0a9-e50e24dcca9e\n",
    "x.scenario:1: service, rx, tx and version come together or not at all" },
  { "[Device a]\nservice=6e40\nrx=x\n",
    "x.scenario:3: the value of “rx” is out of range or of another kind" },
  { "[Device a]\n[Device a]\n", "x.scenario:2: the group is there twice" },
  { "[Device a 1]\n[Device a]\ncount=2\n", "x.scenario:2: two devices are called “a 1”" },
  { "[Device a]\nknown=b\n", "x.scenario:1: “a” knows “b”, which is no network" },
  { "[Device a]\nserial=P051AF407AB12CD\ncount=2\n",
    "x.scenario:1: devices with a count make up their own identities" },
  { "[Device a]\ncount=1001\n",
    "x.scenario:2: the value of “count” is out of range or of another kind" },
  { "[Device a]\ncount=600\n[Device b]\ncount=600\n", "x.scenario:3: more than 1000 devices" },
  { "[Network a]\nsecurity=open\ncount=300\n[Network b]\nsecurity=open\ncount=300\n",
    "x.scenario:4: more than 500 networks" },
  { "[Device a]\nfaults=explode\n", "x.scenario:2: “explode” is not a fault of a device" },
  { "[Device a]\nfaults=busy\n", "x.scenario:2: “busy” is not a fault of a device" },
  { "[Device a]\nfaults=silent-at=lunch\n",
    "x.scenario:2: “silent-at=lunch” is not a fault of a device" },
  { "[Device a]\nfaults=adapter-off-at=1s\n",
    "x.scenario:2: “adapter-off-at=1s” is not a fault of a device" },
  { "[Network a]\nsecurity=open\nssid=\\x00\n",
    "x.scenario:3: the value of “ssid” is out of range or of another kind" },
  { "[Network a]\nsecurity=open\nssid=\\xz0\n",
    "x.scenario:3: the value of “ssid” is out of range or of another kind" },
  { "[Network a]\nsecurity=open\nssid=\n",
    "x.scenario:1: only a hidden network may have an empty name" },
  { "[Network a]\n", "x.scenario:1: a secured network needs a password" },
  { "[Network a]\nsecurity=open\npassword=x\n", "x.scenario:1: an open network has no password" },
  { "[Network a]\nsecurity=open\nrssi-at=b\n", "x.scenario:1: “b” is not DEVICE:DBM" },
  { "[Network a]\nsecurity=open\n[World]\n", "x.scenario:3: this group comes first" },
  { "[Device a]\nusb=maybe\n",
    "x.scenario:2: the value of “usb” is out of range or of another kind" },
  { "[Device a]\nusb=later\n",
    "x.scenario:2: the value of “usb” is out of range or of another kind" },
  { "[Device a]\nlocation=1-2-3\n", "x.scenario:1: a location is a bus and ports: 1-2.3" },
  { "[Device a]\nlocation=1-1.1.1.1.1.1.1.1\n",
    "x.scenario:1: a location is a bus and ports: 1-2.3" },
  { "[Device a]\nusb=yes\n[Device b]\nusb=yes\nlocation=1-1\n",
    "x.scenario:3: two devices are plugged into 1-1" },
  { "[Device a]\nplatform=photon\n", "x.scenario:1: Photon has no firmware 6.2.0" },
  { "[Device a]\nplatform=p1\nfirmware=0.3.4\n", "x.scenario:1: P1 has no firmware 0.3.4" },
  { "[Device a]\nplatform=photon\nfirmware=1.5.2\nmode=provisioning\n",
    "x.scenario:1: Photon has no Bluetooth" },
  { "[Device a]\nfaults=usb-permission\n",
    "x.scenario:2: “usb-permission” is not a fault of a device" },
  { "[Device a]\nfaults=usb-stall\n", "x.scenario:2: “usb-stall” is not a fault of a device" },
  { "[Device a]\nmodules=bad\n",
    "x.scenario:2: the value of “modules” is out of range or of another kind" },
  { "[Network a]\nsecurity=enterprise\naccounts=ann\n",
    "x.scenario:1: “ann” is not NAME:PASSWORD" },
  { "[Network a]\npassword=12345678\naccounts=ann:tide\n",
    "x.scenario:1: only an enterprise network has accounts and a server" },
  { "[World]\n\xff\n", "x.scenario:2: the text is not UTF-8" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlSimScenario) scenario = parse (bad_cases[i].text, 0, &error);

      g_assert_null (scenario);
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      g_assert_cmpstr (error->message, ==, bad_cases[i].message);
    }
}

/* A cut file is refused or read, never more. */
static void
test_cut (void)
{
  for (gsize size = 0; size < sizeof good; size++)
    {
      g_autofree char *copy = g_memdup2 (good, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (FlSimScenario) scenario =
          fl_sim_scenario_parse (copy != NULL ? copy : "", size, "cut", 0, &error);

      g_assert_true ((scenario == NULL) == (error != NULL));
    }
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    gint64 us;
  } cases[] = { { "0", 0 },          { "1us", 1 },          { "30ms", 30000 },
                { "1.5s", 1500000 }, { "2min", 120000000 }, { "1", -1 },
                { "", -1 },          { "-1s", -1 },         { "1h", -1 },
                { "9999min", -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 us = -1;

      g_assert_cmpint (fl_sim_time_parse (cases[i].text, &us), ==, cases[i].us >= 0);
      if (cases[i].us >= 0)
        g_assert_cmpint (us, ==, cases[i].us);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenario/good/every-value-arrives", test_good);
  g_test_add_func ("/scenario/good/cables-and-modules", test_usb);
  g_test_add_func ("/scenario/seed/decides-over-identities", test_seed);
  g_test_add_func ("/scenario/bad/is-refused-with-line-and-reason", test_bad);
  g_test_add_func ("/scenario/cut/is-survived", test_cut);
  g_test_add_func ("/scenario/time/needs-a-unit", test_times);
  return g_test_run ();
}

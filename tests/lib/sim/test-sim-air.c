/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-advert.h"
#include "fl-sim-air.h"

#include <string.h>

static FlSimScenario *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FlSimScenario *scenario = fl_sim_scenario_parse (text, strlen (text), "x", 0, &error);

  g_assert_no_error (error);
  return scenario;
}

/* The example of a P2 with the code AB12CD. */
static void
test_example (void)
{
  static const guint8 advert[] = { 0x02, 0x01, 0x06, 0x0a, 0x09, 0x50, 0x32, 0x2d, 0x41,
                                   0x42, 0x31, 0x32, 0x43, 0x44, 0x0b, 0xff, 0x62, 0x06,
                                   0x20, 0x00, 0x41, 0x42, 0x31, 0x32, 0x43, 0x44 };
  static const guint8 response[] = { 0x11, 0x07, 0xfc, 0x36, 0x6f, 0x54, 0x30, 0x80, 0xf4,
                                     0x94, 0xa8, 0x48, 0x4e, 0x5c, 0x01, 0x00, 0xa9, 0x6f };
  g_autoptr (FlSimScenario) scenario = parse ("[Device a]\nserial=P046AD342AB12CD\n");
  guint8 out[FL_SIM_AIR_SIZE];
  gsize size = fl_sim_air_build_advert (scenario->devices->pdata[0], out);

  g_assert_cmpmem (out, size, advert, sizeof advert);
  size = fl_sim_air_build_response (scenario->devices->pdata[0], out);
  g_assert_cmpmem (out, size, response, sizeof response);
}

/* 32 bytes do not fit: the code loses its last character, the name still tells it. */
static void
test_photon_2 (void)
{
  g_autoptr (FlSimScenario) scenario =
      parse ("[Device a]\nplatform=photon2\nserial=P051AF407AB12CD\n");
  guint8 out[FL_SIM_AIR_SIZE];
  gsize size = fl_sim_air_build_advert (scenario->devices->pdata[0], out);
  FlAdvert advert = FL_ADVERT_INIT;

  g_assert_cmpuint (size, ==, 31);
  g_assert_cmpmem (out + 20, 11,
                   "\x0b\xff\x62\x06\x20\x00"
                   "AB12CD",
                   11);
  fl_advert_parse (&advert, out, size);
  g_assert_cmpstr (advert.name, ==, "Photon 2-AB12CD");
  g_assert_cmpint (advert.company_id, ==, 0x0662);
  g_assert_cmpint (advert.platform_id, ==, 32);
  g_assert_cmpstr (advert.code, ==, "");
}

static void
test_names (void)
{
  static const struct
  {
    const char *keys;
    const char *name;
  } cases[] = {
    { "platform=argon\nfirmware=3.3.0\n", "Argon-AB12CD" },
    { "platform=p2\nfirmware=5.3.1\n", "Pseries-AB12CD" },
    { "platform=p2\nfirmware=5.8.0\n", "P2-AB12CD" },
    { "platform=p2\nfirmware=6.0.0\n", "Pseries-AB12CD" },
    { "platform=p2\nfirmware=6.1.0\n", "P2-AB12CD" },
    { "platform=photon2\nfirmware=5.7.0\n", "Pseries-AB12CD" },
    { "platform=photon2\nfirmware=5.8.2\n", "P2-AB12CD" },
    { "platform=photon2\nfirmware=5.9.0\n", "Photon 2-AB12CD" },
    { "platform=photon2\nfirmware=6.0.0\n", "Pseries-AB12CD" },
    { "platform=photon2\nfirmware=6.1.0\n", "P2-AB12CD" },
    { "platform=photon2\nfirmware=6.2.0\n", "Photon 2-AB12CD" },
    { "platform=m-som\nfirmware=5.7.0\n", "Mseries-AB12CD" },
    { "platform=m-som\nfirmware=6.0.0\n", "Mseries-AB12CD" },
    { "platform=m-som\nfirmware=6.2.0\n", "M-SoM-AB12CD" },
    { "fixed-name=aabbcc\n", "aabbcc" },
    { "name-prefix=Pump\n", "Pump" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("[Device a]\nserial=P051AF407AB12CD\n%s", cases[i].keys);
      g_autoptr (FlSimScenario) scenario = parse (text);
      g_autofree char *name = fl_sim_air_get_name (scenario->devices->pdata[0]);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_custom (void)
{
  g_autoptr (FlSimScenario) scenario =
      parse ("[Device a]\nserial=P046AD342AB12CD\nmode=provisioning\ncompany=0x1234\n"
             "service=6E400021-B5A3-F393-E0A9-E50E24DCCA9E\n"
             "rx=6e400022-b5a3-f393-e0a9-e50e24dcca9e\ntx=6e400023-b5a3-f393-e0a9-e50e24dcca9e\n"
             "version=6e400024-b5a3-f393-e0a9-e50e24dcca9e\nfixed-name=aabbcc\n"
             "[Device b]\nmode=provisioning\nservice=abcd\nrx=abce\ntx=abcf\nversion=abd0\n");
  guint8 out[FL_SIM_AIR_SIZE];
  FlAdvert advert = FL_ADVERT_INIT;
  gsize size = fl_sim_air_build_advert (scenario->devices->pdata[0], out);

  fl_advert_parse (&advert, out, size);
  size = fl_sim_air_build_response (scenario->devices->pdata[0], out);
  fl_advert_parse (&advert, out, size);
  g_assert_cmpint (advert.company_id, ==, 0x1234);
  g_assert_cmpstr (advert.code, ==, "AB12CD");
  g_assert_cmpstr (advert.name, ==, "aabbcc");
  g_assert_true (fl_advert_has_service (&advert, "6e400021-b5a3-f393-e0a9-e50e24dcca9e"));

  size = fl_sim_air_build_response (scenario->devices->pdata[1], out);
  g_assert_cmpmem (out, size, "\x03\x03\xcd\xab", 4);
  fl_advert_parse (&advert, out, size);
  g_assert_true (fl_advert_has_service (&advert, "0000abcd-0000-1000-8000-00805f9b34fb"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/air/p2/as-in-the-example", test_example);
  g_test_add_func ("/air/photon-2/is-cut-at-31-bytes", test_photon_2);
  g_test_add_func ("/air/name/follows-the-firmware", test_names);
  g_test_add_func ("/air/custom/company-service-and-name", test_custom);
  return g_test_run ();
}

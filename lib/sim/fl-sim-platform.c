/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-platform.h"

static const FlSimPlatformInfo platforms[] = {
  [FL_SIM_ARGON] = { "Argon", 12, 3, FALSE, FL_SIM_VERSION (3, 3, 0), 0, "ARNKAB042", "e00fce68",
                     "wl3", 4, "0.0.7", 7 },
  [FL_SIM_P2] = { "P2", 32, 4, TRUE, FL_SIM_VERSION (5, 3, 1), 0, "P046AD342", "0a10aced2021",
                  "wl3", 4, NULL, 1 },
  [FL_SIM_PHOTON_2] = { "Photon 2", 32, 4, TRUE, FL_SIM_VERSION (5, 3, 1), 0, "P051AF407",
                        "0a10aced2021", "wl3", 4, NULL, 1 },
  [FL_SIM_M_SOM] = { "M-SoM", 35, 4, TRUE, FL_SIM_VERSION (5, 5, 0), 0, "P054AG415", "0a10aced2021",
                     "wl4", 5, NULL, 1 },
  [FL_SIM_PHOTON] = { "Photon", 6, 2, FALSE, FL_SIM_VERSION (0, 4, 0), FL_SIM_VERSION (4, 0, 0),
                      "PHHTAB620", "2d003100", NULL, 0, NULL, 0 },
  [FL_SIM_P1] = { "P1", 8, 2, FALSE, FL_SIM_VERSION (0, 4, 0), FL_SIM_VERSION (4, 0, 0),
                  "P1MDAB607", "3e002a00", NULL, 0, NULL, 0 },
};

const FlSimPlatformInfo *
fl_sim_platform_get_info (FlSimPlatform platform)
{
  g_return_val_if_fail (platform < G_N_ELEMENTS (platforms), NULL);

  return &platforms[platform];
}

gboolean
fl_sim_platform_has_bluetooth (const FlSimPlatformInfo *info)
{
  return info->generation >= 3;
}

gboolean
fl_sim_version_parse (const char *text, guint *version)
{
  guint part[3] = { 0 };

  for (guint i = 0; i < 3; i++)
    {
      if (i > 0 && *text++ != '.')
        return FALSE;
      if (!g_ascii_isdigit (*text))
        return FALSE;
      for (; g_ascii_isdigit (*text); text++)
        {
          part[i] = part[i] * 10 + (*text - '0');
          if (part[i] > 255)
            return FALSE;
        }
    }
  *version = FL_SIM_VERSION (part[0], part[1], part[2]);
  return *text == '\0' || (*text == '-' && text[1] != '\0');
}

gboolean
fl_sim_version_has_58 (guint version)
{
  return version >= FL_SIM_VERSION (5, 8, 0) &&
         (version < FL_SIM_VERSION (6, 0, 0) || version >= FL_SIM_VERSION (6, 1, 0));
}

/* From then on the firmware tells P2 and Photon 2 apart. */
static gboolean
has_59 (guint version)
{
  return version >= FL_SIM_VERSION (6, 2, 0) ||
         (version >= FL_SIM_VERSION (5, 9, 0) && version < FL_SIM_VERSION (6, 0, 0));
}

const char *
fl_sim_platform_get_series (FlSimPlatform platform, guint version)
{
  switch (platform)
    {
    case FL_SIM_PHOTON_2:
      if (has_59 (version))
        return "Photon 2";
      G_GNUC_FALLTHROUGH;
    case FL_SIM_P2:
      return fl_sim_version_has_58 (version) ? "P2" : "Pseries";
    case FL_SIM_M_SOM:
      return fl_sim_version_has_58 (version) ? "M-SoM" : "Mseries";
    case FL_SIM_ARGON:
    case FL_SIM_PHOTON: /* these two have no Bluetooth; the name is that of their own network */
    case FL_SIM_P1:
      return platforms[platform].product;
    }
  g_return_val_if_reached ("");
}

const char *
fl_sim_platform_get_usb_product (FlSimPlatform platform, guint version)
{
  if (platform == FL_SIM_PHOTON_2 && !has_59 (version))
    return platforms[FL_SIM_P2].product;
  return fl_sim_platform_get_info (platform)->product;
}

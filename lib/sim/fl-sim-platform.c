/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-platform.h"

static const FlSimPlatformInfo platforms[] = {
  [FL_SIM_ARGON] = { "Argon", 12, FALSE, FALSE, FL_SIM_VERSION (3, 3, 0), "ARNKAB042", "e00fce68",
                     "wl3", 4, "0.0.7", 7 },
  [FL_SIM_P2] = { "P2", 32, TRUE, TRUE, FL_SIM_VERSION (5, 3, 1), "P046AD342", "0a10aced2021",
                  "wl3", 4, NULL, 1 },
  [FL_SIM_PHOTON_2] = { "Photon 2", 32, TRUE, TRUE, FL_SIM_VERSION (5, 3, 1), "P051AF407",
                        "0a10aced2021", "wl3", 4, NULL, 1 },
  [FL_SIM_M_SOM] = { "M-SoM", 35, TRUE, TRUE, FL_SIM_VERSION (5, 5, 0), "P054AG415", "0a10aced2021",
                     "wl4", 5, NULL, 1 },
};

const FlSimPlatformInfo *
fl_sim_platform_get_info (FlSimPlatform platform)
{
  g_return_val_if_fail (platform < G_N_ELEMENTS (platforms), NULL);

  return &platforms[platform];
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

const char *
fl_sim_platform_get_series (FlSimPlatform platform, guint version)
{
  gboolean has_59 = version >= FL_SIM_VERSION (6, 2, 0) ||
                    (version >= FL_SIM_VERSION (5, 9, 0) && version < FL_SIM_VERSION (6, 0, 0));

  switch (platform)
    {
    case FL_SIM_ARGON:
      return "Argon";
    case FL_SIM_PHOTON_2:
      if (has_59)
        return "Photon 2";
      G_GNUC_FALLTHROUGH;
    case FL_SIM_P2:
      return fl_sim_version_has_58 (version) ? "P2" : "Pseries";
    case FL_SIM_M_SOM:
      return fl_sim_version_has_58 (version) ? "M-SoM" : "Mseries";
    }
  g_return_val_if_reached ("");
}

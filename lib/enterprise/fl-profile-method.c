/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-profile-login.h"
#include "fl-profile-text.h"

#include <glib/gi18n-lib.h>

/* IANA, "Extensible Authentication Protocol (EAP) Registry", "Method Types". */
static const struct
{
  gint64 type;
  FlEapMethod method;
} methods[] = {
  { 13, FL_EAP_TLS },  { 17, FL_EAP_LEAP }, { 21, FL_EAP_TTLS },
  { 25, FL_EAP_PEAP }, { 43, FL_EAP_FAST }, { 52, FL_EAP_PWD },
};

static const struct
{
  gint64 type;
  FlEapInner inner;
} inners[] = {
  { 4, FL_EAP_INNER_MD5 },       { 6, FL_EAP_INNER_GTC },
  { 13, FL_EAP_INNER_TLS },      { 26, FL_EAP_INNER_MSCHAPV2 }, /* "EAP MSCHAP-V2" */
  { 29, FL_EAP_INNER_MSCHAPV2 },                                /* "EAP-MSCHAP-V2", Cisco's */
};

static const struct
{
  gint64 type;
  const char *name;
} others[] = {
  { 4, "EAP-MD5" },   { 6, "EAP-GTC" },   { 18, "EAP-SIM" }, { 23, "EAP-AKA" },
  { 26, "MSCHAPv2" }, { 50, "EAP-AKA'" }, { 55, "TEAP" },    { 254, "EAP 254" },
};

gboolean
fl_profile_get_method (gint64 eap_type, FlEapMethod *method)
{
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (methods[i].type == eap_type)
      {
        *method = methods[i].method;
        return TRUE;
      }
  return FALSE;
}

gboolean
fl_profile_get_inner (gint64 eap_type, FlEapInner *inner)
{
  for (guint i = 0; i < G_N_ELEMENTS (inners); i++)
    if (inners[i].type == eap_type)
      {
        *inner = inners[i].inner;
        return TRUE;
      }
  return FALSE;
}

char *
fl_profile_dup_method_name (gint64 eap_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].type == eap_type)
      return g_strdup (others[i].name);
  return g_strdup_printf ("EAP %" G_GINT64_FORMAT, eap_type);
}

static gboolean
parse_nick (GType type, const char *text, int *value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  g_autofree char *small = g_ascii_strdown (text, -1);
  const GEnumValue *found = g_enum_get_value_by_nick (class, small);

  if (found == NULL)
    return FALSE;
  *value = found->value;
  return TRUE;
}

gboolean
fl_profile_parse_method (const char *text, FlEapMethod *method)
{
  int value;

  if (!parse_nick (FL_TYPE_EAP_METHOD, text, &value))
    return FALSE;
  *method = (FlEapMethod) value;
  return TRUE;
}

gboolean
fl_profile_parse_inner (const char *text, FlEapInner *inner)
{
  int value;

  if (!parse_nick (FL_TYPE_EAP_INNER, text, &value))
    return FALSE;
  *inner = (FlEapInner) value;
  return TRUE;
}

char *
fl_profile_dup_unknown_method (const char *name)
{
  g_autofree char *line = fl_profile_dup_line (name);

  /* Translators: %s is the name of a way to log in, such as EAP-SIM. */
  return g_strdup_printf (_ ("The login method “%s” of this profile is not known here."),
                          line != NULL ? line : "");
}

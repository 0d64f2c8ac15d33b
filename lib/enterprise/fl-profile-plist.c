/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-profile-plist.h"
#include "fl-profile-text.h"

#include <string.h>

/* plist(5) of macOS, and http://www.apple.com/DTDs/PropertyList-1.0.dtd */
static const char *const kinds[] = { "array", "dict", "string",  "data",  "date",
                                     "true",  "real", "integer", "false", NULL };

static gboolean
is (FlXmlNode *node, const char *kind)
{
  return node != NULL && strcmp (node->name, kind) == 0;
}

gboolean
fl_plist_is_valid (FlXmlNode *root)
{
  gboolean is_dict = is (root, "dict");

  if (!g_strv_contains (kinds, root->name))
    return FALSE;
  if (!is_dict && !is (root, "array"))
    return root->children->len == 0;
  if (is_dict && root->children->len % 2 != 0)
    return FALSE;

  for (guint i = 0; i < root->children->len; i++)
    if (is_dict && i % 2 == 0)
      {
        FlXmlNode *key = root->children->pdata[i];

        if (!is (key, "key") || key->children->len > 0)
          return FALSE;
      }
    else if (!fl_plist_is_valid (root->children->pdata[i]))
      return FALSE;
  return TRUE;
}

FlXmlNode *
fl_plist_lookup (FlXmlNode *dict, const char *key)
{
  if (!is (dict, "dict"))
    return NULL;
  for (guint i = 0; i + 1 < dict->children->len; i += 2)
    {
      FlXmlNode *name = dict->children->pdata[i];

      if (strcmp (name->text, key) == 0)
        return dict->children->pdata[i + 1];
    }
  return NULL;
}

guint
fl_plist_get_length (FlXmlNode *array)
{
  return is (array, "array") ? array->children->len : 0;
}

FlXmlNode *
fl_plist_get_item (FlXmlNode *array, guint index)
{
  return index < fl_plist_get_length (array) ? array->children->pdata[index] : NULL;
}

const char *
fl_plist_node_get_string (FlXmlNode *node)
{
  return is (node, "string") ? node->text : NULL;
}

const char *
fl_plist_get_string (FlXmlNode *dict, const char *key)
{
  return fl_plist_node_get_string (fl_plist_lookup (dict, key));
}

gboolean
fl_plist_get_boolean (FlXmlNode *dict, const char *key)
{
  return is (fl_plist_lookup (dict, key), "true");
}

FlSecret *
fl_plist_dup_data (FlXmlNode *dict, const char *key)
{
  FlXmlNode *node = fl_plist_lookup (dict, key);

  return is (node, "data") ? fl_profile_decode_base64 (node->text, node->text_bytes) : NULL;
}

gint64
fl_plist_get_date (FlXmlNode *dict, const char *key)
{
  FlXmlNode *node = fl_plist_lookup (dict, key);

  return is (node, "date") ? fl_profile_parse_date (node->text) : 0;
}

gboolean
fl_plist_node_get_integer (FlXmlNode *node, gint64 *value)
{
  return is (node, "integer") &&
         g_ascii_string_to_signed (node->text, 10, G_MININT32, G_MAXINT32, value, NULL);
}

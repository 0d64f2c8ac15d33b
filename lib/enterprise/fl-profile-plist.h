/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-profile-xml.h"

G_BEGIN_DECLS

/* Apple's property lists in XML: values are the elements themselves. All functions take NULL and
 * elements of another kind, and then answer NULL, 0 or FALSE. */

/* Whether every "dict" below @root is made of a "key" and a value in turns, and nothing is there
 * that a property list has not. */
gboolean fl_plist_is_valid (FlXmlNode *root);
/* (nullable), borrowed: the value of @key. */
FlXmlNode *fl_plist_lookup (FlXmlNode *dict, const char *key);
guint fl_plist_get_length (FlXmlNode *array);
FlXmlNode *fl_plist_get_item (FlXmlNode *array, guint index);

const char *fl_plist_get_string (FlXmlNode *dict, const char *key); /* (nullable), borrowed */
gboolean fl_plist_get_boolean (FlXmlNode *dict, const char *key);
FlSecret *fl_plist_dup_data (FlXmlNode *dict, const char *key); /* (transfer full) (nullable) */
gint64 fl_plist_get_date (FlXmlNode *dict, const char *key);    /* seconds since 1970; 0: none */
gboolean fl_plist_node_get_integer (FlXmlNode *node, gint64 *value);
const char *fl_plist_node_get_string (FlXmlNode *node); /* (nullable), borrowed */

G_END_DECLS

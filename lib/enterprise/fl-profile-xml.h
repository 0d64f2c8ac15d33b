/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlXmlNode:
 *
 * One element of a parsed XML file. Its texts are wiped when the tree is freed: passwords are among
 * them. Fields are only read outside fl-profile-xml.c.
 */
typedef struct _FlXmlNode FlXmlNode;
struct _FlXmlNode
{
  char *name;       /* without its namespace */
  GStrv attributes; /* name, value, name, value … */
  char *text;       /* never NULL: its own characters, without those of its children */
  gsize text_bytes; /* without the NUL byte; there is none inside */
  gsize room_bytes;
  GPtrArray *children; /* of FlXmlNode */
  FlXmlNode *parent;   /* (nullable), borrowed */
};

/* Pure. Nothing outside @contents is read. A file that declares anything in a document type of its
 * own (entities above all), that refers to an entity other than XML's five, that is nested deeper
 * than 64 or has more than 50000 elements is refused. Errors: FL_ERROR_PROFILE_UNREADABLE, a
 * translated sentence. */
FlXmlNode *fl_xml_parse (FlSecret *contents, GError **error);
void fl_xml_node_free (FlXmlNode *node);

/* All nullable, borrowed. @node may be NULL, too, so that these can be chained. */
FlXmlNode *fl_xml_node_find (FlXmlNode *node, const char *name); /* the first child of that name */
const char *fl_xml_node_get_attribute (FlXmlNode *node, const char *name);
const char *fl_xml_node_get_child_text (FlXmlNode *node, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlXmlNode, fl_xml_node_free)

G_END_DECLS

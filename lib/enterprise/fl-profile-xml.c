/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-profile-xml.h"
#include "fl-profile-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#define MAX_DEPTH        64
#define MAX_NODES        50000
#define MAX_ATTRIBUTES   32
#define MAX_INPUT_BYTES  (16 * 1024 * 1024)
#define FIRST_ROOM_BYTES 64
#define HEAD_BYTES       256 /* the XML declaration ends in these */
#define FIELDS_PER_NS_ATT                                                                          \
  5 /* xmlSAX2StartElementNs: name, prefix, URI, value, end of the value                           \
     */

typedef struct
{
  xmlParserCtxtPtr context;
  FlXmlNode *root;
  FlXmlNode *at; /* the element that is open */
  guint depth;
  guint n_nodes;
  const char *reason; /* (nullable) translated, static: why we stopped it */
  int line;           /* of the first error; 0: none */
} Reader;

void
fl_xml_node_free (FlXmlNode *node)
{
  fl_wipe (node->text, node->room_bytes);
  g_free (node->text);
  g_free (node->name);
  g_strfreev (node->attributes);
  g_ptr_array_unref (node->children);
  g_free (node);
}

static FlXmlNode *
node_new (const char *name, FlXmlNode *parent)
{
  FlXmlNode *node = g_new0 (FlXmlNode, 1);

  node->name = g_strdup (name);
  node->text = g_malloc0 (FIRST_ROOM_BYTES);
  node->room_bytes = FIRST_ROOM_BYTES;
  node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_xml_node_free);
  node->parent = parent;
  return node;
}

/* A GString would leave copies behind when it grows. */
static void
node_append (FlXmlNode *node, const char *text, gsize size_bytes)
{
  if (node->text_bytes + size_bytes + 1 > node->room_bytes)
    {
      gsize room_bytes = 2 * (node->text_bytes + size_bytes + 1);
      char *room = g_malloc0 (room_bytes);

      memcpy (room, node->text, node->text_bytes);
      fl_wipe (node->text, node->room_bytes);
      g_free (node->text);
      node->text = room;
      node->room_bytes = room_bytes;
    }
  memcpy (node->text + node->text_bytes, text, size_bytes);
  node->text_bytes += size_bytes;
}

static void
stop (Reader *self, const char *reason)
{
  if (self->reason == NULL)
    self->reason = reason;
  xmlStopParser (self->context);
}

static GStrv
dup_attributes (int n_attributes, const xmlChar **attributes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < MIN (n_attributes, MAX_ATTRIBUTES); i++)
    {
      const char **field = (const char **) attributes + (gsize) i * FIELDS_PER_NS_ATT;
      g_autofree char *value = g_strndup (field[3], (gsize) (field[4] - field[3]));

      g_auto (GStrv) parts = g_strsplit (value, "&#38;", -1); /* how the parser leaves "&amp;" */
      g_autofree char *plain = g_strjoinv ("&", parts);

      g_strv_builder_add (builder, field[0]);
      g_strv_builder_add (builder, plain);
    }
  return g_strv_builder_end (builder);
}

static void
on_start (void *user_data,
          const xmlChar *name,
          const xmlChar *prefix,
          const xmlChar *uri,
          int n_namespaces,
          const xmlChar **namespaces,
          int n_attributes,
          int n_defaulted,
          const xmlChar **attributes)
{
  Reader *self = user_data;
  FlXmlNode *node;

  if (self->reason != NULL)
    return;
  if (++self->n_nodes > MAX_NODES || ++self->depth > MAX_DEPTH)
    {
      stop (self, _ ("This file is built in a way that no profile is."));
      return;
    }

  node = node_new ((const char *) name, self->at);
  node->attributes = dup_attributes (n_attributes, attributes);
  if (self->at != NULL)
    g_ptr_array_add (self->at->children, node);
  else if (self->root == NULL)
    self->root = node;
  else /* the parser reports two roots as an error, too */
    g_clear_pointer (&node, fl_xml_node_free);
  self->at = node;
}

static void
on_end (void *user_data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Reader *self = user_data;

  if (self->reason != NULL || self->at == NULL)
    return;
  self->at = self->at->parent;
  self->depth--;
}

static void
on_characters (void *user_data, const xmlChar *text, int size_bytes)
{
  Reader *self = user_data;

  if (self->reason == NULL && self->at != NULL && size_bytes > 0)
    node_append (self->at, (const char *) text, (gsize) size_bytes);
}

static void
on_declaration (Reader *self)
{
  stop (self, _ ("This file declares parts of its own, which a profile has no need of. It is not "
                 "read."));
}

static void
on_entity (void *user_data,
           const xmlChar *name,
           int type,
           const xmlChar *public_id,
           const xmlChar *system_id,
           xmlChar *content)
{
  on_declaration (user_data);
}

static void
on_unparsed_entity (void *user_data,
                    const xmlChar *name,
                    const xmlChar *public_id,
                    const xmlChar *system_id,
                    const xmlChar *notation)
{
  on_declaration (user_data);
}

static void
on_notation (void *user_data,
             const xmlChar *name,
             const xmlChar *public_id,
             const xmlChar *system_id)
{
  on_declaration (user_data);
}

static void
on_attribute (void *user_data,
              const xmlChar *element,
              const xmlChar *name,
              int type,
              int default_type,
              const xmlChar *default_value,
              xmlEnumerationPtr tree)
{
  xmlFreeEnumeration (tree);
  on_declaration (user_data);
}

static void
on_element (void *user_data, const xmlChar *name, int type, xmlElementContentPtr content)
{
  on_declaration (user_data);
}

static void
on_reference (void *user_data, const xmlChar *name)
{
  on_declaration (user_data);
}

static xmlParserInputPtr
on_resolve (void *user_data, const xmlChar *public_id, const xmlChar *system_id)
{
  return NULL; /* nothing outside of the file is read */
}

static void
on_error (void *user_data, xmlErrorPtr error)
{
  Reader *self = user_data;

  /* An entity of a document type that we do not load: its text would be missing. */
  if (error->code == XML_WAR_UNDECLARED_ENTITY)
    on_declaration (self);
  else if (error->level >= XML_ERR_ERROR && self->line == 0)
    self->line = MAX (1, error->line);
}

/* Faults of encodings know no parser; libxml2 would print them. */
static void
on_stray_error (void *user_data, xmlErrorPtr error)
{
}

static const xmlSAXHandler handler = {
  .initialized = XML_SAX2_MAGIC,
  .startElementNs = on_start,
  .endElementNs = on_end,
  .characters = on_characters,
  .ignorableWhitespace = on_characters,
  .cdataBlock = on_characters,
  .entityDecl = on_entity,
  .unparsedEntityDecl = on_unparsed_entity,
  .notationDecl = on_notation,
  .attributeDecl = on_attribute,
  .elementDecl = on_element,
  .reference = on_reference,
  .resolveEntity = on_resolve,
  .serror = on_error,
};

/* Whether the file is UTF-8 or says nothing of its encoding, so that it can be read as it lies. */
static gboolean
is_utf8 (FlSecret *contents)
{
  const char *text = fl_secret_get_text (contents);
  g_autofree char *head = g_ascii_strdown (text, HEAD_BYTES); /* up to a NUL */
  char *end = strchr (head, '>');
  const char *encoding;

  if (strlen (text) < fl_secret_get_size (contents) || !g_str_has_prefix (head, "<?xml"))
    return strlen (text) == fl_secret_get_size (contents);
  if (end != NULL)
    *end = '\0';
  encoding = strstr (head, "encoding");
  return encoding == NULL || strstr (encoding, "utf-8") != NULL;
}

/* UTF-8 is read in the secret's own memory. In other encodings the parser keeps a copy. */
static xmlParserInputPtr
new_input (Reader *self, FlSecret *contents)
{
  const char *text = fl_secret_get_text (contents);
  xmlParserInputBufferPtr buffer;
  xmlParserInputPtr input;

  if (is_utf8 (contents))
    return xmlNewStringInputStream (self->context, (const xmlChar *) text);

  buffer = xmlParserInputBufferCreateMem (text, (int) fl_secret_get_size (contents),
                                          XML_CHAR_ENCODING_NONE);
  if (buffer == NULL)
    return NULL;
  input = xmlNewIOInputStream (self->context, buffer, XML_CHAR_ENCODING_NONE);
  if (input == NULL)
    xmlFreeParserInputBuffer (buffer);
  return input;
}

static gboolean
read_document (Reader *self, FlSecret *contents)
{
  xmlParserInputPtr input = new_input (self, contents);

  if (input == NULL)
    return FALSE;
  inputPush (self->context, input);
  xmlCtxtUseOptions (self->context, XML_PARSE_NONET);
  return xmlParseDocument (self->context) == 0 && self->context->wellFormed;
}

FlXmlNode *
fl_xml_parse (FlSecret *contents, GError **error)
{
  const xmlStructuredErrorFunc before = xmlStructuredError; /* of this thread */
  void *const before_data = xmlStructuredErrorContext;
  Reader self = { 0 };
  gboolean is_whole = FALSE;

  g_return_val_if_fail (contents != NULL, NULL);
  g_return_val_if_fail (fl_secret_get_size (contents) <= MAX_INPUT_BYTES, NULL);

  xmlInitParser ();
  xmlSetStructuredErrorFunc (NULL, on_stray_error);
  self.context = xmlNewParserCtxt ();
  if (self.context != NULL)
    {
      *self.context->sax = handler;
      self.context->userData = &self;
      is_whole = read_document (&self, contents);
      g_clear_pointer (&self.context->myDoc, xmlFreeDoc); /* declared entities make one */
      xmlFreeParserCtxt (self.context);
    }
  xmlSetStructuredErrorFunc (before_data, before);
  if (is_whole && self.reason == NULL && self.line == 0 && self.root != NULL)
    return self.root;

  g_clear_pointer (&self.root, fl_xml_node_free);
  if (self.reason != NULL)
    fl_profile_refuse (error, "%s", self.reason);
  else
    fl_profile_refuse (error, _ ("This file is damaged in line %d."), MAX (1, self.line));
  return NULL;
}

FlXmlNode *
fl_xml_node_find (FlXmlNode *node, const char *name)
{
  for (guint i = 0; node != NULL && i < node->children->len; i++)
    {
      FlXmlNode *child = node->children->pdata[i];

      if (strcmp (child->name, name) == 0)
        return child;
    }
  return NULL;
}

const char *
fl_xml_node_get_attribute (FlXmlNode *node, const char *name)
{
  for (guint i = 0; node != NULL && node->attributes != NULL && node->attributes[i] != NULL; i += 2)
    if (strcmp (node->attributes[i], name) == 0)
      return node->attributes[i + 1];
  return NULL;
}

const char *
fl_xml_node_get_child_text (FlXmlNode *node, const char *name)
{
  FlXmlNode *child = fl_xml_node_find (node, name);

  return child != NULL ? child->text : NULL;
}

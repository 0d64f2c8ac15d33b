/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-product-fields.h"
#include "fl-error.h"
#include "fl-key-file.h"

#include <string.h>

#define MAX_FILE_BYTES    (64 * 1024)
#define MAX_TEXT_BYTES    200
#define MAX_REQUEST_BYTES 1024 /* the input pool of a device's Bluetooth channel, PROTOCOL.md */
#define SECRET_SIZE                                                                                \
  15 /* particle-iot/device-os, hal/inc/deviceid_hal.h: HAL_DEVICE_SECRET_SIZE                     \
      */

/* Particle's own service, used in listening mode: particle-iot/device-os,
 * system/src/ble_provisioning_mode_handler.cpp and system/src/ble_control_request_channel.cpp */
#define PARTICLE_UUID(n) "6fa9000" n "-5c4e-48a8-94f4-8030546f36fc"
#define PARTICLE_VERSION 2
#define BLUETOOTH_BASE_UUID_TAIL                                                                   \
  "-0000-1000-8000-00805f9b34fb" /* Core 5.3, vol 3, part B, 2.5.1                                 \
                                  */

/* Reads one value into its field; a text: what is wrong with it. */
typedef const char *(*ReadFunc) (FlProductFields *self, const char *value, gpointer field);

typedef struct
{
  const char *group;
  const char *key;
  ReadFunc read;
  gsize offset; /* of the field, for readers that serve several */
} Schema;

static const char *
read_text (FlProductFields *self, const char *value, gpointer field)
{
  gsize size_bytes = strlen (value);

  if (size_bytes == 0)
    return "the value is empty";
  if (size_bytes > MAX_TEXT_BYTES)
    return "the text is longer than 200 bytes";
  for (const char *c = value; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return "the text has control characters";
  *(char **) field = g_strdup (value);
  return NULL;
}

static const char *
read_id (FlProductFields *self, const char *value, gpointer field)
{
  if (*value == '\0' || value[strspn (value, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
    return "an id has small letters, digits and hyphens only";
  return read_text (self, value, field);
}

static const char *
read_accent (FlProductFields *self, const char *value, gpointer field)
{
  if (value[0] != '#' || strlen (value) != 7 || strspn (value + 1, "0123456789abcdefABCDEF") != 6)
    return "a colour is written #rrggbb";
  *(char **) field = g_ascii_strdown (value, -1);
  return NULL;
}

static const char *
read_logo (FlProductFields *self, const char *value, gpointer field)
{
  g_auto (GStrv) parts = g_strsplit (value, "/", -1);

  if (g_strv_contains ((const char *const *) parts, ".."))
    return "the logo may not lie in a folder above";
  return read_text (self, value, field);
}

/* g_uri_is_valid() lets white space pass. */
static gboolean
is_uri (const char *value)
{
  for (const char *c = value; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return g_uri_is_valid (value, G_URI_FLAGS_NONE, NULL);
}

static gboolean
is_web_link (const char *value)
{
  return g_str_has_prefix (value, "https://") && is_uri (value) &&
         value[strlen ("https://")] != '/' && value[strlen ("https://")] != '\0';
}

static const char *
read_link (FlProductFields *self, const char *value, gpointer field)
{
  if (!is_web_link (value))
    return "a link begins with https://";
  return read_text (self, value, field);
}

static const char *
read_contact (FlProductFields *self, const char *value, gpointer field)
{
  gboolean is_mail =
      g_str_has_prefix (value, "mailto:") && strchr (value, '@') != NULL && is_uri (value);

  if (!is_mail && !is_web_link (value))
    return "a contact begins with https:// or mailto:";
  return read_text (self, value, field);
}

static const char *
read_door (FlProductFields *self, const char *value, gpointer field)
{
  if (!g_str_equal (value, "set-up") && !g_str_equal (value, "service"))
    return "a door is set-up or service";
  return read_text (self, value, field);
}

static const char *
read_families (FlProductFields *self, const char *value, gpointer field)
{
  g_auto (GStrv) families = g_strsplit (value, ",", -1);

  for (guint i = 0; families[i] != NULL; i++)
    {
      const char *family = g_strstrip (families[i]);

      if (*family == '\0' || family[strspn (family, "abcdefghijklmnopqrstuvwxyz-")] != '\0')
        return "families are words in small letters with commas between";
    }
  g_clear_pointer (&self->families, g_strfreev);
  self->families = g_steal_pointer (&families);
  return NULL;
}

static gboolean
is_uuid (const char *value)
{
  static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  for (guint i = 0; i < sizeof shape; i++) /* with the byte that ends both */
    if (shape[i] == 'x' ? !g_ascii_isxdigit (value[i]) : value[i] != shape[i])
      return FALSE;
  return TRUE;
}

static const char *
read_uuid (FlProductFields *self, const char *value, gpointer field)
{
  g_autofree char *lower = g_ascii_strdown (value, -1);

  if (strlen (lower) == 4 && strspn (lower, "0123456789abcdef") == 4)
    *(char **) field = g_strconcat ("0000", lower, BLUETOOTH_BASE_UUID_TAIL, NULL);
  else if (is_uuid (lower))
    *(char **) field = g_steal_pointer (&lower);
  else
    return "a UUID has 4 hexadecimal digits, or 32 with hyphens";
  return NULL;
}

static gboolean
parse_number (const char *value, guint64 max, guint64 *number)
{
  gboolean is_hex = g_ascii_strncasecmp (value, "0x", 2) == 0;

  return g_ascii_string_to_unsigned (is_hex ? value + 2 : value, is_hex ? 16 : 10, 0, max, number,
                                     NULL);
}

static const char *
read_version_value (FlProductFields *self, const char *value, gpointer field)
{
  guint64 number;

  if (!parse_number (value, G_MAXUINT8, &number))
    return "a version is a number from 0 to 255";
  self->gatt.version_value = (guint8) number;
  return NULL;
}

static const char *
read_company_id (FlProductFields *self, const char *value, gpointer field)
{
  guint64 number;

  if (strcmp (value, "any") == 0)
    return NULL;
  if (!parse_number (value, G_MAXUINT16, &number))
    return "a company ID is a number from 0 to 0xffff, or any";
  self->company_id = (int) number;
  return NULL;
}

/* Index of @value in @words, or -1. */
static int
find_word (const char *value, const char *const *words)
{
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], value) == 0)
      return i;
  return -1;
}

static const char *
read_name_rule (FlProductFields *self, const char *value, gpointer field)
{
  static const char *const words[] = { "suffix", "fixed", "any", NULL }; /* as in FlNameRule */
  int index = find_word (value, words);

  if (index < 0)
    return "a name rule is suffix, fixed or any";
  self->name_rule = (FlNameRule) index;
  return NULL;
}

static const char *
read_provisioning (FlProductFields *self, const char *value, gpointer field)
{
  static const char *const words[] = { "false", "true", NULL };
  int index = find_word (value, words);

  if (index < 0)
    return "the value is true or false";
  self->provisioning = index == 1;
  return NULL;
}

static const char *
read_code_source (FlProductFields *self, const char *value, gpointer field)
{
  static const char *const words[] = { "scan", "typed", "none", NULL }; /* as in FlCodeSource */
  int index = find_word (value, words);

  if (index < 0)
    return "the code comes from scan, typed or none";
  self->code_source = (FlCodeSource) index;
  return NULL;
}

static const char *
read_secret_source (FlProductFields *self, const char *value, gpointer field)
{
  static const char *const words[] = { "label", "typed", "constant", NULL };
  int index = find_word (value, words);

  if (index < 0)
    return "the secret comes from label, typed or constant";
  self->secret_source = (FlSecretSource) index;
  return NULL;
}

static const char *
read_secret (FlProductFields *self, const char *value, gpointer field)
{
  gboolean is_good = strlen (value) == SECRET_SIZE;

  for (const char *c = value; *c != '\0' && is_good; c++)
    is_good = g_ascii_isgraph (*c);
  if (!is_good)
    return "a constant secret has 15 printable characters";
  self->secret = fl_secret_new (value, SECRET_SIZE);
  return NULL;
}

/* Whether it is JSON is looked at where it is loaded; here only what can be seen. The file is
 * UTF-8.
 */
static const char *
read_request (FlProductFields *self, const char *value, gpointer field)
{
  gsize size_bytes = strlen (value);

  if (size_bytes > MAX_REQUEST_BYTES)
    return "the request is longer than 1024 bytes";
  if (!(g_str_has_prefix (value, "{") && g_str_has_suffix (value, "}")) &&
      !(g_str_has_prefix (value, "[") && g_str_has_suffix (value, "]")))
    return "a request is a JSON object or array";
  *(char **) field = g_strdup (value);
  return NULL;
}

#define FIELD(name) G_STRUCT_OFFSET (FlProductFields, name)

static const Schema schema[] = {
  { "Product", "id", read_id, FIELD (id) },
  { "Product", "name", read_text, FIELD (name) },
  { "Product", "vendor", read_text, FIELD (vendor) },
  { "Product", "accent", read_accent, FIELD (accent) },
  { "Product", "logo", read_logo, FIELD (logo) },
  { "Product", "help", read_link, FIELD (help) },
  { "Product", "privacy", read_link, FIELD (privacy) },
  { "Product", "contact", read_contact, FIELD (contact) },
  { "Product", "door", read_door, FIELD (door) },
  { "Product", "families", read_families, 0 },
  { "Bluetooth", "service", read_uuid, FIELD (gatt.service) },
  { "Bluetooth", "rx", read_uuid, FIELD (gatt.rx) },
  { "Bluetooth", "tx", read_uuid, FIELD (gatt.tx) },
  { "Bluetooth", "version", read_uuid, FIELD (gatt.version) },
  { "Bluetooth", "version-value", read_version_value, 0 },
  { "Bluetooth", "company-id", read_company_id, 0 },
  { "Bluetooth", "name-rule", read_name_rule, 0 },
  { "Bluetooth", "name", read_text, FIELD (fixed_name) },
  { "Bluetooth", "provisioning", read_provisioning, 0 },
  { "Code", "source", read_code_source, 0 },
  { "Secret", "source", read_secret_source, 0 },
  { "Secret", "value", read_secret, 0 },
  { "Request", "payload", read_request, FIELD (request) },
};

static const Schema *
find_schema (const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (schema); i++)
    if (strcmp (schema[i].group, group) == 0 && (key == NULL || strcmp (schema[i].key, key) == 0))
      return &schema[i];
  return NULL;
}

static gboolean
read_entry (FlProductFields *self, FlKeyFile *file, const FlKeyFileEntry *entry, GError **error)
{
  const Schema *row = find_schema (entry->group, entry->key);
  const char *fault;

  if (row == NULL)
    return fl_key_file_refuse (file, entry->line,
                               entry->key == NULL ? "there is no such group"
                                                  : "there is no such key in this group",
                               error);
  if (entry->key == NULL)
    return TRUE;

  fault = row->read (self, entry->value, G_STRUCT_MEMBER_P (self, row->offset));
  return fault == NULL || fl_key_file_refuse (file, entry->line, fault, error);
}

/* The line to blame: of the key, else of its group, else the first one. */
static guint
find_line (FlKeyFile *file, const char *group, const char *key)
{
  const FlKeyFileEntry *entry = fl_key_file_lookup (file, group, key);

  if (entry == NULL)
    entry = fl_key_file_lookup (file, group, NULL);
  return entry != NULL ? entry->line : 1;
}

typedef struct
{
  gboolean is_broken;
  const char *group, *key; /* that is blamed */
  const char *reason;
} Rule;

static gboolean
check_rules (FlKeyFile *file, const Rule *rules, gsize n_rules, GError **error)
{
  for (gsize i = 0; i < n_rules; i++)
    if (rules[i].is_broken)
      return fl_key_file_refuse (file, find_line (file, rules[i].group, rules[i].key),
                                 rules[i].reason, error);
  return TRUE;
}

static gboolean
has_equal_uuids (const FlGattProfile *gatt)
{
  const char *uuids[] = { gatt->service, gatt->rx, gatt->tx, gatt->version };

  for (guint i = 0; i < G_N_ELEMENTS (uuids); i++)
    for (guint j = 0; j < i; j++)
      if (g_strcmp0 (uuids[i], uuids[j]) == 0)
        return TRUE;
  return FALSE;
}

static gboolean
check_bluetooth (FlProductFields *self, FlKeyFile *file, GError **error)
{
  FlGattProfile *gatt = &self->gatt;
  gboolean any =
      gatt->service != NULL || gatt->rx != NULL || gatt->tx != NULL || gatt->version != NULL;
  gboolean all =
      gatt->service != NULL && gatt->rx != NULL && gatt->tx != NULL && gatt->version != NULL;
  gboolean own = all && strcmp (gatt->service, PARTICLE_UUID ("1")) != 0;
  gboolean is_fixed = self->name_rule == FL_NAME_FIXED;
  const Rule rules[] = {
    { any && !all, "Bluetooth", NULL, "service, rx, tx and version belong together" },
    { all && has_equal_uuids (gatt), "Bluetooth", "service", "two UUIDs are the same" },
    { own && !self->provisioning, "Bluetooth", "service",
      "another service than Particle's needs provisioning=true" },
    { is_fixed && self->fixed_name == NULL, "Bluetooth", "name-rule",
      "a fixed name rule needs a name" },
    { !is_fixed && self->fixed_name != NULL, "Bluetooth", "name", "a name needs name-rule=fixed" },
  };

  return check_rules (file, rules, G_N_ELEMENTS (rules), error);
}

static gboolean
check_codes (FlProductFields *self, FlKeyFile *file, GError **error)
{
  gboolean no_code = self->code_source == FL_CODE_NONE;
  gboolean is_constant = self->secret_source == FL_SECRET_CONSTANT;
  const Rule rules[] = {
    { self->id == NULL, "Product", NULL, "the product has no id" },
    { self->name == NULL, "Product", NULL, "the product has no name" },
    { is_constant && self->secret == NULL, "Secret", "source",
      "a constant secret needs its value" },
    { !is_constant && self->secret != NULL, "Secret", "value", "a value needs source=constant" },
    { no_code && self->name_rule != FL_NAME_FIXED, "Code", "source",
      "without a code the device needs a fixed name" },
    { no_code && self->secret_source == FL_SECRET_LABEL, "Secret", "source",
      "a label with the secret has the code too" },
  };

  return check_rules (file, rules, G_N_ELEMENTS (rules), error);
}

static void
complete (FlProductFields *self, const char *directory)
{
  if (self->gatt.service == NULL)
    {
      self->gatt.service = g_strdup (PARTICLE_UUID ("1"));
      self->gatt.version = g_strdup (PARTICLE_UUID ("2"));
      self->gatt.tx = g_strdup (PARTICLE_UUID ("3"));
      self->gatt.rx = g_strdup (PARTICLE_UUID ("4"));
    }
  if (self->families == NULL)
    self->families = g_strsplit ("particle", ",", -1);
  if (self->logo != NULL && !g_path_is_absolute (self->logo))
    {
      g_autofree char *name = g_steal_pointer (&self->logo);

      self->logo = directory != NULL ? g_build_filename (directory, name, NULL) : NULL;
    }
}

FlProductFields *
fl_product_fields_parse (const char *data,
                         gsize size_bytes,
                         const char *origin,
                         const char *directory,
                         GError **error)
{
  g_autoptr (FlProductFields) self = NULL;
  g_autoptr (FlKeyFile) file = NULL;

  if (size_bytes > MAX_FILE_BYTES)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s:1: the file is larger than 64 KiB",
                   origin);
      return NULL;
    }
  file = fl_key_file_parse (data, size_bytes, origin, error);
  if (file == NULL)
    return NULL;

  self = g_new0 (FlProductFields, 1);
  self->company_id = -1;
  self->gatt.version_value = PARTICLE_VERSION;
  for (guint i = 0; i < fl_key_file_get_n_entries (file); i++)
    if (!read_entry (self, file, fl_key_file_get_entry (file, i), error))
      return NULL;
  if (!check_bluetooth (self, file, error) || !check_codes (self, file, error))
    return NULL;

  complete (self, directory);
  return g_steal_pointer (&self);
}

void
fl_product_fields_free (FlProductFields *self)
{
  char **strings[] = { &self->id,           &self->name,    &self->vendor,  &self->accent,
                       &self->logo,         &self->help,    &self->privacy, &self->contact,
                       &self->gatt.service, &self->gatt.rx, &self->gatt.tx, &self->gatt.version,
                       &self->fixed_name,   &self->request, &self->door };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_clear_pointer (strings[i], g_free);
  g_clear_pointer (&self->families, g_strfreev);
  g_clear_pointer (&self->secret, fl_secret_unref);
  g_free (self);
}

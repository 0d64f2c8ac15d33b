/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-error.h"
#include "fl-profile-cms.h"
#include "fl-profile-private.h"
#include "fl-profile-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_LEFT_OUT  16
#define SNIFF_BYTES   8192 /* the root of an XML file stands in these */
#define BINARY_PLIST  "bplist0"
#define BYTE_ORDER_LE "\xff\xfe"
#define BYTE_ORDER_BE "\xfe\xff"
#define BYTE_ORDER_8  "\xef\xbb\xbf"

typedef enum
{
  KIND_NONE,
  KIND_EAP_CONFIG,
  KIND_MOBILECONFIG,
  KIND_NMCONNECTION,
  KIND_WPA,
  KIND_BINARY_PLIST,
  KIND_OTHER_XML,
} Kind;

G_DEFINE_BOXED_TYPE (FlProfile, fl_profile, fl_profile_ref, fl_profile_unref)

FlProfile *
fl_profile_new (const char *format)
{
  FlProfile *self = g_new0 (FlProfile, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->format = format;
  self->networks = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_profile_network_free);
  self->left_out = g_ptr_array_new_with_free_func (g_free);
  return self;
}

FlProfile *
fl_profile_ref (FlProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fl_profile_unref (FlProfile *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->provider, g_free);
  g_clear_pointer (&self->help, g_free);
  g_clear_pointer (&self->signer, g_free);
  g_clear_pointer (&self->networks, g_ptr_array_unref);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_free (self);
}

void
fl_profile_take_left_out (FlProfile *self, char *sentence)
{
  if (self->left_out->len == MAX_LEFT_OUT ||
      g_ptr_array_find_with_equal_func (self->left_out, sentence, g_str_equal, NULL))
    g_free (sentence);
  else
    g_ptr_array_add (self->left_out, sentence);
}

gboolean
fl_profile_take_network (FlProfile *self, FlProfileNetwork *network, GError **error)
{
  if (self->networks->len < FL_PROFILE_MAX_NETWORKS)
    {
      g_ptr_array_add (self->networks, network);
      return TRUE;
    }
  fl_profile_network_free (network);
  return fl_profile_refuse (error, _ ("This profile has too many networks."));
}

void
fl_profile_network_add_ssids (FlProfileNetwork *network, GPtrArray *ssids)
{
  for (guint i = 0; i < ssids->len; i++)
    g_ptr_array_add (network->ssids, g_bytes_ref (ssids->pdata[i]));
}

/* The first lines of XML in UTF-16 with its zero bytes left out, or as they are: enough to look for
 * names. (transfer full) */
static char *
dup_head (const char *text, gsize size_bytes)
{
  gsize size = MIN (size_bytes, SNIFF_BYTES);
  GString *head = g_string_sized_new (size);

  for (gsize i = 0; i < size; i++)
    if (text[i] != '\0')
      g_string_append_c (head, text[i]);
  return g_string_free (head, FALSE);
}

static gboolean
has_prefix (const char *text, gsize size_bytes, const char *prefix)
{
  return size_bytes >= strlen (prefix) && memcmp (text, prefix, strlen (prefix)) == 0;
}

/* Behind a byte order mark and white space. */
static Kind
sniff_xml (const char *text, gsize size_bytes)
{
  g_autofree char *head = dup_head (text, size_bytes);
  const char *at = head;

  if (has_prefix (at, strlen (at), BYTE_ORDER_8))
    at += strlen (BYTE_ORDER_8);
  else if (has_prefix (at, strlen (at), BYTE_ORDER_LE) ||
           has_prefix (at, strlen (at), BYTE_ORDER_BE))
    at += strlen (BYTE_ORDER_LE);
  while (g_ascii_isspace (*at))
    at++;
  if (*at != '<')
    return KIND_NONE;
  if (strstr (at, "EAPIdentityProvider") != NULL)
    return KIND_EAP_CONFIG;
  return strstr (at, "<plist") != NULL ? KIND_MOBILECONFIG : KIND_OTHER_XML;
}

/* (nullable) The line without white space, behind @line; NULL: no more. */
static const char *
next_line (const char *at, const char *end, const char **line, gsize *size)
{
  const char *newline;

  while (at < end && g_ascii_isspace (*at))
    at++;
  if (at == end)
    return NULL;
  newline = memchr (at, '\n', (gsize) (end - at));
  *line = at;
  *size = (gsize) ((newline != NULL ? newline : end) - at);
  while (*size > 0 && g_ascii_isspace ((*line)[*size - 1]))
    (*size)--;
  return newline != NULL ? newline + 1 : end;
}

static gboolean
is_one_of (const char *line, gsize size, const char *const *names)
{
  for (; *names != NULL; names++)
    if (strlen (*names) == size && memcmp (line, *names, size) == 0)
      return TRUE;
  return FALSE;
}

/* A text file is what its first telling line says. */
static Kind
sniff_text (const char *text, gsize size_bytes)
{
  static const char *const groups[] = {
    "[connection]", "[wifi]", "[802-11-wireless]",          "[wifi-security]",
    "[802-1x]",     "[ipv4]", "[802-11-wireless-security]", "[ipv6]",
    NULL,
  };
  static const char *const blocks[] = { "network={", "cred={", NULL };
  const char *at = text, *end = text + size_bytes, *line = NULL;
  gsize size = 0;

  if (has_prefix (text, size_bytes, BYTE_ORDER_8))
    at += strlen (BYTE_ORDER_8);
  while ((at = next_line (at, end, &line, &size)) != NULL)
    {
      const char *comment = memchr (line, '#', size);
      gsize plain = comment != NULL ? (gsize) (comment - line) : size;

      while (plain > 0 && g_ascii_isspace (line[plain - 1]))
        plain--;
      if (has_prefix (line, size, "-----BEGIN "))
        return KIND_NONE;
      if (is_one_of (line, size, groups))
        return KIND_NMCONNECTION;
      if (is_one_of (line, plain, blocks) || has_prefix (line, size, "blob-base64-"))
        return KIND_WPA;
    }
  return KIND_NONE;
}

static Kind
find_kind (FlSecret *contents)
{
  const char *text = fl_secret_get_text (contents);
  gsize size_bytes = fl_secret_get_size (contents);
  Kind kind;

  if (has_prefix (text, size_bytes, BINARY_PLIST))
    return KIND_BINARY_PLIST;
  switch (fl_cms_sniff (contents))
    {
    case FL_CMS_NONE:
      break;
    case FL_CMS_SIGNED:
    case FL_CMS_ENCRYPTED:
      return KIND_MOBILECONFIG;
    }
  kind = sniff_xml (text, size_bytes);
  return kind != KIND_NONE ? kind : sniff_text (text, size_bytes);
}

gboolean
fl_profile_sniff (FlSecret *contents)
{
  g_autoptr (FlSecret) content = NULL;
  g_autofree char *signer = NULL;
  FlCmsSignature signature;

  g_return_val_if_fail (contents != NULL, FALSE);

  switch (find_kind (contents))
    {
    case KIND_NONE:
    case KIND_OTHER_XML:
      return FALSE;
    case KIND_MOBILECONFIG:
      if (fl_cms_sniff (contents) != FL_CMS_SIGNED ||
          fl_secret_get_size (contents) > FL_PROFILE_MAX_BYTES)
        return TRUE;
      content = fl_cms_unwrap (contents, &signature, &signer);
      return content != NULL; /* else a bundle of certificates */
    case KIND_EAP_CONFIG:
    case KIND_NMCONNECTION:
    case KIND_WPA:
    case KIND_BINARY_PLIST:
      return TRUE;
    }
  return FALSE;
}

/* (transfer full) (nullable) */
static FlProfile *
read_kind (Kind kind, FlSecret *contents, FlSecret *passphrase, GError **error)
{
  switch (kind)
    {
    case KIND_EAP_CONFIG:
      return fl_profile_read_eap_config (contents, passphrase, g_get_language_names (), error);
    case KIND_MOBILECONFIG:
      return fl_profile_read_mobileconfig (contents, passphrase, error);
    case KIND_NMCONNECTION:
      return fl_profile_read_nmconnection (contents, passphrase, error);
    case KIND_WPA:
      return fl_profile_read_wpa (contents, passphrase, error);
    case KIND_BINARY_PLIST:
      fl_profile_refuse (error, _ ("This profile is written in a binary form that cannot be read. "
                                   "Save it as XML."));
      return NULL;
    case KIND_NONE:
    case KIND_OTHER_XML:
      break;
    }
  fl_profile_refuse (error, _ ("This file is no profile for Wi-Fi."));
  return NULL;
}

FlProfile *
fl_profile_parse (FlSecret *contents, FlSecret *passphrase, GError **error)
{
  g_autoptr (FlProfile) profile = NULL;
  gsize size_bytes;
  Kind kind;

  g_return_val_if_fail (contents != NULL, NULL);

  size_bytes = fl_secret_get_size (contents);
  if (size_bytes == 0)
    fl_profile_refuse (error, _ ("This file is empty."));
  else if (size_bytes > FL_PROFILE_MAX_BYTES)
    fl_profile_refuse (error, _ ("This file is too large for a profile."));
  if (size_bytes == 0 || size_bytes > FL_PROFILE_MAX_BYTES)
    return NULL;

  kind = find_kind (contents);
  if ((kind == KIND_NMCONNECTION || kind == KIND_WPA) &&
      memchr (fl_secret_get_data (contents), '\0', size_bytes) != NULL)
    {
      fl_profile_refuse (error, _ ("This file is damaged."));
      return NULL;
    }
  profile = read_kind (kind, contents, passphrase, error);
  if (profile == NULL)
    return NULL;
  if (profile->networks->len > 0)
    return g_steal_pointer (&profile);

  if (profile->left_out->len > 0)
    fl_profile_refuse (error, "%s", (const char *) profile->left_out->pdata[0]);
  else
    fl_profile_refuse (error, _ ("This profile has no network for Wi-Fi in it."));
  return NULL;
}

const char *
fl_profile_get_format (const FlProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->format;
}

const char *
fl_profile_get_provider (const FlProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->provider;
}

const char *
fl_profile_get_help (const FlProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->help;
}

const char *
fl_profile_get_signer (const FlProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->signer;
}

gint64
fl_profile_get_expires (const FlProfile *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->expires;
}

GPtrArray *
fl_profile_get_networks (const FlProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->networks;
}

GPtrArray *
fl_profile_get_left_out (const FlProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->left_out;
}

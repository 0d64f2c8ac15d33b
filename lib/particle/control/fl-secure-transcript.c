/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-secure-transcript.h"

#include <mbedtls/md.h>
#include <string.h>

#include "fl-jpake.h"

/* Identities and texts: particle-iot/device-os system/src/ble_control_request_channel.cpp. The same
 * "KC_1_U" both ways. */
#define IDENTITY_SIZE 6
static const char identity_client[] = "client";
static const char identity_device[] = "server";
static const char key_text[] = "JPAKE_KC";
static const char confirmation_text[] = "KC_1_U";

struct _FlSecureTranscript
{
  mbedtls_md_context_t hash;
};

/* Hashing memory cannot fail but for memory, which ends the program as everywhere in GLib. */
static void
must (int code)
{
  if (code != 0)
    g_error ("SHA-256 failed: -0x%04x", (guint) -code);
}

static const mbedtls_md_info_t *
sha256 (void)
{
  return mbedtls_md_info_from_type (MBEDTLS_MD_SHA256);
}

static guint8 *
append (guint8 *end, const void *data, gsize size_bytes)
{
  memcpy (end, data, size_bytes);
  return end + size_bytes;
}

static void
hash_so_far (FlSecureTranscript *self, guint8 *out)
{
  mbedtls_md_context_t copy;

  mbedtls_md_init (&copy);
  must (mbedtls_md_setup (&copy, sha256 (), 0));
  must (mbedtls_md_clone (&copy, &self->hash));
  must (mbedtls_md_finish (&copy, out));
  mbedtls_md_free (&copy);
}

static void
derive_key (const FlSecret *premaster, guint8 *out)
{
  guint8 input[FL_JPAKE_PREMASTER_SIZE + sizeof key_text - 1];

  memcpy (input, fl_secret_get_data (premaster), FL_JPAKE_PREMASTER_SIZE);
  memcpy (input + FL_JPAKE_PREMASTER_SIZE, key_text, sizeof key_text - 1);
  must (mbedtls_md (sha256 (), input, sizeof input, out));
  fl_wipe (input, sizeof input);
}

FlSecureTranscript *
fl_secure_transcript_new (void)
{
  FlSecureTranscript *self = g_new0 (FlSecureTranscript, 1);

  mbedtls_md_init (&self->hash);
  must (mbedtls_md_setup (&self->hash, sha256 (), 0));
  must (mbedtls_md_starts (&self->hash));
  return self;
}

void
fl_secure_transcript_free (FlSecureTranscript *self)
{
  if (self == NULL)
    return;

  mbedtls_md_free (&self->hash);
  g_free (self);
}

void
fl_secure_transcript_add (FlSecureTranscript *self, const guint8 *payload, gsize size_bytes)
{
  must (mbedtls_md_update (&self->hash, payload, size_bytes));
}

void
fl_secure_transcript_confirm (FlSecureTranscript *self,
                              FlSecureRole sender,
                              const FlSecret *premaster,
                              guint8 *out)
{
  const gboolean from_client = sender == FL_SECURE_CLIENT;
  guint8 key[FL_SECURE_HASH_SIZE];
  guint8 input[sizeof confirmation_text - 1 + 2 * IDENTITY_SIZE + FL_SECURE_HASH_SIZE];
  guint8 *end = input;

  g_return_if_fail (fl_secret_get_size (premaster) == FL_JPAKE_PREMASTER_SIZE);

  end = append (end, confirmation_text, sizeof confirmation_text - 1);
  end = append (end, from_client ? identity_client : identity_device, IDENTITY_SIZE);
  end = append (end, from_client ? identity_device : identity_client, IDENTITY_SIZE);
  hash_so_far (self, end);

  derive_key (premaster, key);
  must (mbedtls_md_hmac (sha256 (), key, sizeof key, input, sizeof input, out));
  fl_wipe (key, sizeof key);
}

gboolean
fl_secure_transcript_check (FlSecureTranscript *self,
                            FlSecureRole sender,
                            const FlSecret *premaster,
                            const guint8 *payload,
                            gsize size_bytes)
{
  guint8 expected[FL_SECURE_CONFIRMATION_SIZE];
  guint8 difference = 0;

  if (size_bytes != sizeof expected)
    return FALSE;

  fl_secure_transcript_confirm (self, sender, premaster, expected);
  for (gsize i = 0; i < sizeof expected; i++)
    difference |= expected[i] ^ payload[i];
  fl_wipe (expected, sizeof expected);
  return difference == 0;
}

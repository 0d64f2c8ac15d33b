/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

typedef enum
{
  FL_CMS_NONE,      /* something else */
  FL_CMS_SIGNED,    /* SignedData: a signed profile, or a bundle of certificates without content */
  FL_CMS_ENCRYPTED, /* EnvelopedData, EncryptedData, … */
} FlCmsKind;

typedef enum
{
  FL_CMS_SIGNATURE_NONE,
  FL_CMS_SIGNATURE_GOOD,
  FL_CMS_SIGNATURE_BAD, /* does not fit the content, or cannot be verified */
} FlCmsSignature;

/* By the first bytes, DER, BER or PEM: RFC 5652, 3. */
FlCmsKind fl_cms_sniff (FlSecret *contents);

/* (transfer full) (nullable) The content of SignedData; NULL when it is damaged or has none: then
 * it is a bundle of certificates. @signer: (transfer full) (nullable) who signed it, as the
 * certificate that came with it says; only with FL_CMS_SIGNATURE_GOOD. */
FlSecret *fl_cms_unwrap (FlSecret *contents, FlCmsSignature *signature, char **signer);

G_END_DECLS

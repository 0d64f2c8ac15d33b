/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FIRST_LIGHT_MBEDTLS_CONFIG_H
#define FIRST_LIGHT_MBEDTLS_CONFIG_H

/* Speed where the machine offers it. */
#define MBEDTLS_HAVE_ASM
#define MBEDTLS_AESNI_C
#define MBEDTLS_ECP_NIST_OPTIM

/* EC J-PAKE over P-256. */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECJPAKE_C
/* EC J-PAKE gives every multiplication by a secret number the caller's randomness; the others
 * verify proofs, where there is nothing to protect. */
#define MBEDTLS_ECP_NO_INTERNAL_RNG

/* Hashes, confirmation, frames. */
#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_AES_C
#define MBEDTLS_CCM_C

/* What the simulated devices read certificates and keys with, as their firmware does. Without the
 * time: whoever looks at dates says which day it is. */
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_BASE64_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED
#define MBEDTLS_ECP_DP_SECP521R1_ENABLED
#define MBEDTLS_OID_C
#define MBEDTLS_PEM_PARSE_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_PKCS1_V15
#define MBEDTLS_PKCS1_V21
#define MBEDTLS_RSA_C
#define MBEDTLS_SHA1_C
#define MBEDTLS_SHA512_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_USE_C

#include "mbedtls/check_config.h"

#endif

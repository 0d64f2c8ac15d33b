/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-profile.h"

/* Samples of tests/data/profiles. */
FlSecret *load_sample (const char *name);
FlProfile *parse_sample (const char *name);
FlProfile *parse_text (const char *text);
/* The sentence of the refusal contains @words. */
void assert_sample_refused (const char *name, const char *words);
void assert_text_refused (const char *text, const char *words);
/* @passphrase: (nullable) */
void assert_wants_passphrase (const char *name, const char *passphrase);

const FlProfileNetwork *get_network (const FlProfile *profile, guint index);
void assert_ssid (const FlProfileNetwork *network, guint index, const char *name);
void assert_password (const FlProfileNetwork *network, const char *password);
/* PEM files of tests/data/certificates, or NULL: it is exactly these, one after another. */
void assert_certificates (GBytes *pem, const char *first, const char *second, const char *third);
void assert_key (FlSecret *pem, const char *name);

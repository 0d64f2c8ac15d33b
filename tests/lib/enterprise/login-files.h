/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cert-file.h"

#define TODAY_S 1780315200 /* 1 June 2026: tests/data/certificates/README.md */

/* The files of tests/data/certificates, several joined by "+". (transfer full) */
GBytes *login_file_read (const char *names);
FlSecret *login_file_read_secret (const char *names);
FlCertFile *login_file_parse (const char *names, const char *passphrase);

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/* Small things that all formats read: every text comes from a stranger. */

#define FL_PROFILE_MAX_LINE_CHARS   200 /* shown to a person; longer ones are cut */
#define FL_PROFILE_MAX_LOGIN_BYTES  253 /* RFC 7542, 2.2: what every RADIUS server takes */
#define FL_PROFILE_MAX_SECRET_BYTES 1024

/* Sets FL_ERROR_PROFILE_UNREADABLE with a translated sentence. Always FALSE. */
gboolean fl_profile_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* (transfer full) (nullable) One line to be shown: fl_safe_text_new() with
 * FL_PROFILE_MAX_LINE_CHARS. NULL for NULL, and for nothing but white space. */
char *fl_profile_dup_line (const char *text);

/* A user name or a server's name. Nothing is changed in it but the white space around it, because
 * it has to be right to the letter: FALSE when it is too long, not UTF-8 or has control
 * characters. @result: (transfer full) (nullable) NULL for NULL and for an empty text. @text is
 * @size_bytes long; -1: up to its NUL byte. */
gboolean fl_profile_dup_login (const char *text, gssize size_bytes, char **result, GError **error);

/* (transfer full) A network's name, 1 to 32 bytes without NUL bytes. */
GBytes *fl_profile_dup_ssid (const guint8 *bytes, gsize size_bytes, GError **error);

/* (transfer full) (nullable) @what: for the sentence, translated. NULL: too long. */
FlSecret *fl_profile_dup_secret (const void *bytes, gsize size_bytes, GError **error);

/* (transfer full) (nullable) RFC 4648, 4, with white space anywhere; NULL: it is none, or empty. */
FlSecret *fl_profile_decode_base64 (const char *text, gsize size_bytes);

/* (transfer full) (nullable) Pairs of hexadecimal digits; NULL: it is none. Empty stays empty. */
FlSecret *fl_profile_decode_hex (const char *text, gsize size_bytes);

/* ISO 8601, UTC when it names no zone; seconds since 1970; 0: it is none. */
gint64 fl_profile_parse_date (const char *text);

G_END_DECLS

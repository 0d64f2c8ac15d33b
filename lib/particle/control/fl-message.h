/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <protobuf-c/protobuf-c.h>

#include "fl-error.h"
#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlMessage:
 *
 * Protobuf messages to and from bytes, for both sides of the control channel. Messages may carry
 * passwords, so packed bytes live in an FlSecret and memory of unpacked ones is wiped when freed.
 * Pure.
 */

/* What a frame of the control channel can carry: its size field has 16 bits. */
#define FL_MESSAGE_MAX_BYTES 65535

/* Never NULL; an empty message gives size 0. */
FlSecret *fl_message_pack (const ProtobufCMessage *message);
/* @data: untrusted, at most FL_MESSAGE_MAX_BYTES; may be NULL when @size_bytes is 0. Memory is
 * bounded by a small multiple of @size_bytes. FL_ERROR_UNEXPECTED when it is no such message. Free
 * with fl_message_free(). Unknown fields and enum values are kept. */
ProtobufCMessage *fl_message_unpack (const ProtobufCMessageDescriptor *descriptor,
                                     const guint8 *data,
                                     gsize size_bytes,
                                     GError **error);
void fl_message_free (ProtobufCMessage *message); /* only of fl_message_unpack() */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProtobufCMessage, fl_message_free)

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>
#include <protobuf-c/protobuf-c.h>

/* Where protobuf-c, or we by intent, differ from protoc. */

/* Why a message that protoc accepts is refused, or NULL when there is no excuse: groups, and known
 * fields of the wrong wire type, which protoc keeps as unknown fields and protobuf-c refuses. */
const char *message_excuse_refusal (const ProtobufCMessageDescriptor *descriptor,
                                    const guint8 *data,
                                    gsize size_bytes);
/* Why a message that protoc refuses is accepted, or NULL: text that is no UTF-8. Names of networks
 * are bytes. */
const char *message_excuse_acceptance (const ProtobufCMessage *message);

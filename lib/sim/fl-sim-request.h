/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-reply-body.h"
#include "fl-requests.h"
#include "fl-result.h"
#include "fl-sim-device-private.h"

G_BEGIN_DECLS

/* Works on one request when its time has come. @reply starts as success without payload. */
typedef void (*FlSimHandler) (FlSimDevice *device,
                              const guint8 *data,
                              gsize size_bytes,
                              gint64 now_us,
                              FlSimReply *reply);

/* Protected, and not in service mode. */
gboolean fl_sim_request_is_protected (FlSimDevice *device);

/* The handler of @type, or NULL when this part has none. */
FlSimHandler fl_sim_request_find_system (guint16 type);
FlSimHandler fl_sim_request_find_network (guint16 type);
FlSimHandler fl_sim_request_find_wifi (guint16 type);
FlSimHandler fl_sim_request_find_old (guint16 type); /* of Gen 2 */
FlSimHandler fl_sim_request_find_app (guint16 type);

/* Some requests take their time: what they do at once, and how long it is until they are done. One
 * that asks a real radio waits for that. */
gint64 fl_sim_request_begin_wifi (FlSimDevice *device,
                                  guint16 type,
                                  const guint8 *data,
                                  gsize size_bytes,
                                  gint64 now_us);

gint64 fl_sim_request_begin_old (FlSimDevice *device,
                                 guint16 type,
                                 const guint8 *data,
                                 gsize size_bytes,
                                 gint64 now_us);
gint64 fl_sim_request_begin_app (FlSimDevice *device, guint16 type);

/* TRUE: @message, otherwise the reply becomes BAD_DATA. Free with fl_message_free(). */
gboolean fl_sim_request_unpack (const ProtobufCMessageDescriptor *descriptor,
                                const guint8 *data,
                                gsize size_bytes,
                                FlSimReply *reply,
                                ProtobufCMessage **message);

G_END_DECLS

/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FlCameraRequest:
 *
 * A question that the desktop asks a person on our behalf (org.freedesktop.portal.Request): its
 * answer is waited for in the calling thread, whose thread-default main context it runs.
 */
typedef struct _FlCameraRequest FlCameraRequest;

/* Listens from here on: an answer may come before the call that asked has returned. */
FlCameraRequest *
fl_camera_request_new (GDBusConnection *bus, const char *portal_name, const char *portal_path);
void fl_camera_request_free (FlCameraRequest *self);
const char *fl_camera_request_get_token (FlCameraRequest *self); /* the option "handle_token" */
/* @handle: (nullable) what the portal says that the request is. FALSE with
 * FL_ERROR_CAMERA_REFUSED, FL_ERROR_UNEXPECTED when the portal goes away, or
 * G_IO_ERROR_CANCELLED, which takes the question off the screen. */
gboolean fl_camera_request_wait (FlCameraRequest *self,
                                 const char *handle,
                                 GCancellable *cancellable,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCameraRequest, fl_camera_request_free)

G_END_DECLS

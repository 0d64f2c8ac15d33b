/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MockObjects:
 *
 * An object tree with ObjectManager on a message bus: objects, interfaces, properties, and a
 * function that answers method calls.
 */
typedef struct _MockObjects MockObjects;
typedef struct _MockObject MockObject;

/* @interface: "org.freedesktop.DBus.Properties" for "Set". */
typedef void (*MockCallFunc) (MockObject *object,
                              const char *interface,
                              const char *method,
                              GVariant *parameters,
                              GDBusMethodInvocation *invocation);

/* @root: path of the ObjectManager. @xml: all interfaces. */
MockObjects *mock_objects_new (GDBusConnection *connection, const char *root, const char *xml);
void mock_objects_free (MockObjects *objects);
/* GetManagedObjects ends with this D-Bus error name; NULL: works. */
void mock_objects_set_refusal (MockObjects *objects, const char *error_name);

/* @owner: see mock_object_get_owner(). Announced by mock_object_announce(). */
MockObject *
mock_object_new (MockObjects *objects, const char *path, MockCallFunc call, gpointer owner);
/* @properties: a{sv}, floating is taken; before announcing. */
void mock_object_add (MockObject *object, const char *interface, GVariant *properties);
void mock_object_announce (MockObject *object);
void mock_object_remove (MockObject *object); /* frees it */
/* @value: floating is taken. Tells the bus. */
void
mock_object_set (MockObject *object, const char *interface, const char *property, GVariant *value);
/* The same, and nobody is told. */
void mock_object_set_quietly (MockObject *object,
                              const char *interface,
                              const char *property,
                              GVariant *value);
/* Several at once. @values: a{sv}, floating is taken. */
void mock_object_set_all (MockObject *object, const char *interface, GVariant *values);
const char *mock_object_get_path (MockObject *object);
gpointer mock_object_get_owner (MockObject *object);

G_END_DECLS

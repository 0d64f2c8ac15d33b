/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Through which door a window opens. */
typedef enum
{
  FL_DOOR_SET_UP,
  FL_DOOR_SERVICE,
} FlDoor;

/* The door that was used last. Remembered where the settings' schema is installed; a program that
 * runs from where it was built always opens at "Set Up a Device". */
FlDoor fl_memory_get_door (void);
void fl_memory_set_door (FlDoor door);

/* The camera that was chosen last: fl_camera_get_id(). (nullable) (transfer full) */
char *fl_memory_dup_camera (void);
void fl_memory_set_camera (const char *id);

/* Whether a label that was read makes a sound; TRUE unless the person said no. */
gboolean fl_memory_get_sounds (void);
/* What the menu can change: "sounds". NULL without the schema. (nullable) (transfer full) */
GSimpleActionGroup *fl_memory_create_actions (void);

G_END_DECLS

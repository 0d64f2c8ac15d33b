/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Everything that can go wrong on purpose. Words and meanings: data/scenarios/README.md. */
typedef enum
{
  FL_SIM_FAULT_ADAPTER_BACK_AT,
  FL_SIM_FAULT_ADAPTER_DEAF_AT,
  FL_SIM_FAULT_ADAPTER_OFF_AT,
  FL_SIM_FAULT_ADAPTER_REMOVED_AT,
  FL_SIM_FAULT_ADVERT_DELAY,
  FL_SIM_FAULT_ADVERT_LOSS,
  FL_SIM_FAULT_ADVERT_TRUNCATED,
  FL_SIM_FAULT_ALTERNATE_ADVERTS,
  FL_SIM_FAULT_ANSWER,
  FL_SIM_FAULT_BUSY,
  FL_SIM_FAULT_CAMERA_BLURRED,
  FL_SIM_FAULT_CAMERA_BUSY,
  FL_SIM_FAULT_CAMERA_DARK,
  FL_SIM_FAULT_CAMERA_FAR,
  FL_SIM_FAULT_CAMERA_NONE,
  FL_SIM_FAULT_CAMERA_REFUSED,
  FL_SIM_FAULT_CAMERA_VANISHES,
  FL_SIM_FAULT_CAMERA_WRONG_CODE,
  FL_SIM_FAULT_CLOUD_SLOW,
  FL_SIM_FAULT_CONNECT_FAILS,
  FL_SIM_FAULT_CONNECT_SLOW,
  FL_SIM_FAULT_DISCONNECT_AFTER_JOIN,
  FL_SIM_FAULT_DROP_LINK_AFTER,
  FL_SIM_FAULT_DROP_LINK_AT,
  FL_SIM_FAULT_GARBAGE_AT,
  FL_SIM_FAULT_JOIN_SLOW,
  FL_SIM_FAULT_LOSE_AT,
  FL_SIM_FAULT_MISSING,
  FL_SIM_FAULT_NETWORK_GONE,
  FL_SIM_FAULT_NO_ADDRESS,
  FL_SIM_FAULT_NO_CLOUD,
  FL_SIM_FAULT_NO_SECRET,
  FL_SIM_FAULT_OVERSIZE_AT,
  FL_SIM_FAULT_REORDER_AT,
  FL_SIM_FAULT_REPLAY_AT,
  FL_SIM_FAULT_RESET_AT,
  FL_SIM_FAULT_SCAN_EMPTY,
  FL_SIM_FAULT_SCAN_SLOW,
  FL_SIM_FAULT_SERIAL_BUSY,
  FL_SIM_FAULT_SERIAL_CHUNK,
  FL_SIM_FAULT_SERIAL_CLOSE_AFTER_AWESOME,
  FL_SIM_FAULT_SERIAL_CLOSE_AFTER_THANKS,
  FL_SIM_FAULT_SERIAL_CLOSE_AT,
  FL_SIM_FAULT_SERIAL_DERP,
  FL_SIM_FAULT_SERIAL_NO_ECHO,
  FL_SIM_FAULT_SERIAL_NO_MEMORY,
  FL_SIM_FAULT_SERIAL_NOISE,
  FL_SIM_FAULT_SERIAL_PERMISSION,
  FL_SIM_FAULT_SERIAL_SILENT,
  FL_SIM_FAULT_SERIAL_STUCK,
  FL_SIM_FAULT_SERIAL_UNEXPECTED,
  FL_SIM_FAULT_SILENT_AT,
  FL_SIM_FAULT_TRUNCATE_AT,
  FL_SIM_FAULT_USB_BUSY,
  FL_SIM_FAULT_USB_CLAIMED,
  FL_SIM_FAULT_USB_GARBAGE,
  FL_SIM_FAULT_USB_LONG,
  FL_SIM_FAULT_USB_LOST_EVENT,
  FL_SIM_FAULT_USB_NO_MEMORY,
  FL_SIM_FAULT_USB_NOT_FOUND,
  FL_SIM_FAULT_USB_PERMISSION,
  FL_SIM_FAULT_USB_REFUSED,
  FL_SIM_FAULT_USB_REPLUG_AFTER,
  FL_SIM_FAULT_USB_RESET,
  FL_SIM_FAULT_USB_SHORT,
  FL_SIM_FAULT_USB_SILENT,
  FL_SIM_FAULT_USB_STALL,
  FL_SIM_FAULT_USB_UNPLUG,
  FL_SIM_FAULT_USB_UNPLUG_AT,
  FL_SIM_FAULT_USB_WRONG_ID,
  FL_SIM_FAULT_VANISH_AT,
  FL_SIM_FAULT_WRONG_SECRET,
  FL_SIM_FAULT_WRONG_VERSION,
  FL_SIM_N_FAULTS
} FlSimFaultKind;

/* Where in a conversation: a message that the device sends, or is about to send. */
typedef enum
{
  FL_SIM_PLACE_HANDSHAKE_1,
  FL_SIM_PLACE_HANDSHAKE_2,
  FL_SIM_PLACE_CONFIRMATION,
  FL_SIM_PLACE_REQUEST, /* the request of a type, and its reply */
} FlSimPlaceKind;

typedef struct
{
  FlSimPlaceKind kind;
  int type; /* of the request; 0: any */
} FlSimPlace;

typedef enum
{
  FL_SIM_ROLE_RX, /* the client writes */
  FL_SIM_ROLE_TX, /* the client subscribes */
  FL_SIM_ROLE_VERSION,
  FL_SIM_ROLE_OTHER, /* of an application: has nothing to do with set-up */
} FlSimRole;

typedef struct
{
  FlSimFaultKind kind;
  gint64 value; /* count, per cent, microseconds, result code, FlSimRole, or FlSerialSaying, by kind
                 */
  FlSimPlace place;
  guint times; /* fires that often; 0: always */
} FlSimFault;

const char *fl_sim_fault_get_word (FlSimFaultKind kind);

/* "drop-link-at=5 x1; busy=3": appends FlSimFault to @faults. FALSE: *@reason says what is wrong
 * with which (transfer full). */
gboolean fl_sim_faults_parse (const char *text, gboolean of_world, GArray *faults, char **reason);

gboolean fl_sim_place_equal (FlSimPlace fault, FlSimPlace now);

/* "300ms", "1.5s", "2min", "0": microseconds up to an hour. */
gboolean fl_sim_time_parse (const char *text, gint64 *time_us);

G_END_DECLS

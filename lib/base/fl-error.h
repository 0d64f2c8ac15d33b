/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FlErrorCode:
 *
 * The error catalogue. The number is ten times the E number, plus one to three
 * for the variants a to c, so that it tells the identifier and the exit status.
 * Identifiers never change; texts may.
 */
typedef enum
{
  FL_ERROR_NO_BLUETOOTH = 10,
  FL_ERROR_BLUETOOTH_OFF = 20,
  FL_ERROR_BLUETOOTH_BLOCKED = 30,
  FL_ERROR_BLUETOOTH_SERVICE = 40,
  FL_ERROR_BLUETOOTH_PERMISSION = 50,
  FL_ERROR_BLUETOOTH_BUSY = 60,
  FL_ERROR_BLUETOOTH_DEAF = 70,
  FL_ERROR_USB_ACCESS = 80,
  FL_ERROR_USB_CLAIMED = 90,
  FL_ERROR_SERIAL_BUSY = 100,
  FL_ERROR_USB_NOTHING = 110,
  FL_ERROR_USB_PERMISSION = 120,
  FL_ERROR_NO_CAMERA = 130,
  FL_ERROR_CAMERA_REFUSED = 140,
  FL_ERROR_CAMERA_BUSY = 150,
  FL_ERROR_LABEL_UNREADABLE = 160,
  FL_ERROR_LABEL_OTHER_CODE = 170,
  FL_ERROR_LABEL_OTHER_DEVICE = 180,
  FL_ERROR_DEVICE_NOT_FOUND = 190,
  FL_ERROR_DEVICE_OUT_OF_REACH = 200,
  FL_ERROR_CONNECT_FAILED = 210,
  FL_ERROR_WRONG_SECRET = 220,
  FL_ERROR_DEVICE_SILENT = 230,
  FL_ERROR_LINK_LOST = 240,
  FL_ERROR_UNEXPECTED_SERVICES = 250,
  FL_ERROR_NOT_LISTENING = 260,
  FL_ERROR_UPDATE_MODE = 270,
  FL_ERROR_PROTECTED = 280,
  FL_ERROR_UNSUPPORTED = 290, /* the device or its firmware cannot do this */
  FL_ERROR_OTHER_ROAD = 291,  /* not by this road; by one that is not ours yet */
  FL_ERROR_DEVICE_BUSY = 300,
  FL_ERROR_SCAN_EMPTY = 310,
  FL_ERROR_NETWORK_5_GHZ = 321,
  FL_ERROR_NETWORK_WPA3 = 322,
  FL_ERROR_NETWORK_TOO_FAR = 323,
  FL_ERROR_NETWORK_ENTERPRISE = 330,
  FL_ERROR_WRONG_PASSWORD = 340,
  FL_ERROR_JOIN_UNCLEAR = 350,
  FL_ERROR_JOIN_WEAK = 360,
  FL_ERROR_JOIN_REFUSED = 370,
  FL_ERROR_JOIN_SECURITY = 380,
  FL_ERROR_JOIN_TIMEOUT = 390,
  FL_ERROR_NO_ADDRESS = 400,
  FL_ERROR_NO_INTERNET = 410,
  FL_ERROR_CLOUD_UNREACHABLE = 420,
  FL_ERROR_CLOUD_REJECTED = 430,
  FL_ERROR_NOT_REPORTED = 440,
  FL_ERROR_NETWORKS_FULL = 450,
  FL_ERROR_IDENTITY_INCOMPLETE = 460,
  FL_ERROR_CA_MISSING = 470,
  FL_ERROR_CERTIFICATE_DATE = 480,
  FL_ERROR_KEY_MISMATCH = 490,
  FL_ERROR_PKCS12_PASSWORD = 500,
  FL_ERROR_PROFILE_UNREADABLE = 510,
  FL_ERROR_LOGIN_REJECTED = 520,
  FL_ERROR_CLAIMED_BY_OTHER = 530,
  FL_ERROR_COMPUTER_OFFLINE = 540,
  FL_ERROR_BATCH_REPEATED = 550,
  FL_ERROR_CANCELLED = 560,
  FL_ERROR_UNEXPECTED = 570,
  FL_ERROR_INVALID_INPUT = 990, /* a file or an option is wrong: exit status 2, no E number */
} FlErrorCode;

#define FL_ERROR (fl_error_quark ())
GQuark fl_error_quark (void);
#define FL_TYPE_ERROR_CODE (fl_error_code_get_type ())
GType fl_error_code_get_type (void);

/* What a button of an error does; the wizard and the pages act on it. */
typedef enum
{
  FL_ACTION_NONE,
  FL_ACTION_TRY_AGAIN,
  FL_ACTION_SEARCH_AGAIN,
  FL_ACTION_RECONNECT,
  FL_ACTION_WAIT,
  FL_ACTION_USE_USB,
  FL_ACTION_USE_BLUETOOTH,
  FL_ACTION_TURN_ON_BLUETOOTH,
  FL_ACTION_RESTART_BLUETOOTH,
  FL_ACTION_OPEN_SETTINGS,
  FL_ACTION_CHECK_COMPUTER,
  FL_ACTION_SHOW_HOW,
  FL_ACTION_SHOW_DETAILS,
  FL_ACTION_ADD_RULE,
  FL_ACTION_ENTER_CODE,
  FL_ACTION_SCAN_LABEL,
  FL_ACTION_OPEN_PHOTO,
  FL_ACTION_LOOK_FOR_THAT_DEVICE,
  FL_ACTION_LEAVE_UPDATE_MODE,
  FL_ACTION_CONTACT,
  FL_ACTION_CHOOSE_ANOTHER,
  FL_ACTION_OTHER_NETWORK,
  FL_ACTION_USE_ANYWAY,
  FL_ACTION_CHECK_PASSWORD,
  FL_ACTION_SHOW_MAC,
  FL_ACTION_REPLACE_NETWORK,
  FL_ACTION_CHOOSE_FILE,
  FL_ACTION_CONTINUE_ANYWAY,
  FL_ACTION_CANCEL,
  FL_ACTION_DONE,
  FL_ACTION_SAVE_REPORT,
} FlErrorAction;

#define FL_ERROR_MAX_ACTIONS 3

typedef struct
{
  FlErrorAction action;
  const char *label; /* translated, static, with a mnemonic */
} FlErrorButton;

/**
 * FlErrorText:
 *
 * What a person reads. Strings are translated and static.
 */
typedef struct
{
  const char *title;                           /* header capitals, no full stop */
  const char *advice;                          /* one or two sentences; never NULL, may be "" */
  gboolean sure;                               /* FALSE: the cause is likely, the words say "may" */
  FlErrorButton buttons[FL_ERROR_MAX_ACTIONS]; /* the main one first; ends with FL_ACTION_NONE */
} FlErrorText;

/* "E34", "E32a"; "usage" for FL_ERROR_INVALID_INPUT; "E57" for errors of other domains;
 * "E56" for G_IO_ERROR_CANCELLED (compared by domain and code without GIO: quark
 * "g-io-error-quark", code 19). Static. */
const char *fl_error_get_id (const GError *error);
/* Exit status of firstlightctl: 0 for NULL, 10 + E number, 1 for E57, 2 for invalid input, 130
 * cancelled. */
int fl_error_get_exit_status (const GError *error);
/* Fills @text for any error; unknown domains give the text of E57. */
void fl_error_describe (const GError *error, FlErrorText *text);
/* (transfer full) The title of fl_error_describe(), with the network's name where the catalogue
 * names it (E35). @network_name: (nullable): as a person reads it, isolated by the caller if it
 * goes into a window. */
char *fl_error_dup_title (const GError *error, const char *network_name);

G_END_DECLS

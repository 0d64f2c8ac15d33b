/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-light-table.h"

#include <glib/gi18n-lib.h>

/* Colours, patterns and periods are the factory theme of the firmware: particle-iot/device-os,
 * services/src/led_service.cpp and services/inc/rgbled.h; orange and the errors:
 * system/src/system_task.cpp; the crash: services/src/panic.c. */
#define DARK    0x000000
#define WHITE   0xffffff
#define BLUE    0x0000ff
#define GREEN   0x00ff00
#define CYAN    0x00ffff
#define MAGENTA 0xff00ff
#define YELLOW  0xffff00
#define ORANGE  0xff6000
#define RED     0xff0000
#define GREY    0x1f1f1f

#define BREATHE_MS 4000

#define STEPS(steps) (steps), G_N_ELEMENTS (steps)

static const FlLightStep green_blink[] = { { GREEN, 100 }, { DARK, 100 } };
static const FlLightStep green_rapid[] = { { GREEN, 50 }, { DARK, 50 } };
static const FlLightStep cyan_blink[] = { { CYAN, 100 }, { DARK, 100 } };
static const FlLightStep cyan_rapid[] = { { CYAN, 50 }, { DARK, 50 } };
static const FlLightStep magenta_rapid[] = { { MAGENTA, 50 }, { DARK, 50 } };
static const FlLightStep blue_slow[] = { { BLUE, 250 }, { DARK, 250 } };
static const FlLightStep yellow_blink[] = { { YELLOW, 100 }, { DARK, 100 } };
static const FlLightStep blue_rapid[] = { { BLUE, 50 }, { DARK, 50 } };
static const FlLightStep grey_solid[] = { { GREY, 1000 } };

static const FlLightStep rainbow[] = { { RED, 100 },    { ORANGE, 100 }, { YELLOW, 100 },
                                       { GREEN, 100 },  { CYAN, 100 },   { BLUE, 100 },
                                       { MAGENTA, 100 } };

/* The orange blinks come between attempts; one second of cyan stands for the attempt. */
static const FlLightStep no_internet[] = {
  { CYAN, 100 },   { DARK, 100 }, { CYAN, 100 },   { DARK, 100 }, { CYAN, 100 },
  { DARK, 100 },   { CYAN, 100 }, { DARK, 100 },   { CYAN, 100 }, { DARK, 100 },
  { ORANGE, 250 }, { DARK, 250 }, { ORANGE, 250 }, { DARK, 250 },
};
static const FlLightStep no_cloud[] = {
  { CYAN, 100 },   { DARK, 100 }, { CYAN, 100 },   { DARK, 100 }, { CYAN, 100 },   { DARK, 100 },
  { CYAN, 100 },   { DARK, 100 }, { CYAN, 100 },   { DARK, 100 }, { ORANGE, 250 }, { DARK, 250 },
  { ORANGE, 250 }, { DARK, 250 }, { ORANGE, 250 }, { DARK, 250 },
};

#define KEYS(color)                                                                                \
  {                                                                                                \
    { CYAN, 50 }, { DARK, 50 }, { CYAN, 50 }, { DARK, 50 }, { CYAN, 50 }, { DARK, 50 },            \
        { CYAN, 50 }, { DARK, 50 }, { CYAN, 50 }, { DARK, 50 }, { (color), 250 }, { DARK, 250 },   \
  }
static const FlLightStep keys_other[] = KEYS (RED);
static const FlLightStep keys_decryption[] = KEYS (ORANGE);
static const FlLightStep keys_authentication[] = KEYS (MAGENTA);

/* Three short, three long, three short, then the number of the crash: most often one. */
static const FlLightStep crash[] = {
  { RED, 150 },  { DARK, 100 }, { RED, 150 },   { DARK, 100 }, { RED, 150 },
  { DARK, 200 }, { RED, 300 },  { DARK, 100 },  { RED, 300 },  { DARK, 100 },
  { RED, 300 },  { DARK, 200 }, { RED, 150 },   { DARK, 100 }, { RED, 150 },
  { DARK, 100 }, { RED, 150 },  { DARK, 1000 }, { RED, 300 },  { DARK, 1100 },
};

/* One to five blinks, the more the stronger; three are drawn. */
static const FlLightStep signal_bars[] = {
  { GREEN, 250 }, { DARK, 250 }, { GREEN, 250 }, { DARK, 250 }, { GREEN, 250 }, { DARK, 1250 },
};

#define SLOW_STRIP  "▮▯▮▯"
#define BLINK_STRIP "▮▯▮▯▮▯"
#define RAPID_STRIP "▮▮▯▮▮"
#define FADE_STRIP  "▁▃▅▃▁"

/* Translators: in these rows the second text completes "The light …" and the third one "The device
 * …"; the fourth is advice for a light that stays like this. */
static const FlLightRow rows[] = {
  { { FL_LIGHT_STATE_UNKNOWN, FL_LIGHT_OFF, 0, DARK, NULL, 0 },
    "▯▯▯▯",
    N_ ("is not known"),
    N_ ("has not said what it does"),
    NULL },
  { { FL_LIGHT_STATE_WIFI_OFF, FL_LIGHT_BREATHE, BREATHE_MS, WHITE, NULL, 0 },
    FADE_STRIP,
    N_ ("fades in and out, white"),
    N_ ("has its Wi-Fi turned off"),
    N_ ("Set the device up again.") },
  { { FL_LIGHT_STATE_WIFI_IDLE, FL_LIGHT_BREATHE, BREATHE_MS, BLUE, NULL, 0 },
    FADE_STRIP,
    N_ ("fades in and out, blue"),
    N_ ("is not connected to a network"),
    N_ ("Set the device up again.") },
  { { FL_LIGHT_STATE_WIFI_CONNECTING, FL_LIGHT_BLINK, 200, GREEN, STEPS (green_blink) },
    BLINK_STRIP,
    N_ ("blinks, green"),
    N_ ("is joining the network"),
    N_ ("The password may be wrong, or the network too far away. Set the device up again, closer "
        "to the router.") },
  { { FL_LIGHT_STATE_WIFI_ADDRESS, FL_LIGHT_RAPID, 100, GREEN, STEPS (green_rapid) },
    RAPID_STRIP,
    N_ ("blinks fast, green"),
    N_ ("is getting an address"),
    N_ ("The router gives no address. Restart it, and check that it allows new devices.") },
  { { FL_LIGHT_STATE_WIFI_READY, FL_LIGHT_BREATHE, BREATHE_MS, GREEN, NULL, 0 },
    FADE_STRIP,
    N_ ("fades in and out, green"),
    N_ ("is on the network, not at its service"),
    N_ ("Wait a minute, then turn the device off and on.") },
  { { FL_LIGHT_STATE_CLOUD_CONNECTING, FL_LIGHT_BLINK, 200, CYAN, STEPS (cyan_blink) },
    BLINK_STRIP,
    N_ ("blinks, cyan"),
    N_ ("is reaching its service"),
    N_ ("The network may have no internet, or a firewall may block the service.") },
  { { FL_LIGHT_STATE_CLOUD_HANDSHAKE, FL_LIGHT_RAPID, 100, CYAN, STEPS (cyan_rapid) },
    RAPID_STRIP,
    N_ ("blinks fast, cyan"),
    N_ ("is greeting its service"),
    N_ ("Turn the device off and on.") },
  { { FL_LIGHT_STATE_CLOUD_CONNECTED, FL_LIGHT_BREATHE, BREATHE_MS, CYAN, NULL, 0 },
    FADE_STRIP,
    N_ ("fades in and out, cyan"),
    N_ ("is online"),
    NULL },
  { { FL_LIGHT_STATE_SAFE_MODE, FL_LIGHT_BREATHE, BREATHE_MS, MAGENTA, NULL, 0 },
    FADE_STRIP,
    N_ ("fades in and out, magenta"),
    N_ ("is online, but its program does not run"),
    N_ ("The program does not fit the software of the device. An update mends that.") },
  { { FL_LIGHT_STATE_UPDATING, FL_LIGHT_RAPID, 100, MAGENTA, STEPS (magenta_rapid) },
    RAPID_STRIP,
    N_ ("blinks fast, magenta"),
    N_ ("is updating itself"),
    N_ ("Wait for the update to end. Do not unplug the device.") },
  { { FL_LIGHT_STATE_LISTENING, FL_LIGHT_BLINK, 500, BLUE, STEPS (blue_slow) },
    SLOW_STRIP,
    N_ ("blinks slowly, blue"),
    N_ ("waits for set-up"),
    N_ ("The device has no network stored. Set it up again.") },
  { { FL_LIGHT_STATE_DFU, FL_LIGHT_BLINK, 200, YELLOW, STEPS (yellow_blink) },
    BLINK_STRIP,
    N_ ("blinks, yellow"),
    N_ ("is in update mode"),
    N_ ("Press the reset button of the device once.") },
  { { FL_LIGHT_STATE_POWER_OFF, FL_LIGHT_SOLID, 0, GREY, STEPS (grey_solid) },
    "▮▮▮▮",
    N_ ("glows dimly, grey"),
    N_ ("sleeps"),
    N_ ("Press the reset button of the device once.") },
  { { FL_LIGHT_STATE_NYAN, FL_LIGHT_SEQUENCE, 700, RED, STEPS (rainbow) },
    "▮▮▮▮▮▮▮",
    N_ ("runs through all colours"),
    N_ ("shows which one it is"),
    NULL },
  { { FL_LIGHT_STATE_NO_INTERNET, FL_LIGHT_SEQUENCE, 2000, ORANGE, STEPS (no_internet) },
    "▮▯▮▯ ▮▮ ▮▮",
    N_ ("blinks cyan, then twice orange"),
    N_ ("finds no internet on this network"),
    N_ ("The network has no internet, or asks to sign in on a web page. Choose another network.") },
  { { FL_LIGHT_STATE_NO_CLOUD, FL_LIGHT_SEQUENCE, 2500, ORANGE, STEPS (no_cloud) },
    "▮▯▮▯ ▮▮ ▮▮ ▮▮",
    N_ ("blinks cyan, then three times orange"),
    N_ ("cannot reach its service"),
    N_ ("A firewall may block the service.") },
  { { FL_LIGHT_STATE_KEYS_OTHER, FL_LIGHT_SEQUENCE, 1000, RED, STEPS (keys_other) },
    "▮▮▯▮▮ ▮▮▮",
    N_ ("blinks fast in cyan, then once red"),
    N_ ("is not accepted by its service"),
    N_ ("The keys of the device may be wrong. Ask its maker for help.") },
  { { FL_LIGHT_STATE_KEYS_DECRYPTION, FL_LIGHT_SEQUENCE, 1000, ORANGE, STEPS (keys_decryption) },
    "▮▮▯▮▮ ▮▮▮",
    N_ ("blinks fast in cyan, then once orange"),
    N_ ("does not understand its service"),
    N_ ("The keys of the device may be wrong. Ask its maker for help.") },
  { { FL_LIGHT_STATE_KEYS_AUTHENTICATION, FL_LIGHT_SEQUENCE, 1000, MAGENTA,
      STEPS (keys_authentication) },
    "▮▮▯▮▮ ▮▮▮",
    N_ ("blinks fast in cyan, then once magenta"),
    N_ ("is not accepted by its service"),
    N_ ("The keys of the device may be wrong. Ask its maker for help.") },
  { { FL_LIGHT_STATE_CRASH, FL_LIGHT_SEQUENCE, 5200, RED, STEPS (crash) },
    "▪▪▪ ▬▬▬ ▪▪▪",
    N_ ("blinks red, three short, three long, three short"),
    N_ ("has stopped because of a fault"),
    N_ ("Turn the device off and on. Ask its maker for help if this comes back.") },
  { { FL_LIGHT_STATE_SIGNAL_BARS, FL_LIGHT_SEQUENCE, 2500, GREEN, STEPS (signal_bars) },
    "▮▮ ▮▮ ▮▮",
    N_ ("blinks one to five times, green"),
    N_ ("shows how strong the network is"),
    NULL },
  { { FL_LIGHT_STATE_CLEARED, FL_LIGHT_RAPID, 100, BLUE, STEPS (blue_rapid) },
    RAPID_STRIP,
    N_ ("blinks very fast, blue"),
    N_ ("forgets its networks"),
    NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == FL_LIGHT_N_STATES);

const FlLightRow *
fl_light_table_get (FlLightState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (rows), &rows[FL_LIGHT_STATE_UNKNOWN]);

  return &rows[state];
}

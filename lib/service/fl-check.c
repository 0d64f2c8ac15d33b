/* SPDX-License-Identifier: Apache-2.0 */
/* The chain from the device to its service: the first link that does not hold is named. Pure. */
#define G_LOG_DOMAIN "fl-check"
#include "config.h"

#include "fl-check.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Below this an access point is heard but hardly understood. */
#define WEAK_DBM -80

static const struct
{
  const char *id;
  const char *title;
} links[FL_CHECK_N_LINKS] = {
  [FL_LINK_DEVICE] = { "device", N_ ("Device") },
  [FL_LINK_RADIO] = { "radio", N_ ("Radio") },
  [FL_LINK_JOIN] = { "join", N_ ("Network") },
  [FL_LINK_ADDRESS] = { "address", N_ ("Address") },
  [FL_LINK_NAME] = { "name-look-up", N_ ("Name Look-Up") },
  [FL_LINK_SERVICE] = { "service", N_ ("Service") },
};

/* What came of one link. */
typedef struct
{
  FlVerdict verdict;
  char *sentence;   /* owned */
  FlErrorCode code; /* 0: no entry of the catalogue fits */
  FlBlame blame;
  gboolean sure;
} Judgement;

static Judgement
judge (FlVerdict verdict, const char *sentence, FlErrorCode code, FlBlame blame, gboolean sure)
{
  return (Judgement){ verdict, g_strdup (sentence), code, blame, sure };
}

static Judgement
good (const char *sentence)
{
  return judge (FL_VERDICT_GOOD, sentence, 0, FL_BLAME_NOBODY, TRUE);
}

static Judgement
unknown (const char *sentence)
{
  return judge (FL_VERDICT_UNKNOWN, sentence, 0, FL_BLAME_NOBODY, FALSE);
}

/* With the name of a network in the sentence. */
static Judgement
name_it (Judgement judgement, FlNetwork *network)
{
  g_autofree char *format = g_steal_pointer (&judgement.sentence);
  GString *text = g_string_new (format);

  g_string_replace (text, "%s", network != NULL ? fl_network_get_name (network) : "", 1);
  judgement.sentence = g_string_free (text, FALSE);
  return judgement;
}

static gboolean
has_error (const FlCheckFacts *facts, FlErrorCode code)
{
  return g_error_matches (facts->error, FL_ERROR, (int) code);
}

/* It says nothing of itself: the error is all there is. */
static Judgement
judge_silence (const FlCheckFacts *facts)
{
  FlErrorText text;
  gboolean of_computer;

  if (facts->error == NULL)
    return unknown (_ ("The device has not been read yet."));
  if (facts->error->domain != FL_ERROR)
    return judge (FL_VERDICT_BROKEN, _ ("The device could not be read, for an unknown reason."),
                  FL_ERROR_UNEXPECTED, FL_BLAME_DEVICE, FALSE);
  if (has_error (facts, FL_ERROR_WRONG_SECRET))
    return judge (FL_VERDICT_BROKEN,
                  _ ("The device does not accept the code of this label, or there is none."),
                  FL_ERROR_WRONG_SECRET, FL_BLAME_COMPUTER, TRUE);
  if (has_error (facts, FL_ERROR_DEVICE_BUSY))
    return judge (FL_VERDICT_BROKEN, _ ("The device is busy. It may be updating."),
                  FL_ERROR_DEVICE_BUSY, FL_BLAME_DEVICE, FALSE);

  fl_error_describe (facts->error, &text);
  of_computer =
      facts->error->code <= FL_ERROR_USB_PERMISSION && facts->error->code != FL_ERROR_USB_NOTHING;
  if (of_computer)
    return judge (FL_VERDICT_BROKEN, *text.advice != '\0' ? text.advice : text.title,
                  (FlErrorCode) facts->error->code, FL_BLAME_COMPUTER, text.sure);
  return judge (FL_VERDICT_BROKEN,
                _ ("The device does not answer. It may be off, or the cable may only charge."),
                (FlErrorCode) facts->error->code, FL_BLAME_DEVICE, FALSE);
}

static gboolean
has_broken_module (const FlCheckFacts *facts)
{
  for (guint i = 0; facts->modules != NULL && i < facts->modules->len; i++)
    {
      const FlModule *module = facts->modules->pdata[i];

      if (module->checked && (!module->is_sound || !module->dependencies_met))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_in_mode (const FlCheckFacts *facts, FlDeviceMode mode)
{
  if (facts->state != NULL && facts->state->mode != FL_MODE_UNKNOWN)
    return facts->state->mode == mode;
  return facts->info != NULL && facts->info->mode == mode;
}

static Judgement
judge_device (const FlCheckFacts *facts, FlNetwork *network)
{
  gboolean is_protected = facts->info != NULL && facts->info->is_protected;
  gboolean tells = facts->state != NULL && facts->state->wifi_known;

  if (has_error (facts, FL_ERROR_UPDATE_MODE) || is_in_mode (facts, FL_MODE_UPDATE))
    return judge (FL_VERDICT_BROKEN,
                  _ ("The device is in update mode (its bootloader) and does nothing else."),
                  FL_ERROR_UPDATE_MODE, FL_BLAME_DEVICE, TRUE);
  if (!tells && (is_protected || has_error (facts, FL_ERROR_PROTECTED)))
    return judge (FL_VERDICT_BROKEN,
                  _ ("The device is locked by its owner and tells only who it is."),
                  FL_ERROR_PROTECTED, FL_BLAME_DEVICE, TRUE);
  if (facts->state == NULL)
    return judge_silence (facts);
  if (is_in_mode (facts, FL_MODE_SAFE) && has_broken_module (facts))
    return judge (FL_VERDICT_BROKEN,
                  _ ("The device runs without its application (safe mode), as part of its software "
                     "is damaged or does not fit."),
                  FL_ERROR_UPDATE_MODE, FL_BLAME_DEVICE, TRUE);
  if (is_in_mode (facts, FL_MODE_SAFE))
    return judge (FL_VERDICT_DOUBTFUL,
                  _ ("The device runs without its application (safe mode). A reset may end that."),
                  FL_ERROR_UPDATE_MODE, FL_BLAME_DEVICE, FALSE);
  if (is_in_mode (facts, FL_MODE_LISTENING))
    return good (_ ("The device answers. It waits for set-up (listening mode)."));
  return good (_ ("The device answers and runs."));
}

static guint
count (GListModel *model)
{
  return model != NULL ? g_list_model_get_n_items (model) : 0;
}

/* Borrowed: the model keeps it. */
static FlNetwork *
find_heard (const FlCheckFacts *facts, FlNetwork *network)
{
  for (guint i = 0; i < count (facts->networks); i++)
    {
      g_autoptr (FlNetwork) heard = g_list_model_get_item (facts->networks, i);

      if (g_bytes_equal (fl_network_get_ssid (heard), fl_network_get_ssid (network)))
        return heard;
    }
  return NULL;
}

/* The network that it should use, as heard where it is: the first stored one that is heard, else
 * the first stored one. (nullable), borrowed. */
static FlNetwork *
find_network (const FlCheckFacts *facts, gboolean *is_heard)
{
  FlNetwork *first = NULL;

  *is_heard = FALSE;
  for (guint i = 0; i < count (facts->known); i++)
    {
      g_autoptr (FlNetwork) known = g_list_model_get_item (facts->known, i);
      FlNetwork *heard = find_heard (facts, known);

      if (heard != NULL)
        {
          *is_heard = TRUE;
          return heard;
        }
      if (first == NULL)
        first = known;
    }
  return first;
}

static gboolean
is_weak (int rssi_dbm)
{
  return rssi_dbm != 0 && rssi_dbm < WEAK_DBM;
}

static Judgement
judge_heard (const FlCheckFacts *facts, FlNetwork *network)
{
  if (fl_network_is_5ghz (network) && facts->can != 0 && !(facts->can & FL_CAN_5GHZ))
    return name_it (judge (FL_VERDICT_BROKEN,
                           /* Translators: %s is the name of a network. */
                           _ ("“%s” is on the air at 5 GHz only, which the device cannot use."),
                           FL_ERROR_NETWORK_5_GHZ, FL_BLAME_NETWORK, TRUE),
                    network);
  if (is_weak (fl_network_get_rssi (network)))
    return name_it (judge (FL_VERDICT_DOUBTFUL,
                           /* Translators: %s is the name of a network. */
                           _ ("The signal of “%s” is very weak where the device is."),
                           FL_ERROR_JOIN_WEAK, FL_BLAME_NETWORK, FALSE),
                    network);
  /* Translators: %s is the name of a network. */
  return name_it (good (_ ("The radio is on and hears “%s”.")), network);
}

static Judgement
judge_radio (const FlCheckFacts *facts, FlNetwork *network)
{
  const FlDeviceState *state = facts->state;
  gboolean is_done = state->cloud == FL_CLOUD_CONNECTED;

  if (!state->wifi_known)
    return unknown (_ ("The device does not tell about its radio."));
  if (state->wifi_link && is_weak (state->rssi_dbm) && !is_done)
    return judge (FL_VERDICT_DOUBTFUL,
                  _ ("The device is on a network whose signal is very weak where it is."),
                  FL_ERROR_JOIN_WEAK, FL_BLAME_NETWORK, FALSE);
  if (state->wifi_link)
    return good (_ ("The radio is on and hears the network."));
  if (facts->known != NULL && count (facts->known) == 0)
    return judge (FL_VERDICT_BROKEN, _ ("The device has no network stored."), 0, FL_BLAME_DEVICE,
                  TRUE);
  if (facts->networks == NULL)
    return state->wifi_up ? good (_ ("The radio is on."))
                          : judge (FL_VERDICT_BROKEN, _ ("The radio of the device is off."), 0,
                                   FL_BLAME_DEVICE, TRUE);
  if (count (facts->networks) == 0)
    return judge (FL_VERDICT_BROKEN, _ ("The device hears no network at all."), FL_ERROR_SCAN_EMPTY,
                  FL_BLAME_DEVICE, FALSE);
  if (network == NULL)
    return good (_ ("The radio is on and hears networks."));
  if (find_heard (facts, network) == NULL)
    return name_it (
        judge (FL_VERDICT_BROKEN,
               /* Translators: %s is the name of a network. */
               _ ("The device does not hear “%s”. It may be too far away, or switched off."),
               FL_ERROR_NETWORK_TOO_FAR, FL_BLAME_NETWORK, FALSE),
        network);
  return judge_heard (facts, network);
}

/* What it last failed with, where that is about joining. */
static const struct
{
  FlErrorCode code;
  FlBlame blame;
  const char *sentence;
} join_errors[] = {
  { FL_ERROR_WRONG_PASSWORD, FL_BLAME_DEVICE,
    N_ ("The network did not accept the password that the device was given.") },
  { FL_ERROR_LOGIN_REJECTED, FL_BLAME_DEVICE,
    N_ ("The network did not accept the login that the device was given.") },
  { FL_ERROR_JOIN_REFUSED, FL_BLAME_NETWORK,
    N_ ("The network refused the device. It may be full, or allow only known devices.") },
  { FL_ERROR_JOIN_SECURITY, FL_BLAME_NETWORK,
    N_ ("The router's security may be too new for the device.") },
  { FL_ERROR_JOIN_TIMEOUT, FL_BLAME_NETWORK,
    N_ ("The device tried to join, and the network did not answer in time.") },
  { FL_ERROR_JOIN_WEAK, FL_BLAME_NETWORK,
    N_ ("The device could not join. The signal is very weak where it is.") },
};

static Judgement
judge_join (const FlCheckFacts *facts, FlNetwork *network)
{
  FlSecurity security = network != NULL ? fl_network_get_security (network) : FL_SECURITY_UNKNOWN;
  FlErrorText text;

  if (!facts->state->wifi_known)
    return unknown (_ ("The device does not tell which network it is on."));
  if (facts->state->wifi_link)
    return good (_ ("The device has joined a network."));
  if (security == FL_SECURITY_ENTERPRISE && facts->can != 0 && !(facts->can & FL_CAN_ENTERPRISE))
    return judge (FL_VERDICT_BROKEN,
                  _ ("This network needs a user name (enterprise), which the device cannot do."),
                  FL_ERROR_NETWORK_ENTERPRISE, FL_BLAME_NETWORK, TRUE);
  if (security == FL_SECURITY_WPA3 && !(facts->can & FL_CAN_WPA3))
    return judge (FL_VERDICT_BROKEN,
                  _ ("The device cannot use this network's security (WPA3 only)."),
                  FL_ERROR_NETWORK_WPA3, FL_BLAME_NETWORK, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (join_errors); i++)
    if (has_error (facts, join_errors[i].code))
      {
        fl_error_describe (facts->error, &text);
        return judge (FL_VERDICT_BROKEN, _ (join_errors[i].sentence), join_errors[i].code,
                      join_errors[i].blame, text.sure);
      }
  if (is_in_mode (facts, FL_MODE_LISTENING))
    return judge (FL_VERDICT_DOUBTFUL,
                  _ ("The device is in set-up mode (listening) and may not join by itself until "
                     "that ends."),
                  0, FL_BLAME_DEVICE, FALSE);
  return judge (FL_VERDICT_DOUBTFUL,
                _ ("The device hears its network and has not joined. The stored password may be "
                   "wrong."),
                FL_ERROR_JOIN_UNCLEAR, FL_BLAME_DEVICE, FALSE);
}

/* RFC 3927: what a device gives itself when nobody else does; IPv6: RFC 4291, 2.5.6. */
static gboolean
is_self_made (const char *address)
{
  return g_str_has_prefix (address, "169.254.") || g_ascii_strncasecmp (address, "fe80:", 5) == 0;
}

static Judgement
judge_address (const FlCheckFacts *facts, FlNetwork *network)
{
  const FlDeviceState *state = facts->state;

  if (!state->wifi_known)
    return unknown (_ ("The device does not tell its address."));
  for (char **address = state->addresses; address != NULL && *address != NULL; address++)
    if (!is_self_made (*address))
      {
        g_autofree char *sentence =
            /* Translators: %s is an address on a network, like 192.168.1.10. */
            g_strdup_printf (_ ("The device has the address %s."), *address);

        return good (sentence);
      }
  if (state->has_ipv4 && (state->addresses == NULL || state->addresses[0] == NULL))
    return good (_ ("The device has an address."));
  return judge (FL_VERDICT_BROKEN,
                _ ("The network gave the device no address (DHCP). Restarting the router may "
                   "help."),
                FL_ERROR_NO_ADDRESS, FL_BLAME_NETWORK, TRUE);
}

static gboolean
was_tried (const FlCheckFacts *facts)
{
  return facts->was_connecting || facts->state->cloud == FL_CLOUD_CONNECTING ||
         has_error (facts, FL_ERROR_CLOUD_UNREACHABLE);
}

/* A device does not tell whether it is names or the rest that fails; this computer is the only
 * other witness, and may be on another network. */
static Judgement
judge_name (const FlCheckFacts *facts, FlNetwork *network)
{
  if (facts->state->cloud == FL_CLOUD_CONNECTED)
    return good (_ ("The device can look up names (DNS)."));
  if (has_error (facts, FL_ERROR_NO_INTERNET))
    return judge (FL_VERDICT_BROKEN, _ ("The network has no internet, or asks to sign in first."),
                  FL_ERROR_NO_INTERNET, FL_BLAME_NETWORK, FALSE);
  if (was_tried (facts) && facts->computer_online_known && !facts->computer_online)
    return judge (FL_VERDICT_DOUBTFUL,
                  _ ("The device finds no way out of the network. This computer has no internet "
                     "either, so the network may have none."),
                  FL_ERROR_NO_INTERNET, FL_BLAME_NETWORK, FALSE);
  return unknown (_ ("The device does not tell whether it can look up names (DNS)."));
}

static Judgement
judge_service (const FlCheckFacts *facts, FlNetwork *network)
{
  if (facts->state->cloud == FL_CLOUD_CONNECTED)
    return good (_ ("The device is connected to its service."));
  if (has_error (facts, FL_ERROR_CLOUD_REJECTED))
    return judge (FL_VERDICT_BROKEN,
                  _ ("The service does not know this device: its keys do not fit."),
                  FL_ERROR_CLOUD_REJECTED, FL_BLAME_DEVICE, TRUE);
  if (facts->state->cloud == FL_CLOUD_UNKNOWN && !was_tried (facts))
    return unknown (_ ("The device does not tell about its service."));
  if (!was_tried (facts))
    return judge (FL_VERDICT_DOUBTFUL,
                  _ ("The device did not try to reach its service while this was looked at. Its "
                     "application may not want to."),
                  FL_ERROR_NOT_REPORTED, FL_BLAME_DEVICE, FALSE);
  if (facts->computer_online_known && facts->computer_online)
    return judge (FL_VERDICT_BROKEN,
                  _ ("The device tries its service in vain, while this computer has internet. A "
                     "firewall in the network may block it."),
                  FL_ERROR_CLOUD_UNREACHABLE, FL_BLAME_NETWORK, FALSE);
  return judge (FL_VERDICT_BROKEN,
                _ ("The device tries its service in vain. The network may have no internet, or a "
                   "firewall may block it."),
                FL_ERROR_CLOUD_UNREACHABLE, FL_BLAME_NETWORK, FALSE);
}

static FlFinding *
conclude (FlCheckLink link, Judgement judgement)
{
  g_autofree char *sentence = judgement.sentence;
  g_autoptr (GError) error = NULL;

  if (judgement.code != 0)
    error = g_error_new_literal (FL_ERROR, (int) judgement.code, sentence);
  return fl_finding_new (links[link].id, _ (links[link].title), judgement.verdict, sentence, error,
                         judgement.blame, judgement.sure);
}

GPtrArray *
fl_check_judge (const FlCheckFacts *facts)
{
  static Judgement (*const judges[FL_CHECK_N_LINKS]) (const FlCheckFacts *, FlNetwork *) = {
    [FL_LINK_DEVICE] = judge_device, [FL_LINK_RADIO] = judge_radio,
    [FL_LINK_JOIN] = judge_join,     [FL_LINK_ADDRESS] = judge_address,
    [FL_LINK_NAME] = judge_name,     [FL_LINK_SERVICE] = judge_service,
  };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_heard = FALSE;
  FlNetwork *network;

  g_return_val_if_fail (facts != NULL, NULL);

  network = find_network (facts, &is_heard);
  for (guint i = 0; i < FL_CHECK_N_LINKS; i++)
    {
      gboolean is_pointless =
          fl_check_get_break (findings) != NULL || (i > FL_LINK_DEVICE && facts->state == NULL);

      g_ptr_array_add (findings,
                       conclude ((FlCheckLink) i,
                                 is_pointless ? unknown (_ ("An earlier step has to work first."))
                                              : judges[i](facts, network)));
    }
  return g_steal_pointer (&findings);
}

FlFinding *
fl_check_get_break (GPtrArray *findings)
{
  g_return_val_if_fail (findings != NULL, NULL);

  for (guint i = 0; i < findings->len; i++)
    if (fl_finding_get_verdict (findings->pdata[i]) == FL_VERDICT_BROKEN ||
        fl_finding_get_verdict (findings->pdata[i]) == FL_VERDICT_DOUBTFUL)
      return findings->pdata[i];
  return NULL;
}

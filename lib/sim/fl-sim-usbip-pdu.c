/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-usbip-pdu.h"

#include <string.h>

#include "fl-usb-service.h"

/* Linux, Documentation/usb/usbip_protocol.rst. All numbers but the setup packet's are big-endian.
 */
#define CMD_SUBMIT 1
#define CMD_UNLINK 2
#define RET_SUBMIT 3
#define RET_UNLINK 4
#define NO_PACKETS 0xffffffffu /* as the text says; Linux' own host sends 0 */
#define MAX_NUMBER 15          /* of endpoints */
#define N_WORDS    (FL_SIM_USBIP_HEADER_BYTES / sizeof (guint32))

/* The words of a header. */
enum
{
  WORD_COMMAND,
  WORD_SEQUENCE,
  WORD_DEVICE,
  WORD_DIRECTION,
  WORD_ENDPOINT,
  WORD_FLAGS,
  WORD_STATUS = WORD_FLAGS, /* of replies */
  WORD_VICTIM = WORD_FLAGS, /* of an unlink */
  WORD_LENGTH,
  WORD_START_FRAME,
  WORD_N_PACKETS,
  WORD_INTERVAL,
  WORD_SETUP,
};

static guint32
read_word (const guint8 *header, guint index)
{
  guint32 word;

  memcpy (&word, header + index * sizeof word, sizeof word);
  return GUINT32_FROM_BE (word);
}

static gboolean
decode_submit (const guint8 *header, FlSimUsbipRequest *request)
{
  guint32 endpoint = read_word (header, WORD_ENDPOINT);
  guint32 length = read_word (header, WORD_LENGTH);
  guint32 n_packets = read_word (header, WORD_N_PACKETS);

  if (endpoint > MAX_NUMBER || length > FL_SIM_USBIP_MAX_BYTES ||
      (n_packets != 0 && n_packets != NO_PACKETS))
    return FALSE;
  request->command = FL_SIM_USBIP_SUBMIT;
  request->endpoint = endpoint;
  request->size_bytes = length;
  fl_usb_setup_decode (header + WORD_SETUP * sizeof (guint32), &request->setup);
  return TRUE;
}

gboolean
fl_sim_usbip_request_decode (const guint8 header[FL_SIM_USBIP_HEADER_BYTES],
                             FlSimUsbipRequest *request)
{
  guint32 direction;

  g_return_val_if_fail (header != NULL && request != NULL, FALSE);

  direction = read_word (header, WORD_DIRECTION);
  *request =
      (FlSimUsbipRequest){ .sequence = read_word (header, WORD_SEQUENCE), .is_in = direction == 1 };
  if (read_word (header, WORD_COMMAND) == CMD_SUBMIT && direction <= 1)
    return decode_submit (header, request);
  if (read_word (header, WORD_COMMAND) != CMD_UNLINK)
    return FALSE;
  request->command = FL_SIM_USBIP_UNLINK;
  request->victim = read_word (header, WORD_VICTIM);
  return TRUE;
}

gsize
fl_sim_usbip_request_get_payload_bytes (const FlSimUsbipRequest *request)
{
  g_return_val_if_fail (request != NULL, 0);

  return request->command == FL_SIM_USBIP_SUBMIT && !request->is_in ? request->size_bytes : 0;
}

static void
append_header (GByteArray *out, const guint32 words[N_WORDS])
{
  guint32 header[N_WORDS];

  for (gsize i = 0; i < N_WORDS; i++)
    header[i] = GUINT32_TO_BE (words[i]);
  g_byte_array_append (out, (const guint8 *) header, sizeof header);
}

void
fl_sim_usbip_append_done (GByteArray *out,
                          guint32 sequence,
                          FlSimUsbipStatus status,
                          guint done_bytes,
                          const guint8 *data)
{
  const guint32 words[N_WORDS] = {
    [WORD_COMMAND] = RET_SUBMIT,
    [WORD_SEQUENCE] = sequence,
    [WORD_STATUS] = (guint32) status,
    [WORD_LENGTH] = done_bytes,
  };

  g_return_if_fail (out != NULL);

  append_header (out, words);
  if (data != NULL && done_bytes > 0)
    g_byte_array_append (out, data, done_bytes);
}

void
fl_sim_usbip_append_unlinked (GByteArray *out, guint32 sequence, FlSimUsbipStatus status)
{
  const guint32 words[N_WORDS] = {
    [WORD_COMMAND] = RET_UNLINK,
    [WORD_SEQUENCE] = sequence,
    [WORD_STATUS] = (guint32) status,
  };

  g_return_if_fail (out != NULL);

  append_header (out, words);
}

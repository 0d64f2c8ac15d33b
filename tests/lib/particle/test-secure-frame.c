/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fl-error.h"
#include "fl-jpake.h"
#include "fl-secure-frame.h"
#include "fl-secure-transcript.h"
#include "secure-pair.h"

static FlSecret *
make_premaster (void)
{
  FlSecret *premaster = fl_secret_new_zeroed (FL_JPAKE_PREMASTER_SIZE);
  guint64 seed = 5;

  secure_pair_random (&seed, fl_secret_get_writable (premaster), FL_JPAKE_PREMASTER_SIZE);
  return premaster;
}

static GBytes *
seal (FlSecureFrames *frames, guint16 id, const char *text)
{
  g_autoptr (FlSecret) payload = fl_secret_new_from_string (text);
  const FlSecureMessage message = { .id = id, .type = 500, .result = -1, .payload = payload };
  g_autoptr (GError) error = NULL;
  GBytes *frame = fl_secure_frames_seal (frames, &message, &error);

  g_assert_no_error (error);
  return frame;
}

static FlSecureMessage *
open_frame (FlSecureFrames *frames, GBytes *frame)
{
  return fl_secure_frames_open (frames, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame),
                                NULL);
}

/* One bit of a frame is flipped on its way into an open session. A longer size leaves the device
 * waiting, everything else ends the session; nothing is ever passed on. */
static void
every_bit_flipped (void)
{
  g_autoptr (FlSecret) premaster = make_premaster ();
  g_autoptr (FlSecureFrames) sender = fl_secure_frames_new (FL_SECURE_CLIENT, premaster);
  g_autoptr (GBytes) frame = seal (sender, 7, "hello");
  const gsize size_bytes = g_bytes_get_size (frame);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (frame, NULL), size_bytes);
  guint n_opened = 0;

  for (gsize bit = 0; bit < 8 * size_bytes; bit++)
    {
      g_autoptr (FlSecureFrames) receiver = fl_secure_frames_new (FL_SECURE_CLIENT, premaster);
      g_autoptr (GError) error = NULL;
      gsize measured;

      bytes[bit / 8] ^= 1 << bit % 8;
      measured = fl_secure_frames_measure (bytes);
      if (measured <= size_bytes)
        {
          g_assert_null (fl_secure_frames_open (receiver, bytes, measured, &error));
          g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
          n_opened++;
        }
      bytes[bit / 8] ^= 1 << bit % 8;
    }
  g_assert_cmpuint (n_opened, >=, 8 * (size_bytes - 2)); /* all but those that say "longer" */
}

static void
every_size_bit_in_session (void)
{
  for (guint bit = 0; bit < 16; bit++)
    {
      g_autoptr (SecurePair) pair = secure_pair_new_open (244);
      g_autoptr (GByteArray) bytes = NULL;
      g_autoptr (FlSecret) payload = fl_secret_new_from_string ("hello");

      g_assert_true (fl_secure_session_send_request (pair->client, 1, 1, payload));
      bytes = secure_pair_drain (pair, pair->client);
      bytes->data[bit / 8] ^= 1 << bit % 8;
      secure_pair_feed (pair, pair->device, bytes);

      g_assert_null (fl_secure_session_pop (pair->device));
      if (fl_secure_frames_measure (bytes->data) > bytes->len)
        g_assert_cmpint (fl_secure_session_get_state (pair->device), ==, FL_SECURE_OPEN);
      else
        g_assert_error (fl_secure_session_get_error (pair->device), FL_ERROR, FL_ERROR_UNEXPECTED);
    }
}

static void
replayed (void)
{
  g_autoptr (FlSecret) premaster = make_premaster ();
  g_autoptr (FlSecureFrames) sender = fl_secure_frames_new (FL_SECURE_CLIENT, premaster);
  g_autoptr (FlSecureFrames) receiver = fl_secure_frames_new (FL_SECURE_CLIENT, premaster);
  g_autoptr (GBytes) frame = seal (sender, 1, "once");
  g_autoptr (FlSecureMessage) first = open_frame (receiver, frame);

  g_assert_nonnull (first);
  g_assert_null (open_frame (receiver, frame));
}

static void
reordered (void)
{
  g_autoptr (FlSecret) premaster = make_premaster ();
  g_autoptr (FlSecureFrames) sender = fl_secure_frames_new (FL_SECURE_DEVICE, premaster);
  g_autoptr (FlSecureFrames) receiver = fl_secure_frames_new (FL_SECURE_DEVICE, premaster);
  g_autoptr (GBytes) first = seal (sender, 1, "first");
  g_autoptr (GBytes) second = seal (sender, 1, "second");

  g_assert_nonnull (first);
  g_assert_null (open_frame (receiver, second));
}

/* A client's message sent back to it, and the other way round. */
static void
reflected (void)
{
  g_autoptr (FlSecret) premaster = make_premaster ();

  for (FlSecureRole role = FL_SECURE_CLIENT; role <= FL_SECURE_DEVICE; role++)
    {
      const FlSecureRole peer = role == FL_SECURE_CLIENT ? FL_SECURE_DEVICE : FL_SECURE_CLIENT;
      g_autoptr (FlSecureFrames) sender = fl_secure_frames_new (role, premaster);
      g_autoptr (FlSecureFrames) receiver = fl_secure_frames_new (peer, premaster);
      g_autoptr (GBytes) frame = seal (sender, 1, "back");

      g_assert_null (open_frame (receiver, frame));
    }
}

/* The confirmation: every bit, and every other length. */
static void
confirmation_mangled (void)
{
  g_autoptr (FlSecret) premaster = make_premaster ();
  g_autoptr (FlSecureTranscript) transcript = fl_secure_transcript_new ();
  guint8 bytes[FL_SECURE_CONFIRMATION_SIZE + 1] = { 0 };

  fl_secure_transcript_add (transcript, (const guint8 *) "c1s1s2c2", 8);
  fl_secure_transcript_confirm (transcript, FL_SECURE_CLIENT, premaster, bytes);
  for (gsize bit = 0; bit < 8 * FL_SECURE_CONFIRMATION_SIZE; bit++)
    {
      bytes[bit / 8] ^= 1 << bit % 8;
      g_assert_false (fl_secure_transcript_check (transcript, FL_SECURE_CLIENT, premaster, bytes,
                                                  FL_SECURE_CONFIRMATION_SIZE));
      bytes[bit / 8] ^= 1 << bit % 8;
    }
  for (gsize size_bytes = 0; size_bytes <= sizeof bytes; size_bytes++)
    g_assert_cmpint (fl_secure_transcript_check (transcript, FL_SECURE_CLIENT, premaster, bytes,
                                                 size_bytes),
                     ==, size_bytes == FL_SECURE_CONFIRMATION_SIZE);

  /* Not the other side's, and not after another word has been said. */
  g_assert_false (fl_secure_transcript_check (transcript, FL_SECURE_DEVICE, premaster, bytes,
                                              FL_SECURE_CONFIRMATION_SIZE));
  fl_secure_transcript_add (transcript, bytes, FL_SECURE_CONFIRMATION_SIZE);
  g_assert_false (fl_secure_transcript_check (transcript, FL_SECURE_CLIENT, premaster, bytes,
                                              FL_SECURE_CONFIRMATION_SIZE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secure-frame/every-bit/refused", every_bit_flipped);
  g_test_add_func ("/secure-frame/every-size-bit/never-passed-on", every_size_bit_in_session);
  g_test_add_func ("/secure-frame/replayed/refused", replayed);
  g_test_add_func ("/secure-frame/reordered/refused", reordered);
  g_test_add_func ("/secure-frame/reflected/refused", reflected);
  g_test_add_func ("/secure-frame/confirmation/mangled", confirmation_mangled);

  return g_test_run ();
}

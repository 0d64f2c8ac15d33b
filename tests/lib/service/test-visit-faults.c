/* SPDX-License-Identifier: Apache-2.0 */
/* A cable on which something goes wrong, at each transfer of a visit in turn: the visit comes to
 * rest, and a device that recovers is read in full. */
#include "config.h"

#include "visitor.h"

#include <string.h>

#define CABLE "usb=yes\nmode=running\nknown=home;guests\n"

/* Transfers of a visit that opens, reads everything and removes a network; more than there are. */
#define MOST_TRANSFERS 70

typedef struct
{
  const char *faults; /* %u: the transfer */
  gboolean recovers;  /* by itself: the visit must do what it was asked */
  guint step;
} Fault;

static const Fault faults[] = {
  { "usb-unplug=%u x1; usb-replug-after=3s", TRUE, 1 },
  { "usb-unplug=%u", FALSE, 3 },
  { "usb-reset=%u x1", TRUE, 1 },
  { "usb-stall=%u x1", FALSE, 1 },
  { "usb-silent=%u x1", FALSE, 3 },
  { "usb-short=%u x1", FALSE, 1 },
  { "usb-long=%u x1", FALSE, 1 },
  { "usb-garbage=%u x1", FALSE, 1 },
};

static void
assert_at_rest (Visitor *visitor)
{
  g_assert_false (fl_visit_get_busy (visitor->visit));
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    g_assert_cmpint (fl_visit_get_status (visitor->visit, (FlVisitBlock) i), !=, FL_BLOCK_READING);
  if (!fl_visit_get_open (visitor->visit))
    g_assert_nonnull (fl_visit_get_error (visitor->visit));
}

static char *
put_number (const char *format, guint number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);
  GString *text = g_string_new (format);

  g_string_replace (text, "%u", digits, 1);
  return g_string_free (text, FALSE);
}

static void
run_one (const Fault *fault, guint transfer)
{
  g_autofree char *text = NULL;
  g_autofree char *device = NULL;
  g_autoptr (GBytes) guests = visitor_ssid ("Guests");
  Visitor *visitor;
  gint64 began_us;

  text = put_number (fault->faults, transfer);
  device = g_strconcat (CABLE "faults=", text, "\n", NULL);
  visitor = visitor_new (device, NULL);
  began_us = fl_clock_now_us (visitor->journey->clock);
  fl_visit_remove_async (visitor->visit, guests, NULL, visitor_on_end, visitor);
  visitor_wait (visitor);
  g_assert_cmpuint (visitor->n_ended, ==, 1);
  if (fault->recovers && !visitor->ok)
    g_error ("%s: %s", text, visitor->error->message);
  journey_run_ms (visitor->journey, 60000);
  assert_at_rest (visitor);
  g_assert_cmpint (fl_clock_now_us (visitor->journey->clock) - began_us, <, 240 * G_USEC_PER_SEC);
  if (fault->recovers)
    {
      g_assert_true (fl_visit_get_open (visitor->visit));
      for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
        g_assert_cmpint (fl_visit_get_status (visitor->visit, (FlVisitBlock) i), ==,
                         FL_BLOCK_READY);
      g_assert_cmpuint (fl_sim_device_get_n_known (visitor_get_device (visitor)), ==, 1);
    }
  visitor_free (visitor);
}

static void
test_each_transfer (gconstpointer data)
{
  const Fault *fault = data;

  for (guint transfer = 1; transfer <= MOST_TRANSFERS; transfer += fault->step)
    run_one (fault, transfer);
}

/* The safe order holds whenever the cable goes: the old network is only gone where the new one was
 * proven, and the answer says what is the case. */
static void
test_replace_at_each_transfer (gconstpointer data)
{
  guint n_replaced = 0, n_kept = 0;

  for (guint transfer = 1; transfer <= 320; transfer += 3)
    {
      g_autofree char *text = put_number (data, transfer);
      g_autofree char *device =
          g_strconcat ("usb=yes\nmode=running\nknown=guests\nfaults=", text, "\n", NULL);
      Visitor *visitor = visitor_new (device, NULL);
      g_autoptr (GBytes) guests = visitor_ssid ("Guests");
      g_autoptr (FlCredentials) credentials =
          visitor_credentials ("Home", "correct horse", FL_SECURITY_WPA2);
      g_autofree char *known = NULL;

      fl_visit_replace_async (visitor->visit, guests, credentials, TRUE, NULL, visitor_on_end,
                              visitor);
      visitor_wait (visitor);
      known = visitor_dup_device_known (visitor);
      if (strstr (known, "Guests") == NULL)
        {
          if (!visitor->ok || strstr (known, "Home") == NULL)
            g_error ("%s: has “%s”: %s", text, known,
                     visitor->error != NULL ? visitor->error->message : "");
          n_replaced++;
        }
      else
        {
          g_assert_false (visitor->ok);
          g_assert_cmpuint (strlen (visitor->error->message), >, 20);
          n_kept++;
        }
      visitor_free (visitor);
    }
  g_test_message ("%u replaced, %u kept", n_replaced, n_kept);
  g_assert_cmpuint (n_replaced, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *word = g_strndup (faults[i].faults, strcspn (faults[i].faults, "="));
      g_autofree char *path = g_strdup_printf ("/visit-faults/each-transfer/%s%s", word,
                                               faults[i].recovers ? "-and-back" : "");

      g_test_add_data_func (path, &faults[i], test_each_transfer);
    }
  g_test_add_data_func ("/visit-faults/replace/cable-out", "usb-unplug=%u x1",
                        test_replace_at_each_transfer);
  g_test_add_data_func ("/visit-faults/replace/cable-out-and-in",
                        "usb-unplug=%u x1; usb-replug-after=3s", test_replace_at_each_transfer);
  g_test_add_data_func ("/visit-faults/replace/resets", "usb-reset=%u x1",
                        test_replace_at_each_transfer);
  return g_test_run ();
}

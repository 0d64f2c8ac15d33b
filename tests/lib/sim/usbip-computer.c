/* SPDX-License-Identifier: Apache-2.0 */
#include "usbip-computer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_PORTS    8
#define HEADER_BYTES 48
#define RET_SUBMIT   3
#define LIMIT_MS     20000 /* for anything; never reached when all is well */

typedef struct
{
  int fd; /* -1: nothing is plugged in */
  gboolean is_blocked;
  GByteArray *in;
  GPtrArray *answers;
  GHashTable *is_in; /* of the sequence: the answer may have data */
} Port;

struct _UsbipComputer
{
  GObject parent_instance;

  guint n_ports;
  Port ports[MAX_PORTS];
  guint32 sequence;
};

static void usbip_computer_iface_init (FlSimUsbipHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UsbipComputer,
                               usbip_computer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SIM_USBIP_HOST,
                                                      usbip_computer_iface_init))

static void
answer_free (gpointer data)
{
  UsbipAnswer *answer = data;

  g_clear_pointer (&answer->data, g_bytes_unref);
  g_free (answer);
}

static int
usbip_computer_attach (FlSimUsbipHost *host, int socket, int wanted, GError **error)
{
  UsbipComputer *self = USBIP_COMPUTER (host);

  for (int i = wanted < 0 ? 0 : wanted; i < (int) self->n_ports; i++)
    {
      Port *port = &self->ports[i];

      if (port->fd >= 0 || port->is_blocked)
        continue;
      port->fd = fcntl (socket, F_DUPFD_CLOEXEC, 0);
      g_assert_cmpint (port->fd, >=, 0);
      g_byte_array_set_size (port->in, 0);
      return i;
    }
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "No port is free");
  return -1;
}

void
usbip_computer_hang_up (UsbipComputer *self, guint number)
{
  Port *port = &self->ports[number];

  g_assert_cmpint (port->fd, >=, 0);
  close (port->fd);
  port->fd = -1;
}

static void
usbip_computer_detach (FlSimUsbipHost *host, int number)
{
  usbip_computer_hang_up (USBIP_COMPUTER (host), (guint) number);
}

static char *
usbip_computer_dup_place (FlSimUsbipHost *host, int port)
{
  return g_strdup_printf ("9-%d", port + 1);
}

static void
usbip_computer_iface_init (FlSimUsbipHostInterface *iface)
{
  iface->attach = usbip_computer_attach;
  iface->detach = usbip_computer_detach;
  iface->dup_place = usbip_computer_dup_place;
}

static void
usbip_computer_finalize (GObject *object)
{
  UsbipComputer *self = USBIP_COMPUTER (object);

  for (guint i = 0; i < MAX_PORTS; i++)
    {
      g_assert_cmpint (self->ports[i].fd, <, 0); /* nothing is left plugged in */
      g_byte_array_unref (self->ports[i].in);
      g_ptr_array_unref (self->ports[i].answers);
      g_hash_table_unref (self->ports[i].is_in);
    }
  G_OBJECT_CLASS (usbip_computer_parent_class)->finalize (object);
}

static void
usbip_computer_class_init (UsbipComputerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = usbip_computer_finalize;
}

static void
usbip_computer_init (UsbipComputer *self)
{
  for (guint i = 0; i < MAX_PORTS; i++)
    self->ports[i] = (Port){
      .fd = -1,
      .in = g_byte_array_new (),
      .answers = g_ptr_array_new_with_free_func (answer_free),
      .is_in = g_hash_table_new (NULL, NULL),
    };
}

UsbipComputer *
usbip_computer_new (guint n_ports)
{
  UsbipComputer *self = g_object_new (USBIP_TYPE_COMPUTER, NULL);

  g_assert_cmpuint (n_ports, <=, MAX_PORTS);
  self->n_ports = n_ports;
  return self;
}

void
usbip_computer_block (UsbipComputer *self, guint port)
{
  self->ports[port].is_blocked = TRUE;
}

gboolean
usbip_computer_is_attached (UsbipComputer *self, guint port)
{
  return self->ports[port].fd >= 0;
}

void
usbip_computer_send_raw (UsbipComputer *self, guint port, const void *data, gsize size_bytes)
{
  g_assert_cmpint (send (self->ports[port].fd, data, size_bytes, MSG_NOSIGNAL), ==, size_bytes);
}

static void
put (guint8 *header, guint word, guint32 value)
{
  guint32 wire = GUINT32_TO_BE (value);

  memcpy (header + 4 * word, &wire, sizeof wire);
}

guint32
usbip_computer_submit (UsbipComputer *self,
                       guint port,
                       guint endpoint,
                       gboolean is_in,
                       const FlUsbSetup *setup,
                       const void *data,
                       guint size_bytes)
{
  guint8 header[HEADER_BYTES] = { 0 };
  guint16 words[3];

  put (header, 0, 1);
  put (header, 1, ++self->sequence);
  put (header, 3, is_in);
  put (header, 4, endpoint);
  put (header, 6, size_bytes);
  if (setup != NULL)
    {
      header[40] = setup->request_type;
      header[41] = setup->request;
      words[0] = GUINT16_TO_LE (setup->value);
      words[1] = GUINT16_TO_LE (setup->index);
      words[2] = GUINT16_TO_LE (setup->length);
      memcpy (header + 42, words, sizeof words);
    }
  usbip_computer_send_raw (self, port, header, sizeof header);
  if (!is_in && size_bytes > 0)
    usbip_computer_send_raw (self, port, data, size_bytes);
  if (is_in)
    g_hash_table_add (self->ports[port].is_in, GUINT_TO_POINTER (self->sequence));
  return self->sequence;
}

guint32
usbip_computer_unlink (UsbipComputer *self, guint port, guint32 victim)
{
  guint8 header[HEADER_BYTES] = { 0 };

  put (header, 0, 2);
  put (header, 1, ++self->sequence);
  put (header, 5, victim);
  usbip_computer_send_raw (self, port, header, sizeof header);
  return self->sequence;
}

static guint32
get (GByteArray *in, guint word)
{
  guint32 value;

  memcpy (&value, in->data + 4 * word, sizeof value);
  return GUINT32_FROM_BE (value);
}

/* FALSE: no whole answer is there. */
static gboolean
parse (Port *port)
{
  gboolean has_data;
  guint length;
  UsbipAnswer *answer;

  if (port->in->len < HEADER_BYTES)
    return FALSE;
  length = get (port->in, 0) == RET_SUBMIT ? get (port->in, 6) : 0;
  has_data = g_hash_table_contains (port->is_in, GUINT_TO_POINTER (get (port->in, 1))) &&
             get (port->in, 0) == RET_SUBMIT;
  if (has_data && port->in->len < HEADER_BYTES + length)
    return FALSE;
  answer = g_new0 (UsbipAnswer, 1);
  answer->command = get (port->in, 0);
  answer->sequence = get (port->in, 1);
  answer->status = (gint32) get (port->in, 5);
  answer->length = length;
  answer->data = g_bytes_new (port->in->data + HEADER_BYTES, has_data ? length : 0);
  g_ptr_array_add (port->answers, answer);
  g_byte_array_remove_range (port->in, 0, HEADER_BYTES + (has_data ? length : 0));
  return TRUE;
}

const UsbipAnswer *
usbip_computer_look (UsbipComputer *self, guint number, guint32 sequence)
{
  Port *port = &self->ports[number];
  guint8 buffer[4096];
  gssize n_bytes;

  while (port->fd >= 0 && (n_bytes = recv (port->fd, buffer, sizeof buffer, MSG_DONTWAIT)) > 0)
    g_byte_array_append (port->in, buffer, (guint) n_bytes);
  while (parse (port))
    continue;
  for (guint i = 0; i < port->answers->len; i++)
    if (((UsbipAnswer *) port->answers->pdata[i])->sequence == sequence)
      return port->answers->pdata[i];
  return NULL;
}

static gboolean
on_late (gpointer data)
{
  g_assert_not_reached ();
}

static gboolean
on_beat (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

const UsbipAnswer *
usbip_computer_wait (UsbipComputer *self, guint port, guint32 sequence)
{
  guint late_id = g_timeout_add (LIMIT_MS, on_late, NULL);
  guint beat_id = g_timeout_add (2, on_beat, NULL); /* so that it is looked at */
  const UsbipAnswer *answer;

  while ((answer = usbip_computer_look (self, port, sequence)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late_id);
  g_source_remove (beat_id);
  return answer;
}

const UsbipAnswer *
usbip_computer_control (UsbipComputer *self,
                        guint port,
                        guint8 request_type,
                        guint8 request,
                        guint16 value,
                        guint16 index,
                        guint16 length,
                        const void *data)
{
  const FlUsbSetup setup = { request_type, request, value, index, length };
  guint32 sequence =
      usbip_computer_submit (self, port, 0, (request_type & 0x80) != 0, &setup, data, length);

  return usbip_computer_wait (self, port, sequence);
}
